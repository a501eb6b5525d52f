// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"
#include "protocol/rules/table_reader.h"
#include "tests/protocol/filter/filter_row.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

rules::Surroundings surroundings(bool passesOn = false)
{
    rules::Surroundings out;
    out.schema = testSchema();
    out.protocol = defaultProtocol();
    out.passesOn = passesOn;
    out.checkFault = [](const QString& spec) {
        return spec.startsWith(u"cut") ? QString() : QStringLiteral("There is no such fault.");
    };
    out.readFile = [](const QString& name) -> tl::expected<QByteArray, QString> {
        if (name == u"there.bin") {
            return QByteArray("\0\1", 2);
        }
        return tl::unexpected(QStringLiteral("It is not there."));
    };
    return out;
}

class TestRuleMistakes : public TestCase {
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
        // What is around rules.
        row("[[rule]]\ndrop «=»", "This is no TOML:");
        for (const char* letter :
            { "é", "Æ", "㈀", "߿", "�", "𝄞" }) { // what the library says is impossible in white space
            row(QByteArray("[[rule]]\ndrop = true «" + QByteArray(letter) + "»").constData(), "This is no TOML:");
            row(QByteArray("[[rule]]\n«" + QByteArray(letter) + "» = true").constData(), "This is no TOML:");
        }
        row("[[«ruel»]]\ndrop = true", "Only rules stand here, each below `[[rule]]`; there is no `ruel`.", "rule");
        row("«when» = 'size > 1'", "Only rules stand here");
        row("[«rule»]\ndrop = true", "Each rule begins with `[[rule]]`, in two brackets.", "[[rule]]");
        row("«rule» = [1, 2]", "Each rule begins with `[[rule]]`", "[[rule]]");
        // Keys.
        row("[[rule]]\n«wehn» = 'size > 1'", "A rule has no `wehn`", "when");
        row("[[rule]]\n«frobnicate» = 1", "A rule has no `frobnicate`");
        row("[[rule]]\nname = «\"\"»", "A name is there for people");
        row("[[rule]]\nname = «3»", "`name` takes a text in quotes.");
        row("[[rule]]\ndrop = «\"yes\"»", "`drop` is true or false.", "true");
        row("[[rule]]\nclose = «1»", "`close` is true or false.", "true");
        // Filters.
        row("[[rule]]\nwhen = «1»", "`when` takes a text in quotes.");
        row("[[rule]]\nwhen = 'size > 1 && «durr» == in'", "No field `durr`; did you mean `dir`?", "dir");
        row("[[rule]]\nwhen = \"text == \\\"ä\\\" && «durr» == in\"", "No field `durr`", "dir");
        row("[[rule]]\nwhen = \"\"\"\nsize > 1\n  && «durr» == in\"\"\"", "No field `durr`", "dir");
        row("[[rule]]\nwhen = '''size > 1 && «durr» == in'''", "No field `durr`", "dir");
        row("# 🐰\n[[rule]]\nname = '🐰'\nwhen = \"text == \\\"🐰\\\" && «durr»\"", "No field `durr`", "dir");
        // Delays.
        row("[[rule]]\ndelay = «20»", "`delay` takes a number with its unit in quotes: us, ms or s.", "\"20ms\"");
        row("[[rule]]\ndelay = «\"20\"»", "`delay` takes a number with its unit", "\"20ms\"");
        row("[[rule]]\ndelay = «\"-1ms\"»", "`delay` takes a number with its unit", "\"20ms\"");
        row("[[rule]]\ndelay = «\"nans\"»", "`delay` takes a number with its unit", "\"20ms\"");
        row("[[rule]]\ndelay = «\"2000000s\"»", "`delay` is no longer than an hour.", "\"3600s\"");
        // Faults.
        row("[[rule]]\nfault = «\"kut:at=1\"»", "There is no such fault.");
        // What replies are made of.
        row("[[rule]]\nreply = «\"hello\"»", "Expected the message in braces");
        row("[[rule]]\nreply = «{}»", "Expected the message in braces");
        row("[[rule]]\nreply = { «jsn» = {} }", "A message is given as `json`, `text`, `hex`, `file` or `fields`",
            "json");
        row("[[rule]]\nreply = { text = \"a\", «hex» = \"00\" }", "A message is given once: `text` is there already.");
        row("[[rule]]\nreply = { text = «1» }", "`text` takes a text in quotes.");
        row("[[rule]]\nreply = { hex = \"00 «0»\" }", "“0” is half a byte");
        row("[[rule]]\nreply = { hex = \"«z»0\" }", "");
        row("[[rule]]\nreply = { file = «\"gone.bin\"» }", "It is not there.");
        row("[[rule]]\nreply = { json = { when = «2026-01-01» } }", "JSON has no dates: put this one in quotes.");
        row("[[rule]]\nreply = { fields = «{ size = 1 }» }", "Messages of the protocol app are not made of fields");
        // Places in them.
        row("[[rule]]\nreply = { text = \"a «{json.value»\" }", "`{` begins a place, such as `{json.value}`", "{{");
        row("[[rule]]\nreply = { text = \"a «}» b\" }", "This `}` closes nothing.", "}}");
        row("[[rule]]\nreply = { text = \"\\u00e4\\t{«durr»}\" }", "No field `durr`", "dir");
        row("[[rule]]\nreply = { json = { a = [ 1, { b = \"{«durr»}\" } ] } }", "No field `durr`", "dir");
        row("[[rule]]\nreply = { text = \"{«1»}\" }", "There is no group 1: no regular expression here has groups.");
        row("[[rule]]\nwhen = 'text ~ \"(a)(b)\"'\nreply = { text = \"{2} {«3»}\" }",
            "There is no group 3: `when` has 2, counted from 1.", "1");
        row("[[rule]]\nreply = { text = \"{«size > 3»}\" }", "Expected one value here");
        row("[[rule]]\nreply = { text = \"{«»}\" }", "");
        // What cannot be at once.
        row("[[rule]]\nreply = { text = \"a\" }\n«drop» = true",
            "`reply` and `drop` cannot both be done with one message.");
        row("[[rule]]\nreply = { text = \"a\" }\n«reset» = true", "A reset throws away what is being sent", "close");
    }
    void mistakes()
    {
        QFETCH(QString, marked);
        QFETCH(QString, sentence);
        QFETCH(QString, suggestion);
        QString text = marked;
        const qsizetype at = text.indexOf(u'«');
        text.remove(at, 1);
        const qsizetype end = text.indexOf(u'»');
        text.remove(end, 1);
        const auto read = rules::RuleSet::read(text, surroundings(true));
        QVERIFY(!read);
        const rules::Mistake& mistake = read.error().front();
        QVERIFY2(mistake.text.contains(sentence), qPrintable(mistake.text));
        QVERIFY(!mistake.text.isEmpty());
        if (!sentence.startsWith(u"This is no TOML")) { // the library has its own mind about where
            QCOMPARE(text.sliced(mistake.at, mistake.length), text.sliced(at, end - at));
            QCOMPARE(mistake.at, at);
        }
        QCOMPARE(mistake.suggestion, suggestion);
    }

    void allOfThemAreSaid()
    {
        const auto read = rules::RuleSet::read(
            u"[[rule]]\nwehn = 1\ndelay = 3\n[[rule]]\nreply = { txt = '' }\nwhen = 'durr'\n", surroundings());
        QVERIFY(!read);
        QCOMPARE(read.error().size(), 4);
        QCOMPARE(describe(read.error().back(),
                     u"[[rule]]\nwehn = 1\ndelay = 3\n[[rule]]\nreply = { txt = '' }\nwhen = 'durr'\n",
                     QStringLiteral("r.toml")),
            QStringLiteral("r.toml:6:9: No field `durr`; did you mean `dir`?"));
    }

    void warnings()
    {
        const QString text = QStringLiteral("[[rule]]\nreplace = { text = \"a\" }\n");
        const auto inServer = rules::RuleSet::read(text, surroundings(false));
        QVERIFY(inServer);
        QCOMPARE(inServer->warnings().size(), 1);
        QVERIFY(inServer->warnings().front().isWarning);
        const auto inRelay = rules::RuleSet::read(text, surroundings(true));
        QVERIFY(inRelay && inRelay->warnings().isEmpty());
    }

    void bounds()
    {
        QString many;
        for (std::size_t i = 0; i <= rules::maxRules; ++i) {
            many += QStringLiteral("[[rule]]\ndrop = true\n");
        }
        QVERIFY(!rules::RuleSet::read(many, surroundings()));
        many.chop(QStringLiteral("[[rule]]\ndrop = true\n").size());
        const auto read = rules::RuleSet::read(many, surroundings());
        QVERIFY(read);
        QCOMPARE(read->rules().size(), rules::maxRules);
        QVERIFY(!rules::RuleSet::read(QString(rules::maxRulesText + 1, u'#'), surroundings()));
        QString wrong;
        for (int i = 0; i < 500; ++i) {
            wrong += QStringLiteral("[[rule]]\nx = 1\n");
        }
        QCOMPARE(rules::RuleSet::read(wrong, surroundings()).error().size(), rules::maxMistakes);
        const auto deep = rules::RuleSet::read(
            QString(u"[[rule]]\nreply = { json = " + QString(5000, u'[') + QString(5000, u']') + u" }"),
            surroundings());
        QVERIFY(!deep);
    }
};

} // namespace

SOCKEYE_TEST(TestRuleMistakes)
#include "tst_rule_mistakes.moc"
