// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/kernel_facts.h"
#include "app/platform/linux/sock_diag.h"
#include "app/system/kernel_watch.h"
#include "app/system/socket_table.h"
#include "tests/app/system/raw_socket.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTest>

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Two connected sockets of the loopback.
struct Pair {
    Pair()
        : listener(RawSocket::listening(5))
        , near(RawSocket::connected(listener.port()))
        , far(listener.accept())
    {
    }
    RawSocket listener;
    RawSocket near;
    RawSocket far;

    [[nodiscard]] ConnectionEnds nearEnds() const
    {
        const QHostAddress host(QHostAddress::LocalHost);
        return { { host, near.port() }, { host, listener.port() } };
    }
    [[nodiscard]] ConnectionEnds farEnds() const { return { nearEnds().peer, nearEnds().local }; }
};

std::optional<KernelFacts> factsOf(const ConnectionEnds& ends)
{
    return readKernelFacts({ ends }).front();
}

qint64 asked(const RawSocket& socket, unsigned long what)
{
    int value = -1;
    return ::ioctl(socket.descriptor(), what, &value) == 0 ? value : -1;
}

/// Writes until nothing more fits: the peer's queue may still be filled when ours is full. Returns how much did.
qint64 fill(const RawSocket& socket)
{
    constexpr int patience = 100; // milliseconds without room
    const QByteArray block(64 * 1024, '#');
    qint64 all = 0;
    pollfd room { socket.descriptor(), POLLOUT, 0 };
    while (::poll(&room, 1, patience) > 0) {
        const ssize_t size =
            ::send(socket.descriptor(), block.constData(), static_cast<std::size_t>(block.size()), MSG_DONTWAIT);
        if (size <= 0) {
            break;
        }
        all += size;
    }
    return all;
}

class TestKernelFacts : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheSocketSays();
    void measures();
    void seesThatThePeerDoesNotRead();
    void knowsNothingOfOthers();
    void ipv4OverASocketForBoth();
    void agreesWithTheTable();
    void watches();
    void asksForNoMoreThanAScreen();
    void hostileAnswers();
};

void TestKernelFacts::saysWhatTheSocketSays()
{
    QVERIFY(tellsKernelFacts());
    const Pair pair;
    QCOMPARE(::send(pair.near.descriptor(), "twelve bytes", 12, 0), ssize_t(12));
    QTRY_COMPARE(asked(pair.far, SIOCINQ), 12);
    const auto far = factsOf(pair.farEnds());
    QVERIFY(far.has_value());
    QCOMPARE(far->state, TcpState::Established);
    QCOMPARE(far->receiveQueue, 12);
    QCOMPARE(far->sendQueue, asked(pair.far, SIOCOUTQ));
    QVERIFY(!far->peerIsFull());
}

void TestKernelFacts::measures()
{
    const Pair pair;
    QCOMPARE(::send(pair.near.descriptor(), "x", 1, 0), ssize_t(1));
    QTRY_COMPARE(asked(pair.near, SIOCOUTQ), 0);
    const auto facts = factsOf(pair.nearEnds());
    QVERIFY(facts.has_value());
    QVERIFY(facts->roundTrip > 0);
    QVERIFY(facts->congestionWindow > 0);
    QVERIFY(facts->segmentSize > 0);
    QCOMPARE(facts->retransmissions, 0U);
}

void TestKernelFacts::seesThatThePeerDoesNotRead()
{
    const Pair pair;
    QVERIFY(fill(pair.near) > 0);
    const auto near = factsOf(pair.nearEnds());
    const auto far = factsOf(pair.farEnds());
    QVERIFY(near && far);
    QCOMPARE(near->sendQueue, asked(pair.near, SIOCOUTQ));
    QCOMPARE(far->receiveQueue, asked(pair.far, SIOCINQ));
    QVERIFY(near->sendQueue > 0);
    QVERIFY(far->receiveQueue > 0);
    QTRY_VERIFY(factsOf(pair.nearEnds())->peerIsFull());
    QVERIFY(!far->peerIsFull());
    // It reads: the way is free again.
    QByteArray bytes(1024 * 1024, '\0');
    QTRY_VERIFY(::recv(pair.far.descriptor(), bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT) <= 0
        && asked(pair.near, SIOCOUTQ) == 0);
    QVERIFY(!factsOf(pair.nearEnds())->peerIsFull());
}

