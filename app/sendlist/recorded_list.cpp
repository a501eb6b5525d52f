// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/recorded_list.h"

#include "app/sendlist/recorded_message.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/sendlist/list_reader.h"

#include <QCoreApplication>
#include <QStringList>

namespace sockeye {

namespace {

constexpr qint64 mostRecorded = 256 * 1024; ///< of a message; the text of a list is no longer than 1 MiB

QString recordedText(const char* text, int count = -1)
{
    return QCoreApplication::translate("sockeye::RecordedList", text, nullptr, count);
}

} // namespace

tl::expected<ImportedList, QString> recordedList(
    const Capture& capture, const RowChoice& choice, const ProtocolPtr& protocol, Transport transport)
{
    ImportedList ofClients;
    ImportedList all;
    qint64 bytes = 0;
    int left = 0;
    int ofServers = 0;
    const QByteArray own = textEncoding(*capture.protocol());
    const MessageUse use { protocol, transport, own.isEmpty() ? QByteArray("UTF-8") : own };
    for (const RowSpan& span : captureSpans(choice, capture.messageCount())) {
        for (qsizetype row = span.begin; row < span.end; ++row) {
            const MessageRecord record = capture.message(row);
            if (record.kind != RecordKind::Message || record.size == 0) {
                continue;
            }
            bytes += record.size;
            if (bytes > mostRecorded || all.list.messages.size() == maxListMessages) {
                ++left;
                continue;
            }
            const QByteArray read = capture.read(record.connection, record.direction, record.offset, record.size);
            if (read.size() != record.size) {
                ++left;
                continue;
            }
            const ProtocolPtr spoken = capture.protocolOf(record.connection, record.direction);
            const Frame frame = spoken->frameOf(record.offset, record.size, read).value_or(Frame());
            all.list.messages.push_back(recordedMessage(read, *spoken, frame, use));
            all.list.messages.back().reply = protocol->talk() != Talk::Lines; // in a chat nobody answers each
            if (all.list.messages.back().content == ListMessage::Content::Text) {
                all.list.messages.back().encoding = use.encoding; // whatever the list is sent in
            }
            const std::optional<ConnectionRecord> connection = capture.connection(record.connection);
            if (connection && senderOf(connection->facts, record.direction) == Sender::Client) {
                ofClients.list.messages.push_back(all.list.messages.back());
            } else {
                ++ofServers;
            }
        }
    }
    ImportedList& out = ofClients.list.messages.empty() ? all : ofClients;
    if (out.list.messages.empty()) {
        return tl::unexpected(left > 0 ? recordedText("These messages are too large for a send list: 256 KiB together.")
                                       : recordedText("No message is selected."));
    }
    QStringList notes;
    if (left > 0) {
        notes.append(recordedText("%n message(s) were left out: a list takes 256 KiB of them.", left));
    }
    if (&out == &ofClients && ofServers > 0) {
        notes.append(recordedText("%n message(s) of a server were left out.", ofServers));
    }
    out.note = notes.join(u' ');
    return std::move(out);
}

} // namespace sockeye
