// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"
#include "tests/protocol/filter/filter_row.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

rules::Surroundings around(const QString& protocol = QStringLiteral("raw"))
{
    rules::Surroundings out;
    out.schema = testSchema();
    out.protocol = *protocolFromName(protocol);
    out.passesOn = true;
    out.readFile = [](const QString&) { return QByteArray("from a {file}"); };
    return out;
}

void fill(FilterRow& row)
{
    row.set("dir", filter::Value::text("in"))
        .set("size", filter::Value::number(42))
        .set("text", filter::Value::text("GET /a/b HTTP"))
        .set("bytes", filter::Value::bytes(QByteArrayView("\x00\x67\xff", 3)))
        .setJson("json",
            "{\"action\": \"search\", \"value\": \"a \\\"b\\\" ü\", \"id\": 7, \"real\": 0.5, \"yes\": true, \"no\": "
            "null, \"list\": [1, \"x\"],"
            " \"inner\": {\"a\": 1}}");
}

rules::Verdict decide(const QString& text, const rules::Surroundings& where)
{
    const auto read = rules::RuleSet::read(text, where);
    if (!read) {
        qWarning("%s", qPrintable(describe(read.error().front(), text)));
        return {};
    }
    FilterRow row;
    fill(row);
    filter::Run run;
    return read->decide(row, run, Sender::Client);
}

