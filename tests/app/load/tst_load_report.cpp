// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_export.h"
#include "app/load/load_figures.h"
#include "app/load/load_script.h"
#include "app/load/pace.h"
#include "app/words/latency_text.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sockeye;

namespace {

LoadReport measured(int slices, qint64 latency, int threads = 1)
{
    LoadReport report;
    report.plan.mix = readyMadeRequests({});
    report.threads = threads;
    for (int thread = 0; thread < threads; ++thread) {
        for (int i = 0; i < slices; ++i) {
            LoadSlice slice;
            slice.index = i;
            for (int k = 0; k < 10; ++k) {
                slice.latencies.add(latency);
            }
            report.add(slice);
        }
    }
    return report;
}

void addEnd(LoadReport& report, qint64 processorTime, qint64 runDelay = 0, qint64 notSent = 0)
{
    report.add(LoadEnd { 1'000'000'000, processorTime, runDelay, notSent });
}

class TestLoadReport : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void sequence_data()
    {
        QTest::addColumn<QList<int>>("weights");
        QTest::addColumn<QList<int>>("sequence");
        QTest::newRow("nothing") << QList<int> {} << QList<int> {};
        QTest::newRow("zero") << QList<int> { 0, 0 } << QList<int> {};
        QTest::newRow("one") << QList<int> { 7 } << QList<int> { 0 };
        QTest::newRow("a common factor") << QList<int> { 12, 12 } << QList<int> { 0, 1 };
        QTest::newRow("evenly spread") << QList<int> { 3, 1 } << QList<int> { 0, 0, 1, 0 };
        QTest::newRow("one is left out") << QList<int> { 2, 0, 2 } << QList<int> { 0, 2 };
    }

    void sequence()
    {
        QFETCH(const QList<int>, weights);
        QFETCH(const QList<int>, sequence);
        const std::vector<int> found = LoadScript::sequence({ weights.begin(), weights.end() });
        QCOMPARE(QList<int>(found.begin(), found.end()), sequence);
    }

    void script()
    {
        LoadPlan plan;
        plan.mode = LoadMode::Pipe;
        plan.depth = 5;
        plan.mix = { { QStringLiteral("a"), "aa", {}, 1 }, { QStringLiteral("b"), "b", {}, 2 } };
        const LoadScript script(plan, { "A", "B" });
        QCOMPARE(script.length(), 3);
        QCOMPARE(script.maxBatch(), 5);
        QCOMPARE(script.requests(0, 3).size(), 4);
        QByteArray replies;
        for (int i = 0; i < 3; ++i) {
            replies += script.reply(i);
        }
        QCOMPARE(replies.count('B'), 2);
        // Over the end of the sequence and on.
        QCOMPARE(script.requests(2, 4).toByteArray(),
            script.requests(2, 1).toByteArray() + script.requests(0, 3).toByteArray());
        plan.mix[0].bytes = QByteArray(LoadPlan::maxRequestSize, 'x');
        plan.mix[0].weight = 100;
        plan.mix[1].weight = 1;
        QVERIFY(!LoadScript::fits(plan));
    }

    void readyMade()
    {
        const QList<LoadRequest> requests = readyMadeRequests({ 1, 2, 3 });
        int sums[3] = {};
        for (const LoadRequest& request : requests) {
            QVERIFY(!request.golden.isEmpty());
            sums[request.name.startsWith(u"search") ? 0 : request.name == u"anything else" ? 1 : 2] += request.weight;
        }
        QCOMPARE(sums[0], LoadPlan::weightUnit);
        QCOMPARE(sums[1], 2 * LoadPlan::weightUnit);
        QCOMPARE(sums[2], 3 * LoadPlan::weightUnit);
        QVERIFY(readyMadeRequests({ 0, 0, 0 }).isEmpty());
    }

    void pace_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("threads");
        QTest::newRow("slow") << 0.5 << 1;
        QTest::newRow("even") << 1000.0 << 1;
        QTest::newRow("no whole nanoseconds") << 30'000.0 << 1;
        QTest::newRow("several threads") << 70'000.0 << 3;
    }

    /// All threads together ask as many requests as the rate says, at different times.
    void pace()
    {
        QFETCH(const double, rate);
        QFETCH(const int, threads);
        constexpr qint64 start = 5'000'000'000;
        constexpr qint64 seconds = 10;
        qint64 all = 0;
        for (int thread = 0; thread < threads; ++thread) {
            const Pace pace(start, rate, threads, thread);
            QCOMPARE(pace.dueBefore(start), 0);
            const qint64 due = pace.dueBefore(start + seconds * 1'000'000'000);
            QVERIFY(pace.intended(due) >= start + seconds * 1'000'000'000);
            QVERIFY(pace.intended(due - 1) < start + seconds * 1'000'000'000);
            all += due;
        }
        QCOMPARE(all, static_cast<qint64>(rate * seconds));
    }

    void timelineIsBounded()
    {
        LoadTimeline timeline;
        constexpr int slices = 10'000;
        for (int i = 0; i < slices; ++i) {
            LoadSlice slice;
            slice.index = i;
            slice.latencies.add(1'000 + i);
            slice.errors[0] = 2;
            timeline.add(slice);
        }
        QVERIFY(timeline.points().size() <= LoadTimeline::maxPoints);
        quint64 requests = 0;
        qint64 errors = 0;
        for (const LoadTimeline::Point& point : timeline.points()) {
            requests += point.latencies.count();
            errors += point.errors;
        }
        QCOMPARE(requests, static_cast<quint64>(slices));
        QCOMPARE(errors, 2 * slices);
        QCOMPARE(timeline.span(), 32 * LoadSlice::length);
        QCOMPARE(timeline.points().front().latencies.count(), 32U);
        QCOMPARE(timeline.seconds(0, slices * LoadSlice::length), 3.2);
        QCOMPARE(timeline.seconds(timeline.points().size() - 1, slices * LoadSlice::length), 1.6);
    }

    void timelineFarAhead()
    {
        LoadTimeline timeline;
        LoadSlice slice;
        slice.index = 100'000'000; // a stall of four months
        slice.latencies.add(5);
        timeline.add(slice);
        QVERIFY(timeline.points().size() <= LoadTimeline::maxPoints);
        QCOMPARE(timeline.points().back().latencies.count(), 1U);
    }

    void figures()
    {
        LoadReport report = measured(10, 200'000, 2);
        QCOMPARE(report.nanoseconds, 1'000'000'000);
        addEnd(report, 300'000'000);
        addEnd(report, 500'000'000);
        QCOMPARE(report.requests(), 200);
        QCOMPARE(report.requestsPerSecond(), 200.0);
        QCOMPARE(report.coresUsed(), 0.8);
        QCOMPARE(report.busiest, 0.5);
        QCOMPARE(report.processorTimePerRequest(), 4e6);
    }

    void limit_data()
    {
        QTest::addColumn<qint64>("processorTime");
        QTest::addColumn<qint64>("runDelay");
        QTest::addColumn<qint64>("notSent");
        QTest::addColumn<qint64>("slip");
        QTest::addColumn<QString>("limit");
        const qint64 second = 1'000'000'000;
        QTest::newRow("idle") << second / 2 << qint64(0) << qint64(0) << qint64(-1) << "none";
        QTest::newRow("busy") << second * 95 / 100 << qint64(0) << qint64(0) << qint64(-1) << "generator";
        QTest::newRow("no core") << second / 2 << second * 45 / 100 << qint64(0) << qint64(-1) << "machine";
        QTest::newRow("on schedule") << second / 2 << qint64(0) << qint64(0) << qint64(50'000) << "none";
        QTest::newRow("late") << second / 2 << qint64(0) << qint64(0) << qint64(5'000'000) << "schedule";
        QTest::newRow("not sent") << second / 2 << qint64(0) << qint64(9) << qint64(50'000) << "connections";
        QTest::newRow("busy and late") << second * 95 / 100 << qint64(0) << qint64(9) << qint64(5'000'000)
                                       << "generator";
    }

    void limit()
    {
        QFETCH(const qint64, processorTime);
        QFETCH(const qint64, runDelay);
        QFETCH(const qint64, notSent);
        QFETCH(const qint64, slip);
        QFETCH(const QString, limit);
        LoadReport report = measured(10, 200'000);
        if (slip >= 0) {
            report.plan.rate = 100;
            report.slips.add(slip);
        }
        addEnd(report, processorTime, runDelay, notSent);
        QCOMPARE(QString(loadLimitName(limitOf(report))), limit);
        QVERIFY(!verdictText(report).isEmpty());
        QVERIFY(!verdictText(report).contains(u'%') || limit == u"generator" || limit == u"machine");
    }

    void noPortsLeft()
    {
        LoadReport report = measured(10, 200'000);
        addEnd(report, 100'000'000);
        QCOMPARE(limitOf(report), LoadLimit::None);
        report.errors[static_cast<std::size_t>(LoadError::NoPorts)] = 1;
        QCOMPARE(limitOf(report), LoadLimit::Resources);
        QVERIFY(verdictText(report).contains(u"no free port"));
    }

    void nothingAnswered()
    {
        LoadReport report;
        addEnd(report, 990'000'000);
        QCOMPARE(limitOf(report), LoadLimit::Nothing);
        QCOMPARE(report.requestsPerSecond(), 0.0);
        QCOMPARE(report.processorTimePerRequest(), 0.0);
    }

    void jsonAndBack()
    {
        LoadReport report = measured(10, 200'000);
        report.plan.mode = LoadMode::Pipe;
        report.plan.depth = 8;
        report.errors[static_cast<std::size_t>(LoadError::WrongReply)] = 3;
        report.firstWrong = examined({ 0, "sent", "right", "rigid" }, rawProtocol().get());
        addEnd(report, 100'000'000);
        const QByteArray line = loadJson(report);
        QVERIFY(line.endsWith("}\n"));
        QCOMPARE(line.count('\n'), 1);
        QJsonParseError error;
        const QJsonObject object = QJsonDocument::fromJson(line, &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(object[u"mode"].toString(), QStringLiteral("pipe"));
        QCOMPARE(object[u"depth"].toInt(), 8);
        QCOMPARE(object[u"requests"].toInt(), 100);
        QCOMPARE(object[u"errors"].toInt(), 3);
        QCOMPARE(object[u"errors_by_kind"][u"wrong-reply"].toInt(), 3);
        QCOMPARE(object[u"seconds"].toDouble(), 1.0);
        QCOMPARE(object[u"requests_per_s"].toDouble(), 100.0);
        QCOMPARE(object[u"wrong_offset"].toInt(), 3);
        QCOMPARE(object[u"timeline"].toArray().size(), 10);
        for (const char16_t* key : { u"p50", u"p90", u"p99", u"p999", u"p9999", u"max" }) {
            QCOMPARE(object[u"latency_us"][QStringView(key)].toDouble(), 200.0);
        }
        const auto read = figuresFromJson(line);
        QVERIFY(read.has_value());
        QCOMPARE(read->requestsPerSecond, 100.0);
        QCOMPARE(read->p99, 200.0);
        QCOMPARE(read->mode, QStringLiteral("pipe"));
        QCOMPARE(read->limit, QStringLiteral("none"));
    }

    /// Slices of several threads add up, also in what only TLS or UDP has.
    void otherTransports()
    {
        LoadReport report;
        report.plan.tls.on = true;
        report.tls =
            TlsFacts { QStringLiteral("TLSv1.3"), QStringLiteral("TLS_X"), {}, {}, QStringLiteral("ok"), false, {} };
        for (const int resumed : { 0, 3 }) {
            LoadSlice slice;
            slice.handshakes = std::make_unique<LoadHandshakes>();
            for (int i = 0; i < 5; ++i) {
                slice.handshakes->add(1'000'000, i < resumed);
            }
            slice.datagrams = { 4, 3, 2, 1 };
            report.add(slice);
        }
        QCOMPARE(report.handshakes.count(), 10);
        QVERIFY(transportText(report).contains(u"10, of them resumed: 3; half of them within 1.00 ms"));
        const QJsonObject tls = QJsonDocument::fromJson(loadJson(report)).object();
        QCOMPARE(tls[u"transport"].toString(), QStringLiteral("tls"));
        QCOMPARE(tls[u"tls"][u"handshakes"].toInt(), 10);
        QCOMPARE(tls[u"tls"][u"resumed"].toInt(), 3);
        QVERIFY(!tls.contains(u"lost"));
        report.plan.tls.on = false;
        report.plan.transport = Transport::Udp;
        QVERIFY(!transportText(report).contains(u"Outstanding"));
        LoadEnd end;
        end.outstanding = 7;
        report.add(end);
        report.add(end);
        QVERIFY2(transportText(report).endsWith(u"Outstanding when it ended, neither answered nor lost: 14."),
            qPrintable(transportText(report)));
        const QJsonObject udp = QJsonDocument::fromJson(loadJson(report)).object();
        const std::pair<QLatin1StringView, int> wanted[] { { QLatin1StringView("lost"), 8 },
            { QLatin1StringView("late"), 6 }, { QLatin1StringView("duplicate"), 4 },
            { QLatin1StringView("foreign"), 2 }, { QLatin1StringView("outstanding"), 14 } };
        for (const auto& [key, number] : wanted) {
            QCOMPARE(udp[key].toInt(), number);
        }
        QVERIFY(!udp.contains(u"tls"));
        const auto read = figuresFromJson(loadJson(report));
        QVERIFY(read.has_value());
        QCOMPARE(read->transport, QStringLiteral("udp"));
        QCOMPARE(read->lost, 8);
    }

    void jsonThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("requests");
        QTest::newRow("a number") << QByteArray("5");
        QTest::newRow("something else") << QByteArray("{\"event\":\"closed\"}");
        QTest::newRow("cut") << QByteArray("{\"mode\":\"keep\",\"connections\":1,");
    }

    void jsonThatIsNone()
    {
        QFETCH(const QByteArray, json);
        QVERIFY(!figuresFromJson(json).has_value());
    }

    void csv()
    {
        LoadReport report = measured(3, 200'000);
        report.add(LoadEnd { 250'000'000, 0, 0, 0 });
        const QList<QByteArray> lines = loadCsv(report).split('\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].startsWith("seconds,requests,"));
        QCOMPARE(lines[2], QByteArray("0.100,10,0,100.0,200.0,200.0,200.0\r"));
        QCOMPARE(lines[3], QByteArray("0.200,10,0,200.0,200.0,200.0,200.0\r")); // half of it only
    }

    void comparison()
    {
        const LoadFigures before = figuresOf(measured(10, 200'000));
        LoadReport faster = measured(10, 100'000);
        const auto lines = compared(before, figuresOf(faster));
        const auto p99 = std::find_if(lines.begin(), lines.end(),
            [](const ComparedFigure& line) { return line.name == QLatin1StringView("p99"); });
        QVERIFY(p99 != lines.end());
        QCOMPARE(p99->before, QStringLiteral("200 µs"));
        QCOMPARE(p99->after, QStringLiteral("100 µs"));
        QCOMPARE(p99->change, QStringLiteral("−50.0 %"));
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("0") << qint64(0) << "0 ns";
        QTest::newRow("ns") << qint64(999) << "999 ns";
        QTest::newRow("µs") << qint64(1'000) << "1.00 µs";
        QTest::newRow("tens of µs") << qint64(12'345) << "12.3 µs";
        QTest::newRow("hundreds of µs") << qint64(999'400) << "999 µs";
        QTest::newRow("rounds up") << qint64(999'600) << "1.00 ms";
        QTest::newRow("ms") << qint64(45'678'900) << "45.7 ms";
        QTest::newRow("s") << qint64(1'204'000'000) << "1.20 s";
    }

    void durations()
    {
        QFETCH(const qint64, nanoseconds);
        QFETCH(const QString, text);
        QCOMPARE(latencyText(nanoseconds), text);
    }

    void marks()
    {
        QCOMPARE(latencyMarkText(500), QStringLiteral("500 ns"));
        QCOMPARE(latencyMarkText(1'000), QStringLiteral("1 µs"));
        QCOMPARE(latencyMarkText(20'000), QStringLiteral("20 µs"));
        QCOMPARE(latencyMarkText(10'000'000), QStringLiteral("10 ms"));
        QCOMPARE(latencyMarkText(100'000'000'000), QStringLiteral("100 s"));
    }

    void problems_data()
    {
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<qint64>("requests");
        QTest::addColumn<bool>("good");
        QTest::newRow("good") << 16 << 16 << 1000 << qint64(0) << true;
        QTest::newRow("requests") << 16 << 16 << 0 << qint64(5) << true;
        QTest::newRow("no end") << 16 << 16 << 0 << qint64(0) << false;
        QTest::newRow("no connections") << 0 << 16 << 1000 << qint64(0) << false;
        QTest::newRow("too many") << 10'001 << 1 << 1000 << qint64(0) << false;
        QTest::newRow("too deep") << 1 << 1'025 << 1000 << qint64(0) << false;
        QTest::newRow("too much outstanding") << 10'000 << 101 << 1000 << qint64(0) << false;
    }

    void problems()
    {
        QFETCH(const int, connections);
        QFETCH(const int, depth);
        QFETCH(const int, milliseconds);
        QFETCH(const qint64, requests);
        QFETCH(const bool, good);
        LoadPlan plan;
        plan.mode = LoadMode::Pipe;
        plan.connections = connections;
        plan.depth = depth;
        plan.duration = std::chrono::milliseconds(milliseconds);
        plan.requests = requests;
        plan.mix = readyMadeRequests({});
        QCOMPARE(plan.problem().isEmpty(), good);
    }
};

} // namespace

SOCKEYE_TEST(TestLoadReport)
#include "tst_load_report.moc"
