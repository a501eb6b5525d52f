// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "tests/testcase.h"

using namespace sockeye;
using namespace sockeye::kaitai;

/// Descriptions that are wrong: each mistake has the path of what is wrong, and says what was expected.
class TestMistakes : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void mistake_data();
    void mistake();
    void place();
    void severalAtOnce();
    void inImportedFile();
    void warnings();
};

void TestMistakes::mistake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QByteArray& text, const char* path, const char* sentence) {
        QTest::newRow(name) << text << QString::fromUtf8(path) << QString::fromUtf8(sentence);
    };
    const auto of = [&](const char* name, const QByteArray& text, const char* path, const char* sentence) {
        row(name, "meta: {id: m, endian: le}\n" + text, path, sentence);
    };
    row("empty", "", "/", "A map was expected, not null");
    row("no map", "[1, 2]", "/", "A map was expected, not a list");
    row("no meta", "seq: []", "/meta", "needs “meta”");
    row("no id", "meta: {endian: le}", "/meta", "needs an “id”");
    row("bad id", "meta: {id: Frame}", "/meta/id", "lower-case");
    row("unknown key of meta", "meta: {id: m, colour: red}", "/meta/colour", "no such key");
    row("byte order", "meta: {id: m, endian: middle}", "/meta/endian", "“le”, “be” or a map");
    row("bit order", "meta: {id: m, bit-endian: middle}", "/meta/bit-endian", "“be” or “le”");
    row("too new", "meta: {id: m, ks-version: '7.0'}", "/meta/ks-version", "only 0.12 is known");
    row("version without quotes", "meta: {id: m, ks-version: 0.10}", "/meta/ks-version", "needs quotes");
    row("missing import", "meta: {id: m, imports: [nowhere]}", "/meta/imports/0", "no file nowhere.ksy");
    row("no byte order", "meta: {id: m}\nseq: [{id: a, type: u2}]", "/seq/0/type", "write u2le or u2be");
    of("unknown key", "seq: [{id: a, type: u1, colour: red}]", "/seq/0/colour", "no such key");
    of("unknown key of a type", "sequence: []", "/sequence", "expected is one of: meta, doc");
    of("no list", "seq: {a: 1}", "/seq", "A list was expected, not a map");
    of("bad field id", "seq: [{id: 7a, type: u1}]", "/seq/0/id", "was expected, not “7a”");
    of("name comes twice", "seq: [{id: a, type: u1}, {id: a, type: u1}]", "/seq/1/id", "already taken, by /seq/0/id");
    of("name of an instance", "seq: [{id: a, type: u1}]\ninstances: {a: {value: 1}}", "/instances/a", "already taken");
    of("unknown type", "seq: [{id: a, type: frame}]", "/seq/0/type", "no type “frame”");
    of("opaque type", "meta2: 1", "/meta2", "no such key");
    of("type is a list", "seq: [{id: a, type: [u1]}]", "/seq/0/type", "name of a type or a map");
    of("no size", "seq: [{id: a}]", "/seq/0", "how many bytes");
    of("size is text", "seq: [{id: a, size: '\"x\"'}]", "/seq/0/size", "an integer was expected, not a string");
    of("condition is a number", "seq: [{id: a, type: u1, if: 5}]", "/seq/0/if", "a boolean was expected");
    of("unknown field", "seq: [{id: a, size: b}]", "/seq/0/size", "no field “b”");
    of("terminator", "seq: [{id: a, terminator: 256}]", "/seq/0/terminator", "from 0 to 255");
    of("padding", "seq: [{id: a, size: 2, pad-right: -1}]", "/seq/0/pad-right", "from 0 to 255");
    of("no encoding", "seq: [{id: a, type: strz}]", "/seq/0", "needs an encoding");
    of("own process", "seq: [{id: a, size: 2, process: secret(1)}]", "/seq/0/process", "code of its author's own");
    of("repeat", "seq: [{id: a, type: u1, repeat: twice}]", "/seq/0/repeat", "“eos”, “expr” or “until”");
    of("repeat without count", "seq: [{id: a, type: u1, repeat: expr}]", "/seq/0/repeat", "needs “repeat-expr”");
    of("count without repeat", "seq: [{id: a, type: u1, repeat-expr: 2}]", "/seq/0/repeat-expr", "“repeat: expr”");
    of("count is text", "seq: [{id: a, type: u1, repeat: expr, repeat-expr: '\"2\"'}]", "/seq/0/repeat-expr",
        "an integer");
    of("switch without cases", "seq: [{id: a, type: {switch-on: 1}}]", "/seq/0/type", "needs both");
    of("key of a case", "seq: [{id: a, type: u1}, {id: b, type: {switch-on: a, cases: {'\"x\"': u1}}}]",
        "/seq/1/type/cases/\"x\"", "compare an integer with a string");
    of("type of a case", "seq: [{id: b, type: {switch-on: 1, cases: {1: nobody}}}]", "/seq/0/type/cases/1",
        "no type “nobody”");
    of("too many arguments", "seq: [{id: a, type: t(1)}]\ntypes: {t: {}}", "/seq/0/type",
        "has 0 parameters, but 1 are given");
    of("wrong argument", "seq: [{id: a, type: t(1.5)}]\ntypes: {t: {params: [{id: p, type: bool}]}}", "/seq/0/type",
        "cannot be");
    of("type of a parameter", "types: {t: {params: [{id: p, type: nobody}]}}", "/types/t/params/0/type",
        "no type “nobody”");
    of("unknown enum", "seq: [{id: a, type: u1, enum: e}]", "/seq/0/enum", "no enum “e”");
    of("enum of bytes", "seq: [{id: a, size: 1, enum: e}]\nenums: {e: {1: x}}", "/seq/0/enum", "Only an integer");
    of("enum key", "enums: {e: {x: 1}}", "/enums/e/x", "whole number was expected as the key");
    of("enum name comes twice", "enums: {e: {1: x, 2: x}}", "/enums/e/2", "comes twice");
    of("value and type", "instances: {a: {value: 1, type: u1}}", "/instances/a/type", "no such key");
    of("value is null", "instances: {a: {value: null}}", "/instances/a/value", "not null");
    of("value follows from itself", "instances: {a: {value: b}, b: {value: a}}", "/instances/a/value",
        "follows from itself");
    of("position is text", "instances: {a: {pos: '\"1\"', type: u1}}", "/instances/a/pos", "an integer");
    of("stream of bytes", "seq: [{id: a, size: 1}]\ninstances: {b: {io: a._io, pos: 0, type: u1}}", "/instances/b/io",
        "no “_io”");
    of("parents differ",
        "seq: [{id: n, type: u1}, {id: a, type: c}, {id: b, type: t}]\n"
        "types: {t: {seq: [{id: x, type: c}]}, c: {seq: [{id: y, size: _parent.n}]}}",
        "/types/c/seq/0/size", "no “n”");
    of("valid value", "seq: [{id: a, type: u1, valid: '\"x\"'}]", "/seq/0/valid", "compare an integer with a string");
    of("one of the valid ones", "seq: [{id: a, type: u1, valid: {any-of: [1, true]}}]", "/seq/0/valid/any-of/1",
        "compare");
    of("in no enum", "seq: [{id: a, type: u1, valid: {in-enum: true}}]", "/seq/0/valid/in-enum",
        "needs a field with an “enum”");
    of("text of a type", "to-string: 1 + 1", "/to-string", "a string was expected");
    of("checksum", "seq: [{id: a, type: u1, -checksum: {algorithm: crc-99, from: a, to: a}}]",
        "/seq/0/-checksum/algorithm", "no checksum");
    of("fields of a checksum", "seq: [{id: a, type: u1, -checksum: {algorithm: sum-8, from: b, to: a}}]",
        "/seq/0/-checksum", "must be fields of this type");
    of("own value", "seq: [{id: a, type: u1, -value: '\"x\"'}]", "/seq/0/-value", "compare an integer with a string");
    of("view", "seq: [{id: a, type: u1, -show: picture}]", "/seq/0/-show", "One of json, cbor");
    of("summary", "-summary: 5", "/-summary", "a string was expected");
    row("type of the client", "meta: {id: m, -client: nobody}", "/meta/-client", "no type “nobody”");
    row("pair", "meta: {id: m, -pair: a.b}\nseq: [{id: a, type: u1}]", "/meta/-pair", "no field “a.b”");
    row("longest message", "meta: {id: m, -max: much}", "/meta/-max", "A size such as 16 MiB");
    row("sender of an example", "meta: {id: m, -self-test: [{bytes: 00, sender: both}]}", "/meta/-self-test/0/sender",
        "client or server was expected");
    row("bytes of an example", "meta: {id: m, -self-test: [{bytes: xyz}]}", "/meta/-self-test/0/bytes", "hexadecimal");
    row("root with parameters", "meta: {id: m}\nparams: [{id: p, type: u1}]", "/params/0", "can only be imported");
    row("opaque", "meta: {id: m, ks-opaque-types: true}\nseq: [{id: a, type: theirs}]", "/seq/0/type", "is opaque");
}

