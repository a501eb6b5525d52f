// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array packetLossKeys {
    FaultKey { QLatin1StringView("loss_rate"), FaultKey::Unit::Share, 0, 0, 1, false },
    FaultKey { QLatin1StringView("correlation"), FaultKey::Unit::Share, 0, 0, 1, false },
};

/// Pieces are taken out. With a correlation each draw is that much like the one before, as in netem, so that losses
/// come in bursts.
class PacketLossStage final : public FaultStage {
public:
    PacketLossStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_rate(faultNumber(attributes, packetLossKeys[0]))
        , m_correlation(faultNumber(attributes, packetLossKeys[1]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        const double drawn = m_random.share();
        m_last = m_hasDrawn ? m_last * m_correlation + drawn * (1 - m_correlation) : drawn;
        m_hasDrawn = true;
        if (m_last < m_rate) {
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
    double m_correlation;
    double m_last = 0;
    bool m_hasDrawn = false;
};

} // namespace

FaultKind packetLossFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("packet_loss");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Pieces are lost. On TCP they are taken out of the stream, which no network does: see retransmit.");
    };
    kind.keys = packetLossKeys;
    kind.make = &makeStage<PacketLossStage>;
    kind.onDatagrams = true;
    return kind;
}

} // namespace sockeye
