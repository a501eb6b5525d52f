// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QString>

namespace sockeye {

/// What a fault draws: a row of numbers that a seed, the connection, the direction and the fault's name decide, so that
/// a run can be had again. SplitMix64: the same on every machine.
class FaultRandom {
public:
    explicit FaultRandom(quint64 seed)
        : m_state(seed)
    {
    }

    [[nodiscard]] static FaultRandom of(quint64 seed, quint32 connection, Direction direction, const QString& fault)
    {
        FaultRandom mixed(seed ^ (static_cast<quint64>(connection) << 1) ^ static_cast<quint64>(direction));
        quint64 state = mixed.next();
        for (const QChar each : fault) { // FNV-1a
            state = (state ^ each.unicode()) * 0x100'0000'01b3ULL;
        }
        return FaultRandom(state);
    }

    [[nodiscard]] quint64 next()
    {
        m_state += 0x9e37'79b9'7f4a'7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58'476d'1ce4'e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d0'49bb'1331'11ebULL;
        return z ^ (z >> 31U);
    }
    /// 0 ≤ it < 1.
    [[nodiscard]] double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// Whether something of that likeliness happens. Draws in any case.
    [[nodiscard]] bool happens(double likeliness) { return share() < likeliness; }
    /// least ≤ it ≤ most, evenly.
    [[nodiscard]] qint64 between(qint64 least, qint64 most)
    {
        return least + static_cast<qint64>(share() * static_cast<double>(most - least + 1));
    }

private:
    quint64 m_state;
};

} // namespace sockeye
