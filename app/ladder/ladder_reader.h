// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_steps.h"
#include "app/lanes/lane_fields.h"

#include <memory>

namespace sockeye {

/// Looks at one connection of a capture, or at all of them, and says what there is to draw of a part of its ladder.
/// Keeps what it learned for the next part. One thread at a time, not the one of a window: it reads the disk, and looks
/// through millions of rows at first.
class LadderReader {
public:
    static constexpr qsizetype mostSteps = 512; ///< of a picture

    /// `connection` 0: all of the capture.
    LadderReader(std::shared_ptr<const Capture> capture, quint32 connection);

    /// What there is at this moment. Takes as long as it has steps; the first ones of a large capture come when a part
    /// of its rows has been looked at (LadderPicture::progress). A first step behind the end gives the last ones.
    [[nodiscard]] LadderPicture picture(const LadderRequest& request);

private:
    void read(LadderStep& step);
    [[nodiscard]] LadderCalls callsOf(const MessageRecord& message) const;

    std::shared_ptr<const Capture> m_capture;
    const quint32 m_connection;
    LadderSteps m_steps;
    LaneFields m_fields;
};

/// How long the bar of a message is: it grows with the logarithm of its size. Pixels, at most 160.
[[nodiscard]] int ladderBarWidth(qint64 size);

} // namespace sockeye
