// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

#include <QByteArrayView>

#include <deque>

namespace sockeye::http {

/// What has to be known of the requests to find the ends of the replies: which of them asked for a head alone, and
/// whether the connection speaks something else by now.
class HttpDialogue final : public Dialogue {
public:
    enum class Asked : quint8 {
        Anything,
        HeadAlone, ///< HEAD: the reply has no body, whatever its header says
        Tunnel, ///< CONNECT: what follows a good reply is not HTTP
    };
    void request(QByteArrayView method);
    /// What the next reply answers, which is taken to be answered with it.
    [[nodiscard]] Asked reply();

    void upgrade() { m_upgraded = true; }
    [[nodiscard]] bool isUpgraded() const { return m_upgraded; }

    /// Bytes were missed, in either direction: which request a reply answers cannot be counted any more.
    void lose() { m_lost = true; }

private:
    struct Special {
        qint64 number = 0;
        Asked asked = Asked::Anything;
    };
    std::deque<Special> m_special; ///< requests that are not answered yet, other than ordinary ones; bounded
    qint64 m_requests = 0;
    qint64 m_replies = 0;
    bool m_upgraded = false;
    bool m_lost = false;
};

} // namespace sockeye::http
