// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "ui/connections/waiting_text.h"

#include <QTest>

namespace sockeye {

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 now = 1'700'000'000 * second;

ConnectionRecord server(ConnectionState state = ConnectionState::Open)
{
    ConnectionRecord record;
    record.id = 1;
    record.state = state;
    record.openedAt = now - 20 * second;
    return record;
}

ConnectionRecord receiving(quint16 part, qint64 have, qint64 need)
{
    ConnectionRecord record = server();
    record.lastInAt = now - 21 * (second / 10);
    record.bytesIn = have;
    record.waitingIn = { part, have, need, 0 };
    return record;
}

ConnectionRecord client(qint64 sent, qint64 received)
{
    ConnectionRecord record = server();
    record.facts.weConnected = true;
    record.lastOutAt = now - 3 * second;
    record.bytesOut = sent * 100;
    record.bytesIn = received * 100;
    record.messagesOut = sent;
    record.messagesIn = received;
    return record;
}

} // namespace

class TestWaitingText : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void says_data();
    void says();
    void tellsHowLongAServerWaits_data();
    void tellsHowLongAServerWaits();
    void countsHowLongAMessageIsStuck();
    void survivesAnyNumbers();
};

void TestWaitingText::says_data()
{
    QTest::addColumn<ConnectionRecord>("record");
    QTest::addColumn<ProtocolPtr>("protocol");
    QTest::addColumn<bool>("notReading");
    QTest::addColumn<bool>("live");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("adviceHolds");

    const auto row = [](const char* name, const ConnectionRecord& record, const QString& text, const QString& advice,
                         const ProtocolPtr& protocol = appProtocol(), bool notReading = false, bool live = true) {
        QTest::newRow(name) << record << protocol << notReading << live << text << advice;
    };

    row("half a fixed header", receiving(AppPart::FixedHeader, 1, 2),
        QStringLiteral("fixed header: 1 of 2 bytes, silent for 2.1 s"), QStringLiteral("one of them is missing"));
    row("part of a JSON header", receiving(AppPart::JsonHeader, 40, 103),
        QStringLiteral("JSON header: 40 of 103 bytes, silent for 2.1 s"), QStringLiteral("63 are missing"));
    row("length in the wrong byte order", receiving(AppPart::JsonHeader, 144, 0x6700),
        QStringLiteral("JSON header: 144 of 26,368 bytes, silent for 2.1 s"), QStringLiteral("would mean 103"));
    row("huge header both ways", receiving(AppPart::JsonHeader, 40, 0xffff),
        QStringLiteral("JSON header: 40 of 65,535 bytes, silent for 2.1 s"), QStringLiteral("exactly the header"));
    row("part of the content", receiving(AppPart::Content, 23, 41),
        QStringLiteral("content: 23 of 41 bytes, silent for 2.1 s"), QStringLiteral("18 are missing"));
    row("no line feed", receiving(quint16(1), 12, 0),
        QStringLiteral("end of line: 12 bytes without a line feed, silent for 2.1 s"), QStringLiteral("line feed"),
        linesProtocol());

    ConnectionRecord record = receiving(AppPart::Content, 23, 41);
    record.state = ConnectionState::PeerFinished;
    row("cut off by its end", record, QStringLiteral("content: 23 of 41 bytes, silent for 2.1 s"),
        QStringLiteral("never come"));

    record = server();
    record.facts.weConnected = true;
    record.lastOutAt = now - 12 * second;
    record.waitingOut = { AppPart::Content, 1, 41, 0 };
    row("we send in pieces", record,
        QStringLiteral("the rest of what we send: content: 1 of 41 bytes, silent for 12 s"),
        QStringLiteral("only a part"));

    record = receiving(Progress::failed, 0, 0);
    record.error = QStringLiteral("The JSON header is empty.");
    row("unreadable", record, QStringLiteral("nothing more: what came cannot be read as messages"), record.error);

    row("nothing yet", server(), QStringLiteral("a first byte, silent for 20 s"), QStringLiteral("flush"));
    row("no reply", client(1, 0), QStringLiteral("a reply, silent for 3.0 s"), QStringLiteral("sent: 1, replies: 0"));
    row("one reply for two requests", client(2, 1), QStringLiteral("a reply, silent for 3.0 s"),
        QStringLiteral("several messages for one"));
    row("many replies", client(2000, 1), QStringLiteral("1,999 replies, silent for 3.0 s"),
        QStringLiteral("sent: 2,000"));
    row("all answered", client(2, 2), QStringLiteral("the next message, silent for 3.0 s"),
        QStringLiteral("nothing is owed"));
    row("bytes count no exchanges", client(2, 1), QStringLiteral("more bytes, silent for 3.0 s"),
        QStringLiteral("nothing is owed"), rawProtocol());

    row("lines are not answered one by one", client(2, 1), QStringLiteral("the next line, silent for 3.0 s"),
        QStringLiteral("nothing is owed"), linesProtocol());

    record = server();
    record.lastInAt = now - second;
    record.bytesIn = 100;
    record.messagesIn = 1;
    row("our answer", record, QStringLiteral("our answer, silent for 1.0 s"), QStringLiteral("answer"));

    record = client(1, 1);
    record.state = ConnectionState::PeerFinished;
    row("peer finished", record, QStringLiteral("our end: the peer has finished sending, silent for 3.0 s"),
        QStringLiteral("can still read"));
    record.state = ConnectionState::WeFinished;
    row("we finished", record, QStringLiteral("the peer's end: we have finished sending, silent for 3.0 s"),
        QStringLiteral("half-close"));

    row("not read", receiving(AppPart::Content, 23, 41), QStringLiteral("nothing: not being read"),
        QStringLiteral("Go on reading"), appProtocol(), true);

    record = client(1, 0);
    record.facts.transport = Transport::Udp;
    row("a datagram without an answer", record, QStringLiteral("an answer, silent for 3.0 s"),
        QStringLiteral("UDP does not say whether"), datagramProtocol());
    record.messagesOut = 3;
    row("datagrams without answers", record, QStringLiteral("3 answers, silent for 3.0 s"),
        QStringLiteral("sent: 3, answers: 0"), datagramProtocol());
    record.messagesOut = 0;
    row("a socket without a datagram", record, QStringLiteral("us to send, silent for 20 s"),
        QStringLiteral("first datagram"), datagramProtocol());
    record.facts.weConnected = false;
    record.messagesIn = 2;
    record.lastInAt = now - second;
    row("a datagram that we did not answer", record, QStringLiteral("our answer, silent for 1.0 s"),
        QStringLiteral("error stands"), datagramProtocol());
    record.messagesOut = 2;
    row("answered datagrams", record, QStringLiteral("the next datagram, silent for 1.0 s"),
        QStringLiteral("idle time-out"), datagramProtocol());

    row("closed", server(ConnectionState::Closed), {}, {});
    record = server(ConnectionState::Closed);
    record.error = QStringLiteral("closed 17 bytes into a 41-byte content");
    row("what it died of", record, record.error, {});
    record = receiving(AppPart::Content, 23, 41);
    row("nobody waits in a file", record, {}, {}, appProtocol(), false, false);
}

