// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_steps.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr quint32 eventBit = 0x8000'0000; ///< of a step: what follows is the number of an event
constexpr quint32 pauseCode = 0xffff'ffff;
constexpr qsizetype mostRows = eventBit; ///< of a capture, that have numbers here

bool isOpening(LadderKind kind)
{
    return kind == LadderKind::Opened;
}

bool isEnd(LadderKind kind)
{
    return kind == LadderKind::Closed || kind == LadderKind::Reset || kind == LadderKind::Lost;
}

LadderKind endKind(CloseKind kind)
{
    switch (kind) {
    case CloseKind::Orderly:
        return LadderKind::Closed;
    case CloseKind::ResetByPeer:
    case CloseKind::ResetByUs:
        return LadderKind::Reset;
    case CloseKind::Failed:
        break;
    }
    return LadderKind::Lost;
}

LadderKind rowKind(const MessageRecord& record, const RecordFault& fault)
{
    switch (record.kind) {
    case RecordKind::Message:
        return LadderKind::Message;
    case RecordKind::BadMessage:
        return LadderKind::BadMessage;
    case RecordKind::Error:
        return fault.missing > 0 ? LadderKind::Missing : LadderKind::Error;
    case RecordKind::Note:
        break;
    }
    return fault.code == retransmissionCode ? LadderKind::Retransmission : LadderKind::Note;
}

} // namespace

LadderSteps::LadderSteps(std::shared_ptr<const Capture> capture, quint32 connection)
    : m_capture(std::move(capture))
    , m_connection(connection)
{
}

/// In the order of time; at the same time, beginnings before ends.
bool LadderSteps::isLater(const Event& a, const Event& b)
{
    return a.time != b.time ? a.time > b.time : a.kind != b.kind ? a.kind > b.kind : a.connection > b.connection;
}

double LadderSteps::progress() const
{
    const qsizetype all = m_capture->messageCount();
    return all == 0 ? 1.0 : static_cast<double>(m_taken) / static_cast<double>(std::max(all, m_taken));
}

bool LadderSteps::hasNew()
{
    takeConnections();
    return m_isNew || std::min(m_capture->messageCount(), mostRows) > m_taken;
}

bool LadderSteps::takeNew(qsizetype most)
{
    // Before the rows are counted: what became of a connection is not known before the rows that were earlier.
    takeConnections();
    const qsizetype all = std::min(m_capture->messageCount(), mostRows);
    const qsizetype until = m_taken + std::min(most, all - m_taken);
    if (until == m_taken && !m_isNew) {
        return false;
    }
    dropTail();
    for (; m_taken < until; ++m_taken) {
        const MessageRecord record = m_capture->message(m_taken);
        if (m_connection == 0 || record.connection == m_connection) {
            takeRow(record, m_taken);
        }
    }
    if (m_taken == all) {
        buildTail();
    }
    return m_taken < all;
}

void LadderSteps::takeConnections()
{
    if (m_connection == 0) {
        const QList<ConnectionRecord> changed = m_capture->connectionsSince(m_revision);
        for (const ConnectionRecord& record : changed) {
            takeConnection(record);
        }
    } else if (const std::optional<ConnectionRecord> record = m_capture->connection(m_connection)) {
        takeConnection(*record);
    }
}

void LadderSteps::takeConnection(const ConnectionRecord& record)
{
    Known& known = m_known[record.id];
    known.isUdp = record.facts.transport == Transport::Udp;
    if (!record.facts.midway) { // a note tells of those
        expect(known, { record.openedAt, record.id, 0, LadderKind::Opened, Direction::In });
    }
    if (record.peerFinishedAt != 0) {
        expect(known, { record.peerFinishedAt, record.id, 0, LadderKind::Finished, Direction::In });
    }
    if (record.weFinishedAt != 0) {
        expect(known, { record.weFinishedAt, record.id, 0, LadderKind::Finished, Direction::Out });
    }
    if (record.closedAt != 0) {
        expect(known,
            { record.closedAt, record.id, 0, endKind(record.closeKind),
                record.closeKind == CloseKind::ResetByUs ? Direction::Out : Direction::In });
    }
}

/// Once of each kind and connection.
void LadderSteps::expect(Known& known, const Event& event)
{
    const auto bit = static_cast<quint8>(isOpening(event.kind) ? 1
            : isEnd(event.kind)                                ? 2
            : event.direction == Direction::In                 ? 4
                                                               : 8);
    if ((known.told & bit) != 0) {
        return;
    }
    known.told |= bit;
    m_isNew = true;
    m_pending.push_back(event);
    std::push_heap(m_pending.begin(), m_pending.end(), isLater);
}

void LadderSteps::takeRow(const MessageRecord& record, qsizetype row)
{
    if (record.connection != 0 && m_known.find(record.connection) == m_known.end()) {
        if (const std::optional<ConnectionRecord> connection = m_capture->connection(record.connection)) {
            takeConnection(*connection); // it is newer than those that were asked for
        }
    }
    while (!m_pending.empty()) {
        Event event = m_pending.front();
        if (event.time > record.time || (event.time == record.time && !isOpening(event.kind))) {
            break;
        }
        std::pop_heap(m_pending.begin(), m_pending.end(), isLater);
        m_pending.pop_back();
        event.row = static_cast<quint32>(row);
        place(event);
    }
    append(static_cast<quint32>(row), record.time);
    if (record.connection != 0) {
        open(record.connection); // where times are wrong, as they may be in a file
    }
}

