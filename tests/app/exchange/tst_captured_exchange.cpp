// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exchange/captured_exchange.h"
#include "app/recording/capture_writer.h"
#include "app/tls/tls_facts.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"

#include <QTemporaryFile>
#include <QTest>

namespace sockeye {

namespace {

bool isWanted()
{
    return true;
}

/// Packets that are a second apart: '>' and '<' before the text say who sends it.
std::shared_ptr<Capture> linesOf(const QByteArrayList& said)
{
    constexpr quint8 syn = 0x02;
    constexpr quint8 synAck = 0x12;
    quint32 client = 1001;
    quint32 server = 5001;
    TestPacket asks;
    asks.flags = syn;
    asks.sequence = client - 1;
    TestPacket accepts;
    accepts.flags = synAck;
    accepts.fromClient = false;
    accepts.sequence = server - 1;
    accepts.acknowledged = client;
    QByteArrayList packets { ipPacket(asks), ipPacket(accepts) };
    for (const QByteArray& each : said) {
        TestPacket packet;
        packet.fromClient = each.startsWith('>');
        packet.payload = each.mid(1);
        packet.sequence = packet.fromClient ? client : server;
        packet.acknowledged = packet.fromClient ? server : client;
        (packet.fromClient ? client : server) += static_cast<quint32>(packet.payload.size());
        packets.append(ipPacket(packet));
    }
    constexpr quint32 linkRaw = 101;
    QTemporaryFile file;
    CaptureOptions options;
    options.protocol = linesProtocol();
    if (!file.open() || file.write(pcapFile(linkRaw, packets)) <= 0 || !file.flush()) {
        return nullptr;
    }
    auto capture = Capture::open(file.fileName(), options);
    capture->waitUntilIdle();
    return capture;
}

} // namespace

class TestCapturedExchange : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void steps_data();
    void steps();
    void everyRow();
    void connectionsInTurn();
    void replyThatComesLater();
    void withTls();
    void givesUp();
};

void TestCapturedExchange::steps_data()
{
    QTest::addColumn<QByteArrayList>("said");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("request");
    QTest::addColumn<int>("reply");
    QTest::addColumn<QString>("text");
    const QByteArrayList plain { ">ask\n", "<say\n" };
    QTest::newRow("request") << plain << 0 << 0 << 1
                             << QStringLiteral("request 0.00 ms · wait 1000 ms · reply 0.00 ms · total 1000 ms");
    QTest::newRow("reply") << plain << 1 << 0 << 1
                           << QStringLiteral("request 0.00 ms · wait 1000 ms · reply 0.00 ms · total 1000 ms");
    const QByteArrayList pieces { ">a", ">s", ">k\n", "<sa", "<y\n" };
    QTest::newRow("in pieces") << pieces << 1 << 0 << 1
                               << QStringLiteral("request 2000 ms · wait 1000 ms · reply 1000 ms · total 4000 ms");
    const QByteArrayList glued { ">one\ntwo\n", "<1\n", "<2\n" };
    QTest::newRow("the second of what came at once")
        << glued << 1 << 1 << 3 << QStringLiteral("request 0.00 ms · wait 2000 ms · reply 0.00 ms · total 2000 ms");
    const QByteArrayList early { ">a", "<say\n", ">sk\n", "<again\n" };
    QTest::newRow("a line before the request was whole answers none")
        << early << 0 << -1 << 0 << QStringLiteral("reply 0.00 ms");
    QTest::newRow("and the next one does")
        << early << 1 << 1 << 2 << QStringLiteral("request 2000 ms · wait 1000 ms · reply 0.00 ms · total 3000 ms");
    const QByteArrayList silent { ">a", ">sk\n" };
    QTest::newRow("no reply") << silent << 0 << 0 << -1 << QStringLiteral("request 1000 ms");
    const QByteArrayList midReply { ">ask\n", "<s", ">more\n", "<ay\n", "<rest\n" };
    QTest::newRow("a reply that began before the next request")
        << midReply << 3 << 1 << 3 << QStringLiteral("request 0.00 ms · wait 2000 ms · reply 0.00 ms · total 2000 ms");
}

void TestCapturedExchange::steps()
{
    QFETCH(QByteArrayList, said);
    QFETCH(int, row);
    const auto capture = linesOf(said);
    QVERIFY(capture);
    ExchangeFinder finder(capture);
    const auto exchange = finder.of(row, isWanted);
    QVERIFY(exchange);
    QTEST(static_cast<int>(exchange->rows.request), "request");
    QTEST(static_cast<int>(exchange->rows.reply), "reply");
    QTEST(exchange->steps.text(), "text");
    QVERIFY(exchange->isOver); // nothing more comes to a file
}

