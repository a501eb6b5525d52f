// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "tests/testcase.h"

using namespace sockeye;
using namespace sockeye::kaitai;

class TestBuild : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void solved_data();
    void solved();
    void refused_data();
    void refused();
    void senders();
};

void TestBuild::comesBack_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, const char* text, const char* hex) {
        QTest::newRow(name) << QByteArray("meta: {id: m, endian: be, encoding: UTF-8}\n") + text << QByteArray(hex);
    };
    row("numbers",
        "seq: [{id: a, type: u2}, {id: b, type: s8le}, {id: c, type: u8}, {id: d, type: f4}, {id: e, type: f8le}]",
        "0102 feffffffffffffff ffffffffffffffff 3fc00000 000000000000e0bf");
    row("bits",
        "seq: [{id: a, type: b3}, {id: b, type: b1}, {id: c, type: b20}, {id: d, type: b5le}, {id: e, type: b11le}, "
        "{id: f, "
        "type: u1}]",
        "f12345 a1c8 09");
    row("unused bits", "seq: [{id: a, type: b3}, {id: b, type: u1}, {id: c, type: b3le}]", "5f 01 ff");
    row("text",
        "seq: [{id: a, type: strz}, {id: b, type: str, size: 4, encoding: UTF-16LE}, {id: c, type: strz, encoding: "
        "UTF-16BE}]",
        "c3a900 e9004100 00e90000");
    row("padding", "seq: [{id: a, type: str, size: 5, pad-right: 0x20}, {id: b, type: str, size: 6, terminator: 0}]",
        "4142202020 430000000000");
    row("rubbish after a terminator",
        "seq: [{id: b, type: str, size: 6, terminator: 0}, {id: c, size: 4, terminator: 1, "
        "pad-right: 2}]",
        "430061620064 0a01ff02");
    row("terminators",
        "seq: [{id: a, terminator: 0x2c}, {id: b, terminator: 0x2c, include: true}, {id: c, terminator: 0x2c, "
        "consume: false}, {id: d, size: 1}, {id: f, terminator: 0x2c, eos-error: false}]",
        "61 2c 62 2c 63 2c 66 2c");
    row("types, switches, repeats",
        "seq: [{id: n, type: u1}, {id: a, type: t, repeat: expr, repeat-expr: n}, {id: z, type: t, repeat: until, "
        "repeat-until: "
        "_.k == kinds::end}]\n"
        "types: {t: {seq: [{id: k, type: u1, enum: kinds}, {id: v, type: {switch-on: k.to_i, cases: {1: u2, 2: s}}, "
        "if: k != "
        "kinds::end}]}, s: {seq: [{id: x, type: strz}]}}\nenums: {kinds: {1: number, 3: end}}",
        "02 01 0102 02 6100 02 00 03");
    row("space left in a type",
        "seq: [{id: a, size: 5, type: t}, {id: b, type: u1}]\ntypes: {t: {seq: [{id: x, type: u2}]}}",
        "0102 000000 07");
    row("rubbish left in a type",
        "seq: [{id: a, size: 5, type: t}, {id: b, type: u1}]\ntypes: {t: {seq: [{id: x, type: u2}]}}",
        "0102 00ab00 07");
    row("processes",
        "seq: [{id: a, size: 2, process: xor(0xaa)}, {id: b, size: 2, process: rol(3), type: t}, {id: c, size: 1, "
        "process: 'ror(9)'}]\ntypes: {t: {seq: [{id: x, type: u2}]}}",
        "0102 0304 05");
    row("to the end",
        "seq: [{id: a, size: 4, type: t}, {id: b, type: u1, repeat: eos}]\ntypes: {t: {seq: [{id: x, type: u1, if: "
        "not _io.eof}, {id: y, size-eos: true}]}}",
        "01020304 0506");
    row("byte order by a field",
        "seq: [{id: o, type: u1}, {id: v, type: v}]\ntypes: {v: {meta: {endian: {switch-on: _parent.o, "
        "cases: {1: le, _: be}}}, seq: [{id: x, type: u2}]}}",
        "01 0100");
}

