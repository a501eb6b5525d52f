// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/epoll_dispatcher.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QUdpSocket>

#include <array>
#include <atomic>
#include <functional>
#include <memory>

#include <sys/socket.h>
#include <unistd.h>

using namespace sockeye;

namespace {

/// Both ends of a connection that needs no address.
class Pair {
public:
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_ends.data()) != 0) {
            qFatal("no socket pair");
        }
    }
    ~Pair()
    {
        closeNear();
        ::close(m_ends[1]);
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    [[nodiscard]] int near() const { return m_ends[0]; }
    void closeNear()
    {
        if (m_ends[0] >= 0) {
            ::close(std::exchange(m_ends[0], -1));
        }
    }
    void feed() const { QCOMPARE(::send(m_ends[1], "x", 1, 0), ssize_t(1)); }
    void drain() const
    {
        std::array<char, 64> bytes {};
        while (::recv(m_ends[0], bytes.data(), bytes.size(), 0) > 0) { }
    }

private:
    std::array<int, 2> m_ends { -1, -1 };
};

/// What a scenario sees: it runs in a thread of its own, under the dispatcher in question, and must return true.
using Scenario = std::function<bool()>;

/// Runs the event loop until `done`, at most ten seconds.
bool waitUntil(const std::function<bool()>& done)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < 10'000) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
    }
    return done();
}

bool readNotifier()
{
    Pair pair;
    int fired = 0;
    QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        ++fired;
        pair.drain();
    });
    pair.feed();
    return waitUntil([&] { return fired == 1; });
}

bool notifiersAreLevelTriggered()
{
    Pair pair;
    int fired = 0;
    QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        if (++fired == 3) {
            pair.drain();
        }
    });
    pair.feed();
    return waitUntil([&] { return fired == 3; });
}

bool threeTypesOnOneDescriptor()
{
    Pair pair;
    int reads = 0;
    int writes = 0;
    int exceptions = 0;
    QSocketNotifier reader(pair.near(), QSocketNotifier::Read);
    QSocketNotifier writer(pair.near(), QSocketNotifier::Write);
    QSocketNotifier exception(pair.near(), QSocketNotifier::Exception);
    QObject::connect(&reader, &QSocketNotifier::activated, [&] {
        ++reads;
        pair.drain();
    });
    QObject::connect(&writer, &QSocketNotifier::activated, [&] {
        ++writes;
        writer.setEnabled(false);
    });
    QObject::connect(&exception, &QSocketNotifier::activated, [&] { ++exceptions; });
    pair.feed();
    return waitUntil([&] { return reads == 1 && writes == 1; }) && exceptions == 0;
}

bool disabledNotifierIsSilent()
{
    Pair pair;
    int fired = 0;
    QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] { ++fired; });
    notifier.setEnabled(false);
    pair.feed();
    bool timedOut = false;
    QTimer::singleShot(30, [&] { timedOut = true; });
    if (!waitUntil([&] { return timedOut; }) || fired != 0) {
        return false;
    }
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] { pair.drain(); });
    notifier.setEnabled(true);
    return waitUntil([&] { return fired == 1; });
}

bool onAndOffInOneTurn()
{
    Pair pair;
    int writes = 0;
    int reads = 0;
    QSocketNotifier reader(pair.near(), QSocketNotifier::Read);
    QSocketNotifier writer(pair.near(), QSocketNotifier::Write);
    QObject::connect(&writer, &QSocketNotifier::activated, [&] { ++writes; });
    QObject::connect(&reader, &QSocketNotifier::activated, [&] {
        ++reads;
        pair.drain();
        writer.setEnabled(true);
        writer.setEnabled(false);
    });
    writer.setEnabled(false);
    for (int i = 1; i <= 5; ++i) {
        pair.feed();
        if (!waitUntil([&] { return reads == i; })) {
            return false;
        }
    }
    return writes == 0;
}

bool notifierDeletesAnother()
{
    Pair first;
    Pair second;
    int fired = 0;
    auto one = std::make_unique<QSocketNotifier>(first.near(), QSocketNotifier::Read);
    auto two = std::make_unique<QSocketNotifier>(second.near(), QSocketNotifier::Read);
    QObject::connect(one.get(), &QSocketNotifier::activated, [&] {
        ++fired;
        first.drain();
        two.reset();
        second.closeNear();
    });
    QObject::connect(two.get(), &QSocketNotifier::activated, [&] {
        ++fired;
        second.drain();
        one.reset();
        first.closeNear();
    });
    first.feed();
    second.feed();
    waitUntil([&] { return fired > 0; });
    QCoreApplication::processEvents();
    return fired == 1;
}

