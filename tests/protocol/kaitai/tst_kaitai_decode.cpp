// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "tests/testcase.h"

#include <zlib.h>

using namespace sockeye;
using namespace sockeye::kaitai;

/// Descriptions of our own, each with a message and the JSON that it gives.
class TestDecode : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void message_data();
    void message();
    void packed();
    void imports();
    void foreignTypesStandAlone();
    void ranges();
    void partialMessage();
    void ownRules_data();
    void ownRules();
    void summary();
    void senders();
    void checksumInText();
    void ownRulesOfACutMessage();
    void selfTest();
    void selfTestOfSender();
    void lazily();
    void shape();
};

void TestDecode::message_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const char* hex, const char* expected) {
        QTest::newRow(name) << QByteArray("meta: {id: m, endian: be, encoding: UTF-8}\n" + text) << QByteArray(hex)
                            << QByteArray(expected);
    };
    row("integers", "seq: [{id: a, type: u2}, {id: b, type: s2le}, {id: c, type: s1}, {id: d, type: u8le}]",
        "0102 feff 80 ffffffffffffffff", R"({"a": 258, "b": -2, "c": -128, "d": 18446744073709551615})");
    row("floats", "seq: [{id: a, type: f4}, {id: b, type: f8le}]", "3fc00000 000000000000e0bf",
        R"({"a": 1.5, "b": -0.5})");
    row("bits from the top", "seq: [{id: a, type: b3}, {id: b, type: b9}, {id: c, type: b1}, {id: d, type: u1}]",
        "a1c8 07", R"({"a": 5, "b": 28, "c": true, "d": 7})");
    row("bits from the bottom", "seq: [{id: a, type: b3le}, {id: b, type: b9le}, {id: c, type: b4le}]", "a1c8",
        R"({"a": 1, "b": 276, "c": 12})");
    row("sixty-four bits across bytes", "seq: [{id: a, type: b4}, {id: b, type: b64}, {id: c, type: b4}]",
        "1fffffffffffffffff", R"({"a": 1, "b": 18446744073709551615, "c": 15})");
    row("text", "seq: [{id: a, type: strz}, {id: b, type: str, size: 3}, {id: c, type: str, size-eos: true}]",
        "c3a900 414243 7a", R"({"a": "é", "b": "ABC", "c": "z"})");
    row("encodings",
        "seq: [{id: a, type: str, size: 4, encoding: UTF-16LE}, {id: b, type: str, size: 2, encoding: SJIS}, "
        "{id: c, type: str, size: 1, encoding: windows-1252}]",
        "e9004100 82a0 80", R"({"a": "éA", "b": "あ", "c": "€"})");
    row("wide terminator", "seq: [{id: a, type: strz, encoding: UTF-16LE}, {id: b, type: u1}]", "000100020000 07",
        R"({"a": "ĀȀ", "b": 7})");
    row("what is no text", "seq: [{id: a, type: str, size: 2}]", "41ff", "{\"a\": \"A\xef\xbf\xbd\"}");
    row("terminators",
        "seq: [{id: a, terminator: 0x2c}, {id: b, terminator: 0x2c, include: true}, {id: c, terminator: 0x2c, consume: "
        "false}, {id: d, size: 1}, {id: e, terminator: [0x0d, 0x0a]}, {id: f, terminator: 0x2c, eos-error: false}]",
        "61 2c 62 2c 63 2c 64 0d 65 0d0a 66",
        R"({"a": "61", "b": "622c", "c": "63", "d": "2c", "e": "640d65", "f": "66"})");
    row("padding", "seq: [{id: a, type: str, size: 5, pad-right: 0x20}, {id: b, type: str, size: 4, terminator: 0}]",
        "4142202020 43000000", R"({"a": "AB", "b": "C"})");
    row("size from a field", "seq: [{id: len, type: u1}, {id: body, size: len - 1}]", "0361 62",
        R"({"len": 3, "body": "6162"})");
    row("condition", "seq: [{id: a, type: u1}, {id: b, type: u1, if: a == 1}, {id: c, type: u1}]", "02 03",
        R"({"a": 2, "c": 3})");
    row("enum", "seq: [{id: a, type: u1, enum: e}, {id: b, type: u1, enum: e}]\nenums: {e: {1: one}}", "01 02",
        R"({"a": "one", "b": 2})");
    row("repeat by count", "seq: [{id: n, type: u1}, {id: a, type: u2, repeat: expr, repeat-expr: n}]", "02 0001 0002",
        R"({"n": 2, "a": [1, 2]})");
    row("repeat until", "seq: [{id: a, type: u1, repeat: until, repeat-until: _ == 0 or _index == 5}]", "01 02 00",
        R"({"a": [1, 2, 0]})");
    row("repeat to the end", "seq: [{id: a, type: strz, repeat: eos}]", "6100 00 6200", R"({"a": ["a", "", "b"]})");
    row("types",
        "seq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: x, type: u1}, {id: y, type: inner}], types: {inner: "
        "{seq: [{id: z, type: u1}]}}}}",
        "01 02", R"({"a": {"x": 1, "y": {"z": 2}}})");
    row("type with a size",
        "seq: [{id: a, type: t, size: 3}, {id: b, type: u1}]\ntypes: {t: {seq: [{id: x, size-eos: true}]}}",
        "010203 04", R"({"a": {"x": "010203"}, "b": 4})");
    row("parameters",
        "seq: [{id: n, type: u1}, {id: a, type: 't(n, true)', repeat: expr, repeat-expr: 2}]\n"
        "types: {t: {params: [{id: len, type: u1}, {id: flag, type: bool}], seq: [{id: x, size: len, if: flag}]}}",
        "01 0a 0b", R"({"n": 1, "a": [{"len": 1, "flag": true, "x": "0a"}, {"len": 1, "flag": true, "x": "0b"}]})");
    row("switch by number",
        "seq: [{id: k, type: u1}, {id: v, type: {switch-on: k, cases: {1: u1, 2: t, _: u2}}}]\ntypes: {t: {seq: [{id: "
        "x, type: u1}]}}",
        "02 05", R"({"k": 2, "v": {"x": 5}})");
    row("switch by text",
        "seq: [{id: k, type: strz}, {id: v, type: {switch-on: k, cases: {'\"n\"': u2, '\"b\"': u1}}}]", "6e00 0102",
        R"({"k": "n", "v": 258})");
    row("switch by enum, nothing fits",
        "seq: [{id: k, type: u1, enum: e}, {id: v, type: {switch-on: k, cases: {'e::one': u1}}}, {id: w, type: u1}]\n"
        "enums: {e: {1: one}}",
        "02 07", R"({"k": 2, "w": 7})");
    row("switch over sized bytes",
        "seq: [{id: k, type: u1}, {id: v, size: 2, type: {switch-on: k, cases: {1: t}}}]\n"
        "types: {t: {seq: [{id: x, type: u2}]}}",
        "09 0102", R"({"k": 9, "v": "0102"})");
    row("value instances",
        "seq: [{id: a, type: u1}]\ninstances: {b: {value: a * 2}, c: {value: b + 1}, d: {value: 1, if: a == 9}}", "05",
        R"({"a": 5, "b": 10, "c": 11})");
    row("read instances", "seq: [{id: p, type: u1}]\ninstances: {x: {pos: p, type: u2}, y: {pos: 99, type: u1}}",
        "02 ff 0102", R"({"p": 2, "x": 258})");
    row("instance of another stream",
        "seq: [{id: a, type: t, size: 2}, {id: b, type: u1}]\ntypes: {t: {seq: [{id: x, type: u1}]}}\n"
        "instances: {tail: {io: a._io, pos: 1, type: u1}}",
        "0102 03", R"({"a": {"x": 1}, "b": 3, "tail": 2, "-unshown": {"a.": "02"}})");
    row("parents",
        "seq: [{id: n, type: u1}, {id: a, type: t}]\ntypes: {t: {seq: [{id: b, type: u}]}, u: {seq: [{id: x, "
        "size: _parent._parent.n}]}}",
        "01 aa", R"({"n": 1, "a": {"b": {"x": "aa"}}})");
    row("other parent",
        "seq: [{id: n, type: u1}, {id: a, type: t}]\ntypes: {t: {seq: [{id: b, type: u, parent: _root}]}, u: {seq: "
        "[{id: "
        "x, size: _parent.n}]}}",
        "01 aa", R"({"n": 1, "a": {"b": {"x": "aa"}}})");
    row("byte order by a field",
        "seq: [{id: a, type: t, repeat: eos}]\ntypes: {t: {seq: [{id: o, size: 1}, {id: v, type: v}], types: {v: "
        "{meta: "
        "{endian: {switch-on: _parent.o, cases: {'[0x4c]': le, _: be}}}, seq: [{id: x, type: u2}]}}}}",
        "4c0100 420001", R"({"a": [{"o": "4c", "v": {"x": 1}}, {"o": "42", "v": {"x": 1}}]})");
    row("exclusive or",
        "seq: [{id: k, type: u1}, {id: a, size: 2, process: xor(k)}, {id: b, size: 3, process: 'xor([1, 2])'}]",
        "0f 0e0d 000000", R"({"k": 15, "a": "0102", "b": "010201"})");
    row("rotated", "seq: [{id: a, size: 1, process: rol(4)}, {id: b, size: 1, process: ror(1)}]", "12 03",
        R"({"a": "21", "b": "81"})");
    row("contents", "seq: [{contents: [0x4d, 0x5a, AB]}, {id: a, contents: OK}]", "4d5a4142 4f4b",
        R"({"_unnamed0": "4d5a4142", "a": "4f4b"})");
    row("wrong contents", "seq: [{id: a, type: u1}, {id: b, contents: [1, 2]}]", "09 0103",
        R"({"a": 9, "b": "0103"} ! b, byte 1: 01 02 was expected, but it is 01 03.)");
    row("valid",
        "seq: [{id: a, type: u1, valid: {min: 1, max: 9}}, {id: b, type: u1, valid: {any-of: [1, 2]}}, {id: c, "
        "type: u1, valid: {expr: _ % 2 == 0}}, {id: d, type: u1, valid: 4}]",
        "05 02 08 04", R"({"a": 5, "b": 2, "c": 8, "d": 4})");
    row("too small", "seq: [{id: a, type: u1, valid: {min: 7}}]", "05",
        R"({"a": 5} ! a, byte 0: At least 7 was expected, but it is 5.)");
    row("beyond a value of the enum",
        "seq: [{id: a, type: u1, enum: e, valid: {min: e::one, max: e::three}}]\nenums: {e: {1: one, 3: three, 4: "
        "four}}",
        "04", R"({"a": "four"} ! a, byte 0: At most e::three was expected, but it is 4.)");
    row("not in the enum", "seq: [{id: a, type: u1, enum: e, valid: {in-enum: true}}]\nenums: {e: {1: one}}", "02",
        R"({"a": 2} ! a, byte 0: A value of the enum “e” was expected, but it is 2.)");
    row("ends too soon", "seq: [{id: a, type: u1}, {id: b, type: u4}]", "01 0203",
        R"({"a": 1} ! b, byte 1: It ends too soon: there are 2 of 4 bytes.)");
    row("ends in an element",
        "seq: [{id: a, type: t, repeat: expr, repeat-expr: 2}]\ntypes: {t: {seq: [{id: x, type: u1}, {id: "
        "y, type: u1}]}}",
        "01 02 03",
        R"({"a": [{"x": 1, "y": 2}, {"x": 3}]} ! a[1].y, byte 3: It ends too soon: there are 0 of 1 bytes.)");
    row("no terminator", "seq: [{id: a, type: strz}]", "6162", R"({} ! a, byte 0: It ends before its terminator.)");
    row("negative size", "seq: [{id: n, type: s1}, {id: a, size: n}]", "ff 00",
        R"({"n": -1} ! a: The size is negative: -1.)");
    row("field that is not there", "seq: [{id: a, type: u1, if: false}, {id: b, size: a}]", "00",
        R"({} ! b: “a” is not there: its condition does not hold.)");
    row("shown once, not inside itself",
        "seq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: x, type: u1}], instances: {me: "
        "{value: _root}, up: {value: _parent.a}}}}\ninstances: {again: {value: a}}",
        "01", R"({"a": {"x": 1}, "again": {"x": 1}})");
    row("bits that are not used", "seq: [{id: a, type: b4}, {id: b, type: u1}]", "57 01",
        R"({"a": 5, "b": 1, "-unshown": {"a": "07"}})");
    row("keys of other tools", "-hobby: fishing\nseq: [{id: a, type: u1, -colour: red, doc: text}]", "01",
        R"({"a": 1})");
}

