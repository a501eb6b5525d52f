// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array slowCloseKeys {
    FaultKey { QLatin1StringView("delay"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
};

/// The end of stream comes later; bytes pass as they come.
class SlowCloseStage final : public FaultStage {
public:
    SlowCloseStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_delay(milliseconds(attributes, slowCloseKeys[0]))
    {
        Q_UNUSED(random)
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_passed = piece.end();
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_due = now + m_delay;
        out.strike({ m_passed, 0, { { QStringLiteral("delay_us"), qint64(m_delay.count()) } } });
        wake(now, out);
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        if (m_due && *m_due <= now) {
            release(now, out);
        }
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_due) {
            m_due.reset();
            out.end();
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }

private:
    FaultTime m_delay;
    std::optional<FaultTime> m_due; ///< of the end, once it has come
    qint64 m_passed = 0;
};

} // namespace

FaultKind slowCloseFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("slow_close");
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "The end of stream comes that much later than it was sent.");
    };
    kind.keys = slowCloseKeys;
    kind.takesWhere = false;
    kind.make = &makeStage<SlowCloseStage>;
    return kind;
}

} // namespace sockeye
