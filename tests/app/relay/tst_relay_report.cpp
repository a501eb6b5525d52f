// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_script.h"
#include "app/relay/report/markdown.h"
#include "app/relay/report/relay_report.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestRelayReport : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsTakenForAMark_data();
    void nothingIsTakenForAMark();
    void blocksHoldWhatLooksLikeTheirEnd();
    void saysWhatWasDone();
    void saysNothingOfWhatWasNot();
    void listsManyConnectionsUpToABound();
    void saysWhatIsSwitchedOff();
    void saysWhatWentInPlace_data();
    void saysWhatWentInPlace();
};

RelayReport someReport()
{
    RelayReport report;
    report.version = QStringLiteral("Sockeye 1.0");
    report.listen = QStringLiteral("127.0.0.1:7000");
    report.target = QStringLiteral("127.0.0.1:7001");
    report.transport = QStringLiteral("TCP");
    report.protocol = QStringLiteral("app");
    report.command = QStringLiteral("sockeye-cli relay 127.0.0.1:7000 127.0.0.1:7001 --seed 7");
    report.seed = 7;
    return report;
}

void TestRelayReport::nothingIsTakenForAMark_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("code");
    QTest::newRow("words") << QStringLiteral("a b") << QStringLiteral("a b") << QStringLiteral("`a b`");
    QTest::newRow("marks") << QStringLiteral("*a*_<b>") << QStringLiteral("\\*a\\*\\_\\<b\\>")
                           << QStringLiteral("`*a*_<b>`");
    QTest::newRow("a cell's end") << QStringLiteral("a|b") << QStringLiteral("a\\|b") << QStringLiteral("`a\\|b`");
    QTest::newRow("lines") << QStringLiteral("a\nb\r\n") << QStringLiteral("a b  ") << QStringLiteral("`a b  `");
    QTest::newRow("backticks") << QStringLiteral("a``b") << QStringLiteral("a\\`\\`b") << QStringLiteral("```a``b```");
    QTest::newRow("a backtick at an end")
        << QStringLiteral("`a") << QStringLiteral("\\`a") << QStringLiteral("`` `a ``");
    QTest::newRow("nothing") << QString() << QString() << QStringLiteral("`  `");
}

void TestRelayReport::nothingIsTakenForAMark()
{
    QFETCH(const QString, text);
    QTEST(markdown::plain(text), "plain");
    QTEST(markdown::code(text), "code");
}

void TestRelayReport::blocksHoldWhatLooksLikeTheirEnd()
{
    QCOMPARE(markdown::block(QStringLiteral("a"), QStringLiteral("sh")), QStringLiteral("```sh\na\n```\n"));
    QCOMPARE(markdown::block(QStringLiteral("```\n")), QStringLiteral("````\n```\n````\n"));
}

