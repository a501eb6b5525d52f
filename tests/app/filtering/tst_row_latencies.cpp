// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/row_latencies.h"
#include "tests/app/formats/packet_help.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTemporaryFile>
#include <QTest>

#include <deque>

using namespace sockeye;

/// Latencies of datagrams that come a second apart, against a list of questions that wait.
class TestRowLatencies : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void random_data();
    void random();
    void inPieces();
    void ofNothing();
};

namespace {

struct Opened {
    std::shared_ptr<Capture> capture;
    std::vector<std::optional<qint64>> expected;
};

/// Clients ask more often than they are answered: what waits grows, so that some latencies take seconds.
Opened opened(quint32 seed, int packets)
{
    constexpr qint64 second = 1'000'000'000;
    QRandomGenerator random(seed);
    std::array<std::deque<int>, 3> asked;
    QByteArrayList all;
    Opened out;
    for (int at = 0; at < packets; ++at) {
        const auto client = random.bounded(static_cast<quint32>(asked.size()));
        std::deque<int>& waiting = asked.at(client);
        TestPacket packet;
        packet.payload = "x";
        packet.udp = true;
        packet.clientPort = static_cast<quint16>(50'000 + client);
        packet.fromClient = all.size() < 3 || random.bounded(100) < 55;
        packet.fromClient = packet.fromClient || waiting.empty();
        all.append(ipPacket(packet));
        if (packet.fromClient) {
            waiting.push_back(at);
            out.expected.emplace_back();
        } else {
            out.expected.emplace_back((at - waiting.front()) * second);
            waiting.pop_front();
        }
    }
    QTemporaryFile file;
    constexpr quint32 linkRaw = 101;
    if (file.open() && file.write(pcapFile(linkRaw, all)) > 0 && file.flush()) {
        out.capture = Capture::open(file.fileName());
        out.capture->waitUntilIdle();
    }
    return out;
}

bool never()
{
    return false;
}

} // namespace

void TestRowLatencies::random_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QTest::addRow("%u", seed) << seed;
    }
}

void TestRowLatencies::random()
{
    QFETCH(quint32, seed);
    const Opened all = opened(seed, 500);
    QVERIFY(all.capture);
    QCOMPARE(all.capture->messageCount(), 500);
    RowLatencies latencies(*all.capture);
    latencies.lookAt(500, never);
    QCOMPARE(latencies.looked(), 500);
    int longOnes = 0;
    for (std::size_t row = 0; row < all.expected.size(); ++row) {
        QCOMPARE(latencies.at(static_cast<qsizetype>(row)), all.expected[row]);
        longOnes += all.expected[row].value_or(0) > 5'000'000'000 ? 1 : 0;
    }
    QVERIFY(longOnes > 20);
}

void TestRowLatencies::inPieces()
{
    const Opened all = opened(7, 200);
    QVERIFY(all.capture);
    RowLatencies latencies(*all.capture);
    for (qsizetype end = 0; end <= 200; end += 3) {
        latencies.lookAt(end, never);
        QCOMPARE(latencies.looked(), end);
        QVERIFY(!latencies.at(end)); // not looked at
    }
    latencies.lookAt(200, never);
    for (qsizetype row = 0; row < 200; ++row) {
        QCOMPARE(latencies.at(row), all.expected[static_cast<std::size_t>(row)]);
    }
}

void TestRowLatencies::ofNothing()
{
    const Opened all = opened(1, 3);
    QVERIFY(all.capture);
    RowLatencies latencies(*all.capture);
    QVERIFY(!latencies.at(0));
    latencies.lookAt(3, never);
    QVERIFY(!latencies.at(-1));
    QVERIFY(!latencies.at(3));
}

SOCKEYE_TEST(TestRowLatencies)
#include "tst_row_latencies.moc"
