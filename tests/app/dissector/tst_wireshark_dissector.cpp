// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation.h"
#include "protocol/dissector/wireshark_dissector.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/text/decoder.h"
#include "protocol/text/encoding.h"
#include "tests/app/reading/capture_help.h"
#include "tests/protocol/vectors.h"
#include "tests/testcase.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What tshark prints with our dissector.
class TestWiresharkDissector : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goldenExchanges_data();
    void goldenExchanges();
    void oneByteAtATime();
    void encodings_data();
    void encodings();
    void unknownKeys();
    void badMessages_data();
    void badMessages();
    void nothingIsReadAfterABadMessage();
    void badContentIsNoEnd();
    void unfinished();
    void leavesOthersAlone();
    void survivesAnything();

private:
    /// A capture in which each of `streams` is what a connection's peer sends, in these chunks.
    QString record(const QList<QByteArrayList>& streams);
    QByteArray tshark(const QString& file, const QStringList& arguments, bool decodeAs = false);
    QByteArrayList fields(const QString& file, const QStringList& names, bool decodeAs = false);
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QList<Vector> m_vectors;
    int m_files = 0;
};

namespace {

const QStringList headerFields { QStringLiteral("sockeye.protoheader_length"),
    QStringLiteral("sockeye.header.byteorder"), QStringLiteral("sockeye.header.content_type"),
    QStringLiteral("sockeye.header.content_encoding"), QStringLiteral("sockeye.header.content_length") };
const QStringList contentFields { QStringLiteral("sockeye.content.action"), QStringLiteral("sockeye.content.value"),
    QStringLiteral("sockeye.content.result"), QStringLiteral("sockeye.content.text"),
    QStringLiteral("sockeye.content.number"), QStringLiteral("sockeye.content.bytes") };
const QStringList allFields = headerFields + contentFields;

QByteArrayList cut(const QByteArray& bytes, qsizetype size)
{
    QByteArrayList pieces;
    for (qsizetype at = 0; at < bytes.size(); at += size) {
        pieces += bytes.mid(at, size);
    }
    return pieces;
}

/// What the fields of a message must say.
QByteArrayList expectedFields(const QByteArray& message)
{
    const Annotation annotation = annotate(appProtocol(), message);
    QByteArrayList values;
    for (const QString& label : { QStringLiteral("fixed header"), QStringLiteral("byteorder"),
             QStringLiteral("content-type"), QStringLiteral("content-encoding"), QStringLiteral("content-length"),
             QStringLiteral("action"), QStringLiteral("value"), QStringLiteral("result"), QStringLiteral("text"),
             QStringLiteral("number"), QStringLiteral("bytes") }) {
        QByteArray value;
        for (int field = 0; field < static_cast<int>(annotation.fields().size()); ++field) {
            const Field& facts = annotation.fields()[static_cast<std::size_t>(field)];
            if (annotation.label(field) != label) {
                continue;
            }
            const QByteArray bytes = message.mid(facts.offset, facts.size);
            if (facts.kind == FieldKind::Member) {
                value = annotation.value(field).toUtf8();
            } else if (facts.kind == FieldKind::Length) {
                value = QByteArray::number(qFromBigEndian<quint16>(bytes.constData()));
            } else if (facts.kind == FieldKind::Integer) {
                value = QByteArray::number(qFromBigEndian<qint32>(bytes.constData()));
            } else if (facts.kind == FieldKind::Binary) {
                value = bytes.toHex();
            } else if (facts.kind == FieldKind::Text) {
                value = bytes;
            }
        }
        if (value.startsWith('"')) { // as it stands in the message: the field says what it means
            value = value.sliced(1, value.size() - 2);
            value.replace("\\\"", "\"").replace("\\t", "␉").replace("\\n", "␊").replace("\\\\", "\\");
        }
        values += value;
    }
    return values;
}

} // namespace

