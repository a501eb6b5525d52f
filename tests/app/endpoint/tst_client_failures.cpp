// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/app/endpoint/client_help.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// A client against addresses where nobody is, names that lead nowhere, and listeners that misbehave.
class TestClientFailures : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void refused()
    {
        const RefusingPort taken;
        const SocketAddress nobody = taken.address();
        const Watched watched;
        Client client(m_threads, watched.capture);
        const Exchange done = exchange(client, optionsFor(nobody), planOf("x"));
        QCOMPARE(done.failure.code, FailureCode::Refused);
        QCOMPARE(done.connection, 0U);
        QCOMPARE(done.connected, -1);
        QVERIFY(done.failure.what.contains(QString::number(nobody.port)));
        QCOMPARE(client.state(), Client::State::Disconnected);
        QTRY_COMPARE(watched.witness->errors().size(), 1);
        QCOMPARE(watched.witness->errors().constFirst().code, QStringLiteral("refused"));
    }

    void refusedByEachAddressOfAName()
    {
        const RefusingPort taken;
        const SocketAddress nobody = taken.address();
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(nobody);
        options.host = QStringLiteral("localhost");
        const Exchange done = exchange(client, options, planOf("x"));
        QCOMPARE(done.failure.code, FailureCode::Refused);
        QVERIFY2(done.failure.what.contains(u"127.0.0.1"), qPrintable(done.failure.what));
    }

    void namesLeadToTheAddressThatAnswers()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(false)));
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(server.address());
        options.host = QStringLiteral("localhost"); // perhaps ::1 first, where nobody listens
        const Exchange done = exchange(client, options, planOf(vectors().constFirst().request));
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.peer, server.address());
    }

    void nameNotFound()
    {
        Client client(m_threads, nullptr);
        ClientOptions options;
        options.host = QStringLiteral("no-such-host.invalid");
        options.connectTimeout = 20s;
        const Exchange done = exchange(client, options, planOf("x"));
        QCOMPARE(done.failure.code, FailureCode::NameNotFound);
        QVERIFY(done.failure.what.contains(options.host));
    }

    void misbehaving_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("then");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        const QByteArray reply = vectors().constFirst().reply;
        QTest::newRow("says nothing") << QByteArray() << QStringLiteral("wait") << QStringLiteral("no-reply")
                                      << QString();
        QTest::newRow("says half of it") << reply.chopped(10) << QStringLiteral("wait") << QStringLiteral("no-reply")
                                         << QString();
        QTest::newRow("closes at once") << QByteArray() << QStringLiteral("close") << QStringLiteral("closed-early")
                                        << QString();
        QTest::newRow("closes in the middle") << reply.chopped(10) << QStringLiteral("close")
                                              << QStringLiteral("closed-early") << QStringLiteral("bytes into a");
        QTest::newRow(can().tellsReset ? "resets" : "resets, which looks like an end of stream")
            << QByteArray() << QStringLiteral("reset")
            << (can().tellsReset ? QStringLiteral("reset") : QStringLiteral("closed-early")) << QString();
        QTest::newRow("talks nonsense") << QByteArray(2, '\0') << QStringLiteral("wait")
                                        << QStringLiteral("bad-message") << QString();
    }
    void misbehaving()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, then);
        QFETCH(const QString, code);
        QFETCH(const QString, text);
        const PlainListener listener;
        const Watched watched;
        Client client(m_threads, watched.capture);
        ClientOptions options = optionsFor(listener.address(), true);
        options.replyTimeout = then == u"wait" ? 150ms : 10'000ms; // only where nothing else ends it
        QSignalSpy finished(&client, &Client::exchangeFinished);
        const ExchangeVector& vector = vectors().constFirst();
        client.send(options, planOf(vector.request));
        Peer peer = listener.accept();
        QCOMPARE(peer.read(vector.request.size()), vector.request);
        peer.send(answer);
        if (then == u"close") {
            peer.finish();
        } else if (then == u"reset") {
            peer.reset();
        }
        QVERIFY(finished.wait());
        const auto done = finished.constFirst().constFirst().value<Exchange>();
        QCOMPARE(QString(codeName(done.failure.code)), code);
        QVERIFY2(done.failure.oneLine().contains(text), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, answer);
        QTRY_COMPARE(watched.witness->errors().size(), 1);
        QCOMPARE(watched.witness->stream(1, Direction::In), answer);
    }

    void timesOutConnecting()
    {
        // A queue of one that nobody empties: further attempts get no answer.
        const int full = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        QCOMPARE(::bind(full, reinterpret_cast<const sockaddr*>(&address), size), 0);
        QCOMPARE(::listen(full, 0), 0);
        QCOMPARE(::getsockname(full, reinterpret_cast<sockaddr*>(&address), &size), 0);
        const SocketAddress target { QHostAddress(QHostAddress::LocalHost), ntohs(address.sin_port) };
        const Peer first(target);
        QVERIFY(first.isConnected());
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(target);
        options.connectTimeout = 150ms;
        const Exchange done = exchange(client, options, planOf("x"));
        QCOMPARE(done.failure.code, FailureCode::TimedOut);
        ::close(full);
    }

    void serverThatRefusesEarlyIsHeard_data()
    {
        addAbilityRow(can().halfClose, "its answer counts", "no half-close: its answer may be lost with the rest");
    }
    void serverThatRefusesEarlyIsHeard()
    {
        QFETCH(const bool, able);
        // It answers and closes before it has read all that we send: its answer counts.
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        client.send(optionsFor(listener.address()), planOf(QByteArray(20'000'000, 'x')));
        Peer peer = listener.accept();
        (void)peer.read(1000);
        peer.send(vectors().constFirst().reply);
        peer.finish();
        (void)peer.read(1'000'000);
        peer.close(); // with much unread: a reset
        QVERIFY(finished.wait());
        const auto done = finished.constFirst().constFirst().value<Exchange>();
        if (!able && !done.ok()) {
            return;
        }
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, vectors().constFirst().reply);
    }

    void connectOnlyFails()
    {
        const RefusingPort taken;
        const SocketAddress nobody = taken.address();
        Client client(m_threads, nullptr);
        QSignalSpy failed(&client, &Client::failed);
        client.connectOnly(optionsFor(nobody));
        QVERIFY(failed.wait());
        QCOMPARE(failed.constFirst().constFirst().value<Failure>().code, FailureCode::Refused);
    }
};

} // namespace

SOCKEYE_TEST(TestClientFailures)
#include "tst_client_failures.moc"
