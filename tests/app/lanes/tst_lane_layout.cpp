// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_layout.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace sockeye;

namespace {

/// Items that are listed one by one, and counts what it is asked.
class ListedItems final : public LaneItems {
public:
    std::vector<LaneItem> items;
    mutable int asked = 0;

    void add(qint64 begin, qint64 end)
    {
        const auto number = static_cast<qsizetype>(items.size());
        items.push_back({ begin, end, number, number + 1 });
    }
    [[nodiscard]] qsizetype count() const override { return static_cast<qsizetype>(items.size()); }
    [[nodiscard]] LaneItem at(qsizetype number) const override
    {
        ++asked;
        return items.at(static_cast<std::size_t>(number));
    }
    [[nodiscard]] qsizetype from(qint64 position) const override
    {
        ++asked;
        return std::partition_point(items.begin(), items.end(), [position](const LaneItem& each) {
            return each.begin < position;
        }) - items.begin();
    }
};

/// Ten million items of 100 and no memory.
class ManyItems final : public LaneItems {
public:
    static constexpr qsizetype many = 10'000'000;
    static constexpr qint64 size = 100;
    mutable int asked = 0;

    [[nodiscard]] qsizetype count() const override { return many; }
    [[nodiscard]] LaneItem at(qsizetype number) const override
    {
        ++asked;
        return { number * size, number * size + size, number, number + 1 };
    }
    [[nodiscard]] qsizetype from(qint64 position) const override
    {
        ++asked;
        return std::clamp<qsizetype>((position + size - 1) / size, 0, many);
    }
};

QString spanLines(const std::vector<LaneSpan>& spans)
{
    QStringList lines;
    for (const LaneSpan& span : spans) {
        lines += QStringLiteral("%1-%2: %3-%4%5")
                     .arg(QString::number(span.begin), QString::number(span.end), QString::number(span.first),
                         QString::number(span.next), QString::fromLatin1(span.dense ? " dense" : ""));
    }
    return lines.join(QLatin1StringView("; "));
}

} // namespace

class TestLaneLayout : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void laysOut_data();
    void laysOut();
    void tellsEachItemOnce();
    void costsPixels_data();
    void costsPixels();
    void endsWhateverTheOrder();
    void scales();
    void scalesAtTheEnds_data();
    void scalesAtTheEnds();
};

void TestLaneLayout::laysOut_data()
{
    using Ranges = QList<std::pair<qint64, qint64>>;
    QTest::addColumn<Ranges>("ranges");
    QTest::addColumn<LaneScale>("scale");
    QTest::addColumn<QString>("expected");
    const LaneScale whole { 0, 100, 100 };
    QTest::newRow("empty") << Ranges {} << whole << "";
    QTest::newRow("one") << Ranges { { 0, 100 } } << whole << "0-100: 0-1";
    QTest::newRow("one that takes nothing") << Ranges { { 40, 40 } } << whole << "40-40: 0-1";
    QTest::newRow("two wide ones") << Ranges { { 0, 50 }, { 50, 100 } } << whole << "0-50: 0-1; 50-100: 1-2";
    QTest::newRow("a gap between") << Ranges { { 0, 20 }, { 60, 100 } } << whole << "0-20: 0-1; 60-100: 1-2";
    QTest::newRow("fine ones together") << Ranges { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 50, 60 } } << whole
                                        << "0-3: 0-3 dense; 50-60: 3-4";
    QTest::newRow("a wide one right behind a fine one")
        << Ranges { { 0, 1 }, { 1, 90 } } << whole << "0-1: 0-1; 1-90: 1-2";
    QTest::newRow("all at one place") << Ranges { { 7, 7 }, { 7, 7 }, { 7, 7 } } << whole << "7-7: 0-3 dense";
    QTest::newRow("begins before what is seen")
        << Ranges { { 0, 50 }, { 50, 100 } } << LaneScale { 20, 40, 100 } << "0-50: 0-1";
    QTest::newRow("ends where what is seen begins")
        << Ranges { { 0, 20 }, { 20, 100 } } << LaneScale { 20, 40, 100 } << "20-100: 1-2";
    QTest::newRow("nothing in what is seen") << Ranges { { 0, 5 }, { 90, 100 } } << LaneScale { 20, 40, 100 } << "";
    QTest::newRow("one pixel") << Ranges { { 0, 50 }, { 50, 100 } } << LaneScale { 0, 100, 1 } << "0-100: 0-2 dense";
    constexpr qint64 far = qint64 { 1 } << 60;
    QTest::newRow("single bytes, far away")
        << Ranges { { far, far + 1 }, { far + 1, far + 2 } } << LaneScale { far, far + 4, 100 }
        << QStringLiteral("%1-%2: 0-1; %2-%3: 1-2")
               .arg(QString::number(far), QString::number(far + 1), QString::number(far + 2));
}

void TestLaneLayout::laysOut()
{
    using Ranges = QList<std::pair<qint64, qint64>>;
    QFETCH(const Ranges, ranges);
    QFETCH(const LaneScale, scale);
    ListedItems items;
    for (const auto& [begin, end] : ranges) {
        items.add(begin, end);
    }
    QTEST(spanLines(layOut(items, scale, 3)), "expected");
}

