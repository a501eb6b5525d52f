// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One thing about a message changed: in each protocol exactly that, and what depends on it.

#include "protocol/base/message_editor.h"
#include "protocol/content/checksum.h"
#include "protocol/protocols/registry.h"
#include "tests/protocol/sensor_protocol.h"
#include "tests/testcase.h"

#include <QTest>
#include <QtEndian>

using namespace sockeye;

Q_DECLARE_METATYPE(sockeye::Alteration)

namespace {

using Kind = Alteration::Kind;

Alteration longer(qint64 by)
{
    return { Kind::WrongLength, by, {}, {} };
}

Alteration swapped()
{
    return { Kind::SwapByteOrder, 0, {}, {} };
}

Alteration broken(quint64 drawn)
{
    return { Kind::BrokenUtf8, 0, {}, {}, drawn };
}

Alteration without(const QByteArray& path)
{
    return { Kind::MissingKey, 0, path, {} };
}

Alteration with(const QByteArray& path, const char* value)
{
    return { Kind::Set, 0, path, QString::fromUtf8(value) };
}

ProtocolPtr protocolNamed(const QString& name)
{
    static const ProtocolPtr sensor = protocolOfText(sensorText);
    return name == u"sensor" ? sensor : protocolFromName(name).value_or(nullptr);
}

QByteArray appMessage(const QByteArray& header, const QByteArray& content)
{
    QByteArray out(2, '\0');
    qToBigEndian(static_cast<quint16>(header.size()), out.data());
    return out + header + content;
}

QByteArray appHeader(const QByteArray& order, qsizetype length)
{
    return R"({"byteorder": ")" + order + R"(", "content-type": "text/json", "content-encoding": "utf-8", )"
        + R"("content-length": )" + QByteArray::number(length) + "}";
}

/// A record of the sensor with its checksum.
QByteArray sensor(const QByteArray& hex)
{
    const QByteArray begin = QByteArray::fromHex(hex);
    QByteArray sum(2, '\0');
    qToBigEndian(static_cast<quint16>(checksumNumber(*checksumNamed("crc-16/modbus"), begin)), sum.data());
    return begin + sum;
}

Altered alteredBy(const QString& protocol, const Alteration& alteration, const QByteArray& message)
{
    const ProtocolPtr spoken = protocolNamed(protocol);
    const auto frame = spoken->frameOf(0, message.size(), message);
    return frame ? altered(*spoken, alteration, *frame, message) : tl::unexpected(QStringLiteral("no frame"));
}

} // namespace

class TestMessageEditor : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreAltered_data();
    void messagesAreAltered();
    void whatCannotBeDoneIsSaid_data();
    void whatCannotBeDoneIsSaid();
    void whatNoMessageHasIsKnown_data();
    void whatNoMessageHasIsKnown();
    void brokenTextsAreNoUtf8_data();
    void brokenTextsAreNoUtf8();
};

