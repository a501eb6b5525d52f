// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/event_text.h"
#include "app/recording/capture_log.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/capture_script.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What was recorded at an endpoint comes back from its file the same.
class TestCaptureRoundtrip : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void eventLines();
    void comesBack_data();
    void comesBack();
    void observerSeesTheSame();
    void rulesAndFaults_data();
    void rulesAndFaults();
    void commentsOfRelays_data();
    void commentsOfRelays();
    void twoBetweenTheSameEnds();
    void unknownEnds();

private:
    QTemporaryDir m_folder;
};

namespace {

void exchange(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, jsonMessage("{\"action\": \"search\", \"value\": \"ring\"}"));
    writer.chunk(1, Direction::Out, jsonMessage("{\"result\": \"x\"}"));
    writer.finished(1, Direction::Out);
    writer.finished(1, Direction::In);
    writer.closed(1, CloseKind::Orderly);
}

void client(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000, Transport::Tcp, true));
    writer.chunk(1, Direction::Out, jsonMessage("{}"));
    writer.chunk(1, Direction::In, jsonMessage("{}"));
    writer.closed(1, CloseKind::Orderly);
}

void ipv6(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000, Transport::Tcp, false, true));
    writer.chunk(1, Direction::In, jsonMessage("{}"));
    writer.closed(1, CloseKind::ResetByPeer);
}

void stillOpen(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, jsonMessage("{}").first(20));
    writer.opened(2, factsFor(40002));
    writer.finished(2, Direction::In);
}

void inPieces(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    const QByteArray bytes = jsonMessage("{\"a\": [1, 2, 3]}") + binaryMessage(noise(5000)) + jsonMessage("{}");
    for (qsizetype at = 0; at < bytes.size(); at += 7) {
        writer.chunk(1, Direction::In, bytes.sliced(at).first(std::min<qsizetype>(7, bytes.size() - at)));
    }
    writer.closed(1, CloseKind::ResetByUs);
}

