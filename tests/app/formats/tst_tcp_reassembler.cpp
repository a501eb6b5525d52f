// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/tcp_reassembler.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// A stream as letters: a packet is "offset:letters", written where the letter at offset n is 'a' + n.
class TestTcpReassembler : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void puts_data();
    void puts();
    void givesUpWhatWasAcknowledged();
    void endsWithALoss_data();
    void endsWithALoss();
    void believesNoStranger();
    void startsAgain();
    void reaches();
    void boundedWaiting();
    void farBeyondFourGigabytes();
};

namespace {

QString show(const std::vector<TcpReassembler::Piece>& pieces)
{
    QString result;
    for (const TcpReassembler::Piece& piece : pieces) {
        if (piece.position < 0) {
            result += QStringLiteral("[gap %1]").arg(piece.size);
            continue;
        }
        for (qint64 i = 0; i < piece.size; ++i) {
            result += QChar(static_cast<char16_t>(u'a' + (piece.position + i - 1000)));
        }
        result += u'|';
    }
    return result;
}

} // namespace

void TestTcpReassembler::puts_data()
{
    QTest::addColumn<QString>("packets");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("atEnd");
    const auto row = [](const char* name, const char* packets, const char* result, const char* atEnd) {
        QTest::newRow(name) << QString::fromLatin1(packets) << QString::fromLatin1(result)
                            << QString::fromLatin1(atEnd);
    };
    row("in order", "0+3 3+2", "abc|de|", "");
    row("nothing", "", "", "");
    row("swapped", "3+2 0+3", "abc|de|", "");
    row("reversed", "4+1 3+1 2+1 1+1 0+1", "a|b|c|d|e|", "");
    row("repeated", "0+3 0+3 3+2 0+3 3+2", "abc|de|", "");
    row("repeated while waiting", "3+2 3+2 0+3", "abc|de|", "");
    row("overlaps what was there", "0+3 1+4", "abc|de|", "");
    row("contains what was there", "0+3 0+6", "abc|def|", "");
    row("inside what was there", "0+6 2+2", "abcdef|", "");
    row("overlaps while waiting", "2+4 4+4 0+2", "ab|cdef|gh|", "");
    row("shorter first while waiting", "2+1 2+4 0+2", "ab|c|def|", "");
    row("fills two holes", "2+1 4+1 0+2 3+1", "ab|c|d|e|", "");
    row("missing at the start", "2+2", "", "[gap 2]cd|");
    row("missing in the middle", "0+2 4+2 6+1", "ab|", "[gap 2]ef|g|");
    row("missing twice", "0+1 2+1 4+1", "a|", "[gap 1]c|[gap 1]e|");
    row("cut by the capture", "0+2-3 5+2", "ab|[gap 3]fg|", "");
    row("cut and repeated whole", "0+2-3 0+5", "ab|[gap 3]", "");
    row("cut while waiting", "2+1-2 0+2 5+1", "ab|c|[gap 2]f|", "");
}

void TestTcpReassembler::puts()
{
    QFETCH(const QString, packets);
    QFETCH(const QString, result);
    QFETCH(const QString, atEnd);
    // Once from 0, and once so that the sequence numbers wrap around inside.
    for (const quint32 base : { 0U, 0xFFFFFFFDU, 0x7FFFFFFEU }) {
        TcpReassembler order;
        order.start(base);
        std::vector<TcpReassembler::Piece> out;
        qint64 time = 0;
        for (const QString& packet : packets.split(u' ', Qt::SkipEmptyParts)) {
            const QStringList cut = packet.split(u'-');
            const QStringList parts = cut[0].split(u'+');
            const qint64 offset = parts[0].toLongLong();
            TcpReassembler::Piece piece;
            piece.size = parts[1].toLongLong();
            piece.position = 1000 + offset;
            piece.time = ++time;
            order.add(base + static_cast<quint32>(offset), piece, cut.value(1).toLongLong(), out);
        }
        QCOMPARE(show(out), result);
        qint64 last = 0;
        for (const TcpReassembler::Piece& piece : out) {
            QVERIFY(piece.time >= last);
            last = piece.time;
        }
        out.clear();
        while (order.skipAtEnd(99, false, out)) { }
        QCOMPARE(show(out), atEnd);
    }
}

namespace {

/// Letters from offset `at` on; the piece's time is its offset.
void addLetters(TcpReassembler& order, qint64 at, qint64 size, std::vector<TcpReassembler::Piece>& out)
{
    TcpReassembler::Piece piece;
    piece.size = size;
    piece.position = 1000 + at;
    piece.time = at;
    order.add(static_cast<quint32>(at), piece, 0, out);
}

} // namespace

void TestTcpReassembler::givesUpWhatWasAcknowledged()
{
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    addLetters(order, 6, 2, out);
    QVERIFY(order.acknowledge(0, true));
    QVERIFY(!order.hasAcknowledgedHole()); // the other side misses it too: it will come again
    QVERIFY(order.acknowledge(4, true));
    QVERIFY(order.hasAcknowledgedHole());
    QVERIFY(order.isFilledBy(0, 1) && !order.isFilledBy(1, 9) && !order.isFilledBy(0, 0));
    QVERIFY(order.skip(TcpReassembler::anywhere, out)); // no further than that
    QCOMPARE(show(out), QStringLiteral("[gap 4]"));
    QVERIFY(!order.hasAcknowledgedHole());
    addLetters(order, 4, 2, out); // late, and still in time
    QCOMPARE(show(out), QStringLiteral("[gap 4]ef|gh|"));
    QCOMPARE(out[2].time, 6);

    // What came after a loss keeps its own time.
    out.clear();
    addLetters(order, 10, 1, out);
    addLetters(order, 11, 1, out);
    QVERIFY(order.acknowledge(12, true));
    QVERIFY(order.skip(TcpReassembler::anywhere, out));
    QCOMPARE(show(out), QStringLiteral("[gap 2]k|l|"));
    QCOMPARE(out[0].time, 10);
    QCOMPARE(out[1].time, 10);
    QCOMPARE(out[2].time, 11);
}

