// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_reader.h"
#include "protocol/json/json_string.h"
#include "protocol/json/json_writer.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace sockeye;
using namespace sockeye::json;

namespace {

/// The members of an object as text, to compare.
class Listing final : public MemberVisitor {
public:
    void member(QByteArrayView key, const Value& value) override
    {
        text += key.toByteArray() + '=' + typeName(value.type).toUtf8() + ':' + value.text.toByteArray()
            + (value.type == Type::Integer ? QByteArray::number(value.integer) : QByteArray()) + ';';
    }
    QByteArray text;
};

/// All tokens of a text with their places.
QByteArray tokens(QByteArrayView text)
{
    static const QByteArray names("{}[]ksnlEF");
    Scanner scanner(text);
    QByteArray out;
    while (true) {
        const Token token = scanner.next();
        out += names[static_cast<qsizetype>(token)];
        if (token == Token::End || token == Token::Failed) {
            return out;
        }
        out += scanner.text().toByteArray() + ' ';
    }
}

} // namespace

class TestJson : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void scan_data();
    void scan();
    void bad_data();
    void bad();
    void depth_data();
    void depth();
    void members_data();
    void members();
    void longTextsReadTheSame();
    void prefixesAreRightAsFarAsTheyGo();
    void decodedString_data();
    void decodedString();
    void writtenString_data();
    void writtenString();
    void writer();
    void pretty_data();
    void pretty();
};

void TestJson::scan_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("object", "{\"a\": 1}", "{{ k\"a\" n1 }} E");
    row("empty object", " { } ", "{{ }} E");
    row("empty array", "[]", "[[ ]] E");
    row("nested", "[{\"a\":[true]},null]", "[[ {{ k\"a\" [[ ltrue ]] }} lnull ]] E");
    row("escapes", R"(["\"\\\/\b\f\n\r\t\u00e4"])", R"([[ s"\"\\\/\b\f\n\r\t\u00e4" ]] E)");
    row("numbers", "[0,-0,1.5,1e3,1E-3,12345678901234567890123]",
        "[[ n0 n-0 n1.5 n1e3 n1E-3 n12345678901234567890123 ]] E");
    row("quote after eight plain bytes", "\"12345678\"", "s\"12345678\" E");
    row("lone value", "false", "lfalse E");
}

void TestJson::scan()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(tokens(text), expected);
    QVERIFY(read(text, 64).has_value());
}