void TestBuild::comesBack()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    const auto description = loaded(text);
    QVERIFY(description);
    const QByteArray message = QByteArray::fromHex(hex);
    const Tree tree = description->decode(message);
    QVERIFY2(tree.faults.empty(), tree.faults.empty() ? "" : qPrintable(describe(tree.faults.front())));
    QCOMPARE(tree.size, message.size());
    const auto built = description->build(toJson(tree));
    QVERIFY2(built.has_value(), built ? "" : qPrintable(describe(built.error())));
    QCOMPARE(built->toHex(' '), message.toHex(' '));
}

void TestBuild::solved_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* json, const char* expected) {
        QTest::newRow(name) << QByteArray("meta: {id: m, endian: be, encoding: ASCII}\n") + text << QByteArray(json)
                            << QByteArray(expected);
    };
    const char* const lengthFirst = "seq: [{id: n, type: u1}, {id: a, size: n}]";
    row("length", lengthFirst, R"({"a": "616263"})", "03 616263");
    row("length that lies", lengthFirst, R"({"n": 9, "a": "616263"})", "09 616263");
    row("length of a text that lies", "seq: [{id: n, type: u1}, {id: a, type: str, size: n}]",
        R"({"n": 9, "a": "abc"})", "09 616263");
    const char* const sized =
        "seq: [{id: n, type: u1}, {id: b, type: t, size: n}]\ntypes: {t: {seq: [{id: k, type: u2}]}}";
    row("length of a type that lies", sized, R"({"n": 9, "b": {"k": 7}})", "09 0007");
    row("length of a type that was there", sized, R"({"n": 4, "b": {"k": 7}, "-unshown": {"b.": "0000"}})",
        "04 0007 0000");
    row("length that two share",
        "seq: [{id: n, type: u1}, {id: a, size: n}, {id: b, type: t, size: n}]\ntypes: {t: {seq: [{id: k, type: u2}]}}",
        R"({"a": "61626364", "b": {"k": 7}})", "04 61626364 0007 0000");
    row("length given of what is filled up", "seq: [{id: n, type: u1}, {id: a, type: str, size: n, pad-right: 0x20}]",
        R"({"n": 4, "a": "ab"})", "04 61622020");
    row("size and presence", "seq: [{id: n, type: u1}, {id: a, size: n, if: n > 0}]", R"({"a": "616263"})",
        "03 616263");
    row("size and absence", "seq: [{id: n, type: u1}, {id: a, size: n, if: n > 0}]", "{}", "00");
    row("size and presence of nothing", "seq: [{id: n, type: u1}, {id: a, size: n, if: n > 0}]", R"({"a": ""})", "00");
    row("count and presence", "seq: [{id: n, type: u1}, {id: a, type: u1, repeat: expr, repeat-expr: n, if: n != 0}]",
        R"({"a": [1, 2]})", "02 0102");
    row("linear", "seq: [{id: n, type: u2}, {id: a, size: n * 2 - 4}]", R"({"a": "61626364"})", "0004 61626364");
    row("divided", "seq: [{id: n, type: u1}, {id: a, size: n / 4}]", R"({"a": "6162"})", "08 6162");
    row("shifted", "seq: [{id: n, type: u1}, {id: a, size: n << 1}]", R"({"a": "6162"})", "01 6162");
    row("by way of an instance", "seq: [{id: n, type: u1}, {id: a, size: len}]\ninstances: {len: {value: n - 3}}",
        R"({"a": "61"})", "04 61");
    row("in a head", "seq: [{id: h, type: h}, {id: a, type: str, size: h.n}]\ntypes: {h: {seq: [{id: n, type: u1}]}}",
        R"({"a": "abc"})", "03 616263");
    row("in the parent", "seq: [{id: n, type: u1}, {id: b, type: t}]\ntypes: {t: {seq: [{id: a, size: _parent.n}]}}",
        R"({"b": {"a": "6162"}})", "02 6162");
    row("by a parameter",
        "seq: [{id: n, type: u1}, {id: b, type: t(n)}]\ntypes: {t: {params: [{id: len, type: u1}], seq: [{id: a, "
        "size: len}]}}",
        R"({"b": {"a": "6162"}})", "02 6162");
    row("size of a type",
        "seq: [{id: n, type: u1}, {id: b, type: t, size: n}]\ntypes: {t: {seq: [{id: k, type: u1}, {id: a, "
        "size-eos: true}]}}",
        R"({"b": {"k": 7, "a": "6162"}})", "03 07 6162");
    row("length of a text in bytes", "seq: [{id: n, type: u1}, {id: a, type: str, size: n, encoding: UTF-16LE}]",
        R"({"a": "é"})", "02 e900");
    row("count", "seq: [{id: n, type: u1}, {id: a, type: u2, repeat: expr, repeat-expr: n}]", R"({"a": [1, 2]})",
        "02 0001 0002");
    row("presence", "seq: [{id: f, type: u1}, {id: a, type: u1, if: f == 4}]", R"({"a": 9})", "04 09");
    row("absence", "seq: [{id: f, type: u1}, {id: a, type: u1, if: f != 0}]", "{}", "00");
    row("presence by a bit", "seq: [{id: f, type: b1}, {id: r, type: b7}, {id: a, type: u1, if: f}]",
        R"({"r": 0, "a": 9})", "80 09");
    row("greater", "seq: [{id: v, type: u1}, {id: a, type: u1, if: v >= 3}]", R"({"a": 9})", "03 09");
    row("contents and valid", "seq: [{contents: AB}, {id: v, type: u1, valid: 7}, {id: a, type: u1}]", R"({"a": 1})",
        "4142 07 01");
    row("own value", "seq: [{id: v, type: u1, -value: a.size * 2}, {id: a, terminator: 0}]", R"({"a": "616263"})",
        "06 61626300");
    row("own value that lies", "seq: [{id: v, type: u1, -value: 1}, {id: a, type: u1}]", R"({"v": 5, "a": 1})",
        "05 01");
    row("checksum over a length",
        "seq: [{id: n, type: u1}, {id: k, type: u1}, {id: a, size: n}, {id: sum, type: u2le, -checksum: "
        "{algorithm: crc-16/modbus, from: n, to: a}}]",
        R"({"k": 2, "a": "616a"})", "02 02 616a 09e3");
    row("checksum in a signed number",
        "seq: [{id: a, size: 1}, {id: sum, type: s1, -checksum: {algorithm: xor-8, from: a, to: a}}]", R"({"a": "fe"})",
        "fefe");
    row("checksum as text",
        "seq: [{id: a, size: 3}, {id: sum, type: str, size: 2, -checksum: {algorithm: xor-8, from: a, to: a}}]",
        R"({"a": "475041"})", "475041 3536");
    row("digest", "seq: [{id: sum, size: 16, -checksum: {algorithm: md5, from: a, to: a}}, {id: a, size: 0}]",
        R"({"a": ""})", "d41d8cd98f00b204e9800998ecf8427e");
    row("enum by name and by number",
        "seq: [{id: a, type: u1, enum: e}, {id: b, type: u1, enum: e}]\nenums: {e: {5: five}}",
        R"({"a": "five", "b": 9})", "05 09");
    row("type of which all is known",
        "seq: [{id: h, type: h}, {id: a, type: u1}]\ntypes: {h: {seq: [{contents: [1, 2]}]}}", R"({"a": 3})",
        "0102 03");
    row("instances are not sent", "seq: [{id: a, type: u1}]\ninstances: {b: {value: a + 1}}", R"({"a": 3, "b": 99})",
        "03");
}

