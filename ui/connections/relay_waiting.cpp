// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/relay_waiting.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

class RelayWaitingTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::RelayWaitingTexts)
public:
    static QString silent(const QString& text, qint64 since, qint64 now)
    {
        return since > 0 ? tr("%1, silent for %2").arg(text, durationText(now - since)) : text;
    }
    static Waiting connecting(qint64 since, qint64 now)
    {
        return { tr("the target, for %1").arg(durationText(std::max<qint64>(0, now - since))),
            tr("The relay is connecting to the target, which has not answered yet. What the client sends waits until "
               "it does. A host that is switched off, or a firewall, is silent like this.") };
    }
    static Waiting reply(const QString& text)
    {
        return { text,
            tr("The last message went on to the target, which has not answered it yet. Where the list of faults has "
               "one that delays or holds, it may be that.") };
    }
    static Waiting targetsEnd(const QString& text)
    {
        return { text,
            tr("The client has closed its sending side, and the relay has told the target so. It can still answer, and "
               "the client can still read.") };
    }
    static Waiting clientsEnd(const QString& text)
    {
        return { text,
            tr("The target has closed its sending side, and the relay has told the client so. The client may still "
               "send; what it sends goes on to the target.") };
    }
};

} // namespace

std::optional<Waiting> waitingInRelay(const ConnectionRecord& connection, const WaitingContext& context)
{
    const ConnectionRecord& c = connection;
    const auto silent = [&](const QString& text, qint64 since) {
        return RelayWaitingTexts::silent(text, since, context.now);
    };
    if (context.target == TargetLeg::State::Connecting) {
        return RelayWaitingTexts::connecting(c.openedAt, context.now);
    }
    if (c.waitingIn.hasFailed() || c.waitingIn.isWithin() || c.waitingOut.isWithin()) {
        return std::nullopt;
    }
    if (c.state == ConnectionState::PeerFinished) {
        return RelayWaitingTexts::targetsEnd(
            silent(RelayWaitingTexts::tr("the target's end: the client has finished sending"),
                std::max(c.lastInAt, c.lastOutAt)));
    }
    if (c.state == ConnectionState::WeFinished) {
        return RelayWaitingTexts::clientsEnd(
            silent(RelayWaitingTexts::tr("the client's end: the target has finished sending"),
                std::max(c.lastInAt, c.lastOutAt)));
    }
    const bool countsExchanges = context.protocol->answersEach() || c.facts.transport == Transport::Udp;
    if (countsExchanges && c.messagesIn > c.messagesOut) {
        return RelayWaitingTexts::reply(silent(RelayWaitingTexts::tr("the target's answer"), c.lastInAt));
    }
    return std::nullopt;
}

} // namespace sockeye
