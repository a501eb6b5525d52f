// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"

#include <unordered_set>

namespace sockeye {

namespace {

constexpr qsizetype bytesALine = 16;
constexpr char arrayDigits[] = "0123456789abcdef";

/// An array for each message, and a table of them; C99 and C++.
class CArrayWriter final : public TextWriter {
public:
    using TextWriter::TextWriter;
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;
    void end() override;

private:
    std::unordered_set<qsizetype> m_empty; ///< rows that have no array
    qsizetype m_count = 0;
};

void CArrayWriter::begin()
{
    TextWriter::begin();
    put("/* Messages exported by Sockeye. The table at the end holds them in the order in which they happened. */\n"
        "#include <stddef.h>\n\n"
        "struct sockeye_message {\n"
        "    const unsigned char *bytes; /* NULL for an empty one */\n"
        "    size_t size;\n"
        "    unsigned long connection;\n"
        "    char direction; /* 'i': came in, 'o': went out */\n"
        "};\n");
}

void CArrayWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    const MessageRecord& record = row.record;
    if (record.kind != RecordKind::Message && record.kind != RecordKind::BadMessage) {
        return;
    }
    ++m_count;
    QByteArray piece = bytes.next();
    if (piece.isEmpty()) {
        m_empty.insert(row.row);
        return;
    }
    put("\n/* connection " + QByteArray::number(record.connection) + ", "
        + directionWord(record.direction).toByteArray() + ", " + isoTime(record.time)
        + " */\nstatic const unsigned char message_" + QByteArray::number(row.number()) + "[] = {");
    QByteArray text;
    for (; !piece.isEmpty(); piece = bytes.next()) {
        for (qsizetype i = 0; i < piece.size(); ++i) {
            const auto value = static_cast<unsigned char>(piece[i]);
            text.append(i % bytesALine == 0 ? "\n    0x" : " 0x");
            text.append(arrayDigits[value >> 4U]);
            text.append(arrayDigits[value & 0x0FU]);
            text.append(',');
        }
        put(text);
        text.resize(0);
    }
    put("\n};\n");
}

void CArrayWriter::end()
{
    // C knows no empty array: where there is nothing, there is one entry of nothing.
    put("\nconst struct sockeye_message sockeye_messages[] = {\n");
    for (const RowSpan& span : context().plan.spans()) {
        for (qsizetype row = span.begin; row < span.end; ++row) {
            const MessageRecord record = context().capture.message(row);
            if (record.kind != RecordKind::Message && record.kind != RecordKind::BadMessage) {
                continue;
            }
            const QByteArray name = "message_" + QByteArray::number(row + 1);
            put("    { " + (m_empty.contains(row) ? QByteArray("NULL, 0") : QByteArray(name + ", sizeof " + name))
                + ", " + QByteArray::number(record.connection)
                + (record.direction == Direction::In ? ", 'i' },\n" : ", 'o' },\n"));
        }
    }
    put((m_count == 0 ? "    { NULL, 0, 0, 'i' }\n};\n" : QByteArray("};\n"))
        + "const size_t sockeye_message_count = " + QByteArray::number(m_count) + ";\n");
}

} // namespace

std::unique_ptr<MessageWriter> newCArrayWriter(const ExportContext& context)
{
    return std::make_unique<CArrayWriter>(context);
}

} // namespace sockeye
