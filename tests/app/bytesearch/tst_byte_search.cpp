// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_search.h"
#include "app/formats/pcapng/format.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace sockeye;

/// Bytes found in recordings, however they came.
class TestByteSearch : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void acrossReads_data();
    void acrossReads();
    void everyConnectionBothWays();
    void notAcrossDatagrams();
    void notAcrossGaps();
    void knowsTheRows();
    void tellsDetails();
    void endsAtTheBound();
    void stops();
    void whileItGrows();
    void goesOn_data();
    void goesOn();
    void rowsOfWhatCameLater();
    void manyStreams();
};

namespace {

ByteNeedle textNeedle(QStringView text)
{
    return *ByteNeedle::ofText(text, "UTF-8");
}

/// "1 in 4", a line for each hit.
QStringList hitLines(const ByteSearch& search)
{
    QStringList lines;
    for (qsizetype i = 0; i < search.hitCount(); ++i) {
        const StreamPlace place = search.hit(i);
        lines.append(QStringLiteral("%1 %2 %3")
                         .arg(QString::number(place.connection),
                             place.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"),
                             QString::number(place.offset)));
    }
    return lines;
}

std::shared_ptr<Capture> linesCapture()
{
    CaptureOptions options;
    options.protocol = linesProtocol();
    return Capture::create(options);
}

} // namespace

void TestByteSearch::acrossReads_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("bytes") << QString();
    QTest::newRow("pattern") << QStringLiteral("need[l]e");
}

void TestByteSearch::acrossReads()
{
    QFETCH(const QString, pattern);
    const QByteArray said = "a needle, a needleneedle\nneedle";
    for (qsizetype cut = 0; cut <= said.size(); ++cut) {
        const auto capture = linesCapture();
        {
            CaptureWriter writer(capture);
            writer.opened(1, factsFor(40000));
            writer.chunk(1, Direction::In, said.first(cut));
            writer.chunk(1, Direction::Out, "nee");
            writer.chunk(1, Direction::In, said.sliced(cut));
        }
        capture->waitUntilIdle();
        ByteSearch search(capture, pattern.isEmpty() ? textNeedle(u"needle") : *ByteNeedle::ofPattern(pattern));
        search.run();
        QCOMPARE(search.state(), ByteSearch::State::Over);
        QCOMPARE(hitLines(search),
            QStringList({ QStringLiteral("1 in 2"), QStringLiteral("1 in 12"), QStringLiteral("1 in 18"),
                QStringLiteral("1 in 25") }));
        QCOMPARE(search.bytesLooked(), search.bytesThere());
    }
}

void TestByteSearch::everyConnectionBothWays()
{
    const auto capture = linesCapture();
    const QByteArray large = noise(262'141).replace("needle", "neeeee"); // across two pieces that are read
    {
        CaptureWriter writer(capture);
        writer.opened(0xFFFFFFF0, factsFor(40002));
        writer.opened(2, factsFor(40001, Transport::Tcp, true, true));
        writer.chunk(2, Direction::Out, QByteArray(large + "needle" + large));
        writer.chunk(0xFFFFFFF0, Direction::Out, "needle");
        writer.chunk(0xFFFFFFF0, Direction::In, "0needle");
        writer.chunk(2, Direction::In, "01needle");
    }
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"needle"));
    search.run();
    QCOMPARE(hitLines(search),
        QStringList({ QStringLiteral("2 out 262141"), QStringLiteral("4294967280 out 0"),
            QStringLiteral("4294967280 in 1"), QStringLiteral("2 in 2") }));
}

void TestByteSearch::notAcrossDatagrams()
{
    const auto capture = linesCapture();
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000, Transport::Udp));
        writer.chunk(1, Direction::In, "nee");
        writer.chunk(1, Direction::In, "dle needle");
        writer.chunk(1, Direction::In, "needle");
    }
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"needle"));
    search.run();
    QCOMPARE(hitLines(search), QStringList({ QStringLiteral("1 in 7"), QStringLiteral("1 in 13") }));
    ByteSearch first(capture, *ByteNeedle::ofPattern(u"^[a-z]+"));
    first.run();
    QCOMPARE(hitLines(first),
        QStringList({ QStringLiteral("1 in 0"), QStringLiteral("1 in 3"), QStringLiteral("1 in 13") }));
    const ByteHitDetail detail = detailOf(*capture, textNeedle(u"needle"), search.hit(1));
    QCOMPARE(detail.before, QByteArray()); // of another datagram
    QCOMPARE(detail.after, QByteArray());
}

