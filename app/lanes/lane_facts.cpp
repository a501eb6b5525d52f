// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_facts.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Of a message that came in more calls than these, only the ends are looked at.
constexpr qsizetype mostCallsOfMessage = 4096;

} // namespace

LaneStream::LaneStream(const Capture& capture, const StreamMessages& messages, Direction direction)
    : m_capture(capture)
    , m_messages(messages)
    , m_direction(direction)
{
}

qint64 LaneStream::size() const
{
    qint64 result = 0;
    m_capture.look(m_messages.connection(), m_direction, [&](const StreamIndex& stream) { result = stream.size(); });
    return result;
}

qsizetype LaneStream::entryCount() const
{
    qsizetype result = 0;
    m_capture.look(
        m_messages.connection(), m_direction, [&](const StreamIndex& stream) { result = stream.entryCount(); });
    return result;
}

bool LaneStream::hasPieces() const
{
    bool result = false;
    m_capture.look(
        m_messages.connection(), m_direction, [&](const StreamIndex& stream) { result = stream.hasPieces(); });
    return result;
}

StreamCall LaneStream::call(qsizetype entry) const
{
    StreamCall result;
    m_capture.look(m_messages.connection(), m_direction, [&](const StreamIndex& stream) {
        if (entry >= 0 && entry < stream.entryCount()) {
            result = stream.call(entry);
        }
    });
    return result;
}

StreamCall LaneStream::callAt(qint64 offset) const
{
    StreamCall result;
    m_capture.look(m_messages.connection(), m_direction, [&](const StreamIndex& stream) {
        if (offset >= 0 && offset < stream.size()) {
            result = stream.callAt(offset);
        }
    });
    return result;
}

qsizetype LaneStream::entryFrom(qint64 offset) const
{
    qsizetype result = 0;
    m_capture.look(
        m_messages.connection(), m_direction, [&](const StreamIndex& stream) { result = stream.entryFrom(offset); });
    return result;
}

qsizetype LaneStream::entryFromTime(qint64 time) const
{
    qsizetype result = 0;
    m_capture.look(
        m_messages.connection(), m_direction, [&](const StreamIndex& stream) { result = stream.entryFromTime(time); });
    return result;
}

CallFacts LaneStream::facts(const StreamCall& call) const
{
    CallFacts facts;
    facts.lost = call.lost;
    const qint64 end = call.offset + call.size;
    const qsizetype first = m_messages.endingBehind(m_direction, call.offset);
    const qsizetype next = m_messages.beginningFrom(m_direction, end);
    if (first >= next) {
        facts.beginsOne = call.size > 0;
        return facts;
    }
    const MessageRecord begins = message(first);
    const MessageRecord ends = message(next - 1);
    const qint64 told = ends.offset + ends.size;
    facts.endsOne = begins.offset < call.offset;
    facts.beginsOne = told > end || (told < end && told >= m_messages.end(m_direction));
    if (next - first == 1) {
        // Of a single message it may be the beginning, the middle or the end.
        facts.isPart = (facts.endsOne || told > end) && told >= end && begins.offset <= call.offset;
        facts.of = facts.isPart ? begins.size : 0;
        facts.whole = facts.endsOne || told > end ? 0 : 1;
        return facts;
    }
    facts.whole = next - first - (facts.endsOne ? 1 : 0) - (told > end ? 1 : 0);
    return facts;
}

qint64 LaneStream::countCalls(const StreamCall& first, const StreamCall& last, MessageFacts& facts) const
{
    facts.leastPause = -1;
    facts.greatestPause = last.time - first.time;
    if (last.entry - first.entry > mostCallsOfMessage) {
        return last.next - first.entry; // pieces count as calls here
    }
    qint64 count = 1;
    qint64 before = first.time;
    qint64 greatest = 0;
    for (qsizetype entry = first.next; entry <= last.entry; ++count) {
        const StreamCall next = call(entry);
        const qint64 pause = std::max<qint64>(0, next.time - before);
        facts.leastPause = facts.leastPause < 0 ? pause : std::min(facts.leastPause, pause);
        greatest = std::max(greatest, pause);
        facts.lost = facts.lost || next.lost;
        before = next.time;
        entry = std::max(next.next, entry + 1);
    }
    facts.greatestPause = greatest;
    return count;
}

MessageFacts LaneStream::facts(const MessageRecord& message) const
{
    MessageFacts facts;
    facts.firstTime = message.time;
    const qint64 end = message.offset + message.size;
    const StreamCall first = callAt(message.offset);
    const StreamCall last = message.size > 0 ? callAt(end - 1) : StreamCall();
    if (first.size == 0 || last.size == 0) {
        return facts;
    }
    facts.firstTime = first.time;
    facts.lost = first.lost || last.lost;
    facts.sharesFirst = first.offset < message.offset;
    facts.sharesLast = last.offset + last.size > end;
    if (first.entry != last.entry) {
        facts.calls = countCalls(first, last, facts);
        return facts;
    }
    facts.calls = 1;
    const CallFacts call = this->facts(first);
    facts.together = call.whole;
    facts.withParts = call.endsOne || call.beginsOne;
    const qsizetype begin = m_messages.endingBehind(m_direction, first.offset) + (call.endsOne ? 1 : 0);
    facts.place = m_messages.endingBehind(m_direction, message.offset) - begin + 1;
    return facts;
}

} // namespace sockeye