void TestJson::bad_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qsizetype>("offset");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* name, const QByteArray& text, qsizetype offset, const char* expected,
                         const char* found) {
        QTest::newRow(name) << text << offset << QString::fromUtf8(expected) << QString::fromUtf8(found);
    };
    row("empty", "", 0, "a value", "the end");
    row("space", "  ", 2, "a value", "the end");
    row("garbage", "hello", 0, "a value", "\"h\"");
    row("comma at the end of an object", "{\"a\": 1,}", 8, "a key in quotes", "\"}\"");
    row("comma at the end of an array", "[1,]", 3, "a value", "\"]\"");
    row("no comma", "[1 2]", 3, "\",\" or \"]\"", "\"2\"");
    row("no colon", "{\"a\" 1}", 5, "\":\"", "\"1\"");
    row("key without quotes", "{a: 1}", 1, "a key in quotes or \"}\"", "\"a\"");
    row("wrong bracket", "[1}", 2, "\",\" or \"]\"", "\"}\"");
    row("two values", "1 2", 2, "the end", "\"2\"");
    row("unknown literal", "[nope]", 1, "a value", "\"n\"");
    row("half a literal", "[tru", 4, "true", "the end");
    row("leading zero", "[01]", 2, "\",\" or \"]\"", "\"1\"");
    row("no digit after the point", "[1.]", 3, "a digit", "\"]\"");
    row("no digit in the exponent", "[1e+]", 4, "a digit", "\"]\"");
    row("lone minus", "[-]", 2, "a digit", "\"]\"");
    row("plus", "[+1]", 1, "a value or \"]\"", "\"+\"");
    row("not a number", "[NaN]", 1, "a value or \"]\"", "\"N\"");
    row("string not ended", "[\"abc", 5, "\"\\\"\"", "the end");
    row("control character in a string", "[\"a\nb\"]", 3, "a character that JSON allows unescaped", "byte 0x0a");
    row("unknown escape", "[\"a\\x\"]", 4, "an escape sequence", "\"x\"");
    row("short \\u", "[\"\\u12g4\"]", 6, "an escape sequence", "\"g\"");
    row("single quotes", "['a']", 1, "a value or \"]\"", "\"'\"");
    row("comment", "[1] // one", 4, "the end", "\"/\"");
    row("zero byte", QByteArray("[\0]", 3), 1, "a value or \"]\"", "byte 0x00");
    row("not a letter of ASCII", "[é]", 1, "a value or \"]\"", "\"é\"");
    row("leading zero in a member", "{\"a\": 01}", 7, "\",\" or \"}\"", "\"1\"");
    row("minus alone in a member", "{\"a\": -}", 7, "a digit", "\"}\"");
    row("minus and space", "{\"a\": - 1}", 7, "a digit", "\" \"");
    row("zero byte after an object", QByteArray("{\"a\": 1}\0", 9), 8, "the end", "byte 0x00");
    row("comma before the end of an object", "{\"a\": \"b\",}", 10, "a key in quotes", "\"}\"");
    row("control character in a member", "{\"a\": \"123456\n89\"}", 13, "a character that JSON allows unescaped",
        "byte 0x0a");
    row("member not in UTF-8", "{\"a\": \"\xff\"}", 7, "UTF-8", "byte 0xff");
    row("key not in UTF-8", "{\"12345678\xc0\": 1}", 10, "UTF-8", "byte 0xc0");
    row("not UTF-8", "[\"\xff\"]", 2, "UTF-8", "byte 0xff");
    row("surrogate in UTF-8", "[\"\xed\xa0\x80\"]", 2, "UTF-8", "byte 0xed");
}

