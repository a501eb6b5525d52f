// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "stream_help.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sockeye;

/// The protocols that cut streams by a simple rule, and HTTP and RESP: where messages end, and what is wrong.
class TestCutters : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void golden_data();
    void golden();
    void bad_data();
    void bad();
    void jsonWords_data();
    void jsonWords();
    void wrongContent_data();
    void wrongContent();
    void names_data();
    void names();
    void badNames_data();
    void badNames();
    void summaries_data();
    void summaries();
    void decoded();
    void linear_data();
    void linear();
};

namespace {

ProtocolPtr named(const QByteArray& name)
{
    const auto protocol = protocolFromName(QString::fromUtf8(name));
    return protocol ? *protocol : nullptr;
}

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// Every byte in exactly one leaf, in order.
bool coversAll(const Annotation& tree)
{
    qint64 end = 0;
    for (const Field& field : tree.fields()) {
        if (field.childCount == 0) {
            if (field.offset != end || field.size <= 0) {
                return false;
            }
            end += field.size;
        }
    }
    return end == tree.bytes().size();
}

} // namespace

void TestCutters::golden_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* title, const char* name, const QByteArray& message) {
        QTest::newRow(title) << QByteArray(name) << message;
    };
    row("delimited, text", "delimited:end=0d0a", "hello\rworld\r\n");
    row("delimited, that repeats itself", "delimited:end=616162", "xaaab");
    row("delimited, empty", "delimited:end=00", QByteArray(1, '\0'));
    row("fixed", "fixed:size=5", "abcde");
    row("fixed, one byte", "fixed:size=1", "a");
    row("length, 2 bytes", "length", hex("0003616263"));
    row("length, nothing after it", "length:size=1", hex("00"));
    row("length, little-endian", "length:size=4,order=little", hex("0300000061626364").chopped(1));
    row("length, 3 bytes", "length:size=3", hex("00000161"));
    row("length, 8 bytes", "length:size=8", hex("000000000000000161"));
    row("length, counts itself", "length:size=2,offset=1,adjust=-3", hex("aa0005bbcc"));
    row("length, varint of two bytes", "length:size=varint", hex("8001") + QByteArray(128, 'x'));
    row("jsonl", "jsonl", "{\"a\": [1, 2]}\r\n");
    row("jsonl, blank line", "jsonl", "\n");
    row("json, object", "json", "{\"a\": \"}\\\"\", \"b\": [{}, []]}");
    row("json, string", "json", "\"a\\\\\"");
    row("json, space before it", "json", " \r\n[1]");
    row("resp, simple string", "resp", "+OK\r\n");
    row("resp, error", "resp", "-ERR unknown\r\n");
    row("resp, integer", "resp", ":-3\r\n");
    row("resp, bulk string", "resp", "$5\r\nhe\r\no\r\n");
    row("resp, empty bulk string", "resp", "$0\r\n\r\n");
    row("resp, null string", "resp", "$-1\r\n");
    row("resp, null array", "resp", "*-1\r\n");
    row("resp, command", "resp", "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n");
    row("resp, nested", "resp", "*2\r\n*2\r\n:1\r\n*0\r\n+x\r\n");
    row("resp, map", "resp", "%2\r\n+a\r\n:1\r\n+b\r\n#t\r\n");
    row("resp, attributes", "resp", "|1\r\n+ttl\r\n:3600\r\n*1\r\n,1.5\r\n");
    row("resp, streamed string", "resp", "$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n");
    row("resp, streamed array", "resp", "*?\r\n:1\r\n_\r\n.\r\n");
    row("resp, inline command", "resp", "PING hello\r\n");
    row("http, GET", "http", "GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n");
    row("http, line feeds alone", "http", "GET / HTTP/1.0\nHost: a\n\n");
    row("http, POST", "http", "POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\n\r\nabc");
    row("http, reply", "http", "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nContent-Type: text/html\r\n\r\nabc");
    row("http, chunks", "http",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nab\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n");
    row("http, trailer", "http",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\nExpires: never\r\n\r\n");
    row("http, 204", "http", "HTTP/1.1 204 No Content\r\ncontent-length: 7\r\n\r\n");
    row("http, 304", "http", "HTTP/1.1 304 Not Modified\r\ncontent-length: 7\r\n\r\n");
    row("http, 100", "http", "HTTP/1.1 100 Continue\r\n\r\n");
    row("http, the same length twice", "http", "PUT / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1, 1\r\n\r\nx");
    row("slip", "slip", hex("61dbdc62dbddc0"));
    row("slip, END before it", "slip", hex("c0c061c0"));
    row("cobs", "cobs", hex("0311220233") + QByteArray(1, '\0'));
    row("cobs, a long run", "cobs", QByteArray(1, '\xff') + QByteArray(254, 'x') + QByteArray(1, '\0'));
}

void TestCutters::golden()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, message);
    const ProtocolPtr protocol = named(name);
    QVERIFY(protocol);
    const auto check = [&](const Decoded& decoded, int copies) {
        QVERIFY2(!decoded.error, decoded.error ? qPrintable(wireText(*decoded.error)) : "");
        QCOMPARE(decoded.frames.size(), static_cast<size_t>(copies));
        for (size_t i = 0; i < decoded.frames.size(); ++i) {
            const Frame& frame = decoded.frames[i];
            QCOMPARE(frame.offset, static_cast<qint64>(i) * message.size());
            QCOMPARE(frame.size, message.size());
            const auto again = protocol->frameOf(frame.offset, frame.size, message);
            QVERIFY(again);
            QCOMPARE(again->contentOffset, frame.contentOffset);
            VERIFY_RESULT(protocol->check(frame, QByteArrayView(message).sliced(frame.contentOffset), {}));
        }
        QCOMPARE(decoded.progress.part, Progress::between);
    };
    check(decodeWhole(message, protocol), 1);
    check(decodeWhole(message + message + message, protocol), 3);
    check(decodePieces(message + message, { 1 }, protocol), 2);
    for (qsizetype cut = 1; cut < message.size(); ++cut) {
        check(decodePieces(message + message, { cut, 2 * message.size() }, protocol), 2);
        const Decoded part = decodeWhole(message.first(cut), protocol);
        QVERIFY(part.error || part.frames.size() <= 1);
        if (part.progress.isWithin()) {
            QVERIFY(!protocol->waitingFor(part.progress).isEmpty());
            QVERIFY(!protocol->reached(part.progress).isEmpty());
        }
        QVERIFY(coversAll(annotate(protocol, message.first(cut))));
    }
    const Annotation tree = annotate(protocol, message);
    QVERIFY(coversAll(tree));
    QVERIFY2(!tree.error(), tree.error() ? qPrintable(wireText(*tree.error())) : "");
    for (size_t i = 0; i < tree.fields().size(); ++i) {
        QVERIFY(!tree.label(static_cast<int>(i)).isEmpty());
        (void)tree.value(static_cast<int>(i));
    }
    QVERIFY(!protocol->summary(message, message.size()).text.isEmpty());
}

