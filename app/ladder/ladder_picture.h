// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "protocol/annotation/annotation.h"

#include <QString>

#include <vector>

namespace sockeye {

enum class LadderKind : quint8 {
    Opened, ///< the client connected, the server accepted
    Message,
    BadMessage, ///< bytes that are no message
    Missing, ///< bytes that the capture does not have
    Error,
    Note,
    Retransmission, ///< a segment was sent again, where packets were captured
    Finished, ///< end of stream in one direction
    Closed, ///< both sides were done
    Reset,
    Lost, ///< never opened, or lost
    Pause, ///< nothing happened for a while
};

/// A field of a message, as a part of its bar.
struct LadderPart {
    float begin = 0; ///< of the bar, 0 to 1
    float end = 0;
    FieldKind kind = FieldKind::Rest;
    int tint = 0; ///< neighbours of a kind differ
};

/// Which reads or writes of a socket carried a message.
struct LadderCalls {
    qint64 count = 0; ///< 0: none is known
    bool isAbout = false; ///< count is an estimate: they are too many to look at each
    bool sharesFirst = false; ///< the first, or the only one, carried something before it, too
    bool sharesLast = false; ///< the last, or the only one, carried something behind it, too
    qint64 firstTime = 0; ///< nanoseconds since the epoch

    friend bool operator==(const LadderCalls&, const LadderCalls&) = default;
};

/// One step of a ladder, and what is known of it.
struct LadderStep {
    qsizetype number = 0; ///< from 0
    LadderKind kind = LadderKind::Note;
    quint32 connection = 0; ///< 0: of the endpoint itself
    ConnectionFacts facts; ///< of the connection
    Direction direction = Direction::In;
    bool toServer = false; ///< it goes from left to right
    bool isHalf = false; ///< Finished: the other direction goes on
    int left = -1; ///< the client's life line, a number among those at the left; -1: none, with connection 0
    int right = -1; ///< the server's, among those at the right
    qint64 time = 0; ///< nanoseconds since the epoch
    qint64 size = 0; ///< bytes; of Missing, so many are not there
    qint64 pause = 0; ///< Pause: nanoseconds
    qsizetype row = -1; ///< of the capture; -1: it is none
    QString text; ///< of a message, its summary; else a sentence for people; may be empty
    LadderCalls calls; ///< of a message
    std::vector<LadderPart> parts; ///< of a message, where it was read
};

/// Who stands at a life line, from one step on to another.
struct LadderSpan {
    bool isServer = false; ///< at the right
    int column = 0; ///< among those of its side
    qsizetype from = 0; ///< number of a step
    qsizetype to = 0; ///< one past the last
    QString name; ///< "127.0.0.1:40001"
    bool isShared = false; ///< by several; `name` is one of them
};

/// What is asked for.
struct LadderRequest {
    qsizetype first = 0; ///< number of a step
    qsizetype count = 64; ///< at most LadderReader::mostSteps
    qsizetype selected = -1; ///< a row of the capture, of which the step is wanted; -1: none
    bool onlyNew = false; ///< nothing is wanted (LadderPicture::isUnchanged) if nothing came since the last picture
};

/// A part of a ladder. Immutable once made.
struct LadderPicture {
    quint32 connection = 0; ///< 0: all of the capture
    std::vector<LadderStep> steps; ///< in order, without gaps
    qsizetype total = 0; ///< steps of the whole ladder so far
    int leftColumns = 0; ///< life lines so far
    int rightColumns = 0;
    std::vector<LadderSpan> spans; ///< those that touch the steps
    qint64 startTime = 0; ///< of the capture, nanoseconds since the epoch
    qsizetype selectedRow = -1; ///< as asked for
    qsizetype selectedStep = -1; ///< number of its step; -1: it has none here
    double progress = 1; ///< of looking through the capture's rows, 0 to 1
    bool isUnchanged = false; ///< as asked for: there is nothing new, and nothing here

    [[nodiscard]] const LadderStep* step(qsizetype number) const
    {
        const qsizetype at = steps.empty() ? -1 : number - steps.front().number;
        return at < 0 || at >= static_cast<qsizetype>(steps.size()) ? nullptr : &steps[static_cast<std::size_t>(at)];
    }
    [[nodiscard]] bool isOfSeveral() const { return connection == 0; }
};

} // namespace sockeye
