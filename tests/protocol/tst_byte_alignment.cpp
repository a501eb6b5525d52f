// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/comparison/byte_alignment.h"
#include "protocol/comparison/byte_anchors.h"
#include "tests/testcase.h"

#include <QTest>

#include <random>

namespace sockeye {

namespace {

/// "=3 ~2/2 +1 -4": same, in each other's place, only on the right, only on the left.
QString runsText(const ByteAlignment& alignment)
{
    QStringList texts;
    for (const AlignedRun& run : alignment.runs) {
        texts.append(run.isSame     ? QStringLiteral("=%1").arg(run.leftSize)
                : run.leftSize == 0 ? QStringLiteral("+%1").arg(run.rightSize)
                : run.rightSize == 0
                ? QStringLiteral("-%1").arg(run.leftSize)
                : QString(u'~' + QString::number(run.leftSize) + u'/' + QString::number(run.rightSize)));
    }
    return texts.join(u' ');
}

/// What the right side is if one believes the runs; they must cover both sides without a hole.
QByteArray rightAfterRuns(
    const QByteArray& left, const QByteArray& right, const ByteAlignment& alignment, QString& wrong)
{
    QByteArray made;
    qint64 leftEnd = 0;
    qint64 rightEnd = 0;
    qint64 cells = 0;
    for (std::size_t i = 0; i < alignment.runs.size(); ++i) {
        const AlignedRun& run = alignment.runs[i];
        if (run.left != leftEnd || run.right != rightEnd || run.cell != cells || run.cells() == 0
            || (run.isSame && run.leftSize != run.rightSize) || (i > 0 && run.isSame == alignment.runs[i - 1].isSame)) {
            wrong = QStringLiteral("run %1 of %2").arg(QString::number(i), runsText(alignment));
        }
        made += run.isSame ? left.mid(run.left, run.leftSize) : right.mid(run.right, run.rightSize);
        leftEnd += run.leftSize;
        rightEnd += run.rightSize;
        cells += run.cells();
    }
    if (leftEnd != left.size() || rightEnd != right.size() || cells != alignment.cells) {
        wrong = QStringLiteral("ends of %1").arg(runsText(alignment));
    }
    return made;
}

/// Bytes removed and inserted.
qint64 costOf(const ByteAlignment& alignment)
{
    qint64 cost = 0;
    for (const AlignedRun& run : alignment.runs) {
        cost += run.isSame ? 0 : run.leftSize + run.rightSize;
    }
    return cost;
}

/// The least possible, by the table that everybody knows.
qint64 leastCost(const QByteArray& left, const QByteArray& right)
{
    std::vector<qint64> row(static_cast<std::size_t>(right.size()) + 1);
    for (const char byte : left) {
        qint64 diagonal = 0;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const qint64 above = row[j];
            row[j] = byte == right[static_cast<qsizetype>(j) - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
            diagonal = above;
        }
    }
    return left.size() + right.size() - 2 * row.back();
}

QByteArray anyBytes(std::mt19937& random, qsizetype size, int letters)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes) {
        byte = static_cast<char>('a' + static_cast<int>(random() % static_cast<unsigned>(letters)));
    }
    return bytes;
}

/// With some bytes replaced, inserted and removed.
QByteArray somethingElse(std::mt19937& random, QByteArray bytes, int changes)
{
    for (int i = 0; i < changes; ++i) {
        const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size() + 1));
        const auto size = static_cast<qsizetype>(random() % 4);
        switch (random() % 3) {
        case 0:
            bytes.insert(at, anyBytes(random, size, 4));
            break;
        case 1:
            bytes.remove(at, size);
            break;
        default:
            bytes.replace(at, size, anyBytes(random, size, 4));
        }
    }
    return bytes;
}

} // namespace

class TestByteAlignment : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void aligns_data();
    void aligns();
    void counts();
    void findsTheFewestEdits();
    void findsItsWayByAnchors();
    void staysWithinItsLimits_data();
    void staysWithinItsLimits();
    void isQuickWithWhateverComes_data();
    void isQuickWithWhateverComes();
    void findsTheRunOfACell();
    void givesUp();
};

