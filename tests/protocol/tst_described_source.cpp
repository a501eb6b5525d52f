// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"
#include "protocol/composer/message_source.h"
#include "sensor_protocol.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Described messages as people see them, and as source code that makes them.
class TestDescribedSource : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void contentViews();
    void sourceCode_data();
    void sourceCode();
};

/// -show: what people see, and not what scripts read.
void TestDescribedSource::contentViews()
{
    const ProtocolPtr protocol = protocolOfText(R"(
meta: {id: shown, endian: be}
seq:
  - {id: a, size: 4, -show: cbor}
  - {id: b, size: 3, -show: msgpack}
  - {id: c, size: 3, -show: text}
  - {id: d, type: u2, -show: hex}
  - {id: e, type: u4, -show: time}
  - {id: f, size: 4, -show: 'text:gbk'}
  - {id: g, size: 3, -show: 'struct:<BH'}
  - {id: h, type: inner}
types:
  inner:
    -show: json
    seq: [{id: x, type: u1}, {id: y, type: u1}]
)");
    QVERIFY(protocol);
    const QByteArray message = QByteArray::fromHex("a1616101 920102 616263 0100 65920080 d6d0cec4 010200 5b5d");
    const Annotation tree = annotate(protocol, message);
    QVERIFY(!tree.error());
    QStringList found;
    for (int i = 1; i < static_cast<int>(tree.fields().size()); ++i) {
        if (tree.fields()[static_cast<std::size_t>(i)].parent == 0) {
            found.append(tree.label(i) + u": " + tree.value(i));
        }
    }
    QCOMPARE(found,
        QStringList({ u"a: {\"a\": 1}"_qs, u"b: [1, 2]"_qs, u"c: \"abc\""_qs, u"d: 0x100"_qs,
            u"e: 2024-01-01 00:00:00 UTC (1704067200)"_qs, u"f: \"中文\""_qs, u"g: 000000  B     1"_qs, u"h: []"_qs }));
    QVERIFY(tree.json().startsWith(R"({"a": "a1616101", "b": "920102", "c": "616263", "d": 256, "e": 1704067200, )"));
}

void TestDescribedSource::sourceCode_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("python");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& hex, const QStringList& words,
                         const QStringList& python) {
        QTest::newRow(name) << text << QByteArray::fromHex(hex) << words << python;
    };
    QTest::newRow("sensor") << QByteArray(sensorText) << sensorRecord()
                            << QStringList { u"kind=data"_qs, u"flags.level=5"_qs, u"payload=6869"_qs }
                            << QStringList { u"    # magic\n    b\"\\245Z\",\n    # kind\n    struct.pack(\">B\", 2),\n"
                                             u"    # flags.noted, flags.level\n    b\"\\005\",\n    # len\n    "
                                             u"struct.pack(\">H\", 2),\n    # payload\n    b\"hi\",\n    # crc\n    "
                                             u"struct.pack(\">H\", 34291),\n"_qs };
    row("numbers of both orders",
        "meta: {id: n, endian: be}\nseq: [{id: a, type: u1}, {id: b, type: s2}, {id: c, type: u4le}, {id: d, type: "
        "f4}]",
        "01fffe010000003fc00000", { u"a=1"_qs, u"b=-2"_qs, u"c=1"_qs, u"d=1.5"_qs },
        { u"# a, b\n    struct.pack(\">Bh\", 1, -2),"_qs, u"# c\n    struct.pack(\"<I\", 1),"_qs,
            u"# d\n    struct.pack(\">f\", 1.5),"_qs });
    row("no numbers", "meta: {id: n}\nseq: [{id: a, size: 2}]", "6162", { u"a=6162"_qs },
        { u"(\n    # a\n    b\"ab\"\n)"_qs });
    row("a comment that would end", "meta: {id: n}\nseq: [{id: a, size: 2}, {id: b, size: 1}]", "2a2f41",
        { u"a=2a2f"_qs, u"b=41"_qs }, { u"b\"*/\""_qs });
}

void TestDescribedSource::sourceCode()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    QFETCH(QStringList, words);
    QFETCH(QStringList, python);
    const ProtocolPtr protocol = protocolOfText(text);
    QVERIFY(protocol);
    QCOMPARE(protocol->sendWords(message, {}, {}), QStringList({ u"--protocol"_qs, protocol->id() }) + words);
    bool usesStruct = false;
    const QString source = pythonSource(protocol, message, {}, usesStruct);
    for (const QString& part : python) {
        QVERIFY2(source.contains(part), qPrintable(source));
    }
    QCOMPARE(usesStruct, source.contains(u"struct.pack"));
    CopiedRequest request;
    request.host = u"localhost"_qs;
    request.port = 7;
    request.protocol = protocol;
    request.bytes = message;
    QVERIFY(copyAs(CopyForm::Python, request).contains(u"REQUEST = " + source));
    QVERIFY(copyAs(CopyForm::Cli, request).startsWith(u"sockeye-cli send localhost 7 --protocol"));
    QVERIFY(copyAs(CopyForm::C, request).contains(u"/* "));
    // Bytes that are no message are copied as they are.
    QVERIFY(protocol->sendWords(message + "x", {}, {}).isEmpty());
    QVERIFY(pythonSource(protocol, QByteArray(message + "x"), {}, usesStruct).contains(u"# the bytes as they are"));
}

SOCKEYE_TEST(TestDescribedSource)
#include "tst_described_source.moc"
