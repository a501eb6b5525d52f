// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/simple_format.h"
#include "protocol/kaitai/values_by_path.h"
#include "protocol/protocols/registry.h"
#include "sensor_protocol.h"
#include "stream_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Descriptions as protocols: what servers, clients, captures and the inspector ask of them.
class TestDescribed : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cutAtEveryByte();
    void waiting_data();
    void waiting();
    void bad_data();
    void bad();
    void brokenRule();
    void datagram();
    void bytesBehind();
    void fieldsAndSummary();
    void annotation_data();
    void annotation();
    void senders();
    void building_data();
    void building();
    void notBuilding_data();
    void notBuilding();
    void simpleFormat();
    void simpleMistakes_data();
    void simpleMistakes();
    void finder();
};

namespace {

QByteArray bytesOf(const char* hexDigits)
{
    return QByteArray::fromHex(hexDigits);
}

} // namespace

void TestDescribed::cutAtEveryByte()
{
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    const auto built = protocol->build({ { "kind", u"data"_qs }, { "flags.noted", u"0"_qs }, { "flags.level", u"5"_qs },
        { "payload", u"\"hi\""_qs } });
    QVERIFY2(built, built ? "" : qPrintable(built.error()));
    const QByteArray message = *built;
    QCOMPARE(message.size(), 10);
    const QByteArray stream = message + message + message;
    for (qsizetype size = 1; size <= stream.size(); ++size) {
        const Decoded decoded = decodePieces(stream, { size }, protocol);
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.frames.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(decoded.frames[i].offset, static_cast<qint64>(i) * message.size());
            QCOMPARE(decoded.frames[i].size, message.size());
            QVERIFY(protocol->check(decoded.frames[i], message, {}));
        }
        QCOMPARE(decoded.progress.part, Progress::between);
    }
}

void TestDescribed::waiting_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("waits");
    QTest::newRow("in the constant") << bytesOf("a5") << u"magic: 1 of 2 bytes"_qs;
    QTest::newRow("in a nested number") << bytesOf("a55a02") << u"flags.noted: 0 of 1 bytes"_qs;
    QTest::newRow("in the content") << bytesOf("a55a0205 000c 010203") << u"payload: 3 of 12 bytes"_qs;
    QTest::newRow("before a terminator") << bytesOf("a55a0285 0000 6162")
                                         << u"note: 2 bytes so far, and not its end"_qs;
}

void TestDescribed::waiting()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, waits);
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    for (const qsizetype size : { qsizetype(1), bytes.size() }) {
        const Decoded decoded = decodePieces(sensorRecord() + bytes, { sensorRecord().size(), size }, protocol);
        QVERIFY(decoded.progress.isWithin());
        QCOMPARE(decoded.progress.messageOffset, sensorRecord().size());
        QCOMPARE(protocol->waitingFor(decoded.progress), waits);
        QVERIFY(decoded.error);
        QCOMPARE(decoded.error->code, ErrorCode::Truncated);
    }
}

void TestDescribed::bad_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("says");
    QTest::newRow("another constant") << bytesOf("a55b") << 0LL << u"magic: "_qs;
    QTest::newRow("longer than -max") << bytesOf("a55a0205ffff") << 6LL << u"payload: "_qs;
}

void TestDescribed::bad()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, offset);
    QFETCH(QString, says);
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    for (const qsizetype size : { qsizetype(1), qsizetype(100) }) {
        const Decoded decoded = decodePieces(sensorRecord() + bytes + sensorRecord(), { size }, protocol);
        QCOMPARE(decoded.frames.size(), std::size_t(1)); // what came before is not lost
        QVERIFY(decoded.error);
        QCOMPARE(decoded.error->code, ErrorCode::NotAsDescribed);
        QCOMPARE(decoded.error->offset, sensorRecord().size() + offset);
        QVERIFY2(describe(*decoded.error).startsWith(says), qPrintable(describe(*decoded.error)));
        QVERIFY(decoded.progress.hasFailed());
    }
}

/// The message is whole, and wrong at one field.
void TestDescribed::brokenRule()
{
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    const QByteArray message = sensorRecord().chopped(2) + bytesOf("0000");
    const Decoded decoded = decodeWhole(message, protocol);
    QVERIFY(!decoded.error);
    QCOMPARE(decoded.frames.size(), std::size_t(1));
    QVERIFY(protocol->checksContent(decoded.frames.front()));
    const auto checked = protocol->check(decoded.frames.front(), message, {});
    QVERIFY(!checked);
    QCOMPARE(checked.error().offset, 8);
    QVERIFY(describe(checked.error()).contains(u"crc-16/modbus"));
    QCOMPARE(annotate(protocol, message).error()->offset, 8);
}

