// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/protocol/sendlist/list_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestListMistakes : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    /// The place is what stands between « and » in the text.
    void mistakes_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char* marked, const char* sentence, const char* suggestion = "") {
            QTest::newRow(marked) << QString::fromUtf8(marked) << QString::fromUtf8(sentence)
                                  << QString::fromUtf8(suggestion);
        };
        // What is around messages.
        row("[[message]]\ntext «=»", "This is no TOML:");
        row("«»", "There is nothing to send", "[[message]]");
        row("message = []\n«»", "There is nothing to send", "[[message]]");
        row("«loops» = 3\n[[message]]\ntext = 'a'", "A send list has no `loops`", "loop");
        row("«text» = 'a'\n[[message]]\ntext = 'a'", "A send list has no `text`", "[[message]]");
        row("[«message»]\ntext = 'a'", "Each message begins with `[[message]]`, in two brackets.", "[[message]]");
        row("loop = «-1»\n[[message]]\ntext = 'a'", "`loop` says how many times", "1");
        row("loop = «'twice'»\n[[message]]\ntext = 'a'", "`loop` says how many times", "1");
        row("loop = «1000000001»\n[[message]]\ntext = 'a'", "`loop` says how many times", "1");
        row("on-failure = «'wait'»\n[[message]]\ntext = 'a'", "`on-failure` is \"stop\" or \"go on\".", "\"stop\"");
        row("within = «2»\n[[message]]\ntext = 'a'", "`within` takes a number with its unit", "\"20ms\"");
        // Keys of a message.
        row("[[message]]\ntext = 'a'\n«pauze» = '1s'", "A message has no `pauze`", "pause");
        row("[[message]]\ntext = 'a'\npause = «'1h'»", "`pause` takes a number with its unit", "\"20ms\"");
        row("[[message]]\ntext = 'a'\npause = «'3601s'»", "`pause` is no longer than an hour.", "\"3600s\"");
        row("[[message]]\ntext = 'a'\nreply = «'no'»", "`reply` is true or false.", "true");
        row("[[message]]\ntext = 'a'\nkey = «''»", "`key` is a key as it is written on it", "\"F1\"");
        row("[[message]]\ntext = 'a'\nkey = 'F1'\n[[message]]\ntext = 'b'\nkey = «'f1'»",
            "The key f1 sends another message.");
        row("[[message]]\ntext = 'a'\nname = «''»", "A name is there for people");
        // What it is.
        row("«[[message]]»\nname = 'a'", "This message has no content", "text = \"…\"");
        row("[[message]]\ntext = 'a'\n«hex» = '00'", "A message is given once: `text` is there already.");
        row("[[message]]\ntext = «1»", "`text` takes a text in quotes.");
        row("[[message]]\nhex = '00 «0»'", "“0” is half a byte");
        row("[[message]]\nfile = «'gone.bin'»", "It is not there.");
        row("[[message]]\nfile = 'large.bin'\n[[message]]\nfile = 'large.bin'\n[[message]]\nfile = «'large.bin'»",
            "The files of a send list are no larger than 64 MiB together.");
        row("[[message]]\nfields = «{ size = 1 }»", "Messages of the protocol app are not made of fields");
        row("[[message]]\njson = { a = '{«durr»}' }", "No field `durr`", "dir");
        row("[[message]]\njson = { a = '{«1»}' }", "There is no group 1");
        // How it is typed.
        row("[[message]]\ntext = 'a«\\q»'\nescapes = true", "");
        row("[[message]]\ntext = '{{«tyme»}}'\nmacros = true", "");
        row("[[message]]\ntext = 'a'\nencoding = «'GBQ'»", "No encoding is called so");
        row("[[message]]\ntext = '«€»'\nencoding = 'ISO-8859-1'", "");
        row("[[message]]\ntext = 'a'\nchecksum = «'crc-17'»", "");
        row("[[message]]\nhex = '00'\n«macros» = true", "`macros` is about a `text`, and this message has none.");
        // What is expected.
        row("[[message]]\ntext = 'a'\nexpect = 'size > 1 && «durr» == in'", "No field `durr`", "dir");
        row("[[message]]\ntext = 'a'\nexpect-text = «'€'»\nencoding = 'ISO-8859-1'",
            "ISO-8859-1 has not all of these characters");
        row("[[message]]\ntext = 'a'\nexpect-text = 'b'\n«reply» = false", "No reply is waited for");
    }
    void mistakes()
    {
        QFETCH(QString, marked);
        QFETCH(QString, sentence);
        QFETCH(QString, suggestion);
        const qsizetype at = marked.indexOf(u'«');
        const qsizetype length = marked.indexOf(u'»') - at - 1;
        const QString text = QString(marked).remove(u'«').remove(u'»');
        const ReadSendList read = readSendList(text, listAround());
        QCOMPARE(read.mistakes.size(), 1);
        const rules::Mistake& mistake = read.mistakes.constFirst();
        QVERIFY2(mistake.text.contains(sentence), qPrintable(mistake.text));
        if (!sentence.startsWith(u"This is no TOML")) { // the library has its own mind about where
            QCOMPARE(mistake.at, at);
            QCOMPARE(mistake.length, length);
        }
        if (!suggestion.isEmpty()) {
            QCOMPARE(mistake.suggestion, suggestion);
        }
        QCOMPARE(read.isRight(), mistake.isWarning);
    }

    void readsNoMoreFilesThanItTakes()
    {
        QString text;
        for (int i = 0; i < 100; ++i) {
            text += u"[[message]]\nfile = 'a'\n";
        }
        const QByteArray large(16 * 1024 * 1024, 'a');
        rules::Surroundings around = listAround();
        int times = 0;
        around.readFile = [&](const QString&) -> tl::expected<QByteArray, QString> {
            ++times;
            return large;
        };
        QVERIFY(!readSendList(text, around).isRight());
        QCOMPARE(times, 5);
    }

    void hostile_data()
    {
        QTest::addColumn<QString>("text");
        QString many;
        for (std::size_t i = 0; i <= maxListMessages; ++i) {
            many += u"[[message]]\ntext = 'a'\n";
        }
        QTest::newRow("too many messages") << many;
        QTest::newRow("too long") << QString(rules::maxRulesText + 1, u'#');
        QTest::newRow("too deep") << QString(u"[[message]]\njson = " + QString(1000, u'[') + QString(1000, u']'));
        QTest::newRow("nothing but brackets") << QString(10'000, u'[');
        QTest::newRow("a long name") << QString(u"[[message]]\ntext = 'a'\n" + QString(100'000, u'k') + u" = 1");
    }
    void hostile()
    {
        QFETCH(QString, text);
        const ReadSendList read = readSendList(text, listAround());
        QVERIFY(!read.isRight());
        QVERIFY(read.list.messages.size() <= maxListMessages);
        for (const rules::Mistake& mistake : read.mistakes) {
            QVERIFY(mistake.at >= 0 && mistake.at + mistake.length <= text.size());
            QVERIFY(mistake.text.size() < 1000);
        }
    }
};

} // namespace

SOCKEYE_TEST(TestListMistakes)
#include "tst_list_mistakes.moc"
