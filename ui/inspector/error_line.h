// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/error.h"

#include <QLabel>

#include <optional>

namespace sockeye {

/// What is wrong with the message, in place: the sentence, where, what was expected and what was found. The offset is a
/// link. Hidden while there is nothing to say.
class ErrorLine : public QLabel {
    Q_OBJECT
public:
    explicit ErrorLine(QWidget* parent = nullptr);

    void setError(const std::optional<Error>& error); ///< its offset counts from the start of the message
    /// Of a failure without bytes.
    void setSentence(const QString& text, bool isError);

Q_SIGNALS:
    void offsetActivated(qint64 offset);

private:
    void takeTheme();
    void showHtml();

    QString m_sentence; // html
    std::optional<Error> m_error;
    bool m_isError = true;
};

} // namespace sockeye
