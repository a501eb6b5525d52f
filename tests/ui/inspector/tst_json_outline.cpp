// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/inspector/json_outline.h"
#include "ui/inspector/json_tree_model.h"
#include "ui/inspector/json_view.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sockeye;

class TestJsonOutline : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void outlines_data();
    void outlines();
    void boundsNodesAndBytes();
    void modelIsSound_data();
    void modelIsSound();
    void readableIsBounded();
};

namespace {

/// label=value of all nodes, indented by depth.
QString written(const JsonOutline& outline)
{
    QStringList lines;
    for (int i = 0; i < static_cast<int>(outline.nodes.size()); ++i) {
        int depth = 0;
        for (int at = outline.nodes[static_cast<std::size_t>(i)].parent; at >= 0;
             at = outline.nodes[static_cast<std::size_t>(at)].parent) {
            ++depth;
        }
        lines.append(QString(QString(depth, u' ') % outline.label(i) % u"=" % outline.value(i)));
    }
    return lines.join(u'|');
}

} // namespace

void TestJsonOutline::outlines_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("complete");
    QTest::newRow("empty text") << QByteArray() << QString() << false;
    QTest::newRow("number") << QByteArray("42") << QStringLiteral("=42") << true;
    QTest::newRow("empty object") << QByteArray("{}") << QStringLiteral("={ 0 members }") << true;
    QTest::newRow("request") << QByteArray(R"({"action": "search", "value": "ring"})")
                             << QStringLiteral("={ 2 members }| action=\"search\"| value=\"ring\"") << true;
    QTest::newRow("order and double keys kept")
        << QByteArray(R"({"b":1,"a":2,"b":3})") << QStringLiteral("={ 3 members }| b=1| a=2| b=3") << true;
    QTest::newRow("nested") << QByteArray(R"({"a":[1,[true],{"x":null}]})")
                            << QStringLiteral("={ 1 member }| a=[ 3 elements ]|  [0]=1|  [1]=[ 1 element ]|   "
                                              "[0]=true|  [2]={ 1 member }|   x=null")
                            << true;
    QTest::newRow("escapes") << QByteArray(R"({"\u0061\n":"\ud83d\udc30"})")
                             << QString(QStringLiteral("={ 1 member }| a\\n=\"") % QString::fromUtf8("🐰") % u'"')
                             << true;
    QTest::newRow("not JSON") << QByteArray("[1, nope]") << QStringLiteral("=[ 1 element ]| [0]=1") << false;
}

void TestJsonOutline::outlines()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, expected);
    QFETCH(const bool, complete);
    const JsonOutline outline = outlineJson(json);
    QCOMPARE(written(outline), expected);
    QCOMPARE(outline.complete, complete);
}

void TestJsonOutline::boundsNodesAndBytes()
{
    const QByteArray many = '[' + QByteArray("1,").repeated(1000) + "1]";
    const JsonOutline few = outlineJson(many, 10);
    QCOMPARE(few.nodes.size(), 10U);
    QVERIFY(!few.complete);
    QVERIFY(!outlineJson(many, 5000, 100).complete);
    QVERIFY(outlineJson(many, 5000).complete);
    const JsonOutline longText = outlineJson('"' + QByteArray(100'000, 'x') + '"');
    QCOMPARE(longText.value(0).size(), 400);
}

void TestJsonOutline::modelIsSound_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("topRows");
    QTest::newRow("none") << QByteArray() << 0;
    QTest::newRow("plain value") << QByteArray("1") << 1;
    QTest::newRow("empty array") << QByteArray("[]") << 1;
    QTest::newRow("object") << QByteArray(R"({"a":{"b":[1,2,{}]},"c":3})") << 2;
    QTest::newRow("array") << QByteArray("[[[1]],2,3]") << 3;
}

void TestJsonOutline::modelIsSound()
{
    QFETCH(const QByteArray, json);
    QFETCH(const int, topRows);
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setOutline(outlineJson(json));
    QCOMPARE(model.rowCount(), topRows);
    model.setOutline({});
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonOutline::readableIsBounded()
{
    bool cut = true;
    QCOMPARE(readableJson(R"({"a":1})", &cut), QStringLiteral("{\n  \"a\": 1\n}"));
    // What JSON lets stand as it is, and a screen cannot show.
    QCOMPARE(readableJson("[\"\x7f\xc2\x9b\xe2\x80\xae\xc3\xa9\"]", nullptr),
        QStringLiteral("[\n  \"\\x7f\\u009b\\u202eé\"\n]"));
    const JsonOutline outline = outlineJson(R"({"\u001b[2J": "a\r\nb\u0000"})");
    QCOMPARE(outline.label(1), QStringLiteral("\\x1b[2J"));
    QCOMPARE(outline.value(1), QStringLiteral("\"a\\r\\nb\\x00\""));
    QVERIFY(!cut);
    const QString longLine = readableJson('"' + QByteArray(10'000, 'x') + '"', &cut);
    QVERIFY(cut);
    QVERIFY(longLine.size() <= 2001);
    const QString longText = readableJson('[' + QByteArray("1,").repeated(1 << 20) + "1]", &cut);
    QVERIFY(cut);
    QVERIFY(longText.size() < 300 * 1024);
}

SOCKEYE_TEST(TestJsonOutline)
#include "tst_json_outline.moc"