/// What takes everything to the end has no end in a stream.
void TestDescribed::datagram()
{
    const ProtocolPtr protocol = protocolOfText("meta:\n  id: all\nseq:\n  - id: kind\n    type: u1\n  - id: rest\n"
                                                "    size-eos: true\n");
    QVERIFY(protocol);
    QVERIFY(!protocol->cutsStreams());
    QVERIFY(protocol->whyNotStreams().contains(u"rest"));
    QVERIFY(protocol->readsDatagrams());
    QCOMPARE(protocolForDatagrams(protocol), protocol);
    const auto frame = protocol->frameOf(0, 3, bytesOf("010203"));
    QVERIFY(frame && protocol->checksContent(*frame));
    QCOMPARE(protocol->decoded(*frame, bytesOf("010203"), {}).fields, R"({"kind": 1, "rest": "0203"})");
    const auto empty = protocol->frameOf(0, 0, {});
    QVERIFY(empty && !protocol->check(*empty, {}, {}));
}

/// What stands behind the message of a datagram is wrong wherever it is asked, not only where it is looked at.
void TestDescribed::bytesBehind()
{
    const ProtocolPtr protocol = protocolOfText("meta: {id: one}\nseq: [{id: kind, type: u1}]\n");
    QVERIFY(protocol);
    const auto frame = protocol->frameOf(100, 3, bytesOf("010203"));
    QVERIFY(frame && protocol->checksContent(*frame));
    const auto checked = protocol->check(*frame, bytesOf("010203"), {});
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::NotAsDescribed);
    QCOMPARE(checked.error().offset, 101);
    QVERIFY(describe(checked.error()).contains(u"The message ends after 1 byte, but 3 bytes are there"));
    QVERIFY(protocol->check(*protocol->frameOf(0, 1, bytesOf("01")), bytesOf("01"), {}));
}

void TestDescribed::fieldsAndSummary()
{
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    const Decoded decoded = decodeWhole(sensorRecord(), protocol);
    QCOMPARE(decoded.frames.size(), std::size_t(1));
    QCOMPARE(protocol->formatName(), u"sensor"_qs);
    QCOMPARE(protocol->title(), u"Sensor records"_qs);
    QCOMPARE(protocol->decoded(decoded.frames.front(), sensorRecord(), {}).fields,
        R"({"magic": "a55a", "kind": "data", "flags": {"noted": false, "level": 5}, "len": 2, "payload": "6869", )"
        R"("crc": 34291, "twice": 4})");
    QCOMPARE(protocol->summary(sensorRecord(), sensorRecord().size()).text,
        u"magic = a5 5a, kind = data, noted = false, level = 5, len = 2, payload = 68 69, crc = 34291, twice = 4"_qs);
    const ProtocolPtr spoken =
        protocolOfText(QByteArray(sensorText) + "-summary: kind.to_i.to_s + \" of \" + len.to_s\n");
    QVERIFY(spoken);
    QCOMPARE(spoken->summary(sensorRecord(), sensorRecord().size()).text, u"2 of 2"_qs);
}

void TestDescribed::annotation_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("leaves");
    QTest::newRow("whole") << sensorRecord()
                           << QStringList { u"magic|a5 5a"_qs, u"kind|data (2)"_qs,
                                  u"noted, level|noted = false, level = 5"_qs, u"len|2"_qs, u"payload|68 69"_qs,
                                  u"crc|34291 (0x85f3)"_qs };
    QTest::newRow("cut off") << sensorRecord().first(7)
                             << QStringList { u"magic|a5 5a"_qs, u"kind|data (2)"_qs,
                                    u"noted, level|noted = false, level = 5"_qs, u"len|2"_qs,
                                    u"bytes that do not fit|1 byte: 68"_qs };
    QTest::newRow("more behind it") << sensorRecord() + "x"
                                    << QStringList { u"magic|a5 5a"_qs, u"kind|data (2)"_qs,
                                           u"noted, level|noted = false, level = 5"_qs, u"len|2"_qs,
                                           u"payload|68 69"_qs, u"crc|34291 (0x85f3)"_qs,
                                           u"bytes after the message|1 byte: 78"_qs };
}

void TestDescribed::annotation()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, leaves);
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    const Annotation tree = annotate(protocol, bytes);
    QCOMPARE(tree.json(), protocol->decoded({ 0, bytes.size(), 0, nullptr }, bytes, {}).fields);
    QStringList found;
    qint64 end = 0;
    for (std::size_t i = 0; i < tree.fields().size(); ++i) {
        const Field& field = tree.fields()[i];
        if (field.childCount == 0) {
            QCOMPARE(field.offset, end);
            end += field.size;
            found.append(tree.label(static_cast<int>(i)) + u'|' + tree.value(static_cast<int>(i)));
        }
    }
    QCOMPARE(found, leaves);
    QCOMPARE(end, bytes.size());
    QCOMPARE(tree.error().has_value(), bytes != sensorRecord());
}

