// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window while a server in it gets and sends 100,000 messages a second: how long it stands still, what it takes of
// a processor and of memory. tests/bench/README.md says how to read the figures.

#include "tests/bench/capture/figures.h"
#include "tests/bench/window/served_window.h"
#include "tests/ui/window/heartbeat.h"
#include "tests/ui/window/pipelining_peer.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <array>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockeye;

namespace {

// Four clients, each with 50 questions every four milliseconds: 50,000 questions a second, and as many answers.
constexpr int clients = 4;
constexpr int questionsPerBatch = 50;
constexpr std::chrono::milliseconds pause { 4 };
constexpr double wantedStall = 50;
constexpr double wantedLag = 16;

/// The clients, in a process of their own that begins when it is told the port: what they take is not counted.
class LoadProcess {
public:
    explicit LoadProcess(int seconds)
    {
        std::array<int, 2> ends {};
        if (::pipe(ends.data()) != 0) {
            return;
        }
        m_child = ::fork();
        if (m_child == 0) {
            ::close(ends[1]);
            quint16 port = 0;
            const bool told = ::read(ends[0], &port, sizeof port) == sizeof port;
            ::_exit(told && run(port, seconds) ? 0 : 1);
        }
        ::close(ends[0]);
        m_end = ends[1];
    }

    [[nodiscard]] bool start(quint16 port) const { return ::write(m_end, &port, sizeof port) == sizeof port; }
    [[nodiscard]] bool isOver() { return m_over || (m_over = ::waitpid(m_child, &m_status, WNOHANG) == m_child); }
    [[nodiscard]] bool wentWell() const { return m_over && m_status == 0; }

private:
    static bool run(quint16 port, int seconds)
    {
        const PipeliningPeer::Plan plan { port, static_cast<int>(std::chrono::seconds(seconds) / pause),
            questionsPerBatch, pause };
        std::array<std::unique_ptr<PipeliningPeer>, clients> peers;
        for (auto& peer : peers) {
            peer = std::make_unique<PipeliningPeer>(plan);
        }
        bool well = true;
        for (auto& peer : peers) {
            while (!peer->isDone()) {
                ::usleep(10'000);
            }
            well = well && peer->failure().isEmpty();
        }
        return well;
    }

    pid_t m_child = -1;
    int m_end = -1;
    int m_status = -1;
    bool m_over = false;
};

double processorSeconds(clockid_t clock)
{
    timespec time {};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace

int main(int argc, char** argv)
{
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    if (seconds < 1) {
        std::fprintf(stderr, "usage: bench_busy_window [SECONDS]\n");
        return 1;
    }
    LoadProcess load(seconds); // before there are threads
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    const ServedWindow window;

    const Resident before = Resident::now();
    const auto* table = window.page().messages()->model();
    const Heartbeat heartbeat;
    const double processor = processorSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const double guiProcessor = processorSeconds(CLOCK_THREAD_CPUTIME_ID);
    QElapsedTimer watch;
    watch.start();
    if (!load.start(window.port())) {
        std::fprintf(stderr, "the clients did not start\n");
        return 1;
    }
    qint64 mostBehind = 0;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, [&] {
        mostBehind = std::max(mostBehind, qint64(window.page().capture()->messageCount()) - table->rowCount());
    });
    look.start(100);
    waitUntil([&] { return load.isOver(); });
    const double elapsed = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    waitUntil([&] { return table->rowCount() == window.page().capture()->messageCount(); });

    const auto messages = static_cast<double>(table->rowCount());
    const Resident after = Resident::now();
    std::printf("%-38s %.0f in %.1f s: %.0f a second (wanted: 100,000)\n", "messages, all of them in the table",
        messages, elapsed, messages / elapsed);
    std::printf("%-38s %lld ms (wanted: < %.0f ms)\n", "longest time that it stood still",
        static_cast<long long>(heartbeat.longestGapMs()), wantedStall);
    std::printf("%-38s %.1f ms in 99 %% of the cases (wanted: < %.0f ms)\n", "how late its thread came to a timer",
        heartbeat.lagMs(0.99), wantedLag);
    std::printf("%-38s %.0f %% (wanted: < 40 %%)\n", "processor time of the window's thread",
        100 * (processorSeconds(CLOCK_THREAD_CPUTIME_ID) - guiProcessor) / elapsed);
    std::printf("%-38s %.0f %%\n", "of the whole program",
        100 * (processorSeconds(CLOCK_PROCESS_CPUTIME_ID) - processor) / elapsed);
    std::printf("%-38s %lld messages\n", "most that the table was behind", static_cast<long long>(mostBehind));
    std::printf("%-38s %.0f MiB, %.0f before; %.1f bytes a message of its own\n", "resident", after.all, before.all,
        (after.own - before.own) * 1024 * 1024 / messages);
    if (!load.wentWell()) {
        std::fprintf(stderr, "a client did not get the answers that it should\n");
        return 1;
    }
    return 0;
}
