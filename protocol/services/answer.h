// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/after.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <utility>

namespace sockeye {

/// An answer that comes later: a session gives it back when it has none yet, keeps it, and fulfils it once, in its own
/// thread, from wherever it likes. Until then nothing more of that connection is answered, so that answers stay in
/// order, and not much more is read. When the connection ends first, it is cancelled.
class PendingAnswer {
public:
    void fulfil(const QByteArray& reply, After after = After::Keep); ///< once; in vain if it is cancelled
    void fulfilSilently(After after = After::Keep); ///< the same with no reply at all, not even an empty datagram
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; } ///< nobody waits for it any more

    // For who carries the connection.
    /// Called when it is fulfilled, from within fulfil(); not if it is already, and not once it is cancelled.
    void whenFulfilled(std::function<void()> tell);
    void cancel();
    [[nodiscard]] bool isFulfilled() const { return m_isFulfilled; }
    [[nodiscard]] const QByteArray& reply() const { return m_reply; }
    [[nodiscard]] After after() const { return m_after; }
    [[nodiscard]] bool isSilent() const { return m_isSilent; }

private:
    std::function<void()> m_tell;
    QByteArray m_reply;
    After m_after = After::Keep;
    bool m_isSilent = false;
    bool m_isFulfilled = false;
    bool m_isCancelled = false;
};

/// What a session says to a message: that its reply is there, or that it comes later.
class Answer {
public:
    Answer(After after) // NOLINT(google-explicit-constructor): the reply is there
        : m_after(after)
    {
    }
    Answer(std::shared_ptr<PendingAnswer> pending) // NOLINT(google-explicit-constructor)
        : m_pending(std::move(pending))
    {
    }

    /// No reply at all: over UDP not even an empty datagram.
    [[nodiscard]] static Answer silence(After after)
    {
        Answer answer(after);
        answer.m_isSilent = true;
        return answer;
    }

    [[nodiscard]] bool isThere() const { return m_pending == nullptr; }
    [[nodiscard]] bool isSilent() const { return m_isSilent; }
    [[nodiscard]] After after() const { return m_after; } ///< of one that is there
    [[nodiscard]] const std::shared_ptr<PendingAnswer>& pending() const { return m_pending; } ///< else

private:
    After m_after = After::Keep;
    std::shared_ptr<PendingAnswer> m_pending;
    bool m_isSilent = false;
};

} // namespace sockeye
