// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/event_fields.h"
#include "app/repeat/repeat_report.h"
#include "app/repeat/reply_match.h"
#include "tests/app/endpoint/client_help.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// The same request again and again.
class TestRepetition : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void asOftenAsAsked_data();
    void asOftenAsAsked();
    void nobodyListens();
    void stops();
    void stopsWhileAReplyIsMissing();
    void endsWithAReply();
    void othersGoBetween();
    void isReplaced();
    void goesWithItsClient();
    void report();
    void matches_data();
    void matches();
};

/// A client that repeats, and what it told.
struct Repeating {
    explicit Repeating(IoThreads& threads)
        : client(threads, nullptr)
    {
    }
    [[nodiscard]] bool waitForEnd() { return !ends.isEmpty() || ends.wait(20'000); }
    [[nodiscard]] RepeatEnd end() const { return ends.constFirst().constFirst().value<RepeatEnd>(); }
    [[nodiscard]] Exchange last() const { return exchanges.constLast().constFirst().value<Exchange>(); }

    Client client;
    QSignalSpy exchanges { &client, &Client::exchangeFinished };
    QSignalSpy ends { &client, &Client::repeatFinished };
};

const QByteArray& firstRequest()
{
    return vectors().constFirst().request;
}

} // namespace

void TestRepetition::asOftenAsAsked_data()
{
    QTest::addColumn<bool>("persistent");
    QTest::addColumn<int>("every"); // milliseconds
    QTest::newRow("a connection each, at once") << false << 0;
    QTest::newRow("a connection each, with pauses") << false << 2;
    QTest::newRow("one connection, at once") << true << 0;
    QTest::newRow("one connection, with pauses") << true << 2;
}

void TestRepetition::asOftenAsAsked()
{
    QFETCH(const bool, persistent);
    QFETCH(const int, every);
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(persistent)));
    Repeating it(m_threads);
    const qint64 begin = captureNow();
    it.client.repeat(
        optionsFor(server.address(), persistent), planOf(firstRequest()), { std::chrono::milliseconds(every), 20, {} });
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Counted);
    QCOMPARE(it.exchanges.size(), 20);
    for (qsizetype i = 0; i < it.exchanges.size(); ++i) {
        const auto exchange = it.exchanges.at(i).constFirst().value<Exchange>();
        QVERIFY2(exchange.ok(), qPrintable(exchange.failure.oneLine()));
        QVERIFY(exchange.repeats);
        QCOMPARE(exchange.reply, vectors().constFirst().reply);
        QCOMPARE(exchange.reused, persistent && i > 0);
        // One that is late does not move the others; none is early.
        QVERIFY(exchange.startedAt >= begin + i * every * 1'000'000);
    }
}

void TestRepetition::nobodyListens()
{
    const RefusingPort taken;
    Repeating it(m_threads);
    it.client.repeat(optionsFor(taken.address()), planOf("x"), { 1ms, 5, {} });
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Counted);
    QCOMPARE(it.exchanges.size(), 5);
    QCOMPARE(it.last().failure.code, FailureCode::Refused);
}

void TestRepetition::stops()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    Repeating it(m_threads);
    it.client.repeat(optionsFor(server.address(), true), planOf(firstRequest()), { 1h, 0, {} });
    QVERIFY(it.exchanges.wait());
    it.client.stopRepeating();
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Stopped);
    QCOMPARE(it.exchanges.size(), 1);
    // What does not run ends nothing.
    it.client.stopRepeating();
    QVERIFY(exchange(it.client, optionsFor(server.address(), true), planOf(firstRequest())).ok());
    QCOMPARE(it.ends.size(), 1);
}

void TestRepetition::stopsWhileAReplyIsMissing()
{
    const PlainListener listener;
    Repeating it(m_threads);
    it.client.repeat(optionsFor(listener.address(), true), planOf(firstRequest()), { 1ms, 0, {} });
    Peer peer = listener.accept();
    QCOMPARE(peer.read(firstRequest().size()), firstRequest());
    it.client.stopRepeating(); // the reply is still waited for
    peer.send(vectors().constFirst().reply);
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.exchanges.size(), 1);
    QVERIFY(it.last().ok());
    it.client.repeat(optionsFor(listener.address(), true), planOf(firstRequest()), { 1ms, 0, {} });
    QCOMPARE(peer.read(firstRequest().size()), firstRequest());
    it.client.cancel(); // and now it is not
    QTRY_COMPARE(it.ends.size(), 2);
    QCOMPARE(it.exchanges.size(), 2);
    QVERIFY(!it.last().ok());
}

void TestRepetition::endsWithAReply()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    Repeating it(m_threads);
    Repetition repetition { 1ms, 0 };
    repetition.isLast = [seen = 0](const Exchange& exchange) mutable { return exchange.ok() && ++seen == 3; };
    it.client.repeat(optionsFor(server.address(), true), planOf(firstRequest()), repetition);
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Matched);
    QCOMPARE(it.exchanges.size(), 3);
}