bool descriptorComesBackInTheSameTurn()
{
    // Every handler throws its descriptor away and opens another pair, which gets the same number.
    auto pair = std::make_unique<Pair>();
    std::unique_ptr<QSocketNotifier> notifier;
    int fired = 0;
    // A notifier must be switched off before its descriptor is closed.
    const auto begin = [&](auto&& self) -> void {
        notifier = std::make_unique<QSocketNotifier>(pair->near(), QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, [&, self] {
            ++fired;
            notifier->setEnabled(false);
            notifier.release()->deleteLater();
            const int old = pair->near();
            pair->closeNear();
            auto next = std::make_unique<Pair>();
            if (next->near() == old) {
                pair = std::move(next);
                self(self);
                if (fired < 4) {
                    pair->feed();
                }
            }
        });
    };
    begin(begin);
    pair->feed();
    return waitUntil([&] { return fired == 4; });
}

bool hangUpReachesTheReader()
{
    auto pair = std::make_unique<Pair>();
    const int near = ::dup(pair->near());
    QSocketNotifier notifier(near, QSocketNotifier::Read);
    int fired = 0;
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        ++fired;
        notifier.setEnabled(false);
    });
    pair.reset(); // the far end is gone
    const bool ok = waitUntil([&] { return fired == 1; });
    ::close(near);
    return ok;
}

bool timersFireInOrder()
{
    QByteArray order;
    QTimer::singleShot(30, Qt::PreciseTimer, [&] { order += '3'; });
    QTimer::singleShot(10, Qt::PreciseTimer, [&] { order += '1'; });
    QTimer::singleShot(20, Qt::PreciseTimer, [&] { order += '2'; });
    QTimer::singleShot(0, [&] { order += '0'; });
    return waitUntil([&] { return order.size() == 4; }) && order == "0123";
}

bool neverTooEarly()
{
    for (const int wait : { 1, 7, 40 }) {
        QElapsedTimer clock;
        clock.start();
        bool fired = false;
        QTimer::singleShot(wait, Qt::PreciseTimer, [&] { fired = true; });
        if (!waitUntil([&] { return fired; }) || clock.elapsed() < wait - 1) {
            return false;
        }
    }
    return true;
}

bool repeatingTimer()
{
    QTimer timer;
    int ticks = 0;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (++ticks == 5) {
            timer.stop();
        }
    });
    timer.start(2);
    waitUntil([&] { return ticks == 5; });
    bool later = false;
    QTimer::singleShot(20, [&] { later = true; });
    return waitUntil([&] { return later; }) && ticks == 5;
}

bool zeroTimerLeavesRoomForSockets()
{
    Pair pair;
    int turns = 0;
    bool read = false;
    QTimer busy;
    QObject::connect(&busy, &QTimer::timeout, [&] { ++turns; });
    busy.start(0);
    QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        read = true;
        pair.drain();
    });
    pair.feed();
    return waitUntil([&] { return read && turns > 3; });
}

bool timerKillsAnother()
{
    QTimer one;
    QTimer two;
    int fired = 0;
    QObject::connect(&one, &QTimer::timeout, [&] {
        ++fired;
        one.stop();
        two.stop();
    });
    QObject::connect(&two, &QTimer::timeout, [&] {
        ++fired;
        one.stop();
        two.stop();
    });
    one.start(5);
    two.start(5);
    bool later = false;
    QTimer::singleShot(30, [&] { later = true; });
    return waitUntil([&] { return later; }) && fired == 1;
}

bool timerDoesNotRecurse()
{
    QTimer timer;
    int depth = 0;
    int deepest = 0;
    int fired = 0;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        deepest = std::max(deepest, ++depth);
        if (++fired == 1) {
            QEventLoop loop;
            QTimer::singleShot(20, &loop, &QEventLoop::quit);
            loop.exec();
        }
        --depth;
    });
    timer.start(2);
    return waitUntil([&] { return fired >= 3; }) && deepest == 1;
}

bool timersAreListed()
{
    QObject object;
    const int precise = object.startTimer(1000, Qt::PreciseTimer);
    const int coarse = object.startTimer(60'000, Qt::CoarseTimer);
    auto* const dispatcher = QAbstractEventDispatcher::instance();
    const auto list = dispatcher->registeredTimers(&object);
    const int left = dispatcher->remainingTime(precise);
    if (list.size() != 2 || left <= 0 || left > 1000) {
        return false;
    }
    object.killTimer(precise);
    object.killTimer(coarse);
    return dispatcher->registeredTimers(&object).isEmpty() && dispatcher->remainingTime(precise) == -1;
}

bool veryCoarseTimer()
{
    bool fired = false;
    QElapsedTimer clock;
    clock.start();
    QTimer timer;
    timer.setTimerType(Qt::VeryCoarseTimer);
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, [&] { fired = true; });
    timer.start(1000);
    return waitUntil([&] { return fired; }) && clock.elapsed() >= 400 && clock.elapsed() <= 5000;
}

