// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/hold/held_message.h"

#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace sockeye {

/// The messages that a relay holds. Stages in I/O threads put them there and take them away, windows look at them: any
/// thread, a short lock. Bounded, in number and in bytes.
class HoldDesk {
public:
    static constexpr std::size_t most = 2'000;
    static constexpr qint64 mostBytes = 64 * 1024 * 1024;

    /// Its id; 0: there is no room.
    [[nodiscard]] quint64 add(HeldMessage message);
    void setDecided(quint64 id);
    void remove(quint64 id);

    [[nodiscard]] std::vector<HeldMessage> all() const; ///< in the order in which they came
    [[nodiscard]] std::optional<HeldMessage> of(quint64 id) const; ///< nothing: it has gone
    [[nodiscard]] quint64 revision() const; ///< counts changes: views ask it on their timer

private:
    mutable std::mutex m_mutex;
    std::map<quint64, HeldMessage> m_messages;
    qint64 m_bytes = 0;
    quint64 m_lastId = 0;
    quint64 m_revision = 0;
};

} // namespace sockeye
