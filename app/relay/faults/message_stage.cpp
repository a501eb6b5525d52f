// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/message_stage.h"

#include "protocol/base/protocol.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sockeye {

/// What the inner stage lets go of.
class MessageStage::Exit final : public FaultExit {
public:
    Exit(MessageStage& stage, FaultExit& out)
        : m_stage(stage)
        , m_out(out)
    {
    }
    void piece(FaultPiece piece) override
    {
        m_stage.passAllUpTo(piece.offset, m_out);
        while (!m_stage.m_struck.empty() && m_stage.m_struck.front().end() <= piece.end()) {
            m_stage.m_struck.pop_front();
        }
        const bool isLost = piece.bytes.isEmpty() && piece.size > 0;
        if (!isLost || m_stage.m_choice.facts.transport == Transport::Tcp) { // no datagram without bytes for one lost
            m_out.piece(std::move(piece));
        }
    }
    void end() override { } // it is told ours by itself
    void close() override { m_out.close(); }
    void reset() override { m_out.reset(); }
    void strike(const FaultStrike& strike) override { m_out.strike(strike); }
    void answer(const QByteArray& bytes) override { m_out.answer(bytes); }

private:
    MessageStage& m_stage;
    FaultExit& m_out;
};

MessageStage::MessageStage(std::unique_ptr<FaultStage> inner, MessageChoice choice, const FaultRandom& random)
    : m_inner(std::move(inner))
    , m_choice(std::move(choice))
    , m_random(random)
    , m_messages(m_choice.connection, m_choice.facts, m_choice.protocol, m_choice.limits)
{
    m_choice.limits.maxContent = std::min<qint64>(m_choice.limits.maxContent, mostWaiting);
}

MessageStage::~MessageStage() = default;

void MessageStage::begin(FaultTime now, bool begun, FaultExit& out)
{
    if (!m_framing) {
        const ProtocolPtr spoken =
            spokenOver(m_choice.protocol, m_choice.facts.transport, senderOf(m_choice.facts, m_choice.direction));
        m_choice.protocol = spoken;
        m_framing = spoken->newFraming(m_choice.limits);
        m_framing->join(spoken->newDialogue(), begun);
    }
    Exit exit(*this, out);
    m_inner->begin(now, false, exit);
    settle(out);
}

void MessageStage::piece(FaultPiece piece, FaultTime now, FaultExit& out)
{
    m_shift = piece.offset - m_buffer.end();
    if (m_choice.facts.transport == Transport::Udp) { // a datagram is a message
        Frame frame;
        frame.size = piece.bytes.size();
        if (isChosen(frame, piece.bytes)) {
            m_struck.push_back({ {}, piece.offset, piece.size });
            Exit exit(*this, out);
            m_inner->piece(std::move(piece), now, exit);
            settle(out);
        } else {
            passBy(std::move(piece), out);
        }
        return;
    }
    if (m_isGivenUp) {
        passBy(std::move(piece), out);
        return;
    }
    m_buffer.append(piece.bytes);
    m_frames.clear();
    m_framing->feed(piece.bytes, m_frames);
    takeFrames(m_frames, now, out);
    if (m_framing->error() || m_buffer.end() - m_buffer.begin() > mostWaiting) {
        giveUp(out);
    }
    m_silentAt.reset();
    if (m_framing->patience() > 0 && m_buffer.end() > m_buffer.begin()) {
        m_silentAt = now + std::chrono::milliseconds(m_framing->patience());
    }
}

std::optional<FaultTime> MessageStage::due() const
{
    const std::optional<FaultTime> inner = m_inner->due();
    return !inner || (m_silentAt && *m_silentAt < *inner) ? m_silentAt : inner;
}

/// Chosen ones to the inner stage, the others by it.
void MessageStage::takeFrames(const Frames& frames, FaultTime now, FaultExit& out)
{
    for (const Frame& frame : frames) {
        if (const qint64 between = frame.offset - m_buffer.begin(); between > 0) {
            const qint64 at = m_buffer.begin();
            passBy({ m_buffer.view(at, between).toByteArray(), at + m_shift, between }, out);
        }
        const QByteArrayView bytes = m_buffer.view(frame.offset, frame.size);
        FaultPiece message { bytes.toByteArray(), frame.offset + m_shift, frame.size };
        if (isChosen(frame, bytes)) {
            m_struck.push_back({ {}, message.offset, message.size });
            Exit exit(*this, out);
            m_inner->piece(std::move(message), now, exit);
            settle(out);
        } else {
            passBy(std::move(message), out);
        }
        m_buffer.discardBefore(frame.end());
    }
}

bool MessageStage::isChosen(const Frame& frame, QByteArrayView bytes)
{
    if (!m_choice.where.isEmpty()) {
        const EventRow& row = m_messages.look(m_choice.direction, frame, frame.offset + m_shift, bytes);
        if (!m_choice.where.matches(row, m_run)) {
            return false;
        }
    }
    return m_random.happens(m_choice.toxicity);
}

/// From here on nothing is a message.
void MessageStage::giveUp(FaultExit& out)
{
    m_isGivenUp = true;
    const qint64 at = m_buffer.begin();
    const qint64 size = m_buffer.end() - at;
    if (size > 0) {
        passBy({ m_buffer.view(at, size).toByteArray(), at + m_shift, size }, out);
        m_buffer.discardBefore(at + size);
    }
}

void MessageStage::end(FaultTime now, FaultExit& out)
{
    if (!m_isGivenUp && m_framing) {
        m_frames.clear();
        m_framing->finish(m_frames);
        takeFrames(m_frames, now, out);
        giveUp(out);
    }
    Exit exit(*this, out);
    m_inner->end(now, exit);
    m_behind.push_back({ {}, true });
    settle(out);
}

void MessageStage::wake(FaultTime now, FaultExit& out)
{
    if (m_silentAt && *m_silentAt <= now) {
        m_silentAt.reset();
        m_frames.clear();
        m_framing->silence(m_frames);
        takeFrames(m_frames, now, out);
    }
    Exit exit(*this, out);
    m_inner->wake(now, exit);
    settle(out);
}

void MessageStage::release(FaultTime now, FaultExit& out)
{
    Exit exit(*this, out);
    m_inner->release(now, exit);
    m_struck.clear();
    giveUp(out);
    passAllUpTo(std::numeric_limits<qint64>::max(), out);
}

void MessageStage::decide(const HoldDecision& decision, FaultTime now, FaultExit& out)
{
    Exit exit(*this, out);
    m_inner->decide(decision, now, exit);
    settle(out);
}

void MessageStage::passBy(FaultPiece piece, FaultExit& out)
{
    m_behindSize += piece.bytes.size();
    m_behind.push_back({ std::move(piece), false });
    settle(out);
}

/// What waits for nothing any more goes.
void MessageStage::settle(FaultExit& out)
{
    if (!m_inner->due()) {
        m_struck.clear(); // it holds nothing: what it was given is gone
    }
    passAllUpTo(m_struck.empty() ? std::numeric_limits<qint64>::max() : m_struck.front().offset, out);
}

void MessageStage::passAllUpTo(qint64 offset, FaultExit& out)
{
    while (!m_behind.empty()) {
        const bool isEnd = m_behind.front().isEnd;
        if (isEnd ? offset != std::numeric_limits<qint64>::max() : m_behind.front().piece.offset >= offset) {
            return;
        }
        Behind first = std::move(m_behind.front());
        m_behind.pop_front();
        m_behindSize -= first.piece.bytes.size();
        if (isEnd) {
            out.end();
        } else {
            out.piece(std::move(first.piece));
        }
    }
}

} // namespace sockeye