void TestByteSearch::notAcrossGaps()
{
    const auto packet = [](const QByteArray& payload, quint32 sequence) {
        return linkPacket(
            pcapng::linkEthernet, ipPacket({ .payload = payload, .sequence = sequence, .acknowledged = 500 }));
    };
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(pcapFile(pcapng::linkEthernet,
        { packet("a needle, nee", 100), packet("dle needle", 200),
            linkPacket(pcapng::linkEthernet,
                ipPacket({ .payload = {}, .sequence = 500, .acknowledged = 210, .fromClient = false })) }));
    file.close();
    CaptureOptions options;
    options.protocol = linesProtocol();
    const auto capture = Capture::open(file.fileName(), options);
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"needle"));
    search.run();
    QCOMPARE(hitLines(search), QStringList({ QStringLiteral("1 in 2"), QStringLiteral("1 in 104") }));
    QCOMPARE(search.bytesLooked(), qint64 { 23 });
}

void TestByteSearch::knowsTheRows()
{
    const auto capture = linesCapture();
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, "one\ntwo needle needle\nthr");
        writer.chunk(1, Direction::Out, "needle\n");
        writer.chunk(1, Direction::In, "ee nee");
        writer.chunk(1, Direction::In, "dle\nneedle"); // the last one is of no message yet
    }
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"needle"));
    QVERIFY(!search.hasRows());
    search.run();
    QVERIFY(search.hasRows());
    QCOMPARE(hitLines(search).size(), 5);
    QList<qsizetype> rows;
    for (qsizetype i = 0; i < search.hitCount(); ++i) {
        rows.append(search.rowOf(i));
    }
    QCOMPARE(rows, QList<qsizetype>({ 1, 1, 2, 3, -1 }));
}

void TestByteSearch::tellsDetails()
{
    const auto capture = linesCapture();
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, "0123456789 0123456789 wo");
        writer.chunk(1, Direction::In, "rd, and what comes behind it, which is more than that");
    }
    capture->waitUntilIdle();
    for (const ByteNeedle& needle : { textNeedle(u"word"), *ByteNeedle::ofPattern(u"\\bw[a-z]*\\b") }) {
        ByteSearch search(capture, needle);
        search.run();
        QVERIFY(search.hitCount() > 0);
        const ByteHitDetail detail = detailOf(*capture, needle, search.hit(0));
        QCOMPARE(detail.before, QByteArray("3456789 "));
        QCOMPARE(detail.match, QByteArray("word"));
        QCOMPARE(detail.size, qint64 { 4 });
        QCOMPARE(detail.after, QByteArray(", and what c"));
        QVERIFY(detail.time > 0);
    }
}

void TestByteSearch::endsAtTheBound()
{
    const auto capture = linesCapture();
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, QByteArray(100, 'x'));
        writer.chunk(1, Direction::Out, QByteArray(100, 'x'));
    }
    capture->waitUntilIdle();
    ByteSearch all(capture, textNeedle(u"x"), 200);
    all.run();
    QCOMPARE(all.state(), ByteSearch::State::Over);
    QCOMPARE(all.hitCount(), qsizetype { 200 });
    ByteSearch some(capture, textNeedle(u"x"), 120);
    some.run();
    QCOMPARE(some.state(), ByteSearch::State::Full);
    QCOMPARE(some.hitCount(), qsizetype { 120 });
    QCOMPARE(some.hit(119), (StreamPlace { 1, Direction::Out, 19 }));
}

void TestByteSearch::stops()
{
    const auto capture = linesCapture();
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, QByteArray(100, 'x'));
    }
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"x"));
    search.stop();
    search.run();
    QCOMPARE(search.state(), ByteSearch::State::Stopped);
    QCOMPARE(search.hitCount(), qsizetype { 0 });
}

void TestByteSearch::whileItGrows()
{
    const auto capture = linesCapture();
    constexpr int turns = 300;
    std::thread writes([&capture] {
        CaptureWriter writer(capture);
        for (quint32 id = 1; id <= 3; ++id) {
            writer.opened(id, factsFor(static_cast<quint16>(40000 + id)));
        }
        for (int i = 0; i < turns; ++i) {
            writer.chunk(static_cast<quint32>(1 + i % 3), Direction::In, "nee");
            writer.chunk(static_cast<quint32>(1 + i % 3), Direction::In, "dle\n");
            writer.flush();
        }
    });
    for (int i = 0; i < 20; ++i) {
        ByteSearch search(capture, textNeedle(u"needle"));
        search.run();
        QCOMPARE(search.state(), ByteSearch::State::Over);
        for (qsizetype hit = 0; hit < search.hitCount(); ++hit) {
            QCOMPARE(search.hit(hit).offset % 7, 0);
        }
    }
    writes.join();
    capture->waitUntilIdle();
    ByteSearch search(capture, textNeedle(u"needle"));
    search.run();
    QCOMPARE(search.hitCount(), qsizetype { turns });
    QCOMPARE(search.rowOf(search.hitCount() - 1) >= 0, true);
}

