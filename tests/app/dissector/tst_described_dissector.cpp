// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/description_file.h"
#include "protocol/content/checksum.h"
#include "protocol/content/crc.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What tshark prints with the dissector that is made of a description, against what we decode ourselves.
class TestDescribedDissector : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void goldenCaptures_data();
    void goldenCaptures();
    void language_data();
    void language();
    void checksums();
    void segments();
    void gaps_data();
    void gaps();
    void survivesAnything();

private:
    using Values = QMap<QString, QStringList>;
    /// A capture of one conversation: `chunks` from one side.
    QString record(const QByteArrayList& chunks, Transport transport, Direction direction);
    QByteArray tshark(const kaitai::Description& description, const QString& file, const QStringList& arguments);
    Values shownBy(const kaitai::Description& description, const QString& file, const QStringList& names);
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    int m_files = 0;
};

namespace {

using kaitai::Description;
using kaitai::Tree;
using kaitai::TreeItem;

QString inProject(const QString& name)
{
    return qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/../../") + name;
}

QByteArray bytesIn(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString protoOf(const Description& description)
{
    return QString::fromUtf8(description.id()) + QStringLiteral("_ksy");
}

/// As tshark prints it.
QString printed(const TreeItem& item)
{
    switch (item.kind) {
    case TreeItem::Kind::Integer:
        return item.isNegative ? QString::number(static_cast<qint64>(item.integer)) : QString::number(item.integer);
    case TreeItem::Kind::Boolean:
        return item.boolean ? QStringLiteral("1") : QStringLiteral("0");
    case TreeItem::Kind::Float:
        return QString::number(item.number(), 'g', 5);
    case TreeItem::Kind::Bytes:
        return QString::fromLatin1(item.text.toByteArray().toHex());
    default: // tshark's texts end with a zero
        return QString::fromUtf8(item.text.contains('\0') ? item.text.first(item.text.indexOf('\0')) : item.text);
    }
}

QString comparable(const QString& value)
{
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    return isNumber && value.contains(u'.') ? QString::number(number, 'g', 5) : value;
}

/// The values of a message by the fields of filters that they must be in, in order. What stands in the tree twice is
/// there once.
void collect(const Description& description, const Tree& tree, QMap<QString, QStringList>& out)
{
    const QString proto = protoOf(description);
    const auto at = [&tree](int place) -> const TreeItem& { return tree.items[static_cast<std::size_t>(place)]; };
    for (std::size_t i = 1; i < tree.items.size(); ++i) {
        const TreeItem& item = tree.items[i];
        const bool isScalar = item.kind != TreeItem::Kind::Struct && item.kind != TreeItem::Kind::Array;
        bool isAgain = false; // computed: what stands elsewhere in the message
        int parent = item.parent;
        while (parent >= 0 && at(parent).kind == TreeItem::Kind::Array) {
            parent = at(parent).parent;
        }
        for (int above = item.parent; above > 0; above = at(above).parent) {
            const bool isComputed = at(above).role == TreeItem::Role::Instance && at(above).size == 0;
            isAgain = isAgain || (isComputed && at(above).kind == TreeItem::Kind::Struct);
        }
        if (!isScalar || isAgain || item.role == TreeItem::Role::Parameter || printed(item).isEmpty()) {
            continue;
        }
        const QByteArray type = at(parent).typeName();
        const QString name = type == description.id() ? proto : QString(proto % u'.' % QString::fromUtf8(type));
        out[QString(name % u'.' % QString::fromUtf8(item.id()))].append(comparable(printed(item)));
    }
}

} // namespace

QString TestDescribedDissector::record(const QByteArrayList& chunks, Transport transport, Direction direction)
{
    CaptureOptions options;
    options.file = path(QStringLiteral("%1.pcapng").arg(++m_files));
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(20'000, transport));
    for (const QByteArray& chunk : chunks) {
        writer.chunk(1, direction, chunk);
    }
    writer.closed(1, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    return options.file;
}

QByteArray TestDescribedDissector::tshark(
    const Description& description, const QString& file, const QStringList& arguments)
{
    const QString name = path(protoOf(description) + QStringLiteral(".lua"));
    QFile script(name);
    if (!script.open(QIODevice::WriteOnly) || script.write(description.dissector().lua) < 0) {
        return "no script";
    }
    script.close();
    QStringList all { QStringLiteral("-X"), QStringLiteral("lua_script:") + name, QStringLiteral("-r"), file };
    for (const QString& table : { QStringLiteral("udp.port==65432,"), QStringLiteral("tcp.port==65432,") }) {
        if (table.startsWith(u"udp") || !description.cuttingProblem()) {
            all += { QStringLiteral("-d"), table + protoOf(description) };
        }
    }
    QProcess process;
    process.start(QStringLiteral("tshark"), all + arguments);
    if (!process.waitForFinished(100'000) || process.exitCode() != 0) {
        return "tshark failed: " + process.readAllStandardError();
    }
    const QByteArray complaints = process.readAllStandardError();
    const QByteArray output = process.readAllStandardOutput();
    return complaints.contains("Lua") || complaints.contains("rror") || output.contains("Lua Error")
        ? QByteArray("Lua: " + complaints + output.mid(output.indexOf("Lua Error"), 1000))
        : output;
}

TestDescribedDissector::Values TestDescribedDissector::shownBy(
    const Description& description, const QString& file, const QStringList& names)
{
    QStringList arguments { QStringLiteral("-Y"), protoOf(description), QStringLiteral("-T"), QStringLiteral("fields"),
        QStringLiteral("-E"), QStringLiteral("aggregator=|"), QStringLiteral("-E"), QStringLiteral("separator=/t") };
    for (const QString& name : names) {
        arguments += { QStringLiteral("-e"), name };
    }
    const QByteArray output = tshark(description, file, arguments);
    Values values;
    if (output.startsWith("tshark failed") || output.startsWith("Lua: ") || output.startsWith("no script")) {
        values[QString()].append(QString::fromUtf8(output));
        return values;
    }
    for (const QString& line : QString::fromUtf8(output).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList columns = line.split(u'\t');
        for (qsizetype i = 0; i < columns.size() && i < names.size(); ++i) {
            for (const QString& value : columns.at(i).split(u'|', Qt::SkipEmptyParts)) {
                const QString plain = value == u"True" ? u"1"_qs : value == u"False" ? u"0"_qs : value;
                values[names.at(i)].append(comparable(plain));
            }
        }
    }
    return values;
}

void TestDescribedDissector::goldenCaptures_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QByteArray list = bytesIn(inProject(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue golden : QJsonDocument::fromJson(list).array()) {
        QTest::newRow(qPrintable(golden[QStringLiteral("file")].toString())) << golden.toObject();
    }
}

void TestDescribedDissector::goldenCaptures()
{
    QFETCH(QJsonObject, golden);
    const auto text = [&](const char* key) { return golden[QLatin1StringView(key)].toString(); };
    const bool isClient = text("sender") == u"client";
    const Sender sender = isClient ? Sender::Client : Sender::Server;
    const bool isStream = golden[QStringLiteral("stream")].toBool();
    const auto description =
        loadDescription(inProject(QStringLiteral("resources/protocols/%1.ksy").arg(text("protocol"))));
    QVERIFY(description);
    const QByteArray bytes = bytesIn(inProject(QStringLiteral("tests/data/protocols/") + text("file")));
    QByteArrayList messages;
    Values expected;
    qsizetype begin = 0;
    for (const QJsonValue message : golden[QStringLiteral("messages")].toArray()) {
        messages += bytes.mid(begin, message[QStringLiteral("size")].toInt());
        begin += messages.constLast().size();
        collect(**description, (*description)->decode(messages.constLast(), {}, sender), expected);
    }
    const QString file =
        record(messages, isStream ? Transport::Tcp : Transport::Udp, isClient ? Direction::In : Direction::Out);
    const Values shown = shownBy(**description, file, expected.keys());
    QVERIFY2(!shown.contains(QString()), qPrintable(shown.value(QString()).join(u'\n')));
    for (auto field = expected.cbegin(); field != expected.cend(); ++field) {
        const QString what = field.key() + QStringLiteral(": ");
        QCOMPARE(QString(what + shown.value(field.key()).join(u'|')), QString(what + field.value().join(u'|')));
    }
}

void TestDescribedDissector::language_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, const QByteArray& body, const char* bytes) {
        QTest::newRow(name) << QByteArray("meta: {id: lang, endian: be, bit-endian: be, encoding: UTF-8}\n" + body)
                            << QByteArray(bytes);
    };
    row("numbers",
        "seq: [{id: a, type: u1}, {id: b, type: s2}, {id: c, type: u4le}, {id: d, type: s8}, {id: e, type: u8}]",
        "ff fffe 01020304 fffffffffffffffe ffffffffffffffff");
    row("floats", "seq: [{id: a, type: f4}, {id: b, type: f8le}]", "3fc00000 000000000000f83f");
    row("bits", "seq: [{id: a, type: b3}, {id: b, type: b1}, {id: c, type: b12}, {id: d, type: u1}]", "b123 05");
    row("bits, little", "seq: [{id: a, type: b3le}, {id: b, type: b13le}, {id: c, type: b40le}]", "b123 0102030405");
    row("bytes",
        "seq: [{id: n, type: u1}, {id: a, size: n}, {id: b, terminator: 0}, {id: c, size: 4, pad-right: 0x20}]",
        "02 aabb 010200 41202020");
    row("texts",
        "seq: [{id: a, type: str, size: 3}, {id: b, type: strz}, {id: c, type: str, size: 4, encoding: UTF-16LE},"
        " {id: d, type: str, size: 2, encoding: ISO-8859-1}]",
        "616263 e4b8ad00 2d4e3dd8 41fc");
    row("repeats",
        "seq: [{id: a, type: u1, repeat: expr, repeat-expr: 3}, {id: b, type: u1, repeat: until, repeat-until: _ == 0},"
        " {id: c, type: u2, repeat: eos}]",
        "010203 0708 00 00010002");
    row("expressions",
        "seq: [{id: a, type: u1}, {id: b, type: u1}]\n"
        "instances:\n"
        "  i1: {value: a + b * 2 - 1}\n  i2: {value: a / 3}\n  i3: {value: -a / 3}\n  i4: {value: a % 3}\n"
        "  i5: {value: (a << 2) | (b & 0x0f) ^ 1}\n  i6: {value: a >> 1}\n  i7: {value: 'a > b ? 1 : 2'}\n"
        "  i8: {value: a == 7 and not (b == 7)}\n  i9: {value: 'a.to_s + \"x\" + b.to_s'}\n"
        "  j1: {value: '\"abc\".length'}\n  j2: {value: '\"abcü\".reverse'}\n  j3: {value: '\"abcdef\".substring(1, "
        "3)'}\n"
        "  j4: {value: '\"12\".to_i + \"ff\".to_i(16)'}\n  j5: {value: 'f\"a is {a}\"'}\n  j6: {value: '[1, 2, "
        "3].max'}\n"
        "  j7: {value: '_io.size + _io.pos'}\n  j8: {value: 'a < 10 ? \"low\" : a < 100 ? \"middle\" : \"high\"'}\n"
        "  j9: {value: 3.5 * a}\n  k1: {value: ~a}\n  k2: {value: a.to_s == \"7\"}\n",
        "07 05");
    row("switch",
        "seq: [{id: n, type: u1}, {id: body, size: 2, type: {switch-on: n, cases: {1: one, 2: two}}}]\n"
        "types:\n  one: {seq: [{id: x, type: u2}]}\n  two: {seq: [{id: y, type: s1}, {id: z, type: u1}]}\n",
        "02 fe 05");
    row("enums",
        "seq: [{id: a, type: u1, enum: e}, {id: b, type: u1, enum: e}]\nenums: {e: {1: one, 2: two}}\n"
        "instances: {i: {value: 'a == e::two'}}",
        "02 07");
    row("parameters",
        "seq: [{id: a, type: u1}, {id: b, type: 'p(a, _io.pos)'}]\n"
        "types:\n  p:\n    params: [{id: q, type: u1}, {id: r, type: s4}]\n    seq: [{id: c, size: q}]\n"
        "    instances: {s: {value: q + r + _parent.a + _root.a}}\n",
        "03 010203");
    row("positions",
        "seq: [{id: a, type: u1}]\ninstances:\n  far: {pos: a, type: u2}\n  text: {pos: 1, type: str, size: 2}\n",
        "03 4142 0102");
    row("conditions", "seq: [{id: a, type: u1}, {id: b, type: u1, if: a == 1}, {id: c, type: u1, if: a == 2}]",
        "02 09");
    row("xor", "seq: [{id: a, size: 3, process: xor(0x20)}, {id: b, size: 2, process: rol(4)}]", "616263 1234");
    row("packed",
        "seq: [{id: a, size: 11, process: zlib}, {id: b, size: 11, process: zlib, type: t}, {id: c, type: u1}]\n"
        "types: {t: {seq: [{id: x, type: u1}, {id: y, type: str, size-eos: true}]}}",
        "789c4b4c4a0600024d0127 789c4b4c4a0600024d0127 07");
    row("contents", "seq: [{id: a, contents: AB}, {id: b, type: u1, valid: {min: 2, max: 4}}]", "4142 03");
}

void TestDescribedDissector::language()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    const auto description = loadDescription(path(QStringLiteral("lang.ksy")), text);
    QVERIFY2(description, description ? "" : qPrintable(kaitai::describe(description.error().front())));
    const QByteArray message = QByteArray::fromHex(hex);
    const Tree tree = (*description)->decode(message);
    QVERIFY2(tree.faults.empty(), tree.faults.empty() ? "" : qPrintable(kaitai::describe(tree.faults.front())));
    Values expected;
    collect(**description, tree, expected);
    const Values shown = shownBy(**description, record({ message }, Transport::Udp, Direction::In), expected.keys());
    QVERIFY2(!shown.contains(QString()), qPrintable(shown.value(QString()).join(u'\n')));
    for (auto field = expected.cbegin(); field != expected.cend(); ++field) {
        const QString what = field.key() + QStringLiteral(": ");
        QCOMPARE(QString(what + shown.value(field.key()).join(u'|')), QString(what + field.value().join(u'|')));
    }
}

/// All algorithms in one message: tshark complains of a checksum exactly where we do.
void TestDescribedDissector::checksums()
{
    QByteArrayList names { "adler-32", "sum-8", "xor-8", "internet", "md5", "sha-1", "sha-256" };
    for (const CrcParameters& each : crcCatalogue()) {
        names.append(each.name);
    }
    // Those of 64 bits in all the ways: signed and not, bytes, digits, and in the other order.
    for (int i = 0; i < 5; ++i) {
        names += { "crc-64/xz", "crc-64/ecma-182" };
    }
    QByteArray text = "meta: {id: sums, endian: be, encoding: ASCII}\nseq:\n  - {id: n, type: u1}\n"
                      "  - {id: flags, type: b3}\n  - {id: rest, type: b5}\n  - {id: body, size: n}\n";
    for (qsizetype i = 0; i < names.size(); ++i) {
        const ChecksumAlgorithm& algorithm = *checksumNamed(names.at(i));
        const int size = checksumSize(algorithm);
        const bool isNumber = isNumeric(algorithm) && (size == 1 || size == 2 || size == 4 || size == 8);
        const bool isText = i % 5 == 4; // hexadecimal digits
        const QByteArray bytes = QByteArray::number(isText ? 2 * size : size);
        const QByteArray type = isText ? QByteArray("type: str, size: " + bytes)
            : isNumber ? QByteArray((i % 3 == 0 ? "type: s" : "type: u") + bytes + (size == 8 && i % 4 < 2 ? "le" : ""))
                       : QByteArray("size: " + bytes);
        text += "  - {id: sum" + QByteArray::number(i) + ", " + type + ", -checksum: {algorithm: " + names.at(i)
            + ", from: " + (i % 2 == 0 ? "n" : "rest") + ", to: body}}\n";
    }
    const auto description = loadDescription(path(QStringLiteral("sums.ksy")), text);
    QVERIFY2(description, description ? "" : qPrintable(kaitai::describe(description.error().front())));
    QCOMPARE((*description)->dissector().missing, QStringList());
    QByteArrayList messages;
    QStringList complaints;
    for (const int length : { 0, 1, 9, 55, 56, 200 }) {
        const QByteArray json = R"({"n": )" + QByteArray::number(length) + R"(, "flags": 5, "rest": 9, "body": ")"
            + noise(length, static_cast<quint32>(length) + 1).toHex() + "\"}";
        const auto built = (*description)->build(json);
        QVERIFY2(built, built ? "" : qPrintable(kaitai::describe(built.error())));
        QByteArray broken = *built;
        for (qsizetype at = 2 + length; at < broken.size(); at += 7) {
            broken[at] = static_cast<char>(broken[at] ^ 1);
        }
        messages += { *built, broken };
        for (const QByteArray& message : { *built, broken }) {
            for (const kaitai::TreeFault& fault : (*description)->decode(message).faults) {
                complaints.append(
                    QString::fromUtf8(fault.path) % u": " % QString(fault.text).remove(u'“').remove(u'”'));
            }
        }
    }
    QVERIFY(complaints.size() > names.size());
    const QString file = record(messages, Transport::Udp, Direction::In);
    const QByteArray output = tshark(**description, file,
        { QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"), u"_ws.expert.message"_qs,
            QStringLiteral("-E"), QStringLiteral("aggregator=|") });
    QStringList shown =
        QString::fromUtf8(output).split(QRegularExpression(QStringLiteral("[|\n]")), Qt::SkipEmptyParts);
    QCOMPARE(shown.join(u'\n'), complaints.join(u'\n'));
}

