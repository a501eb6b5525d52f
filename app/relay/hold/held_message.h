// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace sockeye {

/// Which messages a relay holds until somebody decides on them.
struct HoldSettings {
    bool on = false;
    QString where; ///< a filter; empty: all of them
    std::chrono::milliseconds limit { 60'000 }; ///< then they are let go; 0: they wait as long as it takes

    friend bool operator==(const HoldSettings&, const HoldSettings&) = default;
};

/// One that is held.
struct HeldMessage {
    static constexpr std::chrono::microseconds never = std::chrono::microseconds::max();

    quint64 id = 0; ///< counts them, in the order in which they came
    quint32 connection = 0;
    Direction direction = Direction::In;
    qint64 offset = 0; ///< of its first byte, in what came from the peer
    QByteArray bytes;
    std::chrono::microseconds since { 0 }; ///< by the clock of FaultTimer
    std::chrono::microseconds due = never; ///< it is let go by itself
    bool isDecided = false; ///< it goes as soon as those before it in its direction have gone
};

/// What is to become of one.
struct HoldDecision {
    enum class Kind : quint8 {
        LetGo, ///< with these bytes
        Drop,
        Answer, ///< dropped, and these bytes go back to who sent it
    };
    quint64 id = 0;
    quint32 connection = 0;
    Direction direction = Direction::In;
    Kind kind = Kind::LetGo;
    QByteArray bytes;
};

} // namespace sockeye
