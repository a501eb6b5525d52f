// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lane_fields.h"
#include "app/lanes/lanes_picture.h"

#include <memory>

namespace sockeye {

/// Looks at one connection of a capture and says what to draw of it. Keeps what it learned for the next picture. One
/// thread at a time, not the one of a window: it reads the disk, and looks through millions of messages at first.
class LanesReader {
public:
    /// `connection` 0: the first that has messages.
    LanesReader(std::shared_ptr<const Capture> capture, quint32 connection);

    /// What there is to draw at this moment. Takes as long as the picture is wide; the first ones of a large capture
    /// come when a part of its messages has been looked at (LanesPicture::progress).
    [[nodiscard]] LanesPicture picture(const LanesRequest& request);

private:
    [[nodiscard]] LaneExtent extent(LaneAxis axis, const std::optional<ConnectionRecord>& connection) const;
    [[nodiscard]] qsizetype rowAt(const LaneStream& stream, const StreamCall& call) const;
    void addCalls(LanesPicture& picture, const LaneStream& stream) const;
    void addMessages(LanesPicture& picture, const LaneStream& stream);
    void addFields(LanesPicture& picture, const LaneStream& stream, const MessageRecord& message, qsizetype row);
    void addStrikes(LanesPicture& picture, const LaneStream& stream) const;
    void addUnfinished(LanesPicture& picture, const LaneStream& stream) const;
    [[nodiscard]] LaneBox messageBox(
        const LanesPicture& picture, const LaneStream& stream, const MessageRecord& message, qsizetype row) const;
    [[nodiscard]] QString struckBy(const LanesPicture& picture, const LaneStream& stream, const LaneBox& box) const;
    void select(LanesPicture& picture, qsizetype row) const;

    std::shared_ptr<const Capture> m_capture;
    StreamMessages m_messages;
    LaneFields m_fields;
};

} // namespace sockeye
