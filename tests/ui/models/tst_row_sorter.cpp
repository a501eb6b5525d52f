// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/messages/row_sorter.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

namespace {

/// Of this process, so far; 0 where the system does not tell.
qint64 mostMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:")) {
                return line.simplified().split(' ').at(1).toLongLong() * 1024;
            }
        }
    }
    return 0;
}

class TestRowSorter : public TestCase {
    Q_OBJECT

    static bool goesOn() { return false; }
    /// Keys without an order, of which some are the same.
    static quint64 keyOf(quint32 row, quint32 different) { return row * quint64(2'654'435'761) % different; }

private Q_SLOTS:
    void sorts_data()
    {
        QTest::addColumn<int>("words");
        QTest::addColumn<bool>("isAscending");
        QTest::addColumn<quint32>("rows");
        QTest::addColumn<bool>("hasDisk");
        constexpr auto inMemory = static_cast<quint32>(RowSorter::mostInMemory);
        for (const bool isAscending : { true, false }) {
            const char* const order = isAscending ? "up" : "down";
            QTest::addRow("nothing, %s", order) << 1 << isAscending << 0U << true;
            QTest::addRow("few, %s", order) << 3 << isAscending << 1'000U << true;
            QTest::addRow("one run, %s", order) << 1 << isAscending << inMemory << true;
            QTest::addRow("several runs, one word, %s", order) << 1 << isAscending << 3 * inMemory + 7 << true;
            QTest::addRow("several runs, three words, %s", order) << 3 << isAscending << 2 * inMemory + 1 << true;
            QTest::addRow("no disk, %s", order) << 2 << isAscending << 2 * inMemory + 1 << false;
        }
    }
    void sorts()
    {
        QFETCH(const int, words);
        QFETCH(const bool, isAscending);
        QFETCH(const quint32, rows);
        QFETCH(const bool, hasDisk);
        constexpr quint32 different = 1'000;
        const QByteArray cache = qgetenv("XDG_CACHE_HOME");
        if (!hasDisk) {
            qputenv("XDG_CACHE_HOME", "/dev/null");
        }
        RowSorter sorter(words, isAscending);
        const auto last = static_cast<std::size_t>(words) - 1; // the one that tells them apart
        for (quint32 row = 0; row < rows; ++row) {
            SortWords key {};
            key[last] = keyOf(row, different);
            sorter.add(key, row);
        }
        const RowList sorted = sorter.sorted(goesOn);
        qputenv("XDG_CACHE_HOME", cache);
        QCOMPARE(sorted.size(), qsizetype(rows));
        bool isRight = true;
        for (qsizetype i = 1; i < sorted.size(); ++i) {
            const quint64 before = keyOf(sorted[i - 1], different);
            const quint64 here = keyOf(sorted[i], different);
            // Of the same key, as they came.
            isRight = isRight && (before == here ? sorted[i - 1] < sorted[i] : (before < here) == isAscending);
        }
        QVERIFY(isRight);
    }

    void takesLittleMemory()
    {
#ifdef SOCKEYE_SANITIZED
        QSKIP("A sanitizer keeps many times as much beside the rows as they take themselves.");
#endif
        constexpr quint32 rows = 1'500'000;
        const qint64 before = mostMemory();
        if (before == 0) {
            QSKIP("The system does not tell how much memory a process takes.");
        }
        RowSorter sorter(3, true);
        for (quint32 row = 0; row < rows; ++row) {
            sorter.add({ keyOf(row, rows), row, row }, row);
        }
        const RowList sorted = sorter.sorted(goesOn);
        QCOMPARE(sorted.size(), qsizetype(rows));
        // Four bytes a row for the result, and what is under way, which does not grow with the rows: of ten million
        // rows it is less than 100 MB.
        const qint64 took = mostMemory() - before;
        QVERIFY2(took < qint64(rows) * 4 + 24'000'000, qPrintable(QString::number(took)));
    }

    void isGivenUp()
    {
        RowSorter sorter(1, true);
        for (quint32 row = 0; row < RowSorter::mostInMemory + 10; ++row) {
            sorter.add({ row }, row);
        }
        QVERIFY(sorter.sorted([] { return true; }).isEmpty());
    }

    void copiesOfAListStay()
    {
        RowList rows { 1, 3, 5 };
        const RowList copy = rows;
        for (quint32 row = 7; row < 100'000; row += 2) {
            rows.append(row);
        }
        QCOMPARE(copy.size(), 3);
        QCOMPARE(copy[2], 5U);
        QCOMPARE(rows.size(), 50'000);
        QCOMPARE(rows.indexOf(99'999, true), rows.size() - 1);
        QCOMPARE(rows.indexOf(99'999, false), rows.size() - 1);
        QCOMPARE(rows.indexOf(2, true), -1);
        QCOMPARE(rows.indexOf(2, false), -1);
        QCOMPARE(copy.indexOf(7, true), -1);
        rows.truncate(2);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.indexOf(5, true), -1);
    }
};

} // namespace

SOCKEYE_TEST(TestRowSorter)
#include "tst_row_sorter.moc"
