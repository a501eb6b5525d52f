// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/filtering/message_row.h"
#include "protocol/services/service.h"

namespace sockeye {

/// What the session of a server's connection, or of its peer over UDP, may ask for. Lives in its I/O thread.
class MessageHost final : public SessionHost {
public:
    /// The recorder outlives it.
    MessageHost(Recorder& recorder, quint32 connection, const ConnectionFacts& facts, const Service& service,
        const Limits& limits);

    [[nodiscard]] const filter::Row& row(const Frame& frame, QByteArrayView bytes) override;
    void met(const Frame& frame, const QString& rule) override;
    void trouble(const QString& text) override;
    void strike(const QString& fault, QByteArray& reply) override;
    void later(std::chrono::microseconds time, std::function<void()> call) override;

private:
    Recorder& m_recorder;
    MessageRow m_row;
    ProtocolPtr m_replies; ///< as servers speak it
    Transport m_transport;
    quint32 m_id;
    quint64 m_struck = 0; ///< replies
};

/// One for a new session of `service`, which gets it; null where it wants none.
[[nodiscard]] std::unique_ptr<MessageHost> attachHost(Session& session, const Service& service, Recorder& recorder,
    quint32 connection, const ConnectionFacts& facts, const Limits& limits);

} // namespace sockeye
