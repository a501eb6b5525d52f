// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/send_list_reading.h"

#include "app/export/file_writing.h"
#include "app/sendlist/list_preview.h"
#include "app/threads/background_threads.h"
#include "protocol/protocols/registry.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace sockeye {

SendListReading::SendListReading(QObject* parent)
    : QObject(parent)
    , m_latest(std::make_shared<std::atomic<quint64>>(0))
    , m_latestPrepared(std::make_shared<std::atomic<quint64>>(0))
{
}

SendListReading::~SendListReading()
{
    ++*m_latest;
    forget();
}

void SendListReading::forget()
{
    ++*m_latestPrepared;
}

template <typename Read, typename Tell>
void SendListReading::start(const std::shared_ptr<std::atomic<quint64>>& latest, Read read, Tell tell)
{
    const quint64 number = ++*latest;
    backgroundThreads().start([reading = QPointer<SendListReading>(this), latest, number, read, tell] {
        if (*latest != number) {
            return;
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [reading, latest, number, got = read(), tell] {
                if (reading && *latest == number) {
                    tell(*reading, got);
                }
            },
            Qt::QueuedConnection);
    });
}

void SendListReading::tellImported(const tl::expected<ImportedList, QString>& list)
{
    Q_EMIT imported(list.value_or(ImportedList()), list ? QString() : list.error());
}

void SendListReading::importFrom(const QString& file)
{
    start(
        m_latest, [file] { return importPacketSender(file); },
        [](SendListReading& reading, const auto& list) { reading.tellImported(list); });
}

void SendListReading::take(const std::shared_ptr<const Capture>& capture, const RowChoice& choice, const ListUse& use)
{
    start(
        m_latest, [capture, choice, use] { return recordedList(*capture, choice, use.protocol, use.transport); },
        [](SendListReading& reading, const auto& list) { reading.tellImported(list); });
}

void SendListReading::open(const QString& file, const ListUse& use)
{
    start(
        m_latest, [file, use] { return readListFile(file, use.protocol, use.transport); },
        [file](SendListReading& reading, const ListFile& read) { Q_EMIT reading.opened(read, file); });
}

void SendListReading::take(const QString& text, const QString& file, const ListUse& use)
{
    start(
        m_latest, [text, file, use] { return readListText(text, file, use.protocol, use.transport); },
        [file](SendListReading& reading, const ListFile& read) { Q_EMIT reading.opened(read, file); });
}

void SendListReading::prepare(const SendList& list, const QString& file, const ListUse& use)
{
    using Made = std::pair<ListFile, QStringList>;
    start(
        m_latestPrepared,
        [list, file, use] {
            Made made { readListText(sendListText(list), file, use.protocol, use.transport), {} };
            if (made.first.prepared) {
                made.second = listPreviews(*made.first.prepared,
                    use.transport == Transport::Udp ? protocolForDatagrams(use.protocol) : use.protocol);
            }
            return made;
        },
        [](SendListReading& reading, const Made& made) { Q_EMIT reading.prepared(made.first, made.second); });
}

void SendListReading::save(const SendList& list, const QString& file)
{
    writeFile(file, sendListText(list).toUtf8(), {}, this,
        [this, file](const FileWritten& written) { Q_EMIT saved(file, written.failure.oneLine()); });
}

} // namespace sockeye
