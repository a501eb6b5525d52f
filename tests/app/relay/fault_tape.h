// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_chain.h"

#include <QList>

#include <algorithm>
#include <optional>

namespace sockeye {

/// What came out of a chain, and when, by a clock of the test's own.
struct FaultTape : FaultChain::Owner {
    struct Piece {
        QByteArray bytes;
        FaultTime at;
        friend bool operator==(const Piece&, const Piece&) = default;
    };

    explicit FaultTape(const QString& specs, quint64 seed = 1, Transport transport = Transport::Tcp,
        const ProtocolPtr& protocol = defaultProtocol(), Direction direction = Direction::Out)
        : facts { transport, {}, { QHostAddress::LocalHost, 5 } }
        , chain(*this, 1, direction, facts)
    {
        plan = planOf(specs, seed, transport, protocol);
        chain.set(plan, 0, now);
    }

    virtual ~FaultTape() = default;

    static FaultPlanPtr planOf(const QString& specs, quint64 seed, Transport transport = Transport::Tcp,
        const ProtocolPtr& protocol = defaultProtocol())
    {
        FaultPlan made;
        made.seed = seed;
        made.transport = transport;
        made.protocol = protocol;
        FaultList list;
        for (const QString& spec : specs.split(u'\n', Qt::SkipEmptyParts)) {
            FaultSettings fault;
            if (const QString wrong = readFault(spec, fault); !wrong.isEmpty()) {
                qFatal("%s", qPrintable(wrong));
            }
            list.append(fault);
        }
        if (const QString wrong = made.take(list, {}); !wrong.isEmpty()) {
            qFatal("%s", qPrintable(wrong));
        }
        return std::make_shared<const FaultPlan>(std::move(made));
    }

    void passOn(QByteArrayView bytes, qint64 end) override
    {
        pieces.append({ bytes.toByteArray(), now });
        upTo = end;
    }
    void passEnd() override { endAt = now; }
    void closeAll() override { closedAt = now; }
    void resetAll() override { resetAt = now; }
    void struck(const PlannedFault& fault, const FaultStrike& strike) override
    {
        fault.strikes->fetch_add(1);
        strikes.append({ fault.settings.kind, strike.offset, strike.size, strike.detail, strike.undone });
    }

    void held(const FaultStrike& strike) override
    {
        strikes.append({ QStringLiteral("hold"), strike.offset, strike.size, strike.detail, {} });
    }
    void answer(const QByteArray& bytes) override { answers.append(bytes); }

    void give(const QByteArray& bytes) { chain.bytes(bytes, now); }
    /// Lets the time pass, and wakes the chain whenever it wants to be.
    void pass(FaultTime time)
    {
        const FaultTime until = now + time;
        for (auto due = chain.due(); due && *due <= until; due = chain.due()) {
            now = std::max(now, *due);
            chain.wake(now);
        }
        now = until;
    }
    [[nodiscard]] QByteArray all() const
    {
        QByteArray result;
        for (const Piece& piece : pieces) {
            result += piece.bytes;
        }
        return result;
    }

    struct Strike {
        QString kind;
        qint64 offset;
        qint64 size;
        QJsonObject detail;
        QString undone;
        friend bool operator==(const Strike&, const Strike&) = default;
    };

    FaultTime now { 0 };
    ConnectionFacts facts;
    FaultPlanPtr plan;
    FaultChain chain;
    QList<Piece> pieces;
    QList<Strike> strikes;
    QList<QByteArray> answers;
    qint64 upTo = 0;
    std::optional<FaultTime> endAt;
    std::optional<FaultTime> closedAt;
    std::optional<FaultTime> resetAt;
};

inline QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * 7 + i / 251);
    }
    return bytes;
}

} // namespace sockeye
