// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"
#include "app/lines/json_format.h"
#include "protocol/message.h"

namespace sockeye {

namespace {

constexpr qsizetype maxSummary = 200;

/// One line for each row, RFC 4180.
class CsvWriter final : public TextWriter {
public:
    using TextWriter::TextWriter;
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;

private:
    struct Description {
        QByteArray kind;
        QString text;
    };
    [[nodiscard]] Description describe(const ExportRow& row, QByteArrayView first) const;
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

/// What other than the application protocol carries.
QString plainText(QByteArrayView bytes)
{
    const QByteArrayView line = bytes.trimmed();
    return isReadableText(line) ? QString::fromUtf8(line.first(std::min(line.size(), 4 * maxSummary))).left(maxSummary)
                                : QString();
}

void CsvWriter::begin()
{
    TextWriter::begin();
    put("number,time,connection,local,peer,direction,kind,offset,size,summary,hex\r\n");
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
    const bool isDatagram = row.conversation.facts.transport == Transport::Udp;
    const std::optional<Frame> frame = frameOf(context().capture, row.record, isDatagram, first);
    if (frame && frame->header) {
        return { frame->header->isJson() ? "json" : "binary",
            summary(*frame->header, first.sliced(frame->contentOffset), maxSummary) };
    }
    const QString text = plainText(first);
    return { text.isEmpty() ? "binary" : "text", text };
}

void CsvWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    const MessageRecord& record = row.record;
    const bool hasBytes = record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
    QByteArray piece = bytes.next();
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
    put(line + ',' + cell(what.text) + ',');
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
