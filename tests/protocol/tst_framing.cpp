// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/protocols/registry.h"
#include "stream_help.h"
#include "tests/testcase.h"
#include "vectors.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;

class TestFraming : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void vector_data();
    void vector();
    void vectorsGluedInRandomPieces();
    void badMessage_data();
    void badMessage();
    void truncated_data();
    void truncated();
    void failsForGood();
    void repeatedHeaderIsShared();
    void acceptedHeader_data();
    void acceptedHeader();
    void progress();
    void emptyContentIsWhole();
    void announcedContentTakesNoMemory();
    void contentInSmallPieces();
    void raw();
    void datagrams();
    void lines_data();
    void lines();
    void lineTooLong();
    void names();
};

void TestFraming::vector_data()
{
    QTest::addColumn<QByteArray>("message");
    for (const Vector& vector : loadVectors()) {
        QTest::addRow("%s, request", vector.name.constData()) << vector.request;
        QTest::addRow("%s, reply", vector.name.constData()) << vector.reply;
    }
}

void TestFraming::vector()
{
    QFETCH(QByteArray, message);
    const auto check = [&message](const Decoded& decoded, int copies) {
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.frames.size(), static_cast<size_t>(copies));
        for (int i = 0; i < copies; ++i) {
            const Frame& frame = decoded.frames[static_cast<size_t>(i)];
            QCOMPARE(frame.offset, i * message.size());
            QCOMPARE(frame.size, message.size());
            QVERIFY(frame.detail);
            QCOMPARE(frame.contentOffset + headerOf(frame)->contentLength, message.size());
        }
    };
    check(decodeWhole(message), 1);
    check(decodePieces(message, { 1 }), 1);
    for (qsizetype cut = 1; cut < message.size(); ++cut) {
        check(decodePieces(message, { cut, message.size() }), 1);
    }
    check(decodeWhole(message + message), 2);
    for (qsizetype cut = 1; cut < 2 * message.size(); ++cut) {
        check(decodePieces(message + message, { cut, 2 * message.size() }), 2);
    }
}

void TestFraming::vectorsGluedInRandomPieces()
{
    QByteArray stream;
    QList<qint64> ends;
    for (const Vector& vector : loadVectors()) {
        for (const QByteArray& message : { vector.request, vector.reply }) {
            stream += message;
            ends.append(stream.size());
        }
    }
    QRandomGenerator random(42);
    for (int round = 0; round < 200; ++round) {
        QList<qsizetype> sizes;
        for (int i = 0; i < 40; ++i) {
            sizes.append(random.bounded(1, 400));
        }
        const Decoded decoded = decodePieces(stream, sizes);
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.frames.size(), static_cast<size_t>(ends.size()));
        for (size_t i = 0; i < decoded.frames.size(); ++i) {
            QCOMPARE(decoded.frames[i].end(), ends[static_cast<qsizetype>(i)]);
        }
    }
}

