// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/event_row.h"

#include "protocol/error.h"
#include "protocol/filter/json_fields.h"
#include "protocol/json/json_string.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/text/plain_text.h"

#include <QtEndian>

#include <cstring>

namespace sockeye {

namespace {

using filter::Value;

filter::AddressBytes bytesOf(const QHostAddress& address)
{
    filter::AddressBytes out;
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour); // also of one that is mapped into IPv6
    if (isFour) {
        out.size = sizeof four;
        qToBigEndian(four, out.bytes.data());
    } else if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR six = address.toIPv6Address();
        out.size = sizeof six;
        std::memcpy(out.bytes.data(), &six, sizeof six);
    }
    return out;
}

Value orNothing(const std::optional<qint64>& number)
{
    return number ? Value::number(*number) : Value();
}

Value timeOrNothing(const std::optional<qint64>& nanoseconds)
{
    return nanoseconds ? Value::time(*nanoseconds) : Value();
}

Value textOrNothing(QByteArrayView utf8)
{
    return utf8.isEmpty() ? Value() : Value::text(utf8);
}

QByteArray nameOf(const SocketAddress& address)
{
    return address.isUnix() ? address.unixName.text().toUtf8() : QByteArray();
}

Value addressValue(const filter::AddressBytes& address, const QByteArray& unixName)
{
    return address.size == 0 ? textOrNothing(unixName) : Value::address(address.view());
}

/// A Unix socket has none.
Value portValue(quint16 port, const QByteArray& unixName)
{
    return unixName.isEmpty() ? Value::number(port) : Value();
}

} // namespace

FilteredConnection::FilteredConnection(const ConnectionFacts& facts)
    : peer(bytesOf(facts.peer.host))
    , local(bytesOf(facts.local.host))
    , peerName(nameOf(facts.peer))
    , localName(nameOf(facts.local))
    , peerPort(facts.peer.port)
    , localPort(facts.local.port)
    , transport(transportName(facts.transport, facts.isUnix()))
    , tls(facts.tls)
{
}

Value EventRow::value(int field) const
{
    switch (const auto which = static_cast<EventField>(field)) {
    case EventField::Connection:
        return connectionId == 0 ? Value() : Value::number(connectionId);
    case EventField::Direction:
        return !direction ? Value() : *direction == Direction::In ? Value::text("in") : Value::text("out");
    case EventField::Time:
        return Value::time(time);
    case EventField::Size:
        return orNothing(size);
    case EventField::Offset:
        return orNothing(offset);
    case EventField::Kind:
        return Value::text(QByteArrayView(kind.data(), kind.size()));
    case EventField::Number:
        return orNothing(number);
    case EventField::Peer:
    case EventField::PeerPort:
    case EventField::Local:
    case EventField::LocalPort:
    case EventField::Transport:
    case EventField::Tls:
        return connection != nullptr ? valueOf(*connection, which) : Value();
    case EventField::Endpoint:
        return textOrNothing(endpoint);
    case EventField::Bytes:
        return bytes ? Value::bytes(*bytes) : Value();
    case EventField::Text:
        return textValue();
    case EventField::Error:
        return errorValue();
    case EventField::Marked:
        return Value::boolean(false); // there is nobody who could mark it
    case EventField::Content:
    case EventField::Reads:
    case EventField::Writes:
    case EventField::Glued:
    case EventField::Latency:
    case EventField::Gap:
        return ofMessage(which);
    case EventField::Rule:
        return textOrNothing(rule);
    case EventField::Fault:
        return textOrNothing(fault);
    case EventField::Note:
    case EventField::Header:
    case EventField::Json:
    case EventField::Message:
        break;
    }
    return {};
}

Value valueOf(const FilteredConnection& connection, EventField field)
{
    switch (field) {
    case EventField::Peer:
        return addressValue(connection.peer, connection.peerName);
    case EventField::PeerPort:
        return portValue(connection.peerPort, connection.peerName);
    case EventField::Local:
        return addressValue(connection.local, connection.localName);
    case EventField::LocalPort:
        return portValue(connection.localPort, connection.localName);
    case EventField::Transport:
        return Value::text(QByteArrayView(connection.transport.data(), connection.transport.size()));
    default:
        return Value::boolean(connection.tls);
    }
}

