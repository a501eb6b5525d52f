// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/chat_service.h"

#include "protocol/services/chat_room.h"
#include "protocol/text/describe_bytes.h"

namespace sockeye {

namespace {

/// Answers nothing by itself: whole lines go to the room.
class ChatSession final : public Session {
public:
    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(out)
        if (bytes.size() > ChatService::maxLine) {
            return tl::unexpected(Error { ErrorCode::LineTooLong, frame.offset + ChatService::maxLine,
                QStringLiteral("line"), u"at most " % byteCount(ChatService::maxLine), byteCount(bytes.size()) });
        }
        return After::Keep;
    }

    void refuse(const Error& error, QByteArray& out) override
    {
        out.append("* Error: ");
        out.append(wireText(error).toUtf8());
        out.append('\n');
    }
};

} // namespace

std::unique_ptr<Session> ChatService::newSession() const
{
    return std::make_unique<ChatSession>();
}

std::unique_ptr<Room> ChatService::newRoom() const
{
    return std::make_unique<ChatRoom>();
}

} // namespace sockeye
