// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/event.h"
#include "app/net/stream.h"

#include <chrono>
#include <list>
#include <memory>

namespace sockeye {

class ManyCore;

/// One of many connections: connects, sends the messages, and compares what comes back. Lives in the I/O thread of its
/// core, which owns it.
class ManyLink final : private Stream::Owner {
public:
    enum class End : quint8 { Intact, Changed, TooShort, Failed };

    ManyLink(ManyCore& core, quint32 id);

    void adopt(std::unique_ptr<Stream> stream); ///< begins on an established connection
    void connectTo(const SocketAddress& address);
    void expire(); ///< nothing came for too long
    void giveUp(); ///< closes and counts as failed

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] std::chrono::steady_clock::time_point lastActivity() const { return m_lastActivity; }

private:
    friend class ManyCore;
    void readable() override;
    void writable() override;
    void secured() override;
    void begin();
    void sendMessages();
    void take(QByteArrayView bytes);
    void fail(const Failure& failure);
    void fail(FailureCode code);
    void finish(End end, CloseKind kind);

    ManyCore& m_core;
    std::unique_ptr<Stream> m_stream;
    std::chrono::steady_clock::time_point m_lastActivity;
    std::list<ManyLink>::iterator m_self;
    qint64 m_sent = 0;
    qint64 m_received = 0;
    qsizetype m_message = 0; ///< the next to send, or the one that is being sent
    qint64 m_messageSent = 0; ///< bytes of it
    quint32 m_id;
    bool m_open = false; ///< connected
    bool m_changed = false;
    bool m_over = false;
};

} // namespace sockeye