void TestDecode::message()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, expected);
    const auto description = loaded(text);
    QVERIFY(description);
    QCOMPARE(decoded(*description, QByteArray::fromHex(hex)), expected);
}

void TestDecode::packed()
{
    const QByteArray content("the same, the same, the same");
    uLongf size = 200;
    QByteArray bytes(200, '\0');
    QCOMPARE(compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                 reinterpret_cast<const Bytef*>(content.constData()), static_cast<uLong>(content.size())),
        Z_OK);
    bytes.truncate(static_cast<qsizetype>(size));
    const auto description = loaded("meta: {id: m}\nseq: [{id: a, size-eos: true, process: zlib, type: t}]\n"
                                    "types: {t: {seq: [{id: x, type: str, size-eos: true, encoding: ASCII}]}}");
    QVERIFY(description);
    QCOMPARE(decoded(*description, bytes), QByteArray(R"({"a": {"x": "the same, the same, the same"}})"));
    QVERIFY(decoded(*description, bytes.chopped(5)).contains("cut off"));
    QVERIFY(decoded(*description, "nonsense").contains("no zlib data"));
}

void TestDecode::imports()
{
    const QHash<QString, QByteArray> files {
        { QStringLiteral("common/head"), "meta: {id: head}\nseq: [{id: len, type: u1}]\nenums: {kinds: {1: one}}" },
        { QStringLiteral("there"),
            "meta: {id: there, imports: [back]}\nseq: [{id: x, type: u1, enum: 'back::kinds'}]" },
        { QStringLiteral("back"), "meta: {id: back, imports: [there]}\nenums: {kinds: {7: seven}}" },
    };
    const auto description =
        loaded("meta: {id: m, imports: [common/head, there]}\n"
               "seq: [{id: h, type: head}, {id: t, type: there}, {id: k, type: u1, enum: 'head::kinds'}]",
            files);
    QVERIFY(description);
    QCOMPARE(decoded(*description, QByteArray::fromHex("05 07 01")),
        QByteArray(R"({"h": {"len": 5}, "t": {"x": "seven"}, "k": "one"})"));
    QCOMPARE(description->files().size(), 4);
}

