// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_choice.h"
#include "app/reading/capture.h"
#include "ui/hexview/byte_export.h"
#include "ui/models/message_ref.h"

#include <QFutureWatcher>
#include <QObject>

namespace sockeye {

/// Puts messages on the clipboard, read and formatted in a worker thread.
class MessagesCopier : public QObject {
    Q_OBJECT
public:
    explicit MessagesCopier(QObject* parent = nullptr);
    ~MessagesCopier() override;

    void copy(const MessageRef& message, ByteForm form); ///< its bytes
    /// The cells of the table: a line for each, separated by tabs; the first few thousand.
    void copyRows(const std::shared_ptr<Capture>& capture, const RowChoice& rows);

Q_SIGNALS:
    void done(const QString& report); ///< a sentence for the status bar

private:
    QFutureWatcher<QString> m_watcher;
    QString m_report;
};

} // namespace sockeye
