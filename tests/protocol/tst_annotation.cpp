// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/text/decoder.h"
#include "stream_help.h"
#include "tests/testcase.h"
#include "vectors.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;

namespace {

/// What must be true of every annotation; empty if it is.
QString broken(const Annotation& annotation)
{
    const std::vector<Field>& fields = annotation.fields();
    if (annotation.bytes().isEmpty() != fields.empty()) {
        return QStringLiteral("fields without bytes or bytes without fields");
    }
    qint64 covered = 0;
    for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
        const Field& field = fields[static_cast<size_t>(i)];
        if (field.size <= 0 || (i > 0) != (field.parent >= 0) || field.parent >= i) {
            return u"field %1 is empty or has no parent"_qs.arg(i);
        }
        if (annotation.label(i).isEmpty() || annotation.value(i).size() > 420) {
            return u"field %1 has no label or too long a value"_qs.arg(i);
        }
        if (field.firstChild < 0) {
            if (field.offset != covered) {
                return u"leaf %1 begins at %2, not at %3"_qs.arg(
                    QString::number(i), QString::number(field.offset), QString::number(covered));
            }
            covered += field.size;
            if (annotation.leafAt(field.offset) != i || annotation.leafAt(covered - 1) != i) {
                return u"leaf %1 is not found"_qs.arg(i);
            }
            continue;
        }
        qint64 at = field.offset;
        int row = 0;
        for (int child = field.firstChild; child >= 0; child = fields[static_cast<size_t>(child)].nextSibling) {
            const Field& c = fields[static_cast<size_t>(child)];
            if (c.parent != i || c.row != row || c.offset != at) {
                return u"child %1 of %2 is out of place"_qs.arg(QString::number(child), QString::number(i));
            }
            at += c.size;
            ++row;
        }
        if (row != field.childCount || at != field.offset + field.size) {
            return u"field %1 is not what its children are"_qs.arg(i);
        }
    }
    return covered == annotation.bytes().size() ? QString() : u"%1 bytes are covered"_qs.arg(covered);
}

/// The tree as text: one field a line.
QString outline(const Annotation& annotation)
{
    QString out;
    for (int i = 1; i < static_cast<int>(annotation.fields().size()); ++i) {
        const Field& field = annotation.fields()[static_cast<size_t>(i)];
        if (field.kind == FieldKind::Punctuation || field.kind == FieldKind::Key) {
            continue;
        }
        out += u"%1+%2 %3 = %4\n"_qs.arg(
            QString::number(field.offset), QString::number(field.size), annotation.path(i), annotation.value(i));
    }
    return out.remove(QStringLiteral("message › "));
}

} // namespace

class TestAnnotation : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void vectorsAndTheirBeginnings_data();
    void vectorsAndTheirBeginnings();
    void searchRequest();
    void arithmetic();
    void firstBytes();
    void contentEncodings_data();
    void contentEncodings();
    void nestedContent();
    void bad_data();
    void bad();
    void unfinished();
    void afterTheMessage();
    void fieldLimit_data();
    void fieldLimit();
    void deepContent();
    void mutations();
    void rawAndLines();
    void largeBinaryIsOneField();
    void outOfRange();
};

void TestAnnotation::vectorsAndTheirBeginnings_data()
{
    QTest::addColumn<QByteArray>("message");
    for (const Vector& vector : loadVectors()) {
        QTest::addRow("%s, request", vector.name.constData()) << vector.request;
        QTest::addRow("%s, reply", vector.name.constData()) << vector.reply;
    }
}

void TestAnnotation::vectorsAndTheirBeginnings()
{
    QFETCH(QByteArray, message);
    const Annotation whole = annotate(appProtocol(), message);
    QCOMPARE(broken(whole), QString());
    QVERIFY(!whole.error());
    const Frame frame = decodeWhole(message).frames.at(0);
    QCOMPARE(whole.contentOffset(), frame.contentOffset);
    QCOMPARE(whole.json(), headerOf(frame)->isJson() ? message.sliced(frame.contentOffset) : QByteArray());
    for (qsizetype size = 0; size < message.size(); ++size) {
        const Annotation part = annotate(appProtocol(), message.first(size));
        QCOMPARE(broken(part), QString());
        // It says what the decoder says of a stream that ends there.
        QCOMPARE(part.error(), decodeWhole(message.first(size)).error);
    }
}