void large(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, binaryMessage(noise(1'000'000)));
    writer.chunk(1, Direction::Out, binaryMessage(noise(200'000, 5)));
    writer.chunk(1, Direction::In, jsonMessage("\"" + QByteArray(300'000, 'x') + "\""));
    writer.chunk(1, Direction::In, jsonMessage("\"" + QByteArray(300'000, 'y') + "}"));
    writer.closed(1, CloseKind::Orderly);
}

void sequenceNumbersWrap(CaptureWriter& writer)
{
    // What the peer sends begins at ~connection, so soon wraps; a large number does so for what we send.
    writer.opened(7, factsFor(40000));
    writer.opened(0x3FFFFFFF, factsFor(40001));
    for (int i = 0; i < 50; ++i) {
        writer.chunk(7, Direction::In, jsonMessage(QByteArray::number(i)));
        writer.chunk(0x3FFFFFFF, Direction::Out, jsonMessage(QByteArray::number(i)));
    }
    writer.closed(7, CloseKind::Orderly);
    writer.closed(0x3FFFFFFF, CloseKind::Orderly);
}

void errors(CaptureWriter& writer)
{
    writer.error(0, QLatin1StringView("address-in-use"), QStringLiteral("Taken: by another."));
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, QByteArray("\0\0bad", 5));
    writer.error(1, codeName(ErrorCode::EmptyHeader), QStringLiteral("The same."), 0);
    writer.chunk(1, Direction::In, "afterwards");
    writer.error(1, QLatin1StringView("idle"), QStringLiteral("Zu still. 沉默 🐰"), 12, Direction::Out);
    writer.note(1, QStringLiteral("A note\nin two lines."));
    writer.note(1, QStringLiteral("Another note."));
    writer.finished(1, Direction::In);
    writer.note(1, QStringLiteral("Half closed."));
    writer.closed(1, CloseKind::ResetByUs);
    writer.error(1, QLatin1StringView("late"), QStringLiteral("After the end."));
    writer.error(9, QLatin1StringView("refused"), QStringLiteral("Never opened."));
    writer.note(0, QStringLiteral("Done."));
}

void cut(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, QByteArray(jsonMessage("{}") + jsonMessage("{}").first(40)));
    writer.chunk(1, Direction::Out, jsonMessage("{}").first(1));
    writer.closed(1, CloseKind::Orderly);
    writer.opened(2, factsFor(40001));
    writer.chunk(2, Direction::In, "\1");
    writer.error(2, codeName(ErrorCode::Truncated), QStringLiteral("Cut."), 1);
    writer.finished(2, Direction::In);
    writer.closed(2, CloseKind::Failed);
}

void samePortAgain(CaptureWriter& writer)
{
    for (quint32 id = 1; id <= 5; ++id) {
        writer.opened(id, factsFor(40000));
        writer.chunk(id, Direction::In, jsonMessage(QByteArray::number(id)));
        writer.closed(id, id % 2 == 0 ? CloseKind::Orderly : CloseKind::ResetByPeer);
    }
}

void interleaved(CaptureWriter& writer)
{
    for (quint32 id = 1; id <= 20; ++id) {
        writer.opened(id, factsFor(static_cast<quint16>(40000 + id), Transport::Tcp, id % 3 == 0, id % 4 == 0));
    }
    for (int i = 0; i < 2000; ++i) {
        const auto id = static_cast<quint32>(1 + i * 7 % 20);
        writer.chunk(id, i % 2 == 0 ? Direction::In : Direction::Out, binaryMessage(noise(i % 400)));
    }
    for (quint32 id = 20; id >= 1; --id) {
        writer.closed(id, static_cast<CloseKind>(id % 4));
    }
}

void oneWay(CaptureWriter& writer)
{
    writer.opened(1, factsFor(40000));
    for (int i = 0; i < 300; ++i) {
        writer.chunk(1, Direction::In, binaryMessage(noise(2000)));
    }
    writer.finished(1, Direction::In);
    writer.finished(1, Direction::Out);
    writer.closed(1, CloseKind::Orderly);
}

void datagrams(CaptureWriter& writer)
{
    writer.opened(4, factsFor(40000, Transport::Udp));
    writer.chunk(4, Direction::In, "hello");
    writer.chunk(4, Direction::Out, "HELLO");
    writer.chunk(4, Direction::In, {});
    writer.note(4, QStringLiteral("A note."));
    writer.opened(5, factsFor(40000, Transport::Udp, true, true));
    writer.chunk(5, Direction::Out, noise(60'000));
    writer.closed(5, CloseKind::Orderly);
    writer.closed(4, CloseKind::Failed);
    writer.opened(6, factsFor(40000, Transport::Udp));
    writer.chunk(6, Direction::In, "another");
}

} // namespace

void TestCaptureRoundtrip::comesBack_data()
{
    QTest::addColumn<CaptureScript>("script");
    QTest::addColumn<ProtocolPtr>("protocol");
    const std::pair<const char*, CaptureScript> scripts[] = { { "exchange", exchange }, { "client", client },
        { "IPv6", ipv6 }, { "still open", stillOpen }, { "in pieces", inPieces }, { "large", large },
        { "sequence numbers wrap", sequenceNumbersWrap }, { "errors", errors }, { "cut", cut },
        { "same port again", samePortAgain }, { "interleaved", interleaved }, { "one way", oneWay },
        { "datagrams", datagrams } };
    for (const auto& [name, script] : scripts) {
        for (const ProtocolPtr& protocol : { appProtocol(), rawProtocol(), linesProtocol() }) {
            QTest::addRow("%s, %s", name, qPrintable(protocol->id())) << script << protocol;
        }
    }
}

void TestCaptureRoundtrip::comesBack()
{
    QFETCH(const CaptureScript, script);
    QFETCH(const ProtocolPtr, protocol);
    CaptureOptions options;
    options.protocol = protocol;
    options.title = QStringLiteral("Server 127.0.0.1:65432");
    options.file = m_folder.filePath(QStringLiteral("live.pcapng"));
    const auto live = Capture::create(options);
    {
        CaptureWriter writer(live);
        script(writer);
    }
    live->waitUntilIdle();
    QVERIFY2(!live->failure(), qPrintable(live->failure().oneLine()));

    CaptureOptions reading;
    reading.protocol = protocol;
    const auto read = Capture::open(options.file, reading);
    read->waitUntilIdle();
    QVERIFY2(!read->failure(), qPrintable(read->failure().oneLine()));
    QCOMPARE(read->progress(), 1.0);
    QCOMPARE(messageLines(*read), messageLines(*live));
    QCOMPARE(connectionLines(*read), connectionLines(*live));
    QCOMPARE(chunkLines(*read), chunkLines(*live));
    QCOMPARE(read->startTime(), live->startTime());
    QCOMPARE(read->byteCount(), live->byteCount());
    quint64 revision = 0;
    for (const ConnectionRecord& record : live->connectionsSince(revision)) {
        QVERIFY(read->read(record.id, Direction::In, 0, record.bytesIn)
            == live->read(record.id, Direction::In, 0, record.bytesIn));
        QVERIFY(read->read(record.id, Direction::Out, 0, record.bytesOut)
            == live->read(record.id, Direction::Out, 0, record.bytesOut));
    }
}

void TestCaptureRoundtrip::observerSeesTheSame()
{
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("live.pcapng"));
    const auto before = std::make_shared<EventList>();
    options.observer = before;
    const auto live = Capture::create(options);
    {
        CaptureWriter writer(live);
        errors(writer);
        exchange(writer); // connection 1 again: after its end
    }
    live->waitUntilIdle();
    const auto after = std::make_shared<EventList>();
    options.observer = after;
    const auto read = Capture::open(options.file, options);
    read->waitUntilIdle();
    QCOMPARE(after->bytes, before->bytes);
    QCOMPARE(after->times.constFirst(), before->times.constFirst());
    QVERIFY(after->idles > 0);
}

void TestCaptureRoundtrip::rulesAndFaults_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::newRow("TCP") << Transport::Tcp;
    QTest::newRow("UDP") << Transport::Udp;
}

void TestCaptureRoundtrip::rulesAndFaults()
{
    QFETCH(const Transport, transport);
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("struck.pcapng"));
    const auto live = Capture::create(options);
    const QByteArray message = jsonMessage("{}");
    {
        CaptureWriter writer(live);
        writer.opened(3, factsFor(40000, transport));
        writer.chunk(3, Direction::In, message);
        writer.chunk(3, Direction::In, message);
        writer.met(3, Direction::In, 0, {}); // none
        writer.met(3, Direction::In, message.size(), QStringLiteral("a \"name\": of it 沉默"));
        writer.chunk(3, Direction::Out, message);
        writer.struck(3, Direction::Out, 2, 3, QStringLiteral("latency_2"));
        writer.struck(3, Direction::In, 5, 0, QStringLiteral("reset"));
        writer.closed(3, CloseKind::Orderly);
    }
    live->waitUntilIdle();
    const QString saved = m_folder.filePath(QStringLiteral("saved.pcapng"));
    QSemaphore done;
    live->save(saved, [&done](const Failure& failure) { done.release(failure ? 0 : 1); });
    QVERIFY(done.tryAcquire(1, 60'000));
    for (const QString& file : { options.file, saved }) {
        const auto read = Capture::open(file, {});
        read->waitUntilIdle();
        QCOMPARE(read->messageCount(), live->messageCount()); // no rows of their own
        QCOMPARE(read->ruleHits().size(), std::size_t(1));
        QCOMPARE(read->ruleHits().find(3, Direction::In, message.size()), QStringLiteral("a \"name\": of it 沉默"));
        QCOMPARE(read->strikes().strikes(), std::size_t(2));
        QCOMPARE(read->strikes().find(3, Direction::Out, 4, 10), QStringLiteral("latency_2"));
        QCOMPARE(read->strikes().find(3, Direction::Out, 5, 10), QString());
    }
}

void TestCaptureRoundtrip::commentsOfRelays_data()
{
    QTest::addColumn<QByteArray>("comment");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("a fault") << QByteArray("Fault in, byte 120, 30 bytes: latency") << true;
    QTest::newRow("a rule") << QByteArray("Rule out, byte 0: a: b") << true;
    QTest::newRow("of no direction") << QByteArray("Fault up, byte 120, 30 bytes: latency") << false;
    QTest::newRow("before the stream") << QByteArray("Fault in, byte -1, 30 bytes: latency") << false;
    QTest::newRow("of negative size") << QByteArray("Fault in, byte 1, -30 bytes: latency") << false;
    QTest::newRow("far away") << QByteArray("Fault in, byte 9223372036854775807, 30 bytes: latency") << false;
    QTest::newRow("no number") << QByteArray("Rule in, byte : latency") << false;
    QTest::newRow("without a name") << QByteArray("Rule in, byte 1: ") << false;
    QTest::newRow("a very long name") << QByteArray("Rule in, byte 1: " + QByteArray(400, 'x')) << false;
    QTest::newRow("somebody's words") << QByteArray("Fault in the cable") << false;
}

void TestCaptureRoundtrip::commentsOfRelays()
{
    QFETCH(const QByteArray, comment);
    QFETCH(const bool, isOne);
    CaptureEvent event;
    QCOMPARE(pcapng::parseComment(comment, event), isOne);
    if (isOne) {
        QCOMPARE(pcapng::commentOf(event), comment);
    }
}

void TestCaptureRoundtrip::twoBetweenTheSameEnds()
{
    // The batch with the end of the first one came later than that with the beginning of the second one.
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("live.pcapng"));
    const auto live = Capture::create(options);
    {
        CaptureWriter writer(live);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, jsonMessage("1"));
        writer.opened(2, factsFor(40000));
        writer.chunk(2, Direction::In, jsonMessage("22"));
        writer.chunk(1, Direction::In, jsonMessage("111"));
        writer.closed(1, CloseKind::Orderly);
        writer.chunk(2, Direction::In, jsonMessage("2222"));
    }
    live->waitUntilIdle();
    const auto read = Capture::open(options.file);
    read->waitUntilIdle();
    QCOMPARE(read->read(1, Direction::In, 0, 10'000), QByteArray(jsonMessage("1") + jsonMessage("111")));
    QCOMPARE(read->read(2, Direction::In, 0, 10'000), QByteArray(jsonMessage("22") + jsonMessage("2222")));
    QCOMPARE(read->messageCount(), 5); // with a note that says so
}

void TestCaptureRoundtrip::unknownEnds()
{
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("live.pcapng"));
    const auto live = Capture::create(options);
    {
        CaptureWriter writer(live);
        for (quint32 id = 1; id <= 3; ++id) {
            writer.opened(id, {});
        }
        for (quint32 id = 1; id <= 3; ++id) {
            writer.chunk(id, Direction::Out, jsonMessage(QByteArray::number(id)));
        }
    }
    live->waitUntilIdle();
    const auto read = Capture::open(options.file);
    read->waitUntilIdle();
    for (quint32 id = 1; id <= 3; ++id) {
        QCOMPARE(read->read(id, Direction::Out, 0, 10'000), jsonMessage(QByteArray::number(id)));
    }
    QCOMPARE(read->connection(1)->facts.local.host, QHostAddress(QHostAddress::LocalHost));
}

/// What our files say of events is read by whoever opens them, and may have been written by anybody.
void TestCaptureRoundtrip::eventLines()
{
    pcapng::EventLine opened;
    opened.connection = 7;
    opened.kind = EventKind::Opened;
    opened.weConnected = true;
    opened.localPort = 80;
    opened.peerPort = 65535;
    const auto again = pcapng::parseEventLine(pcapng::toText(opened));
    QVERIFY(again && again->kind == EventKind::Opened && again->connection == 7 && again->weConnected);
    QCOMPARE(again->localPort, 80);
    QCOMPARE(again->peerPort, 65535);
    pcapng::EventLine closed;
    closed.connection = 7;
    closed.kind = EventKind::Closed;
    closed.closeKind = CloseKind::ResetByUs;
    QVERIFY(pcapng::parseEventLine(pcapng::toText(closed))->closeKind == CloseKind::ResetByUs);
    for (const auto& [line, places] : { std::pair { pcapng::toText(opened), QList<int> { 0, 1, 2, 4, 5 } },
             std::pair { pcapng::toText(closed), QList<int> { 0, 1, 2, 3 } } }) {
        for (const int place : places) {
            QByteArrayList words = line.split(' ');
            words[place] = "x";
            const QByteArray wrong = words.join(' ');
            QVERIFY2(!pcapng::parseEventLine(wrong), wrong.constData());
        }
    }
}

SOCKEYE_TEST(TestCaptureRoundtrip)
#include "tst_capture_roundtrip.moc"