void TestWaitingText::says()
{
    QFETCH(ConnectionRecord, record);
    QFETCH(ProtocolPtr, protocol);
    QFETCH(bool, notReading);
    QFETCH(bool, live);
    QFETCH(QString, text);
    QFETCH(QString, adviceHolds);
    const Waiting waiting = waitingText(record, { protocol, notReading, live, now });
    QCOMPARE(waiting.text, text);
    QVERIFY2(waiting.advice.contains(adviceHolds), qPrintable(waiting.advice));
    QCOMPARE(waiting.advice.isEmpty(), adviceHolds.isEmpty());
}

void TestWaitingText::tellsHowLongAServerWaits_data()
{
    QTest::addColumn<ConnectionRecord>("record");
    QTest::addColumn<qint64>("idle");
    QTest::addColumn<qint64>("linger");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("adviceHolds");
    QTest::addColumn<bool>("hasLimit");
    ConnectionRecord record = server();
    record.lastInAt = now - 5 * second;
    record.bytesIn = 10;
    const QString next = QStringLiteral("the next message, silent for 5.0 s");
    QTest::newRow("idle") << record << 60 * second << 2 * second << next << QStringLiteral("closed in 55 s (idle")
                          << true;
    QTest::newRow("idle any moment") << record << 4 * second << 2 * second << next << QStringLiteral("closed in 0")
                                     << true;
    QTest::newRow("waits for ever") << record << qint64(0) << 2 * second << next << QStringLiteral("nothing is owed")
                                    << false;
    record.facts.transport = Transport::Udp;
    record.messagesIn = record.messagesOut = 1;
    QTest::newRow("datagrams") << record << 60 * second << 2 * second
                               << QStringLiteral("the next datagram, silent for 5.0 s")
                               << QStringLiteral("gone in 55 s (idle") << true;
    record.facts.transport = Transport::Tcp;
    record.state = ConnectionState::WeFinished;
    record.lastInAt = now - second / 2;
    QTest::newRow("lingers") << record << 60 * second << 2 * second
                             << QStringLiteral("the peer's end, lingering: 1.5 s left")
                             << QStringLiteral("let go in 1.5 s") << true;
    QTest::newRow("half-closed by hand") << record << 60 * second << qint64(0)
                                         << QStringLiteral("the peer's end: we have finished sending, silent for 0.5 s")
                                         << QStringLiteral("closed in 59 s (idle") << true;
    QTest::newRow("a client's own") << client(2, 2) << 60 * second << 2 * second
                                    << QStringLiteral("the next message, silent for 3.0 s")
                                    << QStringLiteral("nothing is owed") << false;
}