void TestCutters::bad_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<qint64>("offset");
    using E = ErrorCode;
    const auto row = [](const char* title, const char* name, const QByteArray& stream, E code, qint64 offset) {
        QTest::newRow(title) << QByteArray(name) << stream << code << offset;
    };
    row("delimited, no end", "delimited:end=0a", "abc", E::Truncated, 3);
    row("delimited, too long", "delimited:end=0a", QByteArray(100, 'x'), E::TooLong, 64);
    row("fixed, cut", "fixed:size=4", "abcdef", E::Truncated, 6);
    row("length, cut", "length", hex("000561"), E::Truncated, 3);
    row("length, half a length", "length", hex("00"), E::Truncated, 1);
    row("length, 65 bytes", "length", hex("0041"), E::TooLong, 0);
    row("length, 2 to the 63", "length:size=8", hex("8000000000000000"), E::TooLong, 0);
    row("length, all ones", "length:size=8,adjust=8", hex("ffffffffffffffff"), E::TooLong, 0);
    row("length, too short for itself", "length:adjust=-2", hex("0001"), E::BadValue, 0);
    row("length, endless varint", "length:size=varint", QByteArray(20, '\xff'), E::TooLong, 0);
    row("json, no value", "json", "[1] x", E::NotJson, 4);
    row("json, wrong bracket", "json", "{\"a\": ]", E::NotJson, 6);
    row("json, too deep", "json", QByteArray(9, '['), E::TooDeep, 8);
    row("json, cut", "json", "{\"a\": \"", E::Truncated, 7);
    row("json, too long", "json", '"' + QByteArray(100, 'x'), E::TooLong, 64);
    row("resp, negative length", "resp", "$-2\r\n", E::BadValue, 1);
    row("resp, no number", "resp", "*x\r\n", E::BadValue, 1);
    row("resp, 2 to the 63 bytes", "resp", "$9223372036854775807\r\n", E::TooLong, 1);
    row("resp, over 64 bits", "resp", "*9223372036854775808\r\n", E::BadValue, 1);
    row("resp, map over 64 bits", "resp", "%9223372036854775807\r\n", E::TooLong, 1);
    row("resp, no end after a string", "resp", "$1\r\nabc", E::Unexpected, 5);
    row("resp, no carriage return", "resp", "+OK\n", E::Unexpected, 3);
    row("resp, no value inside", "resp", "*1\r\nhello\r\n", E::Unexpected, 4);
    row("resp, too deep", "resp", QByteArray("*1\r\n").repeated(9), E::NestedTooDeep, 32);
    row("resp, long number", "resp", '*' + QByteArray(100, '0'), E::TooLong, 32);
    row("resp, cut", "resp", "*2\r\n:1\r\n", E::Truncated, 8);
    row("resp, control characters", "resp", hex("160301") + "\r\n", E::Unexpected, 0);
    row("http, TLS", "http", hex("1603010200010001fc0303"), E::Unexpected, 0);
    row("http, no version", "http", "GET /\r\n\r\n", E::BadValue, 0);
    row("http, version 2", "http", "PRI * HTTP/2.0\r\n\r\n", E::BadValue, 0);
    row("http, header without colon", "http", "GET / HTTP/1.1\r\nhost\r\n\r\n", E::BadValue, 16);
    row("http, space before the colon", "http", "GET / HTTP/1.1\r\nhost : a\r\n\r\n", E::BadValue, 16);
    row("http, negative length", "http", "PUT / HTTP/1.1\r\ncontent-length: -1\r\n\r\n", E::BadValue, 32);
    row("http, two lengths", "http", "PUT / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", E::BadValue,
        51);
    row("http, length over 64 bits", "http", "PUT / HTTP/1.1\r\ncontent-length: 9223372036854775808\r\n\r\n",
        E::TooLong, 32);
    row("http, bad chunk", "http", "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", E::BadValue, 46);
    row("http, huge chunk", "http", "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        E::TooLong, 46);
    row("http, long chunk", "http", "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc", E::Unexpected, 50);
    row("http, endless header", "http", "GET / HTTP/1.1\r\n" + QByteArray("a: b\r\n").repeated(20'000), E::TooLong,
        65'535);
    row("http, cut body", "http", "PUT / HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc", E::Truncated, 40);
    row("http, cut header", "http", "GET / HT", E::Truncated, 8);
    row("slip, cut", "slip", "ab", E::Truncated, 2);
    row("slip, too long", "slip", QByteArray(100, 'x'), E::TooLong, 64);
    row("cobs, cut", "cobs", hex("0311"), E::Truncated, 2);
}

void TestCutters::bad()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, stream);
    QFETCH(ErrorCode, code);
    QFETCH(qint64, offset);
    const ProtocolPtr protocol = named(name);
    QVERIFY(protocol);
    Limits limits;
    limits.maxContent = 64;
    limits.maxDepth = 8;
    const Decoded whole = decodeWhole(stream, protocol, limits);
    QVERIFY(whole.error);
    QCOMPARE(QString(codeName(whole.error->code)), QString(codeName(code)));
    QCOMPARE(whole.error->offset, offset);
    QVERIFY(!wireText(*whole.error).contains(u'%'));
    for (const qsizetype piece : { 1, 2, 3, 7 }) {
        const Decoded pieces = decodePieces(stream, { piece }, protocol, limits);
        QCOMPARE(pieces.error, whole.error);
        QCOMPARE(pieces.frames.size(), whole.frames.size());
    }
    AnnotateOptions options;
    options.limits = limits;
    QVERIFY(coversAll(annotate(protocol, stream, options)));
}

