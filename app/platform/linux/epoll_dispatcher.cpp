// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace sockeye {

namespace {

constexpr std::uint64_t wakeUpMark = ~std::uint64_t(0);

/// What each type of notifier waits for. Errors and hang-ups are reported to readers and writers alike: their next
/// read or write will tell.
constexpr std::array<std::uint32_t, 3> interestOf { EPOLLIN, EPOLLOUT, EPOLLPRI };
constexpr std::array<std::uint32_t, 3> readyWhen { EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR,
    EPOLLPRI | EPOLLHUP | EPOLLERR };

std::uint64_t markOf(int fd, std::uint32_t generation)
{
    return (std::uint64_t(generation) << 32) | static_cast<std::uint32_t>(fd);
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject* parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    // Edge-triggered: each write to it ends one wait, and nobody has to read it empty.
    epoll_event event {};
    event.events = EPOLLIN | EPOLLET;
    event.data.u64 = wakeUpMark;
    if (isValid()) {
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
    }
}

EpollDispatcher::~EpollDispatcher()
{
    for (const int fd : { m_epoll, m_wake }) {
        if (fd >= 0) {
            close(fd);
        }
    }
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    // A nested event loop: what the outer one had not come to yet, the kernel will report again.
    m_eventCount = 0;
    m_nextEvent = 0;
    ++m_turn;

    Q_EMIT awake();
    // Whatever is posted after this line wakes us up again. Who woke us before may have told the event loop to end,
    // which it finds out between two turns: this one must not sleep.
    const bool woken = m_wakeUpPending.exchange(false);
    QCoreApplication::sendPostedEvents();

    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool withSockets = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool mayWait =
        flags.testFlag(QEventLoop::WaitForMoreEvents) && !woken && !m_interrupted.load() && !m_wakeUpPending.load();
    if (mayWait) {
        Q_EMIT aboutToBlock();
    }
    if (m_interrupted.load()) {
        return false;
    }

    int timeout = 0;
    if (mayWait) {
        timeout = withTimers ? m_timers.untilNext().value_or(-1) : -1;
    }
    if (timeout != 0) {
        // In this order, so that either we see the wake-up or who wakes us sees that we sleep.
        m_sleeping.store(true);
        if (m_wakeUpPending.load()) {
            timeout = 0;
        }
    }
    int done = 0;
    if (withSockets) {
        done += waitForSockets(timeout);
    } else if (timeout != 0) {
        waitForWakeUp(timeout);
    }
    m_sleeping.store(false, std::memory_order_relaxed);

    done += dispatchSockets();
    if (withTimers) {
        done += m_timers.fireDue();
    }
    return done > 0;
}

int EpollDispatcher::waitForSockets(int timeout)
{
    applyChanges();
    const int count = epoll_wait(m_epoll, m_events.data(), static_cast<int>(m_events.size()), timeout);
    if (count < 0 && errno != EINTR) {
        qErrnoWarning("epoll_wait");
    }
    m_nextEvent = 0;
    m_eventCount = std::max(count, 0);
    for (int i = 0; i < m_eventCount; ++i) {
        if (m_events[static_cast<std::size_t>(i)].data.u64 == wakeUpMark) {
            return 1;
        }
    }
    return 0;
}

void EpollDispatcher::waitForWakeUp(int timeout) const
{
    // Rare (a modal event loop without sockets), so that the eventfd is emptied here and nowhere else.
    std::uint64_t count = 0;
    while (read(m_wake, &count, sizeof count) > 0) { }
    if (!m_wakeUpPending.load()) {
        pollfd wake { m_wake, POLLIN, 0 };
        poll(&wake, 1, timeout);
    }
}

int EpollDispatcher::dispatchSockets()
{
    int done = 0;
    const std::uint32_t turn = m_turn;
    while (turn == m_turn && m_nextEvent < m_eventCount) {
        const epoll_event ready = m_events[static_cast<std::size_t>(m_nextEvent++)];
        if (ready.data.u64 == wakeUpMark) {
            continue;
        }
        const auto fd = static_cast<std::size_t>(ready.data.u64 & 0xffffffffU);
        const auto generation = static_cast<std::uint32_t>(ready.data.u64 >> 32);
        for (const auto type : { QSocketNotifier::Exception, QSocketNotifier::Read, QSocketNotifier::Write }) {
            // Looked up again each time: a handler may have deleted notifiers, closed the descriptor and more.
            Descriptor& descriptor = m_descriptors[fd];
            if (descriptor.generation != generation || turn != m_turn) {
                break;
            }
            QSocketNotifier* const notifier = descriptor.notifiers[type];
            if (notifier != nullptr && (ready.events & readyWhen[type]) != 0) {
                QEvent event(QEvent::SockAct);
                QCoreApplication::sendEvent(notifier, &event);
                ++done;
            }
        }
    }
    return done;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier* notifier)
{
    const auto fd = static_cast<int>(notifier->socket());
    if (fd < 0) {
        qWarning("EpollDispatcher: a socket notifier without a descriptor");
        return;
    }
    if (m_descriptors.size() <= static_cast<std::size_t>(fd)) {
        m_descriptors.resize(static_cast<std::size_t>(fd) + 1);
    }
    Descriptor& descriptor = m_descriptors[static_cast<std::size_t>(fd)];
    QSocketNotifier*& place = descriptor.notifiers[notifier->type()];
    if (place != nullptr && place != notifier) {
        qWarning("EpollDispatcher: a second socket notifier of the same type for descriptor %d", fd);
    }
    place = notifier;
    markDirty(fd, descriptor);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier* notifier)
{
    const auto fd = static_cast<int>(notifier->socket());
    if (fd < 0 || m_descriptors.size() <= static_cast<std::size_t>(fd)) {
        return;
    }
    Descriptor& descriptor = m_descriptors[static_cast<std::size_t>(fd)];
    QSocketNotifier*& place = descriptor.notifiers[notifier->type()];
    if (place != notifier) {
        return;
    }
    place = nullptr;
    if (std::ranges::all_of(descriptor.notifiers, [](const QSocketNotifier* other) { return other == nullptr; })) {
        ++descriptor.generation;
        descriptor.renewed = true;
    }
    markDirty(fd, descriptor);
}

void EpollDispatcher::markDirty(int fd, Descriptor& descriptor)
{
    if (!descriptor.dirty) {
        descriptor.dirty = true;
        m_dirty.push_back(fd);
    }
}

void EpollDispatcher::applyChanges()
{
    for (const int fd : m_dirty) {
        apply(fd, m_descriptors[static_cast<std::size_t>(fd)]);
    }
    m_dirty.clear();
}

void EpollDispatcher::apply(int fd, Descriptor& descriptor)
{
    std::uint32_t wanted = 0;
    for (std::size_t type = 0; type < interestOf.size(); ++type) {
        wanted |= descriptor.notifiers[type] != nullptr ? interestOf[type] : 0;
    }
    const bool renewed = std::exchange(descriptor.renewed, false);
    descriptor.dirty = false;
    if (wanted == descriptor.registered && !(renewed && wanted != 0)) {
        return;
    }
    epoll_event event {};
    event.events = wanted;
    event.data.u64 = markOf(fd, descriptor.generation);
    if (wanted == 0) {
        // Fails if the descriptor was closed already, which took it out as well.
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    } else if (descriptor.registered == 0 || renewed) {
        if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0
            && (errno != EEXIST || epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) != 0)) {
            qErrnoWarning("EpollDispatcher: descriptor %d cannot be watched", fd);
            wanted = 0;
        }
    } else if (epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) != 0
        && (errno != ENOENT || epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0)) {
        qErrnoWarning("EpollDispatcher: descriptor %d cannot be watched", fd);
        wanted = 0;
    }
    descriptor.registered = wanted;
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object)
{
    m_timers.add(timerId, interval, timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject* object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject* object) const
{
    return m_timers.timersOf(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    return m_timers.remaining(timerId);
}

void EpollDispatcher::wakeUp()
{
    m_wakeUpPending.store(true);
    // Nobody has to be woken who is not asleep: events posted by the thread to itself cost no system call.
    if (m_sleeping.exchange(false)) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
    }
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true);
    wakeUp();
}

} // namespace sockeye