void TestWiresharkDissector::initTestCase()
{
    QFile script(path(QStringLiteral("sockeye.lua")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(wiresharkDissector());
    m_vectors = loadVectors();
    QVERIFY(m_vectors.size() >= 20);
}

QString TestWiresharkDissector::record(const QList<QByteArrayList>& streams)
{
    CaptureOptions options;
    options.file = path(QStringLiteral("%1.pcapng").arg(++m_files));
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    quint32 id = 0;
    for (const QByteArrayList& chunks : streams) {
        ++id;
        writer.opened(id, factsFor(static_cast<quint16>(20000 + id)));
        for (const QByteArray& chunk : chunks) {
            writer.chunk(id, Direction::In, chunk);
        }
        writer.closed(id, CloseKind::Orderly);
    }
    writer.flush();
    capture->waitUntilIdle();
    return options.file;
}

QByteArray TestWiresharkDissector::tshark(const QString& file, const QStringList& arguments, bool decodeAs)
{
    QStringList all { QStringLiteral("-X"), QStringLiteral("lua_script:") + path(QStringLiteral("sockeye.lua")),
        QStringLiteral("-r"), file };
    if (decodeAs) {
        all += { QStringLiteral("-d"), QStringLiteral("tcp.port==65432,sockeye") };
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(QStringLiteral("tshark"), all + arguments);
    if (!process.waitForFinished(100'000) || process.exitCode() != 0) {
        return "tshark failed: " + process.readAllStandardError();
    }
    const QByteArray output = process.readAllStandardOutput();
    const QByteArray complaints = process.readAllStandardError();
    return complaints.contains("Lua") || complaints.contains("rror") || output.contains("Lua Error")
        ? QByteArray("Lua: " + complaints + output.mid(output.indexOf("Lua Error"), 1000))
        : output;
}

/// A line for each frame that has a message: its fields with tabs between, those of several messages with "|".
QByteArrayList TestWiresharkDissector::fields(const QString& file, const QStringList& names, bool decodeAs)
{
    QStringList arguments { QStringLiteral("-Y"), QStringLiteral("sockeye"), QStringLiteral("-T"),
        QStringLiteral("fields"), QStringLiteral("-E"), QStringLiteral("aggregator=|") };
    for (const QString& name : names) {
        arguments += { QStringLiteral("-e"), name };
    }
    QByteArrayList lines = tshark(file, arguments, decodeAs).split('\n');
    lines.removeLast();
    return lines;
}

void TestWiresharkDissector::goldenExchanges_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("whole") << 1'000'000;
    QTest::newRow("in two") << 100;
    QTest::newRow("in small pieces") << 7;
}

void TestWiresharkDissector::goldenExchanges()
{
    QFETCH(const int, size);
    QList<QByteArrayList> streams;
    QByteArray glued;
    for (const Vector& vector : m_vectors) {
        streams += cut(vector.request, size);
        streams += cut(vector.reply, size);
        glued += vector.request + vector.reply;
    }
    streams += cut(glued, size);
    const QByteArrayList lines = fields(record(streams), allFields);

    // One line each, and those of the glued ones: one where the last piece of one or more messages came.
    QVERIFY2(lines.size() > 2 * m_vectors.size(), lines.value(0).constData());
    QList<QByteArrayList> found(allFields.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArrayList values = lines[i].split('\t');
        QCOMPARE(values.size(), allFields.size());
        for (qsizetype k = 0; k < values.size(); ++k) {
            if (i >= 2 * m_vectors.size()) {
                found[k] += values[k].isEmpty() ? QByteArrayList() : values[k].split('|');
            }
        }
        if (i < 2 * m_vectors.size()) {
            const Vector& vector = m_vectors[i / 2];
            const QByteArrayList expected = expectedFields(i % 2 == 0 ? vector.request : vector.reply);
            QVERIFY2(values == expected,
                QByteArray(vector.name + ": " + lines[i] + " instead of " + expected.join('\t')).constData());
            if (i % 2 == 1) { // the result, as every other view of a reply says it
                const QByteArray result = !values[7].isEmpty() ? values[7]
                    : !values[9].isEmpty()                     ? values[9]
                                           : QByteArray(values[8] + QByteArray::fromHex(values[10]));
                QCOMPARE(QString::fromUtf8(result), QString(vector.result).replace(u'\t', u'␉').replace(u'\n', u'␊'));
            }
        }
    }
    // Glued: every message told, in order.
    QByteArrayList types;
    QByteArrayList results;
    for (const Vector& vector : m_vectors) {
        for (const QByteArray& message : { vector.request, vector.reply }) {
            types += expectedFields(message)[2];
            results += expectedFields(message)[7];
        }
    }
    results.removeAll(QByteArray());
    QCOMPARE(found[2], types);
    QCOMPARE(found[7], results);
}

void TestWiresharkDissector::oneByteAtATime()
{
    // The first byte alone says nothing, but that the file is one of ours.
    const QByteArrayList lines = fields(record({ cut(m_vectors[0].request + m_vectors[0].reply, 1) }), allFields);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].split('\t'), expectedFields(m_vectors[0].request));
    QCOMPARE(lines[1].split('\t'), expectedFields(m_vectors[0].reply));
}

void TestWiresharkDissector::encodings_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QByteArray>("spelling");
    QTest::addColumn<QString>("text");
    const QString wide = QStringLiteral("naïve 🐰 日本");
    QTest::newRow("utf-8") << Encoding::Utf8 << QByteArray("U8") << wide;
    QTest::newRow("utf-16") << Encoding::Utf16 << QByteArray("UTF-16") << wide;
    QTest::newRow("utf-16-le") << Encoding::Utf16Le << QByteArray("utf_16_le") << wide;
    QTest::newRow("utf-16-be") << Encoding::Utf16Be << QByteArray("utf-16BE") << wide;
    QTest::newRow("utf-32") << Encoding::Utf32 << QByteArray("utf32") << wide;
    QTest::newRow("utf-32-be") << Encoding::Utf32Be << QByteArray("utf-32-be") << wide;
    QTest::newRow("latin-1") << Encoding::Latin1 << QByteArray("ISO-8859-1") << QStringLiteral("naïve £");
    QTest::newRow("cp1252") << Encoding::Cp1252 << QByteArray("windows-1252") << QStringLiteral("naïve €");
    QTest::newRow("ascii") << Encoding::Ascii << QByteArray("us-ascii") << QStringLiteral("plain");
}

