// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "protocol/kaitai/cutter.h"
#include "tests/testcase.h"

using namespace sockeye;
using namespace sockeye::kaitai;

/// Descriptions and messages that mean no good: each ends with a sentence. How much was done until then is bounded by
/// the limits, so that in an optimized build it takes some 100 ms at most; time itself would say more about the
/// machine.
class TestHostile : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void message_data();
    void message();
    void description_data();
    void description();
    void endlessImports();
    void importsInACircle();
    void workIsBounded();
    void buildEnds();
};

namespace {

QByteArray repeatedLines(const char* pattern, int count)
{
    QByteArray out;
    for (int i = 0; i < count; ++i) {
        out += QString::fromUtf8(pattern).arg(QString::number(i), QString::number(i + 1)).toUtf8();
    }
    return out;
}

} // namespace

void TestHostile::message_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QByteArray& text, const char* sentence) {
        QTest::newRow(name) << QByteArray("meta: {id: m}\n" + text) << QString::fromUtf8(sentence);
    };
    row("a billion elements of nothing", "seq: [{id: a, size: 0, repeat: expr, repeat-expr: 1000000000}]", "too large");
    row("2^63 elements", "seq: [{id: a, type: u1, repeat: expr, repeat-expr: 9223372036854775808}]", "too large");
    row("elements of nothing to the end", "seq: [{id: a, size: 0, repeat: eos}]", "more than");
    row("until never", "seq: [{id: a, size: 0, repeat: until, repeat-until: 'false'}]", "more than");
    row("size of 2^63", "seq: [{id: a, size: 9223372036854775808}]", "ends too soon");
    row("a type in itself", "seq: [{id: a, type: m}]", "nested deeper");
    row("two types in each other", "seq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: b, type: m}, {id: c, type: m}]}}",
        "nested deeper");
    row("many of few",
        "seq: [{id: a, type: t0}]\ntypes:\n"
            + repeatedLines("  t%1: {seq: [{id: a, type: t%2}, {id: b, type: t%2}]}\n", 60)
            + "  t60: {seq: [{id: a, size: 0}]}\n",
        "more than");
    row("doubled text",
        "seq: [{id: a, type: u1, if: s40.length == 0}]\ninstances:\n  s0: {value: '\"aaaaaaaaaaaaaaaa\"'}\n"
            + repeatedLines("  s%2: {value: s%1 + s%1}\n", 40),
        "would have to be made");
    row("each looks at all",
        "seq: [{id: a, type: t, repeat: eos}]\ntypes: {t: {seq: [{id: x, type: u1, if: all.max >= 0}], "
        "instances: {all: {io: _root._io, pos: 0, size-eos: true}}}}",
        "more than");
    row("each searches to the end",
        "seq: [{id: a, type: t, repeat: eos}]\ntypes: {t: {seq: [{id: x, type: u1, if: all.size > 0}], "
        "instances: {all: {io: _root._io, pos: 0, terminator: 1, eos-error: false}}}}",
        "more than");
    row("instances of each other", "seq: [{id: x, size: a}]\ninstances: {a: {pos: b, type: u1}, b: {pos: a, type: u1}}",
        "follows from itself");
}

void TestHostile::message()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const auto description = loaded(text);
    QVERIFY(description);
    const QByteArray bytes(100'000, '\0');
    const Tree tree = description->decode(bytes);
    QVERIFY(!tree.faults.empty());
    QVERIFY2(describe(tree.faults.front()).contains(sentence), qPrintable(describe(tree.faults.front())));
    Cutter cutter(description);
    QVERIFY(cutter.feed(bytes).kind != CutResult::Kind::Message);
}