void TestCutters::jsonWords_data()
{
    QTest::addColumn<QByteArray>("next");
    for (const char* const next : { " ", "\n", "\r", "\t", "{", "}", "[", "]", "\"", ",", ":" }) {
        QTest::newRow(next) << QByteArray(next);
    }
}

/// A number or a name has no end of its own: what comes next ends it.
void TestCutters::jsonWords()
{
    QFETCH(const QByteArray, next);
    const Decoded decoded = decodeWhole("true" + next, named("json"));
    QCOMPARE(decoded.frames.size(), 1U);
    QCOMPARE(decoded.frames[0].offset, 0);
    QCOMPARE(decoded.frames[0].size, 4);
}

void TestCutters::wrongContent_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<qint64>("offset");
    QTest::newRow("jsonl") << QByteArray("jsonl") << QByteArray("{\"a\" 1}\n") << qint64 { 5 };
    QTest::newRow("json") << QByteArray("json") << QByteArray(" [1 2]") << qint64 { 4 };
    QTest::newRow("slip") << QByteArray("slip") << hex("61db62c0") << qint64 { 2 };
    QTest::newRow("cobs") << QByteArray("cobs") << hex("091100") << qint64 { 0 };
}

/// What is wrong inside a message does not end the stream: the next one is read.
void TestCutters::wrongContent()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, stream);
    QFETCH(qint64, offset);
    const ProtocolPtr protocol = named(name);
    const Decoded decoded = decodeWhole(stream + stream, protocol);
    QVERIFY(!decoded.error);
    QCOMPARE(decoded.frames.size(), size_t { 2 });
    const Frame& second = decoded.frames[1];
    QVERIFY(protocol->checksContent(second));
    const auto wrong = protocol->check(second, QByteArrayView(stream).sliced(second.contentOffset), {});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().offset, stream.size() + offset);
    const Annotation tree = annotate(protocol, stream);
    QVERIFY(tree.error());
    QCOMPARE(tree.error()->offset, offset);
    QVERIFY(coversAll(tree));
}