void TestWiresharkDissector::encodings()
{
    QFETCH(const Encoding, encoding);
    QFETCH(const QByteArray, spelling);
    QFETCH(const QString, text);
    QByteArray message;
    appendMessage(message, "text/json", spelling, ByteOrder::Big,
        encodeText(encoding, QByteArray("{\"action\": \"search\", \"value\": \"" + text.toUtf8() + "\"}")));
    const QByteArrayList lines = fields(
        record({ { message } }), { QStringLiteral("sockeye.content.value"), QStringLiteral("sockeye.error_code") });
    QCOMPARE(lines, QByteArrayList { QByteArray(text.toUtf8() + '\t') });
}

void TestWiresharkDissector::unknownKeys()
{
    const QByteArray header = R"({ "x-trace":[1,{"a":null}], "content-type":"text/json","content-length":28,)"
                              R"("byteorder":"mixed","content-encoding":"utf-8" })";
    const QByteArray content = R"({"k\u0065y":-1.5e3,"value":{}})";
    QByteArray fixed(2, '\0');
    fixed[1] = static_cast<char>(header.size());
    const QByteArray message = fixed + header + content.leftJustified(28, ' ');
    QCOMPARE(content.size(), 30); // the last two bytes are the next message's
    const QByteArrayList lines = fields(record({ { message + m_vectors[0].request } }),
        { QStringLiteral("sockeye.header.member"), QStringLiteral("sockeye.header.byteorder"),
            QStringLiteral("sockeye.content.member") },
        true);
    QVERIFY2(lines.value(0).startsWith("[1,{\"a\":null}]\tmixed"), lines.value(0).constData());
}

void TestWiresharkDissector::badMessages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto withHeader = [](const QByteArray& header, const QByteArray& content = {}) {
        QByteArray bytes(2, '\0');
        qToBigEndian(static_cast<quint16>(header.size()), bytes.data());
        return QByteArray(bytes + header + content);
    };
    const QByteArray rest = R"("content-type":"text/json","content-encoding":"utf-8","byteorder":"big"})";
    QTest::newRow("empty header") << QByteArray("\0\0abc", 5);
    QTest::newRow("not UTF-8") << withHeader("{\"\xff\xfe\": 1}");
    QTest::newRow("not JSON") << withHeader("{\"a\": 1,}");
    QTest::newRow("a control character in a string") << withHeader("{\"a\x01\": 1}");
    QTest::newRow("a leading zero") << withHeader("{\"a\": 01}");
    QTest::newRow("no object") << withHeader("[1, 2]");
    QTest::newRow("a key is missing") << withHeader(R"({"byteorder": "little", "content-length": 3})");
    QTest::newRow("a key of the wrong type") << withHeader(R"({"content-length":"1",)" + rest, "1");
    QTest::newRow("a negative length") << withHeader(R"({"content-length":-1,)" + rest, "1");
    QTest::newRow("a broken length") << withHeader(R"({"content-length":1.5,)" + rest, "12");
    QTest::newRow("too long") << withHeader(R"({"content-length":99999999999999999999,)" + rest, "12");
    QTest::newRow("over the limit") << withHeader(R"({"content-length":67108865,)" + rest, "12");
    QTest::newRow("too deep") << withHeader(QByteArray(70, '[') + QByteArray(70, ']'));
    QTest::newRow("unknown encoding") << withHeader(
        R"({"content-length":1,"content-type":"text/json","content-encoding":"klingon","byteorder":"big"})", "1");
    QTest::newRow("content not UTF-8") << jsonMessage("\"\xc3\x28\"");
    QTest::newRow("content not JSON") << jsonMessage("{\"action\": search}");
    QTest::newRow("content with a rest") << jsonMessage("{} {}");
    QTest::newRow("content cut") << jsonMessage("{\"a\": \"");
    QTest::newRow("content too deep") << jsonMessage(QByteArray(65, '[') + QByteArray(65, ']'));
}