void TestJson::bad()
{
    QFETCH(QByteArray, text);
    QFETCH(qsizetype, offset);
    QFETCH(QString, expected);
    QFETCH(QString, found);
    for (const QByteArray& padding : { QByteArray(), QByteArray(300, ' '), QByteArray(70'000, ' ') }) {
        const auto type = read(QByteArray(padding + text), 64);
        QVERIFY(!type);
        QCOMPARE(type.error().offset, padding.size() + offset);
        QCOMPARE(type.error().expected, expected);
        QCOMPARE(type.error().found, found);
    }
}

void TestJson::depth_data()
{
    QTest::addColumn<int>("levels");
    QTest::addColumn<bool>("right");
    QTest::newRow("1") << 1 << true;
    QTest::newRow("63") << 63 << true;
    QTest::newRow("64") << 64 << true;
    QTest::newRow("65") << 65 << false;
    QTest::newRow("100,000") << 100'000 << false;
}

void TestJson::depth()
{
    QFETCH(int, levels);
    QFETCH(bool, right);
    for (const QByteArray& core : { QByteArray(), QByteArray("1") }) {
        for (const QByteArray& padding : { QByteArray(), QByteArray(300, ' '), QByteArray(70'000, ' ') }) {
            const auto type = read(QByteArray(padding + QByteArray(levels, '[') + core + QByteArray(levels, ']')), 64);
            QCOMPARE(type.has_value(), right);
            if (!right) {
                QCOMPARE(type.error().kind, Problem::Kind::TooDeep);
                QCOMPARE(type.error().offset, padding.size() + 64);
            }
        }
    }
}

void TestJson::members_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("all types") << QByteArray(
        R"({"a": {"x": 1}, "b": [2], "c": "s", "d": -3, "e": 1.5, "f": true, "g": null})")
                               << QByteArray("a=an object:;b=an array:;c=a string:s;d=a number:-3;e=a number:;"
                                             "f=true or false:;g=null:;");
    QTest::newRow("integers") << QByteArray(R"({"a": 9223372036854775807, "b": 9223372036854775808, "c": 1e2})")
                              << QByteArray("a=a number:9223372036854775807;b=a number:;c=a number:;");
    QTest::newRow("plain") << QByteArray("{\"a\" :\t\"x, y\",\n\"b\":-12 , \"c\": 0, \"\": \"\"} ")
                           << QByteArray("a=a string:x, y;b=a number:-12;c=a number:0;=a string:;");
    QTest::newRow("plain, not ASCII") << QByteArray(R"({"ä": "naïve 日本語 🐰"})")
                                      << QByteArray("ä=a string:naïve 日本語 🐰;");
    QTest::newRow("nine members")
        << QByteArray(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9})")
        << QByteArray("a=a number:1;b=a number:2;c=a number:3;d=a number:4;e=a number:5;f=a number:6;g=a number:7;"
                      "h=a number:8;i=a number:9;");
    QTest::newRow("nineteen digits") << QByteArray(R"({"a": -9223372036854775808, "b": 999999999999999999})")
                                     << QByteArray("a=a number:-9223372036854775808;b=a number:999999999999999999;");
    QTest::newRow("too many digits") << QByteArray(R"({"a": 9223372036854775808, "b": 18446744073709551617})")
                                     << QByteArray("a=a number:;b=a number:;");
    QTest::newRow("what simdjson does not take")
        << QByteArray(R"({"a": 1e999, "b": 123456789012345678901234567890})") << QByteArray("a=a number:;b=a number:;");
    QTest::newRow("escapes") << QByteArray(R"({"\u0061": "\ud83d\udc30\n\/"})") << QByteArray("a=a string:🐰\n/;");
    QTest::newRow("lone surrogate") << QByteArray(R"({"a": "\ud83d!"})") << QByteArray("a=a string:\ufffd!;");
    QTest::newRow("twice") << QByteArray(R"({"a": 1, "a": 2})") << QByteArray("a=a number:1;a=a number:2;");
}

void TestJson::members()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    for (const QByteArray& padding : { QByteArray(), QByteArray(300, ' '), QByteArray(70'000, ' ') }) {
        Listing listing;
        const auto type = read(QByteArray(text + padding), 64, &listing);
        QVERIFY(type);
        QCOMPARE(*type, Type::Object);
        QCOMPARE(listing.text, expected);
    }
}

void TestJson::longTextsReadTheSame()
{
    QByteArray text = "{\"first\": \"" + QByteArray(200'000, 'x') + "\", \"list\": [";
    for (int i = 0; i < 20'000; ++i) {
        text += QByteArray::number(i) + ", ";
    }
    text += "0], \"last\": 7}";
    Listing listing;
    QVERIFY(read(text, 64, &listing).has_value());
    QVERIFY(listing.text.startsWith("first=a string:xxx"));
    QVERIFY(listing.text.endsWith("list=an array:;last=a number:7;"));
}

void TestJson::prefixesAreRightAsFarAsTheyGo()
{
    const QByteArray text = R"({"key": ["value \u00e4", -1.5e+3, true, {"a": null}, []], "b": {}})";
    for (qsizetype size = 0; size < text.size(); ++size) {
        Scanner scanner(QByteArrayView(text).first(size));
        Token token = scanner.next();
        while (token != Token::Failed && token != Token::End) {
            token = scanner.next();
        }
        QCOMPARE(token, Token::Failed);
        QVERIFY(scanner.endedTooSoon());
        QCOMPARE(scanner.problem().offset, size);
    }
}

void TestJson::decodedString_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray("\"abc\"") << QByteArray("abc");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t")") << QByteArray("\"\\/\b\f\n\r\t");
    QTest::newRow("zero") << QByteArray(R"("a\u0000b")") << QByteArray("a\0b", 3);
    QTest::newRow("pair") << QByteArray(R"("\uD83D\uDC30")") << QByteArray("🐰");
    QTest::newRow("high half") << QByteArray(R"("\ud83dx")") << QByteArray("\ufffdx");
    QTest::newRow("low half") << QByteArray(R"("\udc30x")") << QByteArray("\ufffdx");
    QTest::newRow("two high halves") << QByteArray(R"("\ud83d\ud83d\udc30")") << QByteArray("\ufffd🐰");
    QTest::newRow("not ended") << QByteArray("\"abc") << QByteArray("abc");
    QTest::newRow("ended in an escape") << QByteArray("\"abc\\") << QByteArray("abc");
    QTest::newRow("ended in \\u") << QByteArray("\"abc\\u00") << QByteArray("abc");
}

void TestJson::decodedString()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, text);
    QCOMPARE(decodeString(token), text);
}

