// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/threads/apart.h"

#include "app/threads/application_end.h"
#include "app/threads/gui_thread_wait.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace sockeye {

namespace {

/// More than it takes to end a load of ten thousand connections, or to notice that a file is no longer wanted.
constexpr auto patience = std::chrono::seconds(5);

/// Outlives whoever is left behind in a thread: shared with each of them.
struct Register {
    std::mutex mutex;
    std::condition_variable changed;
    std::list<std::thread> running;
    std::list<std::thread> over; ///< to be joined, which takes no time
};

class ApartThreads {
public:
    ~ApartThreads() { endAll(); }

    void start(std::function<void()> work)
    {
        joinOver();
        const std::lock_guard lock(m_register->mutex);
        waitAtApplicationEnd([] { instance().endAll(); });
        const auto self = m_register->running.emplace(m_register->running.end());
        *self = std::thread([known = m_register, self, work = std::move(work)]() mutable {
            work();
            work = nullptr; // before it counts as over: it may hold what must be gone by then
            const std::lock_guard over(known->mutex);
            known->over.splice(known->over.end(), known->running, self);
            known->changed.notify_all();
        });
    }

    static ApartThreads& instance()
    {
        static ApartThreads threads;
        return threads;
    }

private:
    void joinOver()
    {
        std::list<std::thread> over;
        {
            const std::lock_guard lock(m_register->mutex);
            over.swap(m_register->over);
        }
        for (std::thread& thread : over) {
            if (thread.joinable()) { // else it was left to itself before
                thread.join();
            }
        }
    }

    void endAll()
    {
        {
            std::unique_lock lock(m_register->mutex);
            const auto isOver = [&running = m_register->running] {
                return std::none_of(
                    running.cbegin(), running.cend(), [](const std::thread& each) { return each.joinable(); });
            };
            if (!isOver()) {
                GuiThreadWait::check("what runs apart");
            }
            m_register->changed.wait_for(lock, patience, isOver);
            for (std::thread& thread : m_register->running) {
                if (thread.joinable()) {
                    thread.detach();
                }
            }
        }
        joinOver();
    }

    std::shared_ptr<Register> m_register = std::make_shared<Register>();
};

} // namespace

void runApart(std::function<void()> work)
{
    ApartThreads::instance().start(std::move(work));
}

} // namespace sockeye
