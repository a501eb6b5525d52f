// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "tests/testcase.h"

using namespace sockeye;
using namespace sockeye::kaitai;

/// One expression each, as the value of an instance beside some fields.
class TestExpression : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void value_data();
    void value();
    void wrong_data();
    void wrong();
};

namespace {

/// The fields hold: n 7, s -2, big 2^64 - 1, t "héllo", raw 01 80 ff, list [3, 1, 2], kind 2, f 1.5, part { x: 9 }.
QByteArray withInstance(const QByteArray& expression)
{
    QByteArray quotedText = expression;
    quotedText.replace("'", "''");
    return R"(meta:
  id: numbers
  endian: be
  encoding: UTF-8
seq:
  - {id: n, type: u1}
  - {id: s, type: s2}
  - {id: big, type: u8}
  - {id: t, type: str, size: 6}
  - {id: raw, size: 3}
  - {id: list, type: u1, repeat: expr, repeat-expr: 3}
  - {id: kind, type: u1, enum: kinds}
  - {id: f, type: f4}
  - {id: part, type: part, size: 4}
types:
  part:
    seq:
      - {id: x, type: u1}
enums:
  kinds: {1: first, 2: second}
instances:
  out:
    value: ')"
        + quotedText + "'\n";
}

const QByteArray fields =
    QByteArray::fromHex("07 fffe ffffffffffffffff 68c3a96c6c6f 0180ff 030102 02 3fc00000 09000000");

QByteArray valueOf(const QByteArray& expression)
{
    const auto description = loaded(withInstance(expression));
    if (!description) {
        return "not loaded";
    }
    const Tree tree = description->decode(fields);
    const int place = tree.find("out");
    if (!tree.faults.empty() || place < 0) {
        return tree.faults.empty() ? QByteArray("none") : describe(tree.faults.front()).toUtf8();
    }
    const TreeItem& item = tree.items[static_cast<std::size_t>(place)];
    if (item.kind == TreeItem::Kind::Struct || item.kind == TreeItem::Kind::Array) {
        const QByteArray json = toJson(tree);
        return json.sliced(json.indexOf("\"out\": ") + 7).chopped(1);
    }
    return scalarText(item);
}

} // namespace

void TestExpression::value_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* expression, const char* expected) {
        QTest::newRow(name) << QByteArray(expression) << QByteArray(expected);
    };
    row("precedence", "1 + 2 * 3 - 4", "3");
    row("shift before and", "1 | 6 & 3 << 1", "7");
    row("comparison before not", "not n == 8 and true", "true");
    row("and before or", "true or false and false", "true");
    row("ternary in ternary", "n > 9 ? 1 : n > 5 ? 2 : 3", "2");
    row("parentheses", "(1 + 2) * 3", "9");
    row("hexadecimal with underscores", "0xff_ff + 0b1_0 + 0o17", "65552");
    row("largest", "18446744073709551615", "18446744073709551615");
    row("smallest", "-9223372036854775808", "-9223372036854775808");
    row("beyond 64 bits in between is too much", "big + 1 - 1", "none");
    row("unsigned field", "big - 1", "18446744073709551614");
    row("division rounds down", "-7 / 2", "-4");
    row("remainder has the divisor's sign", "-7 % 3", "2");
    row("division by zero", "n / (n - 7)", "none");
    row("shift by a lot", "n >> 200", "0");
    row("shift out of range", "n << 62", "none");
    row("negative shift", "n << s", "none");
    row("inverted", "~n", "-8");
    row("negated field", "-s", "2");
    row("float", "f * 2", "3");
    row("float and integer", "n / 2.0", "3.5");
    row("float with exponent", "1.5e3 + .5.to_i", "not loaded");
    row("exponent", "1.5e3", "1500");
    row("truncated", "(-2.7).to_i", "-2");
    row("integer as text", "n.to_s + \"!\"", "7!");
    row("text", "t + 'x'", "h\xc3\xa9llox");
    row("length in characters", "t.length", "5");
    row("reversed", "t.reverse", "oll\xc3\xa9h");
    row("number in base 36", "'zZaA90'.to_i(36)", "2175582564");
    row("number in no base", "'1'.to_i(37)", "none");
    row("substring", "t.substring(1, 3)", "\xc3\xa9l");
    row("substring outside", "t.substring(1, 9)", "none");
    row("text to integer", "\"-12\".to_i + \"ff\".to_i(16)", "243");
    row("text with rubbish", "\"12x\".to_i", "none");
    row("escapes by number", "\"\\u00e9\\u20AC\\101\\7\"",
        "\xc3\xa9\xe2\x82\xac"
        "A\x07");
    row("escapes", "\"a\\tb\\u0041\\101\\e\".length", "6");
    row("single quotes have no escapes", "'a\\n'.length", "3");
    row("text order", "\"ab\" < \"b\"", "true");
    row("f-string", "f\"n={n} k={kind} {f} {t}\"", "n=7 k=second 1.5 h\xc3\xa9llo");
    row("f-string with braces inside", "f\"{n == 7 ? 'yes' : 'no'}\"", "yes");
    row("byte literal", "[1, 0x80, 255] == raw", "true");
    row("byte order", "raw < [2]", "true");
    row("bytes", "raw.size + raw.first + raw.last + raw.max + raw[1]", "642");
    row("bytes as text", "[0x41, 0xe9].to_s('ISO-8859-1')", "A\xc3\xa9");
    row("bytes from fields", "[n, kind.to_i].as<bytes>", "0702");
    row("element", "list[2]", "2");
    row("element outside", "list[3]", "none");
    row("array methods", "list.size * 1000 + list.min * 100 + list.max * 10 + list.first", "3133");
    row("list of texts", "['b', 'a'].min", "a");
    row("list", "[1000, n, -1]", "[1000, 7, -1]");
    row("enum", "kind == kinds::second", "true");
    row("enum to integer", "kinds::first.to_i", "1");
    row("boolean to integer", "(n == 7).to_i", "1");
    row("object", "part", "{\"x\": 9}");
    row("field of object", "part.x", "9");
    row("parent of object", "part._parent.n", "7");
    row("root of object", "part._root.n", "7");
    row("stream of object", "part._io.size * 10 + part._io.pos", "41");
    row("cast", "part._parent.as<numbers>.n", "7");
    row("wrong cast", "_root.as<part>.x", "none");
    row("size of type", "sizeof<part> * 10 + bitsizeof<u2>", "26");
    row("size of field", "part._sizeof", "4");
    row("stream", "_io.size", "32");
    row("at the end", "_io.eof", "true");
    row("comment", "n # seven", "7");
}