/// Of any items, at any zoom: each that is seen is in one span, in order, and only fine ones lie together.
void TestLaneLayout::tellsEachItemOnce()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        ListedItems items;
        qint64 at = 0;
        const int count = random.bounded(200);
        for (int i = 0; i < count; ++i) {
            at += random.bounded(4) == 0 ? random.bounded(50) : 0;
            const qint64 size = random.bounded(3) == 0 ? random.bounded(400) : random.bounded(3);
            items.add(at, at + size);
            at += size;
        }
        const qint64 from = random.bounded(static_cast<int>(at) + 1);
        const LaneScale scale { from, from + 1 + random.bounded(static_cast<int>(at) + 1), 1 + random.bounded(300) };
        const std::vector<LaneSpan> spans = layOut(items, scale, 3);
        qsizetype next = spans.empty() ? 0 : spans.front().first;
        for (const LaneSpan& span : spans) {
            QCOMPARE(span.first, next);
            QVERIFY(span.next > span.first);
            QCOMPARE(span.dense, span.next - span.first > 1);
            next = span.next;
        }
        for (const LaneItem& item : items.items) {
            const bool isSeen = item.begin < scale.to && (item.end > scale.from || item.begin >= scale.from);
            const auto holder = std::find_if(spans.begin(), spans.end(),
                [&](const LaneSpan& span) { return item.first >= span.first && item.first < span.next; });
            QVERIFY(!isSeen || holder != spans.end());
        }
        QVERIFY(spans.size() <= static_cast<std::size_t>(scale.width) + 3);
    }
}

void TestLaneLayout::costsPixels_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addRow("all of it") << ManyItems::many * ManyItems::size;
    QTest::addRow("a thousandth") << ManyItems::many * ManyItems::size / 1000;
    QTest::addRow("some messages") << qint64 { 2000 };
    QTest::addRow("single bytes") << qint64 { 20 };
}

void TestLaneLayout::costsPixels()
{
    QFETCH(const qint64, span);
    const ManyItems items;
    const qint64 from = ManyItems::many * ManyItems::size / 3;
    const LaneScale scale = LaneScale { from, from + span, 1200 }.within({ 0, ManyItems::many * ManyItems::size });
    const std::vector<LaneSpan> spans = layOut(items, scale, 3);
    QVERIFY(!spans.empty());
    QVERIFY(spans.size() <= 1200);
    QVERIFY2(items.asked < 4 * 1200, qPrintable(QString::number(items.asked)));
    QVERIFY(spans.front().begin <= scale.from);
    QVERIFY(spans.back().end >= scale.to);
}

void TestLaneLayout::endsWhateverTheOrder()
{
    ListedItems items;
    QRandomGenerator random(3);
    for (int i = 0; i < 5000; ++i) {
        const qint64 begin = random.bounded(100'000);
        items.add(begin, begin - 50 + random.bounded(500));
    }
    QVERIFY(layOut(items, { 0, 100'000, 500 }, 3).size() <= 4 * 500 + 16);
    QVERIFY(items.asked < 40'000);
}

void TestLaneLayout::scales()
{
    const LaneExtent all { 0, 1'000'000 };
    const LaneScale scale { 0, 1'000'000, 1000 };
    QCOMPARE(scale.x(500'000), 500.0);
    QCOMPARE(scale.value(250), 250'000);
    const LaneScale nearer = scale.zoomed(2, 250, all, 10);
    QCOMPARE(nearer.span(), 500'000);
    QCOMPARE(nearer.x(250'000), 250.0); // stays under the pointer
    QCOMPARE(nearer.zoomed(0.5, 250, all, 10), scale);
    QCOMPARE(nearer.zoomed(0.001, 250, all, 10), scale); // no more than all of it
    QCOMPARE(scale.zoomed(1e12, 500, all, 10).span(), 10); // no less than the least
    QCOMPARE(nearer.moved(-1e6, all).from, 0);
    QCOMPARE(nearer.moved(1e6, all).to, 1'000'000);
    const LaneScale around = scale.around(700'000, 700'100, all, 10);
    QVERIFY(around.from < 700'000 && around.to > 700'100 && around.span() == 200);
    QCOMPARE(leastSpan(LaneAxis::Offset, 960), 20);
}

void TestLaneLayout::scalesAtTheEnds_data()
{
    QTest::addColumn<LaneScale>("scale");
    QTest::addColumn<LaneExtent>("all");
    QTest::addRow("nothing there") << LaneScale { 0, 1, 100 } << LaneExtent { 0, 1 };
    QTest::addRow("no extent") << LaneScale { 5, 9, 100 } << LaneExtent { 0, 0 };
    QTest::addRow("wrong way round") << LaneScale { 9, 5, 100 } << LaneExtent { 0, 1000 };
    QTest::addRow("no width") << LaneScale { 0, 100, 0 } << LaneExtent { 0, 1000 };
    QTest::addRow("outside") << LaneScale { 5000, 6000, 100 } << LaneExtent { 0, 1000 };
}

void TestLaneLayout::scalesAtTheEnds()
{
    QFETCH(const LaneScale, scale);
    QFETCH(const LaneExtent, all);
    for (const LaneScale& each : { scale.within(all), scale.zoomed(3, 10, all, 4), scale.zoomed(0, 10, all, 4),
             scale.moved(40, all), scale.around(3, 3, all, 4) }) {
        QVERIFY(each.to > each.from);
        QVERIFY(each.from >= all.begin);
        QVERIFY(each.to <= std::max(all.end, all.begin + 1));
    }
}

SOCKEYE_TEST(TestLaneLayout)
#include "tst_lane_layout.moc"
