// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/rule_fault.h"

#include "app/relay/faults/fault_ground.h"
#include "app/relay/faults/fault_kinds.h"
#include "app/relay/faults/fault_stage.h"
#include "protocol/protocols/registry.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString ruleFaultText(const char* text)
{
    return QCoreApplication::translate("sockeye::RuleFault", text);
}

/// Gathers what a fault lets go of.
class Gathered final : public FaultExit {
public:
    void piece(FaultPiece piece) override { bytes += piece.bytes; }
    void end() override { }
    void close() override { m_ends = true; }
    void reset() override { m_ends = true; }
    void strike(const FaultStrike& strike) override { undone = strike.undone; }
    void answer(const QByteArray&) override { }

    [[nodiscard]] bool ends() const { return m_ends; }
    QByteArray bytes;
    QString undone;

private:
    bool m_ends = false; ///< the connection
};

std::unique_ptr<FaultStage> newStage(
    const FaultSettings& fault, quint64 number, const ProtocolPtr& protocol, Transport transport)
{
    const FaultKind* const kind = findFaultKind(fault.kind);
    return kind != nullptr && kind->make != nullptr ? kind->make(
               fault.attributes, { FaultRandom::of(number, 0, Direction::Out, fault.kind), protocol, transport, {} })
                                                    : nullptr;
}

} // namespace

QString checkRuleFault(const QString& spec)
{
    FaultSettings fault;
    if (QString wrong = readFault(spec, fault); !wrong.isEmpty()) {
        return wrong;
    }
    const FaultKind* const kind = findFaultKind(fault.kind);
    const Transport transport = kind != nullptr && !kind->onStreams ? Transport::Udp : Transport::Tcp;
    if (QString wrong = checkFault(fault, transport); !wrong.isEmpty()) {
        return wrong;
    }
    if (!fault.where.isEmpty()) {
        return ruleFaultText("A rule's fault has no filter of its own: `when` is there for that.");
    }
    // One that wants time, or other messages, or the connection, is none of a single message.
    const std::unique_ptr<FaultStage> stage = newStage(fault, 1, plainProtocol(), transport);
    Gathered out;
    if (stage) {
        stage->begin(FaultTime(0), false, out);
        constexpr qsizetype some = 64;
        stage->piece({ QByteArray(some, 'x'), 0, some }, FaultTime(0), out);
    }
    if (!stage || stage->due() || out.ends()) {
        return ruleFaultText(
            "A rule's fault strikes one message: %1 takes time, several messages or the connection. Time is "
            "`delay`, the connection `close` or `reset`.")
            .arg(fault.kind);
    }
    return {};
}

QString strikeOnce(
    const QString& spec, quint64 number, const ProtocolPtr& protocol, Transport transport, QByteArray& message)
{
    FaultSettings fault;
    if (!readFault(spec, fault).isEmpty()) {
        return {};
    }
    Gathered out;
    if (const std::unique_ptr<FaultStage> stage = newStage(fault, number, protocol, transport)) {
        stage->begin(FaultTime(0), false, out);
        stage->piece({ message, 0, message.size() }, FaultTime(0), out);
        stage->release(FaultTime(0), out);
        message = std::move(out.bytes);
    }
    return out.undone.isEmpty() ? QString()
                                : ruleFaultText("The fault %1 could not strike: %2").arg(fault.kind, out.undone);
}

} // namespace sockeye
