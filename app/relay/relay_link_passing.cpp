// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How what has come from one side gets to the other one.

#include "app/relay/relay_group.h"
#include "app/relay/relay_link.h"

#include <utility>

namespace sockeye {

namespace {

/// Bytes in one read from which on handing pages over is cheaper than copying them, which takes a call more; and bytes
/// below which it no longer is.
constexpr qsizetype muchAtOnce = 64 * 1024;
constexpr qsizetype littleAtOnce = 16 * 1024;

} // namespace

void RelayLink::received(Side& from, QByteArrayView bytes)
{
    Passage& passage = passageFrom(from);
    passage.received += bytes.size();
    passage.carriesMuch = bytes.size() >= muchAtOnce;
    if (passage.faults && !passage.faults->isEmpty()) {
        passage.faults->bytes(bytes, FaultTimer::now());
        m_group.wakeAt(passage.faults->due());
    } else {
        send(passage, bytes, passage.received);
    }
    updateReading(passage);
}

/// Unless somebody wants to see what comes.
Channel::Shortcut RelayLink::shortcut(const Side& from)
{
    const Passage& passage = passageFrom(from);
    Passer* const passer = m_group.passer();
    if (!passage.carriesMuch || passer == nullptr || m_group.recorder().isOn()
        || (passage.faults && !passage.faults->isEmpty())) {
        return {};
    }
    Channel& to = passage.to.channel;
    const bool goesOn = passage.to.isReady && !passage.isBroken && passage.waiting.isEmpty() && !to.isFinishing();
    if (!goesOn || !passer->canPass(from.channel.stream(), to.stream())) {
        return {};
    }
    return { passer, &to };
}

/// As received() would have it.
void RelayLink::passed(const Side& from, qsizetype sent, QByteArrayView left)
{
    Passage& passage = passageFrom(from);
    passage.carriesMuch = sent + left.size() >= littleAtOnce;
    passage.isBroken = passage.isBroken || sent < 0;
    passage.received += qMax<qsizetype>(sent, 0);
    passage.upTo = passage.received;
    if (!left.isEmpty()) {
        passage.received += left.size();
        send(passage, left, passage.received);
    }
    updateReading(passage);
}

void RelayLink::send(Passage& passage, QByteArrayView bytes, qint64 upTo)
{
    passage.upTo = upTo;
    passage.toldPassed = false;
    if (passage.isBroken) {
        return;
    }
    if (!passage.waiting.isEmpty() || !passage.to.isReady) {
        passage.waiting.append(bytes);
        return;
    }
    if (!bytes.isEmpty()) {
        const qsizetype sent = passage.to.channel.write(bytes);
        if (sent < 0) {
            passage.isBroken = true; // reading from it comes to why
            return;
        }
        if (sent < bytes.size()) {
            passage.waiting.append(bytes.sliced(sent));
            return;
        }
    }
    tellPassed(passage);
}

void RelayLink::tellPassed(Passage& passage)
{
    if (!std::exchange(passage.toldPassed, true) && m_group.options().tellsPassed) {
        m_group.recorder().passed(m_id, passage.direction, passage.upTo);
    }
}

} // namespace sockeye
