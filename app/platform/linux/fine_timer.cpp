// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/fine_timer.h"

#include "app/platform/posix/descriptor.h"

#include <QObject>
#include <QSocketNotifier>

#include <algorithm>
#include <utility>

#include <sys/timerfd.h>

namespace sockeye {

namespace {

class TimerDescriptor final : public FineTimer {
public:
    TimerDescriptor(Descriptor descriptor, std::function<void()> due)
        : m_descriptor(std::move(descriptor))
        , m_notifier(m_descriptor.number(), QSocketNotifier::Read)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, std::move(due));
    }

    void at(qint64 nanoseconds) override
    {
        // Setting it also forgets that it was due, so that nobody has to read it.
        const qint64 when = std::max<qint64>(nanoseconds, 1);
        itimerspec spec {};
        spec.it_value.tv_sec = static_cast<time_t>(when / 1'000'000'000);
        spec.it_value.tv_nsec = static_cast<long>(when % 1'000'000'000);
        ::timerfd_settime(m_descriptor.number(), TFD_TIMER_ABSTIME, &spec, nullptr);
    }

    void stop() override
    {
        const itimerspec never {};
        ::timerfd_settime(m_descriptor.number(), 0, &never, nullptr);
    }

private:
    Descriptor m_descriptor;
    QSocketNotifier m_notifier; ///< the last: it goes before what it watches
};

} // namespace

std::unique_ptr<FineTimer> newFineTimer(std::function<void()> due)
{
    Descriptor descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    return descriptor.isValid() ? std::make_unique<TimerDescriptor>(std::move(descriptor), std::move(due)) : nullptr;
}

} // namespace sockeye