class TestRules : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    /// What a reply comes to, in a protocol whose messages are what they say.
    void replies_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QByteArray>("reply");
        const auto row = [](const char* name, const char* rule, const QByteArray& reply) {
            QTest::newRow(name) << QString::fromUtf8(rule) << reply;
        };
        row("text", "reply = { text = 'size {size}, {dir}' }", "size 42, in");
        row("braces", "reply = { text = '{{{size}}} {{}}' }", "{42} {}");
        row("nothing is empty", "reply = { text = '<{json.gone}|{latency}>' }", "<|>");
        row("bytes as they are", "reply = { text = '{bytes}' }", QByteArray("\x00\x67\xff", 3));
        row("a slice", "reply = { hex = '01 {bytes[1:2]} 02' }", QByteArray("\x01\x67\xff\x02", 4));
        row("functions", "reply = { text = '{lower(text)} {len(text)}' }", "get /a/b http 13");
        row("a list in text", "reply = { text = '{json.list}' }", "[1, \"x\"]");
        row("groups", "when = 'text ~ r\"GET /(\\w)/(\\w)\"'\nreply = { text = '{2}{1}' }", "ba");
        row("groups of several",
            "when = 'text ~ \"(HT+P)\" and json.action ~ \"^(.)(z)?\"'\nreply = { text = '{1}{2}<{3}>' }", "HTTPs<>");
        row("groups of one that did not match", "when = 'text ~ \"(ZZZ)\" or size > 1'\nreply = { text = '<{1}>' }",
            "<>");
        row("json", "reply = { json = { b = 1, a = [ true, 'x', 1.5 ] } }", "{\"b\": 1, \"a\": [true, \"x\", 1.5]}");
        row("json keeps types",
            "reply = { json = { i = '{json.id}', r = '{json.real}', y = '{json.yes}', n = '{json.no}', l = "
            "'{json.list}', "
            "o = '{json.inner}', g = '{json.gone}', s = '{json.value}', b = '{bytes}' } }",
            "{\"i\": 7, \"r\": 0.5, \"y\": true, \"n\": null, \"l\": [1, \"x\"], \"o\": {\"a\": 1}, \"g\": null, "
            "\"s\": "
            "\"a \\\"b\\\" ü\", \"b\": \"0067ff\"}");
        row("json between text", "reply = { json = { s = 'id {json.id}: {json.value}' } }",
            "{\"s\": \"id 7: a \\\"b\\\" ü\"}");
        row("json that begins with a brace", "reply = { json = ['{{\"{size}'] }", "[\"{\\\"42\"]");
        row("json as text", "reply = { json = '{text(json.id)}' }", "\"7\"");
        row("json of everything", "reply = { json = '{json.inner}' }", "{\"a\": 1}");
        row("hex", "reply = { hex = '00 ff 0x10' }", QByteArray("\x00\xff\x10", 3));
        row("a file as it is", "reply = { file = 'x' }", "from a {file}");
    }
    void replies()
    {
        QFETCH(QString, rule);
        QFETCH(QByteArray, reply);
        const rules::Verdict verdict = decide(u"[[rule]]\n" + rule, around());
        QCOMPARE(verdict.trouble, QString());
        QVERIFY(verdict.reply);
        QCOMPARE(*verdict.reply, reply);
    }

    /// What content becomes in protocols that have a form for messages.
    void protocols_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QByteArray>("reply");
        const auto row = [](const char* protocol, const char* content, const QByteArray& reply) {
            QTest::addRow("%s %s", protocol, content)
                << QString::fromUtf8(protocol) << QString::fromUtf8(content) << reply;
        };
        row("lines", "text = 'a'", "a\n");
        row("lines", "text = \"a\\n\"", "a\n");
        row("jsonl", "json = { a = 1 }", "{\"a\": 1}\n");
        row("json", "json = { a = 1 }", "{\"a\": 1}");
        row("length:size=2", "text = 'abc'", QByteArray("\0\3abc", 5));
        row("length:size=4,order=little,adjust=-4", "text = 'abc'", QByteArray("\7\0\0\0abc", 7));
        row("length:size=varint", "text = 'abc'", "\3abc");
        row("length:size=1,offset=2", "text = 'abc'", QByteArray("\0\0\3abc", 6));
        row("length:size=2", "hex = '61'", "a");
        row("delimited:end=0d0a", "text = 'a'", "a\r\n");
        row("fixed:size=3", "text = 'abc'", "abc");
        row("slip", "hex = 'c0'", "\xc0");
        row("slip", "text = \"a\\u00c0\"", QByteArray("a\xc3\x80\xc0"));
        row("cobs", "text = \"a\\u0000b\"", QByteArray("\2a\2b\0", 5));
        row("resp", "text = 'abc'", "$3\r\nabc\r\n");
        row("resp", "json = [1, 'a', { k = true }]", "*3\r\n:1\r\n$1\r\na\r\n*2\r\n$1\r\nk\r\n:1\r\n");
        row("http", "json = { a = 1 }",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}");
        row("app", "json = { result = 'You said {json.action}' }",
            QByteArray("\0\x67", 2)
                + "{\"byteorder\": \"little\", \"content-type\": \"text/json\", \"content-encoding\": \"utf-8\", "
                  "\"content-length\": 29}"
                  "{\"result\": \"You said search\"}");
    }
    void protocols()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, content);
        QFETCH(QByteArray, reply);
        const auto where = around(protocol);
        const rules::Verdict verdict = decide(u"[[rule]]\nreply = { " + content + u" }", where);
        QCOMPARE(verdict.trouble, QString());
        QVERIFY(verdict.reply);
        QCOMPARE(*verdict.reply, reply);
        // What has a form of its own is one whole message of the protocol.
        if (!content.startsWith(u"hex")) {
            const auto framing = where.protocol->newFraming();
            Frames frames;
            framing->feed(*verdict.reply, frames);
            framing->finish(frames);
            QVERIFY(!framing->error());
            QCOMPARE(frames.size(), std::size_t(1));
            QCOMPARE(frames.front().size, verdict.reply->size());
        }
    }

    void contentThatDoesNotFit()
    {
        const rules::Verdict verdict = decide(QStringLiteral("[[rule]]\nname = 'three'\nreply = { text = 'abcd' }"),
            around(QStringLiteral("fixed:size=3")));
        QCOMPARE(verdict.rule, 0);
        QVERIFY(!verdict.reply);
        QCOMPARE(verdict.trouble,
            QStringLiteral("Rule \"three\": A message of this protocol has 3 bytes, this content 4 bytes."));
    }

    void theFirstThatMatches()
    {
        const QString text =
            QStringLiteral("[[rule]]\nname = 'large'\nwhen = 'size > 100'\ndrop = true\n"
                           "[[rule]]\nname = 'some'\nwhen = 'size > 10'\ndelay = '1.5ms'\nclose = true\n"
                           "[[rule]]\nreply = { text = 'all' }\n");
        const rules::Verdict verdict = decide(text, around());
        QCOMPARE(verdict.rule, 1);
        QCOMPARE(verdict.title, QStringLiteral("some"));
        QCOMPARE(verdict.delay, std::chrono::microseconds(1500));
        QCOMPARE(verdict.after, After::Close);
        QVERIFY(!verdict.reply && !verdict.replace && !verdict.drop);
        const rules::Verdict none = decide(QStringLiteral("[[rule]]\nwhen = 'size > 100'\ndrop = true\n"), around());
        QCOMPARE(none.rule, -1);
        QVERIFY(none.title.isEmpty());
        QCOMPARE(decide(QStringLiteral("[[rule]]\nreset = true"), around()).after, After::Reset);
        QCOMPARE(decide(QStringLiteral("[[rule]]\nreset = true"), around()).title, QStringLiteral("rule 1"));
    }

    void outputIsBounded()
    {
        const QString once = QStringLiteral("{text}");
        FilterRow row;
        row.set("text", filter::Value::text(QByteArray(1024 * 1024, 'x')));
        const auto read =
            rules::RuleSet::read(QString(u"[[rule]]\nreply = { text = '" + once.repeated(17) + u"' }"), around());
        QVERIFY(read);
        filter::Run run;
        const rules::Verdict verdict = read->decide(row, run, Sender::Client);
        QVERIFY(!verdict.reply);
        QVERIFY2(verdict.trouble.contains(u"16 MiB"), qPrintable(verdict.trouble));
    }
};

} // namespace

SOCKEYE_TEST(TestRules)
#include "tst_rules.moc"
