// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <compare>
#include <optional>

namespace sockeye {

/// After Okabe and Ito, whom colour-blind people can follow. In files they have names, never numbers.
enum class MarkColour : quint8 { Yellow, Orange, Red, Green, Blue, Purple };
inline constexpr std::array markColours { MarkColour::Yellow, MarkColour::Orange, MarkColour::Red, MarkColour::Green,
    MarkColour::Blue, MarkColour::Purple };

/// A byte of a recording.
struct StreamPlace {
    quint32 connection = 0;
    Direction direction = Direction::In;
    qint64 offset = 0; ///< in its stream
    friend auto operator<=>(const StreamPlace&, const StreamPlace&) = default;
};

/// What somebody said of a message. It stays with the byte that the message began with, so that it survives another
/// protocol, where messages may begin elsewhere.
struct MessageMark {
    StreamPlace place;
    qint64 time = 0; ///< of the message or of its packet: nanoseconds since the epoch
    MarkColour colour = MarkColour::Yellow;
    QString note; ///< may be empty
};

/// Longer notes are cut: UTF-16 units.
inline constexpr qsizetype longestNote = 500;

/// How marks stand in pcapng files, as comments of the packets that hold their bytes: `Mark (orange): note`. Where the
/// byte is not the first of the packet's payload, its place among the packet's bytes follows the colour:
/// `Mark (orange), byte 66: note`. Without a note the colon is missing, too. Never translated: readers parse it.
struct MarkComment {
    MarkColour colour = MarkColour::Yellow;
    qint64 byte = -1; ///< from 0, among the bytes of the packet as the file has it; -1: the first one of its payload
    QString note;
};
[[nodiscard]] QByteArray toComment(const MarkComment& mark);
/// Nothing if it is no such comment, or its note is longer than ours are.
[[nodiscard]] std::optional<MarkComment> parseMarkComment(QByteArrayView comment);

} // namespace sockeye
