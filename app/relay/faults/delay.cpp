// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace sockeye {

namespace {

constexpr std::array delayDistributions { QLatin1StringView("uniform"), QLatin1StringView("normal") };
constexpr std::array delayKeys {
    FaultKey { QLatin1StringView("time"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
    FaultKey { QLatin1StringView("jitter"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
    FaultKey { QLatin1StringView("distribution"), FaultKey::Unit::Word, 0, 0, 0, true, delayDistributions },
};

/// Each datagram leaves so long after it came, by itself: with jitter one overtakes another, as in netem.
class DelayStage final : public FaultStage {
public:
    DelayStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_time(milliseconds(attributes, delayKeys[0]))
        , m_jitter(milliseconds(attributes, delayKeys[1]))
        , m_isNormal(attributes.value(delayKeys[2].name).toString() == delayDistributions[1])
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        const auto drawn = static_cast<qint64>(static_cast<double>(m_jitter.count()) * draw());
        const FaultTime delay = std::max(m_time + FaultTime(drawn), FaultTime(0));
        out.strike({ piece.offset, piece.size, { { QStringLiteral("delay_us"), qint64(delay.count()) } } });
        m_size += piece.bytes.size();
        m_held.emplace(now + delay, std::move(piece));
        wake(now, out);
    }
    void end(FaultTime now, FaultExit& out) override
    {
        release(now, out);
        out.end();
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        while (!m_held.empty() && m_held.begin()->first <= now) {
            letFirstGo(out);
        }
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        while (!m_held.empty()) {
            letFirstGo(out);
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override
    {
        return m_held.empty() ? std::nullopt : std::optional(m_held.begin()->first);
    }
    [[nodiscard]] bool isFull() const override { return m_size >= most; }

private:
    static constexpr qint64 most = 8 * 1024 * 1024; ///< bytes that are under way

    /// Uniform: from -1 to 1. Normal: most of them are (the sum of twelve even draws, of deviation 1).
    double draw()
    {
        if (!m_isNormal) {
            return m_random.share() * 2 - 1;
        }
        double sum = 0;
        for (int i = 0; i < 12; ++i) {
            sum += m_random.share();
        }
        return sum - 6;
    }
    void letFirstGo(FaultExit& out)
    {
        FaultPiece piece = std::move(m_held.begin()->second);
        m_held.erase(m_held.begin());
        m_size -= piece.bytes.size();
        out.piece(std::move(piece));
    }

    FaultRandom m_random;
    std::multimap<FaultTime, FaultPiece> m_held; ///< by when they go
    qint64 m_size = 0;
    FaultTime m_time;
    FaultTime m_jitter;
    bool m_isNormal;
};

} // namespace

FaultKind delayFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("delay");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Datagrams leave that long after they came, give or take the jitter: with it one may overtake another.");
    };
    kind.keys = delayKeys;
    kind.onStreams = false;
    kind.onDatagrams = true;
    kind.make = &makeStage<DelayStage>;
    return kind;
}

} // namespace sockeye
