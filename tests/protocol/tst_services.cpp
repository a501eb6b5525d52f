// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/message.h"
#include "protocol/services/service.h"
#include "protocol/text/decoder.h"
#include "stream_help.h"
#include "tests/testcase.h"
#include "vectors.h"

#include <QTest>

using namespace sockeye;

namespace {

/// What a server would send to this stream, and whether it closes.
struct Conversation {
    QByteArray out;
    bool closed = false;
    std::optional<Error> error;
};

Conversation converse(QStringView service, const QList<QByteArray>& pieces, ServiceOptions options)
{
    Conversation result;
    const auto server = newService(service, options);
    const auto session = server->newSession();
    const auto framing = newFraming(server->framing(), options.limits);
    QByteArray stream;
    size_t answered = 0;
    Frames frames;
    for (const QByteArray& piece : pieces) {
        stream += piece;
        framing->feed(piece, frames);
        for (; answered < frames.size() && !result.closed; ++answered) {
            const Frame& frame = frames[answered];
            const auto after =
                session->answer(frame, QByteArrayView(stream).sliced(frame.offset, frame.size), result.out);
            if (!after) {
                result.error = after.error();
            } else {
                result.closed = after->after() == After::Close;
            }
        }
        if (framing->error()) {
            result.error = framing->error();
        }
        if (result.error) {
            session->refuse(*result.error, result.out);
            result.closed = true;
        }
        if (result.closed) {
            return result;
        }
    }
    session->finish(result.out);
    return result;
}

ServiceOptions options(bool persistent)
{
    ServiceOptions made;
    made.persistent = persistent;
    made.claimed = ByteOrder::Little;
    return made;
}

QByteArray jsonMessage(const QByteArray& content, const QByteArray& encoding = "utf-8")
{
    QByteArray message;
    appendMessage(message, "text/json", encoding, ByteOrder::Little, content);
    return message;
}

QByteArray binaryMessage(const QByteArray& content)
{
    QByteArray message;
    appendMessage(message, "binary/custom-client-binary-type", "binary", ByteOrder::Little, content);
    return message;
}

QString resultOf(const QByteArray& reply)
{
    const Decoded decoded = decodeWhole(reply);
    if (decoded.frames.size() != 1) {
        return QStringLiteral("not one reply");
    }
    return resultText(*decoded.frames[0].header, QByteArrayView(reply).sliced(decoded.frames[0].contentOffset));
}

} // namespace

class TestServices : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void vector_data();
    void vector();
    void pipelined();
    void app_data();
    void app();
    void appRefuses_data();
    void appRefuses();
    void claimedByteOrder();
    void catalogue();
    void catalogueFromJson();
    void badCatalogue_data();
    void badCatalogue();
    void echo();
    void uppercase_data();
    void uppercase();
    void uppercaseHoldsCutCharacters();
    void uppercaseExit_data();
    void uppercaseExit();
    void datagrams_data();
    void datagrams();
    void sinkAndStall();
    void registry();
};

void TestServices::vector_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("reply");
    for (const Vector& vector : loadVectors()) {
        QTest::newRow(vector.name.constData()) << vector.request << vector.reply;
    }
}

void TestServices::vector()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, reply);
    const Conversation once = converse(u"app", { request }, options(false));
    QCOMPARE(once.out.toHex(), reply.toHex());
    QVERIFY(once.closed);
    const Conversation kept = converse(u"app", { request, request }, options(true));
    QCOMPARE(kept.out, reply + reply);
    QVERIFY(!kept.closed);
}

void TestServices::pipelined()
{
    QByteArray requests;
    QByteArray replies;
    for (const Vector& vector : loadVectors()) {
        requests += vector.request;
        replies += vector.reply;
    }
    QCOMPARE(converse(u"app", { requests }, options(true)).out, replies);
}