void TestMistakes::mistake()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    QFETCH(QString, sentence);
    const QStringList mistakes = mistakesOf(text);
    QVERIFY(!mistakes.isEmpty());
    const QString first = mistakes.front();
    QVERIFY2(QString(first + u' ').contains(QString(path + QStringLiteral(": "))), qPrintable(first));
    QVERIFY2(first.contains(sentence), qPrintable(first));
}

void TestMistakes::place()
{
    const auto description =
        load({ QStringLiteral("frame.ksy"), "meta:\n  id: m\nseq:\n  - id: a\n    type: nobody\n" });
    QVERIFY(!description.has_value());
    QCOMPARE(description.error().size(), 1);
    QCOMPARE(describe(description.error().front()),
        QStringLiteral("frame.ksy:5:11: /seq/0/type: There is no type “nobody”."));
    const auto yaml = load({ QStringLiteral("frame.ksy"), "meta:\n  id: m\n  a: b: c\n" });
    QVERIFY(!yaml.has_value());
    QVERIFY(describe(yaml.error().front()).startsWith(QStringLiteral("frame.ksy:3:")));
    const auto twice = load({ QStringLiteral("frame.ksy"), "meta: {id: m}\nseq: []\nseq: []\n" });
    QVERIFY(!twice.has_value());
    QCOMPARE(describe(twice.error().front()), QStringLiteral("frame.ksy:3:1: The key “seq” comes twice."));
    const auto alias = load({ QStringLiteral("frame.ksy"), "meta: {id: m}\nseq: &all\n  - *all\n" });
    QVERIFY(!alias.has_value());
    QCOMPARE(
        describe(alias.error().front()), QStringLiteral("frame.ksy:3:5: An alias stands inside what it stands for."));
}

