// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lane_facts.h"
#include "app/lanes/lane_scale.h"
#include "protocol/annotation/annotation.h"

#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace sockeye {

enum class LaneKind : quint8 { Calls, Messages, Fields };

/// One thing that is drawn in a lane, and what is known of it.
struct LaneBox {
    qint64 begin = 0; ///< on the axis
    qint64 end = 0; ///< one past; begin for what takes no time
    qint64 offset = 0; ///< in the stream
    qint64 size = 0; ///< bytes
    qint64 time = 0; ///< nanoseconds since the epoch: of a call; of a message, when it was whole
    qsizetype count = 1; ///< more: so many that lie too close together to be drawn each
    bool isAbout = false; ///< count is an estimate
    qsizetype row = -1; ///< of the capture: the message, or that of a field
    bool isBad = false; ///< no message, or among several that are not told apart: bytes that are none
    bool isUnfinished = false; ///< bytes that are no whole message yet
    FieldKind kind = FieldKind::Message; ///< of a field
    int tint = 0; ///< of a field: neighbours of a kind differ
    QStringList texts; ///< labels, the longest first; empty where there is no room for any
    QString told; ///< of what is bad, what is wrong; of a field, its path and value
    QString struckBy; ///< the names of the faults that struck any of its bytes; empty: none did
    CallFacts call; ///< of a call
    MessageFacts message; ///< of a message
};

/// Where a fault has struck.
struct LaneStrike {
    qint64 begin = 0; ///< on the axis
    qint64 end = 0; ///< one past; begin for what takes no room
    QString name; ///< of the fault
};

/// The three lanes of one direction.
struct LanesOfDirection {
    std::array<std::vector<LaneBox>, 3> lanes; ///< by LaneKind
    std::vector<LaneStrike> strikes; ///< by fault
    qint64 size = 0; ///< bytes of the stream so far
    qsizetype messages = 0; ///< so far

    [[nodiscard]] const std::vector<LaneBox>& of(LaneKind kind) const { return lanes[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] std::vector<LaneBox>& of(LaneKind kind) { return lanes[static_cast<std::size_t>(kind)]; }
};

/// What is asked for.
struct LanesRequest {
    LaneAxis axis = LaneAxis::Offset;
    bool all = true; ///< all there is, instead of scale's range
    LaneScale scale;
    qsizetype selected = -1; ///< a row of the capture, of which the place is wanted; -1: none
};

/// What there is to draw of a connection. Immutable once made.
struct LanesPicture {
    quint32 connection = 0; ///< 0: there is none
    ConnectionFacts facts;
    LaneAxis axis = LaneAxis::Offset;
    LaneScale scale;
    LaneExtent extent; ///< all there is
    qint64 startTime = 0; ///< of the capture: where the axis of time begins, nanoseconds since the epoch
    std::array<LanesOfDirection, 2> directions; ///< by Direction
    std::optional<LaneBox> selected;
    Direction selectedDirection = Direction::In;
    double progress = 1; ///< of looking through the capture's messages, 0 to 1

    [[nodiscard]] const LanesOfDirection& of(Direction direction) const
    {
        return directions[static_cast<std::size_t>(direction)];
    }
};

} // namespace sockeye
