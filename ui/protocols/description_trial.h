// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"
#include "ui/models/inspected_message.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace sockeye {

/// What came of trying a text.
struct TrialResult {
    QList<kaitai::Mistake> mistakes; ///< and warnings, and examples that fail
    bool isUsable = false; ///< no mistakes but warnings
    InspectedMessagePtr message; ///< null where there are no bytes to show
    QString summary; ///< the line that a table would have
    QList<QByteArray> examples; ///< messages of -self-test
};

/// Loads the text of a description and reads a message by it, in the background. The latest request wins.
class DescriptionTrial : public QObject {
    Q_OBJECT
public:
    explicit DescriptionTrial(QObject* parent = nullptr);
    ~DescriptionTrial() override;

    /// `file` is what the text is to become: what it imports is found beside it. Without bytes the first example is
    /// read.
    void start(const QString& file, const QByteArray& text, const QByteArray& bytes);

Q_SIGNALS:
    void done(const sockeye::TrialResult& result);

private:
    std::shared_ptr<std::atomic<quint64>> m_latest;
};

} // namespace sockeye