void TestFraming::badMessage_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QByteArray& message, ErrorCode code, qint64 offset,
                         const char* expected, const char* found, const char* text) {
        QTest::newRow(name) << message << code << offset << QString::fromUtf8(expected) << QString::fromUtf8(found)
                            << QString::fromUtf8(text);
    };
    using E = ErrorCode;
    row("header length 0", QByteArray("\0\0", 2), E::EmptyHeader, 0, "a length of at least 1", "0",
        "The fixed header announces a JSON header of 0 bytes.");
    row("header length 0 and more", QByteArray("\0\0{}", 4), E::EmptyHeader, 0, "a length of at least 1", "0",
        "The fixed header announces a JSON header of 0 bytes.");
    row("header not UTF-8", handMade("{\"a\": \"\xff\"}"), E::HeaderNotUtf8, 9, "UTF-8", "byte 0xff",
        "The JSON header is not valid UTF-8: found byte 0xff.");
    row("header with an overlong form", handMade("{\"a\": \"\xc0\xaf\"}"), E::HeaderNotUtf8, 9, "UTF-8", "byte 0xc0",
        "The JSON header is not valid UTF-8: found byte 0xc0.");
    row("header not JSON", handMade("hello"), E::HeaderNotJson, 2, "a value", "\"h\"",
        "The JSON header is not JSON: expected a value, found \"h\".");
    row("header ends too soon", handMade("{\"a\": 1"), E::HeaderNotJson, 9, "\",\" or \"}\"", "the end",
        "The JSON header is not JSON: expected \",\" or \"}\", found the end.");
    row("header with more after it", handMade("{} x"), E::HeaderNotJson, 5, "the end", "\"x\"",
        "The JSON header is not JSON: expected the end, found \"x\".");
    row("header with a byte order mark", handMade("\xef\xbb\xbf{}"), E::HeaderNotJson, 2, "a value", "U+FEFF",
        "The JSON header is not JSON: expected a value, found U+FEFF.");
    row("header is an array", handMade("[1]"), E::HeaderNotObject, 2, "an object", "an array",
        "The JSON header must be a JSON object, but is an array.");
    row("header is a number", handMade("103"), E::HeaderNotObject, 2, "an object", "a number",
        "The JSON header must be a JSON object, but is a number.");
    row("header is empty object", handMade("{}"), E::MissingHeader, 2, "the key \"byteorder\"", "",
        "Missing required header \"byteorder\".");
    row("no content-length",
        handMade("{\"byteorder\": \"little\", \"content-type\": \"a\", \"content-encoding\": \"b\"}"), E::MissingHeader,
        2, "the key \"content-length\"", "", "Missing required header \"content-length\".");
    row("no content-type", handMade("{\"byteorder\": \"little\", \"content-length\": 1, \"content-encoding\": \"b\"}"),
        E::MissingHeader, 2, "the key \"content-type\"", "", "Missing required header \"content-type\".");
    row("no content-encoding", handMade("{\"byteorder\": \"little\", \"content-length\": 1, \"content-type\": \"b\"}"),
        E::MissingHeader, 2, "the key \"content-encoding\"", "", "Missing required header \"content-encoding\".");
    row("byteorder is a number",
        handMade("{\"byteorder\": 5, \"content-length\": 1, \"content-type\": \"b\", \"content-encoding\": \"c\"}"),
        E::WrongHeaderType, 16, "a string", "5", "The header \"byteorder\" must be a string, but is 5.");
    row("content-type is null",
        handMade(
            "{\"byteorder\": \"big\", \"content-length\": 1, \"content-type\": null, \"content-encoding\": \"c\"}"),
        E::WrongHeaderType, 60, "a string", "null", "The header \"content-type\" must be a string, but is null.");
    row("content-encoding is an object",
        handMade("{\"content-encoding\": {\"a\": [1]}, \"byteorder\": \"big\", \"content-length\": 1, "
                 "\"content-type\": \"b\"}"),
        E::WrongHeaderType, 23, "a string", "{\"a\": [1]}",
        "The header \"content-encoding\" must be a string, but is {\"a\": [1]}.");
    const auto length = [](const char* value) { return handMade(headerText("text/json", "utf-8", value)); };
    const qint64 at = 2 + headerText("text/json", "utf-8", "").size() - 1;
    const char* whole = "a whole number from 0 to 67108864";
    row("content-length is text", length("\"41\""), E::WrongHeaderType, at, "a whole number", "\"41\"",
        "The header \"content-length\" must be a whole number, but is \"41\".");
    row("content-length is true", length("true"), E::WrongHeaderType, at, "a whole number", "true",
        "The header \"content-length\" must be a whole number, but is true.");
    row("content-length is negative", length("-1"), E::BadContentLength, at, whole, "-1",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is -1.");
    row("content-length is fractional", length("41.5"), E::BadContentLength, at, whole, "41.5",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is 41.5.");
    row("content-length has a fraction of 0", length("41.0"), E::BadContentLength, at, whole, "41.0",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is 41.0.");
    row("content-length over 64 bits", length("123456789012345678901234567890"), E::BadContentLength, at, whole,
        "123456789012345678901234567890",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is "
        "123456789012345678901234567890.");
    row("content-length beyond all floats", length("1e999"), E::BadContentLength, at, whole, "1e999",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is 1e999.");
    row("content over the limit", length("67108865"), E::ContentTooLong, at, "at most 67,108,864 bytes",
        "67,108,865 bytes", "The content is too long: expected at most 67,108,864 bytes, found 67,108,865 bytes.");
    row("content far over the limit", length("9223372036854775807"), E::ContentTooLong, at, "at most 67,108,864 bytes",
        "9,223,372,036,854,775,807 bytes",
        "The content is too long: expected at most 67,108,864 bytes, found 9,223,372,036,854,775,807 bytes.");
    row("last of two lengths counts",
        handMade(
            "{\"byteorder\": \"big\", \"content-length\": 1, \"content-type\": \"b\", \"content-encoding\": \"c\", "
            "\"content-length\": -2}"),
        E::BadContentLength, 108, whole, "-2",
        "The header \"content-length\" must be a whole number from 0 to 67108864, but is -2.");
    row("unknown encoding", handMade(headerText("text/json", "utf-9", "0")), E::UnknownEncoding, 75,
        "the name of a text encoding", "\"utf-9\"", "Unknown content encoding \"utf-9\".");
    row("nested too deep", handMade(QByteArray(65, '[') + QByteArray(65, ']')), E::TooDeep, 66, "at most 64 levels",
        "\"[\"", "The JSON of the JSON header is nested too deep: expected at most 64 levels.");
}

void TestFraming::badMessage()
{
    QFETCH(QByteArray, message);
    QFETCH(ErrorCode, code);
    QFETCH(qint64, offset);
    QFETCH(QString, expected);
    QFETCH(QString, found);
    QFETCH(QString, text);
    const QByteArray good = encodeRequest(u"search", u"ring");
    const QByteArray stream = good + message + "whatever follows";
    for (qsizetype cut = 1; cut <= stream.size(); ++cut) {
        const Decoded decoded = decodePieces(stream, { cut, 7 });
        QCOMPARE(decoded.frames.size(), size_t { 1 });
        QVERIFY(decoded.error);
        QCOMPARE(decoded.error->code, code);
        QCOMPARE(decoded.error->offset, good.size() + offset);
        QCOMPARE(decoded.error->expected, expected);
        QCOMPARE(decoded.error->found, found);
        QCOMPARE(wireText(*decoded.error), text);
        QCOMPARE(describe(*decoded.error), text);
        QCOMPARE(decoded.progress.part, Progress::failed);
    }
}

void TestFraming::truncated_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, qsizetype size, const char* text) {
        QTest::newRow(name) << size << QString::fromUtf8(text);
    };
    row("in the fixed header", 1, "The connection closed 1 byte into a 2-byte fixed header.");
    row("before the JSON header", 2, "The connection closed 0 bytes into a 103-byte JSON header.");
    row("in the JSON header", 52, "The connection closed 50 bytes into a 103-byte JSON header.");
    row("before the content", 105, "The connection closed 0 bytes into a 41-byte content.");
    row("in the content", 122, "The connection closed 17 bytes into a 41-byte content.");
    row("one byte short", 145, "The connection closed 40 bytes into a 41-byte content.");
}

void TestFraming::truncated()
{
    QFETCH(qsizetype, size);
    QFETCH(QString, text);
    const QByteArray whole = encodeRequest(u"search", u"morpheus", ByteOrder::Little);
    QCOMPARE(whole.size(), 146);
    const Decoded decoded = decodeWhole(whole + whole.first(size));
    QCOMPARE(decoded.frames.size(), size_t { 1 });
    QVERIFY(decoded.error);
    QCOMPARE(decoded.error->code, ErrorCode::Truncated);
    QCOMPARE(decoded.error->offset, 146 + size);
    QCOMPARE(wireText(*decoded.error), text);
    QCOMPARE(decodePieces(whole + whole.first(size), { 1 }).error, decoded.error);
}

void TestFraming::failsForGood()
{
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    framing->feed(handMade("{}"), frames);
    const auto error = framing->error();
    QVERIFY(error);
    framing->feed(encodeRequest(u"search", u"ring"), frames);
    framing->finish(frames);
    QVERIFY(frames.empty());
    QCOMPARE(framing->error(), error);
}

void TestFraming::repeatedHeaderIsShared()
{
    const QByteArray same = encodeRequest(u"search", u"morpheus");
    const QByteArray other = encodeRequest(u"search", u"ring");
    const Decoded decoded = decodeWhole(same + same + other + same);
    QCOMPARE(decoded.frames.size(), size_t { 4 });
    QCOMPARE(decoded.frames[0].detail, decoded.frames[1].detail);
    QVERIFY(decoded.frames[1].detail != decoded.frames[2].detail);
    QCOMPARE(headerOf(decoded.frames[2])->contentLength, 37);
    QCOMPARE(*headerOf(decoded.frames[3]), *headerOf(decoded.frames[0]));
}

void TestFraming::acceptedHeader_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ByteOrder>("order");
    QTest::newRow("our form") << QByteArray(headerText("text/json", "utf-8", "3")) << ByteOrder::Little;
    QTest::newRow("other order, other space") << QByteArray(
        "\n{\"content-length\":3,\t\"content-encoding\" : \"utf-8\",\"content-type\":\"text/json\","
        "\r\n\"byteorder\":\"big\"} ") << ByteOrder::Big;
    QTest::newRow("further keys") << QByteArray(
        "{\"x\": {\"y\": [1, {}]}, \"byteorder\": \"big\", \"content-length\": 3, "
        "\"content-encoding\": \"utf-8\", \"content-type\": \"text/json\", \"z\": 1e999}")
                                  << ByteOrder::Big;
    QTest::newRow("escapes") << QByteArray("{\"b\\u0079teorder\": \"b\\u0069g\", \"content-length\": 3, "
                                           "\"content-encoding\": \"utf-8\", \"content-type\": \"text\\/json\"}")
                             << ByteOrder::Big;
    QTest::newRow("unknown byte order") << QByteArray(
        "{\"byteorder\": \"middle\", \"content-length\": 3, "
        "\"content-encoding\": \"utf-8\", \"content-type\": \"text/json\"}")
                                        << ByteOrder::Unknown;
    QTest::newRow("last of two counts") << QByteArray(
        "{\"byteorder\": 1, \"content-length\": 9, \"content-encoding\": "
        "\"utf-8\", \"content-type\": \"text/json\", \"content-length\": 3, "
        "\"byteorder\": \"big\"}") << ByteOrder::Big;
}

