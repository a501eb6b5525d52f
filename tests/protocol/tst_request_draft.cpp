// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/request_draft.h"
#include "tests/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace sockeye {

namespace {

using Shape = RequestDraft::Shape;
using ContentForm = RequestDraft::ContentForm;

QJsonArray exchanges()
{
    QFile file(qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/vectors.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QJsonDocument::fromJson(file.readAll()).object().value(u"exchanges").toArray();
}

QByteArray hexOf(const QJsonObject& exchange, QStringView key)
{
    return QByteArray::fromHex(exchange.value(key).toString().toLatin1());
}

QByteArray message(const QByteArray& header, const QByteArray& content)
{
    QByteArray out;
    out.append(static_cast<char>(header.size() >> 8)).append(static_cast<char>(header.size() & 0xFF));
    return out + header + content;
}

} // namespace

class TestRequestDraft : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void goldenForms_data() { goldenRows(true); }
    void goldenForms();
    void goldenBytes_data() { goldenRows(false); }
    void goldenBytes();
    void anyBytesStay_data();
    void anyBytesStay();
    void viewsFollow();
    void typingKeepsWhiteSpaceAndKeys();
    void encodings_data();
    void encodings();
    void characterWithoutPlace();
    void fixedLengthLies();
    void contentLengthLies_data();
    void contentLengthLies();
    void lengthInHeaderTextIsMeant();
    void missingKeyStaysMissing();
    void forcedForms();
    void plain();

private:
    void goldenRows(bool withForm);
};

void TestRequestDraft::goldenRows(bool withForm)
{
    QTest::addColumn<QJsonObject>("exchange");
    const QJsonArray rows = exchanges();
    QVERIFY(!rows.isEmpty());
    int number = 0;
    for (const auto& row : rows) {
        const QJsonObject exchange = row.toObject();
        if (!withForm || exchange.contains(u"action")) {
            QTest::addRow("%d %s", ++number, qPrintable(exchange.value(u"name").toString())) << exchange;
        }
    }
}

void TestRequestDraft::goldenForms()
{
    QFETCH(QJsonObject, exchange);
    RequestDraft draft(exchange.value(u"byteorder").toString() == u"big" ? ByteOrder::Big : ByteOrder::Little);
    draft.setForm(QStringLiteral("something"), QStringLiteral("else")); // as if others had been typed before
    draft.setForm(exchange.value(u"action").toString(), exchange.value(u"value").toString());
    QCOMPARE(draft.bytes(), hexOf(exchange, u"request"));
    QVERIFY(draft.formFits());
    QVERIFY(draft.remark().isEmpty());
}

void TestRequestDraft::goldenBytes()
{
    QFETCH(QJsonObject, exchange);
    RequestDraft draft;
    // What is known of the action tells where a binary content divides.
    draft.setForm(exchange.value(u"action").toString(), {});
    const QByteArray bytes = hexOf(exchange, u"request");
    draft.setBytes(bytes);
    QCOMPARE(draft.bytes(), bytes);
    QVERIFY(!draft.isFixedLengthSet());
    QVERIFY(!draft.isContentLengthSet());
    QVERIFY(draft.formFits());
    if (exchange.contains(u"action")) {
        QCOMPARE(draft.action(), exchange.value(u"action").toString());
        QCOMPARE(draft.value(), exchange.value(u"value").toString());
    }
    // The other views make the same bytes again.
    draft.setForm(draft.action(), draft.value());
    QCOMPARE(draft.bytes(), bytes);
    draft.setHeaderText(draft.headerText());
    QCOMPARE(draft.bytes(), bytes);
    if (draft.contentIsText()) {
        draft.setContentText(draft.contentText());
    } else {
        draft.setContent(draft.content());
    }
    QCOMPARE(draft.bytes(), bytes);
}