void TestAnnotation::searchRequest()
{
    const QByteArray message = encodeRequest(u"search", u"a\"é", ByteOrder::Little);
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(outline(annotation), QString::fromUtf8(R"(0+2 fixed header = 103 (0x0067)
2+103 JSON header = 103 bytes
3+21 JSON header › byteorder = "little"
16+8 JSON header › byteorder › value = "little"
26+27 JSON header › content-type = "text/json"
42+11 JSON header › content-type › value = "text/json"
55+27 JSON header › content-encoding = "utf-8"
75+7 JSON header › content-encoding › value = "utf-8"
84+20 JSON header › content-length = 38
102+2 JSON header › content-length › value = 38
105+38 content = 38 bytes
106+18 content › action = "search"
116+8 content › action › value = "search"
126+16 content › value = "a\"é"
135+7 content › value › value = "a\"é"
)"));
    QCOMPARE(annotation.label(annotation.leafAt(106)), QStringLiteral("key"));
    QCOMPARE(annotation.value(annotation.leafAt(106)), QStringLiteral("\"action\""));
    QCOMPARE(annotation.value(annotation.leafAt(125)), QStringLiteral(","));
}

void TestAnnotation::arithmetic()
{
    const Annotation request = annotate(appProtocol(), encodeRequest(u"double", u"7654321"));
    QVERIFY2(
        outline(request).endsWith(QStringLiteral("129+10 content = 10 bytes\n129+6 content › text = \"double\"\n"
                                                 "135+4 content › number = 7,654,321 (signed 32-bit big-endian)\n")),
        qPrintable(outline(request)));
    const Annotation negative = annotate(appProtocol(), encodeRequest(u"negate", u"-2147483648"));
    QVERIFY(outline(negative).endsWith(QStringLiteral("= -2,147,483,648 (signed 32-bit big-endian)\n")));
}

void TestAnnotation::firstBytes()
{
    QByteArray reply;
    appendMessage(reply, "binary/custom-server-binary-type", "binary", ByteOrder::Little,
        "First 10 bytes of request: test\xf0\x9f");
    QVERIFY2(outline(annotate(appProtocol(), reply))
                 .endsWith(QStringLiteral("129+27 content › text = \"First 10 bytes of request: \"\n"
                                          "156+6 content › bytes = 6 bytes: 74 65 73 74 f0 9f\n")),
        qPrintable(outline(annotate(appProtocol(), reply))));
}

void TestAnnotation::contentEncodings_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("utf-16") << Encoding::Utf16 << QStringLiteral("2+2") << QStringLiteral("12+20");
    QTest::newRow("utf-16-be") << Encoding::Utf16Be << QStringLiteral("0+2") << QStringLiteral("10+20");
    QTest::newRow("utf-32") << Encoding::Utf32 << QStringLiteral("4+4") << QStringLiteral("24+36");
    QTest::newRow("latin-1") << Encoding::Latin1 << QStringLiteral("0+1") << QStringLiteral("5+10");
}

void TestAnnotation::contentEncodings()
{
    QFETCH(Encoding, encoding);
    // Nine characters in quotes; the rabbit takes two units of UTF-16, and two "?" stand for it in Latin-1.
    const QByteArray json =
        encoding == Encoding::Latin1 ? QByteArray("{\"ü\":\"Grüße??.\"}") : QByteArray("{\"ü\":\"Grüße🐰.\"}");
    const QByteArray content = encodeText(encoding, json);
    QByteArray message;
    const QLatin1StringView name = encodingName(encoding);
    appendMessage(message, "text/json", QByteArrayView(name.data(), name.size()), ByteOrder::Little, content);
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(broken(annotation), QString());
    QVERIFY(!annotation.error());
    QCOMPARE(annotation.json(), json);
    const int leaf = annotation.leafAt(message.size()
        - (encoding == Encoding::Latin1       ? 2
                : encoding == Encoding::Utf32 ? 8
                                              : 4));
    QCOMPARE(annotation.path(leaf), QStringLiteral("message › content › ü › value"));
    QCOMPARE(annotation.value(leaf), QString::fromUtf8(json.sliced(json.indexOf(':') + 1).chopped(1)));
    const Field& field = annotation.fields()[static_cast<size_t>(leaf)];
    const qsizetype unit = encodeText(encoding, "x").size() - encodeText(encoding, "").size();
    QCOMPARE(field.offset + field.size + unit, message.size());
}

