// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filter_row.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestFilterMistakes : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    /// The place is what stands between « and » in the filter; where both stand together, nothing is there.
    void mistakes_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char* marked, const char* sentence, const char* suggestion = "") {
            QTest::newRow(marked) << QString::fromUtf8(marked) << QString::fromUtf8(sentence)
                                  << QString::fromUtf8(suggestion);
        };
        // Names.
        row("«heder».x == 1", "No field `heder`; did you mean `header`?", "header");
        row("size > 1 && «durr» == in", "No field `durr`; did you mean `dir`?", "dir");
        row("«SIZE» > 1", "No field `SIZE`; did you mean `size`?", "size");
        row("«functoin» == 1", "No field `functoin`; did you mean `function`?", "function");
        row("«qwertyuiop» == 1", "No field `qwertyuiop`; it begins with one of: conn, dir,");
        row("fields.«functoin» == 1", "No field `functoin`; did you mean `function`?", "function");
        row("fields.«zzz» == 1", "No field `zzz`; it begins with one of: function, data,");
        row("«peer.prot» == 1", "No field `peer.prot`; did you mean `peer.port`?", "peer.port");
        row("«size.x» == 1", "`size` has no fields: it is a number.");
        row("size«[0]» == 1", "`size` is a number and has no parts.");
        row("bytes«[*]» == 1", "`bytes` is bytes: `[0]` and `[0:2]` take parts of it");
        row("bytes[0]«.x» == 1", "`bytes` is bytes: `[0]` and `[0:2]` take parts of it");
        row("bytes[0:2]«[»0] == 1", "A slice has no parts");
        row("size«[0:2]» == 1", "Only text and bytes can be sliced; this is a number.");
        row("json.«5» == 1", "A name follows the dot");
        row("json.«»", "A name follows the dot");
        row("json[«x»]", "A place is expected between the brackets");
        row("json[«\"x\"»]", "A place is expected between the brackets");
        row("json[0«»", "`]` is expected here.");
        row("bytes[0:«0»]", "How many bytes a slice takes follows the colon");
        row("bytes[0:«]»", "How many bytes a slice takes follows the colon");
        row("bytes[«-»]", "A whole number is expected here.");
        row("bytes[«99999999999999999999»]", "A whole number is expected here.");
        // Functions.
        row("«lenn»(text) > 1", "There is no function `lenn`; did you mean `len`?", "len");
        row("«frobnicate»(text) > 1", "There is no function `frobnicate`; there are len,");
        row("«len»(size) > 1", "`len` needs text, bytes or a list; this is a number.");
        row("«lower»(bytes) == \"a\"", "`lower` needs text; this is bytes.");
        row("«count»(size) > 1", "`count` counts the elements of a list");
        row("«count»(count(json)) > 1", "`count` counts the elements of a list");
        row("len(«all»(json.items[*])) > 1", "`all` has to be the outermost function.");
        row("all(«any»(json.items[*])) > 1", "`any` has to be the outermost function.");
        row("«all»(1) > 1", "`all` needs a field");
        row("len(«)» > 1", "`len` needs a value between its parentheses.");
        row("len«(»text", "This parenthesis is never closed");
        row("all(json.items[*].id «>» 0)", "`>` cannot stand here: a function takes one value");
        row("lower(text)«[»0:2] == \"a\"", "Only a field has parts");
        // Types.
        row("«size» contains \"1\"", "`size` is a number; `contains` needs text or bytes.");
        row("text contains «7»", "`7` is a number; `contains` looks for text or bytes.");
        row("«size» ~ \"1\"", "`size` is a number; `~` needs text or bytes.");
        row("size == «\"x\"»", "`size` is a number, and `\"x\"` is text: they are never equal.");
        row("size > «50ms»", "`size` is a number, and `50ms` is a time: they are never equal.");
        row("latency > «1KiB»", "`latency` is a time, and `1KiB` is a number: they are never equal.");
        row("conn == «1KiB»", "`conn` does not count bytes, as `1KiB` does.");
        row("size == «null»", "`size` is a number, and `null` is null: they are never equal.");
        row("size == «true»", "`size` is a number, and `true` is true or false: they are never equal.");
        row("size == «10.0.0.1»", "`size` is a number, and `10.0.0.1` is an address: they are never equal.");
        row("«\"x\"» == size", "`size` is a number, and `\"x\"` is text: they are never equal.");
        row("size == «text»", "`size` is a number, and `text` is text: they are never equal.");
        row("peer == «\"localhost\"»", "`peer` is an address, and `\"localhost\"` is none.");
        row("peer == «\"unix:/run/app.sock\"»", "did you mean `\"/run/app.sock\"`?", "\"/run/app.sock\"");
        row("peer in {10.0.0.0/8, «\"app.sock\"»}", "`contains` looks for a part of either.");
        row("peer contains «10.0.0.1»", "`10.0.0.1` is an address; `contains` looks for text or bytes.");
        row("«peer» < 10.0.0.1", "`peer` is an address, of which none is less than another");
        row("«glued» > true", "`glued` is true or false, of which none is less than another");
        row("json.x < «null»", "`null` is null, of which none is less than another");
        row("size in {1, «\"x\"»}", "`size` is a number, and `\"x\"` is text: they are never equal.");
        row("size in {«1..\"x\"»}", "`1..\"x\"` is no range");
        row("size in {«9..1»}", "`9..1` holds nothing");
        row("json.x in {«true..false»}", "is no range");
        row("peer in {«10.0.0.0/8..11.0.0.0»}", "is no range");
        row("kind == «\"mesage\"»", "`kind` is never `\"mesage\"`; did you mean `\"message\"`?", "\"message\"");
        row("kind == «message»", "No field `message`; text stands in quotes: did you mean `\"message\"`?",
            "\"message\"");
        row("kind == «\"wholly else\"»", "`kind` is never `\"wholly else\"`; it is one of: message, error, note.");
        row("dir in {«\"inn\"»}", "`dir` is never `\"inn\"`; did you mean `\"in\"`?", "\"in\"");
        row("function == «flush»", "text stands in quotes: did you mean `\"flush\"`?", "\"flush\"");
        row("error in {«missing»}", "A set holds values, not fields; did you mean `\"missing\"`?", "\"missing\"");
        // Values alone.
        row("«5»", "`5` alone is no test");
        row("«\"x\"»", "did you mean `bytes contains \"x\"`?", "bytes contains \"x\"");
        row("size > 1 && «in»", "did you mean `bytes contains in`?", "bytes contains in");
        // Text and other tokens.
        row("text == «\"abc»", "This text has no end");
        row("text ~ «r\"abc\\\"»", "This text has no end");
        row("text == «'abc'»", "Text stands in plain double quotes", "\"abc\"");
        row("text == «“abc”»", "Text stands in plain double quotes", "\"abc\"");
        row("text == \"a«\\d»\"", "`\\d` is no escape");
        row("text == \"«\\u»12\"", "is no escape");
        row("text == \"«\\u»d800\"", "is no escape");
        row("size «=» 1", "There is no `=`; did you mean `==`?", "==");
        row("size «===» 1", "There is no `===`; did you mean `==`?", "==");
        row("size «<>» 1", "There is no `<>`; did you mean `!=`?", "!=");
        row("size «≥» 1", "There is no `≥`; did you mean `>=`?", ">=");
        row("text «=~» \"a\"", "There is no `=~`; did you mean `~`?", "~");
        row("text «!~» \"a\"", "There is no `!~`");
        row("size > 1 «&» dir == in", "There is no `&`; did you mean `&&`?", "&&");
        row("size > 1 «|» dir == in", "There is no `|`; did you mean `||`?", "||");
        row("size > 1 «+» 2", "There is no arithmetic");
        row("size > 1 «;»", "`;` means nothing in a filter.");
        row("size > 1 «😀»", "`😀` means nothing in a filter.");
        row("size > «0x»", "Hexadecimal digits follow `0x`.");
        row("size > «18446744073709551616»", "This number has more than 64 bits.");
        row("size > «-9223372036854775809»", "This number has more than 64 bits.");
        row("size > «1e999»", "This number has more than 64 bits.");
        row("size > 10«KB»", "`KB` is no unit; did you mean `KiB`?", "KiB");
        row("latency > 10«sec»", "`sec` is no unit; did you mean `s`?", "s");
        row("latency > 10«µs»", "`µs` is no unit; did you mean `us`?", "us");
        row("latency > 10«fortnights»", "`fortnights` is no unit; the units are us, ms,");
        row("latency > «99999999999s»", "This is more than can be counted.");
        row("bytes contains «0:67»", "`0:67` is neither bytes");
        row("bytes contains «00:6»", "`00:6` is neither bytes");
        row("peer == «1.2.3»", "`1.2.3` is no address");
        row("peer == «1.2.3.456»", "`1.2.3.456` is no address");
        row("peer == «01.2.3.4»", "`01.2.3.4` is no address");
        row("peer == 10.0.0.0/«33»", "An address like this has 32 bits.");
        row("peer == ::/«129»", "An address like this has 128 bits.");
        // Regular expressions.
        row("text ~ «7»", "A regular expression is expected here");
        row("text ~ «»", "A regular expression is expected here");
        row("text ~ \"«(»\"", "This is no regular expression: missing ): (.");
        row("text ~ r\"a«**»\"", "This is no regular expression: ");
        row("text ~ r\"(«\\1»)\"", "This is no regular expression: ");
        row("text ~ r\"(«(?=»x))\"", "This is no regular expression: ");
        row("text ~ r\"(?:(?:(?:a«{1000}»){1000}){1000})\"", "This is no regular expression: ");
        // Sentences.
        row("size == 1 «dir» == in", "`dir` cannot stand here: `&&`, `||` or the end of the filter is expected.");
        row("size «eq» 1", "`eq` is no operator; did you mean `==`?", "==");
        row("size «ge» 1", "`ge` is no operator; did you mean `>=`?", ">=");
        row("text «contain» \"a\"", "`contain` is no operator; did you mean `contains`?", "contains");
        row("size == 1 «AND» dir == in", "`AND` is no operator; did you mean `and`?", "and");
        row("text «like» \"a\"", "`like` is no operator; did you mean `~`?", "~");
        row("size «not» in {1}", "`not` stands in front of a test");
        row("size == «»", "The filter ends too soon");
        row("size == 1 && «»", "The filter ends too soon");
        row("«&&» size == 1", "`&&` cannot stand here: a value or a field is expected.");
        row("size == «==» 1", "`==` cannot stand here");
        row("1 < size «<» 5", "Comparisons cannot be chained");
        row("«(»size == 1", "This parenthesis is never closed: `)` is missing.");
        row("size == 1«)»", "No parenthesis is open that this one could close.");
        row("(size == 1 «,» dir == in)", "`,` cannot stand here");
        row("size == «(»1)", "Parentheses stand around tests, not around values.");
        row("size == «{»1}", "A set can only follow `in`.");
        row("«!!»size", "Two negations in a row");
        row("«not !» size", "Two negations in a row");
        row("size in «1»", "A set is expected here");
        row("size in {«}»", "An empty set holds nothing");
        row("size in «{»1, 2", "This set is never closed");
        row("size in «{»1,", "This set is never closed");
        row("size in {1 «2»}", "`2` cannot stand here: `,` or `}` is expected.");
        row("size in {1, «,»}", "A value is expected here");
        row("«.»", "`.` cannot stand here");
    }
    void mistakes()
    {
        QFETCH(QString, marked);
        QFETCH(QString, sentence);
        QFETCH(QString, suggestion);
        // The quotes of this table are none of the language's.
        const qsizetype at = marked.indexOf(u'«');
        const qsizetype length = marked.indexOf(u'»') - at - 1;
        QString text = marked;
        text.remove(u'«').remove(u'»');
        const auto filter = filter::Filter::compile(text, testSchema());
        QVERIFY(!filter);
        QVERIFY2(filter.error().text.contains(sentence), qPrintable(filter.error().text));
        QVERIFY2(filter.error().text.endsWith(u'.') || filter.error().text.endsWith(u'?')
                || filter.error().text.contains(u"one of: "),
            qPrintable(filter.error().text));
        QCOMPARE(filter.error().suggestion, suggestion);
        QCOMPARE(filter.error().at, at);
        QCOMPARE(filter.error().length, length);
        QCOMPARE(withCaret(filter.error(), text).count(u'\n'), 1);
    }

    void selections()
    {
        const auto lonely = filter::Filter::compile(u"conn == $", testSchema());
        QVERIFY(!lonely);
        QVERIFY2(lonely.error().text.startsWith(u"The name of a field follows"), qPrintable(lonely.error().text));
        filter::Schema schema = testSchema();
        schema.hasSelection = false;
        const auto filter = filter::Filter::compile(u"conn == $conn", schema);
        QVERIFY(!filter);
        QCOMPARE(filter.error().at, 8);
        QCOMPARE(filter.error().length, 5);
        QVERIFY(filter.error().text.startsWith(u"Nothing is selected here"));
    }

    void remarks_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* text, const char* place, const char* sentence) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(place) << QString::fromUtf8(sentence);
        };
        row("conn > 1", "", "");
        row("size > 1", "size", "The protocol has a field `size`, too: that one is `fields.size`.");
        row("conn > 1 && true", "true", "This is always true.");
        row("1 == 2 || conn > 1", "1 == 2", "This is never true.");
        row("1 in {1..2}", "1 in {1..2}", "This is always true.");
        row("conn == conn", "conn == conn", "Both sides are the same.");
        row("conn == $conn", "", "");
        row("all(conn) > 1", "all", "`all` changes nothing: there is no `[*]` that it could be about.");
        row("json.seen == 1 && json.items[3].id", "", "");
        row("json.unseen == 1", "json.unseen", "There is no `json.unseen` in this capture.");
        row("json.items[0].di == 1", "json.items[0].di", "There is no `json.items[0].di` in this capture.");
        row("data[0] == 1", "", "");
    }
    void remarks()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        QFETCH(QString, sentence);
        filter::Schema schema = testSchema();
        schema.occurring = QList<filter::OccurringField> { { QStringLiteral("json.seen") },
            { QStringLiteral("json.items[*].id") }, { QStringLiteral("data") } };
        const auto filter = filter::Filter::compile(text, schema);
        QVERIFY2(filter, filter ? "" : qPrintable(filter.error().text));
        if (sentence.isEmpty()) {
            QVERIFY(filter->remarks().isEmpty());
            return;
        }
        QCOMPARE(filter->remarks().size(), 1);
        const filter::Mistake& remark = filter->remarks().first();
        QCOMPARE(remark.text, sentence);
        QCOMPARE(text.sliced(remark.at, remark.length), place);
    }

    void namesThatOnlyRowsKnow()
    {
        filter::Schema schema = testSchema();
        schema.messageNames.reset();
        const auto far = filter::Filter::compile(u"method == \"GET\"", schema);
        QVERIFY(far && far->remarks().isEmpty());
        const auto near = filter::Filter::compile(u"heder.x == 1", schema);
        QVERIFY(near);
        QCOMPARE(near->remarks().size(), 1);
        QCOMPARE(near->remarks().first().suggestion, QStringLiteral("header"));
    }

    void carets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("in the middle") << QStringLiteral("size > 1 && heder.x")
                                       << QStringLiteral("size > 1 && heder.x\n            ^^^^^");
        QTest::newRow("at the end") << QStringLiteral("size ==") << QStringLiteral("size ==\n       ^");
        QTest::newRow("control characters") << QStringLiteral("\u001bc[2J") << QStringLiteral("\\x1bc[2J\n^^^^");
        QTest::newRow("lines") << QStringLiteral("size\n== heder") << QStringLiteral("== heder\n   ^^^^^");
        QTest::newRow("long") << QString(
            QStringLiteral("size > 1 || ").repeated(20) + u"heder == 1" + QStringLiteral(" || size > 1").repeated(20))
                              << QString(u"…" + QStringLiteral("size > 1 || ").repeated(20).right(48)
                                     + u"heder == 1 || size > 1 || si…\n" + QString(49, u' ') + u"^^^^^");
    }
    void carets()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto filter = filter::Filter::compile(text, testSchema());
        QVERIFY(!filter);
        QCOMPARE(withCaret(filter.error(), text), expected);
    }
};

} // namespace

SOCKEYE_TEST(TestFilterMistakes)
#include "tst_filter_mistakes.moc"
