// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <chrono>
#include <optional>

namespace sockeye {

struct HoldDecision;

using FaultTime = std::chrono::microseconds; ///< of a clock that never goes back; stages look at no other one

/// Some bytes on their way through the faults of one direction, or one datagram.
struct FaultPiece {
    QByteArray bytes; ///< may be empty: what was there is taken out, and counts as passed
    qint64 offset = 0; ///< of its first byte, in what came from the peer
    qint64 size = 0; ///< so many bytes of what came it stands for

    [[nodiscard]] qint64 end() const { return offset + size; }
};

/// That a fault has done something.
struct FaultStrike {
    qint64 offset = 0; ///< in what came from the peer
    qint64 size = 0; ///< bytes that were struck
    QJsonObject detail; ///< its numbers
    QByteArray sent {}; ///< what goes in the place of a message that was changed; null: that is not told
    QString undone {}; ///< why it could not do what it is for, in a sentence: then nothing was changed
};

/// Where what a stage lets go goes: the next stage, or the wire.
class FaultExit {
public:
    virtual void piece(FaultPiece piece) = 0;
    virtual void end() = 0; ///< the end of stream
    virtual void close() = 0; ///< the whole connection, after what was let go
    virtual void reset() = 0; ///< the whole connection, at once, with a RST
    virtual void strike(const FaultStrike& strike) = 0;
    virtual void answer(const QByteArray& bytes) = 0; ///< goes back to who sent what was given, as a message

protected:
    ~FaultExit() = default;
};

/// One fault at work on one direction of one connection. Pure: what it does follows from what it is given, the time it
/// is told, and the seed it was made with.
class FaultStage {
public:
    FaultStage() = default;
    virtual ~FaultStage() = default;
    FaultStage(const FaultStage&) = delete;
    FaultStage& operator=(const FaultStage&) = delete;

    /// It is in force from now on; again whenever any of the faults has changed. `begun`: bytes, or the end, have come
    /// already.
    virtual void begin(FaultTime now, bool begun, FaultExit& out)
    {
        Q_UNUSED(now)
        Q_UNUSED(begun)
        Q_UNUSED(out)
    }
    virtual void piece(FaultPiece piece, FaultTime now, FaultExit& out) = 0;
    virtual void end(FaultTime now, FaultExit& out) = 0; ///< after all that it holds
    /// Its time has come, or has passed.
    virtual void wake(FaultTime now, FaultExit& out)
    {
        Q_UNUSED(now)
        Q_UNUSED(out)
    }
    /// It is taken away: what it holds goes on at once.
    virtual void release(FaultTime now, FaultExit& out)
    {
        Q_UNUSED(now)
        Q_UNUSED(out)
    }
    /// Somebody has decided on a message that it may hold.
    virtual void decide(const HoldDecision& decision, FaultTime now, FaultExit& out)
    {
        Q_UNUSED(decision)
        Q_UNUSED(now)
        Q_UNUSED(out)
    }
    [[nodiscard]] virtual std::optional<FaultTime> due() const { return std::nullopt; } ///< when it wants wake()
    [[nodiscard]] virtual bool isFull() const { return false; } ///< holds as much as it may: nothing more is read
};

} // namespace sockeye
