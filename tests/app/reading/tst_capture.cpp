// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/error.h"
#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

class TestCapture : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit()); }

    void keepsOneExchange();
    void messagesInPieces();
    void badMessages_data();
    void badMessages();
    void theSameAgain();
    void bytesAfterAnError();
    void oneRowWhereBothAgree();
    void truncatedBeforeItsEnd();
    void errorsAndNotes();
    void waitingState();
    void changedConnectionsOnly();
    void largeChunks();
    void readsAcrossChunks();
    void datagrams();
    void tenThousandConnections();

private:
    static std::shared_ptr<Capture> newCapture(const ProtocolPtr& protocol = appProtocol())
    {
        CaptureOptions options;
        options.protocol = protocol;
        return Capture::create(options);
    }
    QTemporaryDir m_cache;
};

void TestCapture::keepsOneExchange()
{
    const auto capture = newCapture();
    QCOMPARE(capture->startTime(), 0);
    const QByteArray request = jsonMessage("{\"action\": \"search\"}");
    const QByteArray reply = jsonMessage("{\"result\": \"x\"}");
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, request);
        writer.chunk(1, Direction::Out, reply);
        writer.finished(1, Direction::Out);
        writer.finished(1, Direction::In);
        writer.closed(1, CloseKind::Orderly);
    }
    capture->waitUntilIdle();
    QCOMPARE(messageLines(*capture, false),
        QStringList({ QStringLiteral("message #1 in 0+%1 \"\"").arg(request.size()),
            QStringLiteral("message #1 out 0+%1 \"\"").arg(reply.size()) }));
    const auto record = capture->connection(1);
    QVERIFY(record);
    QCOMPARE(record->state, ConnectionState::Closed);
    QCOMPARE(record->bytesIn, request.size());
    QCOMPARE(record->bytesOut, reply.size());
    QCOMPARE(record->messagesIn, 1);
    QCOMPARE(record->messagesOut, 1);
    QVERIFY(record->openedAt > 0 && record->openedAt <= record->lastInAt && record->lastOutAt <= record->closedAt);
    QCOMPARE(capture->startTime(), record->openedAt);
    QCOMPARE(capture->byteCount(), request.size() + reply.size());
    QCOMPARE(capture->read(1, Direction::In, 0, 1'000'000), request);
    QCOMPARE(capture->read(1, Direction::Out, 2, 3), reply.sliced(2, 3));
    QCOMPARE(capture->read(1, Direction::Out, reply.size(), 1), QByteArray());
    QCOMPARE(capture->read(1, Direction::In, -1, 5), QByteArray());
    QCOMPARE(capture->read(7, Direction::In, 0, 5), QByteArray());
    QVERIFY(!capture->connection(7));
    QVERIFY(!capture->failure());
    QCOMPARE(capture->progress(), 1.0);
    QCOMPARE(capture->message(2).size, 0);
    QCOMPARE(capture->text(99), QString());
}

void TestCapture::messagesInPieces()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    const QByteArray two = jsonMessage("{\"a\": 1}") + jsonMessage("{\"b\": [1, 2}"); // the second one is wrong
    for (const char byte : two) {
        writer.chunk(1, Direction::In, QByteArrayView(&byte, 1));
    }
    writer.flush();
    capture->waitUntilIdle();
    const qint64 first = jsonMessage("{\"a\": 1}").size();
    QCOMPARE(capture->messageCount(), 2);
    QCOMPARE(capture->message(0).kind, RecordKind::Message);
    QCOMPARE(capture->message(1).kind, RecordKind::BadMessage);
    QCOMPARE(capture->message(1).offset, first);
    QCOMPARE(capture->message(1).size, two.size() - first);
    QVERIFY(!capture->text(capture->message(1).text).isEmpty());
    QCOMPARE(capture->chunks(1, Direction::In, 0, two.size()).size(), std::size_t(two.size()));
    QCOMPARE(capture->read(1, Direction::In, 0, two.size()), two);
}

void TestCapture::badMessages_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("whole");
    QTest::addColumn<qint64>("badOffset");
    const QByteArray good = jsonMessage("{}");
    QTest::newRow("empty header") << QByteArray("\0\0", 2) << 0 << qint64(0);
    QTest::newRow("header is no JSON") << good + QByteArray("\0\3abc", 5) << 1 << qint64(good.size());
    QTest::newRow("content is no JSON") << jsonMessage("{") << 0 << qint64(0);
    QTest::newRow("cut") << good + good.chopped(1) << 1 << qint64(good.size());
    QTest::newRow("cut fixed header") << good + QByteArray("\0", 1) << 1 << qint64(good.size());
}

