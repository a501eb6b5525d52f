// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults that know where messages begin and end: each piece that their stages get is a whole message (MessageStage).

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr std::array cutKeys {
    FaultKey { QLatin1StringView("at"), FaultKey::Unit::Bytes, 1, 0, 1'000'000'000 },
};
constexpr std::array glueKeys {
    FaultKey { QLatin1StringView("count"), FaultKey::Unit::None, 2, 2, 1000 },
};
constexpr FaultTime gluePatience = 1s; ///< where no more come, those that wait go all the same

class DropStage final : public FaultStage {
public:
    DropStage(const QJsonObject& attributes, const FaultRandom& random)
    {
        Q_UNUSED(attributes)
        Q_UNUSED(random)
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.strike({ piece.offset, piece.size, { { QStringLiteral("lost"), true } } });
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }
};

class RepeatStage final : public FaultStage {
public:
    RepeatStage(const QJsonObject& attributes, const FaultRandom& random)
    {
        Q_UNUSED(attributes)
        Q_UNUSED(random)
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.strike({ piece.offset, piece.size, { { QStringLiteral("copies"), 2 } } });
        out.piece(piece);
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }
};

/// What is behind its first bytes is missing.
class CutStage final : public FaultStage {
public:
    CutStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_at(wholeNumber(attributes, cutKeys[0]))
    {
        Q_UNUSED(random)
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (piece.bytes.size() > m_at) {
            out.strike({ piece.offset + m_at, piece.bytes.size() - m_at, { { QStringLiteral("lost"), true } } });
            piece.bytes.truncate(m_at);
        }
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }

private:
    qint64 m_at;
};

/// Several go in one write.
class GlueStage final : public FaultStage {
public:
    GlueStage(const QJsonObject& attributes, const FaultRandom& random)
        : m_count(wholeNumber(attributes, glueKeys[0]))
    {
        Q_UNUSED(random)
    }
    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        if (m_held == 0) {
            m_glued = std::move(piece);
            m_due = now + gluePatience;
        } else {
            m_glued.bytes += piece.bytes;
            m_glued.size = piece.end() - m_glued.offset;
        }
        ++m_held;
        if (m_held == m_count || m_glued.bytes.size() >= most) {
            letGo(out);
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
            letGo(out);
        }
    }
    void release(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        if (m_held > 0) {
            letGo(out);
        }
    }
    [[nodiscard]] std::optional<FaultTime> due() const override { return m_due; }

private:
    static constexpr qint64 most = 4 * 1024 * 1024; ///< bytes that are held

    void letGo(FaultExit& out)
    {
        const qint64 held = std::exchange(m_held, 0);
        m_due.reset();
        if (held > 1) {
            out.strike({ m_glued.offset, m_glued.size, { { QStringLiteral("glued"), held } } });
        }
        out.piece(std::exchange(m_glued, {}));
    }

    FaultPiece m_glued;
    std::optional<FaultTime> m_due;
    qint64 m_count;
    qint64 m_held = 0; ///< messages in it
};

FaultKind messageFault(QLatin1StringView id)
{
    FaultKind kind;
    kind.id = id;
    kind.onDatagrams = true;
    kind.strikesMessages = true;
    return kind;
}

} // namespace

FaultKind dropFault()
{
    FaultKind kind = messageFault(QLatin1StringView("drop"));
    kind.sentence = [] { return QCoreApplication::translate("sockeye::FaultKinds", "Messages are taken out whole."); };
    kind.make = &makeStage<DropStage>;
    return kind;
}

FaultKind repeatFault()
{
    FaultKind kind = messageFault(QLatin1StringView("repeat"));
    kind.sentence = [] { return QCoreApplication::translate("sockeye::FaultKinds", "Messages come twice."); };
    kind.make = &makeStage<RepeatStage>;
    return kind;
}

FaultKind cutFault()
{
    FaultKind kind = messageFault(QLatin1StringView("cut"));
    kind.sentence = [] {
        return QCoreApplication::translate(
            "sockeye::FaultKinds", "Of each message only so many bytes pass; the rest of it is missing.");
    };
    kind.keys = cutKeys;
    kind.make = &makeStage<CutStage>;
    return kind;
}

FaultKind glueFault()
{
    FaultKind kind = messageFault(QLatin1StringView("glue"));
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "So many messages go in one write; where no more come, those that wait go after a second.");
    };
    kind.keys = glueKeys;
    kind.make = &makeStage<GlueStage>;
    return kind;
}

} // namespace sockeye