void TestCutters::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("id");
    QTest::newRow("defaults") << QByteArray("length:size=2,order=big,offset=0,adjust=0") << QStringLiteral("length");
    QTest::newRow("in any order") << QByteArray("length:offset=4,size=8") << QStringLiteral("length:size=8,offset=4");
    QTest::newRow("upper-case hex") << QByteArray("delimited:end=0D0A") << QStringLiteral("delimited:end=0d0a");
    QTest::newRow("leading zeros") << QByteArray("fixed:size=007") << QStringLiteral("fixed:size=7");
}

void TestCutters::names()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, id);
    const ProtocolPtr protocol = named(name);
    QVERIFY(protocol);
    QCOMPARE(protocol->id(), id);
    QCOMPARE(named(name), protocol);
    QCOMPARE(named(id.toUtf8()), protocol);
    QVERIFY(!protocol->title().isEmpty());
}

void TestCutters::badNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("missing") << QStringLiteral("fixed") << QStringLiteral("as in \"fixed:size=16\"");
    QTest::newRow("bad value") << QStringLiteral("length:size=5") << QStringLiteral("1, 2, 3, 4, 8, varint");
    QTest::newRow("no value") << QStringLiteral("fixed:size") << QStringLiteral("a whole number from 1 to");
    QTest::newRow("zero") << QStringLiteral("fixed:size=0") << QStringLiteral("but is \"0\"");
    QTest::newRow("half a byte") << QStringLiteral("delimited:end=0d0") << QStringLiteral("in hexadecimal");
    QTest::newRow("unknown key") << QStringLiteral("length:sise=2") << QStringLiteral("size, order, offset, adjust");
    QTest::newRow("twice") << QStringLiteral("fixed:size=2,size=3") << QStringLiteral("twice");
    QTest::newRow("nothing to set") << QStringLiteral("http:size=2") << QStringLiteral("nothing to set");
    QTest::newRow("no protocol") << QStringLiteral("gopher:size=2") << QStringLiteral("fixed:size=16");
}

void TestCutters::badNames()
{
    QFETCH(QString, name);
    QFETCH(QString, says);
    const auto none = protocolFromName(name);
    QVERIFY(!none);
    QVERIFY2(none.error().contains(says), qPrintable(none.error()));
}