/// Gives it a line, if it has none.
void LadderSteps::open(quint32 connection)
{
    Known& known = m_known[connection];
    if (known.isOpen) {
        return;
    }
    known.isOpen = true;
    const std::optional<ConnectionRecord> record = m_capture->connection(connection);
    m_lines.open(connection, record ? record->facts : ConnectionFacts(), std::max<qsizetype>(0, count() - 1));
    if (m_isTail) {
        m_tailOpened.push_back(connection);
    }
}

void LadderSteps::place(const Event& event)
{
    const bool isUdp = m_known[event.connection].isUdp; // its datagrams say it all
    if (!isUdp) {
        appendEvent(event);
    }
    if (isOpening(event.kind) && !isUdp) {
        open(event.connection);
    } else if (isEnd(event.kind)) {
        m_lines.close(event.connection, count());
    }
}

void LadderSteps::append(quint32 code, qint64 time)
{
    const auto put = [this](quint32 each) {
        if (m_isTail) {
            m_tail.push_back(each);
        } else {
            m_steps.append(each);
        }
    };
    if (m_lastTime != 0 && time - m_lastTime >= ladderPause) {
        put(pauseCode);
    }
    m_lastTime = std::max(m_lastTime, time);
    put(code);
}

void LadderSteps::appendEvent(const Event& event)
{
    const auto number = static_cast<quint32>(m_events.size() + static_cast<qsizetype>(m_tailEvents.size()));
    if (m_isTail) {
        m_tailEvents.push_back(event);
    } else {
        m_events.append(event);
    }
    append(eventBit | number, event.time);
}

void LadderSteps::buildTail()
{
    m_linesAtRow = m_lines.state();
    m_lastTimeAtRow = m_lastTime;
    m_isTail = true;
    std::vector<Event> events = m_pending;
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return isLater(b, a); });
    for (const Event& event : events) {
        place(event);
    }
    m_isNew = false;
}

void LadderSteps::dropTail()
{
    if (!m_isTail) {
        return;
    }
    m_isTail = false;
    for (const quint32 connection : m_tailOpened) {
        m_known[connection].isOpen = false;
    }
    m_tailOpened.clear();
    m_tail.clear();
    m_tailEvents.clear();
    m_lines.goBack(m_linesAtRow);
    m_lastTime = m_lastTimeAtRow;
}

quint32 LadderSteps::code(qsizetype number) const
{
    return number < m_steps.size() ? m_steps.at(number) : m_tail[static_cast<std::size_t>(number - m_steps.size())];
}

const LadderSteps::Event& LadderSteps::event(quint32 code) const
{
    const qsizetype number = code & ~eventBit;
    return number < m_events.size() ? m_events.at(number)
                                    : m_tailEvents[static_cast<std::size_t>(number - m_events.size())];
}

qint64 LadderSteps::timeOf(quint32 code) const
{
    return (code & eventBit) != 0 ? event(code).time : m_capture->message(code).time;
}

LadderStep LadderSteps::at(qsizetype number) const
{
    LadderStep step;
    step.number = number;
    const quint32 what = code(number);
    if (what == pauseCode) {
        step.kind = LadderKind::Pause;
        step.time = timeOf(code(number - 1)); // there is one: it is the pause after it
        step.pause = std::max<qint64>(0, timeOf(code(number + 1)) - step.time);
        return step;
    }
    std::optional<ConnectionRecord> connection;
    if ((what & eventBit) != 0) {
        const Event& happened = event(what);
        step.kind = happened.kind;
        step.time = happened.time;
        step.direction = happened.direction;
        step.connection = happened.connection;
        connection = m_capture->connection(step.connection);
    } else {
        const MessageRecord record = m_capture->message(what);
        const bool isTold = record.kind == RecordKind::Error || record.kind == RecordKind::Note;
        const RecordFault fault = isTold ? m_capture->fault(record.text) : RecordFault();
        const qint64 missing = record.kind == RecordKind::Error ? fault.missing : 0;
        step.kind = rowKind(record, fault);
        step.time = record.time;
        step.direction = record.direction;
        step.connection = record.connection;
        step.size = missing > 0 ? missing : record.size;
        step.row = what;
        if (record.kind != RecordKind::Message) {
            step.text = m_capture->text(record.text);
        }
        connection = m_capture->connection(step.connection);
    }
    if (connection) {
        step.facts = connection->facts;
        step.toServer = senderOf(step.facts, step.direction) == Sender::Client;
        const qint64 other = step.direction == Direction::In ? connection->weFinishedAt : connection->peerFinishedAt;
        step.isHalf = step.kind == LadderKind::Finished && (other == 0 || other > step.time);
        if (step.kind == LadderKind::Lost) {
            step.text = connection->error;
        }
    }
    const LadderLines::Columns columns = m_lines.of(step.connection);
    step.left = columns.left;
    step.right = columns.right;
    return step;
}

bool LadderSteps::isBeforeRow(qsizetype number, qsizetype row) const
{
    quint32 what = code(number);
    if (what == pauseCode) {
        what = code(number + 1); // a pause goes with what ends it
        return (what & eventBit) != 0 ? event(what).row <= row : what <= row;
    }
    return (what & eventBit) != 0 ? event(what).row <= row : what < row;
}

qsizetype LadderSteps::stepOf(qsizetype row) const
{
    qsizetype low = 0;
    qsizetype high = m_steps.size();
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (isBeforeRow(middle, row)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < m_steps.size() && row >= 0 && m_steps.at(low) == row ? low : -1;
}

} // namespace sockeye
