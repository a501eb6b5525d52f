// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"
#include "app/lines/chosen_fields.h"

namespace sockeye {

namespace {

constexpr qsizetype maxSummary = 200;

QByteArray kindName(MessageKind kind)
{
    switch (kind) {
    case MessageKind::Json:
        return "json";
    case MessageKind::Text:
        return "text";
    default:
        return "binary";
    }
}

/// One line for each row, RFC 4180.
class CsvWriter final : public TextWriter {
public:
    explicit CsvWriter(const ExportContext& context)
        : TextWriter(context)
        , m_fields(context.fields)
    {
    }
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;

private:
    struct Description {
        QByteArray kind;
        QString text;
    };
    [[nodiscard]] Description describe(const ExportRow& row, QByteArrayView first) const;
    [[nodiscard]] QByteArray fieldCells(const ExportRow& row, QByteArrayView message) const;

    ChosenFields m_fields;
};

QByteArray cell(const QString& text)
{
    QByteArray utf8 = text.toUtf8();
    // A peer chose this text. To a spreadsheet it must not be a formula; the bytes stand in their own column.
    if (!utf8.isEmpty() && QByteArrayView("=+-@\t\r").contains(utf8.front())) {
        utf8.prepend('\'');
    }
    return '"' + utf8.replace('"', "\"\"") + '"';
}

void CsvWriter::begin()
{
    TextWriter::begin();
    QByteArray names;
    for (const QByteArray& path : m_fields.paths()) {
        names += ',' + cell(QString::fromUtf8(path));
    }
    put("number,time,connection,local,peer,direction,kind,offset,size,summary" + names + ",hex\r\n");
}

/// Before each a comma.
QByteArray CsvWriter::fieldCells(const ExportRow& row, QByteArrayView message) const
{
    QList<QByteArray> values(m_fields.paths().size());
    const ProtocolPtr spoken = context().capture.protocolOf(row.record.connection, row.record.direction);
    if (row.record.kind == RecordKind::Message) {
        const auto frame = spoken->frameOf(row.record.offset, message.size(), message);
        if (frame) {
            values = m_fields.values(spoken->decoded(*frame, message, context().capture.limits()));
        }
    }
    QByteArray cells;
    for (const QByteArray& value : std::as_const(values)) {
        cells += ',';
        if (!value.isNull()) {
            cells += cell(QString::fromUtf8(value));
        }
    }
    return cells;
}

CsvWriter::Description CsvWriter::describe(const ExportRow& row, QByteArrayView first) const
{
    switch (row.record.kind) {
    case RecordKind::BadMessage:
        return { "bad-message", context().capture.text(row.record.text) };
    case RecordKind::Error:
        return { "error", context().capture.text(row.record.text) };
    case RecordKind::Note:
        return { "note", context().capture.text(row.record.text) };
    case RecordKind::Message:
        break;
    }
    const ProtocolPtr spoken = context().capture.protocolOf(row.record.connection, row.record.direction);
    const Protocol& protocol = *spoken;
    // Of a message without a frame the header is lost: its bytes are all that there is to say.
    const Frame frame = protocol.frameOf(row.record.offset, row.record.size, first)
                            .value_or(Frame { row.record.offset, 0, 0, nullptr });
    const MessageSummary says = protocol.saying(frame, first, maxSummary);
    return { kindName(says.kind), says.text };
}

void CsvWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    const MessageRecord& record = row.record;
    const bool hasBytes = record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
    QByteArray piece = bytes.next();
    if (!m_fields.isEmpty() && record.kind == RecordKind::Message) {
        piece += bytes.rest(); // its fields may lie anywhere
    }
    const Description what = describe(row, piece);
    QByteArray line = QByteArray::number(row.number()) + ',' + isoTime(record.time) + ',';
    if (record.connection != 0) {
        line += QByteArray::number(record.connection);
    }
    line += ',';
    if (row.conversation.known) {
        line +=
            row.conversation.facts.local.toString().toUtf8() + ',' + row.conversation.facts.peer.toString().toUtf8();
    } else {
        line += ',';
    }
    line += ',';
    if (hasBytes) {
        line += directionWord(record.direction);
    }
    line += ',' + what.kind + ',';
    if (hasBytes) {
        line += QByteArray::number(record.offset) + ',' + QByteArray::number(record.size);
    } else {
        line += ',';
    }
    put(line + ',' + cell(what.text) + (m_fields.isEmpty() ? QByteArray() : fieldCells(row, piece)) + ',');
    for (; !piece.isEmpty(); piece = bytes.next()) {
        put(piece.toHex());
    }
    put("\r\n");
}

} // namespace

std::unique_ptr<MessageWriter> newCsvWriter(const ExportContext& context)
{
    return std::make_unique<CsvWriter>(context);
}

} // namespace sockeye