void TestServices::app_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* name, const QByteArray& request, const char* result) {
        QTest::newRow(name) << request << QString::fromUtf8(result);
    };
    row("no value", jsonMessage(R"({"action": "search"})"), "Error: the request has no \"value\".");
    row("value is no string", jsonMessage(R"({"action": "search", "value": 5})"),
        "Error: \"value\" must be a string, but is a number.");
    row("no action", jsonMessage(R"({"value": "x"})"), "Error: the request has no \"action\".");
    row("action is no string", jsonMessage(R"({"action": null})"), "Error: \"action\" must be a string, but is null.");
    row("no object", jsonMessage("[1]"), "Error: the request must be an object, but is an array.");
    row("last of two counts", jsonMessage(R"({"action": "fly", "value": "x", "action": "search", "value": "ring"})"),
        "In the caves beneath the Misty Mountains. 💍");
    row("case matters", jsonMessage(R"({"action": "search", "value": "Ring"})"), "No match for \"Ring\".");
    row("escaped query", jsonMessage(R"({"action": "search", "value": "\ud83d\udc36"})"), "🐾 Playing ball! 🏐");
    row("escaped throughout", jsonMessage(R"({"action": "s\u0065arch", "value": "r\u0069ng", "x": "\u0061"})"),
        "In the caves beneath the Misty Mountains. 💍");
    row("UTF-16", jsonMessage(encodeText(Encoding::Utf16, R"({"action": "search", "value": "🐶"})"), "UTF-16"),
        "🐾 Playing ball! 🏐");
    row("Latin-1", jsonMessage("{\"action\": \"gr\xfc\xdf\"}", "Latin1"), "Error: invalid action \"grüß\".");
    row("empty JSON", jsonMessage(""), "Error: the request has no content; expected {\"action\": …, \"value\": …}.");
    row("empty binary", binaryMessage(""), "First 10 bytes of request: ");
    row("result is no request", binaryMessage(QByteArray("result\0\0\0\0", 10)),
        "First 10 bytes of request: result\0\0\0\0");
    row("eleven bytes", binaryMessage("double12345"), "First 10 bytes of request: double1234");
    row("too large to double", binaryMessage(QByteArray::fromHex("646f75626c6540000000")),
        "Error: double 1073741824 is 2147483648, which does not fit in a signed 32-bit integer.");
    row("too small to double", binaryMessage(QByteArray::fromHex("646f75626c65bfffffff")),
        "Error: double -1073741825 is -2147483650, which does not fit in a signed 32-bit integer.");
    row("smallest cannot be negated", binaryMessage(QByteArray::fromHex("6e656761746580000000")),
        "Error: negate -2147483648 is 2147483648, which does not fit in a signed 32-bit integer.");
}

void TestServices::app()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, result);
    const Conversation answer = converse(u"app", { request }, options(false));
    QVERIFY(!answer.error);
    QVERIFY(answer.closed);
    QVERIFY2(resultOf(answer.out).startsWith(result), qPrintable(resultOf(answer.out)));
}

void TestServices::appRefuses_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("result");
    QTest::addColumn<qint64>("offset");
    QTest::newRow("bad header") << handMade(R"({"byteorder": "little", "content-length": 1, "content-encoding": "x"})")
                                << QStringLiteral("Error: Missing required header \"content-type\".") << qint64 { 2 };
    QTest::newRow("bad content") << jsonMessage(
        "{]") << QStringLiteral("Error: The content is not JSON: expected a key in quotes or \"}\", found \"]\".")
                                 << qint64 { 105 };
    QTest::newRow("hostile text") << handMade(headerText("text/json", "%1%2%3", "2"), "{}")
                                  << QStringLiteral("Error: Unknown content encoding \"%1%2%3\".") << qint64 { 75 };
}

void TestServices::appRefuses()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, result);
    QFETCH(qint64, offset);
    const Conversation answer = converse(u"app", { stream }, options(true));
    QVERIFY(answer.error);
    QCOMPARE(answer.error->offset, offset);
    QCOMPARE(resultOf(answer.out), result);
}

void TestServices::claimedByteOrder()
{
    ServiceOptions big = options(false);
    big.claimed = ByteOrder::Big;
    for (const Vector& vector : loadVectors()) {
        const Conversation answer = converse(u"app", { vector.request }, big);
        QCOMPARE(decodeWhole(answer.out).frames[0].header->byteOrder, ByteOrder::Big);
    }
}

