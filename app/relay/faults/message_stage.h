// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/filtering/message_row.h"
#include "app/relay/faults/fault_random.h"
#include "app/relay/faults/fault_stage.h"
#include "protocol/filter/filter.h"
#include "protocol/framing/framing.h"
#include "protocol/framing/receive_buffer.h"
#include "protocol/protocols/registry.h"

#include <deque>
#include <memory>

namespace sockeye {

/// What a fault of messages looks at.
struct MessageChoice {
    filter::Filter where; ///< which of them
    double toxicity = 1; ///< how likely one of those is struck: drawn for each
    ProtocolPtr protocol; ///< what a message is
    Limits limits;
    ConnectionFacts facts;
    quint32 connection = 0;
    Direction direction = Direction::In;
};

/// A fault that strikes whole messages: those that were chosen go through another stage, one piece each; what is
/// between them, and what was not chosen, passes by, in order. An unfinished message waits until it is whole. Where the
/// bytes are no messages, or one is longer than may wait, everything passes from there on.
class MessageStage final : public FaultStage {
public:
    static constexpr qint64 mostWaiting = 4 * 1024 * 1024; ///< bytes of an unfinished message

    MessageStage(std::unique_ptr<FaultStage> inner, MessageChoice choice, const FaultRandom& random);
    ~MessageStage() override;

    void begin(FaultTime now, bool begun, FaultExit& out) override;
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override;
    void end(FaultTime now, FaultExit& out) override;
    void wake(FaultTime now, FaultExit& out) override;
    void release(FaultTime now, FaultExit& out) override;
    void decide(const HoldDecision& decision, FaultTime now, FaultExit& out) override;
    /// Which messages are chosen from now on.
    void setWhere(const filter::Filter& where) { m_choice.where = where; }
    [[nodiscard]] std::optional<FaultTime> due() const override;
    [[nodiscard]] bool isFull() const override { return m_inner->isFull() || m_behindSize >= mostWaiting; }

private:
    class Exit;
    /// What passes by, and waits for messages before it that are still held.
    struct Behind {
        FaultPiece piece;
        bool isEnd = false;
    };

    void takeFrames(const Frames& frames, FaultTime now, FaultExit& out);
    void giveUp(FaultExit& out);
    void passBy(FaultPiece piece, FaultExit& out);
    void passAllUpTo(qint64 offset, FaultExit& out);
    void settle(FaultExit& out);
    [[nodiscard]] bool isChosen(const Frame& frame, QByteArrayView bytes);

    std::unique_ptr<FaultStage> m_inner;
    MessageChoice m_choice;
    FaultRandom m_random;
    MessageRow m_messages;
    filter::Run m_run;
    std::unique_ptr<Framing> m_framing; ///< null before the first byte
    ReceiveBuffer m_buffer; ///< by offset in what came to this stage
    Frames m_frames;
    std::deque<FaultPiece> m_struck; ///< places only: of messages that the inner stage has not let go yet
    std::deque<Behind> m_behind;
    qint64 m_behindSize = 0; ///< bytes
    qint64 m_shift = 0; ///< from offsets in what came to this stage to those in what came from the peer
    std::optional<FaultTime> m_silentAt; ///< where silence ends a message: when it will have
    bool m_isGivenUp = false;
};

} // namespace sockeye
