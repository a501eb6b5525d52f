// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "app/ladder/ladder_reader.h"
#include "app/ladder/ladder_words.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace sockeye;
using namespace sockeye::pcapng;

/// What stands in the ladder of packets, step by step, and of live connections.
class TestLadderReader : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void tellsSteps_data();
    void tellsSteps();
    void tellsAllConnections();
    void tellsOfCalls();
    void hasParts();
    void tellsDatagrams();
    void tellsTheEndpointsErrors();
    void growsBeforeTheEnd();
    void findsRows();
    void givesAnyPart_data();
    void givesAnyPart();

private:
    std::shared_ptr<Capture> opened(const QByteArray& file);
    QTemporaryDir m_folder;
};

namespace {

/// Literals as texts.
QStringList ladderTexts(std::initializer_list<const char*> literals)
{
    QStringList texts;
    for (const char* const literal : literals) {
        texts += QString::fromUtf8(literal);
    }
    return texts;
}

using TimedPackets = QList<std::pair<qint64, QByteArray>>; ///< milliseconds

QByteArray ladderClient(
    quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload = {}, quint16 port = 50'000)
{
    return ipPacket(
        { .payload = payload, .flags = flags, .sequence = sequence, .acknowledged = acknowledged, .clientPort = port });
}

QByteArray ladderServer(
    quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload = {}, quint16 port = 50'000)
{
    return ipPacket({ .payload = payload,
        .flags = flags,
        .sequence = sequence,
        .acknowledged = acknowledged,
        .fromClient = false,
        .clientPort = port });
}

/// The client's first byte is 101, the server's 501.
TimedPackets ladderHandshake(quint16 port = 50'000, qint64 at = 0)
{
    return { { at, ladderClient(syn, 100, 0, {}, port) }, { at, ladderServer(syn | ack, 500, 101, {}, port) },
        { at + 1, ladderClient(ack, 101, 501, {}, port) } };
}

QByteArray ladderFile(const TimedPackets& packets)
{
    const BlockBuilder builder;
    constexpr quint32 rawIp = 101;
    QByteArray file = builder.section() + builder.interface(rawIp);
    for (const auto& [time, packet] : packets) {
        file += builder.enhanced(0, static_cast<quint64>(1'000'000'000 + time * 1000), packet);
    }
    return file;
}

/// "-> GET, 4 bytes" to the server, "<- …" from it, "-- …" of both.
QStringList stepTexts(const LadderPicture& picture)
{
    QStringList told;
    for (const LadderStep& step : picture.steps) {
        const bool isBoth = step.kind == LadderKind::Closed || step.kind == LadderKind::Pause
            || step.kind == LadderKind::Error || step.kind == LadderKind::Note || step.kind == LadderKind::Lost;
        const QString remark = ladderRemark(step);
        told += QLatin1StringView(isBoth ? "-- "
                        : step.toServer  ? "-> "
                                         : "<- ")
            + ladderLabel(step, picture.isOfSeveral()) + (remark.isEmpty() ? QString() : QString(u", " + remark));
    }
    return told;
}

/// Without the pauses that a busy machine makes.
QStringList quickTexts(const LadderPicture& picture)
{
    LadderPicture quick = picture;
    std::erase_if(quick.steps, [](const LadderStep& step) { return step.kind == LadderKind::Pause; });
    return stepTexts(quick);
}

LadderPicture ladderOf(const std::shared_ptr<Capture>& capture, quint32 connection)
{
    LadderReader reader(capture, connection);
    return reader.picture({ 0, LadderReader::mostSteps, -1, false });
}

/// A capture that a test writes.
struct LiveLadder {
    LiveLadder()
        : writer(std::make_unique<CaptureWriter>(capture))
    {
    }
    void settle()
    {
        writer->flush();
        capture->waitUntilIdle();
    }
    static CaptureOptions options()
    {
        CaptureOptions made;
        made.protocol = linesProtocol();
        return made;
    }
    std::shared_ptr<Capture> capture = Capture::create(options());
    std::unique_ptr<CaptureWriter> writer;
};

} // namespace

std::shared_ptr<Capture> TestLadderReader::opened(const QByteArray& bytes)
{
    const QString name = m_folder.filePath(QStringLiteral("ladder.pcapng"));
    QFile file(name);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    file.close();
    CaptureOptions options;
    options.protocol = linesProtocol();
    auto capture = Capture::open(name, options);
    capture->waitUntilIdle();
    return written ? capture : nullptr;
}

void TestLadderReader::tellsSteps_data()
{
    QTest::addColumn<TimedPackets>("packets");
    QTest::addColumn<QStringList>("expected");
    const TimedPackets exchange = ladderHandshake()
        + TimedPackets { { 2, ladderClient(ack, 101, 501, "GET\n") }, { 5, ladderServer(ack, 501, 105, "OK\n") } };
    const QStringList told = ladderTexts({ "-> connect, accept", "-> GET, 4 bytes", "<- OK, 3 bytes" });

    QTest::newRow("an exchange") << exchange << told;
    QTest::newRow("closed by both") << exchange
            + TimedPackets { { 6, ladderClient(ack | fin, 105, 504) }, { 7, ladderServer(ack | fin, 504, 106) },
                  { 8, ladderClient(ack, 106, 505) } }
                                    << told
            + ladderTexts({ "-> FIN: sends no more, still receives", "<- FIN: end of stream", "-- closed" });
    QTest::newRow("half-closed, and answered")
        << exchange
            + TimedPackets { { 6, ladderClient(ack | fin, 105, 504) }, { 7, ladderServer(ack, 504, 106, "more\n") } }
        << told + ladderTexts({ "-> FIN: sends no more, still receives", "<- more, 5 bytes" });
    QTest::newRow("reset by the server") << exchange + TimedPackets { { 9, ladderServer(rst | ack, 504, 105) } }
                                         << told
            + ladderTexts({ "-- Connection reset: this side sent RST.", "<- RST: connection reset" });
    QTest::newRow("reset by the client") << exchange + TimedPackets { { 9, ladderClient(rst | ack, 105, 504) } }
                                         << told
            + ladderTexts({ "-- Connection reset: the peer sent RST.", "-> RST: connection reset" });
    QTest::newRow("folded time") << exchange
            + TimedPackets { { 1205, ladderClient(ack, 105, 504, "again\n") },
                  { 1404, ladderServer(ack, 504, 111, "soon\n") }, { 61'404, ladderClient(ack, 111, 509, "late\n") } }
                                 << told
            + ladderTexts(
                { "-- 1.2 s later", "-> again, 6 bytes", "<- soon, 5 bytes", "-- 60 s later", "-> late, 5 bytes" });
    QTest::newRow("bytes that nobody has") << exchange
            + TimedPackets { { 6, ladderClient(ack, 205, 504, "after\n") }, { 7, ladderServer(ack, 504, 211) },
                  { 8, ladderClient(ack | fin, 211, 504) }, { 9, ladderServer(ack | fin, 504, 212) },
                  { 10, ladderClient(ack, 212, 505) } }
                                           << told
            + ladderTexts({ "-> 100 bytes missing in the capture", "-> after, 6 bytes",
                "-> FIN: sends no more, still receives", "<- FIN: end of stream", "-- closed" });
    QTest::newRow("midway")
        << TimedPackets { { 0, ladderClient(ack, 101, 501, "GET\n") }, { 1, ladderServer(ack, 501, 105, "OK\n") } }
        << ladderTexts(
               { "-- The beginning of this connection was not captured: what is shown begins somewhere in the middle.",
                   "-> GET, 4 bytes", "<- OK, 3 bytes" });
    QTest::newRow("refused") << TimedPackets { { 0, ladderClient(syn, 100, 0) },
        { 1, ladderServer(rst | ack, 0, 101) } }
                             << ladderTexts({ "-> connect, accept", "-- failed" });
    QTest::newRow("two in one, one in two") << ladderHandshake()
            + TimedPackets { { 2, ladderClient(ack, 101, 501, "one\ntwo\n") },
                  { 3, ladderClient(ack, 109, 501, "thr") }, { 4, ladderClient(ack, 112, 501, "ee\n") } }
                                            << ladderTexts({ "-> connect, accept", "-> one, 4 bytes, shared read",
                                                   "-> two, 4 bytes, shared read", "-> three, 6 bytes in 2 reads" });
}

void TestLadderReader::tellsSteps()
{
    QFETCH(const TimedPackets, packets);
    const std::shared_ptr<Capture> capture = opened(ladderFile(packets));
    QVERIFY(capture);
    const LadderPicture picture = ladderOf(capture, 1);
    QTEST(stepTexts(picture), "expected");
    QCOMPARE(picture.progress, 1.0);
    QCOMPARE(picture.leftColumns, 1);
    QCOMPARE(picture.rightColumns, 1);
    qint64 before = 0;
    for (const LadderStep& step : picture.steps) {
        QVERIFY(step.time >= before);
        before = step.time;
        QVERIFY(step.left == 0 || step.kind == LadderKind::Pause);
    }
}

/// Connections that overlap, and one after the other: each has its line.
void TestLadderReader::tellsAllConnections()
{
    TimedPackets packets = ladderHandshake(50'001, 0) + ladderHandshake(50'002, 10);
    packets += { { 12, ladderClient(16, 101, 501, "a\n", 50'001) }, { 13, ladderClient(16, 101, 501, "b\n", 50'002) },
        { 14, ladderServer(16, 501, 103, "B\n", 50'002) }, { 15, ladderServer(16, 501, 103, "A\n", 50'001) } };
    const std::shared_ptr<Capture> capture = opened(ladderFile(packets));
    QVERIFY(capture);
    const LadderPicture all = ladderOf(capture, 0);
    QCOMPARE(stepTexts(all),
        ladderTexts({ "-> #1 connect, accept", "-> #2 connect, accept", "-> #1 a, 2 bytes", "-> #2 b, 2 bytes",
            "<- #2 B, 2 bytes", "<- #1 A, 2 bytes" }));
    QCOMPARE(all.leftColumns, 2);
    QCOMPARE(all.rightColumns, 1);
    QCOMPARE(all.steps[3].left, 1);
    QCOMPARE(all.steps[3].right, 0);
    QCOMPARE(all.spans.size(), std::size_t { 3 });
    QCOMPARE(ladderHeading(all.spans[1]), QStringLiteral("client 10.0.0.1:50002"));
    QCOMPARE(ladderTitle(all), QStringLiteral("Ladder of all connections: 6 steps"));
    const LadderPicture second = ladderOf(capture, 2);
    QCOMPARE(stepTexts(second), ladderTexts({ "-> connect, accept", "-> b, 2 bytes", "<- B, 2 bytes" }));
    QCOMPARE(ladderTitle(second), QStringLiteral("Ladder of connection #2: 3 steps"));
}

void TestLadderReader::tellsOfCalls()
{
    LiveLadder live;
    live.writer->opened(1, factsFor(40'001));
    for (const char byte : QByteArray("byte by byte\n")) {
        live.writer->chunk(1, Direction::In, QByteArray(1, byte));
    }
    live.writer->chunk(1, Direction::Out, QByteArray("a\nb\nc"));
    live.writer->chunk(1, Direction::Out, QByteArray("\n"));
    live.settle();
    const LadderPicture picture = ladderOf(live.capture, 1);
    QCOMPARE(quickTexts(picture),
        ladderTexts({ "-> connect, accept", "-> byte by byte, 13 bytes in 13 reads", "<- a, 2 bytes, shared write",
            "<- b, 2 bytes, shared write", "<- c, 2 bytes in 2 writes" }));
    const auto toldOf = [&](qsizetype row) {
        const auto found = std::find_if(
            picture.steps.begin(), picture.steps.end(), [row](const LadderStep& step) { return step.row == row; });
        return ladderSentence(*found, picture.startTime);
    };
    QVERIFY(toldOf(0).contains(QStringLiteral("It came in 13 reads, within ")));
    QVERIFY(toldOf(1).endsWith(QStringLiteral("It went out in one write together with what is beside it.")));
}

void TestLadderReader::hasParts()
{
    const std::shared_ptr<Capture> capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40'001));
    writer.chunk(1, Direction::In, jsonMessage(R"({"action": "search", "value": "ring"})"));
    writer.flush();
    capture->waitUntilIdle();
    const LadderPicture picture = ladderOf(capture, 1);
    const std::vector<LadderPart>& parts = picture.steps.back().parts;
    QVERIFY(parts.size() >= 3);
    QCOMPARE(parts.front().begin, 0.0F);
    QCOMPARE(parts.back().end, 1.0F);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        QCOMPARE(parts[i].begin, parts[i - 1].end);
    }
}

void TestLadderReader::tellsDatagrams()
{
    LiveLadder live;
    live.writer->opened(1, factsFor(40'001, Transport::Udp));
    live.writer->chunk(1, Direction::In, QByteArray("ping"));
    live.writer->chunk(1, Direction::Out, QByteArray("pong!"));
    live.settle();
    const LadderPicture picture = ladderOf(live.capture, 1);
    QCOMPARE(quickTexts(picture).size(), 2); // what is no connection is neither opened nor closed
    QVERIFY(picture.steps.front().toServer && !picture.steps.back().toServer);
    QCOMPARE(picture.leftColumns, 1);
}

void TestLadderReader::tellsTheEndpointsErrors()
{
    LiveLadder live;
    live.writer->error(0, QLatin1StringView("in-use"), QStringLiteral("The port is in use."));
    live.settle();
    const LadderPicture all = ladderOf(live.capture, 0);
    QCOMPARE(stepTexts(all), ladderTexts({ "-- The port is in use." }));
    QCOMPARE(all.steps[0].left, -1);
    QCOMPARE(ladderOf(live.capture, 1).total, 0);
}

/// What became of a connection stands at the end, and behind what comes before it later.
void TestLadderReader::growsBeforeTheEnd()
{
    LiveLadder live;
    LadderReader reader(live.capture, 0);
    const auto told = [&] { return quickTexts(reader.picture({ 0, 100, -1, false })); };
    QCOMPARE(told(), QStringList());
    live.writer->opened(1, factsFor(40'001));
    live.settle();
    QStringList expected = ladderTexts({ "-> #1 connect, accept" });
    QCOMPARE(told(), expected);
    QVERIFY(reader.picture({ 0, 100, -1, true }).isUnchanged);
    live.writer->chunk(1, Direction::In, QByteArray("x\n"));
    live.writer->opened(2, factsFor(40'002));
    live.settle();
    QVERIFY(!reader.picture({ 0, 100, -1, true }).isUnchanged);
    expected += ladderTexts({ "-> #1 x, 2 bytes", "-> #2 connect, accept" });
    QCOMPARE(told(), expected);
    live.writer->finished(1, Direction::In);
    live.settle();
    QVERIFY(!reader.picture({ 0, 100, -1, true }).isUnchanged); // without any row
    live.writer->chunk(2, Direction::In, QByteArray("y\n"));
    live.writer->closed(1, CloseKind::ResetByUs);
    live.settle();
    expected +=
        ladderTexts({ "-> #1 FIN: sends no more, still receives", "-> #2 y, 2 bytes", "<- #1 RST: connection reset" });
    QCOMPARE(told(), expected);
    QCOMPARE(quickTexts(ladderOf(live.capture, 0)), expected); // as if it had all been there at once
    const LadderPicture picture = reader.picture({ 0, 100, -1, false });
    QCOMPARE(picture.spans.front().to, picture.total); // with its reset the first line is free
    live.writer->opened(3, factsFor(40'003));
    live.settle();
    QCOMPARE(reader.picture({ 0, 100, -1, false }).steps.back().left, 0);
}

void TestLadderReader::findsRows()
{
    LiveLadder live;
    live.writer->opened(1, factsFor(40'001));
    live.writer->opened(2, factsFor(40'002));
    for (int i = 0; i < 50; ++i) {
        live.writer->chunk(i % 2 == 0 ? 1 : 2, Direction::In, QByteArray("x\n"));
        if (i % 7 == 0) {
            live.writer->opened(static_cast<quint32>(10 + i), factsFor(static_cast<quint16>(41'000 + i)));
        }
    }
    live.settle();
    for (const quint32 connection : { 0U, 1U }) {
        LadderReader reader(live.capture, connection);
        for (qsizetype row = 0; row < live.capture->messageCount(); ++row) {
            const LadderPicture picture = reader.picture({ 0, 512, row, false });
            const bool isIn = connection == 0 || live.capture->message(row).connection == connection;
            QCOMPARE(picture.selectedStep >= 0, isIn);
            QVERIFY(!isIn || picture.step(picture.selectedStep)->row == row);
        }
        QCOMPARE(reader.picture({ 0, 1, 50, false }).selectedStep, -1);
        QCOMPARE(reader.picture({ 0, 1, -1, false }).selectedStep, -1);
    }
}

void TestLadderReader::givesAnyPart_data()
{
    QTest::addColumn<qsizetype>("first");
    QTest::addColumn<qsizetype>("count");
    QTest::addColumn<qsizetype>("begin");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("all") << qsizetype { 0 } << qsizetype { 21 } << qsizetype { 0 } << qsizetype { 21 };
    QTest::newRow("more than there is") << qsizetype { 0 } << qsizetype { 1000 } << qsizetype { 0 } << qsizetype { 21 };
    QTest::newRow("the middle") << qsizetype { 7 } << qsizetype { 3 } << qsizetype { 7 } << qsizetype { 3 };
    QTest::newRow("behind the end") << std::numeric_limits<qsizetype>::max() << qsizetype { 5 } << qsizetype { 16 }
                                    << qsizetype { 5 };
    QTest::newRow("before the beginning") << qsizetype { -9 } << qsizetype { 5 } << qsizetype { 0 } << qsizetype { 5 };
    QTest::newRow("none") << qsizetype { 3 } << qsizetype { 0 } << qsizetype { 3 } << qsizetype { 0 };
    QTest::newRow("fewer than none") << qsizetype { 3 } << qsizetype { -4 } << qsizetype { 3 } << qsizetype { 0 };
}

void TestLadderReader::givesAnyPart()
{
    QFETCH(const qsizetype, first);
    QFETCH(const qsizetype, count);
    QFETCH(const qsizetype, begin);
    TimedPackets packets = ladderHandshake();
    for (quint32 i = 0; i < 20; ++i) {
        packets.push_back({ 2 + i, ladderClient(ack, 101 + 2 * i, 501, "x\n") });
    }
    const std::shared_ptr<Capture> capture = opened(ladderFile(packets));
    QVERIFY(capture);
    LadderReader reader(capture, 1);
    const LadderPicture picture = reader.picture({ first, count, -1, false });
    QTEST(static_cast<qsizetype>(picture.steps.size()), "size");
    for (std::size_t i = 0; i < picture.steps.size(); ++i) {
        QCOMPARE(picture.steps[i].number, begin + static_cast<qsizetype>(i));
    }
    QCOMPARE(picture.total, 21);
}

SOCKEYE_TEST(TestLadderReader)
#include "tst_ladder_reader.moc"