void TestMistakes::severalAtOnce()
{
    QCOMPARE(
        mistakesOf("meta: {id: m}\nseq: [{id: a, type: x}, {id: b, size: c}, {id: d, type: u1, enum: e}]").size(), 3);
}

void TestMistakes::inImportedFile()
{
    const auto importer = [](const QString& name, const QString&) -> std::optional<Source> {
        return Source { QString(name + QStringLiteral(".ksy")), "meta: {id: other}\nseq: [{id: a, type: nobody}]" };
    };
    const auto description = load({ QStringLiteral("m.ksy"), "meta: {id: m, imports: [other]}" }, importer);
    QVERIFY(!description.has_value());
    QVERIFY(describe(description.error().front()).startsWith(QStringLiteral("other.ksy:2:21: /seq/0/type")));
}

void TestMistakes::warnings()
{
    const auto description = loaded("meta: {id: m, encoding: runes}\nseq: [{id: a, type: strz}]");
    QVERIFY(description);
    QCOMPARE(description->warnings().size(), 1);
    QVERIFY(describe(description->warnings().front()).contains(QStringLiteral("/meta/encoding")));
    QVERIFY(decoded(*description, QByteArray("a\0", 2)).contains("There is no encoding “runes”."));
}

SOCKEYE_TEST(TestMistakes)
#include "tst_kaitai_mistakes.moc"
