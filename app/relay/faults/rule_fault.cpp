// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/rule_fault.h"

#include "app/relay/faults/fault_kinds.h"
#include "app/relay/faults/fault_random.h"
#include "app/relay/faults/fault_stage.h"

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
    void strike(const FaultStrike&) override { }
    void answer(const QByteArray&) override { }

    [[nodiscard]] bool ends() const { return m_ends; }
    QByteArray bytes;

private:
    bool m_ends = false; ///< the connection
};

std::unique_ptr<FaultStage> newStage(const FaultSettings& fault, quint64 number)
{
    const FaultKind* const kind = findFaultKind(fault.kind);
    return kind != nullptr && kind->make != nullptr
        ? kind->make(fault.attributes, FaultRandom::of(number, 0, Direction::Out, fault.kind))
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
    const std::unique_ptr<FaultStage> stage = newStage(fault, 1);
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

void strikeOnce(const QString& spec, quint64 number, QByteArray& message)
{
    FaultSettings fault;
    if (!readFault(spec, fault).isEmpty()) {
        return;
    }
    if (const std::unique_ptr<FaultStage> stage = newStage(fault, number)) {
        Gathered out;
        stage->begin(FaultTime(0), false, out);
        stage->piece({ message, 0, message.size() }, FaultTime(0), out);
        stage->release(FaultTime(0), out);
        message = std::move(out.bytes);
    }
}

} // namespace sockeye
