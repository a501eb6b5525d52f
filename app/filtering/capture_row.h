// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/event_row.h"
#include "app/filtering/exchange_times.h"
#include "app/marks/mark_book.h"
#include "app/reading/capture.h"
#include "app/recording/stream_reader.h"

#include <array>
#include <optional>
#include <unordered_map>

namespace sockeye {

/// The rows of a capture, one at a time, as filters ask about them: what the index knows is told from there, bytes are
/// read only for what needs them. The names are those of eventSchema().
///
/// What made no message has the bytes that it is about, and `error` is its code. The capture outlives this.
class CaptureRow final : public filter::Row {
public:
    /// Of a longer message, the bytes from there on are not looked at.
    static constexpr qint64 mostBytes = 64 * 1024 * 1024;

    explicit CaptureRow(const Capture& capture);
    ~CaptureRow() override;

    /// What it is about from now on. `times`: what is known of how long it took.
    void setRow(qsizetype row, const MessageRecord& record, const ExchangeTimes::Times& times = {});
    [[nodiscard]] const MessageRecord& record() const { return m_record; }

    [[nodiscard]] filter::Value value(int field) const override;
    [[nodiscard]] const filter::Fields* fields(int field) const override;
    /// The protocol that reads it, its whole bytes, and where its content begins; null where it is no whole message.
    [[nodiscard]] const FilteredMessage* message() const;
    [[nodiscard]] QByteArrayView bytes() const;

private:
    struct Known {
        std::optional<FilteredConnection> facts;
        std::array<ProtocolPtr, 2> protocols; ///< by direction; null: not asked for yet
    };
    [[nodiscard]] bool isMessage() const { return m_record.kind == RecordKind::Message; }
    [[nodiscard]] bool hasBytes() const { return isMessage() || m_record.kind == RecordKind::BadMessage; }
    [[nodiscard]] Known* known() const;
    [[nodiscard]] const RecordFault& fault() const;
    [[nodiscard]] filter::Value ofConnection(EventField field) const;
    [[nodiscard]] filter::Value ofCalls(EventField field) const;
    [[nodiscard]] filter::Value ofRule() const;
    [[nodiscard]] filter::Value ofFault() const;
    [[nodiscard]] filter::Value kind() const;
    [[nodiscard]] const std::optional<MessageMark>& mark() const;
    [[nodiscard]] const EventRow& event() const;

    const Capture& m_capture;
    const qint64 m_start;
    const QByteArray m_title;
    qsizetype m_row = -1;
    MessageRecord m_record;
    ExchangeTimes::Times m_times;
    mutable std::optional<StreamReader> m_reader;
    mutable std::unordered_map<quint32, Known> m_known;
    mutable Known* m_of = nullptr; ///< of m_record's connection; null: not looked up
    mutable std::optional<QByteArrayView> m_bytes;
    mutable std::optional<Frame> m_frame;
    mutable std::optional<EventRow> m_event;
    mutable std::optional<RecordFault> m_fault;
    mutable bool m_markKnown = false;
    mutable std::optional<MessageMark> m_mark;
    mutable QByteArray m_struckBy; ///< the faults that were asked for last, in UTF-8
    mutable QByteArray m_rule; ///< that was asked for last, in UTF-8
    mutable QByteArray m_note; ///< of m_mark, in UTF-8
};

} // namespace sockeye