void TestWaitingText::tellsHowLongAServerWaits()
{
    QFETCH(const ConnectionRecord, record);
    QFETCH(const qint64, idle);
    QFETCH(const qint64, linger);
    QFETCH(const QString, text);
    QFETCH(const QString, adviceHolds);
    QFETCH(const bool, hasLimit);
    WaitingContext context { appProtocol(), false, true, now };
    context.idleLimit = idle;
    context.linger = linger;
    const Waiting waiting = waitingText(record, context);
    QCOMPARE(waiting.text, text);
    QVERIFY2(waiting.advice.contains(adviceHolds), qPrintable(waiting.advice));
    QCOMPARE(waiting.advice.contains(u"idle time-out)") || waiting.advice.contains(u"let go in"), hasLimit);
}

void TestWaitingText::countsHowLongAMessageIsStuck()
{
    const WaitingContext context { appProtocol(), false, true, now };
    QCOMPARE(waitingText(receiving(AppPart::Content, 23, 41), context).stuckFor, 21 * (second / 10));
    QCOMPARE(waitingText(client(1, 0), context).stuckFor, -1);
    QCOMPARE(waitingText(server(ConnectionState::Closed), context).stuckFor, -1);
}

void TestWaitingText::survivesAnyNumbers()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    ConnectionRecord record = receiving(AppPart::Content, most, most);
    record.lastInAt = most;
    record.messagesIn = most;
    QVERIFY(!waitingText(record, { appProtocol(), false, true, 0 }).text.isEmpty());
    record = client(most / 200, 0);
    QVERIFY(!waitingText(record, { appProtocol(), false, true, most }).text.isEmpty());
}

SOCKEYE_TEST(TestWaitingText)

} // namespace sockeye

#include "tst_waiting_text.moc"
