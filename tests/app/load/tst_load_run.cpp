// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"

#include "tests/app/load/load_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

class TestLoadRun : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void ourServer_data()
    {
        QTest::addColumn<LoadMode>("mode");
        QTest::addColumn<bool>("persistent");
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("threads");
        QTest::newRow("fresh, 1") << LoadMode::Fresh << false << 1 << 1 << 1;
        QTest::newRow("fresh, 16") << LoadMode::Fresh << false << 16 << 1 << 2;
        QTest::newRow("fresh, the server keeps the connection") << LoadMode::Fresh << true << 4 << 1 << 1;
        QTest::newRow("keep, 1") << LoadMode::Keep << true << 1 << 1 << 1;
        QTest::newRow("keep, 300") << LoadMode::Keep << true << 300 << 1 << 1;
        QTest::newRow("pipe, 1 × 7") << LoadMode::Pipe << true << 1 << 7 << 1;
        QTest::newRow("pipe, 5 × 64") << LoadMode::Pipe << true << 5 << 64 << 3;
    }

    void ourServer()
    {
        QFETCH(const LoadMode, mode);
        QFETCH(const bool, persistent);
        QFETCH(const int, connections);
        QFETCH(const int, depth);
        QFETCH(const int, threads);
        constexpr int requests = 2'003;
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(persistent)));
        LoadPlan plan = planFor(server.address(), mode, connections);
        plan.depth = depth;
        plan.threads = threads;
        plan.requests = requests;
        plan.mix = readyMadeRequests({ 3, 2, 1 });
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        const LoadReport& report = run.report();
        QVERIFY2(!report.failure, qPrintable(report.failure.oneLine()));
        QCOMPARE(report.errorCount(), 0);
        QCOMPARE(report.requests(), requests);
        QCOMPARE(server.exchanges(), requests + plan.mix.size());
        QCOMPARE(report.peer, server.address());
        QCOMPARE(report.threadsEnded, report.threads);
        quint64 inTimeline = 0;
        for (const LoadTimeline::Point& point : report.timeline.points()) {
            inTimeline += point.latencies.count();
        }
        QCOMPARE(inTimeline, static_cast<quint64>(requests));
        QVERIFY(report.bytesOut > requests * 100);
        QVERIFY(report.bytesIn > requests * 100);
        QVERIFY(report.nanoseconds > 0);
        QVERIFY(report.latencies.min() > 0);
        QVERIFY(report.latencies.percentile(0.5) <= report.latencies.percentile(0.99));
        QVERIFY(!report.firstWrong);
    }

    void forSomeTime()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        LoadPlan plan = planFor(server.address(), LoadMode::Keep, 4);
        plan.requests = 0;
        plan.duration = 250ms;
        plan.warmUp = 50ms;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QVERIFY(run.report().nanoseconds >= 250'000'000);
        QVERIFY(run.report().requests() > 0);
        QCOMPARE(run.report().errorCount(), 0);
        QVERIFY(server.exchanges() > run.report().requests()); // what came before the measurement
    }

    void fewerRequestsThanThreads()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        LoadPlan plan = planFor(server.address(), LoadMode::Keep, 8);
        plan.threads = 4;
        plan.requests = 2;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(run.report().requests(), 2);
    }

    void plainServices_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<ProtocolPtr>("replies");
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("echo") << "echo" << rawProtocol() << QByteArray("anything at all");
        QTest::newRow("uppercase, a line") << "uppercase" << linesProtocol()
                                           << QByteArray("gr\xc3\xb6\xc3\x9f"
                                                         "e\n");
    }

    void plainServices()
    {
        QFETCH(const QString, service);
        QFETCH(const ProtocolPtr, replies);
        QFETCH(const QByteArray, request);
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(true);
        options.service = service;
        QVERIFY(startAndWait(server, options));
        LoadPlan plan = planFor(server.address(), LoadMode::Pipe, 2);
        plan.depth = 4;
        plan.replies = replies;
        plan.mix = { { QStringLiteral("hand-made"), request, {}, 1 } };
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QVERIFY2(!run.report().failure, qPrintable(run.report().failure.oneLine()));
        QCOMPARE(run.report().requests(), 100);
        QCOMPARE(run.report().errorCount(), 0);
    }

    /// More outstanding than the kernel takes at once: writing waits for reading.
    void largeRequests()
    {
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(true);
        options.service = QStringLiteral("echo");
        QVERIFY(startAndWait(server, options));
        LoadPlan plan = planFor(server.address(), LoadMode::Pipe, 2);
        plan.depth = 16;
        plan.replies = rawProtocol();
        plan.mix = { { QStringLiteral("large"), QByteArray(1'000'000, 'x') + "end", {}, 1 } };
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(run.report().requests(), 100);
        QCOMPARE(run.report().errorCount(), 0);
        QCOMPARE(run.report().bytesIn, 100 * 1'000'003);
    }

    void openLoop_data()
    {
        QTest::addColumn<LoadMode>("mode");
        QTest::addColumn<int>("threads");
        QTest::newRow("fresh") << LoadMode::Fresh << 1;
        QTest::newRow("keep") << LoadMode::Keep << 1;
        QTest::newRow("keep, two threads") << LoadMode::Keep << 2;
        QTest::newRow("pipe") << LoadMode::Pipe << 1;
    }

    /// Everything that was due was asked or is told of.
    void openLoop()
    {
        QFETCH(const LoadMode, mode);
        QFETCH(const int, threads);
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(mode != LoadMode::Fresh)));
        LoadPlan plan = planFor(server.address(), mode, 4);
        plan.requests = 0;
        plan.duration = 500ms;
        plan.rate = 1'000;
        plan.threads = threads;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(run.report().errorCount(), 0);
        const qint64 due = run.report().requests() + run.report().notSent;
        QVERIFY2(due > 480 && due <= 500, qPrintable(QString::number(due)));
        QCOMPARE(static_cast<qint64>(run.report().slips.count()), run.report().requests());
    }

    void stopped_data()
    {
        QTest::addColumn<bool>("waitForReplies");
        QTest::newRow("at once") << false;
        QTest::newRow("while it runs") << true;
    }

    void stopped()
    {
        QFETCH(const bool, waitForReplies);
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        LoadPlan plan = planFor(server.address(), LoadMode::Keep, 10);
        plan.requests = 0;
        plan.duration = 1h;
        LoadRun run;
        QSignalSpy finished(&run, &LoadRun::finished);
        run.start(plan);
        if (waitForReplies) {
            QTRY_VERIFY(run.report().requests() > 0);
        }
        run.stop();
        QVERIFY(!finished.isEmpty() || finished.wait(patience));
        QVERIFY(run.report().stopped);
        QCOMPARE(run.report().requests() > 0, waitForReplies);
        QCOMPARE(run.report().errorCount(), 0);
        run.stop();
        QTest::qWait(0);
        QCOMPARE(finished.size(), 1);
    }

    void deletedWhileItRuns()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        LoadPlan plan = planFor(server.address(), LoadMode::Keep, 200);
        plan.requests = 0;
        plan.duration = 1h;
        {
            LoadRun run;
            run.start(plan);
        }
        {
            LoadRun run;
            run.start(plan);
            QTRY_VERIFY(run.report().requests() > 0);
        }
    }
};

} // namespace

SOCKEYE_TEST(TestLoadRun)
#include "tst_load_run.moc"