void TestWiresharkDissector::badMessages()
{
    QFETCH(const QByteArray, bytes);
    const Annotation ours = annotate(appProtocol(), bytes);
    QVERIFY(ours.error());
    const QString file = record({ { bytes } });
    const QByteArrayList lines =
        fields(file, { QStringLiteral("sockeye.error_code"), QStringLiteral("_ws.expert.severity") }, true);
    // A number too large for the machine is too long here, not "bad".
    const QByteArray code = QTest::currentDataTag() == QByteArrayView("too long")
        ? QByteArray("content-too-long")
        : QByteArray(codeName(ours.error()->code).data());
    QCOMPARE(lines, QByteArrayList { QByteArray(code + "\t8388608") });
    if (QTest::currentDataTag() == QByteArrayView("a key is missing")) {
        QVERIFY(tshark(file, { QStringLiteral("-V") }, true).contains(wireText(*ours.error()).toUtf8()));
    }
}

void TestWiresharkDissector::nothingIsReadAfterABadMessage()
{
    const QByteArrayList lines =
        fields(record({ { m_vectors[0].request, QByteArray("\0\0", 2), m_vectors[0].request } }),
            { QStringLiteral("sockeye.content.value"), QStringLiteral("sockeye.error_code"),
                QStringLiteral("_ws.col.Info") });
    QCOMPARE(lines,
        (QByteArrayList {
            "morpheus\t\tsearch \"morpheus\"", "\tempty-header\tempty-header", "\t\tbytes after an error" }));
}

void TestWiresharkDissector::badContentIsNoEnd()
{
    const QByteArrayList lines = fields(record({ { m_vectors[0].request, jsonMessage("{"), m_vectors[0].request } }),
        { QStringLiteral("sockeye.content.value"), QStringLiteral("sockeye.error_code") });
    QCOMPARE(lines, (QByteArrayList { "morpheus\t", "\tcontent-not-json", "morpheus\t" }));
}

void TestWiresharkDissector::unfinished()
{
    // The rest never comes: no error of ours, no field that is not there.
    const QByteArray request = m_vectors[0].request;
    for (const qsizetype size : { 1, 2, 50, 120 }) {
        const QByteArray output = tshark(record({ { request.first(size) } }), { QStringLiteral("-V") }, true);
        QVERIFY2(!output.startsWith("Lua") && output.contains("Transmission Control Protocol"), output.constData());
        QVERIFY(!output.contains("content: "));
    }
}

void TestWiresharkDissector::leavesOthersAlone()
{
    const QString file = record({ { QByteArray("GET / HTTP/1.1\r\n\r\n") }, { QByteArray("hello, world\n") },
        { QByteArray("\0\1", 2), QByteArray("\2\3\4", 3) }, { QByteArray("\0\x67{ not much", 12) } });
    QVERIFY2(fields(file, { QStringLiteral("sockeye.header"), QStringLiteral("sockeye.content") })
                 .join()
                 .trimmed()
                 .isEmpty(),
        "taken for messages");
}

void TestWiresharkDissector::survivesAnything()
{
    QRandomGenerator random(20240501);
    QList<QByteArrayList> streams;
    for (int i = 0; i < 400; ++i) {
        const Vector& vector = m_vectors[random.bounded(m_vectors.size())];
        QByteArray bytes = vector.request + vector.reply + vector.request;
        for (int k = random.bounded(1, 6); k > 0; --k) {
            const int at = random.bounded(static_cast<int>(bytes.size()));
            switch (random.bounded(3)) {
            case 0:
                bytes[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(1, 5));
                break;
            default:
                bytes.insert(at, "[{\"\\u0000,\xf0\x9f", random.bounded(1, 12));
            }
        }
        streams += cut(bytes, random.bounded(1, 200));
    }
    const QByteArray output = tshark(record(streams), { QStringLiteral("-V") }, true);
    QVERIFY2(!output.startsWith("Lua") && !output.startsWith("tshark failed"), output.left(2000).constData());
    QVERIFY(output.count("Sockeye application protocol") > 400);
}

SOCKEYE_TEST(TestWiresharkDissector)
#include "tst_wireshark_dissector.moc"