void TestCutters::summaries_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QByteArray& message, const char* text) {
        QTest::newRow(text) << QByteArray(name) << message << QString::fromUtf8(text);
    };
    row("http", "GET /index.html HTTP/1.1\r\nhost: a\r\n\r\n", "GET /index.html");
    row("http",
        "HTTP/1.1 200 OK\r\ncontent-length: 1024\r\ncontent-type: text/html; charset=utf-8\r\n\r\n"
            + QByteArray(1024, 'x'),
        "200 OK, 1,024 bytes text/html");
    row("http", "HTTP/1.1 404\r\n\r\n", "404");
    row("resp", "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n", "SET key value");
    row("resp", "*2\r\n$3\r\nGET\r\n$3\r\na b\r\n", "GET \"a b\"");
    row("resp", "+OK\r\n", "+OK");
    row("resp", ":3\r\n", "(integer) 3");
    row("resp", "$-1\r\n", "(nil)");
    row("resp", "*2\r\n:1\r\n*1\r\n$1\r\nx\r\n", "[(integer) 1, [\"x\"]]");
    row("resp", "%1\r\n+a\r\n:1\r\n", "{+a: (integer) 1}");
    row("jsonl", "{\"a\": 1}\n", "{\"a\": 1}");
}

void TestCutters::summaries()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, message);
    QFETCH(QString, text);
    QCOMPARE(named(name)->summary(message, message.size()).text, text);
    for (qsizetype size = 0; size < message.size(); ++size) {
        (void)named(name)->summary(message.first(size), message.size());
    }
}

void TestCutters::decoded()
{
    const auto decode = [](const char* name, const QByteArray& message) {
        const ProtocolPtr protocol = named(name);
        return protocol->decoded(*protocol->frameOf(0, message.size(), message), message, {});
    };
    const DecodedMessage chunks = decode("http",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\nset-cookie: a\r\n"
        "Set-Cookie: b\r\n\r\n3\r\n{\"a\r\n4\r\n\": 1\r\n1\r\n}\r\n0\r\n\r\n");
    QCOMPARE(chunks.content, QByteArray("{\"a\": 1}"));
    QCOMPARE(chunks.fields,
        QByteArray("{\"version\": \"HTTP/1.1\", \"status\": 200, \"reason\": \"OK\", \"headers\": "
                   "{\"transfer-encoding\": \"chunked\", \"content-type\": \"application/json\", \"set-cookie\": "
                   "[\"a\", \"b\"]}}"));
    QCOMPARE(decode("resp", "*2\r\n$3\r\nGET\r\n:-4\r\n").fields,
        QByteArray("{\"type\": \"array\", \"value\": [\"GET\", -4]}"));
    QCOMPARE(decode("slip", hex("c061dbdc62dbddc0")).body, hex("61c062db"));
    QCOMPARE(decode("cobs", hex("031122023300")).body, hex("11220033"));
    QCOMPARE(decode("jsonl", "[1]\r\n").content, QByteArray("[1]"));
}

void TestCutters::linear_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("message");
    const QByteArray body(4 * 1024 * 1024, 'x');
    QTest::newRow("delimited") << QByteArray("delimited:end=616162") << QByteArray(4 * 1024 * 1024, 'a') + "b";
    QTest::newRow("length") << QByteArray("length:size=4") << hex("00400000") + body;
    QTest::newRow("jsonl") << QByteArray("jsonl") << '"' + body + "\"\n";
    QTest::newRow("json") << QByteArray("json") << '"' + body + '"';
    QTest::newRow("http") << QByteArray("http") << "PUT / HTTP/1.1\r\ncontent-length: 4194304\r\n\r\n" + body;
    QTest::newRow("resp, string") << QByteArray("resp") << "$4194304\r\n" + body + "\r\n";
    QTest::newRow("resp, many") << QByteArray("resp") << "*1000000\r\n" + QByteArray(":1\r\n").repeated(1'000'000);
    QTest::newRow("slip") << QByteArray("slip") << body + '\xc0';
}

/// A few seconds with a sanitizer; a rule that looked back would take hours.
void TestCutters::linear()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, message);
    QElapsedTimer timer;
    timer.start();
    const Decoded decoded = decodePieces(message, { 1 }, named(name));
    QVERIFY(!decoded.error);
    QCOMPARE(decoded.frames.size(), size_t { 1 });
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

SOCKEYE_TEST(TestCutters)
#include "tst_cutters.moc"
