// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/capture_row.h"

#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"

#include <algorithm>

namespace sockeye {

namespace {

using filter::Value;

constexpr std::size_t mostKnown = 50'000; ///< connections

} // namespace

CaptureRow::CaptureRow(const Capture& capture)
    : m_capture(capture)
    , m_start(capture.startTime())
    , m_title(capture.title().toUtf8())
{
}

CaptureRow::~CaptureRow() = default;

void CaptureRow::setRow(qsizetype row, const MessageRecord& record, const ExchangeTimes::Times& times)
{
    if (m_event) {
        m_event.reset();
    }
    if (m_frame) {
        m_frame.reset();
    }
    if (m_fault) {
        m_fault.reset();
    }
    m_bytes.reset();
    m_markKnown = false;
    if (record.connection != m_record.connection) {
        m_of = nullptr;
    }
    m_row = row;
    m_record = record;
    m_times = times;
}

CaptureRow::Known* CaptureRow::known() const
{
    if (m_of != nullptr) {
        return m_of;
    }
    const auto at = m_known.find(m_record.connection);
    if (at != m_known.end()) {
        m_of = &at->second;
        return m_of;
    }
    const auto connection = m_capture.connection(m_record.connection);
    if (!connection) {
        return nullptr;
    }
    if (m_known.size() == mostKnown) {
        m_known.clear();
    }
    m_of = &m_known[m_record.connection];
    if (!connection->facts.peer.isNull()) { // else its opening was not seen
        m_of->facts.emplace(connection->facts);
    }
    return m_of;
}

const RecordFault& CaptureRow::fault() const
{
    if (!m_fault) {
        m_fault = m_capture.fault(m_record.text);
    }
    return *m_fault;
}

/// What somebody said of it.
const std::optional<MessageMark>& CaptureRow::mark() const
{
    if (!m_markKnown) {
        m_markKnown = true;
        m_mark.reset();
        if (hasBytes()) {
            m_mark =
                m_capture.marks().find({ m_record.connection, m_record.direction, m_record.offset }, m_record.size);
        }
        m_note = m_mark ? m_mark->note.toUtf8() : QByteArray();
    }
    return m_mark;
}

Value CaptureRow::kind() const
{
    switch (m_record.kind) {
    case RecordKind::Message:
        return Value::text("message");
    case RecordKind::BadMessage:
    case RecordKind::Error:
        return Value::text("error");
    case RecordKind::Note:
        break;
    }
    return fault().code == tlsCode ? Value::text("tls") : Value::text("note");
}

Value CaptureRow::value(int field) const
{
    switch (const auto which = static_cast<EventField>(field)) {
    case EventField::Connection:
        return m_record.connection == 0 ? Value() : Value::number(m_record.connection);
    case EventField::Direction:
        return !hasBytes() ? Value() : m_record.direction == Direction::In ? Value::text("in") : Value::text("out");
    case EventField::Time:
        return Value::time(m_record.time - m_start);
    case EventField::Size:
        return hasBytes()                               ? Value::number(m_record.size)
            : m_record.text != 0 && fault().missing > 0 ? Value::number(fault().missing)
                                                        : Value();
    case EventField::Offset:
        return hasBytes()                               ? Value::number(m_record.offset)
            : m_record.text != 0 && fault().offset >= 0 ? Value::number(fault().offset)
                                                        : Value();
    case EventField::Kind:
        return kind();
    case EventField::Number:
        return Value::number(m_row + 1);
    case EventField::Peer:
    case EventField::PeerPort:
    case EventField::Local:
    case EventField::LocalPort:
    case EventField::Transport:
    case EventField::Tls:
        return ofConnection(which);
    case EventField::Endpoint:
        return m_title.isEmpty() ? Value() : Value::text(m_title);
    case EventField::Reads:
    case EventField::Writes:
    case EventField::Glued:
        return ofCalls(which);
    case EventField::Latency:
        return m_times.latency ? Value::time(*m_times.latency) : Value();
    case EventField::Gap:
        return m_times.gap ? Value::time(*m_times.gap) : Value();
    case EventField::Bytes:
        return hasBytes() ? Value::bytes(bytes()) : Value();
    case EventField::Marked:
        return Value::boolean(mark().has_value());
    case EventField::Note:
        return mark() && !m_note.isEmpty() ? Value::text(m_note) : Value();
    case EventField::Content:
    case EventField::Text:
    case EventField::Error:
        return event().value(field);
    case EventField::Rule:
        return ofRule();
    case EventField::Fault:
        return ofFault();
    case EventField::Header:
    case EventField::Json:
    case EventField::Message:
        break;
    }
    return {};
}

Value CaptureRow::ofRule() const
{
    const RuleHits& hits = m_capture.ruleHits();
    m_rule = hasBytes() && !hits.isEmpty()
        ? hits.find(m_record.connection, m_record.direction, m_record.offset).toUtf8()
        : QByteArray();
    return m_rule.isEmpty() ? Value() : Value::text(m_rule);
}

Value CaptureRow::ofFault() const
{
    m_struckBy = hasBytes()
        ? m_capture.strikes().find(m_record.connection, m_record.direction, m_record.offset, m_record.size).toUtf8()
        : QByteArray();
    return m_struckBy.isEmpty() ? Value() : Value::text(m_struckBy);
}

Value CaptureRow::ofConnection(EventField field) const
{
    const Known* const of = m_record.connection == 0 ? nullptr : known();
    if (of == nullptr || !of->facts) {
        return {};
    }
    return valueOf(*of->facts, field);
}

Value CaptureRow::ofCalls(EventField field) const
{
    const bool wants =
        field == EventField::Glued || (m_record.direction == Direction::In) == (field == EventField::Reads);
    if (!isMessage() || !wants) {
        return {};
    }
    const std::vector<ChunkMark> calls =
        m_capture.chunks(m_record.connection, m_record.direction, m_record.offset, m_record.size);
    if (field == EventField::Glued) {
        return Value::boolean(std::any_of(calls.cbegin(), calls.cend(), [this](const ChunkMark& call) {
            return call.offset < m_record.offset || call.offset + call.size > m_record.offset + m_record.size;
        }));
    }
    return Value::number(m_record.size == 0 ? 1 : static_cast<qint64>(calls.size())); // an empty datagram is a call
}

QByteArrayView CaptureRow::bytes() const
{
    if (!m_bytes) {
        if (!m_reader) {
            m_reader.emplace(m_capture);
        }
        m_bytes = hasBytes() ? m_reader->read(
                      m_record.connection, m_record.direction, m_record.offset, std::min(m_record.size, mostBytes))
                             : QByteArrayView();
    }
    return *m_bytes;
}

const EventRow& CaptureRow::event() const
{
    if (m_event) {
        return *m_event;
    }
    EventRow& event = m_event.emplace();
    if (!hasBytes()) {
        event.text = m_capture.text(m_record.text).toUtf8();
        event.code = m_record.kind == RecordKind::Error ? fault().code.toUtf8() : QByteArray();
        return event;
    }
    event.direction = m_record.direction;
    event.bytes = bytes();
    Known* const of = known();
    if (!isMessage() || of == nullptr || event.bytes->size() < m_record.size) {
        event.code = isMessage() ? QByteArray() : fault().code.toUtf8();
        return event;
    }
    ProtocolPtr& protocol = of->protocols.at(static_cast<std::size_t>(m_record.direction));
    if (!protocol) {
        protocol = m_capture.protocolOf(m_record.connection, m_record.direction);
    }
    m_frame = protocol->frameOf(m_record.offset, m_record.size, *event.bytes);
    if (m_frame) {
        FilteredMessage& message = event.message.emplace();
        message.protocol = protocol.get();
        message.frame = &*m_frame;
        message.limits = m_capture.limits();
    }
    return event;
}

const FilteredMessage* CaptureRow::message() const
{
    const EventRow& row = event();
    return row.message ? &*row.message : nullptr;
}

const filter::Fields* CaptureRow::fields(int field) const
{
    return isMessage() ? event().fields(field) : nullptr;
}

} // namespace sockeye