void TestAnnotation::nestedContent()
{
    QByteArray message;
    appendMessage(message, "text/json", "utf-8", ByteOrder::Little, R"( [1, {"a": [true, "x"]}, []] )");
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(broken(annotation), QString());
    const QString text = outline(annotation);
    QVERIFY2(text.contains(QStringLiteral("content › [0] = 1\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("content › [1] › a › value › [1] = \"x\"\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("content › [2] = \n")), qPrintable(text));
}

void TestAnnotation::bad_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("last");
    using E = ErrorCode;
    const auto row = [](const char* name, const QByteArray& message, E code, qint64 offset, const char* last) {
        QTest::newRow(name) << message << code << offset << QString::fromUtf8(last);
    };
    row("empty header", QByteArray("\0\0{}", 4), E::EmptyHeader, 0, "2+2 bytes after a bad header = 2 bytes: 7b 7d\n");
    row("header not UTF-8", handMade("{\"a\":\xff}"), E::HeaderNotUtf8, 7,
        "7+2 JSON header › not valid here = 2 bytes: ff 7d\n");
    row("header not JSON", handMade("{\"a\": 1, x}"), E::HeaderNotJson, 11,
        "11+2 JSON header › not valid here = 2 bytes: 78 7d\n");
    row("missing key", handMade("{\"a\": 1}", "abc"), E::MissingHeader, 2,
        "10+3 bytes after a bad header = 3 bytes: 61 62 63\n");
    row("content too long", handMade(headerText("x", "y", "99999999999"), "ab"), E::ContentTooLong, 90,
        "102+2 bytes after a bad header = 2 bytes: 61 62\n");
    row("content not JSON", handMade(headerText("text/json", "utf-8", "9"), "{\"a\": 1]}"), E::ContentNotJson, 111,
        "111+2 content › not valid here = 2 bytes: 5d 7d\n");
    row("content not UTF-8", handMade(headerText("text/json", "utf-8", "5"), "[\"\xff\"]"), E::ContentNotInEncoding,
        106, "106+3 content › not valid here = 3 bytes: ff 22 5d\n");
    row("nested content not JSON", handMade(headerText("text/json", "utf-8", "9"), "{\"a\": [x}"), E::ContentNotJson,
        111, "111+2 content › a › value › not valid here = 2 bytes: 78 7d\n");
}

void TestAnnotation::bad()
{
    QFETCH(QByteArray, message);
    QFETCH(ErrorCode, code);
    QFETCH(qint64, offset);
    QFETCH(QString, last);
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(broken(annotation), QString());
    QVERIFY(annotation.error());
    QCOMPARE(annotation.error()->code, code);
    QCOMPARE(annotation.error()->offset, offset);
    QVERIFY2(outline(annotation).endsWith(last), qPrintable(outline(annotation)));
}

void TestAnnotation::unfinished()
{
    const QByteArray message = encodeRequest(u"search", u"morpheus", ByteOrder::Little);
    QCOMPARE(outline(annotate(appProtocol(), message.first(1))),
        QStringLiteral("0+1 fixed header (unfinished) = 1 of 2 bytes\n"));
    QVERIFY(outline(annotate(appProtocol(), message.first(10)))
                .contains(QStringLiteral("2+8 JSON header (unfinished) = 8 of 103 bytes\n")));
    const QString cut = outline(annotate(appProtocol(), message.first(122)));
    QVERIFY2(cut.contains(QStringLiteral("105+17 content (unfinished) = 17 of 41 bytes\n")), qPrintable(cut));
    QVERIFY2(cut.endsWith(
                 QStringLiteral("116+6 content (unfinished) › action (unfinished) › value (unfinished) = \"searc\n")),
        qPrintable(cut));
}

void TestAnnotation::afterTheMessage()
{
    const Annotation annotation = annotate(appProtocol(), encodeRequest(u"x", u"") + "abc");
    QCOMPARE(broken(annotation), QString());
    QVERIFY(outline(annotation).endsWith(QStringLiteral("bytes after the message = 3 bytes: 61 62 63\n")));
}

void TestAnnotation::fieldLimit_data()
{
    QTest::addColumn<QByteArray>("content");
    QByteArray flat = "[";
    QByteArray objects = "{\"a\": {\"b\": [";
    for (int i = 0; i < 1000; ++i) {
        flat += "1, ";
        objects += "{\"x\": 1, \"y\": [2]}, ";
    }
    QTest::newRow("flat") << QByteArray(flat + "1]");
    QTest::newRow("objects") << QByteArray(objects + "0], \"c\": 1}, \"d\": {\"e\": 2}}  ");
    QTest::newRow("brackets in strings") << QByteArray(
        QByteArray(flat).replace("1, ", R"({"]}[{": "\\\"]}", "b": ["\"]}"]}, )") + R"([[]], "\\\\"])");
    QTest::newRow("broken") << QByteArray(objects + "0], ?");
}

void TestAnnotation::fieldLimit()
{
    QFETCH(QByteArray, content);
    QByteArray message;
    appendMessage(message, "text/json", "utf-8", ByteOrder::Little, content);
    for (int limit = 0; limit < 200; ++limit) {
        AnnotateOptions options;
        options.maxFields = limit;
        const Annotation annotation = annotate(appProtocol(), message, options);
        QCOMPARE(broken(annotation), QString());
        QVERIFY(annotation.fields().size() <= static_cast<size_t>(limit + 30));
        QVERIFY(outline(annotation).contains(QStringLiteral("more fields")));
        QCOMPARE(annotation.error().has_value(), content.endsWith('?'));
        // What is taken on trust makes no difference where the trust is justified, and no gap where it is not.
        options.checked = true;
        const Annotation trusting = annotate(appProtocol(), message, options);
        QCOMPARE(broken(trusting), QString());
        if (!annotation.error()) {
            QCOMPARE(outline(trusting), outline(annotation));
            QVERIFY(!trusting.error());
        }
    }
}

void TestAnnotation::deepContent()
{
    const QByteArray content = QByteArray(1'000'000, '[');
    QByteArray message;
    appendMessage(message, "text/json", "utf-8", ByteOrder::Little, content);
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(broken(annotation), QString());
    QCOMPARE(annotation.error()->code, ErrorCode::TooDeep);
    QCOMPARE(annotation.error()->offset, annotation.contentOffset() + 64);
}

void TestAnnotation::mutations()
{
    QRandomGenerator random(1234);
    const QList<Vector> vectors = loadVectors();
    for (int round = 0; round < 20'000; ++round) {
        const Vector& vector = vectors[random.bounded(vectors.size())];
        QByteArray message = random.bounded(2) == 0 ? vector.request : vector.reply;
        for (int change = random.bounded(1, 4); change > 0; --change) {
            const qsizetype at = random.bounded(message.size());
            switch (random.bounded(3)) {
            case 0:
                message[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                message.remove(at, random.bounded(5));
                break;
            default:
                message.insert(at, static_cast<char>("{}[]\",:\\0"[random.bounded(9)]));
                break;
            }
            if (message.isEmpty()) {
                break;
            }
        }
        AnnotateOptions options;
        options.maxFields = random.bounded(60);
        const Annotation annotation = annotate(appProtocol(), message, options);
        QVERIFY2(broken(annotation).isEmpty(), qPrintable(broken(annotation) + QString::fromLatin1(message.toHex())));
        options.checked = true;
        const Annotation trusting = annotate(appProtocol(), message, options);
        QVERIFY2(broken(trusting).isEmpty(), qPrintable(broken(trusting) + QString::fromLatin1(message.toHex())));
        // It agrees with the decoder on whether and where the first message is bad.
        const Decoded decoded = decodeWhole(message);
        if (decoded.frames.empty() && !message.isEmpty()) {
            QVERIFY(annotation.error());
            if (decoded.error->code != ErrorCode::UnknownEncoding) {
                QCOMPARE(annotation.error()->offset, decoded.error->offset);
                QCOMPARE(annotation.error()->code, decoded.error->code);
            }
        } else if (!decoded.frames.empty()) {
            const Frame& frame = decoded.frames[0];
            const auto content = QByteArrayView(message).sliced(frame.contentOffset, frame.size - frame.contentOffset);
            const auto checked = checkContent(*headerOf(frame), content, frame.contentOffset);
            QCOMPARE(annotation.error().has_value(), !checked.has_value());
            if (!checked) {
                QCOMPARE(annotation.error()->code, checked.error().code);
                QCOMPARE(annotation.error()->offset, checked.error().offset);
            }
        }
    }
}

void TestAnnotation::rawAndLines()
{
    QCOMPARE(outline(annotate(rawProtocol(), "héllo\n")), QStringLiteral("0+7 text = \"héllo\\n\"\n"));
    QCOMPARE(outline(annotate(rawProtocol(), "\xff\x01")), QStringLiteral("0+2 bytes = 2 bytes: ff 01\n"));
    const Annotation line = annotate(linesProtocol(), "hello\r\n");
    QCOMPARE(broken(line), QString());
    QCOMPARE(outline(line), QStringLiteral("0+5 text = \"hello\"\n"));
    QCOMPARE(line.fields().size(), size_t { 3 });
    QCOMPARE(broken(annotate(linesProtocol(), "\n")), QString());
}

void TestAnnotation::largeBinaryIsOneField()
{
    QByteArray message;
    appendMessage(message, "x", "binary", ByteOrder::Little, QByteArray(8 * 1024 * 1024, '\0'));
    const Annotation annotation = annotate(appProtocol(), message);
    QCOMPARE(broken(annotation), QString());
    QVERIFY(annotation.bytes().isSharedWith(message));
    QCOMPARE(annotation.fields().back().kind, FieldKind::Binary);
}

void TestAnnotation::outOfRange()
{
    const Annotation none = annotate(appProtocol(), {});
    QVERIFY(none.fields().empty());
    QCOMPARE(none.leafAt(0), -1);
    QVERIFY(none.label(0).isEmpty());
    QVERIFY(none.value(-1).isEmpty());
    QVERIFY(none.path(5).isEmpty());
    const Annotation some = annotate(rawProtocol(), "abc");
    QCOMPARE(some.leafAt(3), -1);
    QCOMPARE(some.leafAt(-1), -1);
}

SOCKEYE_TEST(TestAnnotation)
#include "tst_annotation.moc"
