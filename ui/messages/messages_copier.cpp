// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_copier.h"

#include "app/threads/background_threads.h"
#include "ui/text/byte_count_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

MessagesCopier::MessagesCopier(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcher<QString>::finished, this, [this] {
        const QFuture<QString> future = m_watcher.future();
        if (!future.isCanceled() && future.resultCount() > 0) {
            QGuiApplication::clipboard()->setText(future.result());
            Q_EMIT done(m_report);
        }
    });
}

MessagesCopier::~MessagesCopier()
{
    m_watcher.cancel();
}

void MessagesCopier::copy(const MessageRef& message, ByteForm form)
{
    if (!message.capture) {
        return;
    }
    m_watcher.cancel();
    const qint64 size = std::min(message.record.size, maxExportedBytes);
    m_report = size < message.record.size
        ? tr("Copied the first %1 of %2.").arg(byteCountText(size), byteCountText(message.record.size))
        : tr("Copied %1.").arg(byteCountText(size));
    const auto promise = std::make_shared<QPromise<QString>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, message, form, size] {
        const MessageRecord& record = message.record;
        promise->addResult(
            exportBytes(message.capture->read(record.connection, record.direction, record.offset, size), form));
        promise->finish();
    });
}

} // namespace sockeye