/// Client and server send different things.
void TestDescribed::senders()
{
    const ProtocolPtr protocol = protocolOfText("meta:\n  id: two\n  -client: ask\n  -server: tell\ntypes:\n"
                                                "  ask:\n    seq:\n      - id: what\n        type: u1\n"
                                                "  tell:\n    seq:\n      - id: size\n        type: u1\n"
                                                "      - id: text\n        size: size\n");
    QVERIFY(protocol);
    const auto cut = [&](Sender sender) {
        return decodeWhole(bytesOf("0261 62"), spokenBy(protocol, sender)).frames.size();
    };
    QCOMPARE(cut(Sender::Client), std::size_t(3));
    QCOMPARE(cut(Sender::Server), std::size_t(1));
    QCOMPARE(spokenBy(protocol, Sender::Either), protocol);
    const auto request = protocol->spokenBy(Sender::Client).build({ { "what", u"0x10"_qs } });
    QVERIFY(request);
    QCOMPARE(*request, bytesOf("10"));
}

void TestDescribed::building_data()
{
    QTest::addColumn<QString>("values");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("an enum by name") << u"kind=ping"_qs << bytesOf("a55a01050000");
    QTest::newRow("an enum by number") << u"kind=0x2"_qs << bytesOf("a55a02050000");
    QTest::newRow("bytes in hexadecimal") << u"kind=7 payload=de,ad"_qs << bytesOf("a55a07050002dead");
    QTest::newRow("bytes as text") << u"kind=7 payload=\"ab\""_qs << bytesOf("a55a070500026162");
    QTest::newRow("a length that lies") << u"kind=7 len=1 payload=dead"_qs << QByteArray();
    QTest::newRow("text behind a condition") << u"kind=1 flags.noted=true note=x"_qs << bytesOf("a55a01850000");
}

void TestDescribed::building()
{
    QFETCH(QString, values);
    QFETCH(QByteArray, bytes);
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    QList<FieldValue> fields { { "flags.level", u"5"_qs } };
    const QStringList words = values.split(u' ');
    for (const QString& word : words) {
        fields.append(FieldValue { word.section(u'=', 0, 0).toUtf8(), word.section(u'=', 1) });
    }
    if (!values.contains(u"noted")) {
        fields.append(FieldValue { "flags.noted", u"false"_qs });
    }
    if (!values.contains(u"payload")) {
        fields.append(FieldValue { "payload", {} });
    }
    const auto built = protocol->build(fields);
    if (bytes.isEmpty()) {
        QVERIFY(!built || !decodeWhole(*built, protocol).frames.empty());
        return;
    }
    QVERIFY2(built, built ? "" : qPrintable(built.error()));
    QVERIFY2(built->startsWith(bytes), built->toHex(' ').constData());
    const Decoded decoded = decodeWhole(*built, protocol);
    QCOMPARE(decoded.frames.size(), std::size_t(1));
    QVERIFY(protocol->check(decoded.frames.front(), *built, {}));
}

void TestDescribed::notBuilding_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such field") << QByteArray("knd") << u"1"_qs
                                   << u"There is no field “knd” here: there are magic"_qs;
    QTest::newRow("no such field in a type") << QByteArray("flags.x") << u"1"_qs << u"there are noted, level"_qs;
    QTest::newRow("no path") << QByteArray("a..b") << u"1"_qs << u"is not the path of a field"_qs;
    QTest::newRow("a place that is no number") << QByteArray("payload[x]") << u"1"_qs << u"is not the path"_qs;
    QTest::newRow("a place far away") << QByteArray("payload[999999999]") << u"1"_qs << u"is not the path"_qs;
    QTest::newRow("no number") << QByteArray("len") << u"many"_qs << u"“len” must be a whole number, but is “many”."_qs;
    QTest::newRow("no name of the enum") << QByteArray("kind") << u"pong"_qs << u"one of ping, data"_qs;
    QTest::newRow("no hexadecimal") << QByteArray("payload") << u"xyz"_qs << u"bytes in hexadecimal"_qs;
    QTest::newRow("a type as a value") << QByteArray("flags") << u"1"_qs << u"given by its fields"_qs;
}