void TestRequestDraft::anyBytesStay_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray::fromHex("00");
    QTest::newRow("header length 0") << QByteArray::fromHex("0000");
    QTest::newRow("header not all there") << QByteArray::fromHex("0067") + QByteArrayLiteral("{\"byteorder\"");
    QTest::newRow("header length too small") << QByteArray::fromHex("0005") + QByteArrayLiteral("{\"a\": \"b\"}rest");
    QTest::newRow("header length too large") << QByteArray::fromHex("ffff") + QByteArrayLiteral("{\"a\": \"b\"}rest");
    QTest::newRow("white space around the header") << message(" {\"content-length\": 2}\n ", "xy");
    QTest::newRow("no JSON") << message("hello", "world");
    QTest::newRow("open string") << message("{\"a", "b");
    QTest::newRow("escape at the end") << QByteArray::fromHex("0003") + QByteArrayLiteral("{\"\\");
    QTest::newRow("not UTF-8") << message(QByteArray::fromHex("7b22ff223a317d"), QByteArray::fromHex("fffe00"));
    QTest::newRow("missing content-length") << message("{\"content-type\": \"text/json\"}", "{}");
    QTest::newRow("content-length is text") << message("{\"content-length\": \"2\"}", "{}");
    QTest::newRow("two content-lengths") << message("{\"content-length\": 9, \"content-length\": 2}", "{}");
    QTest::newRow("utf-16, big-endian mark")
        << message("{\"content-type\": \"text/json\", \"content-encoding\": \"utf-16\", \"content-length\": 6}",
               QByteArray::fromHex("feff007b007d"));
}

void TestRequestDraft::anyBytesStay()
{
    QFETCH(QByteArray, bytes);
    RequestDraft draft;
    draft.setBytes(bytes);
    QCOMPARE(draft.bytes(), bytes);
    for (qsizetype size = 0; size <= bytes.size(); ++size) {
        draft.setBytes(bytes.left(size));
        QCOMPARE(draft.bytes(), bytes.left(size));
    }
    // From there every other view can go on.
    draft.computeFixedLength();
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QCOMPARE(draft.contentText(), QStringLiteral("{\"action\": \"search\", \"value\": \"ring\"}"));
    QVERIFY(draft.bytes().endsWith(draft.content()));
}

void TestRequestDraft::viewsFollow()
{
    RequestDraft draft(ByteOrder::Little);
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QCOMPARE(draft.contentText(), QStringLiteral("{\"action\": \"search\", \"value\": \"ring\"}"));
    QCOMPARE(draft.contentLength(), QByteArray("37"));

    draft.setContentText(QStringLiteral("{\"action\": \"search\", \"value\": \"morpheus\"}"));
    QCOMPARE(draft.value(), QStringLiteral("morpheus"));
    QCOMPARE(draft.contentLength(), QByteArray("41"));
    QCOMPARE(draft.bytes().size(), 146);

    draft.setForm(QStringLiteral("double"), QStringLiteral("21"));
    QVERIFY(!draft.contentIsText());
    QCOMPARE(draft.content(), QByteArray("double\0\0\0\x15", 10));
    QCOMPARE(draft.headerField("content-encoding"), QByteArray("binary"));

    draft.setContent(QByteArray("negate\xff\xff\xff\xff", 10));
    QCOMPARE(draft.action(), QStringLiteral("negate"));
    QCOMPARE(draft.value(), QStringLiteral("-1"));

    draft.setHeaderField("byteorder", "big");
    QVERIFY(draft.headerText().startsWith("{\"byteorder\": \"big\", "));
    QCOMPARE(static_cast<qsizetype>(draft.fixedLength()), draft.headerText().size());
}