bool postedEventsComeInOrder()
{
    QObject receiver;
    QByteArray order;
    for (char c = 'a'; c <= 'e'; ++c) {
        QMetaObject::invokeMethod(
            &receiver, [&order, c] { order += c; }, Qt::QueuedConnection);
    }
    QCoreApplication::processEvents();
    return order == "abcde";
}

bool postedToItselfKeepsItAwake()
{
    // Each event posts the next one; the loop must not fall asleep in between.
    QEventLoop loop;
    int count = 0;
    std::function<void()> again = [&] {
        if (++count < 1000) {
            QMetaObject::invokeMethod(&loop, again, Qt::QueuedConnection);
        } else {
            loop.quit();
        }
    };
    QMetaObject::invokeMethod(&loop, again, Qt::QueuedConnection);
    loop.exec();
    return count == 1000;
}

bool otherThreadsWakeIt()
{
    QEventLoop loop;
    std::atomic<int> count = 0;
    constexpr int perThread = 500;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int n = 0; n < perThread; ++n) {
                QMetaObject::invokeMethod(
                    &loop,
                    [&] {
                        if (++count == 4 * perThread) {
                            loop.quit();
                        }
                    },
                    Qt::QueuedConnection);
                if (n % 50 == 0) {
                    QThread::yieldCurrentThread();
                }
            }
        }));
        threads.back()->start();
    }
    loop.exec();
    for (const auto& thread : threads) {
        thread->wait();
    }
    return count == 4 * perThread;
}

bool interruptEndsTheWait()
{
    auto* const dispatcher = QAbstractEventDispatcher::instance();
    const std::unique_ptr<QThread> thread(QThread::create([&] { dispatcher->interrupt(); }));
    QObject::connect(
        dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [&] { thread->start(); },
        static_cast<Qt::ConnectionType>(Qt::DirectConnection | Qt::SingleShotConnection));
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    thread->wait();
    return true;
}

