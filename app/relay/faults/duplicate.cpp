// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array duplicateKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::Share, 0.1, 0, 1, false },
};

/// Datagrams come twice.
class DuplicateStage final : public FaultStage {
public:
    DuplicateStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_rate(faultNumber(attributes, duplicateKeys[0]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_random.happens(m_rate)) {
            out.strike({ piece.offset, piece.size, { { QStringLiteral("copies"), 2 } } });
            out.piece(piece);
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
};

} // namespace

FaultKind duplicateFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("duplicate");
    kind.sentence = [] { return QCoreApplication::translate("sockeye::FaultKinds", "Datagrams come twice."); };
    kind.keys = duplicateKeys;
    kind.onStreams = false;
    kind.onDatagrams = true;
    kind.make = &makeStage<DuplicateStage>;
    return kind;
}

} // namespace sockeye
