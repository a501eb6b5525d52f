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

constexpr std::array bandwidthKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::KilobytesPerSecond, 1'000, 1, 10'000'000 },
};

/// Bytes leave no faster than the rate, in pieces of about ten milliseconds: each goes when the line has had the time
/// to carry it.
class BandwidthStage final : public FaultStage {
public:
    BandwidthStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_bytesPerMs(wholeNumber(attributes, bandwidthKeys[0])) // KB of 1,000 bytes a second
    {
        Q_UNUSED(random)
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        const FaultTime from = std::max(m_free, now);
        const qint64 atOnce = std::max<qint64>(m_bytesPerMs * 10, 1);
        const qint64 offset = piece.offset;
        const qint64 size = piece.size;
        qint64 carried = 0;
        while (carried < piece.bytes.size()) {
            const qint64 some = std::min<qint64>(atOnce, piece.bytes.size() - carried);
            const bool isLast = carried + some == piece.bytes.size();
            const FaultPiece part { piece.bytes.mid(carried, some), offset + carried, isLast ? size - carried : some };
            carried += some;
            m_held.add(part, from + FaultTime(carried * 1000 / m_bytesPerMs));
        }
        if (piece.bytes.isEmpty()) {
            m_held.add(std::move(piece), from);
        }
        m_free = from + FaultTime(carried * 1000 / m_bytesPerMs);
        out.strike({ offset, size, { { QStringLiteral("delay_us"), qint64((m_free - now).count()) } } });
        wake(now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_held.addEnd(std::max(m_free, now));
        wake(now, out);
    }
    void wake(FaultTime now, FaultExit& out) override { m_held.letGo(now, out); }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_held.letAllGo(out);
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_held.due(); }
    /// So that who sends feels it, and not we alone.
    [[nodiscard]] bool isFull() const override { return m_held.size() > 0; }

private:
    HeldPieces m_held;
    qint64 m_bytesPerMs;
    FaultTime m_free { 0 }; ///< when the line has carried all of it
};

} // namespace

FaultKind bandwidthFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("bandwidth");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "No more than so many kilobytes a second pass, on each connection and in each direction.");
    };
    kind.keys = bandwidthKeys;
    kind.make = &makeStage<BandwidthStage>;
    return kind;
}

} // namespace sockeye
