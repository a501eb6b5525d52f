// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array lossKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::Share, 0.1, 0, 1, false },
    FaultKey { QLatin1StringView("burst"), FaultKey::Unit::None, 1, 1, 1'000'000 },
};

/// Datagrams are lost: a burst of so many in a row each time that one is.
class LossStage final : public FaultStage {
public:
    LossStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_rate(faultNumber(attributes, lossKeys[0]))
        , m_burst(wholeNumber(attributes, lossKeys[1]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_left == 0 && m_random.happens(m_rate)) {
            m_left = m_burst;
        }
        if (m_left > 0) {
            --m_left;
            out.strike({ piece.offset, piece.size, { { QStringLiteral("lost"), true } } });
            return;
        }
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }

private:
    FaultRandom m_random;
    double m_rate;
    qint64 m_burst;
    qint64 m_left = 0; ///< of a burst
};

} // namespace

FaultKind lossFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("loss");
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "Datagrams are lost: at each draw a burst of so many in a row.");
    };
    kind.keys = lossKeys;
    kind.onStreams = false;
    kind.onDatagrams = true;
    kind.make = &makeStage<LossStage>;
    return kind;
}

} // namespace sockeye
