// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/protocol/sendlist/list_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

class TestSendList : public TestCase {
    Q_OBJECT

    static QByteArray made(const PreparedMessage& message, const ProtocolPtr& protocol)
    {
        FilterRow before;
        before.setJson("json", "{\"token\": 7, \"name\": \"rabbit\"}");
        return message.make(before, protocol->spokenBy(Sender::Client), { 0, 4, {} })
            .value_or(QByteArrayLiteral("<not made>"));
    }

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const char* protocol, const char* text, const QByteArray& bytes) {
            QTest::newRow(name) << QString::fromUtf8(protocol) << QString::fromUtf8(text) << bytes;
        };
        row("text as it is", "raw", "text = 'PING\\r\\n {x}'", "PING\\r\\n {x}");
        row("without the protocol's line end", "lines", "text = 'PING'", "PING");
        row("with escapes", "raw", "text = 'PING\\r\\n'\nescapes = true", "PING\r\n");
        row("with macros", "raw", "text = 'no {{counter}}'\nmacros = true", "no 5");
        row("in an encoding", "raw", "text = 'é'\nencoding = 'latin1'", "\xe9");
        row("in the protocol's encoding", "lines:encoding=ISO-8859-1", "text = 'é'", "\xe9");
        row("bytes", "raw", "hex = '01 02'", "\x01\x02");
        row("a file", "raw", "file = 'there.bin'", QByteArray("\0\1", 2));
        row("with a checksum", "raw", "hex = '01 03 00 00 00 02'\nchecksum = 'crc-16/modbus:little'",
            QByteArray("\x01\x03\0\0\0\x02\xc4\x0b", 8));
        row("JSON as a line", "lines", "json = { a = 1 }", "{\"a\": 1}\n");
        row("JSON with what came before", "lines", "json = { token = '{json.token}', who = 'a {json.name}' }",
            "{\"token\": 7, \"who\": \"a rabbit\"}\n");
        row("nothing at all", "raw", "text = ''", "");
    }
    void messages()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        const ProtocolPtr spoken = ownProtocolFromName(protocol);
        QVERIFY(spoken);
        const ReadSendList read = readSendList(QString(u"[[message]]\n" + text), listAround(spoken));
        QVERIFY2(read.isRight(), qPrintable(read.mistakes.isEmpty() ? QString() : read.mistakes.constFirst().text));
        QCOMPARE(made(read.prepared.messages.front(), spoken), bytes);
    }

    void appRequest()
    {
        const ReadSendList read =
            readSendList(u"[[message]]\njson = { action = 'search', value = 'morpheus' }", listAround());
        QVERIFY(read.isRight());
        const QByteArray bytes = made(read.prepared.messages.front(), defaultProtocol());
        QVERIFY2(bytes.endsWith("{\"action\": \"search\", \"value\": \"morpheus\"}"), bytes.constData());
        QVERIFY(protocolOf(bytes, {}) != nullptr);
    }

    void allKeys()
    {
        const ReadSendList read = readSendList(u"loop = 3\n"
                                               "on-failure = 'go on'\n"
                                               "within = '2s'\n"
                                               "[[message]]\n"
                                               "name = 'login'\n"
                                               "text = 'a'\n"
                                               "expect = 'size > 1'\n"
                                               "expect-text = 'OK'\n"
                                               "pause = '20ms'\n"
                                               "key = 'F1'\n"
                                               "[[message]]\n"
                                               "text = 'b'\n"
                                               "reply = false\n"
                                               "within = '1.5ms'\n",
            listAround());
        QVERIFY(read.isRight());
        QCOMPARE(read.prepared.loop, 3);
        QVERIFY(read.prepared.goesOn);
        QCOMPARE(read.prepared.messages.size(), 2U);
        const PreparedMessage& first = read.prepared.messages.at(0);
        QCOMPARE(first.title, QStringLiteral("login"));
        QCOMPARE(first.within, std::chrono::microseconds(2s));
        QCOMPARE(first.pause, std::chrono::microseconds(20ms));
        QCOMPARE(first.expect->text(), QStringLiteral("size > 1"));
        QCOMPARE(first.expectBytes, QByteArray("OK"));
        QVERIFY(first.reply);
        const PreparedMessage& second = read.prepared.messages.at(1);
        QCOMPARE(second.title, QStringLiteral("message 2"));
        QCOMPARE(second.within, std::chrono::microseconds(1500));
        QVERIFY(!second.reply);
        QVERIFY(!second.expectsSomething());
        QCOMPARE(read.list.messages.at(0).key, QStringLiteral("F1"));
    }

    void writtenAndRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("as short as can be") << QStringLiteral("[[message]]\ntext = \"a\"\n");
        QTest::newRow("everything") << QStringLiteral("loop = 0\n"
                                                      "on-failure = \"go on\"\n"
                                                      "within = \"2s\"\n"
                                                      "\n"
                                                      "[[message]]\n"
                                                      "name = \"log in\"\n"
                                                      "text = \"a\\\\r\\n\\u001b\"\n"
                                                      "escapes = true\n"
                                                      "macros = true\n"
                                                      "encoding = \"GBK\"\n"
                                                      "checksum = \"crc-16/modbus:little\"\n"
                                                      "expect = 'text == \"a\"'\n"
                                                      "expect-text = \"it's\"\n"
                                                      "within = \"1500us\"\n"
                                                      "pause = \"20ms\"\n"
                                                      "key = \"Ctrl+1\"\n"
                                                      "\n"
                                                      "[[message]]\n"
                                                      "json = { a = [1, 2.5, true, {}], \"b c\" = { d = \"x\" }, "
                                                      "e = [] }\n"
                                                      "reply = false\n"
                                                      "\n"
                                                      "[[message]]\n"
                                                      "hex = \"00 01\"\n");
    }
    void writtenAndRead()
    {
        QFETCH(QString, text);
        const ReadSendList read = readSendList(text, listAround());
        QVERIFY2(read.isRight(), qPrintable(read.mistakes.isEmpty() ? QString() : read.mistakes.constFirst().text));
        QCOMPARE(sendListText(read.list), text);
    }
};

} // namespace

SOCKEYE_TEST(TestSendList)
#include "tst_send_list.moc"
