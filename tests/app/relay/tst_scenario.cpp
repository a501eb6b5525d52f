// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Scenarios: their lines, their times without a clock, and what they do to a relay.

#include "app/relay/faults/fault_kinds.h"
#include "app/relay/scenario/scenario_player.h"
#include "protocol/protocols/app/app_protocol.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

Scenario scenarioOf(const QString& text)
{
    const auto read = readScenario(text, Transport::Tcp, appProtocol());
    if (!read) {
        qFatal("%s", qPrintable(read.error().sentence()));
    }
    return *read;
}

/// "500 +1 2500 -1 …": what happens until then, at which millisecond, by line.
QString courseOf(const Scenario& scenario, ScenarioTime until, ScenarioTime step)
{
    QStringList all;
    ScenarioCourse course(scenario);
    for (ScenarioTime now { 0 }; now <= until; now += step) {
        while (const auto turn = course.take(now)) {
            all.append(QStringLiteral("%1 %2%3").arg(QString::number(now.count()),
                turn->ends ? QStringLiteral("-") : QStringLiteral("+"), QString::number(scenario[turn->step].line)));
        }
    }
    return all.join(u' ');
}

} // namespace

class TestScenario : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void linesAreRead();
    void valuesInQuotesAreOneWord();
    void mistakesHaveTheirPlace_data();
    void mistakesHaveTheirPlace();
    void hugeOnesAreRefused();
    void theCourseOfTime_data();
    void theCourseOfTime();
    void faultsComeAndGo();
    void aRelayIsPlayedUpon();
    void itBeginsAnewWithTheRelay();
    void whatCannotBeIsTold();
};

void TestScenario::linesAreRead()
{
    const Scenario scenario =
        scenarioOf(QStringLiteral("# a bad afternoon\r\n\n"
                                  "at 5s latency:latency=300,stream=both   # slow\n"
                                  "  AT 1.5m Remove latency\n"
                                  "every 10s down for 2s\n"
                                  "at 200ms drop:where=\"size > 3 and json.value != \"#a b\"\",name=gone # \"x\"\n"
                                  "at 1h remove gone"));
    QCOMPARE(scenario.size(), std::size_t(5));
    QCOMPARE(scenario[0].line, 3);
    QCOMPARE(scenario[0].text, QStringLiteral("at 5s latency:latency=300,stream=both"));
    QCOMPARE(scenario[0].at, ScenarioTime(5s));
    QCOMPARE(scenario[0].fault.kind, QStringLiteral("latency"));
    QCOMPARE(scenario[0].fault.name, QStringLiteral("latency_line_3"));
    QCOMPARE(scenario[0].fault.stream, FaultStream::Both);
    QCOMPARE(scenario[0].lasts, ScenarioTime(0));
    QVERIFY(scenario[1].removes);
    QCOMPARE(scenario[1].at, ScenarioTime(90s));
    QCOMPARE(scenario[1].name, QStringLiteral("latency"));
    QCOMPARE(scenario[2].every, ScenarioTime(10s));
    QCOMPARE(scenario[2].at, ScenarioTime(10s));
    QCOMPARE(scenario[2].lasts, ScenarioTime(2s));
    QCOMPARE(scenario[3].at, ScenarioTime(200ms));
    QCOMPARE(scenario[3].fault.where, QStringLiteral("size > 3 and json.value != \"#a b\""));
    QCOMPARE(scenario[3].fault.name, QStringLiteral("gone"));
    QCOMPARE(scenario[4].at, ScenarioTime(1h));
    QVERIFY(scenarioOf(QString()).empty());
}