void TestByteAlignment::aligns_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QString>("runs");
    const auto row = [](const char* name, const char* left, const char* right, const char* runs) {
        QTest::newRow(name) << QByteArray(left) << QByteArray(right) << QString::fromLatin1(runs);
    };
    row("nothing", "", "", "");
    row("the same", "abc", "abc", "=3");
    row("only left", "abc", "", "-3");
    row("only right", "", "abc", "+3");
    row("inserted first", "bc", "abc", "+1 =2");
    row("inserted last", "ab", "abc", "=2 +1");
    row("inserted in between", "ac", "abbbc", "=1 +3 =1");
    row("removed in between", "abbbc", "ac", "=1 -3 =1");
    row("one changed", "abc", "axc", "=1 ~1/1 =1");
    row("a number in its place", "x0001y", "x0010y", "=3 ~2/2 =1");
    row("shifted by one", "abcdef", "bcdefg", "-1 =5 +1");
    row("longer value", "a12b", "a3456b", "=1 ~2/4 =1");
    row("two places", "abcdefgh", "abXdefYh", "=2 ~1/1 =3 ~1/1 =1");
    row("nothing in common", "abc", "xyz", "~3/3");
    row("one of them repeats", "aaaa", "aa", "=2 -2");
}

void TestByteAlignment::aligns()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QString, runs);
    const ByteAlignment alignment = alignBytes(left, right);
    QCOMPARE(runsText(alignment), runs);
    QVERIFY(!alignment.isByPosition);
    QString wrong;
    QCOMPARE(rightAfterRuns(left, right, alignment, wrong), right);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestByteAlignment::counts()
{
    const ByteAlignment alignment = alignBytes(QByteArrayView("abcdefgh"), QByteArrayView("abXdefYYYh"));
    QCOMPARE(alignment.places, 2);
    QCOMPARE(alignment.differing, 4);
    QCOMPARE(alignment.cells, 10);
}

void TestByteAlignment::findsTheFewestEdits()
{
    std::mt19937 random(1);
    for (int seed = 0; seed < 3000; ++seed) {
        const int letters = 1 + seed % 5;
        const QByteArray left = anyBytes(random, static_cast<qsizetype>(random() % 40), letters);
        const QByteArray right = seed % 2 == 0 ? anyBytes(random, static_cast<qsizetype>(random() % 40), letters)
                                               : somethingElse(random, left, 1 + seed % 7);
        const ByteAlignment alignment = alignBytes(left, right);
        QString wrong;
        QCOMPARE(rightAfterRuns(left, right, alignment, wrong), right);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const qint64 least = leastCost(left, right);
        // A change in place counts as one, though it removes and inserts.
        const qint64 most = left.size() == right.size() ? 2 * least : least;
        QVERIFY2(costOf(alignment) >= least && costOf(alignment) <= most,
            qPrintable(QStringLiteral("%1 | %2: %3, least %4")
                           .arg(QString::fromLatin1(left), QString::fromLatin1(right), runsText(alignment),
                               QString::number(least))));
    }
}

void TestByteAlignment::findsItsWayByAnchors()
{
    std::mt19937 random(2);
    AlignmentLimits limits;
    limits.anchorsFrom = 0;
    for (int seed = 0; seed < 2000; ++seed) {
        QByteArray left;
        for (int i = 0; i < 6; ++i) {
            left += anyBytes(random, static_cast<qsizetype>(random() % 100), 1 + seed % 20);
        }
        QByteArray right = somethingElse(random, left, seed % 9);
        if (seed % 3 == 0) { // parts that changed places
            right = right.mid(right.size() / 2) + right.left(right.size() / 2);
        }
        const ByteAlignment alignment = alignBytes(left, right, limits);
        QString wrong;
        QCOMPARE(rightAfterRuns(left, right, alignment, wrong), right);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        for (const ByteAnchor& anchor : byteAnchors(left, right)) {
            QCOMPARE(left.mid(anchor.left, anchor.size), right.mid(anchor.right, anchor.size));
        }
    }
}

