// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/event_fields.h"
#include "app/filtering/filtered_format.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

constexpr qint64 firstTime = 1'700'000'000'000'000'000;
constexpr qint64 millisecond = 1'000'000;

/// Writes what it is told of as "message@30", by the milliseconds since the first time.
class LabelFormat final : public EventFormat {
public:
    void opened(QByteArray& out, const CaptureEvent& event) override { add(out, "opened", event.time); }
    void bytes(QByteArray& out, const CaptureEvent& event) override { add(out, "bytes", event.time); }
    void message(QByteArray& out, const PrintedMessage& message) override { add(out, "message", message.time); }
    void finished(QByteArray& out, const CaptureEvent& event) override { add(out, "finished", event.time); }
    void closed(QByteArray& out, const CaptureEvent& event, qint64, qint64) override { add(out, "closed", event.time); }
    void error(QByteArray& out, const CaptureEvent& event) override { add(out, "error", event.time); }
    void note(QByteArray& out, const CaptureEvent& event) override { add(out, "note", event.time); }
    void tls(QByteArray& out, const CaptureEvent& event, const TlsFacts&) override { add(out, "tls", event.time); }

private:
    static void add(QByteArray& out, const char* kind, qint64 time)
    {
        out += (out.isEmpty() ? QByteArray() : QByteArray(" ")) + kind + '@'
            + QByteArray::number((time - firstTime) / millisecond);
    }
};

/// Tells a format of a conversation, as a printer does.
class Conversation {
public:
    Conversation(const QString& where, const ProtocolPtr& protocol)
        : m_protocol(protocol)
    {
        const auto filter = filter::Filter::compile(where, eventSchema(*protocol));
        if (!filter) {
            m_mistake = filter.error().text;
            return;
        }
        m_format = std::make_unique<FilteredFormat>(
            std::make_unique<LabelFormat>(), *filter, Limits(), QStringLiteral("Server A"));
    }
    [[nodiscard]] const QString& mistake() const { return m_mistake; }
    [[nodiscard]] const QByteArray& printed() const { return m_printed; }

    void open(int at, quint32 id, const ConnectionFacts& facts)
    {
        CaptureEvent event = eventAt(at, id);
        event.kind = EventKind::Opened;
        event.facts = facts;
        m_format->opened(m_printed, event);
        m_streams[id] = {};
        for (auto& stream : m_streams[id]) {
            stream.framing = m_protocol->newFraming();
        }
    }
    void segment(int at, quint32 id, Direction direction, const QByteArray& bytes)
    {
        CaptureEvent event = eventAt(at, id);
        event.direction = direction;
        event.bytes = bytes;
        m_format->bytes(m_printed, event);
        Stream& stream = m_streams[id].at(static_cast<std::size_t>(direction));
        stream.bytes += bytes;
        Frames frames;
        stream.framing->feed(bytes, frames);
        for (const Frame& frame : frames) {
            m_format->message(m_printed,
                { .time = event.time,
                    .connection = id,
                    .direction = direction,
                    .protocol = *m_protocol,
                    .frame = frame,
                    .bytes = QByteArrayView(stream.bytes).sliced(frame.offset, frame.size) });
        }
    }
    void error(int at, quint32 id, const QString& code, const QString& text)
    {
        CaptureEvent event = eventAt(at, id);
        event.code = code;
        event.text = text;
        event.offset = 7;
        m_format->error(m_printed, event);
    }
    void note(int at, const QString& text)
    {
        CaptureEvent event = eventAt(at, 0);
        event.text = text;
        m_format->note(m_printed, event);
    }
    void close(int at, quint32 id) { m_format->closed(m_printed, eventAt(at, id), 1, 2); }

private:
    struct Stream {
        std::unique_ptr<Framing> framing;
        QByteArray bytes;
    };
    static CaptureEvent eventAt(int at, quint32 id)
    {
        CaptureEvent event;
        event.time = firstTime + at * millisecond;
        event.connection = id;
        return event;
    }

    ProtocolPtr m_protocol;
    std::unique_ptr<FilteredFormat> m_format;
    std::unordered_map<quint32, std::array<Stream, 2>> m_streams;
    QByteArray m_printed;
    QString m_mistake;
};

ConnectionFacts factsOf(const char* peer, quint16 port, bool weConnected = false)
{
    ConnectionFacts facts;
    facts.peer = { QHostAddress(QString::fromLatin1(peer)), port };
    facts.local = { QHostAddress(QStringLiteral("127.0.0.1")), 65432 };
    facts.weConnected = weConnected;
    return facts;
}

QByteArray messageWith(QByteArrayView type, QByteArrayView encoding, QByteArrayView content)
{
    QByteArray message;
    appendMessage(message, type, encoding, ByteOrder::Little, content);
    return message;
}

QByteArray json(const char* content)
{
    return messageWith("text/json", "utf-8", content);
}

