// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array resetPeerKeys {
    FaultKey { QLatin1StringView("timeout"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
};

/// A reset, so long after the first byte or the end has come; of a connection that has begun already, after the fault
/// was added. Bytes pass until then, but none that come when it is due at once.
class ResetPeerStage final : public FaultStage {
public:
    ResetPeerStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_timeout(milliseconds(attributes, resetPeerKeys[0]))
    {
        Q_UNUSED(random)
    }

    void begin(FaultTime now, bool begun, FaultExit& out) override
    {
        if (begun) {
            start(now, out);
        }
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        start(now, out);
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        start(now, out);
        out.end();
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        if (m_due && *m_due <= now) {
            out.strike({ 0, 0, { { QStringLiteral("reset"), true } } });
            out.reset();
            m_due.reset();
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }

private:
    void start(FaultTime now, FaultExit& out)
    {
        if (!std::exchange(m_hasBegun, true)) {
            m_due = now + m_timeout;
            wake(now, out);
        }
    }

    FaultTime m_timeout;
    std::optional<FaultTime> m_due;
    bool m_hasBegun = false;
};

} // namespace

FaultKind resetPeerFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("reset_peer");
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "Both sides get a reset (RST), that long after the first byte or the end has come.");
    };
    kind.keys = resetPeerKeys;
    kind.make = &makeStage<ResetPeerStage>;
    return kind;
}

} // namespace sockeye