void TestServices::catalogue()
{
    const Catalog catalog(
        { { QStringLiteral("a"), QStringLiteral("1") }, { QStringLiteral("a"), QStringLiteral("2") } });
    QCOMPARE(*catalog.find("a"), QByteArray("2"));
    QCOMPARE(catalog.find("b"), nullptr);
    QCOMPARE(*Catalog::standard().find("🐶"), QByteArray("🐾 Playing ball! 🏐"));
    ServiceOptions own = options(false);
    own.catalog = std::make_shared<const Catalog>(catalog);
    QCOMPARE(resultOf(converse(u"app", { encodeRequest(u"search", u"a") }, own).out), QStringLiteral("2"));
    QCOMPARE(resultOf(converse(u"app", { encodeRequest(u"search", u"ring") }, own).out),
        QStringLiteral("No match for \"ring\"."));
}

void TestServices::catalogueFromJson()
{
    const auto catalog = Catalog::fromJson(Catalog::standard().toJson());
    VERIFY_RESULT(catalog);
    QCOMPARE(catalog->entries(), Catalog::standard().entries());
    QCOMPARE(Catalog().toJson(), QByteArray("{}\n"));
    QCOMPARE(Catalog({ { QStringLiteral("a\""), QStringLiteral("b\n") } }).toJson(),
        QByteArray("{\n    \"a\\\"\": \"b\\n\"\n}\n"));
}

void TestServices::badCatalogue_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("text");
    QTest::newRow("no JSON") << QByteArray("{\"a\"") << qint64 { 4 }
                             << QStringLiteral("The catalogue is not JSON: expected \":\", found the end.");
    QTest::newRow("no object")
        << QByteArray(" []") << qint64 { 1 }
        << QStringLiteral("The catalogue is not JSON: expected an object of queries and answers, found an array.");
    QTest::newRow("answer is no text")
        << QByteArray("{\"a\": 1}") << qint64 { 6 }
        << QStringLiteral("The catalogue is not JSON: expected an answer in quotes for \"a\", found \"1\".");
}

void TestServices::badCatalogue()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, offset);
    QFETCH(QString, text);
    const auto catalog = Catalog::fromJson(json);
    QVERIFY(!catalog);
    QCOMPARE(catalog.error().offset, offset);
    QCOMPARE(wireText(catalog.error()), text);
}

void TestServices::echo()
{
    const QByteArray bytes = QByteArray::fromHex("00ff610a");
    const Conversation answer = converse(u"echo", { bytes, "more" }, options(false));
    QCOMPARE(answer.out, bytes + "more");
    QVERIFY(!answer.closed);
}

void TestServices::uppercase_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char* name, const QByteArray& in, const QByteArray& out) {
        QTest::newRow(name) << in << out;
    };
    row("ASCII", "Hello, world 1!\n", "HELLO, WORLD 1!\n");
    row("one becomes two", "straße ŉ ǰ ﬁ", "STRASSE ʼN J̌ FI");
    row("Greek, Cyrillic", "Σίσυφος щит", "ΣΊΣΥΦΟΣ ЩИТ");
    row("beyond 16 bits", "𐐨🐰", "𐐀🐰");
    row("exit is a word like any other here", "exit", "EXIT");
    row("no UTF-8",
        "a\xff"
        "b\xc0\xaf"
        "c\xe4",
        "A\xff"
        "B\xc0\xaf"
        "C\xe4");
    row("byte order mark",
        "\xef\xbb\xbf"
        "a",
        "\xef\xbb\xbf"
        "A");
    row("many wrong bytes", QByteArray(10'000, '\x80') + 'a', QByteArray(10'000, '\x80') + 'A');
}

void TestServices::uppercase()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, out);
    const Conversation once = converse(u"uppercase", { in, "ignored" }, options(false));
    QVERIFY(once.closed);
    // What might be the beginning of a character is only sent when the end of the stream has shown that it is none.
    const bool cut = in.endsWith('\xe4');
    QCOMPARE(once.out, cut ? out.chopped(1) : out);
    if (!in.startsWith("exit")) {
        QCOMPARE(converse(u"uppercase", { in }, options(true)).out, out);
    }
}

void TestServices::uppercaseHoldsCutCharacters()
{
    const QByteArray in = "aß日🐰b";
    const QByteArray out = "ASS日🐰B";
    for (qsizetype size = 1; size < in.size(); ++size) {
        QList<QByteArray> pieces;
        for (qsizetype at = 0; at < in.size(); at += size) {
            pieces.append(in.mid(at, size));
        }
        QCOMPARE(converse(u"uppercase", pieces, options(true)).out, out);
    }
    const Conversation once = converse(u"uppercase", { "\xc3", "\x9f" }, options(false));
    QCOMPARE(once.out, QByteArray("SS"));
    QVERIFY(once.closed);
}