void TestScenario::mistakesHaveTheirPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char* name, const char* text, int line, int column, const char* suggestion) {
        QTest::newRow(name) << QString::fromLatin1(text) << line << column << QString::fromLatin1(suggestion);
    };
    row("no word", "\n  in 5s down", 2, 3, "");
    row("a word like every", "evry 5s down for 1s", 1, 1, "every");
    row("no time", "at", 1, 3, "");
    row("no unit", "at 5 down", 1, 4, "5s");
    row("another unit", "at 5days down", 1, 4, "");
    row("less than nothing", "at -5s down", 1, 4, "");
    row("too long", "at 200h down", 1, 4, "");
    row("no number", "at nans down", 1, 4, "");
    row("no fault", "at 5s", 1, 6, "");
    row("a fault like another", "at 5s latancy:latency=300", 1, 7, "latency");
    row("a key that it has not", "at 5s latency:late=300", 1, 7, "");
    row("a number that cannot be", "at 5s latency:latency=-1", 1, 7, "");
    row("of datagrams", "at 5s loss:rate=0.5", 1, 7, "");
    row("remove nothing", "at 5s remove", 1, 13, "");
    row("remove what nobody knows", "at 5s remove latancy", 1, 14, "latency");
    row("remove by a later name", "at 5s remove x\nat 6s down:name=x", 1, 14, "");
    row("more behind remove", "at 5s remove latency down", 1, 22, "");
    row("more behind the fault", "at 5s down fro 2s", 1, 12, "for");
    row("for without a time", "at 5s down for", 1, 15, "");
    row("for no time", "at 5s down for 0s", 1, 16, "");
    row("every without an end", "every 5s down", 1, 14, "for 1s");
    row("every without a pause", "every 5s down for 5s", 1, 19, "");
    row("every moment", "every 1ms down for 1ms", 1, 7, "");
    row("a filter that is none", "at 5s drop:where=\"size >\"", 1, 7, "");
    row("a quote without end", "at 5s drop:where=\"size > 3 for 2s", 1, 7, "");
}

void TestScenario::mistakesHaveTheirPlace()
{
    QFETCH(const QString, text);
    QFETCH(const int, line);
    QFETCH(const int, column);
    QFETCH(const QString, suggestion);
    const auto read = readScenario(text, Transport::Tcp, appProtocol());
    QVERIFY(!read);
    QVERIFY(!read.error().text.isEmpty());
    QVERIFY2(read.error().line == line && read.error().column == column, qPrintable(read.error().sentence()));
    QCOMPARE(read.error().suggestion, suggestion);
}

void TestScenario::hugeOnesAreRefused()
{
    QVERIFY(!readScenario(QString(longestScenario + 1, u'\n'), Transport::Tcp, appProtocol()));
    QVERIFY(readScenario(QString(longestScenario, u'\n'), Transport::Tcp, appProtocol()));
    const auto many = readScenario(QStringLiteral("at 1s down\n").repeated(1001), Transport::Tcp, appProtocol());
    QVERIFY(!many);
    QCOMPARE(many.error().line, 1001);
    QVERIFY(!readScenario(QString(longestScenario, u'"'), Transport::Tcp, appProtocol()));
}

void TestScenario::theCourseOfTime_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("step"); // ms between two looks
    QTest::addColumn<QString>("course");
    QTest::newRow("once") << QStringLiteral("at 500ms down") << qint64(100) << QStringLiteral("500 +1");
    QTest::newRow("out of order") << QStringLiteral("at 2s down\nat 1s latency") << qint64(100)
                                  << QStringLiteral("1000 +2 2000 +1");
    QTest::newRow("together") << QStringLiteral("at 1s down\nat 1s remove down") << qint64(100)
                              << QStringLiteral("1000 +1 1000 +2");
    QTest::newRow("for a while") << QStringLiteral("at 1s down for 500ms") << qint64(100)
                                 << QStringLiteral("1000 +1 1500 -1");
    QTest::newRow("one ends as another comes") << QStringLiteral("at 1s down for 1s\nat 2s latency") << qint64(100)
                                               << QStringLiteral("1000 +1 2000 -1 2000 +2");
    QTest::newRow("again and again") << QStringLiteral("every 1s down for 200ms") << qint64(100)
                                     << QStringLiteral("1000 +1 1200 -1 2000 +1 2200 -1 3000 +1 3200 -1");
    QTest::newRow("at once") << QStringLiteral("at 0s down") << qint64(100) << QStringLiteral("0 +1");
    // Somebody was busy: what was missed comes once, late, and then as it was meant.
    QTest::newRow("looked at seldom") << QStringLiteral("every 1s down for 200ms") << qint64(1700)
                                      << QStringLiteral("1700 +1 3400 -1 3400 +1");
}

