// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/text/display_text.h"

#include <QTest>

namespace sockeye {

class TestDisplayText : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void durations_data();
    void durations();
    void seconds_data();
    void seconds();
    void rates_data();
    void rates();
    void numbers();
    void shortNumbers_data();
    void shortNumbers();
};

void TestDisplayText::durations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("0.0 s");
    QTest::newRow("tenths") << qint64(2'140'000'000) << QStringLiteral("2.1 s");
    QTest::newRow("seconds") << qint64(12'900'000'000) << QStringLiteral("12 s");
    QTest::newRow("minutes") << qint64(185'000'000'000) << QStringLiteral("3 min 5 s");
    QTest::newRow("hours") << qint64(7'500'000'000'000) << QStringLiteral("2 h 5 min");
}

void TestDisplayText::durations()
{
    QFETCH(qint64, nanoseconds);
    QTEST(durationText(nanoseconds), "text");
}

void TestDisplayText::seconds_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0.000000");
    QTest::newRow("microseconds") << qint64(12'345'678'999) << QStringLiteral("12.345678");
    QTest::newRow("before") << qint64(-1'500'000) << QStringLiteral("-0.001500");
    QTest::newRow("exact over years") << qint64(1'700'000'000'123'456'789) << QStringLiteral("1700000000.123456");
}

void TestDisplayText::seconds()
{
    QFETCH(qint64, nanoseconds);
    QTEST(secondsText(nanoseconds), "text");
}

void TestDisplayText::rates_data()
{
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0 B/s");
    QTest::newRow("bytes") << qint64(999) << QStringLiteral("999 B/s");
    QTest::newRow("thousands") << qint64(1200) << QStringLiteral("1.2 kB/s");
    QTest::newRow("many thousands") << qint64(12'300) << QStringLiteral("12 kB/s");
    QTest::newRow("millions") << qint64(5'000'000) << QStringLiteral("5.0 MB/s");
    QTest::newRow("billions") << qint64(25'000'000'000) << QStringLiteral("25 GB/s");
}

void TestDisplayText::rates()
{
    QFETCH(qint64, rate);
    QTEST(rateText(rate), "text");
}

void TestDisplayText::numbers()
{
    QCOMPARE(groupedNumber(999), QStringLiteral("999"));
    QCOMPARE(groupedNumber(65'535), QStringLiteral("65,535"));
    QCOMPARE(groupedNumber(-1'234'567), QStringLiteral("-1,234,567"));
}

void TestDisplayText::shortNumbers_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<qint64>("exactBelow");
    QTest::addColumn<QString>("text");
    QTest::newRow("exact") << qint64(99'999) << qint64(100'000) << QStringLiteral("99,999");
    QTest::newRow("no longer") << qint64(100'000) << qint64(100'000) << QStringLiteral("100k");
    QTest::newRow("one decimal") << qint64(6'359) << qint64(1'000) << QStringLiteral("6.4k");
    QTest::newRow("two digits") << qint64(9'960) << qint64(1'000) << QStringLiteral("10k");
    QTest::newRow("just under a million") << qint64(999'499) << qint64(1'000) << QStringLiteral("999k");
    QTest::newRow("nearly a million") << qint64(999'500) << qint64(1'000) << QStringLiteral("1.0M");
    QTest::newRow("millions") << qint64(2'851'672) << qint64(100'000) << QStringLiteral("2.9M");
    QTest::newRow("billions") << qint64(4'294'967'296) << qint64(100'000) << QStringLiteral("4.3G");
    QTest::newRow("more than there are units")
        << qint64(9'000'000'000'000'000'000) << qint64(0) << QStringLiteral("9,000,000T");
    QTest::newRow("negative") << qint64(-5'000'000) << qint64(1'000) << QStringLiteral("-5,000,000");
}

void TestDisplayText::shortNumbers()
{
    QFETCH(qint64, number);
    QFETCH(qint64, exactBelow);
    QTEST(shortNumber(number, exactBelow), "text");
}

SOCKEYE_TEST(TestDisplayText)

} // namespace sockeye

#include "tst_display_text.moc"