void TestTcpReassembler::endsWithALoss_data()
{
    QTest::addColumn<qint64>("acknowledged"); // of which 4 bytes are here
    QTest::addColumn<qint64>("sent");
    QTest::addColumn<bool>("finSent");
    QTest::addColumn<QString>("atEnd");
    QTest::newRow("nothing") << qint64(4) << qint64(4) << false << QString();
    QTest::newRow("one byte acknowledged") << qint64(5) << qint64(4) << false << QStringLiteral("[gap 1]");
    QTest::newRow("one byte sent") << qint64(4) << qint64(5) << false << QStringLiteral("[gap 1]");
    QTest::newRow("the FIN") << qint64(5) << qint64(5) << true << QString();
    QTest::newRow("one byte and the FIN") << qint64(6) << qint64(4) << true << QStringLiteral("[gap 1]");
    QTest::newRow("more acknowledged than sent") << qint64(9) << qint64(7) << false << QStringLiteral("[gap 5]");
    QTest::newRow("more sent than acknowledged") << qint64(7) << qint64(9) << false << QStringLiteral("[gap 5]");
}

void TestTcpReassembler::endsWithALoss()
{
    QFETCH(const qint64, acknowledged);
    QFETCH(const qint64, sent);
    QFETCH(const bool, finSent);
    QFETCH(const QString, atEnd);
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    addLetters(order, 0, 4, out);
    out.clear();
    order.sent(static_cast<quint32>(sent));
    QVERIFY(order.acknowledge(static_cast<quint32>(acknowledged), true));
    while (order.skipAtEnd(99, finSent, out)) { }
    QCOMPARE(show(out), atEnd);
}

void TestTcpReassembler::believesNoStranger()
{
    constexpr qint64 far = 1'000'000'000;
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    addLetters(order, 0, 2, out);
    out.clear();
    // A single number far away says nothing, nor does one of a side that is not known to belong to this.
    QVERIFY(!order.acknowledge(far, true));
    QVERIFY(!order.acknowledge(3, false));
    QVERIFY(order.acknowledge(2, false));
    order.end(far);
    QVERIFY(!order.hasEnd());
    order.sent(far);
    addLetters(order, far, 3, out);
    QVERIFY(!order.skipAtEnd(99, false, out));
    QCOMPARE(show(out), QString());
    QCOMPARE(order.takeStray(), 3);
    QCOMPARE(order.takeStray(), 0);
    // Bytes there, and a second acknowledgement, show that so much really is missing.
    addLetters(order, far, 3, out);
    QVERIFY(order.acknowledge(far + 3, true));
    QVERIFY(order.skip(TcpReassembler::anywhere, out));
    QVERIFY(show(out).startsWith(QStringLiteral("[gap 999999998]")));
    QVERIFY(!order.acknowledge(static_cast<quint32>(2 * far), true));
    QVERIFY(order.acknowledge(static_cast<quint32>(2 * far + 10), true));
    // An end before what is here already is none.
    order.end(static_cast<quint32>(far));
    QVERIFY(!order.hasEnd());
}

void TestTcpReassembler::startsAgain()
{
    TcpReassembler order;
    order.start(static_cast<quint32>(-1'000'000));
    std::vector<TcpReassembler::Piece> out;
    addLetters(order, 4, 2, out); // by the numbers of another handshake
    addLetters(order, 0, 4, out);
    QVERIFY(out.empty());
    QVERIFY(order.isUntouched());
    order.start(0);
    order.takeReady(out);
    QCOMPARE(show(out), QStringLiteral("abcd|ef|"));
    QVERIFY(!order.isUntouched());
    QCOMPARE(order.nextSequence(), 6U);
    order.end(6);
    QCOMPARE(order.nextSequence(), 7U);
}

void TestTcpReassembler::reaches()
{
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    order.reach(0, 0, out);
    QVERIFY(out.empty());
    order.reach(5, 0, out);
    QCOMPARE(show(out), QStringLiteral("[gap 5]"));
    order.reach(3, 0, out); // what came before is there already
    order.reach(5, 0, out);
    QCOMPARE(out.size(), std::size_t(1));
    out.clear();
    order.end(7);
    order.reach(8, 0, out); // behind the FIN, which is no byte
    QCOMPARE(show(out), QStringLiteral("[gap 2]"));
    QVERIFY(order.isAtEnd());
}

void TestTcpReassembler::boundedWaiting()
{
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    TcpReassembler::Piece piece;
    piece.size = 1;
    quint32 sequence = 10;
    for (; sequence < 1'000'000 && !order.isFull(); sequence += 2) {
        order.add(sequence, piece, 0, out);
    }
    QVERIFY(sequence < 20'000);
    QVERIFY(out.empty());
}

void TestTcpReassembler::farBeyondFourGigabytes()
{
    TcpReassembler order;
    order.start(77);
    std::vector<TcpReassembler::Piece> out;
    constexpr qint64 size = 1'000'000'000;
    for (qint64 i = 0; i < 12; ++i) {
        TcpReassembler::Piece piece;
        piece.size = size;
        piece.position = i * size;
        order.add(static_cast<quint32>(77 + i * size), piece, 0, out);
        QCOMPARE(out.size(), std::size_t(i + 1));
        QCOMPARE(out.back().offset, i * size);
        QCOMPARE(out.back().size, size);
    }
}

SOCKEYE_TEST(TestTcpReassembler)
#include "tst_tcp_reassembler.moc"
