// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_stage.h"

#include <deque>
#include <utility>

namespace sockeye {

/// Pieces, and perhaps the end of the stream, that wait for their time, in the order in which they go.
class HeldPieces {
public:
    void add(FaultPiece piece, FaultTime when)
    {
        m_size += piece.bytes.size();
        m_items.push_back({ std::move(piece), when, false });
    }
    void addEnd(FaultTime when) { m_items.push_back({ {}, when, true }); }

    void letGo(FaultTime now, FaultExit& out) ///< those whose time has come
    {
        while (!m_items.empty() && m_items.front().when <= now) {
            letFirstGo(out);
        }
    }
    void letAllGo(FaultExit& out)
    {
        while (!m_items.empty()) {
            letFirstGo(out);
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const
    {
        return m_items.empty() ? std::nullopt : std::optional(m_items.front().when);
    }
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes

private:
    struct Item {
        FaultPiece piece;
        FaultTime when;
        bool isEnd;
    };
    void letFirstGo(FaultExit& out)
    {
        Item item = std::move(m_items.front());
        m_items.pop_front();
        m_size -= item.piece.bytes.size();
        if (item.isEnd) {
            out.end();
        } else {
            out.piece(std::move(item.piece));
        }
    }

    std::deque<Item> m_items;
    qint64 m_size = 0;
};

} // namespace sockeye