void TestJson::writtenString_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("plain") << QStringLiteral("abc") << QByteArray("\"abc\"");
    QTest::newRow("empty") << QString() << QByteArray("\"\"");
    QTest::newRow("short escapes") << QStringLiteral("\"\\\n\r\t\b\f/") << QByteArray(R"("\"\\\n\r\t\b\f/")");
    QTest::newRow("other control characters")
        << QString(QChar(0) % QChar(0x1f) % QChar(0x1b) % QChar(0x7f)) << QByteArray("\"\\u0000\\u001f\\u001b\x7f\"");
    QTest::newRow("not ASCII") << QStringLiteral("naïve 日本語 🐰") << QByteArray("\"naïve 日本語 🐰\"");
}

void TestJson::writtenString()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    QByteArray out;
    appendString(out, text);
    QCOMPARE(out, json);
    QCOMPARE(decodeString(out), text.toUtf8());
    QVERIFY(read(out, 1).has_value());
}

void TestJson::writer()
{
    QByteArray out;
    Writer(out)
        .beginObject()
        .key("list")
        .beginArray()
        .integer(-5)
        .number(0.1)
        .number(std::numeric_limits<double>::infinity())
        .boolean(true)
        .null()
        .beginObject()
        .endObject()
        .beginArray()
        .endArray()
        .endArray()
        .key("text")
        .string(u"a\"b")
        .key("raw")
        .raw("{\"x\":1}")
        .endObject();
    QCOMPARE(out, QByteArray(R"({"list": [-5, 0.1, null, true, null, {}, []], "text": "a\"b", "raw": {"x":1}})"));
    QVERIFY(read(out, 64).has_value());
}

void TestJson::pretty_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("value") << QByteArray(" 1 ") << QByteArray("1");
    QTest::newRow("object") << QByteArray("{\"a\":1,\"b\":\"x, y: {\\\"\"}")
                            << QByteArray("{\n  \"a\": 1,\n  \"b\": \"x, y: {\\\"\"\n}");
    QTest::newRow("nested") << QByteArray("[[], { }, [1,2]]")
                            << QByteArray("[\n  [],\n  {},\n  [\n    1,\n    2\n  ]\n]");
    QTest::newRow("broken") << QByteArray("]]\"abc") << QByteArray("\n]\n]\"abc");
}

void TestJson::pretty()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    QCOMPARE(json::pretty(json), text);
    const QByteArray wide = QByteArray("[\"") + "ä" + QByteArray(1000, 'x') + "\"]";
    QVERIFY(json::pretty(wide, 7).endsWith("…"));
    QVERIFY(json::pretty(wide, 7).size() <= 7 + 3);
    const QByteArray deep(100'000, '[');
    QVERIFY(json::pretty(deep, 1000).size() <= 1003);
}

SOCKEYE_TEST(TestJson)
#include "tst_json.moc"