void TestMessageEditor::messagesAreAltered_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<Alteration>("alteration");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("passed");
    const QByteArray json = R"({"result": "abc"})";
    const QByteArray app = appMessage(appHeader("little", json.size()), json);
    const auto row = [](const char* name, const char* protocol, const Alteration& alteration, const QByteArray& message,
                         const QByteArray& passed) {
        QTest::newRow(name) << QString::fromLatin1(protocol) << alteration << message << passed;
    };
    row("app, length", "app", longer(83), app, appMessage(appHeader("little", json.size() + 83), json));
    row("app, shorter", "app", longer(-3), app, appMessage(appHeader("little", json.size() - 3), json));
    row("app, order", "app", swapped(), app, appMessage(appHeader("big", json.size()), json));
    row("app, header left out", "app", without("header.content-type"), app,
        appMessage(appHeader("little", json.size()).replace(R"("content-type": "text/json", )", ""), json));
    row("app, last header", "app", without("content-length"), app,
        appMessage(appHeader("little", json.size()).replace(", \"content-length\": 17", ""), json));
    row("app, key of the content", "app", without("json.result"), app, appMessage(appHeader("little", 2), "{}"));
    row("app, key by its name alone", "app", without("result"), app, appMessage(appHeader("little", 2), "{}"));
    row("app, set", "app", with("json.result", "longer text"), app,
        appMessage(appHeader("little", json.size() + 8), R"({"result": "longer text"})"));
    row("app, set to a number", "app", with("json.result", "12"), app,
        appMessage(appHeader("little", json.size() - 3), R"({"result": 12})"));
    row("app, set a header", "app", with("header.content-encoding", "utf-16"), app,
        appMessage(appHeader("little", json.size()).replace("utf-8", "utf-16"), json));
    row("app, added", "app", with("json.more", "true"), app,
        appMessage(appHeader("little", json.size() + 14), R"({"result": "abc", "more": true})"));
    row("app, content", "app", with("content", "[]"), app, appMessage(appHeader("little", 2), "[]"));

    const QByteArray http = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\": 10}";
    row("http, length", "http", longer(-2), http, QByteArray(http).replace("Length: 9", "Length: 7"));
    row("http, header left out", "http", without("header.content-type"), http,
        QByteArray(http).replace("Content-Type: application/json\r\n", ""));
    row("http, key", "http", without("json.a"), http,
        QByteArray(http).replace("Length: 9", "Length: 2").replace("{\"a\": 10}", "{}"));
    row("http, set", "http", with("json.a", "1000"), http,
        QByteArray(http).replace("Length: 9", "Length: 11").replace("10}", "1000}"));
    row("http, status", "http", with("status", "503"), http, QByteArray(http).replace("200", "503"));
    row("http, new header", "http", with("header.x-new", "1"), http,
        QByteArray(http).replace("\r\n\r\n", "\r\nx-new: 1\r\n\r\n"));
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "4\r\n{\"a\"\r\n5\r\n: 10}\r\n0\r\n\r\n";
    row("http, chunk", "http", longer(12), chunked, QByteArray(chunked).replace("4\r\n{", "10\r\n{"));
    row("http, set in chunks", "http", with("json.a", "1"), chunked,
        QByteArray(chunked).replace("4\r\n{\"a\"\r\n5\r\n: 10}", "8\r\n{\"a\": 1}"));

    row("resp, length", "resp", longer(7), "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "*2\r\n$10\r\nGET\r\n$1\r\nk\r\n");
    row("resp, count", "resp", longer(1), "*2\r\n:1\r\n:2\r\n", "*3\r\n:1\r\n:2\r\n");
    row("resp, set", "resp", with("value[1]", "other"), "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n",
        "*2\r\n$3\r\nGET\r\n$5\r\nother\r\n");
    row("resp, left out", "resp", without("value[1]"), "*3\r\n:1\r\n*1\r\n:2\r\n:3\r\n", "*2\r\n:1\r\n:3\r\n");
    row("resp, key of a map", "resp", without("b"), "%2\r\n+a\r\n:1\r\n$1\r\nb\r\n*1\r\n:2\r\n", "%1\r\n+a\r\n:1\r\n");

    row("length", "length:size=4", longer(2), QByteArray("\0\0\0\3abc", 7), QByteArray("\0\0\0\5abc", 7));
    row("length, swapped", "length:size=4,order=little", swapped(), QByteArray("\3\0\0\0abc", 7),
        QByteArray("\0\0\0\3abc", 7));
    row("length, set", "length:size=1,offset=1,adjust=1", with("json.a", "100"), "!\x06{\"a\":1}", "!\x08{\"a\":100}");
    row("varint", "length:size=varint", longer(200), "\3abc",
        "\xcb\x01"
        "abc");

    row("lines, set", "lines", with("content", "other"), "some\r\n", "other\r\n");
    row("lines of JSON", "jsonl", without("json.b[0].c"), "{\"a\": 1, \"b\": [{\"c\": 2, \"d\": 3}]}\n",
        "{\"a\": 1, \"b\": [{\"d\": 3}]}\n");
    row("json", "json", with("json.a.b", "null"), "{\"a\": {\"b\": [1, {}]}, \"c\": 0}",
        "{\"a\": {\"b\": null}, \"c\": 0}");
    row("delimited", "delimited:end=0d0a", with("content", "xyz"), "ab\r\n", "xyz\r\n");
    row("fixed", "fixed:size=4", with("content", "wxyz"), "abcd", "wxyz");
    row("slip", "slip", with("content", "xy"), QByteArray::fromHex("c06162c0"), QByteArray::fromHex("c07879c0"));
    row("cobs", "cobs", with("content", "xyz"), QByteArray::fromHex("03616200"), QByteArray::fromHex("0478797a00"));
    row("another encoding", "lines:encoding=GBK", with("content", "ok"), "\xc4\xe3\xba\xc3\n", "ok\n");

    const QByteArray record = sensor("a55a 02 05 0002 6869");
    row("described, length", "sensor", longer(3), record, sensor("a55a 02 05 0005 6869"));
    row("described, order", "sensor", swapped(), record,
        QByteArray::fromHex("a55a 02 05 0200 6869") + record[record.size() - 1] + record[record.size() - 2]);
    row("described, set", "sensor", with("payload", "68656c6c6f"), record, sensor("a55a 02 05 0005 68656c6c6f"));
    row("described, by name", "sensor", with("kind", "ping"), record, sensor("a55a 01 05 0002 6869"));
    row("described, bits", "sensor", with("flags.level", "7"), record, sensor("a55a 02 07 0002 6869"));
    row("described, length set", "sensor", with("len", "9"), record, sensor("a55a 02 05 0009 6869"));
    row("described, checksum set", "sensor", with("crc", "0x1234"), record,
        QByteArray::fromHex("a55a 02 05 0002 6869 1234"));
    const QByteArray noted = sensor("a55a 02 85 0002 6869").insert(8, QByteArray("note\0", 5));
    row("described, left out", "sensor", without("note"), noted, record);
    row("described, text", "sensor", with("note", "longer"), noted, QByteArray(noted).replace("note", "longer"));
}

void TestMessageEditor::messagesAreAltered()
{
    QFETCH(const QString, protocol);
    QFETCH(const Alteration, alteration);
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, passed);
    const Altered bytes = alteredBy(protocol, alteration, message);
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error()));
    QCOMPARE(*bytes, passed);
}

