// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <array>
#include <map>
#include <string_view>

namespace sockeye {

class ImportPipe;

/// Packets of a file that are not shown: how many, why, and the notes that say so.
class UnshownPackets {
public:
    enum class Why : quint8 {
        NoTransport, ///< neither TCP nor UDP
        CutHeads, ///< not enough of it was captured
        LostFragments, ///< of IP packets
        ContradictingFragments,
        UndeclaredInterface, ///< pcapng: nobody knows of which link type it is
        BrokenBlock, ///< pcapng: a packet whose block contradicts itself
        NoRoom, ///< memory is full of connections
    };
    void add(Why why) { ++count(why).seen; }
    /// So many by now.
    void set(Why why, qint64 seen) { count(why).seen = seen; }
    void addLink(quint32 linkType) { ++m_links[linkType].seen; }
    /// `name` is of a standard, and lasts.
    void addTunnel(const char* name) { ++m_tunnels[name].seen; }
    [[nodiscard]] qint64 seen(Why why) const { return m_counts[static_cast<std::size_t>(why)].seen; }

    /// Says what has not been said. Unless it is `final`, what was said before is said again only once it has doubled:
    /// a network always has such packets, and a live capture must not get a line of them every other second.
    void tell(ImportPipe& pipe, qint64 time, bool final);

private:
    struct Count {
        qint64 seen = 0;
        qint64 told = 0;
    };
    [[nodiscard]] Count& count(Why why) { return m_counts[static_cast<std::size_t>(why)]; }

    std::array<Count, 7> m_counts; ///< by Why
    std::map<quint32, Count> m_links; ///< by link type
    std::map<std::string_view, Count> m_tunnels; ///< by name
};

} // namespace sockeye