void TestRequestDraft::typingKeepsWhiteSpaceAndKeys()
{
    RequestDraft draft;
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    const QByteArray typed = "{ \"x\": [1, {\"y\": \"}\"}], \"content-length\" : 37,\n\"content-type\":\"text/json\","
                             "\"content-encoding\":\"utf-8\", \"byteorder\":\"little\" }";
    draft.setHeaderText(typed);
    QCOMPARE(draft.headerText(), typed);
    draft.setForm(QStringLiteral("search"), QStringLiteral("morpheus"));
    QByteArray expected = typed;
    expected.replace("37", "41");
    QCOMPARE(draft.headerText(), expected);

    draft.setContentText(QStringLiteral("{ \"value\": \"a\", \"more\": 1, \"action\": \"search\" }"));
    QVERIFY(!draft.formFits());
    draft.setForm(draft.action(), QStringLiteral("b\"c"));
    QCOMPARE(draft.contentText(), QStringLiteral("{ \"value\": \"b\\\"c\", \"more\": 1, \"action\": \"search\" }"));
}

void TestRequestDraft::encodings_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("content");
    const QByteArray utf8 = "{\"a\":\"é\"}";
    QTest::newRow("utf-8") << QByteArray("utf-8") << utf8;
    QTest::newRow("UTF8") << QByteArray("UTF8") << utf8;
    QTest::newRow("latin-1") << QByteArray("latin-1") << QByteArray("{\"a\":\"\xe9\"}");
    QTest::newRow("ISO-8859-1") << QByteArray("ISO-8859-1") << QByteArray("{\"a\":\"\xe9\"}");
    QTest::newRow("utf-16-le") << QByteArray("utf-16-le")
                               << QByteArray::fromHex("7b002200610022003a002200e90022007d00");
    QTest::newRow("utf_16_be") << QByteArray("utf_16_be")
                               << QByteArray::fromHex("007b002200610022003a002200e90022007d");
}

void TestRequestDraft::encodings()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, content);
    const QString text = QStringLiteral("{\"a\":\"é\"}");
    RequestDraft draft;
    draft.setHeaderField("content-encoding", encoding);
    draft.setContentText(text);
    QCOMPARE(draft.content(), content);
    QCOMPARE(draft.contentLength(), QByteArray::number(content.size()));

    RequestDraft read;
    read.setBytes(draft.bytes());
    QCOMPARE(read.contentText(), text);

    draft.setHeaderField("content-encoding", "utf-8");
    QCOMPARE(draft.content(), text.toUtf8());
    QVERIFY(!draft.isContentLengthSet());
}

void TestRequestDraft::characterWithoutPlace()
{
    RequestDraft draft;
    draft.setForm(QStringLiteral("search"), QStringLiteral("a🐶"));
    draft.setHeaderField("content-encoding", "ascii");
    QVERIFY(draft.content().contains("\"a?\""));
    QVERIFY(draft.remark().contains(QStringLiteral("🐶")));
    draft.setHeaderField("content-encoding", "utf-8");
    QVERIFY(draft.content().contains("a🐶"));
    QVERIFY(draft.remark().isEmpty());
    draft.setHeaderField("content-encoding", "klingon");
    QVERIFY(draft.content().contains("a🐶"));
    QVERIFY(draft.remark().contains(QStringLiteral("klingon")));
}

void TestRequestDraft::fixedLengthLies()
{
    RequestDraft draft;
    draft.setFixedLength(65'535);
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QCOMPARE(draft.bytes().first(2), QByteArray::fromHex("ffff"));
    RequestDraft read;
    read.setBytes(draft.bytes());
    QVERIFY(read.isFixedLengthSet());
    QCOMPARE(read.value(), QStringLiteral("ring"));
    draft.computeFixedLength();
    QCOMPARE(draft.bytes().at(1), static_cast<char>(draft.headerText().size()));
}

void TestRequestDraft::contentLengthLies_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<bool>("taken");
    QTest::newRow("too large") << QByteArray("4100") << true;
    QTest::newRow("negative") << QByteArray("-1") << true;
    QTest::newRow("fraction") << QByteArray("1.5") << true;
    QTest::newRow("text") << QByteArray("\"41\"") << true;
    QTest::newRow("null") << QByteArray("null") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("would break out") << QByteArray("1, \"x\": 2") << false;
    QTest::newRow("would end the object") << QByteArray("1}") << false;
}

