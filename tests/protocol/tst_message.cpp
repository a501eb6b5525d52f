// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/text/decoder.h"
#include "stream_help.h"
#include "tests/testcase.h"
#include "vectors.h"

#include <QTest>

using namespace sockeye;

namespace {

Header jsonHeader(const QByteArray& encoding, qint64 length)
{
    return { ByteOrder::Little, "text/json", encoding, length };
}

} // namespace

class TestMessage : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void vector_data();
    void vector();
    void request_data();
    void request();
    void content_data();
    void content();
    void badContent_data();
    void badContent();
    void emptyContent();
    void headersOfNeighbours();
    void text_data();
    void text();
    void longTexts();
};

void TestMessage::vector_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Vector> vectors = loadVectors();
    for (qsizetype i = 0; i < vectors.size(); ++i) {
        QTest::newRow(vectors[i].name.constData()) << i;
    }
}

void TestMessage::vector()
{
    QFETCH(qsizetype, index);
    const Vector vector = loadVectors()[index];
    if (vector.typed) {
        const ByteOrder claimed = vector.bigEndian ? ByteOrder::Big : ByteOrder::Little;
        QCOMPARE(encodeRequest(vector.action, vector.value, claimed).toHex(), vector.request.toHex());
    }
    const Decoded reply = decodeWhole(vector.reply);
    QCOMPARE(reply.frames.size(), size_t { 1 });
    const Header& header = *headerOf(reply.frames[0]);
    const QByteArrayView content = QByteArrayView(vector.reply).sliced(reply.frames[0].contentOffset);
    VERIFY_RESULT(checkContent(header, content, 0));
    QCOMPARE(resultText(header, content), vector.result);
    // The same message, encoded again from its parts.
    QByteArray again;
    appendMessage(again, header.contentType, header.contentEncoding, header.byteOrder, content);
    QCOMPARE(again, vector.reply);
    QCOMPARE(handMade(encodeHeader(header.contentType, header.contentEncoding, header.byteOrder, content.size()),
                 content.toByteArray()),
        vector.reply);
}

void TestMessage::request_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("content");
    const QByteArray json = "text/json";
    const QByteArray binary = "binary/custom-client-binary-type";
    const auto row = [](const char* name, const char* action, const char* value, const QByteArray& type,
                         const QByteArray& content) {
        QTest::newRow(name) << QString::fromUtf8(action) << QString::fromUtf8(value) << type << content;
    };
    row("search", "search", "x", json, R"({"action": "search", "value": "x"})");
    row("not search", "Search", "x", binary, "Searchx");
    row("double", "double", "-1", binary, QByteArray::fromHex("646f75626c65ffffffff"));
    row("smallest", "negate", "-2147483648", binary, QByteArray::fromHex("6e656761746580000000"));
    row("too large a number", "double", "2147483648", binary, "double2147483648");
    row("no number", "double", "many", binary, "doublemany");
    row("fraction", "negate", "1.5", binary, "negate1.5");
    row("nothing", "", "", binary, "");
}

void TestMessage::request()
{
    QFETCH(QString, action);
    QFETCH(QString, value);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, content);
    const RequestContent made = requestContent(action, value);
    QCOMPARE(made.contentType, type);
    QCOMPARE(made.content, content);
    QCOMPARE(made.contentEncoding, QByteArray(type == "text/json" ? "utf-8" : "binary"));
}

void TestMessage::content_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray json = "{\"value\": \"Grüße €\"}";
    const auto row = [&json](const char* spelling, Encoding encoding) {
        QTest::newRow(spelling) << QByteArray(spelling) << encodeText(encoding, json);
    };
    row("utf-8", Encoding::Utf8);
    row("UTF8", Encoding::Utf8);
    row("utf-16", Encoding::Utf16);
    row("utf_16_le", Encoding::Utf16Le);
    row("UTF-16BE", Encoding::Utf16Be);
    row("utf-32", Encoding::Utf32);
    row("utf-32-be", Encoding::Utf32Be);
    row("cp1252", Encoding::Cp1252);
    QTest::newRow("utf-8 with mark") << QByteArray("utf-8") << QByteArray("\xef\xbb\xbf" + json);
}

