// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window while a server in it has 10,000 connections open: how long it stands still while they come, are sorted,
// ask and go, and what memory stays behind. tests/bench/README.md says how to read the figures.

#include "app/platform/file_limit.h"
#include "protocol/protocols/app/message.h"
#include "tests/bench/window/served_window.h"
#include "tests/ui/window/heartbeat.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <cstdlib>
#include <malloc.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace sockeye;

namespace {

constexpr int rounds = 3;
constexpr int askedMilliseconds = 3'000; ///< how long they talk once all are open

/// The clients, in a process of their own that does what it is told, step by step.
class Clients {
public:
    explicit Clients(int count)
    {
        std::array<int, 2> orders {};
        std::array<int, 2> answers {};
        if (::pipe(orders.data()) != 0 || ::pipe(answers.data()) != 0) {
            return;
        }
        if (::fork() == 0) {
            ::close(orders[1]);
            ::close(answers[0]);
            raiseFileLimit();
            quint16 port = 0;
            bool well = ::read(orders[0], &port, sizeof port) == sizeof port;
            for (int round = 0; well && round < rounds; ++round) {
                well = run(port, count, orders[0], answers[1]);
            }
            ::_exit(well ? 0 : 1);
        }
        ::close(orders[0]);
        ::close(answers[1]);
        m_orders = orders[1];
        m_answers = answers[0];
    }

    void tell(const void* order, std::size_t size) const
    {
        if (::write(m_orders, order, size) != static_cast<ssize_t>(size)) {
            std::fprintf(stderr, "the clients are gone\n");
            std::exit(1);
        }
    }
    /// In the window's thread, whose events go on meanwhile.
    void waitForAnswer() const
    {
        QEventLoop loop;
        QSocketNotifier notifier(m_answers, QSocketNotifier::Read);
        QObject::connect(&notifier, &QSocketNotifier::activated, &loop, &QEventLoop::quit);
        loop.exec();
        char answer = 0;
        if (::read(m_answers, &answer, 1) != 1) {
            std::fprintf(stderr, "the clients gave up\n");
            std::exit(1);
        }
    }

private:
    static bool ask(int descriptor, const QByteArray& request)
    {
        std::array<char, 4096> reply;
        return ::send(descriptor, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL)
            == request.size()
            && ::recv(descriptor, reply.data(), reply.size(), 0) > 0;
    }

    static bool run(quint16 port, int count, int orders, int answers)
    {
        const QByteArray request = encodeRequest(u"search", u"ring");
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        char order = 0;
        if (::read(orders, &order, 1) != 1) {
            return false;
        }
        std::vector<int> sockets;
        for (int i = 0; i < count; ++i) {
            const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
                || !ask(descriptor, request)) {
                return false;
            }
            sockets.push_back(descriptor);
        }
        if (::write(answers, "o", 1) != 1) {
            return false;
        }
        // One after the other they go on asking, all over the table.
        if (::read(orders, &order, 1) != 1) {
            return false;
        }
        for (int i = 0; i < askedMilliseconds; ++i) {
            if (!ask(sockets[static_cast<std::size_t>(i) * 7'919 % sockets.size()], request)) {
                return false;
            }
            ::usleep(1'000);
        }
        if (::write(answers, "a", 1) != 1 || ::read(orders, &order, 1) != 1) {
            return false;
        }
        for (const int descriptor : sockets) {
            ::close(descriptor);
        }
        return ::write(answers, "c", 1) == 1;
    }

    int m_orders = -1;
    int m_answers = -1;
};

/// MiB that are really in use: the allocator keeps some of what was freed, for the next time.
double inUse()
{
    const struct mallinfo2 heap = ::mallinfo2();
    return static_cast<double>(heap.uordblks + heap.hblkhd) / 1024 / 1024;
}

void print(const char* what, double seconds, const Heartbeat& heartbeat)
{
    std::printf("  %-34s %.2f s; stood still for %lld ms at most (wanted: < 50 ms)\n", what, seconds,
        static_cast<long long>(heartbeat.longestGapMs()));
}

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 10'000;
    if (count < 1 || count > 15'000) {
        std::fprintf(stderr, "usage: bench_many_connections [CONNECTIONS, at most 15000]\n");
        return 1;
    }
    const Clients clients(count); // before there are threads
    raiseFileLimit();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    ServedWindow window;
    ConnectionsModel* table = window.page().connections()->model();
    const quint16 port = window.port();
    clients.tell(&port, sizeof port);

    const double atFirst = inUse();
    for (int round = 1; round <= rounds; ++round) {
        std::printf("round %d\n", round);
        const double before = inUse();
        QElapsedTimer watch;
        {
            watch.start();
            const Heartbeat heartbeat;
            clients.tell("b", 1);
            clients.waitForAnswer();
            waitUntil([&] { return table->openCount() == count; });
            print("opened, each answered once", static_cast<double>(watch.nsecsElapsed()) / 1e9, heartbeat);
        }
        const double open = inUse();
        {
            watch.start();
            const Heartbeat heartbeat;
            clients.tell("g", 1);
            for (const ConnectionColumn column :
                { ConnectionColumn::In, ConnectionColumn::Peer, ConnectionColumn::Age, ConnectionColumn::Rate }) {
                table->sort(static_cast<int>(column), Qt::DescendingOrder);
                QEventLoop loop;
                QTimer::singleShot(askedMilliseconds / 5, &loop, &QEventLoop::quit);
                loop.exec();
            }
            clients.waitForAnswer();
            print("sorted by four columns, asking", static_cast<double>(watch.nsecsElapsed()) / 1e9, heartbeat);
        }
        {
            watch.start();
            const Heartbeat heartbeat;
            clients.tell("c", 1);
            clients.waitForAnswer();
            waitUntil([&] { return table->openCount() == 0; });
            table->clearClosed();
            print("closed, and cleared away", static_cast<double>(watch.nsecsElapsed()) / 1e9, heartbeat);
        }
        const double after = inUse();
        std::printf("  %-34s %.0f MiB; open: %.0f MiB, %.1f KiB a connection; closed: %.0f MiB\n", "memory in use",
            before, open, (open - before) * 1024 / count, after);
    }
    window.closePage();
    QElapsedTimer watch;
    watch.start();
    double least = inUse();
    waitUntil([&] { // the capture goes in a thread of its own
        if (const double now = inUse(); now < least) {
            least = now;
            watch.start();
        }
        return watch.hasExpired(1000);
    });
    std::printf("the page closed\n  %-34s %.1f MiB; at first: %.1f MiB\n", "memory in use", inUse(), atFirst);
    return 0;
}