void TestCapture::badMessages()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const int, whole);
    QFETCH(const qint64, badOffset);
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, stream);
    writer.closed(1, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(capture->messageCount(), whole + 1);
    const MessageRecord bad = capture->message(whole);
    QCOMPARE(bad.kind, RecordKind::BadMessage);
    QCOMPARE(bad.offset, badOffset);
    QCOMPARE(bad.offset + bad.size, stream.size());
    QVERIFY(!capture->text(bad.text).isEmpty());
    QCOMPARE(capture->connection(1)->error, capture->text(bad.text));
}

void TestCapture::theSameAgain()
{
    // What was right is not checked again, but only if it is the same in every respect.
    const auto message = [](const char* encoding, const QByteArray& content) {
        QByteArray bytes;
        appendMessage(bytes, "text/json", encoding, ByteOrder::Little, content);
        return bytes;
    };
    const QByteArray right = "{\"result\": \"\xc3\xa9\"}";
    QByteArray wrong = right;
    wrong.back() = ']';
    const QByteArrayList messages { message("utf-8", right), message("utf-8", right), message("utf-8", wrong),
        message("utf-8", right), message("ascii", right), message("utf-8", wrong) };
    const auto capture = newCapture();
    {
        CaptureWriter writer(capture);
        for (qsizetype i = 0; i < messages.size(); ++i) {
            // A message that is wrong ends its connection's.
            const auto id = static_cast<quint32>(i + 1);
            writer.opened(id, factsFor(static_cast<quint16>(40'000 + i)));
            writer.chunk(id, Direction::In, messages[i]);
            writer.chunk(id, Direction::Out, messages[i]);
        }
    }
    capture->waitUntilIdle();
    QString kinds;
    for (qsizetype row = 0; row < capture->messageCount(); ++row) {
        kinds += capture->message(row).kind == RecordKind::Message ? u'+' : u'-';
    }
    QCOMPARE(kinds, QStringLiteral("++++--++----"));
}

void TestCapture::bytesAfterAnError()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, QByteArray("\0\0", 2));
    writer.chunk(1, Direction::In, "more");
    writer.chunk(1, Direction::In, "and more");
    writer.finished(1, Direction::In);
    writer.closed(1, CloseKind::ResetByUs);
    writer.chunk(1, Direction::In, "late");
    writer.flush();
    capture->waitUntilIdle();
    const QStringList lines = messageLines(*capture, false);
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith(QStringLiteral("bad #1 in 0+2 ")), qPrintable(lines[0]));
    QVERIFY2(lines[1].startsWith(QStringLiteral("bad #1 in 2+12 \"12 more")), qPrintable(lines[1]));
    QVERIFY2(lines[2].startsWith(QStringLiteral("bad #1 in 14+4 ")), qPrintable(lines[2]));
}

void TestCapture::oneRowWhereBothAgree()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, QByteArray("\0\0", 2));
    writer.error(1, codeName(ErrorCode::EmptyHeader), QStringLiteral("The same."), 0);
    writer.error(1, QLatin1StringView("idle"), QStringLiteral("Another."));
    writer.flush();
    capture->waitUntilIdle();
    const QStringList lines = messageLines(*capture, false);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(QStringLiteral("bad")));
    QCOMPARE(lines[1], QStringLiteral("error #1 in 0+0 \"Another.\""));
}

void TestCapture::truncatedBeforeItsEnd()
{
    // An endpoint tells of a cut message before it tells of the end of the stream.
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, jsonMessage("{}").first(10));
    writer.error(1, codeName(ErrorCode::Truncated), QStringLiteral("Cut."), 10);
    writer.finished(1, Direction::In);
    writer.closed(1, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    const QStringList lines = messageLines(*capture, false);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines[0].startsWith(QStringLiteral("bad #1 in 0+10 ")), qPrintable(lines[0]));
}

void TestCapture::errorsAndNotes()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.error(0, QLatin1StringView("address-in-use"), QStringLiteral("Taken."));
    writer.error(5, QLatin1StringView("refused"), QStringLiteral("Nobody there."));
    writer.note(0, QStringLiteral("By the way."));
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(messageLines(*capture, false),
        QStringList({ QStringLiteral("error #0 in 0+0 \"Taken.\""), QStringLiteral("error #5 in 0+0 \"Nobody there.\""),
            QStringLiteral("note #0 in 0+0 \"By the way.\"") }));
}

void TestCapture::waitingState()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    const QByteArray message = binaryMessage(QByteArray(41, 'x'));
    writer.chunk(1, Direction::In, message.chopped(18));
    writer.flush();
    capture->waitUntilIdle();
    const Progress waiting = capture->connection(1)->waitingIn;
    QCOMPARE(waiting.part, AppPart::Content);
    QCOMPARE(waiting.have, 23);
    QCOMPARE(waiting.need, 41);
    QCOMPARE(capture->connection(1)->waitingOut, Progress());
}