void TestMessage::content()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, bytes);
    const auto json = contentAsJson(jsonHeader(encoding, bytes.size()), bytes, 100);
    VERIFY_RESULT(json);
    QCOMPARE(*json, QByteArray("{\"value\": \"Grüße €\"}"));
}

void TestMessage::badContent_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("text");
    using E = ErrorCode;
    const auto row = [](const char* name, const char* encoding, const QByteArray& bytes, E code, qint64 offset,
                         const char* text) {
        QTest::newRow(name) << QByteArray(encoding) << bytes << code << offset << QString::fromUtf8(text);
    };
    row("not UTF-8", "utf-8", "{\"a\": \"\xff\"}", E::ContentNotInEncoding, 7,
        "The content is not valid utf-8: found byte 0xff.");
    row("cut UTF-8", "utf-8", "\"\xf0\x9f", E::ContentNotInEncoding, 1,
        "The content is not valid utf-8: found the end in the middle of a character.");
    row("not UTF-8 after a mark", "utf-8", "\xef\xbb\xbf\"\xff\"", E::ContentNotInEncoding, 4,
        "The content is not valid utf-8: found byte 0xff.");
    row("not ASCII", "ascii", "\"\xe4\"", E::ContentNotInEncoding, 1,
        "The content is not valid ascii: found byte 0xe4.");
    row("not UTF-16", "utf-16-le", QByteArray::fromHex("220000dc2200"), E::ContentNotInEncoding, 2,
        "The content is not valid utf-16-le: found byte 0x00.");
    row("odd UTF-16", "utf-16-be",
        QByteArray::fromHex("00220022"
                            "00"),
        E::ContentNotInEncoding, 4, "The content is not valid utf-16-be: found the end in the middle of a character.");
    row("not JSON", "utf-8", "{\"a\" 1}", E::ContentNotJson, 5,
        "The content is not JSON: expected \":\", found \"1\".");
    row("not JSON after a mark", "utf-8", "\xef\xbb\xbf{,}", E::ContentNotJson, 4,
        "The content is not JSON: expected a key in quotes or \"}\", found \",\".");
    row("not JSON in UTF-16", "utf-16", encodeText(Encoding::Utf16, "{\"🐰\": x}"), E::ContentNotJson, 16,
        "The content is not JSON: expected a value, found \"x\".");
    row("only space", "utf-8", " ", E::ContentNotJson, 1, "The content is not JSON: expected a value, found the end.");
    row("unknown encoding", "klingon", "{}", E::UnknownEncoding, 0, "Unknown content encoding \"klingon\".");
    row("too deep", "utf-8", QByteArray(65, '[') + QByteArray(65, ']'), E::TooDeep, 64,
        "The JSON of the content is nested too deep: expected at most 64 levels.");
}

void TestMessage::badContent()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    QFETCH(qint64, offset);
    QFETCH(QString, text);
    const Header header = jsonHeader(encoding, bytes.size());
    const auto checked = checkContent(header, bytes, 1000);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, code);
    QCOMPARE(checked.error().offset, 1000 + offset);
    QCOMPARE(wireText(checked.error()), text);
    QCOMPARE(contentAsJson(header, bytes, 1000).error(), checked.error());
    // As binary it is nobody's business.
    QVERIFY(checkContent({ ByteOrder::Little, "text/plain", encoding, bytes.size() }, bytes, 0).has_value());
}

void TestMessage::emptyContent()
{
    VERIFY_RESULT(checkContent(jsonHeader("utf-8", 0), {}, 0));
    QCOMPARE(*contentAsJson(jsonHeader("utf-16", 0), {}, 0), QByteArray());
}