Value EventRow::ofMessage(EventField field) const
{
    if (!message) {
        return {};
    }
    switch (field) {
    case EventField::Content:
        return Value::bytes(content());
    case EventField::Reads:
        return direction == Direction::In ? Value::number(message->calls) : Value();
    case EventField::Writes:
        return direction == Direction::Out ? Value::number(message->calls) : Value();
    case EventField::Glued:
        return Value::boolean(message->glued);
    case EventField::Latency:
        return timeOrNothing(message->latency);
    default:
        return timeOrNothing(message->gap);
    }
}

QByteArrayView EventRow::content() const
{
    const auto& body = decoded(DecodedPart::Body).body;
    return body ? QByteArrayView(*body) : bytes->sliced(message->frame->contentOffset);
}

Value EventRow::textValue() const
{
    if (message) {
        if (!textEncoding(*message->protocol).isEmpty()) {
            m_text = json::decodeString(decoded(DecodedPart::Content).content);
            return Value::text(m_text);
        }
        if (isReadableText(content())) {
            return Value::text(content());
        }
        return textOrNothing(decoded(DecodedPart::Content).content);
    }
    if (bytes) {
        return isReadableText(*bytes) ? Value::text(*bytes) : Value();
    }
    return textOrNothing(text);
}

Value EventRow::errorValue() const
{
    if (message && !m_error) {
        m_error.emplace();
        const FilteredMessage& whole = *message;
        if (whole.protocol->checksContent(*whole.frame)) {
            const auto right =
                whole.protocol->check(*whole.frame, bytes->sliced(whole.frame->contentOffset), whole.limits);
            m_error = right ? QByteArray() : QByteArray(codeName(right.error().code).data());
        }
    }
    return textOrNothing(message ? *m_error : code);
}

const DecodedMessage& EventRow::decoded(DecodedPart part) const
{
    if (m_parts.testFlag(part)) {
        return m_decoded;
    }
    // Mostly a filter asks for one of them only. Who asks for a second one gets all, since they may come together; what
    // is there already stays where it is.
    constexpr DecodedParts all { DecodedPart::Header, DecodedPart::Content, DecodedPart::Fields, DecodedPart::Body };
    const DecodedParts parts = m_parts ? all : DecodedParts(part);
    DecodedMessage made = message->protocol->decodedParts(parts, *message->frame, *bytes, message->limits);
    if (!m_parts.testFlag(DecodedPart::Header)) {
        m_decoded.header = std::move(made.header);
    }
    if (!m_parts.testFlag(DecodedPart::Content)) {
        m_decoded.content = std::move(made.content);
    }
    if (!m_parts.testFlag(DecodedPart::Fields)) {
        m_decoded.fields = std::move(made.fields);
    }
    if (!m_parts.testFlag(DecodedPart::Body)) {
        m_decoded.body = std::move(made.body);
    }
    m_parts = parts;
    return m_decoded;
}

const filter::Fields* EventRow::fields(int field) const
{
    if (!message) {
        return nullptr;
    }
    const auto place = static_cast<std::size_t>(field - static_cast<int>(EventField::Header));
    if (!m_hasFields.at(place)) {
        m_hasFields.at(place) = true;
        m_fields.at(place) = makeFields(static_cast<EventField>(field));
    }
    return m_fields.at(place).get();
}

std::unique_ptr<filter::Fields> EventRow::makeFields(EventField field) const
{
    const auto fromJson = [](const QByteArray& json) -> std::unique_ptr<filter::Fields> {
        return json.isEmpty() ? nullptr : std::make_unique<filter::JsonFields>(json);
    };
    if (field == EventField::Header) {
        return fromJson(decoded(DecodedPart::Header).header);
    }
    if (field == EventField::Json) {
        return fromJson(decoded(DecodedPart::Content).content);
    }
    if (auto typed = message->protocol->typedFields(*message->frame, *bytes, message->limits)) {
        return typed;
    }
    // What is no object, but one value, is called that.
    const QByteArray& json = decoded(DecodedPart::Fields).fields;
    if (!json.isEmpty() && !json.startsWith('{')) {
        m_wrapped = "{\"value\":" + json + '}';
        return fromJson(m_wrapped);
    }
    return fromJson(json);
}

} // namespace sockeye
