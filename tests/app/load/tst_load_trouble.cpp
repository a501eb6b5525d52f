// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/load/load_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QSemaphore>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

class TestLoadTrouble : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void notAsTheProtocolSays_data()
    {
        QTest::addColumn<bool>("learn");
        QTest::newRow("checked") << false;
        QTest::newRow("learned") << true;
    }

    /// A catalogue of its own: an error, unless what it says is to count.
    void notAsTheProtocolSays()
    {
        QFETCH(const bool, learn);
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(false);
        options.serviceOptions.catalog = std::make_shared<const Catalog>(
            QList<Catalog::Entry> { { QStringLiteral("morpheus"), QStringLiteral("Take the blue pill.") } });
        QVERIFY(startAndWait(server, options));
        LoadPlan plan = planFor(server.address(), LoadMode::Fresh);
        plan.learn = learn;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(!run.report().failure, learn);
        QCOMPARE(run.report().requests(), learn ? 100 : 0);
        QCOMPARE(errorsOf(run.report(), LoadError::WrongReply), learn ? 0 : 1);
        if (!learn) {
            QVERIFY(run.report().firstWrong);
            QVERIFY(run.report().firstWrong->received.contains("blue pill"));
            QVERIFY(run.report().failure.advice.contains(u"--learn"));
        }
    }

    void noRun_data()
    {
        QTest::addColumn<LoadMode>("mode");
        QTest::addColumn<QString>("what");
        QTest::addColumn<FailureCode>("code");
        QTest::newRow("closes at once") << LoadMode::Fresh << "close" << FailureCode::ClosedEarly;
        QTest::newRow("half a reply") << LoadMode::Keep << "half" << FailureCode::ClosedEarly;
        QTest::newRow(can().tellsReset ? "resets" : "resets, which looks like an end of stream")
            << LoadMode::Keep << "reset" << (can().tellsReset ? FailureCode::Reset : FailureCode::ClosedEarly);
        QTest::newRow("never answers") << LoadMode::Keep << "silence" << FailureCode::NoReply;
        QTest::newRow("garbage") << LoadMode::Fresh << "garbage" << FailureCode::BadMessage;
        QTest::newRow("two replies") << LoadMode::Fresh << "two" << FailureCode::BadMessage;
        QTest::newRow("one exchange, but asked to keep") << LoadMode::Keep << "one" << FailureCode::ClosedEarly;
        QTest::newRow("nobody there") << LoadMode::Fresh << "nobody" << FailureCode::Refused;
    }

    /// What is wrong from the beginning ends the run before it begins.
    void noRun()
    {
        QFETCH(const LoadMode, mode);
        QFETCH(const QString, what);
        QFETCH(const FailureCode, code);
        const OddServer server([&](Peer& peer, int) {
            const QByteArray reply = rightReply(peer.readMessage());
            if (what == u"half") {
                peer.send(reply.first(reply.size() / 2));
            } else if (what == u"reset") {
                peer.reset();
            } else if (what == u"silence") {
                static_cast<void>(peer.read(1));
            } else if (what == u"garbage") {
                peer.send(QByteArray("\0\2[]", 4));
            } else if (what == u"two") {
                peer.send(QByteArray(reply + reply));
            } else if (what == u"one") {
                peer.send(reply);
            }
        });
        LoadPlan plan = planFor(server.address(), mode);
        plan.timeout = what == u"silence" ? 100ms : 10'000ms;
        const RefusingPort taken;
        if (what == u"nobody") {
            plan.port = taken.address().port;
        }
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(run.report().failure.code, code);
        QVERIFY(!run.report().failure.what.isEmpty());
        QCOMPARE(run.report().errorCount(), 1);
        QCOMPARE(run.report().requests(), 0);
        QCOMPARE(run.report().firstWrong.has_value(), code == FailureCode::BadMessage);
    }

    void goesWrong_data()
    {
        QTest::addColumn<LoadMode>("mode");
        QTest::addColumn<QString>("what");
        QTest::addColumn<LoadError>("error");
        for (const LoadMode mode : { LoadMode::Fresh, LoadMode::Keep }) {
            const auto row = [mode](const char* name) -> QTestData& {
                return QTest::addRow("%s, %s", loadModeName(mode).data(), name);
            };
            row("another reply") << mode << "wrong" << LoadError::WrongReply;
            row("garbage without end") << mode << "flood" << LoadError::WrongReply;
            row("half a reply") << mode << "half" << LoadError::ClosedEarly;
            row("closes") << mode << "close" << LoadError::ClosedEarly;
            row(can().tellsReset ? "resets" : "resets, which looks like an end of stream")
                << mode << "reset" << (can().tellsReset ? LoadError::Reset : LoadError::ClosedEarly);
            row("never answers") << mode << "silence" << LoadError::TimedOut;
        }
    }

    /// One connection of many misbehaves, the others do not.
    void goesWrong()
    {
        QFETCH(const LoadMode, mode);
        QFETCH(const QString, what);
        QFETCH(const LoadError, error);
        OddServer server([&](Peer& peer, int number) {
            if (number != 4) {
                answerRight(peer, mode == LoadMode::Fresh ? 1 : number == 3 ? 7 : 1'000'000);
                return;
            }
            QByteArray reply = rightReply(peer.readMessage());
            if (what == u"wrong") {
                reply[reply.size() - 4] = '#';
                peer.send(reply);
                static_cast<void>(peer.readToEnd());
            } else if (what == u"flood") {
                static_cast<void>(peer.sendUntilStuck(QByteArray(100'000, 'x'), 1'000));
            } else if (what == u"half") {
                peer.send(reply.first(reply.size() / 2));
            } else if (what == u"reset") {
                peer.reset();
            } else if (what == u"silence") {
                static_cast<void>(peer.read(1));
            }
        });
        LoadPlan plan = planFor(server.address(), mode);
        plan.timeout = what == u"silence" ? 300ms : 10'000ms;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        const LoadReport& report = run.report();
        QVERIFY2(!report.failure, qPrintable(report.failure.oneLine()));
        QVERIFY(errorsOf(report, error) >= 1);
        QCOMPARE(report.requests() + report.errorCount(), 100);
        QVERIFY(report.requests() >= 90);
        QCOMPARE(report.firstWrong.has_value(), error == LoadError::WrongReply);
        if (what == u"wrong") {
            QVERIFY(!report.firstWrong->sent.isEmpty());
            QCOMPARE(report.firstWrong->difference, report.firstWrong->expected.size() - 4);
            QCOMPARE(report.firstWrong->received.size(), report.firstWrong->expected.size());
            QCOMPARE(report.firstWrong->received.at(report.firstWrong->difference), '#');
        }
    }

    /// A wrong reply takes those behind it with it, and nothing is counted twice.
    void wrongAmongMany()
    {
        OddServer server([](Peer& peer, int number) {
            if (number == 3) { // after one for each request of the mix
                answerRight(peer, 5);
                peer.send("nonsense");
            }
            answerRight(peer);
        });
        LoadPlan plan = planFor(server.address(), LoadMode::Pipe);
        plan.depth = 10;
        LoadRun run;
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(errorsOf(run.report(), LoadError::WrongReply), 1);
        // Those that were outstanding: nine, or fewer where right replies came together with the wrong one.
        const qint64 abandoned = errorsOf(run.report(), LoadError::Abandoned);
        QVERIFY2(abandoned >= 4 && abandoned <= 9, qPrintable(QString::number(abandoned)));
        QCOMPARE(run.report().requests() + run.report().errorCount(), 100);
    }

    void serverGoesAway_data()
    {
        QTest::addColumn<LoadMode>("mode");
        QTest::addColumn<double>("rate");
        QTest::newRow("fresh") << LoadMode::Fresh << 0.0;
        QTest::newRow("keep") << LoadMode::Keep << 0.0;
        QTest::newRow("fresh, at a rate") << LoadMode::Fresh << 1'000.0;
        QTest::newRow("keep, at a rate") << LoadMode::Keep << 1'000.0;
    }

    /// A run of so many requests ends all the same.
    void serverGoesAway()
    {
        QFETCH(const LoadMode, mode);
        QFETCH(const double, rate);
        constexpr int looking = 3; // connections, one for each request of the mix
        OddServer server(
            [mode](Peer& peer, int number) {
                if (number < looking && mode == LoadMode::Keep) {
                    answerRight(peer);
                } else {
                    answerRight(peer, mode == LoadMode::Keep ? 7 : 1);
                }
            },
            mode == LoadMode::Keep ? looking + 1 : looking + 7);
        LoadRun run;
        LoadPlan plan = planFor(server.address(), mode);
        plan.requests = 20;
        plan.rate = rate;
        QVERIFY(runToEnd(run, plan));
        QVERIFY(!run.report().failure);
        QCOMPARE(run.report().requests(), 7);
        QCOMPARE(run.report().requests() + run.report().errorCount(), 20);
        QVERIFY(errorsOf(run.report(), LoadError::Refused) > 0);
    }

    /// A server that stalls: the time of what was due meanwhile runs from then, not from when it could be sent at last.
    void stallIsNotOmitted()
    {
        QSemaphore stalls;
        int answered = 0;
        OddServer server([&](Peer& peer, int number) {
            if (number < 3) { // one for each request of the mix
                answerRight(peer);
                return;
            }
            for (;;) {
                const QByteArray reply = rightReply(peer.readMessage());
                if (reply.isEmpty()) {
                    return;
                }
                if (++answered == 20) {
                    stalls.acquire();
                }
                peer.send(reply);
            }
        });
        LoadPlan plan = planFor(server.address(), LoadMode::Keep);
        plan.requests = 100;
        plan.rate = 100;
        LoadRun run;
        connect(&run, &LoadRun::progressed, this, [&] {
            if (run.report().nanoseconds >= 600'000'000) {
                stalls.release();
            }
        });
        QVERIFY(runToEnd(run, plan));
        QCOMPARE(run.report().requests(), 100);
        // Due every 10 ms, stalled from the 20th, at 0.2 s, until 0.5 s at the earliest: that one waited for 0.3 s, the
        // next for 0.29 s, … A closed loop would know of one.
        quint64 late = 0;
        run.report().latencies.forEach([&](qint64 low, qint64, quint64 times) {
            if (low >= 100'000'000) {
                late += times;
            }
        });
        QVERIFY2(late >= 15, qPrintable(QString::number(late)));
        QVERIFY(run.report().latencies.max() >= 250'000'000);
    }
};

} // namespace

SOCKEYE_TEST(TestLoadTrouble)
#include "tst_load_trouble.moc"
