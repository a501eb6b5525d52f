// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <limits>

namespace sockeye {

namespace {

constexpr std::array corruptKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::Share, 0, 0, 1, false },
    FaultKey { QLatin1StringView("offset"), FaultKey::Unit::Bytes, -1, 0, 1'000'000'000'000'000 },
    FaultKey { QLatin1StringView("xor"), FaultKey::Unit::None, 255, 1, 255 },
};
constexpr qint64 never = std::numeric_limits<qint64>::max();

/// Changes bytes: those at a rate, or the one at an offset of the stream. How far it is to the next one is drawn, so
/// that the same bytes are struck however they come in pieces.
class CorruptStage final : public FaultStage {
public:
    CorruptStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_rate(faultNumber(attributes, corruptKeys[0]))
        , m_xor(static_cast<char>(wholeNumber(attributes, corruptKeys[2])))
        , m_next(wholeNumber(attributes, corruptKeys[1]))
    {
        if (m_next < 0) {
            m_next = 0;
            goOn();
        } else {
            m_rate = 0;
        }
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_next < piece.offset) { // what came before it was put in force
            m_rate > 0 ? goOnFrom(piece.offset) : void(m_next = never);
        }
        while (m_next - piece.offset < piece.bytes.size()) {
            const qint64 at = m_next - piece.offset;
            piece.bytes[at] = static_cast<char>(piece.bytes.at(at) ^ m_xor);
            out.strike({ m_next, 1, { { QStringLiteral("xor"), static_cast<quint8>(m_xor) } } });
            ++m_next;
            goOn();
        }
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }

private:
    void goOnFrom(qint64 offset)
    {
        m_next = offset;
        goOn();
    }
    void goOn()
    {
        const double untouched = m_rate >= 1 ? 0 : std::floor(std::log1p(-m_random.share()) / std::log1p(-m_rate));
        m_next = m_rate <= 0 || untouched > 1e15 ? never : m_next + static_cast<qint64>(untouched);
    }

    FaultRandom m_random;
    double m_rate;
    char m_xor;
    qint64 m_next; ///< the offset of the next one
};

} // namespace

FaultKind corruptFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("corrupt");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Bytes are changed: so many of all of them (rate), or the one at an offset. They are combined with xor.");
    };
    kind.keys = corruptKeys;
    kind.make = &makeStage<CorruptStage>;
    kind.onDatagrams = true;
    return kind;
}

} // namespace sockeye