void TestCapturedExchange::everyRow()
{
    QByteArrayList said;
    for (int i = 0; i < 300; ++i) {
        said.append(i % 3 == 2 ? QByteArray("<1\n2\n") : QByteArray(">ask\n"));
    }
    const auto capture = linesOf(said);
    QVERIFY(capture);
    QCOMPARE(capture->messageCount(), 400);
    std::vector<qsizetype> requests;
    std::vector<qsizetype> replies;
    for (qsizetype row = 0; row < capture->messageCount(); ++row) {
        (capture->message(row).direction == Direction::In ? requests : replies).push_back(row);
    }
    ExchangeFinder forwards(capture);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        for (const qsizetype row : { requests[i], replies[i] }) {
            const auto exchange = forwards.of(row, isWanted);
            QVERIFY(exchange);
            QCOMPARE(exchange->rows.request, requests[i]);
            QCOMPARE(exchange->rows.reply, replies[i]);
        }
    }
    QVERIFY(!forwards.of(-1, isWanted));
    QVERIFY(!forwards.of(400, isWanted));
}

void TestCapturedExchange::connectionsInTurn()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    for (quint32 connection : { 1U, 2U }) {
        writer.opened(connection, factsFor(static_cast<quint16>(40'000 + connection)));
    }
    writer.chunk(1, Direction::In, jsonMessage("[1]"));
    writer.chunk(2, Direction::In, jsonMessage("[2]"));
    writer.chunk(2, Direction::Out, jsonMessage("[22]"));
    writer.chunk(1, Direction::Out, jsonMessage("[11]"));
    writer.flush();
    waitUntilIdle(*capture);
    ExchangeFinder finder(capture);
    for (const auto& [row, request, reply] : { std::tuple(0, 0, 3), std::tuple(1, 1, 2), std::tuple(3, 0, 3) }) {
        const auto exchange = finder.of(row, isWanted);
        QVERIFY(exchange);
        QCOMPARE(exchange->rows.request, request);
        QCOMPARE(exchange->rows.reply, reply);
        const MessageRecord asked = capture->message(request);
        QCOMPARE(exchange->steps.total(), capture->message(reply).time - asked.time);
    }
}

void TestCapturedExchange::replyThatComesLater()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40'001));
    writer.chunk(1, Direction::In, jsonMessage("[1]"));
    writer.flush();
    waitUntilIdle(*capture);
    ExchangeFinder finder(capture);
    const auto before = finder.of(0, isWanted);
    QVERIFY(before);
    QCOMPARE(before->rows.reply, -1);
    QVERIFY(!before->isOver);
    writer.chunk(1, Direction::Out, jsonMessage("[2]"));
    writer.chunk(1, Direction::In, jsonMessage("[3]"));
    writer.closed(1, CloseKind::Orderly);
    writer.flush();
    waitUntilIdle(*capture);
    const auto after = finder.of(0, isWanted);
    QVERIFY(after);
    QCOMPARE(after->rows.reply, 1);
    QVERIFY(after->isOver);
    const auto last = finder.of(2, isWanted);
    QVERIFY(last);
    QCOMPARE(last->rows.reply, -1);
    QVERIFY(last->isOver); // the connection is
}

void TestCapturedExchange::withTls()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    ConnectionFacts facts = factsFor(40'001);
    facts.tls = true;
    writer.opened(1, facts);
    writer.tls(1, TlsFacts());
    for (int i = 0; i < 2; ++i) {
        writer.chunk(1, Direction::In, jsonMessage("[1]"));
        writer.chunk(1, Direction::Out, jsonMessage("[2]"));
    }
    writer.flush();
    waitUntilIdle(*capture);
    QCOMPARE(capture->messageCount(), 5);
    const auto note = capture->message(0);
    QCOMPARE(note.kind, RecordKind::Note);
    ExchangeFinder finder(capture);
    QVERIFY(!finder.of(0, isWanted)); // no message
    const auto first = finder.of(1, isWanted);
    QVERIFY(first);
    QCOMPARE(first->steps.durations[ExchangeSteps::Tls], note.time - capture->connection(1)->openedAt);
    const auto second = finder.of(3, isWanted);
    QVERIFY(second);
    QCOMPARE(second->steps.durations[ExchangeSteps::Tls], -1);
}

void TestCapturedExchange::givesUp()
{
    const auto capture = linesOf({ ">ask\n", "<say\n" });
    QVERIFY(capture);
    ExchangeFinder finder(capture);
    QVERIFY(!finder.of(1, [] { return false; }));
    QVERIFY(finder.of(1, isWanted));
}

SOCKEYE_TEST(TestCapturedExchange)

} // namespace sockeye

#include "tst_captured_exchange.moc"
