// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/messages/message_order.h"

#include <QFutureWatcher>
#include <QObject>

namespace sockeye {

/// What to look for among the messages that a table shows, and from where.
struct FindRequest {
    std::shared_ptr<Capture> capture;
    std::shared_ptr<const MessageRows> rows; ///< as shown; null: capture rows from 0
    qsizetype count = 0; ///< rows shown
    qsizetype start = 0; ///< the first row to look at; the search goes round once
    bool backwards = false;
    QString text; ///< in summaries and texts, whatever the case
    QByteArray bytes; ///< in the messages' bytes, where text is empty
    filter::Filter where; ///< what the message has to match, where both are empty
    qsizetype selected = -1; ///< capture row that $ stands for in it; -1: none
};

/// Searches messages in a worker thread, one search at a time: a new one gives up the one before.
class MessageFinder : public QObject {
    Q_OBJECT
public:
    explicit MessageFinder(QObject* parent = nullptr);
    ~MessageFinder() override;

    void find(const FindRequest& request);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void progress(int percent);
    void found(qsizetype captureRow);
    void notFound();

private:
    QFutureWatcher<qsizetype> m_watcher;
};

} // namespace sockeye
