// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/message_writer.h"
#include "app/lines/json_format.h"

#include <unordered_set>

namespace sockeye {

namespace {

/// Exactly the lines of the command line, for the rows that were chosen.
class JsonLinesWriter final : public TextWriter {
public:
    explicit JsonLinesWriter(const ExportContext& context)
        : TextWriter(context)
        , m_format(context.capture.limits(), ChosenFields(context.fields))
    {
    }
    void row(const ExportRow& row, MessageBytes& bytes) override;

private:
    void opened(const ExportRow& row);
    void message(const ExportRow& row, MessageBytes& bytes);
    void note(const ExportRow& row, const CaptureEvent& event);
    void pieces(const CaptureEvent& event, QByteArray first, MessageBytes& bytes);
    void putLine();

    JsonFormat m_format;
    QByteArray m_line;
    std::unordered_set<quint32> m_opened;
};

CaptureEvent eventOf(const MessageRecord& record, const Capture& capture)
{
    CaptureEvent event;
    event.connection = record.connection;
    event.direction = record.direction;
    event.time = record.time;
    event.text = capture.text(record.text);
    const RecordFault fault = capture.fault(record.text);
    event.code = fault.code;
    event.offset = fault.offset;
    event.missing = fault.missing;
    return event;
}

void JsonLinesWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    opened(row);
    const CaptureEvent event = eventOf(row.record, context().capture);
    switch (row.record.kind) {
    case RecordKind::Message:
        message(row, bytes);
        return;
    case RecordKind::BadMessage:
        pieces(event, bytes.next(), bytes);
        if (!event.code.isEmpty()) {
            m_format.error(m_line, event);
        }
        break;
    case RecordKind::Error:
        m_format.error(m_line, event);
        break;
    case RecordKind::Note:
        note(row, event);
        break;
    }
    putLine();
}

void JsonLinesWriter::opened(const ExportRow& row)
{
    if (!row.conversation.known || !m_opened.insert(row.record.connection).second) {
        return;
    }
    CaptureEvent event;
    event.kind = EventKind::Opened;
    event.connection = row.record.connection;
    event.time = row.record.time;
    event.facts = row.conversation.facts;
    m_format.opened(m_line, event);
    putLine();
}

void JsonLinesWriter::message(const ExportRow& row, MessageBytes& bytes)
{
    const QByteArray whole = bytes.rest();
    const ProtocolPtr spoken = context().capture.protocolOf(row.record.connection, row.record.direction);
    const Protocol& protocol = *spoken;
    const std::optional<Frame> frame = protocol.frameOf(row.record.offset, whole.size(), whole);
    if (!frame) {
        pieces(eventOf(row.record, context().capture), whole, bytes);
        return;
    }
    m_format.message(m_line,
        { .time = row.record.time,
            .connection = row.record.connection,
            .direction = row.record.direction,
            .protocol = protocol,
            .frame = *frame,
            .bytes = whole });
    putLine();
}

void JsonLinesWriter::note(const ExportRow& row, const CaptureEvent& event)
{
    if (event.code == tlsCode && row.conversation.tls) {
        m_format.tls(m_line, event, *row.conversation.tls);
    } else {
        m_format.note(m_line, event);
    }
}

/// Bytes that are no message.
void JsonLinesWriter::pieces(const CaptureEvent& event, QByteArray first, MessageBytes& bytes)
{
    for (QByteArray piece = std::move(first); !piece.isEmpty(); piece = bytes.next()) {
        CaptureEvent part = event;
        part.bytes = piece;
        m_format.bytes(m_line, part);
        putLine();
    }
}

void JsonLinesWriter::putLine()
{
    put(m_line);
    m_line.resize(0);
}

} // namespace

std::unique_ptr<MessageWriter> newJsonLinesWriter(const ExportContext& context)
{
    return std::make_unique<JsonLinesWriter>(context);
}

} // namespace sockeye