/// Messages that come in pieces, and several in one.
void TestDescribedDissector::segments()
{
    const auto description = loadDescription(inProject(QStringLiteral("resources/protocols/mqtt.ksy")));
    QVERIFY(description);
    const QByteArray connect = QByteArray::fromHex("100f00044d51545404020 03c0003616263");
    const QByteArray ping = QByteArray::fromHex("c000");
    QByteArrayList pieces;
    const QByteArray stream = connect + ping + connect + ping;
    for (const char byte : stream) {
        pieces += QByteArray(1, byte);
    }
    const QStringList names { QStringLiteral("mqtt_ksy.type"), QStringLiteral("mqtt_ksy.text.value") };
    for (const QByteArrayList& chunks : { pieces, QByteArrayList { stream } }) {
        const Values shown = shownBy(**description, record(chunks, Transport::Tcp, Direction::In), names);
        QCOMPARE(shown.value(names.front()).join(u' '), QStringLiteral("1 12 1 12"));
        QCOMPARE(shown.value(names.back()).join(u' '), QStringLiteral("abc abc"));
    }
}

void TestDescribedDissector::gaps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("gap");
    QTest::newRow("wide checksum") << QByteArray(
        "seq: [{id: a, type: b4be}, {id: sum, type: b64be, -checksum: {algorithm: crc-64/xz, "
        "from: a, to: a}}, {id: b, type: b4be}]")
                                   << u"The checksum “sum” is of 64 bits that need not be whole bytes"_qs;
    QTest::newRow("checksum") << QByteArray(
        "seq: [{id: a, type: u1}, {id: sum, type: u1, -checksum: {algorithm: xor-8, from: a, to: a}}]")
                              << QString();
    QTest::newRow("packed") << QByteArray("seq: [{id: a, size: 3, process: zlib}]") << QString();
    QTest::newRow("encoding") << QByteArray("seq: [{id: a, type: str, size: 3, encoding: GBK}]") << u"Texts in GBK"_qs;
    QTest::newRow("large number") << QByteArray("seq: [{id: a, type: u8}, {id: b, size: a}]") << u"up to 64 bits"_qs;
    QTest::newRow("stream") << QByteArray("seq: [{id: a, size-eos: true}]") << u"datagrams alone"_qs;
    QTest::newRow("nothing") << QByteArray("seq: [{id: a, type: u1}]") << QString();
}