/// Headers that were read lately are known again: each message has its own all the same.
void TestMessage::headersOfNeighbours()
{
    for (int i = 0; i < 60; ++i) {
        const qsizetype size = i % 3 == 0 ? 1 : i % 7 + 100; // some come again at once, some after others
        QByteArray bytes;
        appendMessage(bytes, i % 2 == 0 ? "text/json" : "text/odd", "utf-8", ByteOrder::Little, QByteArray(size, '1'));
        const auto frame = appProtocol()->frameOf(1000 * i, bytes.size(), bytes);
        QVERIFY(frame);
        QCOMPARE(frame->offset, 1000 * i);
        QCOMPARE(frame->size, bytes.size());
        QCOMPARE(frame->contentOffset, bytes.size() - size);
        QCOMPARE(headerOf(*frame)->contentLength, size);
        QCOMPARE(headerOf(*frame)->isJson(), i % 2 == 0);
    }
    QByteArray broken;
    appendMessage(broken, "text/json", "utf-8", ByteOrder::Little, "1");
    broken.replace("text", "te\"t");
    QVERIFY(!appProtocol()->frameOf(0, broken.size(), broken));
    QVERIFY(!appProtocol()->frameOf(0, broken.size(), broken)); // and again
}

void TestMessage::text_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char* name, const char* type, const QByteArray& content, const char* result,
                         const char* shown) {
        QTest::newRow(name) << QByteArray(type) << content << QString::fromUtf8(result) << QString::fromUtf8(shown);
    };
    row("request", "text/json", R"({"action": "search", "value": "morpheus"})",
        R"({"action": "search", "value": "morpheus"})", "search \"morpheus\"");
    row("number as value", "text/json", R"({"value": 5, "action": "fly"})", R"({"value": 5, "action": "fly"})",
        "fly 5");
    row("reply", "text/json", R"({"result": "a \"b\" 🐰"})", "a \"b\" 🐰", "result \"a \"b\" 🐰\"");
    row("result is an object", "text/json", R"({"result": {"a": [1]}})", R"({"a": [1]})", R"(result {"a": [1]})");
    row("array", "text/json", "[1, 2]", "[1, 2]", "[1, 2]");
    row("broken", "text/json", R"({"action": "sea)", R"({"action": "sea)", "sea");
    row("empty", "text/json", "", "", "JSON, empty");
    row("double", "x", QByteArray("double\0\0\0\5", 10),
        "double"
        "\0",
        "double 5");
    row("result", "x", QByteArray("result\xff\xff\xff\xff", 10), "-1", "result -1");
    row("text", "x", "hello", "hello", "binary 5 bytes: hello");
    row("no text", "x", "\xff\xfe", "ff fe", "binary 2 bytes: ff fe");
    row("nothing", "x", "", "", "binary 0 bytes");
}

void TestMessage::text()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, content);
    QFETCH(QString, result);
    QFETCH(QString, summary);
    const Header header { ByteOrder::Little, type, type == "text/json" ? "utf-8" : "binary", content.size() };
    QCOMPARE(sockeye::summary(header, content), summary);
    if (!content.startsWith("double")) {
        QCOMPARE(resultText(header, content), result);
    }
}

void TestMessage::longTexts()
{
    const QByteArray json = R"({"result": ")" + QByteArray(1'000'000, 'x') + R"("})";
    QCOMPARE(resultText(jsonHeader("utf-8", json.size()), json, 10), QStringLiteral("xxxxxxxxx…"));
    QCOMPARE(summary(jsonHeader("utf-8", json.size()), json, 12), QStringLiteral("result \"xxx…"));
    const QByteArray binary(1'000'000, '\xff');
    const Header header { ByteOrder::Little, "x", "binary", binary.size() };
    QVERIFY(summary(header, binary, 40).size() <= 40);
    QVERIFY(resultText(header, binary, 40).size() <= 40);
}

SOCKEYE_TEST(TestMessage)
#include "tst_message.moc"
