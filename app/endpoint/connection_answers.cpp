// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a connection has what came answered: whole messages in order, at once or later, and the end of the stream. What
// becomes of the bytes is in connection.cpp.

#include "app/endpoint/connection.h"

#include "app/endpoint/connection_group.h"
#include "app/rules/message_host.h"

#include <utility>

namespace sockeye {

void Connection::answerFound(const Frames& frames)
{
    const std::size_t answered = m_pending ? 0 : answer(frames, 0);
    if (isAnswering()) {
        m_requests.settle(frames, answered);
    } else {
        m_requests.clear();
    }
    updateReading();
}

/// Has messages answered, in order, until all are or the peer does not take its replies. Returns the first one that is
/// left.
std::size_t Connection::answer(const Frames& frames, std::size_t next)
{
    QByteArray& replies = m_group.replies();
    replies.resize(0);
    qint64 slice = 0;
    while (next < frames.size() && isAnswering() && !m_pending) {
        if (unsent() + replies.size() > Channel::highWater) {
            slice += replies.size();
            send(replies);
            replies.resize(0);
            if (!isAnswering() || unsent() > Channel::highWater || slice > maxSlice) {
                return next;
            }
        }
        const QByteArrayView bytes = m_requests.bytes(frames[next]);
        const Result<Answer> given = m_session->answer(frames[next++], bytes, replies);
        if (given && !given->isThere()) {
            waitFor(given->pending());
            break;
        }
        m_group.countExchange();
        if (!given) {
            bad(given.error(), replies);
            continue;
        }
        if (RoomKeeper* const room = m_group.room()) {
            room->say(m_id, bytes);
        }
        if (given->after() == After::Reset) {
            send(replies);
            m_channel.reset();
            return next;
        }
        m_isDone = given->after() == After::Close;
    }
    if (isAnswering() && !m_pending && m_requests.error()) {
        bad(*m_requests.error(), replies);
    }
    sendOrHold(replies);
    if (m_isDone) {
        m_channel.closeOrderly();
    }
    return next;
}

/// Also where it is there already: then it is taken in the next turn.
void Connection::waitFor(std::shared_ptr<PendingAnswer> answer)
{
    m_pending = std::move(answer);
    if (m_pending->isFulfilled()) {
        m_group.answerIsThere(m_id);
    } else {
        m_pending->whenFulfilled([group = &m_group, id = m_id] { group->answerIsThere(id); });
    }
}

void Connection::answerIsThere()
{
    if (!m_pending || !m_pending->isFulfilled()) {
        return;
    }
    const std::shared_ptr<PendingAnswer> answer = std::exchange(m_pending, nullptr);
    m_group.countExchange();
    m_group.touch(*this);
    send(answer->reply());
    if (answer->after() == After::Reset) {
        m_channel.reset();
    } else if (answer->after() == After::Close) {
        stopAnswering();
        m_channel.closeOrderly();
    } else if (isAnswering()) {
        answerWaiting();
        updateReading();
    }
}

/// Nothing more is answered.
void Connection::stopAnswering()
{
    m_isDone = true;
    m_requests.clear();
    if (m_pending) {
        std::exchange(m_pending, nullptr)->cancel();
    }
}

void Connection::answerWaiting()
{
    const std::size_t answered = answer(m_requests.waiting(), m_requests.nextWaiting());
    if (!isAnswering()) {
        m_requests.clear();
        return;
    }
    m_requests.settleWaiting(answered);
    if (m_channel.peerHasFinished()) {
        finishInput();
    }
}

/// Wire protocol §1, "What a bad message gets".
void Connection::bad(const Error& error, QByteArray& replies)
{
    m_group.recorder().error(m_id, codeName(error.code), describe(error), error.offset);
    m_session->refuse(error, replies);
    m_isDone = true;
}

void Connection::peerFinished()
{
    if (m_requests.hasBegun()) {
        finishInput();
    }
}

/// The stream has ended: once every whole message is answered, so is what is left of it, and then comes what the
/// service still owes.
void Connection::finishInput()
{
    const auto hasMore = [this] { return m_pending != nullptr || m_requests.hasWaiting(); };
    if (!hasMore() && !std::exchange(m_inputIsOver, true)) {
        Frames& frames = m_group.frames();
        frames.clear();
        m_requests.finish(frames);
        const std::size_t answered = answer(frames, 0);
        if (!isAnswering()) {
            m_requests.clear();
            return;
        }
        m_requests.settle(frames, answered);
    }
    if (!hasMore()) {
        QByteArray& replies = m_group.replies();
        replies.resize(0);
        m_session->finish(replies);
        m_isDone = true;
        m_requests.clear();
        send(replies);
        m_channel.closeOrderly();
    } else {
        updateReading();
    }
}

} // namespace sockeye