void TestFraming::acceptedHeader()
{
    QFETCH(QByteArray, text);
    QFETCH(ByteOrder, order);
    const Decoded decoded = decodeWhole(handMade(text, "{ }"));
    QVERIFY2(!decoded.error, decoded.error ? qPrintable(wireText(*decoded.error)) : "");
    QCOMPARE(decoded.frames.size(), size_t { 1 });
    QCOMPARE(*headerOf(decoded.frames[0]), (Header { order, "text/json", "utf-8", 3 }));
}

void TestFraming::progress()
{
    const QByteArray whole = encodeRequest(u"search", u"morpheus", ByteOrder::Little);
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    QCOMPARE(framing->progress(), (Progress { Progress::between, 0, 0, 0 }));
    framing->feed(QByteArray(whole + whole.first(1)), frames);
    QCOMPARE(framing->progress(), (Progress { AppPart::FixedHeader, 1, 2, 146 }));
    framing->feed(whole.sliced(1, 1), frames);
    QCOMPARE(framing->progress(), (Progress { AppPart::JsonHeader, 0, 103, 146 }));
    framing->feed(whole.sliced(2, 3), frames);
    QCOMPARE(framing->progress(), (Progress { AppPart::JsonHeader, 3, 103, 146 }));
    framing->feed(whole.sliced(5, 123), frames);
    QCOMPARE(framing->progress(), (Progress { AppPart::Content, 23, 41, 146, true }));
    framing->feed(whole.sliced(128), frames);
    QCOMPARE(framing->progress(), (Progress { Progress::between, 0, 0, 292 }));
}