void TestHostile::description_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QByteArray& text, const char* sentence) {
        QTest::newRow(name) << text << QString::fromUtf8(sentence);
    };
    const QByteArray head("meta: {id: m}\n");
    row("brackets", head + "seq: " + QByteArray(50'000, '['), "");
    row("braces", head + QByteArray("types: {a: ").repeated(20'000), "");
    row("parentheses", head + "instances: {a: {value: '" + QByteArray(8'000, '(') + "'}}", "nested too deep");
    row("a long sum", head + "instances: {a: {value: '1" + QByteArray("+1").repeated(8'000) + "'}}", "nested too deep");
    row("a long expression", head + "instances: {a: {value: '" + QByteArray(20'000, '1') + "'}}", "longer than");
    row("aliases of aliases",
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + repeatedLines("a%2: &a%2 [*a%1, *a%1, *a%1, *a%1, *a%1, *a%1, *a%1, *a%1]\n", 12),
        "parts");
    row("an alias in itself", "a: &a [*a]\n", "");
    row("a chain of instances",
        head + "instances:\n" + repeatedLines("  a%1: {value: a%2}\n", 3'000) + "  a3000: {value: 1}\n",
        "follows from itself");
    row(
        "types within types",
        head +
            [] {
                QByteArray out;
                for (int i = 0; i < 200; ++i) {
                    out += QByteArray(2 * i, ' ') + "types:\n" + QByteArray(2 * i + 1, ' ') + "t:\n";
                }
                return out;
            }(),
        "nested deeper");
    row("no text", QByteArray("\xff\xfe meta"), "not UTF-8");
    row("too long", QByteArray(3 * 1024 * 1024, '#'), "longer than");
}

void TestHostile::description()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const QStringList mistakes = mistakesOf(text);
    QVERIFY(!mistakes.isEmpty());
    QVERIFY2(mistakes.join(u' ').contains(sentence), qPrintable(mistakes.front()));
}

void TestHostile::endlessImports()
{
    int count = 0;
    const auto importer = [&](const QString&, const QString&) -> std::optional<Source> {
        ++count;
        return Source { QString::number(count), "meta: {id: other, imports: [another]}" };
    };
    const auto description = load({ {}, "meta: {id: m, imports: [one]}" }, importer);
    QVERIFY(!description.has_value());
    QVERIFY(description.error().front().text.contains(QStringLiteral("files are imported")));
    QVERIFY(count < 200);
}

void TestHostile::importsInACircle()
{
    int count = 0;
    const auto importer = [&](const QString& name, const QString&) -> std::optional<Source> {
        ++count;
        const char* const other = name == u"a" ? "b" : "a";
        return Source { name,
            QByteArray("meta: {id: ") + name.toUtf8() + ", imports: [" + other + "]}\nseq: [{id: x, type: " + other
                + "}]" };
    };
    const auto description =
        load({ QStringLiteral("m"), "meta: {id: m, imports: [a]}\nseq: [{id: x, type: a}]" }, importer);
    QVERIFY(description.has_value());
    QVERIFY(count <= 4);
    const Tree tree = (*description)->decode("abc");
    QVERIFY(!tree.faults.empty());
    QVERIFY(describe(tree.faults.front()).contains(QStringLiteral("nested deeper")));
}

/// However long a message is, what it may cost is not more than a few times what a short one may.
void TestHostile::workIsBounded()
{
    const auto description = loaded("meta: {id: m}\nseq: [{id: a, size: 0, repeat: until, repeat-until: 'false'}]");
    QVERIFY(description);
    const auto fieldsOf = [&](qsizetype size) { return description->decode(QByteArray(size, '\0')).items.size(); };
    const std::size_t ofFew = fieldsOf(10);
    const std::size_t ofMany = fieldsOf(10'000'000);
    QVERIFY(ofFew > 100'000);
    QVERIFY(ofMany > ofFew && ofMany < 4 * ofFew);
}

void TestHostile::buildEnds()
{
    const auto description =
        loaded("meta: {id: m}\nseq: [{id: n, type: u8be}, {id: a, type: str, size: n, encoding: ASCII}, {id: t, "
               "type: m, if: n > 0}]");
    QVERIFY(description);
    QVERIFY(!description->build(R"({"n": 9223372036854775807, "a": "x"})").has_value());
    QByteArray nested = QByteArray(R"({"n": 0, "a": "", "t": )").repeated(150) + "{}" + QByteArray(150, '}');
    QVERIFY(description->build(nested).has_value());
    nested.replace(R"("n": 0, "a": "")", R"("n": 1, "a": "x")");
    QVERIFY(!description->build(nested).has_value());
}

SOCKEYE_TEST(TestHostile)
#include "tst_kaitai_hostile.moc"