void TestDescribed::notBuilding()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, value);
    QFETCH(QString, says);
    const ProtocolPtr protocol = protocolOfText(sensorText);
    QVERIFY(protocol);
    const auto built = protocol->build({ { path, value } });
    QVERIFY(!built);
    QVERIFY2(built.error().contains(says), qPrintable(built.error()));
}

/// What the form makes is a description that does what was asked for.
void TestDescribed::simpleFormat()
{
    kaitai::SimpleFormat format = kaitai::usualFormat();
    format.title = u"A \"quoted\" name"_qs;
    format.fields.insert(3, { u"name"_qs, kaitai::SimpleField::Kind::Text, 0, {}, QByteArray(1, '\0'), {} });
    const auto text = describeSimple(format);
    QVERIFY2(text, text ? "" : qPrintable(text.error().text));
    const ProtocolPtr protocol = protocolOfText(*text);
    QVERIFY(protocol);
    QCOMPARE(protocol->title(), format.title);
    const auto built = protocol->build({ { "type", u"7"_qs }, { "name", u"joe"_qs }, { "payload", u"01 02"_qs } });
    QVERIFY2(built, built ? "" : qPrintable(built.error()));
    QVERIFY(built->startsWith(bytesOf("a55a 0002 07 6a6f6500 0102")));
    const Decoded decoded = decodePieces(*built + *built, { 1 }, protocol);
    QCOMPARE(decoded.frames.size(), std::size_t(2));
    QVERIFY(protocol->check(decoded.frames.front(), *built, {}));
}

void TestDescribed::simpleMistakes_data()
{
    using Field = kaitai::SimpleField;
    QTest::addColumn<QList<Field>>("fields");
    QTest::addColumn<int>("field");
    const auto row = [](const char* title, const QList<Field>& fields, int field) {
        QTest::newRow(title) << fields << field;
    };
    row("none", {}, -1);
    row("a name in capitals", { { u"A"_qs, Field::Kind::Unsigned, 1, {}, {}, {} } }, 0);
    row("a name that breaks the text", { { u"a:\n b"_qs, Field::Kind::Unsigned, 1, {}, {}, {} } }, 0);
    row("two of a name",
        { { u"a"_qs, Field::Kind::Unsigned, 1, {}, {}, {} }, { u"a"_qs, Field::Kind::Unsigned, 1, {}, {}, {} } }, 1);
    row("a number of three bytes", { { u"a"_qs, Field::Kind::Unsigned, 3, {}, {}, {} } }, 0);
    row("constant bytes that are missing", { { u"a"_qs, Field::Kind::Constant, 0, {}, {}, {} } }, 0);
    row("bytes without an end", { { u"a"_qs, Field::Kind::Bytes, 0, {}, {}, {} } }, 0);
    row("a length behind it",
        { { u"a"_qs, Field::Kind::Bytes, 0, u"b"_qs, {}, {} }, { u"b"_qs, Field::Kind::Unsigned, 1, {}, {}, {} } }, 0);
    row("a checksum of nothing", { { u"a"_qs, Field::Kind::Checksum, 0, {}, {}, u"xor-8"_qs } }, 0);
    row("an unknown checksum",
        { { u"a"_qs, Field::Kind::Unsigned, 1, {}, {}, {} }, { u"b"_qs, Field::Kind::Checksum, 0, {}, {}, u"crc"_qs } },
        1);
}

void TestDescribed::simpleMistakes()
{
    QFETCH(QList<kaitai::SimpleField>, fields);
    QFETCH(int, field);
    const auto text = kaitai::describeSimple({ u"name"_qs, {}, false, fields });
    QVERIFY(!text);
    QCOMPARE(static_cast<int>(text.error().field), field);
    QVERIFY(text.error().text.endsWith(u'.'));
}

/// Names that are of no protocol of Sockeye's own go to whoever knows files.
void TestDescribed::finder()
{
    const ProtocolPtr protocol = protocolOfText(sensorText);
    setProtocolFinder([&](const QString& name) -> tl::expected<ProtocolPtr, QString> {
        if (name == u"wrong.ksy") {
            return tl::unexpected(u"wrong.ksy:1:1: It is wrong."_qs);
        }
        return name == u"test.ksy" ? protocol : ProtocolPtr();
    });
    QCOMPARE(protocolFromName(u"test.ksy").value_or(nullptr), protocol);
    QCOMPARE(protocolFromName(u"wrong.ksy").error(), u"wrong.ksy:1:1: It is wrong."_qs);
    QVERIFY(protocolFromName(u"nobody").error().contains(u"There is no protocol \"nobody\""));
    QCOMPARE(protocolFromName(u"app").value_or(nullptr), defaultProtocol());
    setProtocolFinder({});
}

SOCKEYE_TEST(TestDescribed)
#include "tst_described.moc"