void TestFraming::emptyContentIsWhole()
{
    const QByteArray message = handMade(headerText("text/json", "utf-8", "0"));
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    framing->feed(message, frames);
    QCOMPARE(frames.size(), size_t { 1 });
    QCOMPARE(frames[0].size, message.size());
    QCOMPARE(framing->progress().part, Progress::between);
}

void TestFraming::announcedContentTakesNoMemory()
{
    Limits limits;
    limits.maxContent = std::numeric_limits<qint64>::max();
    const auto framing = appProtocol()->newFraming(limits);
    Frames frames;
    framing->feed(handMade(headerText("a", "b", "4611686018427387904"), "x"), frames);
    QVERIFY(!framing->error());
    QCOMPARE(framing->progress().have, 1);
    QCOMPARE(framing->progress().need, qint64 { 1 } << 62);
    // No limit is so high that lengths and offsets overflow.
    const Decoded tooLong = decodeWhole(handMade(headerText("a", "b", "4611686018427387905")), appProtocol(), limits);
    QVERIFY(tooLong.error);
    QCOMPARE(tooLong.error->code, ErrorCode::ContentTooLong);
}

void TestFraming::contentInSmallPieces()
{
    constexpr qsizetype size = 1024 * 1024;
    const QByteArray content(size, 'x');
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    framing->feed(handMade(headerText("a", "b", QByteArray::number(size))), frames);
    for (qsizetype i = 0; i < size; ++i) {
        QVERIFY(frames.empty());
        framing->feed(QByteArrayView(content).sliced(i, 1), frames);
    }
    QCOMPARE(frames.size(), size_t { 1 });
}

