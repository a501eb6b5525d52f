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

constexpr std::array retransmitKeys {
    FaultKey { QLatin1StringView("loss"), FaultKey::Unit::Share, 0.01, 0, 1, false },
    FaultKey { QLatin1StringView("rto"), FaultKey::Unit::Milliseconds, 200, 1, 120'000 },
};
constexpr int mostTries = 6; ///< with each one the pause doubles

/// What loss really does to TCP: nothing is missing in the end, but everything waits until what was lost has come the
/// next time: rto, 2 rto, 4 rto, … later.
class RetransmitStage final : public FaultStage {
public:
    RetransmitStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_loss(faultNumber(attributes, retransmitKeys[0]))
        , m_rto(milliseconds(attributes, retransmitKeys[1]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        FaultTime pause { 0 };
        int tries = 0;
        for (FaultTime wait = m_rto; tries < mostTries && m_random.happens(m_loss); wait *= 2) {
            pause += wait;
            ++tries;
        }
        if (tries > 0) {
            out.strike({ piece.offset, piece.size,
                { { QStringLiteral("delay_us"), qint64(pause.count()) }, { QStringLiteral("tries"), tries } } });
        }
        m_latest = std::max(m_latest, now + pause);
        m_held.add(std::move(piece), m_latest);
        wake(now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_latest = std::max(m_latest, now);
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
    static constexpr qint64 most = 1024 * 1024; ///< bytes: about a window

    FaultRandom m_random;
    HeldPieces m_held;
    double m_loss;
    FaultTime m_rto;
    FaultTime m_latest { 0 };
};

} // namespace

FaultKind retransmitFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("retransmit");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "What loss does to TCP: now and then everything pauses for rto, or 2·rto more, and so on; nothing is "
            "lost.");
    };
    kind.keys = retransmitKeys;
    kind.make = &makeStage<RetransmitStage>;
    return kind;
}

} // namespace sockeye