/// A type of another file does not know who has it.
void TestDecode::foreignTypesStandAlone()
{
    const QHash<QString, QByteArray> files { { QStringLiteral("other"),
        "meta: {id: other}\nseq: [{id: x, type: u1}]\ninstances: {r: {value: _root.x}}" } };
    const auto description =
        loaded("meta: {id: m, imports: [other]}\nseq: [{id: a, type: u1}, {id: o, type: other}]", files);
    QVERIFY(description);
    QCOMPARE(decoded(*description, QByteArray::fromHex("01 02")), QByteArray(R"({"a": 1, "o": {"x": 2, "r": 2}})"));
}

void TestDecode::ranges()
{
    const auto description =
        loaded("meta: {id: m, endian: be, encoding: ASCII}\n"
               "seq: [{id: a, type: u2}, {id: t, type: t, size: 4}, {id: s, type: strz}, {id: x, size: 2, "
               "process: xor(1), type: t}]\n"
               "types: {t: {seq: [{id: y, type: b4}, {id: z, type: b4}]}}\ninstances: {v: {value: 1}}");
    QVERIFY(description);
    const Tree tree = description->decode(QByteArray::fromHex("0001 12345678 616200 0203"));
    QVERIFY(tree.isComplete);
    QCOMPARE(tree.size, 11);
    const auto range = [&](const char* path) {
        const int place = tree.find(path);
        const TreeItem item = place < 0 ? TreeItem() : tree.items[static_cast<std::size_t>(place)];
        return place < 0 ? QByteArray("none") : QByteArray::number(item.offset) + '+' + QByteArray::number(item.size);
    };
    QCOMPARE(range(""), QByteArray("0+11"));
    QCOMPARE(range("a"), QByteArray("0+2"));
    QCOMPARE(range("t"), QByteArray("2+4"));
    QCOMPARE(range("t.y"), QByteArray("2+1"));
    QCOMPARE(range("t.z"), QByteArray("2+1"));
    QCOMPARE(range("s"), QByteArray("6+3"));
    QCOMPARE(range("x"), QByteArray("9+2"));
    QCOMPARE(range("x.y"), QByteArray("-1+0")); // bytes that are not those of the message
    QCOMPARE(range("v"), QByteArray("-1+0"));
    QCOMPARE(range("t.w"), QByteArray("none"));
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
        QCOMPARE(tree.find(tree.pathOf(static_cast<int>(i))), static_cast<int>(i));
    }
}