/// Between two turns an event loop looks whether it was told to end: being told so right after that must not be slept
/// over in the next turn.
bool wakeUpBetweenTurnsCounts()
{
    bool slept = false;
    QTimer::singleShot(3'000, [&] { slept = true; });
    auto* const dispatcher = QAbstractEventDispatcher::instance();
    dispatcher->wakeUp();
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    return !slept;
}

bool withoutSocketNotifiers()
{
    Pair pair;
    int reads = 0;
    bool timeout = false;
    QSocketNotifier notifier(pair.near(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        ++reads;
        pair.drain();
    });
    pair.feed();
    QTimer::singleShot(20, [&] { timeout = true; });
    QEventLoop loop;
    while (!timeout) {
        loop.processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    }
    return reads == 0 && waitUntil([&] { return reads == 1; });
}

bool nestedLoopTakesOver()
{
    Pair first;
    Pair second;
    int reads = 0;
    QSocketNotifier one(first.near(), QSocketNotifier::Read);
    QSocketNotifier two(second.near(), QSocketNotifier::Read);
    const auto handler = [&](Pair& mine) {
        ++reads;
        mine.drain();
        if (reads == 1) {
            // The other one is served in here, and not once more outside.
            QEventLoop loop;
            QTimer::singleShot(20, &loop, &QEventLoop::quit);
            loop.exec();
        }
    };
    QObject::connect(&one, &QSocketNotifier::activated, [&] { handler(first); });
    QObject::connect(&two, &QSocketNotifier::activated, [&] { handler(second); });
    first.feed();
    second.feed();
    waitUntil([&] { return reads >= 2; });
    QCoreApplication::processEvents();
    return reads == 2;
}

bool qtSocketsWorkOnIt()
{
    QTcpServer server;
    QTcpSocket client;
    QByteArray received;
    if (!server.listen(QHostAddress::LocalHost)) {
        return false;
    }
    QObject::connect(&server, &QTcpServer::newConnection, [&] {
        QTcpSocket* const accepted = server.nextPendingConnection();
        QObject::connect(
            accepted, &QTcpSocket::readyRead, accepted, [accepted] { accepted->write(accepted->readAll()); });
    });
    QObject::connect(&client, &QTcpSocket::readyRead, [&] { received += client.readAll(); });
    client.connectToHost(
        QStringLiteral("localhost"), server.serverPort(), QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
    const QByteArray much(3'000'000, 'z');
    client.write(much);
    if (!waitUntil([&] { return received.size() == much.size(); }) || received != much) {
        return false;
    }
    bool gone = false;
    QObject::connect(&client, &QTcpSocket::disconnected, [&] { gone = true; });
    client.disconnectFromHost();
    return waitUntil([&] { return gone; });
}

bool datagramsWorkOnIt()
{
    QUdpSocket one;
    QUdpSocket two;
    bool read = false;
    if (!one.bind(QHostAddress::LocalHost) || !two.bind(QHostAddress::LocalHost)) {
        return false;
    }
    QObject::connect(&two, &QUdpSocket::readyRead, [&] { read = true; });
    one.writeDatagram("hello", QHostAddress(QHostAddress::LocalHost), two.localPort());
    return waitUntil([&] { return read; });
}

class TestEventDispatcher : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("QT_NO_GLIB", "1"); // Qt's own dispatcher is the measure, not GLib's
    }

    void behaves_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::addColumn<bool>("ours");
        const std::pair<const char*, Scenario> scenarios[] = {
            { "read notifier", readNotifier },
            { "notifiers are level-triggered", notifiersAreLevelTriggered },
            { "three types on one descriptor", threeTypesOnOneDescriptor },
            { "disabled notifier is silent", disabledNotifierIsSilent },
            { "on and off in one turn", onAndOffInOneTurn },
            { "a notifier deletes another", notifierDeletesAnother },
            { "descriptor comes back in the same turn", descriptorComesBackInTheSameTurn },
            { "hang-up reaches the reader", hangUpReachesTheReader },
            { "timers fire in order", timersFireInOrder },
            { "never too early", neverTooEarly },
            { "repeating timer", repeatingTimer },
            { "zero timer leaves room for sockets", zeroTimerLeavesRoomForSockets },
            { "a timer kills another", timerKillsAnother },
            { "a timer does not recurse", timerDoesNotRecurse },
            { "timers are listed", timersAreListed },
            { "very coarse timer", veryCoarseTimer },
            { "posted events come in order", postedEventsComeInOrder },
            { "posted to itself keeps it awake", postedToItselfKeepsItAwake },
            { "other threads wake it", otherThreadsWakeIt },
            { "interrupt ends the wait", interruptEndsTheWait },
            { "a wake-up between turns counts", wakeUpBetweenTurnsCounts },
            { "without socket notifiers", withoutSocketNotifiers },
            { "a nested loop takes over", nestedLoopTakesOver },
            { "QTcpSocket works on it", qtSocketsWorkOnIt },
            { "QUdpSocket works on it", datagramsWorkOnIt },
        };
        for (const auto& [name, scenario] : scenarios) {
            QTest::addRow("%s, Qt's", name) << scenario << false;
            QTest::addRow("%s, ours", name) << scenario << true;
        }
    }
    void behaves()
    {
        QFETCH(const Scenario, scenario);
        QFETCH(const bool, ours);
        bool ok = false;
        const std::unique_ptr<QThread> thread(QThread::create([&] { ok = scenario(); }));
        if (ours) {
            auto dispatcher = std::make_unique<EpollDispatcher>();
            QVERIFY(dispatcher->isValid());
            thread->setEventDispatcher(dispatcher.release());
        }
        thread->start();
        QVERIFY(thread->wait(30'000));
        QVERIFY(ok);
    }

    void idleDescriptorsStaySilent()
    {
        // Many descriptors that are silent and one that is busy: each turn must see the busy one only.
        const std::unique_ptr<QThread> thread(QThread::create([] {
            std::vector<std::unique_ptr<Pair>> pairs;
            std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
            int idle = 0;
            for (int i = 0; i < 400; ++i) {
                pairs.push_back(std::make_unique<Pair>());
                notifiers.push_back(std::make_unique<QSocketNotifier>(pairs.back()->near(), QSocketNotifier::Read));
                QObject::connect(notifiers.back().get(), &QSocketNotifier::activated, [&] { ++idle; });
            }
            Pair busy;
            int reads = 0;
            QSocketNotifier notifier(busy.near(), QSocketNotifier::Read);
            QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
                ++reads;
                busy.drain();
            });
            for (int i = 1; i <= 100; ++i) {
                busy.feed();
                QVERIFY(waitUntil([&] { return reads == i; }));
            }
            QCOMPARE(idle, 0);
        }));
        thread->setEventDispatcher(new EpollDispatcher);
        thread->start();
        QVERIFY(thread->wait(30'000));
    }
};

} // namespace

SOCKEYE_TEST(TestEventDispatcher)
#include "tst_event_dispatcher.moc"
