// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random_filter.h"
#include "tests/testcase.h"

#include <QJsonDocument>
#include <QTest>

using namespace sockeye;

namespace {

class TestFilterRandom : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    /// Thousands of filters that chance makes, each over some rows: what is compiled says the same as what is read off
    /// the contract. SOCKEYE_SEED makes other ones.
    void saysWhatTheContractSays()
    {
        constexpr quint32 filters = 6'000;
        constexpr int rows = 8;
        const quint32 first = qEnvironmentVariable("SOCKEYE_SEED").toUInt();
        int matched = 0;
        filter::Run run;
        for (quint32 seed = first; seed < first + filters; ++seed) {
            QRandomGenerator random(seed);
            const auto tree = plain::randomFilter(random, static_cast<int>(seed % 4));
            const QString text = plain::write(*tree, random);
            const auto filter = filter::Filter::compile(text, testSchema());
            QVERIFY2(filter,
                filter ? ""
                       : qPrintable(
                           QStringLiteral("seed %1: %2\n%3")
                               .arg(QString::number(seed), filter.error().text, withCaret(filter.error(), text))));
            const plain::Row selected = plain::randomRow(random);
            const auto selectedRow = plain::toFilterRow(selected);
            for (int i = 0; i < rows; ++i) {
                const plain::Row row = plain::randomRow(random);
                const bool hasSelection = i % 2 == 0;
                const bool expected = plain::matches(*tree, row, hasSelection ? &selected : nullptr);
                const bool found =
                    filter->matches(*plain::toFilterRow(row), run, hasSelection ? selectedRow.get() : nullptr);
                if (found != expected) {
                    qWarning("json: %s",
                        QJsonDocument(row.json.value_or(QJsonObject())).toJson(QJsonDocument::Compact).constData());
                }
                QVERIFY2(found == expected,
                    qPrintable(
                        QStringLiteral("seed %1, row %2: %3").arg(QString::number(seed), QString::number(i), text)));
                matched += found ? 1 : 0;
            }
        }
        // Neither all nor nothing: both would show little.
        QVERIFY(matched > int(filters) && matched < int(filters) * (rows - 1));
    }
};

} // namespace

SOCKEYE_TEST(TestFilterRandom)
#include "tst_filter_random.moc"