void TestDecode::partialMessage()
{
    const auto description =
        loaded("meta: {id: m}\nseq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: x, type: u1}, {id: y, size: 9}]}}");
    QVERIFY(description);
    const Tree tree = description->decode("ab");
    QVERIFY(!tree.isComplete);
    QCOMPARE(tree.faults.size(), std::size_t(1));
    QCOMPARE(tree.faults.front().path, QByteArray("a.y"));
    QCOMPARE(tree.faults.front().offset, 1);
    QVERIFY(tree.items[static_cast<std::size_t>(tree.find("a"))].isPartial);
    QVERIFY(tree.find("a.x") > 0);
}

void TestDecode::ownRules_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("right") << QByteArray("03 02 616a 081f") << QByteArray();
    QTest::newRow("wrong value") << QByteArray("04 02 616a 096b")
                                 << QByteArray("len, byte 0: 3 was expected, but it is 4.");
    QTest::newRow("wrong checksum")
        << QByteArray("03 02 616a 081e")
        << QByteArray("sum, byte 4: The crc-16/modbus of these bytes is 7944, but 7688 stands here.");
}

/// -value and -checksum: the message is shown whole, and what is wrong is told.
void TestDecode::ownRules()
{
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, fault);
    const auto description =
        loaded("meta: {id: m, endian: le}\n"
               "seq: [{id: len, type: u1, -value: body.size + 1}, {id: k, type: u1}, {id: body, size: 2},\n"
               "  {id: sum, type: u2, -checksum: {algorithm: CRC-16/MODBUS, from: len, to: body}}]");
    QVERIFY(description);
    const Tree tree = description->decode(QByteArray::fromHex(hex));
    QVERIFY(tree.isComplete);
    QVERIFY(tree.find("sum") > 0);
    QCOMPARE(tree.faults.empty() ? QByteArray() : describe(tree.faults.front()).toUtf8(), fault);
}

