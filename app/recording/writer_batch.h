// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <cstring>
#include <memory>
#include <vector>

namespace sockeye {

/// A run of events in one buffer: a small header for each, payload behind it. One thread fills it, hands it over whole
/// and forgets it; another one walks through it. Neither allocates for a chunk.
class WriterBatch {
public:
    /// What an ordinary batch holds, in bytes. Larger ones spill out of the second level cache (measurements).
    static constexpr qsizetype standardCapacity = 512 * 1024;

    explicit WriterBatch(qsizetype capacity = standardCapacity);

    /// The fixed part of an event. `extra` is the index of what does not fit in here.
    struct Entry {
        qint64 time;
        quint32 size;
        quint32 connection;
        quint32 extra;
        EventKind kind;
        Direction direction;
        CloseKind closeKind;
        Leg leg;
    };
    static_assert(sizeof(Entry) == 24);

    struct Text {
        QString code;
        QString text;
        qint64 offset = -1;
        qint64 missing = 0;
        QByteArray script;
    };

    /// What an event with `payload` bytes takes up.
    [[nodiscard]] static constexpr qsizetype sizeOf(qsizetype payload)
    {
        return static_cast<qsizetype>(sizeof(Entry)) + ((payload + 7) & ~qsizetype { 7 });
    }
    [[nodiscard]] bool fits(qsizetype payload) const { return m_capacity - m_used >= sizeOf(payload); }
    [[nodiscard]] bool isEmpty() const { return m_used == 0; }
    [[nodiscard]] bool isStandard() const { return m_capacity == standardCapacity; }
    /// Bytes in use: what counts against the bound of batches in flight.
    [[nodiscard]] qsizetype used() const { return m_used; }

    /// The event must fit.
    void append(const Entry& entry, QByteArrayView payload = {})
    {
        std::memcpy(m_data.get() + m_used, &entry, sizeof entry);
        if (!payload.isEmpty()) {
            std::memcpy(m_data.get() + m_used + sizeof entry, payload.data(), static_cast<std::size_t>(payload.size()));
        }
        m_used += sizeOf(payload.size());
    }
    [[nodiscard]] quint32 keepFacts(const ConnectionFacts& facts);
    [[nodiscard]] quint32 keepText(Text text);

    /// Reads the entry at `position`, points `payload` to its bytes and returns where the next one begins.
    qsizetype read(qsizetype position, Entry& entry, QByteArrayView& payload) const
    {
        std::memcpy(&entry, m_data.get() + position, sizeof entry);
        payload = QByteArrayView(m_data.get() + position + sizeof entry, static_cast<qsizetype>(entry.size));
        return position + sizeOf(static_cast<qsizetype>(entry.size));
    }
    /// The time of the entry at `position`.
    [[nodiscard]] qint64 timeAt(qsizetype position) const
    {
        Entry entry {};
        std::memcpy(&entry, m_data.get() + position, sizeof entry);
        return entry.time;
    }
    [[nodiscard]] const ConnectionFacts& facts(quint32 index) const { return m_facts[index]; }
    [[nodiscard]] const Text& text(quint32 index) const { return m_texts[index]; }

    void clear();

private:
    std::unique_ptr<char[]> m_data;
    qsizetype m_capacity;
    qsizetype m_used = 0;
    std::vector<ConnectionFacts> m_facts;
    std::vector<Text> m_texts;
};

} // namespace sockeye