void TestRepetition::othersGoBetween()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    Repeating it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf(firstRequest()), { 1h, 2, {} });
    QVERIFY(it.exchanges.wait());
    const Exchange other = exchange(it.client, options, planOf(vectors().at(1).request));
    QCOMPARE(other.reply, vectors().at(1).reply);
    QVERIFY(!other.repeats);
    QVERIFY(it.ends.isEmpty());
    it.client.disconnectFromServer(); // nothing connects again an hour later
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Stopped);
}

void TestRepetition::isReplaced()
{
    const PlainListener listener;
    Repeating it(m_threads);
    const ClientOptions options = optionsFor(listener.address(), true);
    it.client.repeat(options, planOf("first"), { 1h, 0, {} });
    Peer peer = listener.accept();
    QCOMPARE(peer.read(5), QByteArray("first"));
    it.client.repeat(options, planOf(firstRequest()), { 1ms, 2, {} });
    Peer next = listener.accept();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(next.read(firstRequest().size()), firstRequest());
        next.send(vectors().constFirst().reply);
    }
    QTRY_COMPARE(it.ends.size(), 2);
    QCOMPARE(it.end(), RepeatEnd::Stopped);
    QCOMPARE(it.ends.constLast().constFirst().value<RepeatEnd>(), RepeatEnd::Counted);
    QCOMPARE(it.exchanges.size(), 3); // the one that was given up, too
}

void TestRepetition::goesWithItsClient()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    {
        Repeating it(m_threads);
        it.client.repeat(optionsFor(server.address(), true), planOf(firstRequest()), { 0ms, 0, {} });
        QVERIFY(it.exchanges.wait());
    }
    Repeating another(m_threads);
    QVERIFY(exchange(another.client, optionsFor(server.address(), true), planOf(firstRequest())).ok());
}

void TestRepetition::report()
{
    RepeatReport report;
    Exchange exchange;
    exchange.repeats = true;
    for (int i = 0; i < 4; ++i) {
        exchange.startedAt = 1'000'000'000 + i * 10'000'000; // every 10 ms
        exchange.sent = 1'000;
        exchange.whole = 501'000;
        report.add(exchange);
    }
    Exchange refused;
    refused.failure.code = FailureCode::Refused;
    refused.failure.what = QStringLiteral("Refused.");
    report.add(refused);
    QCOMPARE(report.sent(), 4);
    QCOMPARE(report.replies(), 4);
    QCOMPARE(report.failures(), 1);
    QCOMPARE(report.intervals().count(), 3U);
    QCOMPARE(report.intervals().max(), 10'000'000);
    QCOMPARE(report.latencies().min(), 500'000);
    QCOMPARE(describe(report),
        QStringLiteral(
            "Sent 4 time(s): 4 answered, 1 failed. The last failure: Refused. From one to the next: 10.0 ms at "
            "the median, 99 % within 10.0 ms, at most 10.0 ms. From request to reply: 500 µs at the median, "
            "99 % within 500 µs, at most 500 µs."));
}

void TestRepetition::matches_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<bool>("expected");
    QTest::newRow("its content") << QStringLiteral("json.result contains \"rabbit\"") << true;
    QTest::newRow("another content") << QStringLiteral("json.result == \"fox\"") << false;
    QTest::newRow("its header") << QStringLiteral("header.content-encoding == \"utf-8\"") << true;
    QTest::newRow("how long it took") << QStringLiteral("latency < 2ms && latency >= 1ms") << true;
    QTest::newRow("where it came from") << QStringLiteral("peer == 127.0.0.1 && dir == in") << true;
    QTest::newRow("its number") << QStringLiteral("number == 2") << false;
}

void TestRepetition::matches()
{
    QFETCH(const QString, where);
    QFETCH(const bool, expected);
    const auto filter = filter::Filter::compile(where, eventSchema(*defaultProtocol()));
    QVERIFY2(filter.has_value(), qPrintable(filter ? QString() : filter.error().text));
    const auto matches = replyMatches(*filter, defaultProtocol(), {});
    Exchange exchange;
    exchange.peer = { QHostAddress(QHostAddress::LocalHost), 65432 };
    exchange.reply = vectors().constFirst().reply;
    exchange.replySize = exchange.reply.size();
    exchange.replyOffset = 1000; // of a later reply on its connection
    exchange.sent = 1'000'000;
    exchange.whole = 2'500'000;
    QCOMPARE(matches(exchange), expected);
    exchange.failure.code = FailureCode::NoReply;
    QVERIFY(!matches(exchange));
}

SOCKEYE_TEST(TestRepetition)
#include "tst_repetition.moc"
