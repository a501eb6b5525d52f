// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>
#include <utility>
#include <vector>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr std::array reorderKeys {
    FaultKey { QLatin1StringView("rate"), FaultKey::Unit::Share, 0.1, 0, 1, false },
    FaultKey { QLatin1StringView("gap"), FaultKey::Unit::None, 1, 1, 1000 },
};
constexpr std::array reorderMessagesKeys {
    FaultKey { QLatin1StringView("gap"), FaultKey::Unit::None, 1, 1, 1000 },
};
constexpr FaultTime patience = 1s; ///< where nothing follows, one that waits goes all the same

/// A datagram waits until so many others have overtaken it.
class ReorderStage final : public FaultStage {
public:
    ReorderStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_random(random)
        , m_rate(faultNumber(attributes, reorderKeys[0]))
        , m_gap(wholeNumber(attributes, reorderKeys[1]))
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        if (m_random.happens(m_rate)) {
            out.strike({ piece.offset, piece.size, { { QStringLiteral("overtaken_by"), m_gap } } });
            m_held.push_back({ std::move(piece), now + patience, m_gap });
            return;
        }
        out.piece(std::move(piece));
        for (Held& held : m_held) {
            --held.left;
        }
        letGo(out, [](const Held& held) { return held.left <= 0; });
    }
    void end(FaultTime now, FaultExit& out) override
    {
        release(now, out);
        out.end();
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        letGo(out, [now](const Held& held) { return held.due <= now; });
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        letGo(out, [](const Held&) { return true; });
    }
    [[nodiscard]] std::optional<FaultTime> due() const override
    {
        return m_held.empty() ? std::nullopt : std::optional(m_held.front().due);
    }

private:
    struct Held {
        FaultPiece piece;
        FaultTime due;
        qint64 left; ///< others that have to overtake it
    };

    template <typename Whether> void letGo(FaultExit& out, Whether goes)
    {
        for (std::size_t i = 0; i < m_held.size();) {
            if (goes(m_held[i])) {
                FaultPiece piece = std::move(m_held[i].piece);
                m_held.erase(m_held.begin() + static_cast<std::ptrdiff_t>(i));
                out.piece(std::move(piece));
            } else {
                ++i;
            }
        }
    }

    FaultRandom m_random;
    double m_rate;
    qint64 m_gap;
    std::vector<Held> m_held; ///< in the order in which they came
};

/// Of messages: every other one waits, since all that it is given are chosen to be struck.
class ReorderMessagesStage final : public FaultStage {
public:
    ReorderMessagesStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_gap(wholeNumber(attributes, reorderMessagesKeys[0]))
    {
        Q_UNUSED(random)
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        if (!m_held) {
            out.strike({ piece.offset, piece.size, { { QStringLiteral("overtaken_by"), m_gap } } });
            m_held = std::move(piece);
            m_due = now + patience;
            m_left = m_gap;
            return;
        }
        out.piece(std::move(piece));
        if (--m_left == 0) {
            release(now, out);
        }
    }
    void end(FaultTime now, FaultExit& out) override
    {
        release(now, out);
        out.end();
    }
    void wake(FaultTime now, FaultExit& out) override
    {
        if (m_due && *m_due <= now) {
            release(now, out);
        }
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_due.reset();
        if (std::optional<FaultPiece> piece = std::exchange(m_held, std::nullopt)) {
            out.piece(*std::move(piece));
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }

private:
    std::optional<FaultPiece> m_held;
    std::optional<FaultTime> m_due;
    qint64 m_gap;
    qint64 m_left = 0;
};

} // namespace

FaultKind reorderFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("reorder");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Datagrams are overtaken by so many that come after them; where none comes, they go after a second.");
    };
    kind.keys = reorderKeys;
    kind.onStreams = false;
    kind.onDatagrams = true;
    kind.make = &makeStage<ReorderStage>;
    return kind;
}

FaultKind reorderMessagesFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("reorder_messages");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Messages are overtaken by so many that come after them; where none comes, they go after a second.");
    };
    kind.keys = reorderMessagesKeys;
    kind.onDatagrams = true;
    kind.strikesMessages = true;
    kind.make = &makeStage<ReorderMessagesStage>;
    return kind;
}

} // namespace sockeye
