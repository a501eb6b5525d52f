// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_stage.h"
#include "app/relay/hold/hold_desk.h"

#include <deque>
#include <memory>

namespace sockeye {

/// Holds the messages of one direction of one connection: the inner stage of a MessageStage, which cuts them and keeps
/// what is between and behind them in order. Each goes in its turn, once somebody has decided on it or its time is
/// over.
///
/// What it holds is bounded: then nothing more is read, so that its peer is held up, too. Where the desk has no room
/// for one it waits unseen, and its direction is not read from either.
class HoldStage final : public FaultStage {
public:
    static constexpr std::size_t most = 256; ///< messages
    static constexpr qint64 mostBytes = 4 * 1024 * 1024;
    static constexpr std::chrono::milliseconds retry { 200 }; ///< for room on the desk

    HoldStage(std::shared_ptr<HoldDesk> desk, quint32 connection, Direction direction);
    ~HoldStage() override;

    /// Of those that come from now on; 0: none.
    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }
    [[nodiscard]] bool isHolding() const { return !m_held.empty(); }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override;
    void end(FaultTime /*now*/, FaultExit& /*out*/) override { } // it is kept in order by who cuts the messages
    void wake(FaultTime now, FaultExit& out) override;
    void release(FaultTime now, FaultExit& out) override;
    void decide(const HoldDecision& decision, FaultTime now, FaultExit& out) override;
    [[nodiscard]] std::optional<FaultTime> due() const override;
    [[nodiscard]] bool isFull() const override;

private:
    struct Held {
        FaultPiece piece;
        FaultTime since;
        FaultTime due;
        quint64 id = 0; ///< 0: not on the desk
        std::optional<HoldDecision> decision;
    };
    void putOnDesk(Held& held);
    void letGo(FaultTime now, FaultExit& out);
    void letFirstGo(FaultTime now, FaultExit& out);

    std::shared_ptr<HoldDesk> m_desk;
    std::deque<Held> m_held;
    std::size_t m_unseen = 0; ///< of those, the last ones: not on the desk
    qint64 m_bytes = 0;
    std::chrono::milliseconds m_limit { 0 };
    std::optional<FaultTime> m_retryAt; ///< while some are unseen
    quint32 m_connection;
    Direction m_direction;
};

} // namespace sockeye
