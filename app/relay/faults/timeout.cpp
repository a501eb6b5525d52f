// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array timeoutKeys {
    FaultKey { QLatin1StringView("timeout"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
};

/// Nothing passes, and after a time the connection closes. What comes meanwhile is thrown away, as in Toxiproxy: taken
/// away again, it lets pass what comes from then on.
class TimeoutStage final : public FaultStage {
public:
    TimeoutStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_timeout(milliseconds(attributes, timeoutKeys[0]))
    {
        Q_UNUSED(random)
    }

    void begin(FaultTime now, bool begun, FaultExit& out) override
    {
        Q_UNUSED(begun)
        Q_UNUSED(out)
        if (!m_due && m_timeout > FaultTime(0)) {
            m_due = now + m_timeout;
        }
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.strike({ piece.offset, piece.size, { { QStringLiteral("lost"), true } } });
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        Q_UNUSED(out)
        m_hasEnd = true;
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        if (m_due && *m_due <= now) {
            m_due.reset();
            out.strike({ 0, 0, { { QStringLiteral("closed"), true } } });
            out.close();
        }
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_hasEnd) {
            out.end();
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }

private:
    FaultTime m_timeout;
    std::optional<FaultTime> m_due;
    bool m_hasEnd = false;
};

} // namespace

FaultKind timeoutFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("timeout");
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "Nothing passes. After that time the connection closes; with 0 it never does.");
    };
    kind.keys = timeoutKeys;
    kind.make = &makeStage<TimeoutStage>;
    return kind;
}

} // namespace sockeye
