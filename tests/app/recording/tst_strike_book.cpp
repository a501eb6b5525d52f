// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/strike_book.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Which bytes faults have struck.
class TestStrikeBook : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreStruckByWhatTouchesThem_data();
    void messagesAreStruckByWhatTouchesThem();
    void streamsAreApart();
    void strikesOutOfOrderAreFound();
    void rangesThatFollowEachOtherBecomeOne();
    void aPartOfAStreamIsTold();
};

void TestStrikeBook::messagesAreStruckByWhatTouchesThem_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<QString>("names");
    QTest::newRow("before") << qint64(0) << qint64(100) << QString();
    QTest::newRow("its first byte") << qint64(0) << qint64(101) << QStringLiteral("latency");
    QTest::newRow("inside") << qint64(110) << qint64(2) << QStringLiteral("latency");
    QTest::newRow("its last byte") << qint64(149) << qint64(10) << QStringLiteral("latency, corrupt");
    QTest::newRow("both") << qint64(0) << qint64(1000) << QStringLiteral("latency, corrupt");
    QTest::newRow("between") << qint64(150) << qint64(5) << QStringLiteral("corrupt");
    QTest::newRow("behind") << qint64(156) << qint64(100) << QString();
}

void TestStrikeBook::messagesAreStruckByWhatTouchesThem()
{
    QFETCH(const qint64, offset);
    QFETCH(const qint64, size);
    StrikeBook book;
    QVERIFY(book.isEmpty());
    book.add(1, Direction::In, 100, 50, QStringLiteral("latency"));
    book.add(1, Direction::In, 155, 1, QStringLiteral("corrupt"));
    book.add(1, Direction::In, 152, 1, QStringLiteral("corrupt"));
    QCOMPARE(book.strikes(), std::size_t(3));
    QTEST(book.find(1, Direction::In, offset, size), "names");
}

void TestStrikeBook::streamsAreApart()
{
    StrikeBook book;
    book.add(1, Direction::In, 0, 10, QStringLiteral("drop"));
    QCOMPARE(book.find(1, Direction::In, 0, 10), QStringLiteral("drop"));
    QCOMPARE(book.find(1, Direction::Out, 0, 10), QString());
    QCOMPARE(book.find(2, Direction::In, 0, 10), QString());
}

void TestStrikeBook::strikesOutOfOrderAreFound()
{
    StrikeBook book;
    for (const qint64 at : { 50, 10, 30, 20, 40 }) {
        book.add(7, Direction::Out, at, 5, QStringLiteral("reorder"));
    }
    for (const qint64 at : { 10, 20, 30, 40, 50 }) {
        QCOMPARE(book.find(7, Direction::Out, at + 4, 1), QStringLiteral("reorder"));
        QCOMPARE(book.find(7, Direction::Out, at + 5, 5), QString());
    }
}

void TestStrikeBook::rangesThatFollowEachOtherBecomeOne()
{
    StrikeBook book;
    constexpr qint64 many = 30'000;
    for (qint64 i = 0; i < many; ++i) {
        book.add(1, Direction::In, i * 10, 10, QStringLiteral("latency"));
    }
    QCOMPARE(book.strikes(), static_cast<std::size_t>(many));
    const auto ranges = book.within(1, Direction::In, 0, many * 10, many);
    QCOMPARE(ranges.size(), StrikeBook::mostApart);
    QCOMPARE(ranges.back().offset + ranges.back().size, many * 10);
    QCOMPARE(book.find(1, Direction::In, many * 10 - 1, 1), QStringLiteral("latency"));
    QCOMPARE(book.find(1, Direction::In, many * 10, 1), QString());
}

void TestStrikeBook::aPartOfAStreamIsTold()
{
    StrikeBook book;
    for (qint64 at = 0; at < 1000; at += 100) {
        book.add(1, Direction::In, at, 20, QStringLiteral("cut"));
    }
    book.add(1, Direction::In, 250, 0, QStringLiteral("slow_close"));
    const auto ranges = book.within(1, Direction::In, 110, 310, 100);
    QCOMPARE(ranges.size(), std::size_t(4));
    QCOMPARE(ranges[0].offset, 100);
    QCOMPARE(ranges[2].offset, 300);
    QCOMPARE(ranges[3].name, QStringLiteral("slow_close"));
    QCOMPARE(ranges[3].size, 0);
    QCOMPARE(book.within(1, Direction::In, 0, 1000, 2).size(), std::size_t(2));
    QVERIFY(book.within(1, Direction::Out, 0, 1000, 2).empty());
}

SOCKEYE_TEST(TestStrikeBook)
#include "tst_strike_book.moc"
