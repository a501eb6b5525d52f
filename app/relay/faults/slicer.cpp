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

constexpr std::array slicerKeys {
    FaultKey { QLatin1StringView("average_size"), FaultKey::Unit::Bytes, 64, 1, 1'000'000'000 },
    FaultKey { QLatin1StringView("size_variation"), FaultKey::Unit::Bytes, 0, 0, 1'000'000'000 },
    FaultKey { QLatin1StringView("delay"), FaultKey::Unit::Microseconds, 0, 0, 3'600'000'000 },
};

/// What came in one piece goes in several, with pauses between them.
class SlicerStage final : public FaultStage {
public:
    SlicerStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_average(wholeNumber(attributes, slicerKeys[0]))
        , m_variation(wholeNumber(attributes, slicerKeys[1]))
        , m_delay(wholeNumber(attributes, slicerKeys[2]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        FaultTime when = std::max(m_next, now);
        qint64 done = 0;
        qint64 slices = 0;
        while (done < piece.bytes.size()) {
            const qint64 drawn = m_average + m_random.between(-m_variation, m_variation);
            const qint64 some = std::clamp<qint64>(drawn, 1, piece.bytes.size() - done);
            const bool isLast = done + some == piece.bytes.size();
            m_held.add({ piece.bytes.mid(done, some), piece.offset + done, isLast ? piece.size - done : some }, when);
            done += some;
            when += m_delay;
            ++slices;
        }
        if (slices == 0) {
            m_held.add(piece, when);
        }
        m_next = when;
        if (slices > 1) {
            out.strike({ piece.offset, piece.size, { { QStringLiteral("slices"), slices } } });
        }
        wake(now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_held.addEnd(std::max(m_next - m_delay, now));
        wake(now, out);
    }
    void wake(FaultTime now, FaultExit& out) override { m_held.letGo(now, out); }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_held.letAllGo(out);
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_held.due(); }
    [[nodiscard]] bool isFull() const override { return m_held.size() > 0; }

private:
    FaultRandom m_random;
    HeldPieces m_held;
    qint64 m_average;
    qint64 m_variation;
    FaultTime m_delay;
    FaultTime m_next { 0 }; ///< when the next one may go
};

} // namespace

FaultKind slicerFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("slicer");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "What came in one piece goes in several of about that size, with a pause between each two.");
    };
    kind.keys = slicerKeys;
    kind.make = &makeStage<SlicerStage>;
    return kind;
}

} // namespace sockeye
