// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_connections.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

class TestManyConnections : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

    static ManyOptions options(const SocketAddress& server, int connections)
    {
        ManyOptions options;
        options.host = server.host.toString();
        options.port = server.port;
        options.connections = connections;
        options.messages = { "one", "two" };
        return options;
    }

    static ManySummary wait(QSignalSpy& finished)
    {
        if (finished.isEmpty() && !finished.wait(30'000)) {
            return {};
        }
        return finished.constFirst().constFirst().value<ManySummary>();
    }

private Q_SLOTS:
    void intact_data()
    {
        QTest::addColumn<int>("connections");
        for (const int connections : { 1, 2, 300 }) {
            QTest::addRow("%d", connections) << connections;
        }
    }

    void intact()
    {
        QFETCH(const int, connections);
        Server server(m_threads, Watched(rawProtocol()).capture);
        ServerOptions echo = testOptions(true);
        echo.service = QStringLiteral("echo");
        QVERIFY(startAndWait(server, echo));
        const Watched watched(rawProtocol());
        ManyConnections many(m_threads, watched.capture);
        QSignalSpy finished(&many, &ManyConnections::finished);
        many.start(options(server.address(), connections));
        const ManySummary summary = wait(finished);
        QCOMPARE(summary.intact, connections);
        QCOMPARE(summary.waiting + summary.changed + summary.tooShort + summary.failed, 0);
        QCOMPARE(summary.bytesIn, connections * 6);
        QCOMPARE(summary.bytesOut, connections * 6);
        QCOMPARE(summary.peer, server.address());
        QVERIFY(!summary.failure);
        for (int id = 1; id <= connections; ++id) { // they close in any order
            QTRY_VERIFY(watched.witness->hasClosed(static_cast<quint32>(id)));
            QCOMPARE(watched.witness->stream(static_cast<quint32>(id), Direction::In), QByteArray("onetwo"));
        }
        QTest::qWait(0);
        QCOMPARE(finished.size(), 1);
    }

    void nothingToSend()
    {
        const PlainListener listener;
        const Watched watched(rawProtocol());
        ManyConnections many(m_threads, watched.capture);
        QSignalSpy finished(&many, &ManyConnections::finished);
        ManyOptions nothing = options(listener.address(), 3);
        nothing.messages.clear();
        many.start(nothing);
        QCOMPARE(wait(finished).intact, 3);
    }

    void cancelAndGo()
    {
        const PlainListener silent;
        const Watched watched(rawProtocol());
        ManyConnections many(m_threads, watched.capture);
        QSignalSpy finished(&many, &ManyConnections::finished);
        QSignalSpy progressed(&many, &ManyConnections::progressed);
        many.cancel(); // nothing is under way
        many.start(options(silent.address(), 4));
        QTRY_VERIFY(
            !progressed.isEmpty() && progressed.constLast().constFirst().value<ManySummary>().bytesOut == 4 * 6);
        QCOMPARE(progressed.constLast().constFirst().value<ManySummary>().waiting, 4);
        many.cancel();
        many.cancel();
        const ManySummary summary = wait(finished);
        QCOMPARE(summary.failed, 4);
        QCOMPARE(summary.waiting, 0);
        QVERIFY(static_cast<bool>(summary.failure));
        {
            ManyConnections gone(m_threads, watched.capture);
            gone.start(options(silent.address(), 4));
        }
    }

    void nobodyThere()
    {
        const Watched watched(rawProtocol());
        ManyConnections many(m_threads, watched.capture);
        QSignalSpy finished(&many, &ManyConnections::finished);
        const RefusingPort taken;
        const SocketAddress address = taken.address();
        many.start(options(address, 1000));
        const ManySummary summary = wait(finished);
        QCOMPARE(summary.failed, 1000);
        QCOMPARE(summary.failure.code, FailureCode::Refused);
        QTRY_COMPARE(watched.witness->errors().size(), 1); // one is enough
    }
};

} // namespace

SOCKEYE_TEST(TestManyConnections)
#include "tst_many_connections.moc"
