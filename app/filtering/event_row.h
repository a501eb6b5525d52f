// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/filtering/event_fields.h"
#include "protocol/filter/address.h"
#include "protocol/filter/row.h"

#include <array>
#include <memory>
#include <optional>

namespace sockeye {

/// A connection as filters ask about it.
struct FilteredConnection {
    explicit FilteredConnection(const ConnectionFacts& facts);
    filter::AddressBytes peer;
    filter::AddressBytes local;
    QByteArray peerName; ///< of a Unix socket: UTF-8, as it is shown
    QByteArray localName;
    quint16 peerPort = 0;
    quint16 localPort = 0;
    QLatin1StringView transport;
    bool tls = false;
};

/// What it has of a field of connections: peer, local, their ports, transport or tls.
[[nodiscard]] filter::Value valueOf(const FilteredConnection& connection, EventField field);

/// A whole message as filters ask about it.
struct FilteredMessage {
    const Protocol* protocol = nullptr;
    const Frame* frame = nullptr;
    Limits limits;
    int calls = 0; ///< reads or writes that it came in
    bool glued = false;
    std::optional<qint64> latency; ///< nanoseconds
    std::optional<qint64> gap;
};

/// A recorded message, error, note or other event as a row for filters. What a message's fields are is found out when
/// they are asked for. Valid as long as what it is about.
class EventRow final : public filter::Row {
public:
    // What is known, set by who makes the row.
    QLatin1StringView kind;
    quint32 connectionId = 0; ///< 0: of none
    const FilteredConnection* connection = nullptr; ///< null: not known
    std::optional<Direction> direction;
    qint64 time = 0; ///< nanoseconds since the first event
    std::optional<qint64> size;
    std::optional<qint64> offset;
    std::optional<qint64> number;
    std::optional<QByteArrayView> bytes;
    QByteArrayView endpoint; ///< UTF-8
    QByteArray text; ///< UTF-8; of errors and notes
    QByteArray code; ///< of errors
    QByteArray fault; ///< UTF-8; the names of what struck a message
    QByteArray rule; ///< UTF-8; the title of the one that a message met
    std::optional<FilteredMessage> message;

    [[nodiscard]] filter::Value value(int field) const override;
    [[nodiscard]] const filter::Fields* fields(int field) const override;

private:
    [[nodiscard]] filter::Value ofMessage(EventField field) const;
    [[nodiscard]] QByteArrayView content() const;
    [[nodiscard]] filter::Value textValue() const;
    [[nodiscard]] filter::Value errorValue() const;
    [[nodiscard]] const DecodedMessage& decoded(DecodedPart part) const;
    [[nodiscard]] std::unique_ptr<filter::Fields> makeFields(EventField field) const;

    mutable DecodedMessage m_decoded;
    mutable DecodedParts m_parts; ///< that it has
    mutable QByteArray m_text; ///< of a message whose protocol names an encoding, as UTF-8
    mutable std::optional<QByteArray> m_error;
    mutable std::array<std::unique_ptr<filter::Fields>, 3> m_fields;
    mutable std::array<bool, 3> m_hasFields {};
    mutable QByteArray m_wrapped;
};

} // namespace sockeye
