// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/channel.h"
#include "app/endpoint/connector.h"

#include <chrono>
#include <list>
#include <memory>

namespace sockeye {

class ManyCore;

/// One of many connections: connects, sends the messages, and compares what comes back. Lives in the I/O thread of its
/// core, which owns it.
class ManyLink final : private Channel::Owner {
public:
    enum class End : quint8 { Intact, Changed, TooShort, Failed };

    ManyLink(ManyCore& core, quint32 id);

    void adopt(std::unique_ptr<Stream> stream); ///< begins on an established connection
    void connectTo(const SocketAddress& address);
    void connectByProxy();
    void expire(); ///< nothing came for too long
    void giveUp(); ///< closes and counts as failed

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] std::chrono::steady_clock::time_point lastActivity() const { return m_lastActivity; }

private:
    friend class ManyCore;
    void connected(FailureCode result) override;
    void secured() override;
    [[nodiscard]] std::span<char> room() override;
    void received(QByteArrayView bytes) override;
    void peerFinished() override;
    void writable() override;
    void lost(TransferStatus status) override;
    void ended(CloseKind kind) override;

    void begin();
    void sendMessages();
    void finish(End end, CloseKind kind = CloseKind::Orderly);
    void notConnected(const Failure& failure);

    ManyCore& m_core;
    Channel m_channel;
    std::unique_ptr<Connector> m_connector; ///< proxy: until the connection stands
    std::chrono::steady_clock::time_point m_lastActivity;
    std::list<ManyLink>::iterator m_self;
    qint64 m_sent = 0;
    qint64 m_received = 0;
    qsizetype m_message = 0; ///< the next to send, or the one that is being sent
    qint64 m_messageSent = 0; ///< bytes of it
    quint32 m_id;
    bool m_open = false; ///< connected
    bool m_changed = false;
    End m_end = End::Failed; ///< what is told when it is over
};

} // namespace sockeye