void TestRequestDraft::contentLengthLies()
{
    QFETCH(QByteArray, length);
    QFETCH(bool, taken);
    RequestDraft draft;
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    const QByteArray before = draft.bytes();
    QCOMPARE(draft.setContentLength(length), taken);
    if (!taken) {
        QCOMPARE(draft.bytes(), before);
        return;
    }
    QVERIFY(draft.bytes().contains(QByteArray("\"content-length\": " + length + "}")));
    QCOMPARE(draft.bytes().first(2), QByteArray(QByteArray(1, '\0') + static_cast<char>(draft.headerText().size())));
    draft.setForm(QStringLiteral("search"), QStringLiteral("morpheus"));
    QCOMPARE(draft.contentLength(), length);
    draft.computeContentLength();
    QCOMPARE(draft.contentLength(), QByteArray("41"));
}

void TestRequestDraft::lengthInHeaderTextIsMeant()
{
    RequestDraft draft;
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QByteArray text = draft.headerText();
    text.replace("37", "99");
    draft.setHeaderText(text);
    QVERIFY(draft.isContentLengthSet());
    QCOMPARE(draft.headerText(), text);
    draft.setForm(QStringLiteral("search"), QStringLiteral("rings"));
    QCOMPARE(draft.contentLength(), QByteArray("99"));
    text.replace("99", "38");
    draft.setHeaderText(text);
    QVERIFY(!draft.isContentLengthSet());
}

void TestRequestDraft::missingKeyStaysMissing()
{
    RequestDraft draft;
    const QByteArray text = "{\"byteorder\": \"little\", \"content-type\": \"text/json\"}";
    draft.setHeaderText(text);
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QCOMPARE(draft.headerText(), text);
    draft.computeContentLength();
    QVERIFY(draft.headerText().endsWith(", \"content-length\": 37}"));
}

void TestRequestDraft::forcedForms()
{
    RequestDraft draft;
    draft.setForm(QStringLiteral("fly"), QStringLiteral("x"));
    QCOMPARE(draft.content(), QByteArray("flyx"));
    draft.setContentForm(ContentForm::Json);
    QCOMPARE(draft.content(), QByteArray("{\"action\": \"fly\", \"value\": \"x\"}"));
    draft.setContentForm(ContentForm::Binary);
    draft.setForm(QStringLiteral("search"), QStringLiteral("x"));
    QCOMPARE(draft.content(), QByteArray("searchx"));
    RequestDraft read;
    read.setBytes(draft.bytes());
    QCOMPARE(read.action(), QStringLiteral("search"));
    QCOMPARE(read.contentForm(), ContentForm::Binary);
}

void TestRequestDraft::plain()
{
    RequestDraft draft;
    draft.setForm(QStringLiteral("search"), QStringLiteral("straße"));
    draft.setShape(Shape::Plain);
    QCOMPARE(draft.bytes(), QByteArray("straße\n"));
    draft.setLineEnd(RequestDraft::LineEnd::CrLf);
    QCOMPARE(draft.bytes(), QByteArray("straße\r\n"));
    draft.setBytes("exit\r\n");
    QCOMPARE(draft.value(), QStringLiteral("exit"));
    QVERIFY(draft.formFits());
    draft.setBytes(QByteArray::fromHex("ff00"));
    QVERIFY(!draft.formFits());
    QCOMPARE(draft.bytes(), QByteArray::fromHex("ff00"));
    draft.setShape(Shape::Message);
    draft.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    QVERIFY(draft.bytes().endsWith("{\"action\": \"search\", \"value\": \"ring\"}"));
}

SOCKEYE_TEST(TestRequestDraft)

} // namespace sockeye

#include "tst_request_draft.moc"