void TestDescribedDissector::gaps()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, gap);
    const auto description =
        loadDescription(path(QStringLiteral("gaps.ksy")), QByteArray("meta: {id: gaps, endian: be}\n" + text));
    QVERIFY2(description, description ? "" : qPrintable(kaitai::describe(description.error().front())));
    const kaitai::LuaDissector made = (*description)->dissector();
    QCOMPARE(made.missing.isEmpty(), gap.isEmpty());
    QVERIFY2(made.missing.join(u' ').contains(gap), qPrintable(made.missing.join(u' ')));
    QVERIFY(gap.isEmpty() || made.lua.contains(made.missing.front().toUtf8()));
}

/// Bytes that are no messages are no error of the script.
void TestDescribedDissector::survivesAnything()
{
    for (const char* name : { "dns", "mqtt", "modbus_tcp", "websocket", "stun" }) {
        const auto description =
            loadDescription(inProject(QStringLiteral("resources/protocols/%1.ksy").arg(QLatin1StringView(name))));
        QVERIFY(description);
        QByteArrayList chunks;
        for (quint32 seed = 1; seed <= 40; ++seed) {
            chunks += noise(static_cast<qsizetype>(seed) * 9, seed);
        }
        const bool isStream = !(*description)->cuttingProblem();
        const QString file = record(chunks, isStream ? Transport::Tcp : Transport::Udp, Direction::In);
        const QByteArray output = tshark(**description, file, { QStringLiteral("-V") });
        QVERIFY2(!output.startsWith("Lua: ") && !output.startsWith("tshark failed"), output.left(2000).constData());
    }
}

SOCKEYE_TEST(TestDescribedDissector)
#include "tst_described_dissector.moc"
