// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filter_row.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestFilter : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto yes = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text) << true; };
        const auto no = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text) << false; };
        // The contract's examples.
        yes("conn == 3 && dir == in");
        yes("size > 100 and latency > 50ms");
        yes("header.content-type contains \"json\"");
        yes("json.result ~ r\"(?i)rabbit\"");
        yes("bytes[0:2] == 00:67");
        yes("peer in {127.0.0.0/8, ::1}");
        yes("error in {\"missing-header\", \"truncated\"}");
        yes("conn == $conn && time >= $time");
        yes("all(json.items[*].id) > 0 and count(json.items) in {1..10}");
        yes("reads > 1 && glued");
        yes("function == \"write_registers\" and data[0] == 0xff");
        // Comparisons.
        yes("size == 146");
        no("size == 145");
        yes("size != 145");
        yes("size < 147 && size <= 146 && size > 145 && size >= 146");
        no("size < 146 || size > 146");
        yes("145 < size");
        yes("size == 0x92");
        yes("size == 146B");
        yes("size < 1KiB && size < 1 MiB && size < 1GiB");
        yes("size == 146.0");
        yes("offset > 0.9KiB");
        yes("reads == 02");
        yes("json.ratio == -0.5");
        yes("json.ratio < -4e-1");
        yes("delta == -5");
        yes("level == 0.25");
        yes("json.big == 18446744073709551615");
        no("json.big == 18446744073709551614");
        yes("json.big > 9223372036854775807");
        yes("text == \"The rabbit, \\u8ffd again\"");
        yes("text < \"Thf\"");
        yes("dir == \"in\"");
        yes("dir != out");
        yes("content == \"The rabbit\\r\\n\"");
        yes("\"missing-header\" == error");
        // Times.
        yes("time == 1.5s");
        yes("time == 1500ms && time == 1500000us && time == 1.5");
        yes("time > 1 && time < 2");
        yes("latency == 0.06");
        yes("json.seconds == 50ms");
        yes("json.seconds < 0.051s");
        // Addresses.
        yes("peer == 127.0.0.1");
        yes("peer == 127.0.0.0/8");
        yes("peer == 0.0.0.0/0");
        no("peer == 127.0.0.2/31");
        no("peer == ::/0");
        yes("local == ::1");
        yes("local == 0:0:0:0:0:0:0:1 && local == ::/127");
        yes("peer == \"127.0.0.1\"");
        yes("peer == ::ffff:127.0.0.1");
        yes("peer in {127.0.0.0..127.0.0.9}");
        no("peer in {128.0.0.0..129.0.0.9}");
        yes("peer != local");
        no("peer == \"/run/app.sock\" || peer == \"@app\"");
        yes("peer contains \"127.0\" && local ~ \"^::1$\"");
        no("peer contains \"/\"");
        yes("json.host == 10.0.0.0/8");
        yes("peer.port == 40112 && local.port == 65432");
        // Is there.
        yes("latency");
        no("gap");
        yes("!gap");
        yes("not gap");
        yes("json.ok");
        yes("json.nothing");
        no("json.other");
        yes("json");
        yes("function");
        no("label.x");
        yes("bytes[16]");
        no("bytes[17]");
        yes("json.items[*].name");
        no("all(json.items[*].name)");
        yes("all(json.items[*].id)");
        no("json.none[*]");
        yes("all(json.none[*])");
        yes("len(text)");
        no("len(note)");
        // A flag alone is true, not there.
        no("marked");
        yes("marked == false");
        yes("glued == true");
        no("tls");
        no("tls == false");
        // What is not there is never equal, and != is exactly not ==.
        no("gap == 0");
        no("gap < 1s");
        yes("gap != 0");
        no("gap in {0..1}");
        no("note contains \"\"");
        no("note ~ \".*\"");
        yes("latency != gap");
        no("latency == gap");
        yes("json.items[*].id != 7");
        no("json.items[*].id != 2");
        yes("all(json.items[*].id) != 2");
        // Other types are never equal.
        no("json.ok == 0");
        yes("json.ok == false");
        no("json.ok == true");
        yes("json.nothing == null");
        no("json.ok == null");
        no("json.result == null");
        no("json.items == 3");
        no("json.host < 7");
        no("json.other == null");
        // Text.
        yes("text contains \"rabbit\"");
        no("text contains \"Rabbit\"");
        yes("lower(json.result) contains \"rabbit\"");
        yes("lower(\"ABC\") == \"abc\"");
        yes("bytes contains \"byteorder\"");
        yes("bytes contains 7b:22");
        no("bytes contains 7b:23");
        yes("bytes contains \"\\x00g\"");
        yes("text contains \"\"");
        yes("\"xThe rabbit, 追 againx\" contains text");
        yes("content contains \"\\n\"");
        yes("json.result == \"The \\\"Rabbit\\\"\"");
        // Regular expressions.
        yes("text matches \"^The\"");
        no("text ~ \"^the\"");
        yes("text ~ \"追\"");
        yes("text ~ r\", . again$\"");
        yes("bytes ~ r\"^\\x00g\"");
        yes("bytes ~ r\"\\xff$\"");
        yes("text ~ \"r\\\\w+t\"");
        yes("json.result ~ r\"\\\"Rab\"");
        no("json.ratio ~ \"5\"");
        yes("text(json.ratio) ~ \"5\"");
        // Slices.
        yes("bytes[1] == 0x67");
        yes("bytes[-1] == 255");
        yes("bytes[-1:1] == \"\\xff\"");
        yes("bytes[2:4] == \"{\\\"by\"");
        no("bytes[16:2] == 00:67");
        no("bytes[-18]");
        yes("text[0:3] == \"The\"");
        yes("text[12] == \"追\"");
        yes("text[-5:5] == \"again\"");
        yes("data[1:2] == 00:12");
        yes("data[-1] == 18");
        yes("label[0:2] == \"pu\"");
        yes("json.host[0:3] == \"10.\"");
        no("json.items[0:2]");
        // Paths.
        yes("json.items[0].id == 1");
        yes("json.items[-1].name == \"ccc\"");
        no("json.items[3].id");
        no("json.items[-4].id");
        yes("json.deep.\"a b\".c[1][0] == 3");
        yes("json.deep.\"a b\".c[*][*] == 2");
        yes("all(json.deep.\"a b\".c[*][*]) <= 3");
        yes("header.\"2nd\" == \"x\"");
        yes("header.in == 1");
        yes("json.twice == 2");
        yes("registers[1] == 9");
        yes("registers[*] == 7");
        no("registers[2]");
        yes("delta < 0");
        yes("fields.size == 5 && fields.registers[0] == 7 && fields");
        // An enum's value is its name and its number.
        yes("function == 16");
        yes("function ~ \"^write_\"");
        yes("function in {1..4, 16}");
        // Any and all.
        yes("json.items[*].id == 3");
        yes("any(json.items[*].id) == 3");
        no("all(json.items[*].id) == 3");
        yes("all(json.items[*].id) in {1..3}");
        no("all(json.items[*].name) ~ \".\"");
        no("all(json.other[*]) > 0");
        yes("json.items[*].id == registers[0] || json.items[*].id < registers[*]");
        yes("all(json.items[*].id) < all(registers[*])");
        no("all(registers[*]) == all(registers[*])");
        yes("all(registers[*]) == registers[*]");
        yes("json.mixed[*] == \"one\" && json.mixed[*] == null && json.mixed[*] == true && json.mixed[*] == 1");
        yes("json.mixed[*].id == 5");
        yes("len(json.items[*].name) == 3");
        no("all(len(json.items[*].name)) == 3");
        // Functions.
        yes("len(text) == 19");
        yes("len(bytes) == 17");
        yes("len(json.items) == 3");
        yes("len(lower(label)) == 4");
        yes("count(json.items[*].name) == 2");
        yes("count(json.none) == 0 && count(json.none[*]) == 0");
        no("count(json.other) == 0");
        no("count(json.other[*]) == 0");
        yes("count(json.ok) == 1");
        yes("count(registers) == 2");
        yes("text(peer) == \"127.0.0.1\" && text(local) == \"::1\"");
        yes("text(time) == \"1.5\"");
        yes("text(size) contains \"46\"");
        yes("text(count(registers)) == \"2\"");
        yes("text(content) contains \"rabbit\"");
        yes("text(glued) == \"true\"");
        yes("text(function) == \"write_registers\"");
        // Sets.
        yes("size in {1, 146}");
        no("size in {1..145, 147..200}");
        yes("size in {100B..1KiB}");
        yes("latency in {10ms..1s}");
        yes("dir in {in, out}");
        yes("text in {\"S\"..\"U\"}");
        yes("json.nothing in {null, 0}");
        yes("json.ok in {true, false}");
        no("bytes in {00:67, 00:68}");
        // What binds how.
        yes("size == 1 && size == 2 || size == 146");
        no("size == 1 && (size == 2 || size == 146)");
        yes("size == 146 || size == 1 && size == 2");
        no("!size == 146");
        yes("!(size == 1) && !(size == 2)");
        yes("not size == 1 and not (size == 2 or size == 3)");
        yes("(((size == 146)))");
        yes("((size == 1) || (size == 146)) && (dir == in)");
        yes("true");
        no("false");
        yes("size==146&&dir==in");
        yes("  size\n==\t146  ");
        yes("");
        yes("   ");
        // The one that is selected.
        yes("$size == size");
        yes("$json.items[0].id == 1");
        yes("$glued");
    }
    void matches()
    {
        QFETCH(QString, text);
        QFETCH(bool, expected);
        const auto filter = filter::Filter::compile(text, testSchema());
        QVERIFY2(filter, filter ? "" : qPrintable(filter.error().text));
        filter::Run run;
        QCOMPARE(filter->matches(exampleRow(), run, &exampleRow()), expected);
        // Once more with the same memory.
        QCOMPARE(filter->matches(exampleRow(), run, &exampleRow()), expected);
        QVERIFY(!run.gaveUp());
    }

    void nothingIsSelected()
    {
        const auto filter = filter::Filter::compile(u"conn == $conn || !$conn", testSchema());
        QVERIFY(filter);
        filter::Run run;
        QVERIFY(filter->matches(exampleRow(), run));
        QVERIFY(filter->asksForSelection());
        QVERIFY(filter->asksFor(testSchema().indexOf(u"conn")));
        QVERIFY(!filter->asksFor(testSchema().indexOf(u"size")));
    }

    void lacking_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        QTest::newRow("there") << QStringLiteral("size == 1") << false;
        QTest::newRow("not there") << QStringLiteral("gap == 1") << true;
        QTest::newRow("on the right") << QStringLiteral("latency == gap") << true;
        QTest::newRow("in a tree") << QStringLiteral("json.result == 1") << false;
        QTest::newRow("not in a tree") << QStringLiteral("json.results == 1") << true;
        QTest::newRow("not looked at") << QStringLiteral("size == 146 || gap == 1") << false;
    }
    void lacking()
    {
        QFETCH(QString, text);
        QFETCH(bool, expected);
        const auto filter = filter::Filter::compile(text, testSchema());
        QVERIFY(filter);
        filter::Run run;
        static_cast<void>(filter->matches(exampleRow(), run));
        QCOMPARE(run.lacksField(), expected);
    }
};

} // namespace

SOCKEYE_TEST(TestFilter)
#include "tst_filter.moc"
