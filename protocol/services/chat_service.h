// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Lines of UTF-8; what one sends goes to all others and to the server's own window (wire protocol §2): see ChatRoom.
class ChatService final : public Service {
public:
    static constexpr qsizetype maxLine = 16 * 1024; ///< bytes; who sends a longer one is told so and closed

    [[nodiscard]] const ProtocolPtr& protocol() const override { return linesProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
    [[nodiscard]] std::unique_ptr<Room> newRoom() const override;
};

} // namespace sockeye
