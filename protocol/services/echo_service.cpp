// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/echo_service.h"

namespace sockeye {

namespace {

class EchoSession final : public Session {
public:
    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(frame)
        out.append(bytes);
        return After::Keep;
    }
};

} // namespace

std::unique_ptr<Session> EchoService::newSession() const
{
    return std::make_unique<EchoSession>();
}

} // namespace sockeye
