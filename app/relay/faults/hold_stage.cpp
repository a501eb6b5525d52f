// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/hold_stage.h"

#include <algorithm>
#include <utility>

namespace sockeye {

HoldStage::HoldStage(std::shared_ptr<HoldDesk> desk, quint32 connection, Direction direction)
    : m_desk(std::move(desk))
    , m_connection(connection)
    , m_direction(direction)
{
}

HoldStage::~HoldStage()
{
    for (const Held& held : m_held) {
        m_desk->remove(held.id);
    }
}

void HoldStage::piece(FaultPiece piece, FaultTime now, FaultExit& /*out*/)
{
    m_bytes += piece.bytes.size();
    const FaultTime due = m_limit.count() > 0 ? now + m_limit : HeldMessage::never;
    m_held.push_back({ std::move(piece), now, due, 0, {} });
    ++m_unseen;
    if (m_unseen == 1) {
        putOnDesk(m_held.back());
    }
    if (m_unseen > 0 && !m_retryAt) {
        m_retryAt = now + retry;
    }
}

void HoldStage::putOnDesk(Held& held)
{
    held.id = m_desk->add({ 0, m_connection, m_direction, held.piece.offset, held.piece.bytes, held.since, held.due });
    m_unseen -= held.id != 0 ? 1 : 0;
}

void HoldStage::wake(FaultTime now, FaultExit& out)
{
    letGo(now, out);
    if (m_retryAt && *m_retryAt <= now) {
        m_retryAt.reset();
        for (std::size_t before = m_unseen + 1; m_unseen > 0 && m_unseen < before;) {
            before = m_unseen;
            putOnDesk(m_held[m_held.size() - m_unseen]);
        }
        if (m_unseen > 0) {
            m_retryAt = now + retry;
        }
    }
}

void HoldStage::decide(const HoldDecision& decision, FaultTime now, FaultExit& out)
{
    const auto found = std::ranges::find(m_held, decision.id, &Held::id);
    if (decision.id == 0 || found == m_held.end() || found->decision) {
        return;
    }
    found->decision = decision;
    m_desk->setDecided(decision.id);
    letGo(now, out);
}

/// Those whose turn it is.
void HoldStage::letGo(FaultTime now, FaultExit& out)
{
    while (!m_held.empty() && (m_held.front().decision || m_held.front().due <= now)) {
        letFirstGo(now, out);
    }
}

void HoldStage::release(FaultTime now, FaultExit& out)
{
    while (!m_held.empty()) {
        letFirstGo(now, out);
    }
}

void HoldStage::letFirstGo(FaultTime now, FaultExit& out)
{
    Held held = std::move(m_held.front());
    m_held.pop_front();
    m_bytes -= held.piece.bytes.size();
    m_desk->remove(held.id);
    m_unseen = std::min(m_unseen, m_held.size());
    if (m_unseen == 0) {
        m_retryAt.reset();
    }
    FaultStrike strike { held.piece.offset, held.piece.size, {} };
    strike.detail.insert(QLatin1StringView("held_ms"),
        static_cast<qint64>(std::chrono::duration_cast<std::chrono::milliseconds>(now - held.since).count()));
    QString became = QStringLiteral("passed"); // nobody has decided
    std::optional<QByteArray> answer;
    if (held.decision && held.decision->kind == HoldDecision::Kind::LetGo) {
        became = held.decision->bytes == held.piece.bytes ? QStringLiteral("let-go") : QStringLiteral("edited");
        if (held.decision->bytes != held.piece.bytes) {
            strike.detail.insert(QLatin1StringView("bytes"), held.decision->bytes.size());
            strike.sent = held.decision->bytes;
        }
        held.piece.bytes = held.decision->bytes;
    } else if (held.decision) {
        const bool answers = held.decision->kind == HoldDecision::Kind::Answer;
        became = answers ? QStringLiteral("answered") : QStringLiteral("dropped");
        if (answers) {
            strike.detail.insert(QLatin1StringView("bytes"), held.decision->bytes.size());
            answer = held.decision->bytes;
            strike.sent = held.decision->bytes;
        }
        held.piece.bytes.clear();
    }
    strike.detail.insert(QLatin1StringView("became"), became);
    out.strike(strike);
    out.piece(std::move(held.piece));
    if (answer) {
        out.answer(*answer);
    }
}

std::optional<FaultTime> HoldStage::due() const
{
    if (m_held.empty()) {
        return std::nullopt;
    }
    return std::min(m_held.front().due, m_retryAt.value_or(HeldMessage::never));
}

bool HoldStage::isFull() const
{
    return m_unseen > 0 || m_held.size() >= most || m_bytes >= mostBytes;
}

} // namespace sockeye