void TestScenario::theCourseOfTime()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, step);
    QFETCH(const QString, course);
    QCOMPARE(courseOf(scenarioOf(text), 3500ms, ScenarioTime(step)), course);
}

void TestScenario::faultsComeAndGo()
{
    const Scenario scenario = scenarioOf(QStringLiteral("at 1s latency:latency=300\nat 2s latency:latency=1,name=x\n"
                                                        "at 3s remove latency\nat 4s remove x"));
    FaultSettings first;
    first.name = QStringLiteral("slicer_downstream");
    first.kind = QStringLiteral("slicer");
    FaultList faults = afterTurn({ first }, scenario[0], false);
    QCOMPARE(faults.size(), 2);
    faults = afterTurn(faults, scenario[0], false); // again: not twice
    QCOMPARE(faults.size(), 2);
    faults = afterTurn(faults, scenario[1], false);
    QCOMPARE(faults.size(), 3);
    QCOMPARE(afterTurn(faults, scenario[3], false).size(), 2); // by its name
    QCOMPARE(afterTurn(faults, scenario[2], false), FaultList { first }); // all of the kind
    QCOMPARE(afterTurn(faults, scenario[0], true).size(), 2); // it ends
}

void TestScenario::valuesInQuotesAreOneWord()
{
    const Scenario scenario = scenarioOf(QStringLiteral(R"(at 5s set:path=json.a,value="one, \"two\" three" for 2s)"));
    QCOMPARE(scenario.size(), std::size_t(1));
    QCOMPARE(scenario[0].fault.attributes.value(u"value").toString(), QStringLiteral(R"(one, "two" three)"));
    QCOMPARE(scenario[0].lasts, ScenarioTime(2s));
}

void TestScenario::aRelayIsPlayedUpon()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    const SocketAddress address = setting.relay.address();
    ScenarioPlayer player(setting.relay,
        scenarioOf(QStringLiteral("at 0s latency:latency=1\nat 1ms down for 20ms\nat 1s remove latency")));
    QSignalSpy turns(&player, &ScenarioPlayer::turned);
    QTRY_COMPARE(turns.size(), 3); // and is up again
    QCOMPARE(setting.relay.faults().size(), 1);
    QCOMPARE(setting.relay.faults().front().name, QStringLiteral("latency_line_1"));
    bool isConnected = false;
    QVERIFY(aside([&] { isConnected = Peer(address).isConnected(); }));
    QVERIFY(isConnected);
    QTRY_COMPARE(turns.size(), 4);
    QVERIFY(setting.relay.faults().isEmpty());
    QVERIFY(!player.due());
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    const QList<Seen> notes = setting.watched.witness->of(EventKind::Note, 0);
    QCOMPARE(std::ranges::count_if(
                 notes, [](const Seen& note) { return note.text.startsWith(QStringLiteral("Scenario, line ")); }),
        4);
}

void TestScenario::itBeginsAnewWithTheRelay()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    ScenarioPlayer player(setting.relay, scenarioOf(QStringLiteral("at 0s slicer\nat 1h down")));
    QSignalSpy turns(&player, &ScenarioPlayer::turned);
    QTRY_COMPARE(turns.size(), 1);
    QCOMPARE(player.due(), ScenarioTime(1h));
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    QVERIFY(!player.due());
    QVERIFY(startAndWait(setting.relay, relayTo(setting.target.address())));
    QTRY_COMPARE(turns.size(), 2);
    QCOMPARE(setting.relay.faults().size(), 1);
}

void TestScenario::whatCannotBeIsTold()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    // Meant for datagrams.
    ScenarioPlayer player(
        setting.relay, *readScenario(QStringLiteral("at 0s loss:rate=0.5"), Transport::Udp, appProtocol()));
    QSignalSpy turns(&player, &ScenarioPlayer::turned);
    QTRY_COMPARE(turns.size(), 1);
    QVERIFY(!turns.front().back().toString().isEmpty());
    QVERIFY(setting.relay.faults().isEmpty());
}

SOCKEYE_TEST(TestScenario)
#include "tst_scenario.moc"