void TestByteSearch::goesOn_data()
{
    acrossReads_data();
}

/// Piece by piece, each looked at when it is there.
void TestByteSearch::goesOn()
{
    QFETCH(const QString, pattern);
    const auto capture = linesCapture();
    ByteSearch search(capture, pattern.isEmpty() ? textNeedle(u"needle") : *ByteNeedle::ofPattern(pattern));
    search.run();
    QCOMPARE(search.state(), ByteSearch::State::Over);
    QVERIFY(!search.hasMore());
    CaptureWriter writer(capture);
    const auto come = [&](quint32 connection, const QByteArray& bytes) {
        writer.chunk(connection, Direction::In, bytes);
        writer.flush();
        capture->waitUntilIdle();
        QVERIFY(search.hasMore());
        search.run();
        QVERIFY(!search.hasMore());
    };
    writer.opened(1, factsFor(40000));
    writer.opened(2, factsFor(40001));
    come(1, "a needle, nee");
    QCOMPARE(hitLines(search), QStringList({ QStringLiteral("1 in 2") }));
    come(2, "dle needle");
    come(1, "dle\n");
    come(2, "needle");
    QCOMPARE(hitLines(search),
        QStringList({ QStringLiteral("1 in 2"), QStringLiteral("2 in 4"), QStringLiteral("1 in 10"),
            QStringLiteral("2 in 10") }));
    search.stop();
    writer.chunk(1, Direction::In, "needle");
    writer.flush();
    capture->waitUntilIdle();
    search.run();
    QCOMPARE(search.state(), ByteSearch::State::Stopped);
    QVERIFY(!search.hasMore());
    QCOMPARE(search.hitCount(), qsizetype { 4 });
}

/// Also of a hit that began in a message that was whole before the hit was.
void TestByteSearch::rowsOfWhatCameLater()
{
    const auto capture = linesCapture();
    ByteSearch search(capture, *ByteNeedle::ofHex(u"65 0a 6e"));
    CaptureWriter writer(capture);
    const auto come = [&](const QByteArray& bytes) {
        writer.chunk(1, Direction::In, bytes);
        writer.flush();
        capture->waitUntilIdle();
        search.run();
    };
    writer.opened(1, factsFor(40000));
    come("one\nnext\n");
    come("one\nne");
    QCOMPARE(hitLines(search), QStringList({ QStringLiteral("1 in 2"), QStringLiteral("1 in 11") }));
    QCOMPARE(search.rowOf(0), qsizetype { 0 });
    QCOMPARE(search.rowOf(1), qsizetype { 2 });
    come("xt\none\n");
    come("next");
    QCOMPARE(hitLines(search).constLast(), QStringLiteral("1 in 20"));
    QCOMPARE(search.rowOf(2), qsizetype { 4 });
    QVERIFY(!search.hasMore());
}

/// What is kept of each stream stays within a bound together; short matches are those of the whole all the same.
void TestByteSearch::manyStreams()
{
    const auto capture = linesCapture();
    constexpr quint32 streams = 3000;
    {
        CaptureWriter writer(capture);
        for (quint32 id = 1; id <= streams; ++id) {
            writer.opened(id, factsFor(static_cast<quint16>(1000 + id)));
        }
        for (const QByteArray& part : { QByteArray("a need"), QByteArray("le and n"), QByteArray("eedle\n") }) {
            for (quint32 id = 1; id <= streams; ++id) {
                writer.chunk(id, Direction::Out, part);
            }
        }
    }
    capture->waitUntilIdle();
    for (const ByteNeedle& needle : { textNeedle(u"needle"), *ByteNeedle::ofPattern(u"ne{2}dle") }) {
        ByteSearch search(capture, needle);
        search.run();
        QCOMPARE(search.hitCount(), qsizetype { 2 * streams });
        for (qsizetype i = 0; i < search.hitCount(); ++i) {
            QVERIFY(search.hit(i).offset == 2 || search.hit(i).offset == 13);
            QVERIFY(search.rowOf(i) >= 0);
        }
    }
}

SOCKEYE_TEST(TestByteSearch)
#include "tst_byte_search.moc"
