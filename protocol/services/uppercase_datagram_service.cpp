// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/uppercase_datagram_service.h"

#include "protocol/services/upper_text.h"

namespace sockeye {

namespace {

class UppercaseDatagramSession final : public Session {
public:
    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(frame)
        const qsizetype whole = appendUpper(bytes, out);
        out.append(bytes.sliced(whole));
        return isExit(bytes) ? After::Close : After::Keep;
    }
};

} // namespace

std::unique_ptr<Session> UppercaseDatagramService::newSession() const
{
    return std::make_unique<UppercaseDatagramSession>();
}

} // namespace sockeye
