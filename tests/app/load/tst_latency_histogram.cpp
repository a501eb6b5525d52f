// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/latency_histogram.h"
#include "tests/testcase.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace sockeye;

namespace {

constexpr std::array<double, 9> shares { 0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1 };

/// By the definition: the smallest value that at least that share does not exceed.
std::int64_t exactPercentile(std::vector<std::int64_t> values, double share)
{
    std::sort(values.begin(), values.end());
    const double rank = std::ceil(share * static_cast<double>(values.size()) - 1e-6);
    return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

std::vector<std::int64_t> drawn(const QString& kind)
{
    std::mt19937_64 random(7);
    std::vector<std::int64_t> values;
    std::uniform_int_distribution<std::int64_t> even(0, 1'000'000'000);
    std::lognormal_distribution<double> skewed(11, 1.5);
    for (int i = 0; i < 20'000; ++i) {
        values.push_back(kind == u"even" ? even(random) : static_cast<std::int64_t>(skewed(random)));
    }
    return values;
}

class TestLatencyHistogram : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void percentiles_data()
    {
        QTest::addColumn<QList<qint64>>("values");
        const auto list = [](const std::vector<std::int64_t>& values) {
            return QList<qint64>(values.begin(), values.end());
        };
        QTest::newRow("one") << QList<qint64> { 123'456 };
        QTest::newRow("zero") << QList<qint64> { 0 };
        QTest::newRow("all the same") << QList<qint64>(1000, 77'777);
        QTest::newRow("small ones are exact") << QList<qint64> { 1, 2, 3, 4, 5, 100, 200, 255, 256 };
        QTest::newRow("edges of powers of two") << QList<qint64> { 255, 256, 257, 511, 512, 513, 65'535, 65'536 };
        QTest::newRow("one far out") << QList<qint64> { 100, 100, 100, 100, 3'000'000'000 };
        QTest::newRow("even") << list(drawn(QStringLiteral("even")));
        QTest::newRow("skewed") << list(drawn(QStringLiteral("skewed")));
    }

    void percentiles()
    {
        QFETCH(const QList<qint64>, values);
        LatencyHistogram histogram;
        CoarseHistogram coarse;
        for (const qint64 value : values) {
            histogram.add(value);
        }
        coarse.mergeFiner(histogram);
        const std::vector<std::int64_t> all(values.begin(), values.end());
        QCOMPARE(histogram.count(), static_cast<quint64>(values.size()));
        QCOMPARE(coarse.count(), histogram.count());
        QCOMPARE(histogram.min(), *std::min_element(all.begin(), all.end()));
        QCOMPARE(histogram.max(), *std::max_element(all.begin(), all.end()));
        for (const double share : shares) {
            const auto exact = static_cast<double>(exactPercentile(all, share));
            const auto found = static_cast<double>(histogram.percentile(share));
            const auto roughly = static_cast<double>(coarse.percentile(share));
            QVERIFY2(std::abs(found - exact) <= 0.005 * exact,
                qPrintable(QStringLiteral("%1: %2, exactly %3")
                               .arg(QString::number(share), QString::number(found), QString::number(exact))));
            QVERIFY2(std::abs(roughly - exact) <= 0.04 * exact + 1,
                qPrintable(QStringLiteral("%1: %2, exactly %3")
                               .arg(QString::number(share), QString::number(roughly), QString::number(exact))));
        }
    }

    void merged()
    {
        const std::vector<std::int64_t> values = drawn(QStringLiteral("skewed"));
        LatencyHistogram all;
        LatencyHistogram parts[2];
        for (std::size_t i = 0; i < values.size(); ++i) {
            all.add(values[i]);
            parts[i % 2].add(values[i]);
        }
        parts[0].merge(parts[1]);
        parts[0].merge(LatencyHistogram());
        QCOMPARE(parts[0].count(), all.count());
        QCOMPARE(parts[0].min(), all.min());
        QCOMPARE(parts[0].max(), all.max());
        QVERIFY(std::abs(parts[0].mean() - all.mean()) < 1e-6 * all.mean());
        for (const double share : shares) {
            QCOMPARE(parts[0].percentile(share), all.percentile(share));
        }
    }

    void bounds()
    {
        LatencyHistogram histogram;
        QCOMPARE(histogram.percentile(0.5), 0);
        histogram.add(-5);
        QCOMPARE(histogram.max(), 0);
        histogram.add(std::numeric_limits<qint64>::max());
        QCOMPARE(histogram.percentile(1), std::numeric_limits<qint64>::max());
        histogram.add(LatencyHistogram::longest);
        QCOMPARE(histogram.count(), 3U);
    }

    /// Each bucket begins where the one before has ended, and none is wider than the error allows.
    void buckets()
    {
        LatencyHistogram histogram;
        for (qint64 value = 1; value < LatencyHistogram::longest / 2; value += 1 + value / 500) {
            histogram.add(value);
        }
        qint64 end = -1;
        bool first = true;
        histogram.forEach([&](qint64 low, qint64 high, quint64) {
            QVERIFY(first || low > end);
            QVERIFY(high >= low);
            QVERIFY(static_cast<double>(high - low) <= static_cast<double>(low) / 128);
            end = high;
            first = false;
        });
    }
};

} // namespace

SOCKEYE_TEST(TestLatencyHistogram)
#include "tst_latency_histogram.moc"