class TestEventFilter : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void prints_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* where, const char* expected) {
            QTest::newRow(where) << QString::fromUtf8(where) << QString::fromUtf8(expected);
        };
        row("kind == \"message\"", "message@20 message@25 message@40 message@40 message@100 message@110");
        row("kind == \"message\" && dir == in", "message@20 message@40 message@40");
        row("kind in {\"opened\", \"closed\"}", "opened@0 opened@1 closed@130 closed@131");
        row("conn == 2", "opened@1 bytes@30 closed@131");
        row("kind == \"bytes\" and conn == 1 && dir == in", "bytes@10 bytes@20 bytes@40");
        row("time < 20ms", "opened@0 opened@1 bytes@10");
        row("size == 5", "bytes@10 bytes@30");
        row("offset == 5 && kind == \"bytes\"", "bytes@20");
        row("offset == 0 && kind == \"message\"", "message@20 message@25");
        row("number == 2", "message@25");
        row("number", "message@20 message@25 message@40 message@40 message@100 message@110 error@120 note@125");
        row("peer == ::1", "opened@1 bytes@30 closed@131");
        row("peer.port == 40112 && kind == \"closed\"", "closed@130");
        row("local == 127.0.0.0/8 && kind == \"opened\"", "opened@0 opened@1");
        row("transport == \"udp\"", "");
        row("endpoint == \"Server A\" && kind == \"note\"", "note@125");
        row("reads > 1", "message@20");
        row("writes == 1", "message@25 message@100 message@110");
        row("glued", "message@40 message@40");
        row("!glued && kind == \"message\"", "message@20 message@25 message@100 message@110");
        row("latency", "message@25 message@100 message@110");
        row("latency > 50ms", "message@100 message@110");
        row("latency == 5ms", "message@25");
        row("gap == 0", "message@40");
        row("gap >= 20ms", "message@40 message@100");
        row("error", "message@110 error@120");
        row("error == \"content-not-json\"", "message@110");
        row("error in {\"missing-header\"} and offset == 7", "error@120");
        row("text contains \"rabbit\"", "message@25");
        row("text ~ \"^Missing\"", "error@120");
        row("text == \"Something.\"", "note@125");
        row("content == \"\\x01\\x02\"", "message@100");
        row("bytes[0:1] == \"\\x00\" && kind == \"message\" && dir == in", "message@20 message@40 message@40");
        row("header.content-type contains \"json\" && dir == out", "message@25 message@110");
        row("header.content-length == 2", "message@100");
        row("json.result ~ r\"(?i)RABBIT\"", "message@25");
        row("json.action == \"search\"", "message@20 message@40 message@40");
        row("count(json.items) == 2 and all(json.items[*]) > 0", "message@40");
        row("tls || marked || fault || rule || note", "");
        row("conn",
            "opened@0 opened@1 bytes@10 bytes@20 message@20 bytes@25 message@25 bytes@30 bytes@40 message@40 "
            "message@40 bytes@100 message@100 bytes@110 message@110 error@120 closed@130 closed@131");
        row("!conn", "note@125");
    }
    void prints()
    {
        QFETCH(QString, where);
        QFETCH(QString, expected);
        Conversation conversation(where, defaultProtocol());
        QCOMPARE(conversation.mistake(), QString());
        const QByteArray first = json(R"({"action": "search", "value": "morpheus"})");
        conversation.open(0, 1, factsOf("127.0.0.1", 40112));
        conversation.open(1, 2, factsOf("::1", 40113));
        conversation.segment(10, 1, Direction::In, first.first(5));
        conversation.segment(20, 1, Direction::In, first.sliced(5));
        conversation.segment(25, 1, Direction::Out, json(R"({"result": "The rabbit"})"));
        conversation.segment(30, 2, Direction::In, first.first(5));
        conversation.segment(40, 1, Direction::In,
            json(R"({"action": "search", "items": [1, 2]})") + json(R"({"action": "search", "items": [0, 0, 0]})"));
        conversation.segment(100, 1, Direction::Out, messageWith("binary/x", "binary", "\x01\x02"));
        conversation.segment(110, 1, Direction::Out, json("no JSON"));
        conversation.error(120, 1, QStringLiteral("missing-header"), QStringLiteral("Missing something."));
        conversation.note(125, QStringLiteral("Something."));
        conversation.close(130, 1);
        conversation.close(131, 2);
        QCOMPARE(QString::fromUtf8(conversation.printed()), expected);
    }

    void unixSockets_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* where, const char* expected) {
            QTest::newRow(where) << QString::fromUtf8(where) << QString::fromUtf8(expected);
        };
        row("transport == \"unix\"", "opened@0");
        row("transport == \"unix-datagram\"", "opened@1");
        row("transport == \"tcp\"", "opened@2");
        row("local == \"/run/app.sock\"", "opened@0");
        row("local in {\"/run/app.sock\", 127.0.0.1}", "opened@0 opened@2");
        row("peer == \"@app\" && local == \"@other\"", "opened@1");
        row("peer != 127.0.0.0/8", "opened@0 opened@1");
        row("local contains \"app.\" || peer ~ \"^127\"", "opened@0 opened@2");
        row("peer ~ \"pid 12\"", "opened@0");
        row("peer == \"unnamed (pid 12)\"", "opened@0");
        row("local.port", "opened@2");
    }
    void unixSockets()
    {
        QFETCH(QString, where);
        QFETCH(QString, expected);
        Conversation conversation(where, defaultProtocol());
        QCOMPARE(conversation.mistake(), QString());
        const auto facts = [](const UnixName& local, const UnixName& peer) {
            ConnectionFacts made;
            made.local.unixName = local;
            made.peer.unixName = peer;
            return made;
        };
        conversation.open(0, 1, facts(UnixName::fromText(QStringLiteral("/run/app.sock")), UnixName::unnamed(12)));
        ConnectionFacts datagrams =
            facts(UnixName::fromText(QStringLiteral("@other")), UnixName::fromText(QStringLiteral("@app")));
        datagrams.transport = Transport::Udp;
        conversation.open(1, 2, datagrams);
        conversation.open(2, 3, factsOf("127.0.0.1", 40112));
        QCOMPARE(QString::fromUtf8(conversation.printed()), expected);
    }

    void aClientAsks()
    {
        Conversation conversation(QStringLiteral("latency"), defaultProtocol());
        conversation.open(0, 1, factsOf("127.0.0.1", 65432, true));
        conversation.segment(10, 1, Direction::Out, json("1"));
        conversation.segment(20, 1, Direction::In, json("2"));
        conversation.segment(30, 1, Direction::In, json("3"));
        QCOMPARE(conversation.printed(), QByteArray("message@20"));
    }

    void protocols_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("where");
        QTest::addColumn<bool>("isPrinted");
        QTest::addColumn<QString>("mistake");
        const auto row = [](const char* protocol, const char* where, bool isPrinted, const char* mistake = "") {
            QTest::addRow("%s: %s", protocol, where)
                << QString::fromLatin1(protocol) << QString::fromUtf8(where) << isPrinted << QString::fromUtf8(mistake);
        };
        row("app", "heder.x == 1", false, "No field `heder`; did you mean `header`?");
        row("lines", "text contains \"GET\"", true);
        row("lines", "heder.x == 1", false, "No field `heder`; did you mean `header`?");
        row("http", "method == \"GET\" && headers.host contains \"example\"", true);
        row("http", "method == \"PUT\"", false);
        row("http", "methdo == \"PUT\"", false, "No field `methdo`; did you mean `method`?");
        row("http", "headers.\"x-n\"[1] == \"2\"", true);
        row("http", "headers.x-n[*] == \"2\"", true);
    }
    void protocols()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, where);
        QFETCH(bool, isPrinted);
        QFETCH(QString, mistake);
        const auto named = protocolFromName(protocol);
        QVERIFY(named);
        Conversation conversation(where, *named);
        QCOMPARE(conversation.mistake(), mistake);
        if (!mistake.isEmpty()) {
            return;
        }
        conversation.open(0, 1, factsOf("127.0.0.1", 40112));
        conversation.segment(1, 1, Direction::In, "GET / HTTP/1.1\r\nHost: example.org\r\nX-N: 1\r\nX-N: 2\r\n\r\n");
        QCOMPARE(conversation.printed().contains("message@1"), isPrinted);
    }

    void values()
    {
        const auto named = protocolFromName(QStringLiteral("resp"));
        QVERIFY(named);
        Conversation conversation(QStringLiteral("value[0] == \"SET\" && value[-1] == \"7\""), *named);
        QCOMPARE(conversation.mistake(), QString());
        conversation.open(0, 1, factsOf("127.0.0.1", 40112));
        conversation.segment(1, 1, Direction::In, "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n7\r\n");
        conversation.segment(2, 1, Direction::In, "*2\r\n$3\r\nGET\r\n$1\r\na\r\n");
        QCOMPARE(conversation.printed(), QByteArray("message@1"));
    }

    /// The schema and the numbers of its fields are two lists.
    void namesAreInOrder()
    {
        const filter::Schema schema = eventSchema(*defaultProtocol());
        QCOMPARE(schema.fields.size(), static_cast<int>(EventField::Message) + 1);
        QCOMPARE(schema.indexOf(u"conn"), static_cast<int>(EventField::Connection));
        QCOMPARE(schema.indexOf(u"peer.port"), static_cast<int>(EventField::PeerPort));
        QCOMPARE(schema.indexOf(u"text"), static_cast<int>(EventField::Text));
        QCOMPARE(schema.indexOf(u"gap"), static_cast<int>(EventField::Gap));
        QCOMPARE(schema.indexOf(u"tls"), static_cast<int>(EventField::Tls));
        QCOMPARE(schema.indexOf(u"json"), static_cast<int>(EventField::Json));
    }
};

} // namespace

SOCKEYE_TEST(TestEventFilter)
#include "tst_event_filter.moc"
