// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filter_row.h"
#include "protocol/filter/completion.h"
#include "protocol/filter/json_fields.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sockeye;

namespace {

/// Filters and rows that were made to take long.
class TestFilterHostile : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void tooLong()
    {
        const QString most(QStringLiteral("!gap && ").repeated(1023) + u"!gap    ");
        QCOMPARE(most.size(), 8192);
        QVERIFY(filter::Filter::compile(most, testSchema()));
        const auto longer = filter::Filter::compile(QString(most + u' '), testSchema());
        QVERIFY(!longer);
        QCOMPARE(longer.error().text, QStringLiteral("A filter has at most 8192 characters."));
        QVERIFY(!filter::Filter::compile(QString(50'000'000, u'('), testSchema()));
    }

    void tooDeep()
    {
        const auto nested = [](int depth) { return QString(QString(depth, u'(') + u"gap" + QString(depth, u')')); };
        QVERIFY(filter::Filter::compile(nested(64), testSchema()));
        const auto deeper = filter::Filter::compile(nested(65), testSchema());
        QVERIFY(!deeper);
        QCOMPARE(deeper.error().at, 64);
        QVERIFY(filter::Filter::compile(
            QString(QStringLiteral("lower(").repeated(64) + u"text" + QString(64, u')') + u" == \"\""), testSchema()));
        QVERIFY(!filter::Filter::compile(
            QString(QStringLiteral("lower(").repeated(65) + u"text" + QString(65, u')') + u" == \"\""), testSchema()));
    }

    void longChains()
    {
        const QString chain(QStringLiteral("gap||").repeated(1600) + u"size");
        const auto filter = filter::Filter::compile(chain, testSchema());
        QVERIFY(filter);
        filter::Run run;
        QVERIFY(filter->matches(exampleRow(), run));
        const auto both =
            filter::Filter::compile(QString(QStringLiteral("size&&").repeated(1300) + u"size"), testSchema());
        QVERIFY(both);
        QVERIFY(both->matches(exampleRow(), run));
    }

    void deepPaths()
    {
        const QByteArray json = QByteArray("{\"a\":").repeated(1000) + "1" + QByteArray(1000, '}');
        FilterRow row;
        row.setJson("json", json);
        const auto filter =
            filter::Filter::compile(QString(u"json" + QStringLiteral(".a").repeated(1000) + u" == 1"), testSchema());
        QVERIFY(filter);
        filter::Run run;
        QVERIFY(filter->matches(row, run));
    }

    void notJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* const text : { "", "{", "[", "{\"items\"", "{\"items\":", "{\"items\":[1", "{\"items\":[1,]}",
                 "nul", "\"", "{]", "[[[[", "\xff", "{\"items\":\"\\u\"}", "{\"items\": {\"a\": [}" }) {
            QTest::newRow(text) << QByteArray(text);
        }
        QTest::newRow("very deep") << QByteArray(100'000, '[');
        QTest::newRow("very deep objects") << QByteArray("{\"items\":").repeated(100'000);
    }
    void notJson()
    {
        QFETCH(QByteArray, json);
        FilterRow row;
        row.setJson("json", json);
        filter::Run run;
        for (const QStringView text : { u"json.items[*] == 1", u"json[*][*]", u"json.items[-1] == 1",
                 u"json.items.items.items", u"count(json.items) > 1", u"lower(json.items) == \"\"" }) {
            const auto filter = filter::Filter::compile(text, testSchema());
            QVERIFY(filter);
            static_cast<void>(filter->matches(row, run));
        }
    }

    void manyAgainstMany()
    {
        const QByteArray numbers = QByteArray("1,").repeated(100'000);
        FilterRow row;
        row.setJson("json", "{\"a\":[" + numbers + "1],\"b\":[" + QByteArray(numbers).replace('1', '2') + "2]}");
        const auto filter = filter::Filter::compile(u"json.a[*] == json.b[*]", testSchema());
        QVERIFY(filter);
        filter::Run run;
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!filter->matches(row, run));
        QVERIFY(run.gaveUp());
        QVERIFY(timer.elapsed() < 60'000);
        const auto other = filter::Filter::compile(u"!(json.a[*] == json.b[*]) || true", testSchema());
        QVERIFY(other);
        QVERIFY(!other->matches(row, run)); // what was not found out is no match
        const auto small = filter::Filter::compile(u"size || json.a[0] == 1", testSchema());
        QVERIFY(small->matches(row, run));
        QVERIFY(!run.gaveUp());
    }

    void repeatedText()
    {
        // What makes a search that compares from each place anew, or by sums of bytes, quadratic.
        FilterRow row;
        row.set("content", filter::Value::bytes(QByteArray(16 * 1024 * 1024, 'a')));
        const QString needle = QString(4000, u'a') + u'b' + QString(4000, u'a');
        const auto filter = filter::Filter::compile(QString(u"content contains \"" + needle + u'"'), testSchema());
        QVERIFY(filter);
        filter::Run run;
        QVERIFY(!filter->matches(row, run));
    }

    void repeatedPattern()
    {
        FilterRow row;
        row.set("text", filter::Value::text(QByteArray(1024 * 1024, 'a')));
        const auto filter = filter::Filter::compile(u"text ~ r\"^(a+)+$b\" || text ~ r\"(a|a)*c\"", testSchema());
        QVERIFY(filter);
        filter::Run run;
        QVERIFY(!filter->matches(row, run));
    }

    /// Every beginning of a filter, and every filter without one of its characters, is one or has a mistake in it.
    void pieces()
    {
        const QString whole = QStringLiteral("!(all(json.items[*].id) in {1..3, 5}) and bytes[0:2] == 00:67 || "
                                             "lower($text) ~ r\"a\\\"b\" && peer == fe80::1/64 or size > 1.5KiB");
        QVERIFY(filter::Filter::compile(whole, testSchema()));
        for (qsizetype i = 0; i < whole.size(); ++i) {
            for (const QString& text : { whole.first(i), QString(whole.first(i) + whole.sliced(i + 1)) }) {
                const auto filter = filter::Filter::compile(text, testSchema());
                if (!filter) {
                    QVERIFY(filter.error().at >= 0 && filter.error().length >= 0);
                    QVERIFY(filter.error().at + filter.error().length <= text.size());
                    QVERIFY(!filter.error().text.isEmpty());
                }
                const filter::Completion completion = filter::complete(text, i, testSchema());
                QVERIFY(completion.at >= 0 && completion.at + completion.length <= text.size());
            }
        }
    }
};

} // namespace

SOCKEYE_TEST(TestFilterHostile)
#include "tst_filter_hostile.moc"