void TestCapture::changedConnectionsOnly()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    for (quint32 id = 1; id <= 3; ++id) {
        writer.opened(id, factsFor(static_cast<quint16>(40000 + id)));
    }
    writer.flush();
    capture->waitUntilIdle();
    const auto ids = [](const QList<ConnectionRecord>& records) {
        QList<quint32> result;
        for (const auto& record : records) {
            result += record.id;
        }
        return result;
    };
    quint64 one = 0;
    quint64 other = 0;
    QCOMPARE(ids(capture->connectionsSince(one)), QList<quint32>({ 1, 2, 3 }));
    QCOMPARE(ids(capture->connectionsSince(one)), QList<quint32>());
    writer.chunk(2, Direction::In, "x");
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(ids(capture->connectionsSince(other)), QList<quint32>({ 1, 2, 3 }));
    QCOMPARE(ids(capture->connectionsSince(one)), QList<quint32>({ 2 }));
    QCOMPARE(ids(capture->connectionsSince(one)), QList<quint32>());
    QCOMPARE(ids(capture->connectionsSince(other)), QList<quint32>());
}

void TestCapture::largeChunks()
{
    const auto capture = newCapture(rawProtocol());
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    const QByteArray small = noise(100);
    const QByteArray large = noise(3 * 1024 * 1024 + 17, 2); // over a batch and over the IP limit
    writer.chunk(1, Direction::Out, small);
    writer.chunk(1, Direction::Out, large);
    writer.chunk(1, Direction::Out, small);
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(messageLines(*capture, false).size(), 3);
    QCOMPARE(capture->message(1).size, large.size());
    const auto marks = capture->chunks(1, Direction::Out, 200, 1'000'000);
    QCOMPARE(marks.size(), std::size_t(1));
    QCOMPARE(marks[0].offset, 100);
    QCOMPARE(marks[0].size, large.size());
    QVERIFY(capture->read(1, Direction::Out, 0, 1LL << 60) == small + large + small);
    QVERIFY(capture->read(1, Direction::Out, 70'000, 200'000) == large.sliced(69'900, 200'000));
}

void TestCapture::readsAcrossChunks()
{
    const auto capture = newCapture(rawProtocol());
    CaptureWriter writer(capture);
    QByteArray streams[2];
    writer.opened(1, factsFor(40000));
    writer.opened(2, factsFor(40001));
    for (int i = 0; i < 20'000; ++i) {
        const QByteArray bytes = noise(1 + i % 300, static_cast<quint32>(i));
        const int which = i % 3 == 0 ? 1 : 0;
        streams[which] += bytes;
        writer.chunk(static_cast<quint32>(which + 1), Direction::In, bytes);
    }
    writer.flush();
    capture->waitUntilIdle();
    for (quint32 id = 1; id <= 2; ++id) {
        const QByteArray& stream = streams[id - 1];
        QVERIFY(capture->read(id, Direction::In, 0, stream.size()) == stream);
        for (qint64 offset = 0; offset < stream.size(); offset += 99'991) {
            QVERIFY(capture->read(id, Direction::In, offset, 5000)
                == stream.sliced(offset).first(std::min<qint64>(5000, stream.size() - offset)));
        }
        qint64 next = 0;
        for (const ChunkMark& mark : capture->chunks(id, Direction::In, 0, stream.size())) {
            QCOMPARE(mark.offset, next);
            next += mark.size;
        }
        QCOMPARE(next, stream.size());
        QCOMPARE(capture->chunks(id, Direction::In, stream.size() - 1, 1).size(), std::size_t(1));
        QCOMPARE(capture->chunks(id, Direction::In, stream.size(), 1).size(), std::size_t(0));
    }
}

void TestCapture::datagrams()
{
    const auto capture = newCapture(appProtocol());
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000, Transport::Udp));
    writer.chunk(1, Direction::In, "hello");
    writer.chunk(1, Direction::In, {});
    writer.chunk(1, Direction::Out, "HELLO");
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(messageLines(*capture, false),
        QStringList({ QStringLiteral("message #1 in 0+5 \"\""), QStringLiteral("message #1 in 5+0 \"\""),
            QStringLiteral("message #1 out 0+5 \"\"") }));
}

void TestCapture::tenThousandConnections()
{
    const auto capture = newCapture();
    CaptureWriter writer(capture);
    const QByteArray message = jsonMessage("{}");
    constexpr quint32 count = 10'000;
    for (quint32 id = 1; id <= count; ++id) {
        writer.opened(id, factsFor(static_cast<quint16>(1024 + id)));
    }
    for (int round = 0; round < 3; ++round) {
        for (quint32 id = 1; id <= count; ++id) {
            writer.chunk(id, Direction::In, message);
        }
    }
    writer.flush();
    capture->waitUntilIdle();
    quint64 revision = 0;
    QCOMPARE(capture->connectionsSince(revision).size(), qsizetype(count));
    QCOMPARE(capture->messageCount(), qsizetype(3 * count));
    QCOMPARE(capture->read(count, Direction::In, message.size(), 2 * message.size()), message + message);
}

SOCKEYE_TEST(TestCapture)
#include "tst_capture.moc"