void TestMessageEditor::whatCannotBeDoneIsSaid_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<Alteration>("alteration");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const char* protocol, const Alteration& alteration, const QByteArray& message,
                         const char* why) {
        QTest::newRow(name) << QString::fromLatin1(protocol) << alteration << message << QString::fromLatin1(why);
    };
    row("no such key", "jsonl", without("json.b"), "{\"a\": 1}\n", "no b");
    row("no JSON", "lines", with("json.a", "1"), "text\n", "JSON");
    row("no length", "http", longer(1), "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "length");
    row("no room", "length:size=1", longer(255), "\3abc", "room");
    row("below zero", "length:size=2", longer(-9), QByteArray("\0\3abc", 5), "room");
    row("no text", "length:size=2", broken(0), QByteArray("\0\2\0\1", 4), "text");
    row("other size", "fixed:size=4", with("content", "xyz"), "abcd", "4 bytes");
    row("no such field", "sensor", with("lenn", "1"), sensor("a55a 02 05 0002 6869"), "lenn");
    row("needed", "sensor", without("kind"), sensor("a55a 02 05 0002 6869"), "given");
    row("no value", "sensor", with("kind", "pong"), sensor("a55a 02 05 0002 6869"), "pong");
}

void TestMessageEditor::whatCannotBeDoneIsSaid()
{
    QFETCH(const QString, protocol);
    QFETCH(const Alteration, alteration);
    QFETCH(const QByteArray, message);
    QFETCH(const QString, why);
    const Altered bytes = alteredBy(protocol, alteration, message);
    QVERIFY(!bytes);
    QVERIFY2(bytes.error().contains(why) && bytes.error().endsWith(u'.'), qPrintable(bytes.error()));
}

void TestMessageEditor::whatNoMessageHasIsKnown_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<Alteration>("alteration");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("length of lines") << "lines" << longer(1) << true;
    QTest::newRow("order of lines") << "lines" << swapped() << true;
    QTest::newRow("order of one byte") << "length:size=1" << swapped() << true;
    QTest::newRow("order of two bytes") << "length" << swapped() << false;
    QTest::newRow("order of HTTP") << "http" << swapped() << true;
    QTest::newRow("UTF-8 in GBK") << "lines:encoding=GBK" << broken(0) << true;
    QTest::newRow("UTF-8") << "lines" << broken(0) << false;
    QTest::newRow("described") << "sensor" << longer(1) << false;
}

void TestMessageEditor::whatNoMessageHasIsKnown()
{
    QFETCH(const QString, protocol);
    QFETCH(const Alteration, alteration);
    QFETCH(const bool, isRefused);
    const ProtocolPtr spoken = protocolNamed(protocol);
    const QString why = whyNotAltered(*spoken, alteration.kind);
    QCOMPARE(!why.isEmpty(), isRefused);
    QVERIFY2(!isRefused || why.contains(spoken->id()), qPrintable(why));
}

void TestMessageEditor::brokenTextsAreNoUtf8_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QByteArray>("message");
    const QByteArray json = R"({"result": "abc", "more": ["d", "e\"f"]})";
    QTest::newRow("app") << "app" << appMessage(appHeader("little", json.size()), json);
    QTest::newRow("app, binary") << "app"
                                 << appMessage(
                                        appHeader("big", 4).replace("text/json", "binary"), QByteArray("\0\1\2\3", 4));
    QTest::newRow("http") << "http" << QByteArray("PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello");
    QTest::newRow("http, header") << "http" << QByteArray("GET / HTTP/1.1\r\nHost: there\r\n\r\n");
    QTest::newRow("resp") << "resp" << QByteArray("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");
    QTest::newRow("lines") << "lines" << QByteArray("h\xc3\xa4 lines\n");
    QTest::newRow("jsonl") << "jsonl" << QByteArray(json + "\n");
    QTest::newRow("length") << "length:size=2" << QByteArray("\0\5hello", 7);
    QTest::newRow("slip") << "slip" << QByteArray::fromHex("6162c0");
    QTest::newRow("described") << "sensor" << sensor("a55a 02 85 0002 6869").insert(8, QByteArray("note\0", 5));
}

void TestMessageEditor::brokenTextsAreNoUtf8()
{
    QFETCH(const QString, protocol);
    QFETCH(const QByteArray, message);
    for (const quint64 drawn : { 0U, 1U, 12345U }) {
        const Altered passed = alteredBy(protocol, broken(drawn), message);
        QVERIFY2(passed, passed ? "" : qPrintable(passed.error()));
        QCOMPARE(passed->size(), message.size());
        int changed = 0;
        for (qsizetype i = 0; i < passed->size(); ++i) {
            changed += (*passed)[i] != message[i] ? 1 : 0;
        }
        QCOMPARE(changed, 1);
        QCOMPARE(passed->count('\xff'), message.count('\xff') + 1);
    }
}

SOCKEYE_TEST(TestMessageEditor)
#include "tst_message_editor.moc"
