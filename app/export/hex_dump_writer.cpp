// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"
#include "protocol/text/hex_dump.h"

namespace sockeye {

namespace {

/// The lines of `hexdump -C`, with a line before each message that says which way and when it went, and one of comment:
/// `text2pcap -a -D -t ISO` makes packets of it.
class HexDumpWriter final : public TextWriter {
public:
    using TextWriter::TextWriter;
    void row(const ExportRow& row, MessageBytes& bytes) override;
};

void HexDumpWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    const MessageRecord& record = row.record;
    QByteArray text = "# " + QByteArray::number(row.number()) + ": ";
    if (record.connection != 0) {
        text += "connection " + QByteArray::number(record.connection);
        if (row.conversation.known) {
            text += " (" + row.conversation.facts.peer.toString().toUtf8() + ')';
        }
        text += ", ";
    }
    if (record.kind != RecordKind::Message) {
        text += commentText(context().capture.text(record.text)) + ' ';
    }
    if (record.size == 0) {
        put(text + isoTime(record.time) + "\n\n");
        return;
    }
    text += QByteArray(directionWord(record.direction).toByteArray()) + ", " + QByteArray::number(record.size)
        + (record.size == 1 ? " byte\n" : " bytes\n");
    text += (record.direction == Direction::In ? "I " : "O ") + isoTime(record.time) + '\n';
    qint64 offset = 0;
    for (QByteArray piece = bytes.next(); !piece.isEmpty(); piece = bytes.next()) {
        // Pieces are whole lines, but for the last one.
        static_assert(MessageBytes::pieceSize % hexDumpLine == 0);
        for (qsizetype at = 0; at < piece.size(); at += hexDumpLine) {
            appendHexDumpLine(
                text, offset + at, QByteArrayView(piece).sliced(at, std::min(hexDumpLine, piece.size() - at)));
        }
        offset += piece.size();
        put(text);
        text.resize(0);
    }
    // hexdump ends with the size; here a size that is no offset 0 also ends a packet.
    put(text + QByteArray::number(offset, 16).rightJustified(8, '0') + "\n\n");
}

} // namespace

std::unique_ptr<MessageWriter> newHexDumpWriter(const ExportContext& context)
{
    return std::make_unique<HexDumpWriter>(context);
}

} // namespace sockeye
