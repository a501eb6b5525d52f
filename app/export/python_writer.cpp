// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"
#include "protocol/composer/source_literal.h"

namespace sockeye {

namespace {

constexpr qsizetype literalPiece = 16 * 1024;

/// A module with a list of messages; Python 3.6 and later.
class PythonWriter final : public TextWriter {
public:
    using TextWriter::TextWriter;
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;
    void end() override { put("]\n"); }
};

void PythonWriter::begin()
{
    TextWriter::begin();
    put("\"\"\"Messages exported by Sockeye, in the order in which they happened.\"\"\"\n\n"
        "from typing import NamedTuple\n\n\n"
        "class Message(NamedTuple):\n"
        "    number: int\n"
        "    time: float  # seconds since the epoch\n"
        "    connection: int\n"
        "    direction: str  # \"in\" or \"out\"\n"
        "    data: bytes\n\n\n"
        "messages = [\n");
}

void PythonWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    const MessageRecord& record = row.record;
    if (record.kind != RecordKind::Message && record.kind != RecordKind::BadMessage) {
        return;
    }
    constexpr qint64 second = 1'000'000'000;
    put("    Message(" + QByteArray::number(row.number()) + ", " + QByteArray::number(record.time / second) + '.'
        + QByteArray::number(record.time % second / 1'000).rightJustified(6, '0') + ", "
        + QByteArray::number(record.connection) + ", \"" + directionWord(record.direction).toByteArray() + "\", ");
    bool any = false;
    for (QByteArray piece = bytes.next(); !piece.isEmpty(); piece = bytes.next()) {
        for (qsizetype at = 0; at < piece.size(); at += literalPiece) {
            const QByteArrayView part = QByteArrayView(piece).sliced(at, std::min(literalPiece, piece.size() - at));
            for (const QString& line : literalLines(part)) {
                put("\n        b" + line.toLatin1());
            }
        }
        any = true;
    }
    put(any ? "),\n" : "b\"\"),\n");
}

} // namespace

std::unique_ptr<MessageWriter> newPythonWriter(const ExportContext& context)
{
    return std::make_unique<PythonWriter>(context);
}

} // namespace sockeye