void TestBuild::solved()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const auto description = loaded(text);
    QVERIFY(description);
    const auto built = description->build(json);
    QVERIFY2(built.has_value(), built ? "" : qPrintable(describe(built.error())));
    QCOMPARE(built->toHex(), QByteArray::fromHex(expected).toHex());
}

void TestBuild::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* text, const char* json, const char* sentence) {
        QTest::newRow(name) << QByteArray("meta: {id: m, endian: be, encoding: ASCII}\n") + text << QByteArray(json)
                            << QString::fromUtf8(sentence);
    };
    row("no JSON", "seq: []", "{", "This is not JSON");
    row("no object", "seq: []", "[1]", "An object was expected");
    row("unknown field", "seq: [{id: a, type: u1}]", R"({"a": 1, "b": 2})", "has no field “b”");
    row("missing", "seq: [{id: a, type: u1}, {id: b, type: u1}]", R"({"a": 1})", "b: It must be given");
    row("missing text", "seq: [{id: t, type: t}]\ntypes: {t: {seq: [{id: a, type: strz}]}}", "{}",
        "t.a: It must be given");
    row("cannot be turned round", "seq: [{id: n, type: u1}, {id: a, size: n % 4}]", R"({"a": "61"})",
        "n: It must be given");
    row("does not fit", "seq: [{id: a, type: u1}]", R"({"a": 256})", "a: 256 does not fit a field of 8 bits");
    row("length does not fit", "seq: [{id: n, type: b2}, {id: r, type: b6}, {id: a, size: n}]",
        R"({"r": 0, "a": "6162636465"})", "n: 5 does not fit a field of 2 bits");
    row("fixed size", "seq: [{id: a, size: 2}]", R"({"a": "61"})", "2 bytes were expected, not 1");
    row("no hexadecimal", "seq: [{id: a, size: 2}]", R"({"a": "xyz"})", "in hexadecimal");
    row("text for a number", "seq: [{id: a, type: u1}]", R"({"a": "one"})", "A whole number was expected");
    row("number for a text", "seq: [{id: a, type: strz}]", R"({"a": 1})", "A string was expected");
    row("no list", "seq: [{id: a, type: u1, repeat: eos}]", R"({"a": 1})", "A list was expected");
    row("not in the encoding", "seq: [{id: a, type: strz}]", R"({"a": "é"})", "encoding “ASCII”");
    row("half a number", "seq: [{id: a, type: u1}]", R"({"a": 1.5})", "A whole number was expected");
    row("size without presence", "seq: [{id: n, type: u1}, {id: a, size: n, if: n > 2}]", R"({"a": "61"})",
        "a: It is given, but with its size the condition “n > 2” does not hold");
    row("switch on what is missing", "seq: [{id: k, type: u1}, {id: a, type: {switch-on: k, cases: {1: u1}}}]",
        R"({"a": 1})", "“k” is not known");
}

void TestBuild::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    QFETCH(QString, sentence);
    const auto description = loaded(text);
    QVERIFY(description);
    const auto built = description->build(json);
    QVERIFY(!built.has_value());
    QVERIFY2(describe(built.error()).contains(sentence), qPrintable(describe(built.error())));
}

void TestBuild::senders()
{
    const auto description =
        loaded("meta: {id: m, -client: ask}\nseq: [{id: r, type: u1}]\ntypes: {ask: {seq: [{id: q, type: u1}]}}");
    QVERIFY(description);
    QCOMPARE(description->build(R"({"q": 5})", {}, Sender::Client).value(), QByteArray("\x05"));
    QCOMPARE(description->build(R"({"r": 6})", {}, Sender::Server).value(), QByteArray("\x06"));
}

SOCKEYE_TEST(TestBuild)
#include "tst_kaitai_build.moc"
