// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/tcp_reassembler.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// A stream as letters: a packet is "offset:letters", written where the letter at offset n is 'a' + n.
class TestTcpReassembler : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void puts_data();
    void puts();
    void givesUpWhenAcknowledged();
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
        while (order.skip(99, true, out)) { }
        QCOMPARE(show(out), atEnd);
    }
}

void TestTcpReassembler::givesUpWhenAcknowledged()
{
    TcpReassembler order;
    order.start(0);
    std::vector<TcpReassembler::Piece> out;
    TcpReassembler::Piece piece;
    piece.size = 1;
    piece.position = 1005;
    order.add(5, piece, 0, out);
    for (int i = 0; i < 200; ++i) {
        order.acknowledge(0);
    }
    QVERIFY(!order.isStuck()); // the other side misses it too: it will come again
    for (int i = 0; i < 200 && !order.isStuck(); ++i) {
        order.acknowledge(6);
    }
    QVERIFY(order.isStuck());
    QVERIFY(order.skip(0, false, out));
    QCOMPARE(show(out), QStringLiteral("[gap 5]f|"));
    QVERIFY(!order.isStuck());

    // At the end of everything, what was acknowledged and never seen is missing, too; a FIN counts as one.
    out.clear();
    order.acknowledge(11);
    QVERIFY(!order.skip(0, false, out));
    QVERIFY(order.skip(0, true, out));
    QCOMPARE(show(out), QStringLiteral("[gap 4]"));
    order.end(10);
    QVERIFY(order.isAtEnd());
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
    for (; sequence < 1'000'000 && !order.isStuck(); sequence += 2) {
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
