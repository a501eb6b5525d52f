// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/message_loader.h"

#include "app/threads/background_threads.h"
#include "protocol/protocols/registry.h"
#include "ui/text/byte_count_text.h"

#include <QCoreApplication>
#include <QMutex>
#include <QThreadPool>

#include <algorithm>
#include <atomic>

namespace sockeye {

/// What the loader and its requests share. A request that is under way may outlive the loader.
struct MessageLoader::Channel {
    std::atomic<quint64> wanted = 0; ///< number of the latest request
    QMutex mutex;
    MessageLoader* loader = nullptr; ///< null once it is gone; only under the mutex
};

namespace {

/// What the message carries, as its protocol says.
QByteArray contentOf(const InspectedMessage& message)
{
    const QByteArray& bytes = message.bytes();
    const qint64 begin = message.annotation.contentOffset();
    const bool isOneOfFields = message.protocol->requestShape() == RequestShape::Values; // has no content beside them
    const auto frame =
        message.annotation.error() || isOneOfFields ? std::nullopt : message.protocol->frameOf(0, bytes.size(), bytes);
    if (frame) {
        const DecodedMessage decoded = message.protocol->decoded(*frame, bytes, {});
        if (decoded.body) {
            return *decoded.body;
        }
    }
    return begin > 0 && begin <= bytes.size() ? bytes.sliced(begin) : bytes;
}

/// Of a message whose end is still to come: no more is wrong with it than that.
bool isUnderWay(const MessageRef& message, const std::optional<Error>& error)
{
    if (message.row >= 0 || !error || error->code != ErrorCode::Truncated || !message.capture->mayGrow()) {
        return false;
    }
    const auto connection = message.capture->connection(message.record.connection);
    return connection && connection->closedAt == 0;
}

} // namespace

InspectedMessagePtr inspect(const MessageRef& message, const std::function<bool()>& wanted)
{
    const MessageRecord& record = message.record;
    const auto inspected = std::make_shared<InspectedMessage>();
    inspected->direction = record.direction;
    inspected->protocol = message.capture->protocolOf(record.connection, record.direction);
    inspected->streamOffset = record.offset;
    if (!wanted()) {
        return nullptr;
    }
    const qint64 size = std::min(record.size, mostInspected);
    const QByteArray bytes = message.capture->read(record.connection, record.direction, record.offset, size);
    if (!wanted()) {
        return nullptr;
    }
    inspected->chunks = message.capture->chunks(record.connection, record.direction, record.offset, bytes.size());
    AnnotateOptions options;
    if (record.kind == RecordKind::BadMessage) {
        const QString code = message.capture->fault(record.text).code;
        if (code.isEmpty()) {
            inspected->protocol = plainProtocol(); // no message begins here
        }
        if (code.isEmpty() || code == gapCode) {
            inspected->told = message.capture->text(record.text);
        }
    }
    if (record.kind == RecordKind::Message) {
        // It was accepted whole, so whoever captured it allowed as much, and its content was checked.
        options.checked = true;
        options.limits.maxContent = qMax<qint64>(options.limits.maxContent, record.size);
        options.limits.maxLine = qMax<qint64>(options.limits.maxLine, record.size);
    }
    if (size < record.size) {
        inspected->left = QCoreApplication::translate("Inspector",
            "Only the first %1 of %2 are shown here. To have all of it, export the message to a file (Ctrl+E).")
                              .arg(byteCountText(bytes.size()), byteCountText(record.size));
    }
    inspected->annotation = annotate(inspected->protocol, bytes, options);
    if (const std::optional<Error>& error = inspected->annotation.error();
        inspected->left.isEmpty() && isUnderWay(message, error)) {
        inspected->left = QCoreApplication::translate("Inspector", "Not whole yet: it has come %1 into %2.")
                              .arg(error->found, error->expected);
    }
    if (!wanted()) {
        return nullptr;
    }
    inspected->content = contentOf(*inspected);
    return inspected;
}

MessageLoader::MessageLoader(QObject* parent)
    : QObject(parent)
    , m_channel(std::make_shared<Channel>())
{
    m_channel->loader = this;
}

MessageLoader::~MessageLoader()
{
    cancel();
    const QMutexLocker locker(&m_channel->mutex);
    m_channel->loader = nullptr;
}

void MessageLoader::cancel()
{
    ++m_channel->wanted;
}

void MessageLoader::load(const MessageRef& message)
{
    const quint64 number = ++m_channel->wanted;
    backgroundThreads().start([channel = m_channel, message, number] {
        const auto isWanted = [&] { return channel->wanted.load() == number; };
        const InspectedMessagePtr inspected = inspect(message, isWanted);
        const QMutexLocker locker(&channel->mutex);
        if (!inspected || channel->loader == nullptr) {
            return;
        }
        // Posted under the lock: the loader cannot go away in between, and takes its events with it when it does.
        MessageLoader* loader = channel->loader;
        QMetaObject::invokeMethod(
            loader,
            [loader, inspected, number] {
                if (loader->m_channel->wanted.load() == number) {
                    Q_EMIT loader->loaded(inspected);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
