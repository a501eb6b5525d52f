// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr std::array limitDataKeys {
    FaultKey { QLatin1StringView("bytes"), FaultKey::Unit::Bytes, 0, 0, 1'000'000'000'000'000 },
};

/// Exactly that many bytes pass, then the connection closes.
class LimitDataStage final : public FaultStage {
public:
    LimitDataStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_left(wholeNumber(attributes, limitDataKeys[0]))
    {
        Q_UNUSED(random)
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        const qint64 some = std::min<qint64>(m_left, piece.bytes.size());
        const qint64 lost = piece.bytes.size() - some;
        m_left -= some;
        if (lost > 0) {
            out.strike({ piece.offset + some, lost, { { QStringLiteral("lost"), true } } });
            piece.bytes.truncate(some);
        }
        if (some > 0) {
            out.piece(std::move(piece));
        }
        if (m_left == 0) {
            out.close();
        }
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }

private:
    qint64 m_left;
};

} // namespace

FaultKind limitDataFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("limit_data");
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "Exactly that many bytes pass, then the connection closes.");
    };
    kind.keys = limitDataKeys;
    kind.make = &makeStage<LimitDataStage>;
    return kind;
}

} // namespace sockeye