void TestKernelFacts::knowsNothingOfOthers()
{
    ConnectionEnds ends;
    {
        const Pair pair;
        ends = pair.nearEnds();
        const auto answers = readKernelFacts({ { ends.peer, ends.peer }, pair.nearEnds(), pair.farEnds() });
        QVERIFY(!answers[0].has_value());
        QVERIFY(answers[1].has_value() && answers[2].has_value());
    }
    const auto after = factsOf(ends);
    QVERIFY(!after || after->state != TcpState::Established);
}

void TestKernelFacts::ipv4OverASocketForBoth()
{
    const RawSocket both(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int off = 0;
    ::setsockopt(both.descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    QCOMPARE(::listen(both.descriptor(), 1), 0); // on a free port of ::
    const RawSocket client = RawSocket::connected(both.port());
    const RawSocket server = both.accept();
    const QHostAddress host(QHostAddress::LocalHost);
    const auto facts = factsOf({ { host, both.port() }, { host, client.port() } });
    QVERIFY(facts.has_value());
    QCOMPARE(facts->state, TcpState::Established);
}

void TestKernelFacts::agreesWithTheTable()
{
    const Pair pair;
    QVERIFY(fill(pair.near) > 0);
    SocketOwners owners;
    // Where there are many sockets the table takes its time, and the kernel may still move bytes: nobody writes any
    // more, so that it tells no more than the facts before it, and no less than those after it.
    const auto before = factsOf(pair.nearEnds());
    const SocketTable table = readSockets(owners, 0ms);
    const auto after = factsOf(pair.nearEnds());
    QVERIFY(before.has_value() && after.has_value());
    const auto row = std::find_if(table.rows.begin(), table.rows.end(), [&](const SocketRow& each) {
        return each.entry.local.port == pair.near.port() && each.entry.foreign.port == pair.listener.port();
    });
    QVERIFY(row != table.rows.end());
    const QString told = QStringLiteral("%1, listed as %2, then %3")
                             .arg(QString::number(before->sendQueue), QString::number(row->entry.sendQueue),
                                 QString::number(after->sendQueue));
    QVERIFY2(row->entry.sendQueue <= before->sendQueue && row->entry.sendQueue >= after->sendQueue, qPrintable(told));
    QVERIFY2(after->sendQueue > 0, qPrintable(told));
    QCOMPARE(row->entry.receiveQueue, before->receiveQueue);
}

void TestKernelFacts::watches()
{
    const Pair pair;
    KernelWatch watch;
    QSignalSpy sampled(&watch, &KernelWatch::sampled);
    watch.look({ { 7, pair.nearEnds() }, { 8, { {}, {} } } });
    watch.look({ { 9, pair.nearEnds() } }); // the first look is under way
    QTRY_COMPARE(sampled.size(), 1);
    const auto samples = sampled.takeFirst().constFirst().value<QList<KernelSample>>();
    QCOMPARE(samples.size(), 2);
    QCOMPARE(samples[0].connection, 7U);
    QVERIFY(samples[0].facts.has_value());
    QVERIFY(samples[0].time > 0);
    QVERIFY(!samples[1].facts.has_value());
}

void TestKernelFacts::asksForNoMoreThanAScreen()
{
    const Pair pair;
    KernelWatch watch;
    QSignalSpy sampled(&watch, &KernelWatch::sampled);
    watch.look(std::vector<KernelWatch::Target>(10'000, { 1, pair.nearEnds() }));
    QTRY_COMPARE(sampled.size(), 1);
    QCOMPARE(sampled.takeFirst().constFirst().value<QList<KernelSample>>().size(),
        static_cast<qsizetype>(KernelWatch::maxConnections));
}

void TestKernelFacts::hostileAnswers()
{
    QByteArray whole(16 + 72 + 4 + 232, '\0');
    const auto put = [&whole](qsizetype at, auto value) { std::memcpy(whole.data() + at, &value, sizeof value); };
    put(0, quint32(whole.size()));
    put(4, quint16(20)); // SOCK_DIAG_BY_FAMILY
    put(16 + 72, quint16(4 + 232));
    put(16 + 72 + 2, quint16(2)); // INET_DIAG_INFO
    QVERIFY(parseKernelFacts(whole).has_value());
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY(!parseKernelFacts(whole.first(size)).has_value());
    }
    for (const quint16 length :
        { quint16(0), quint16(3), quint16(4), quint16(5), quint16(0xFFFF) }) { // of the attribute
        put(16 + 72, length);
        const auto facts = parseKernelFacts(whole);
        QVERIFY(facts.has_value());
        QCOMPARE(facts->roundTrip, 0U);
        QCOMPARE(facts->peerWindow, -1);
    }
}

} // namespace

SOCKEYE_TEST(TestKernelFacts)
#include "tst_kernel_facts.moc"
