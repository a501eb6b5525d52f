// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/held_pieces.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr std::array latencyKeys {
    FaultKey { QLatin1StringView("latency"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
    FaultKey { QLatin1StringView("jitter"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
};

/// Each piece leaves so long after it came. Delays do not add up, since each is counted from when its piece came; where
/// jitter would let one overtake another, it waits for the one before.
class LatencyStage final : public FaultStage {
public:
    LatencyStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_latency(milliseconds(attributes, latencyKeys[0]))
        , m_jitter(milliseconds(attributes, latencyKeys[1]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        const qint64 drawn = m_random.between(-m_jitter.count(), m_jitter.count());
        m_latest = std::max(m_latest, now + std::max(m_latency + FaultTime(drawn), FaultTime(0)));
        out.strike({ piece.offset, piece.size, { { QStringLiteral("delay_us"), qint64((m_latest - now).count()) } } });
        m_held.add(std::move(piece), m_latest);
        wake(now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_latest = std::max(m_latest, now + m_latency);
        m_held.addEnd(m_latest);
        wake(now, out);
    }
    void wake(FaultTime now, FaultExit& out) override { m_held.letGo(now, out); }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_held.letAllGo(out);
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_held.due(); }
    [[nodiscard]] bool isFull() const override { return m_held.size() >= most; }

private:
    static constexpr qint64 most = 8 * 1024 * 1024; ///< bytes that are under way

    FaultRandom m_random;
    HeldPieces m_held;
    FaultTime m_latency;
    FaultTime m_jitter;
    FaultTime m_latest { 0 }; ///< when the last one goes
};

} // namespace

FaultKind latencyFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("latency");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "What comes leaves that long after it came, give or take the jitter. Order is kept.");
    };
    kind.keys = latencyKeys;
    kind.make = &makeStage<LatencyStage>;
    return kind;
}

} // namespace sockeye
