// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/protocol.h"
#include "protocol/comparison/field_pairs.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

namespace sockeye {

namespace {

/// Of the application protocol, with that content in JSON.
QByteArray jsonRequest(const QByteArray& content, const QByteArray& more = {})
{
    const QByteArray header = "{\"byteorder\":\"little\",\"content-type\":\"text/json\",\"content-encoding\":\"utf-8\","
                              "\"content-length\":"
        + QByteArray::number(content.size()) + more + "}";
    return QByteArray::fromHex(QByteArray::number(header.size(), 16).rightJustified(4, '0')) + header + content;
}

/// "= content › action | ≠ … | < only left | > only right".
QString pairsText(const QByteArray& left, const QByteArray& right)
{
    const Annotation one = annotate(defaultProtocol(), left, {});
    const Annotation other = annotate(defaultProtocol(), right, {});
    QStringList texts;
    for (const FieldPair& pair : pairFields(one, other)) {
        const QString sign = pair.left < 0 ? QStringLiteral(">")
            : pair.right < 0               ? QStringLiteral("<")
            : pair.isSame                  ? QStringLiteral("=")
                                           : QStringLiteral("~");
        if (pair.path.startsWith(u"content") || pair.path == u"content") {
            texts.append(sign + u' ' + pair.path);
        }
    }
    return texts.join(u" | ");
}

} // namespace

class TestFieldPairs : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void pairs_data();
    void pairs();
    void countsTheHeader();
    void livesWithNothing();
    void livesWithMany();
};

void TestFieldPairs::pairs_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QString>("pairs");
    const auto row = [](const char* name, const char* left, const char* right, const char* pairs) {
        QTest::newRow(name) << QByteArray(left) << QByteArray(right) << QString::fromUtf8(pairs);
    };
    row("the same", R"({"a":1,"b":"x"})", R"({"a":1,"b":"x"})", "= content › a | = content › b");
    row("one changed", R"({"a":1,"b":"x"})", R"({"a":2,"b":"x"})", "~ content › a | = content › b");
    row("other white space", R"({"a":1,"b":"x"})", R"({ "a" : 1, "b":  "x" })", "= content › a | = content › b");
    row("other order", R"({"a":1,"b":2})", R"({"b":2,"a":1})", "= content › a | = content › b");
    row("one more", R"({"a":1,"c":3})", R"({"a":1,"b":2,"c":3})", "= content › a | > content › b | = content › c");
    row("one less", R"({"a":1,"b":2,"c":3})", R"({"a":1,"c":3})", "= content › a | < content › b | = content › c");
    row("an object in it", R"({"a":{"b":1,"c":[1,2]}})", R"({"a":{"b":1,"c":[1,3,4]}})",
        "= content › a › b | = content › a › c › [0] | ~ content › a › c › [1] | > content › a › c › [2]");
    row("a number became an object", R"({"a":1})", R"({"a":{"b":1}})", "< content › a | > content › a › b");
    row("empty object", R"({"a":{}})", R"({"a":{}})", "= content › a");
    row("one key twice", R"({"a":1,"a":2})", R"({"a":1,"a":3})", "= content › a | ~ content › a");
}

void TestFieldPairs::pairs()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QString, pairs);
    QCOMPARE(pairsText(jsonRequest(left), jsonRequest(right)), pairs);
}

void TestFieldPairs::countsTheHeader()
{
    const Annotation left = annotate(defaultProtocol(), jsonRequest(R"({"a":1})"), {});
    const Annotation right = annotate(defaultProtocol(), jsonRequest(R"({"a":12})", R"(,"x":true)"), {});
    QStringList differing;
    for (const FieldPair& pair : pairFields(left, right)) {
        if (!pair.isSame) {
            differing.append(pair.path);
        }
    }
    QCOMPARE(differing.size(), 4);
    QVERIFY2(differing.contains(QStringLiteral("content › a")), qPrintable(differing.join(u'\n')));
    QVERIFY2(differing.filter(QStringLiteral("content-length")).size() == 1, qPrintable(differing.join(u'\n')));
}

void TestFieldPairs::livesWithNothing()
{
    const Annotation some = annotate(defaultProtocol(), jsonRequest(R"({"a":1})"), {});
    QVERIFY(pairFields({}, {}).empty());
    QVERIFY(!pairFields(some, {}).empty());
    QCOMPARE(pairFields(some, {}).size(), pairFields({}, some).size());
    const Annotation noise = annotate(defaultProtocol(), QByteArray(50, '\xff'), {});
    QVERIFY(!pairFields(some, noise).empty());
}

void TestFieldPairs::livesWithMany()
{
    QByteArray ones = "[";
    QByteArray twos = "[";
    for (int i = 0; i < 9000; ++i) {
        ones += "1,";
        twos += i % 3 == 0 ? "2," : "1,";
    }
    const Annotation left = annotate(defaultProtocol(), jsonRequest(ones + "1]"), {});
    const Annotation right = annotate(defaultProtocol(), jsonRequest(twos + "1]"), {});
    const std::vector<FieldPair> pairs = pairFields(left, right);
    QCOMPARE(std::count_if(pairs.begin(), pairs.end(), [](const FieldPair& pair) { return !pair.isSame; }), 3000);
}

SOCKEYE_TEST(TestFieldPairs)

} // namespace sockeye

#include "tst_field_pairs.moc"