/// As NMEA 0183 has it: two hexadecimal digits.
void TestDecode::checksumInText()
{
    const auto description = loaded("meta: {id: m, encoding: ASCII}\nseq: [{id: a, size: 3}, {id: sum, type: str, "
                                    "size: 2, -checksum: {algorithm: xor-8, from: a, to: a}}]");
    QVERIFY(description);
    QVERIFY(description->decode("ab*2d").faults.empty() == false);
    QVERIFY(description->decode("abi6A").faults.empty());
    QVERIFY(description->decode("abi6a").faults.empty());
    QCOMPARE(decoded(*description, "abi6b"),
        QByteArray(R"({"a": "616269", "sum": "6b"} ! sum, byte 3: The xor-8 of these bytes is “6A”, but “6b” stands )"
                   "here."));
}

/// That it ends too soon is the one fault; what its length must be, nobody can say then.
void TestDecode::ownRulesOfACutMessage()
{
    const auto description =
        loaded("meta: {id: m}\nseq: [{id: n, type: u1, -value: b._io.pos}, {id: len, type: u1, -value: b.a.size},\n"
               "  {id: k, type: u1, -value: 7}, {id: b, type: b, size: n}]\n"
               "types: {b: {seq: [{id: k, type: u1}, {id: a, size: 2}]}}");
    QVERIFY(description);
    QCOMPARE(decoded(*description, QByteArray::fromHex("030207050102")),
        QByteArray(R"({"n": 3, "len": 2, "k": 7, "b": {"k": 5, "a": "0102"}})"));
    QCOMPARE(description->decode(QByteArray::fromHex("0302070501")).faults.size(), 1);
    QCOMPARE(description->decode(QByteArray::fromHex("020207050102")).faults.size(), 1);
    QCOMPARE(description->decode(QByteArray::fromHex("0302080501")).faults.size(), 2);
}

void TestDecode::summary()
{
    const auto description =
        loaded("meta: {id: m, title: 'A thing'}\nseq: [{id: a, type: u1}]\n-summary: f\"thing {a}\"");
    QVERIFY(description);
    QCOMPARE(description->title(), QStringLiteral("A thing"));
    QCOMPARE(description->decode("\x05").summary, QStringLiteral("thing 5"));
}

void TestDecode::senders()
{
    const auto description =
        loaded("meta: {id: m, -client: ask, -server: tell, -pair: q, -max: 2 KiB}\nseq: []\ntypes: {ask: {seq: "
               "[{id: q, type: u1}]}, tell: {seq: [{id: r, size: 2}]}}");
    QVERIFY(description);
    QVERIFY(description->hasSenderTypes());
    QCOMPARE(description->pairPath(), QByteArray("q"));
    QCOMPARE(description->maxMessage({}), 2048);
    QCOMPARE(toJson(description->decode("a", {}, Sender::Client)), QByteArray(R"({"q": 97})"));
    QCOMPARE(toJson(description->decode("ab", {}, Sender::Server)), QByteArray(R"({"r": "6162"})"));
}

