// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/held_pieces.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace sockeye {

namespace {

constexpr std::array bandwidthKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::KilobytesPerSecond, 1'000, 1, 10'000'000 },
    FaultKey { QLatin1StringView("shared"), FaultKey::Unit::Flag },
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

/// The same on a line that others use, too, in other threads. Each asks for the next ten milliseconds of it when the
/// ones before are over, so that all who have something to send take turns.
class SharedBandwidthStage final : public FaultStage {
public:
    SharedBandwidthStage(const QJsonObject& attributes, const FaultGround& ground)
        : m_line(ground.line ? ground.line : std::make_shared<SharedLine>())
        , m_bytesPerMs(wholeNumber(attributes, bandwidthKeys[0]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        out.strike({ piece.offset, piece.size, { { QStringLiteral("shared"), true } } });
        m_size += piece.bytes.size();
        m_waiting.push_back(std::move(piece));
        goOn(now, now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        m_hasEnded = true;
        goOn(now, now, out);
    }
    void wake(FaultTime now, FaultExit& out) override { goOn(now, now, out); }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_due.reset();
        for (FaultPiece& each : std::exchange(m_waiting, {})) {
            out.piece(std::move(each));
        }
        m_size = 0;
        if (std::exchange(m_hasEnded, false)) {
            out.end();
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }
    [[nodiscard]] bool isFull() const override { return m_size > 0; }

private:
    /// Lets go of what the line has carried, and asks for time for what comes next, which has waited since then.
    void goOn(FaultTime now, FaultTime since, FaultExit& out)
    {
        while (!m_due || *m_due <= now) {
            if (m_due) {
                since = *m_due;
                m_due.reset();
                letSomeGo(out);
            } else if (!m_waiting.empty()) {
                m_next = std::min<qint64>(std::max<qint64>(m_bytesPerMs * 10, 1), m_waiting.front().bytes.size());
                m_due = m_line->take(since, m_next, m_bytesPerMs);
            } else {
                if (std::exchange(m_hasEnded, false)) {
                    out.end();
                }
                return;
            }
        }
    }
    void letSomeGo(FaultExit& out)
    {
        FaultPiece& first = m_waiting.front();
        const bool isLast = m_next == first.bytes.size();
        FaultPiece part { first.bytes.first(m_next), first.offset, isLast ? first.size : m_next };
        m_size -= m_next;
        if (isLast) {
            m_waiting.pop_front();
        } else {
            first.bytes.remove(0, m_next);
            first.offset += part.size;
            first.size -= part.size;
        }
        out.piece(std::move(part));
    }

    std::shared_ptr<SharedLine> m_line;
    std::deque<FaultPiece> m_waiting;
    std::optional<FaultTime> m_due; ///< when the line has carried the next bytes
    qint64 m_next = 0; ///< how many those are
    qint64 m_size = 0; ///< bytes that wait
    qint64 m_bytesPerMs;
    bool m_hasEnded = false; ///< the end of stream waits
};

} // namespace

FaultKind bandwidthFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("bandwidth");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "No more than so many kilobytes a second pass, on each connection and in each direction; where it is "
            "shared, "
            "on all of them together.");
    };
    kind.keys = bandwidthKeys;
    kind.make = [](const QJsonObject& attributes, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        if (isSet(attributes, bandwidthKeys[1])) {
            return std::make_unique<SharedBandwidthStage>(attributes, ground);
        }
        return std::make_unique<BandwidthStage>(attributes, ground.random);
    };
    return kind;
}

} // namespace sockeye