void TestRelayReport::saysWhatWasDone()
{
    RelayReport report = someReport();
    FaultSettings latency;
    latency.name = QStringLiteral("latency_downstream");
    latency.kind = QStringLiteral("latency");
    latency.attributes = { { QStringLiteral("latency"), 300 } };
    report.faults = { { latency, 1234, true }, { latency, 0, false } };
    report.rules = { { QStringLiteral("search"), QStringLiteral("text ~ \"a|b\""), QStringLiteral("replies"), 5 } };
    report.rulesText = QStringLiteral("[[rule]]\n");
    report.scenarioText = QStringLiteral("at 5s down\n");
    report.scenarioFile = QStringLiteral("bad.scenario");
    report.captureFile = QStringLiteral("run.pcapng");
    RelayTraffic traffic;
    traffic.connections = 1;
    traffic.reset = 1;
    traffic.bytesIn = 1'000;
    traffic.bytesOut = 23;
    ConnectionRecord record;
    record.id = 1;
    record.state = ConnectionState::Reset;
    record.facts.peer = { QHostAddress(QHostAddress::LocalHost), 5000 };
    traffic.listed = { { record, TargetLeg { TargetLeg::State::Open, {}, record.facts.peer, {}, {} } } };
    const QString text = relayReportText(report, traffic);
    for (const char* const line : { "# Relay 127.0.0.1:7000 to 127.0.0.1:7001\n", "| Seed | 7 |\n",
             "| Capture | `run.pcapng` |\n", "```sh\nsockeye-cli relay 127.0.0.1:7000 127.0.0.1:7001 --seed 7\n```\n",
             "| `latency_downstream` | `latency:latency=300` |", "| in force | 1,234 |\n", "| gone again | 0 |\n",
             "| search | `text ~ \"a\\|b\"` | replies | 5 |\n", "```toml\n[[rule]]\n```\n",
             "As in `bad.scenario`:", "```\nat 5s down\n```\n", "| Bytes from clients | 1,000 |\n",
             "| 1 | `127.0.0.1:5000` | `127.0.0.1:5000` | 0 | 0 | reset |\n" }) {
        QVERIFY2(text.contains(QLatin1StringView(line)), qPrintable(QLatin1StringView(line) + u"\nis not in\n" + text));
    }
}

void TestRelayReport::saysNothingOfWhatWasNot()
{
    const QString text = relayReportText(someReport(), {});
    for (const char* const word : { "Rules", "Scenario", "Capture", "First event", "| No. |" }) {
        QVERIFY2(!text.contains(QLatin1StringView(word)), qPrintable(text));
    }
    QVERIFY(text.contains(QStringLiteral("None: everything passed as it came.")));
}

void TestRelayReport::listsManyConnectionsUpToABound()
{
    RelayTraffic traffic;
    traffic.connections = 1'200;
    traffic.listed = QList<RelayTraffic::Conversation>(RelayTraffic::mostListed);
    QVERIFY(relayReportText(someReport(), traffic).contains(QStringLiteral("And 1000 more connection")));
}

void TestRelayReport::saysWhatIsSwitchedOff()
{
    RelayReport report = someReport();
    report.rulesText = QStringLiteral("[[rule]]\n");
    report.scenarioText = QStringLiteral("at 5s down\n");
    report.rules = { { QStringLiteral("search"), {}, QStringLiteral("replies"), 0 } };
    QVERIFY(!relayReportText(report, {}).contains(QStringLiteral("switched off")));
    report.usesRules = false;
    report.usesScenario = false;
    const QString text = relayReportText(report, {});
    QVERIFY2(text.contains(QStringLiteral("## Rules\n\nThey are switched off")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("## Scenario\n\nIt is switched off.")), qPrintable(text));
    report.rules.clear(); // they are wrong
    QVERIFY(!relayReportText(report, {}).contains(QStringLiteral("| Rule |")));
}

void TestRelayReport::saysWhatWentInPlace_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray("") << QStringLiteral("Nothing went in its place.");
    QTest::newRow("text") << QByteArray("a b\n") << QStringLiteral("In its place went 4 bytes: a b\\n");
    QTest::newRow("bytes") << QByteArray("\0\xff", 2) << QStringLiteral("In its place went 2 bytes: 00 ff");
    QTest::newRow("many bytes") << QByteArray(1'000, '\x01')
                                << QString(QStringLiteral("In its place went 1,000 bytes: ")
                                       + QStringLiteral("01 ").repeated(48) + u'…');
    QTest::newRow("a long text, cut within a character")
        << QStringLiteral("沉").repeated(1'000).toUtf8()
        << QString(QStringLiteral("In its place went 3,000 bytes: ") + QStringLiteral("沉").repeated(199) + u'…');
}

void TestRelayReport::saysWhatWentInPlace()
{
    QFETCH(const QByteArray, sent);
    QTEST(sentInPlaceText(sent), "text");
}

} // namespace

SOCKEYE_TEST(TestRelayReport)
#include "tst_relay_report.moc"