void TestDecode::selfTest()
{
    const auto description = loaded("meta:\n  id: m\n  -self-test:\n"
                                    "    - {bytes: '01 02', fields: {a: 1, 'b[0]': 2}}\n"
                                    "    - {bytes: '01', error: too soon}\n"
                                    "    - {bytes: '03 04', fields: {a: 4}}\n"
                                    "    - {bytes: '03 04', error: too soon}\n"
                                    "seq: [{id: a, type: u1}, {id: b, type: u1, repeat: expr, repeat-expr: 1}]\n");
    QVERIFY(description);
    const QList<Mistake> failed = description->selfTest();
    QCOMPARE(failed.size(), 2);
    QVERIFY(describe(failed[0]).contains(QStringLiteral("/meta/-self-test/2")));
    QVERIFY(failed[0].text.contains(QStringLiteral("must be “4”, but is “3”")));
    QVERIFY(failed[1].text.contains(QStringLiteral("the bytes fit")));
}

/// An example of a message that only one side sends.
void TestDecode::selfTestOfSender()
{
    const auto description =
        loaded("meta:\n  id: m\n  -client: ask\n  -server: tell\n  -self-test:\n"
               "    - {bytes: '01', sender: client, fields: {q: 1}}\n"
               "    - {bytes: '01 02', sender: server, fields: {r: '0102'}}\n"
               "    - {bytes: '01', sender: server, error: too soon}\n"
               "    - {bytes: '01', fields: {q: 1}}\n"
               "seq: []\ntypes: {ask: {seq: [{id: q, type: u1}]}, tell: {seq: [{id: r, size: 2}]}}");
    QVERIFY(description);
    const QList<Mistake> failed = description->selfTest();
    QCOMPARE(failed.size(), 1);
    QVERIFY(describe(failed[0]).contains(QStringLiteral("/meta/-self-test/3")));
}

/// An instance that cannot be computed is left out, and nothing else suffers.
void TestDecode::lazily()
{
    const auto description =
        loaded("meta: {id: m}\nseq: [{id: a, type: u1}]\n"
               "instances: {bad: {pos: 50, type: u1}, follows: {value: bad + 1}, good: {value: a}}");
    QVERIFY(description);
    QCOMPARE(decoded(*description, "\x07"), QByteArray(R"({"a": 7, "good": 7})"));
    QCOMPARE(toJson(description->decode("\x07", {}, Sender::Either, false)), QByteArray(R"({"a": 7})"));
}

void TestDecode::shape()
{
    const auto description =
        loaded("meta: {id: m, endian: le}\nseq: [{id: n, type: u2, doc: how many}, {id: a, type: t, repeat: "
               "expr, repeat-expr: n}, {id: v, type: {switch-on: n, cases: {1: t, _: s8}}, if: n > 0}]\n"
               "types: {t: {seq: [{id: k, type: b3, enum: e}, {id: t, type: t, if: k == e::one}]}}\n"
               "enums: {e: {1: one, 2: two}}\ninstances: {twice: {value: n * 2}}");
    QVERIFY(description);
    const MessageShape shape = description->shape();
    QCOMPARE(shape.types.size(), std::size_t(2));
    const std::vector<ShapeField>& root = shape.types[0].fields;
    QCOMPARE(root.size(), std::size_t(4));
    QCOMPARE(root[0].doc, QByteArray("how many"));
    QVERIFY(root[0].isReferred && root[0].isLittle && !root[0].isSigned && root[0].bits == 16);
    QVERIFY(root[1].isRepeated && root[1].kind == ShapeField::Kind::Struct && root[1].type == 1);
    QVERIFY(root[2].isOptional && root[2].kind == ShapeField::Kind::Switch && root[2].switchOn == "n");
    QCOMPARE(root[2].cases.size(), std::size_t(2));
    QCOMPARE(root[2].cases[1].key, QByteArray("_"));
    QVERIFY(root[3].isInstance && root[3].kind == ShapeField::Kind::Integer);
    QCOMPARE(shape.types[1].fields[0].names.size(), std::size_t(2));
    QCOMPARE(shape.types[1].fields[1].type, 1);
}

SOCKEYE_TEST(TestDecode)
#include "tst_kaitai_decode.moc"
