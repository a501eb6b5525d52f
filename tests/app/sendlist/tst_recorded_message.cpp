// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/protocol_files.h"
#include "app/sendlist/recorded_message.h"
#include "protocol/protocols/app/message.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

QByteArray carried(const ProtocolPtr& protocol, const QByteArray& json)
{
    return protocol->carry(Sender::Client, ContentKind::Json, json).value_or(QByteArray());
}

/// What was recorded becomes a message of a list that sends the very same bytes, as people would write it.
class TestRecordedMessage : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useProtocolFiles(); }
    void inItsForm_data();
    void inItsForm();
    void ofAnotherProtocol();
};

} // namespace

void TestRecordedMessage::inItsForm_data()
{
    using Content = ListMessage::Content;
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Content>("content");
    QTest::addColumn<QString>("shown"); // empty: as digits
    const ProtocolPtr app = defaultProtocol();
    const auto row = [&app](const char* what, const QString& name, const QByteArray& bytes, Content content,
                         const char* shown = "") {
        QTest::newRow(what) << (name.isEmpty() ? app->id() : name) << bytes << content << QString::fromUtf8(shown);
    };
    row("the application protocol", {}, carried(app, R"({"action": "search", "value": "morpheus"})"), Content::Json,
        R"({ action = "search", value = "morpheus" })");
    row("in another order", {}, carried(app, R"({"value": "ring", "action": "search"})"), Content::Json,
        R"({ value = "ring", action = "search" })");
    row("of every kind", {}, carried(app, R"({"a": -12, "b": 2.5, "c": [true, false, {}], "d": {"e": "é\u0001"}})"),
        Content::Json);
    row("with braces", {}, carried(app, R"({"a": "{b} }}"})"), Content::Json, R"({ a = "{{b}} }}}}" })");
    row("with what TOML does not have", {}, carried(app, R"({"a": null})"), Content::Hex);
    row("a number as nobody writes it", {}, carried(app, R"({"a": 1.50})"), Content::Hex);
    row("with other spaces", {}, carried(app, R"({"action":"search","value":"ring"})"), Content::Hex);
    row("the same name twice", {}, carried(app, R"({"a": 1, "a": 2})"), Content::Hex);
    row("in the other byte order", {},
        encodeRequest(QStringLiteral("search"), QStringLiteral("ring"),
            nativeByteOrder() == ByteOrder::Little ? ByteOrder::Big : ByteOrder::Little),
        Content::Hex);
    row("deep", {}, carried(app, R"({"a": )" + QByteArray(100, '[') + QByteArray(100, ']') + '}'), Content::Hex);
    row("long", {}, carried(app, R"({"a": ")" + QByteArray(20'000, 'x') + R"("})"), Content::Hex);
    row("a line", QStringLiteral("lines"), "hello \xC3\xA9\r\n", Content::Text);
    row("a line of JSON", QStringLiteral("json"), "{\"a\": null}\n", Content::Text);
    row("a request of HTTP", QStringLiteral("http"), "GET / HTTP/1.1\r\nHost: a\r\n\r\n", Content::Text);
    row("text behind its length", QStringLiteral("length:size=2"), QByteArray("\0\2hi", 4), Content::Hex);
    row("JSON behind its length", QStringLiteral("length:size=2"), QByteArray("\0\10{\"a\": 1}", 10), Content::Json,
        "{ a = 1 }");
    row("fields", QStringLiteral("modbus_tcp.ksy"), QByteArray::fromHex("000100000006010300000a0b"), Content::Fields);
    row("nothing that is known", QStringLiteral("raw"), QByteArray("\0\1\2\xFF", 4), Content::Hex);
}

void TestRecordedMessage::inItsForm()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const ListMessage::Content, content);
    QFETCH(const QString, shown);
    const auto protocol = protocolFromName(name);
    QVERIFY2(protocol, qPrintable(protocol ? QString() : protocol.error()));
    const ProtocolPtr spoken = spokenBy(*protocol, Sender::Client);
    QVERIFY(!bytes.isEmpty());
    const Frame frame = spoken->frameOf(0, bytes.size(), bytes).value_or(Frame());
    const ListMessage message = recordedMessage(bytes, *spoken, frame, { *protocol });
    const QString text = tomlText(message.value);
    QVERIFY2(message.content == content, qPrintable(text));
    const auto made = bytesOf(message, { *protocol });
    QVERIFY2(made, qPrintable(text));
    QCOMPARE(made->toHex(), bytes.toHex());
    if (!shown.isEmpty()) {
        QVERIFY2(text == shown, qPrintable(text));
    }
}

/// What counts is what the client that is to send it makes of it.
void TestRecordedMessage::ofAnotherProtocol()
{
    const ProtocolPtr app = defaultProtocol();
    const QByteArray bytes = carried(app, R"({"action": "search", "value": "morpheus"})");
    const Frame frame = app->frameOf(0, bytes.size(), bytes).value_or(Frame());
    const ProtocolPtr lines = ownProtocolFromName(u"lines");
    QCOMPARE(recordedMessage(bytes, *app, frame, { app }).content, ListMessage::Content::Json);
    const ListMessage message = recordedMessage(bytes, *app, frame, { lines });
    QCOMPARE(message.content, ListMessage::Content::Hex);
    QCOMPARE(bytesOf(message, { lines }), std::optional(bytes));
}

SOCKEYE_TEST(TestRecordedMessage)
#include "tst_recorded_message.moc"