void TestByteAlignment::staysWithinItsLimits_data()
{
    QTest::addColumn<qint64>("steps");
    QTest::addColumn<quint64>("runs");
    QTest::addColumn<bool>("isByPosition");
    QTest::newRow("none needed") << qint64(1'000'000) << quint64(100'000) << false;
    QTest::newRow("no steps") << qint64(0) << quint64(100'000) << true;
    QTest::newRow("few steps") << qint64(5000) << quint64(100'000) << true;
    QTest::newRow("few runs") << qint64(1'000'000) << quint64(7) << true;
}

void TestByteAlignment::staysWithinItsLimits()
{
    QFETCH(qint64, steps);
    QFETCH(quint64, runs);
    QFETCH(bool, isByPosition);
    std::mt19937 random(3);
    const QByteArray left = anyBytes(random, 400, 4);
    const QByteArray right = anyBytes(random, 450, 4);
    AlignmentLimits limits;
    limits.steps = steps;
    limits.runs = runs;
    const ByteAlignment alignment = alignBytes(left, right, limits);
    QCOMPARE(alignment.isByPosition, isByPosition);
    QVERIFY(alignment.runs.size() <= runs);
    QString wrong;
    QCOMPARE(rightAfterRuns(left, right, alignment, wrong), right);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestByteAlignment::isQuickWithWhateverComes_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("isByPosition");
    QTest::addColumn<qint64>("places"); // -1: whatever
    constexpr qsizetype size = 256 * 1024;
    std::mt19937 random(4);
    const QByteArray noise = anyBytes(random, size, 26);
    QByteArray changed = noise;
    for (qsizetype at = 1000; at < size; at += 1000) {
        changed[at] = '!';
    }
    QByteArray longer = noise;
    longer.insert(size / 3, "?????");
    longer.remove(size / 2, 7);
    QTest::newRow("nothing in common") << noise << anyBytes(random, size + 1, 26) << true << qint64(-1);
    QTest::newRow("one byte in each thousand") << noise << changed << false << qint64(262);
    QTest::newRow("inserted and removed") << noise << longer << false << qint64(2);
    QTest::newRow("zeros and more zeros") << QByteArray(size, '\0') << QByteArray(size + 9, '\0') << false << qint64(1);
    QTest::newRow("zeros and ones") << QByteArray(size, '\0') << QByteArray(size + 9, '\1') << true << qint64(1);
    QTest::newRow("in pairs") << QByteArray("ab").repeated(size / 2) << QByteArray("ba").repeated(size / 2) << false
                              << qint64(2);
}

void TestByteAlignment::isQuickWithWhateverComes()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(bool, isByPosition);
    QFETCH(qint64, places);
    AlignmentLimits limits;
    limits.steps = 5'000'000; // what the default ones allow takes a second
    const ByteAlignment alignment = alignBytes(left, right, limits);
    QCOMPARE(alignment.isByPosition, isByPosition);
    if (places >= 0) {
        QCOMPARE(alignment.places, places);
    }
    QString wrong;
    QVERIFY(rightAfterRuns(left, right, alignment, wrong) == right);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.left(200)));
}

void TestByteAlignment::findsTheRunOfACell()
{
    const ByteAlignment alignment = alignBytes(QByteArrayView("abcdef"), QByteArrayView("abXYef"));
    QCOMPARE(runsText(alignment), QStringLiteral("=2 ~2/2 =2"));
    QCOMPARE(runAt(alignment, 0), 0U);
    QCOMPARE(runAt(alignment, 1), 0U);
    QCOMPARE(runAt(alignment, 2), 1U);
    QCOMPARE(runAt(alignment, 3), 1U);
    QCOMPARE(runAt(alignment, 4), 2U);
    QCOMPARE(runAt(alignment, 5), 2U);
}

void TestByteAlignment::givesUp()
{
    std::mt19937 random(5);
    int asked = 0;
    const ByteAlignment alignment = alignBytes(anyBytes(random, 100'000, 3), anyBytes(random, 100'001, 3), {}, [&] {
        ++asked;
        return asked < 10;
    });
    QCOMPARE(asked, 10);
    QVERIFY(!alignment.runs.empty());
}

SOCKEYE_TEST(TestByteAlignment)

} // namespace sockeye

#include "tst_byte_alignment.moc"