void TestServices::uppercaseExit_data()
{
    QTest::addColumn<QList<QByteArray>>("pieces");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<bool>("closed");
    using Pieces = QList<QByteArray>;
    QTest::newRow("a read of its own") << Pieces { "a", "exit" } << QByteArray("A") << true;
    QTest::newRow("any case, with space") << Pieces { " ExIt \r\n" } << QByteArray() << true;
    QTest::newRow("a line among others") << Pieces { "a\nexit\nb\n" } << QByteArray("A\n") << true;
    QTest::newRow("a line in pieces") << Pieces { "a\nex", "it\n" } << QByteArray("A\nEX") << true;
    QTest::newRow("part of a line") << Pieces { "no exit here\n" } << QByteArray("NO EXIT HERE\n") << false;
    QTest::newRow("part of a long line") << Pieces { QByteArray(100, 'x') + "exit\n" }
                                         << QByteArray(QByteArray(100, 'X') + "EXIT\n") << false;
    QTest::newRow("nothing") << Pieces { "exits\n" } << QByteArray("EXITS\n") << false;
}

void TestServices::uppercaseExit()
{
    QFETCH(QList<QByteArray>, pieces);
    QFETCH(QByteArray, out);
    QFETCH(bool, closed);
    const Conversation answer = converse(u"uppercase", pieces, options(true));
    QCOMPARE(answer.out, out);
    QCOMPARE(answer.closed, closed);
}

void TestServices::datagrams_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QList<QByteArray>>("in");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<bool>("closed");
    using Datagrams = QList<QByteArray>;
    const QString echo = QStringLiteral("echo-udp");
    const QString uppercase = QStringLiteral("uppercase-udp");
    QTest::newRow("echo") << echo << Datagrams { "a", "", "exit" } << QByteArray("aexit") << false;
    QTest::newRow("uppercase") << uppercase << Datagrams { "straße", "" } << QByteArray("STRASSE") << false;
    QTest::newRow("a cut character is not held")
        << uppercase << Datagrams { "a\xc3", "\x9f" } << QByteArray("A\xc3\x9f") << false;
    QTest::newRow("exit is answered, too")
        << uppercase << Datagrams { "a", " ExIt\r\n", "b" } << QByteArray("A EXIT\r\n") << true;
    QTest::newRow("exit among others") << uppercase << Datagrams { "no exit\nexit" } << QByteArray("NO EXIT\nEXIT")
                                       << false;
}

void TestServices::datagrams()
{
    QFETCH(QString, service);
    QFETCH(QList<QByteArray>, in);
    QFETCH(QByteArray, out);
    QFETCH(bool, closed);
    QCOMPARE(serviceTransport(service), Transport::Udp);
    const Conversation answer = converse(service, in, options(false));
    QCOMPARE(answer.out, out);
    QCOMPARE(answer.closed, closed);
}

void TestServices::sinkAndStall()
{
    QVERIFY(newService(u"sink", {})->reads());
    QVERIFY(!newService(u"stall", {})->reads());
    for (const QStringView name : { u"sink", u"stall" }) {
        const Conversation answer = converse(name, { "abc", "def" }, options(false));
        QCOMPARE(answer.out, QByteArray());
        QVERIFY(!answer.closed);
    }
}

void TestServices::registry()
{
    const QStringList names = serviceNames();
    QCOMPARE(names.first(), QStringLiteral("app"));
    for (const QString& name : names) {
        QVERIFY(newService(name, {}));
        QVERIFY(!serviceDescription(name).isEmpty());
    }
    QCOMPARE(datagramServiceName(u"echo"), QStringLiteral("echo-udp"));
    QCOMPARE(datagramServiceName(u"echo-udp"), QStringLiteral("echo-udp"));
    QCOMPARE(datagramServiceName(u"stall"), QString());
    QCOMPARE(serviceTransport(u"echo"), Transport::Tcp);
    QCOMPARE(serviceTransport(u"nonsense"), Transport::Tcp);
    QVERIFY(!newService(u"nonsense", {}));
    QVERIFY(serviceDescription(u"nonsense").isEmpty());
}

QTEST_GUILESS_MAIN(TestServices)
#include "tst_services.moc"