void TestFraming::raw()
{
    const Decoded decoded = decodePieces("abcdefg", { 3 }, rawProtocol());
    QCOMPARE(decoded.frames.size(), size_t { 3 });
    QCOMPARE(decoded.frames[2].offset, 6);
    QCOMPARE(decoded.frames[2].size, 1);
    QVERIFY(!decoded.frames[0].detail);
    QVERIFY(!decoded.error);
}

void TestFraming::datagrams()
{
    const std::unique_ptr<Framing> framing = datagramProtocol()->newFraming();
    Frames frames;
    for (const QByteArray& datagram : { QByteArray("abc"), QByteArray(), QByteArray(), QByteArray("d") }) {
        framing->feed(datagram, frames);
    }
    framing->finish(frames);
    QList<std::pair<qint64, qint64>> found;
    for (const Frame& frame : frames) {
        found.append({ frame.offset, frame.size });
    }
    QCOMPARE(found, (QList<std::pair<qint64, qint64>> { { 0, 3 }, { 3, 0 }, { 3, 0 }, { 3, 1 } }));
    QVERIFY(!protocolFromName(datagramProtocol()->id())); // nothing that one could choose
}

void TestFraming::lines_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QList<qint64>>("ends");
    QTest::newRow("empty") << QByteArray() << QList<qint64> {};
    QTest::newRow("one") << QByteArray("a\n") << QList<qint64> { 2 };
    QTest::newRow("empty lines") << QByteArray("\n\n") << QList<qint64> { 1, 2 };
    QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n") << QList<qint64> { 3, 6 };
    QTest::newRow("last without its end") << QByteArray("a\nbc") << QList<qint64> { 2, 4 };
}

void TestFraming::lines()
{
    QFETCH(QByteArray, stream);
    QFETCH(QList<qint64>, ends);
    for (qsizetype cut = 1; cut <= qMax<qsizetype>(1, stream.size()); ++cut) {
        const Decoded decoded = decodePieces(stream, { cut }, linesProtocol());
        QList<qint64> found;
        for (const Frame& frame : decoded.frames) {
            found.append(frame.end());
        }
        QCOMPARE(found, ends);
        QVERIFY(!decoded.error);
    }
}

void TestFraming::lineTooLong()
{
    Limits limits;
    limits.maxLine = 4;
    QVERIFY(!decodeWhole("abc\nabc\n", linesProtocol(), limits).error);
    for (qsizetype cut = 1; cut < 9; ++cut) {
        const Decoded decoded = decodePieces("abc\nabcd\n", { cut }, linesProtocol(), limits);
        QCOMPARE(decoded.frames.size(), size_t { 1 });
        QVERIFY(decoded.error);
        QCOMPARE(decoded.error->code, ErrorCode::LineTooLong);
        QCOMPARE(decoded.error->offset, 8);
    }
}

void TestFraming::names()
{
    for (const ProtocolPtr& kind : { appProtocol(), rawProtocol(), linesProtocol() }) {
        QCOMPARE(protocolFromName(kind->id()), kind);
    }
    QVERIFY(!protocolFromName(u"App"));
}

SOCKEYE_TEST(TestFraming)
#include "tst_framing.moc"