void TestExpression::value()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, expected);
    if (expected == "not loaded") {
        QVERIFY(!mistakesOf(withInstance(expression)).isEmpty());
        return;
    }
    QCOMPARE(valueOf(expression), expected);
}

void TestExpression::wrong_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* expression, const char* sentence) {
        QTest::newRow(name) << QByteArray(expression) << QString::fromUtf8(sentence);
    };
    row("unknown name", "nothing", "There is no field “nothing” in “numbers”.");
    row("like C", "n == 1 && s == 2", "did you mean “and” or “or”?");
    row("unfinished", "1 *", "it ends here");
    row("open parenthesis", "(1 + 2", "“)” was expected");
    row("open string", "\"abc", "no closing quote");
    row("unknown escape", "\"\\q\"", "escape sequence");
    row("too large", "18446744073709551616", "does not fit 64 bits");
    row("boolean wanted", "not n", "“not” needs a boolean, not an integer");
    row("text and number", "t + 1", "does not go with a string and an integer");
    row("compared with text", "n == 'a'", "compare an integer with a string");
    row("order of enums", "kind > kinds::first", "compare a value of the enum “kinds”");
    row("enum with number", "kind == 1", "compare a value of the enum");
    row("unknown enum", "kinds2::first == kind", "There is no enum “kinds2”.");
    row("unknown member", "kinds::third == kind", "The enum “kinds” has no “third”.");
    row("unknown method", "n.foo", "There is no “foo” in an integer.");
    row("arguments", "t.substring(1)", "The number of arguments");
    row("encoding from a field", "raw.to_s(t)", "name of an encoding");
    row("unknown type", "part.as<nobody>", "There is no type “nobody”.");
    row("size that varies", "t._sizeof + list._sizeof", "not always of the same size");
    row("underscore", "_ == 1", "“_” stands for nothing here.");
    row("index of a number", "n[0]", "Only arrays and bytes have elements");
    row("too deep", QByteArray(QByteArray(300, '(') + "1" + QByteArray(300, ')')).constData(), "nested too deep");
}

void TestExpression::wrong()
{
    QFETCH(QByteArray, expression);
    QFETCH(QString, sentence);
    const QStringList mistakes = mistakesOf(withInstance(expression));
    QCOMPARE(mistakes.size(), 1);
    QVERIFY2(mistakes.front().contains(sentence), qPrintable(mistakes.front()));
    QVERIFY2(mistakes.front().contains(QStringLiteral("/instances/out/value")), qPrintable(mistakes.front()));
}

SOCKEYE_TEST(TestExpression)
#include "tst_expression.moc"
