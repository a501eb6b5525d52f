// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_copier.h"

#include "app/filtering/row_latencies.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "app/threads/background_threads.h"
#include "ui/messages/message_summary.h"
#include "ui/text/byte_count_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int maxCopiedRows = 5000;

} // namespace

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

void MessagesCopier::copyRows(const std::shared_ptr<Capture>& capture, const RowChoice& rows)
{
    if (!capture || rows.spans.empty()) {
        return;
    }
    QList<qsizetype> wanted;
    for (const RowSpan& span : rows.spans) {
        for (qsizetype row = span.begin; row < span.end && wanted.size() < maxCopiedRows; ++row) {
            wanted.append(rows.shown ? static_cast<qsizetype>((*rows.shown)[row]) : row);
        }
    }
    m_watcher.cancel();
    m_report = tr("Copied %n row(s).", nullptr, static_cast<int>(wanted.size()));
    const auto promise = std::make_shared<QPromise<QString>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture, wanted] {
        QStringList lines;
        RowLatencies latencies(*capture);
        latencies.lookAt(
            *std::max_element(wanted.begin(), wanted.end()) + 1, [&promise] { return promise->isCanceled(); });
        for (const qsizetype row : wanted) {
            if (promise->isCanceled()) {
                break;
            }
            const MessageRecord record = capture->message(row);
            const MessageSummary summary = summarize(*capture, record);
            QStringList cells;
            for (const MessageColumn column : shownColumns) {
                if ((column == MessageColumn::Rule && capture->ruleHits().isEmpty())
                    || (column == MessageColumn::Fault && capture->strikes().isEmpty())) {
                    continue; // nor does the table have it then
                }
                cells.append(cellText(*capture, record, column, &summary, latencies.at(row)));
            }
            lines.append(cells.join(u'\t'));
        }
        promise->addResult(lines.join(u'\n'));
        promise->finish();
    });
}

} // namespace sockeye
