// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QTest>

#include <future>

using namespace sockeye;

class TestRelay : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void everyGoldenExchangePasses_data() { addEngineRows(); }
    void everyGoldenExchangePasses();
    void muchPassesIntactBothWaysAtOnce();
    void aHalfClosedPeerIsAnswered();
    void aResetGoesThrough_data();
    void aResetGoesThrough();
    void theEndOfStreamGoesThrough_data();
    void theEndOfStreamGoesThrough();
    void aTargetThatRefusesResetsTheClient();
    void aTargetWithoutAddressEndsTheClient();
    void aTargetThatDoesNotReadHoldsTheClientBack();
    void manyClientsAtOnce();
    void oneConversationIsRecorded();
    void whatIsOnItsWayArrivesBeforeTheEnd();
    void aUserEndsAConversation_data();
    void aUserEndsAConversation();
    void oneClientTooManyIsTurnedAway();
};

void TestRelay::everyGoldenExchangePasses()
{
    const PlainListener target;
    const Watched watched;
    IoThreads threads(2);
    Relay relay(threads, watched.capture);
    RelayOptions options = relayTo(target.address());
    options.engine = &engineOfRow();
    QVERIFY(startAndWait(relay, options));
    for (const ExchangeVector& vector : vectors()) {
        QByteArray came;
        QByteArray back;
        QVERIFY(aside([&] {
            Peer client(relay.address());
            Peer server = target.accept();
            client.send(vector.request);
            came = server.read(vector.request.size());
            server.send(vector.reply);
            back = client.read(vector.reply.size());
            server.close();
            (void)client.readToEnd();
        }));
        QCOMPARE(came, vector.request);
        QCOMPARE(back, vector.reply);
    }
    QVERIFY(stopAndWait(relay, watched));
    quint32 id = 0;
    for (const ExchangeVector& vector : vectors()) {
        QCOMPARE(watched.witness->stream(++id, Direction::In), vector.request);
        QCOMPARE(watched.witness->stream(id, Direction::Out), vector.reply);
    }
}

void TestRelay::muchPassesIntactBothWaysAtOnce()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QVERIFY(passIntact(client, server, 64 * 1024 * 1024));
    client.close();
    server.close();
    QTRY_COMPARE(setting.relay.exchanges(), 1);
}

void TestRelay::aHalfClosedPeerIsAnswered()
{
    if (!can().halfClose) {
        QSKIP("this engine knows no half-closed connections");
    }
    RelaySetting setting;
    QVERIFY(setting.isUp);
    QByteArray question;
    QByteArray answer;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        client.send("who");
        client.finish();
        question = server.readToEnd(); // only its end says that it is whole
        server.send("me");
        server.close();
        answer = client.readToEnd();
    }));
    QCOMPARE(question, "who");
    QCOMPARE(answer, "me");
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    const QList<Seen> closed = setting.watched.witness->of(EventKind::Closed, 1);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.front().closeKind, CloseKind::Orderly);
}

void TestRelay::aResetGoesThrough_data()
{
    QTest::addColumn<bool>("byClient");
    QTest::newRow("of the client") << true;
    QTest::newRow("of the target") << false;
}

void TestRelay::aResetGoesThrough()
{
    if (!can().sendsReset || !can().tellsReset) {
        QSKIP("this engine knows no resets");
    }
    QFETCH(const bool, byClient);
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    Peer& one = byClient ? client : server;
    Peer& other = byClient ? server : client;
    QVERIFY(aside([&] {
        one.send("some");
        (void)other.read(4);
        one.reset();
        (void)other.readToEnd();
    }));
    QCOMPARE(other.end(), Peer::End::Reset);
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    const QList<Seen> closed = setting.watched.witness->of(EventKind::Closed, 1);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.front().closeKind, CloseKind::ResetByPeer);
    QCOMPARE(setting.watched.witness->errors().size(), 1);
    QVERIFY(setting.watched.witness->errors().front().text.contains(byClient ? u"client" : u"target"));
}

void TestRelay::theEndOfStreamGoesThrough_data()
{
    QTest::addColumn<bool>("byClient");
    QTest::newRow("of the client") << true;
    QTest::newRow("of the target") << false;
}

/// Each direction by itself: what the other one still says arrives.
void TestRelay::theEndOfStreamGoesThrough()
{
    if (!can().halfClose) {
        QSKIP("this engine knows no half-closed connections");
    }
    QFETCH(const bool, byClient);
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    Peer& one = byClient ? client : server;
    Peer& other = byClient ? server : client;
    QByteArray came;
    QVERIFY(aside([&] {
        one.finish();
        (void)other.readToEnd();
        other.send("still here");
        came = one.read(10);
        other.finish();
        (void)one.readToEnd();
    }));
    QCOMPARE(other.end(), Peer::End::EndOfStream);
    QCOMPARE(came, "still here");
    QCOMPARE(one.end(), Peer::End::EndOfStream);
    QTRY_COMPARE(setting.relay.exchanges(), 1);
}

void TestRelay::aTargetThatRefusesResetsTheClient()
{
    if (!can().sendsReset) {
        QSKIP("this engine knows no resets");
    }
    const RefusingPort nobody;
    const Watched watched;
    IoThreads threads(2);
    Relay relay(threads, watched.capture);
    QVERIFY(startAndWait(relay, relayTo(nobody.address())));
    Peer client(relay.address());
    if (client.isConnected()) { // else the reset came before connecting was done
        QVERIFY(aside([&] { (void)client.readToEnd(); }));
        QCOMPARE(client.end(), Peer::End::Reset);
    }
    QTRY_VERIFY(relay.target(1) && relay.target(1)->state == TargetLeg::State::Failed);
    QCOMPARE(relay.target(1)->failure.code, FailureCode::Refused);
    QVERIFY(stopAndWait(relay, watched));
    QCOMPARE(watched.witness->errors().size(), 1);
    QCOMPARE(watched.witness->errors().front().code, codeName(FailureCode::Refused));
    QVERIFY(watched.witness->hasClosed(1));
}

void TestRelay::aTargetWithoutAddressEndsTheClient()
{
    const Watched watched;
    IoThreads threads(2);
    Relay relay(threads, watched.capture);
    RelayOptions options;
    options.targetHost = QStringLiteral("no-such-host.invalid");
    QVERIFY(startAndWait(relay, options));
    Peer client(relay.address());
    QVERIFY(aside([&] {
        (void)client.readToEnd();
        client.close();
    }));
    QTRY_COMPARE(relay.exchanges(), 1);
    QVERIFY(stopAndWait(relay, watched));
    QCOMPARE(watched.witness->errors().size(), 1);
    QCOMPARE(watched.witness->errors().front().code, codeName(FailureCode::NameNotFound));
}

/// What the relay holds for it is bounded: beyond that nothing more is taken.
void TestRelay::aTargetThatDoesNotReadHoldsTheClientBack()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    const QByteArray megabyte(1024 * 1024, 'x');
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    server.setReceiveBuffer(64 * 1024);
    constexpr int most = 256;
    qint64 sent = 0;
    QVERIFY(aside([&] { sent = client.sendUntilStuck(megabyte, most); }));
    QVERIFY2(sent < most * megabyte.size() / 4, qPrintable(QString::number(sent)));
    QByteArray came;
    QVERIFY(aside([&] {
        client.finish();
        came = server.readToEnd();
    }));
    QCOMPARE(came.size(), sent);
    QCOMPARE(came.count('x'), sent);
}

void TestRelay::manyClientsAtOnce()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    constexpr int many = 500;
    const auto wordOf = [](int i) { return QByteArray("client " + QByteArray::number(i).rightJustified(4, '0')); };
    std::vector<Peer> clients;
    std::vector<Peer> servers;
    QVERIFY(aside([&] {
        for (int i = 0; i < many; ++i) {
            clients.emplace_back(setting.relay.address());
            clients.back().send(wordOf(i));
        }
        for (int i = 0; i < many; ++i) {
            servers.push_back(setting.target.accept());
        }
        for (Peer& server : servers) { // they come in any order
            server.send(server.read(11));
        }
    }));
    int right = 0;
    QVERIFY(aside([&] {
        for (int i = 0; i < many; ++i) {
            right += clients[static_cast<std::size_t>(i)].read(11) == wordOf(i) ? 1 : 0;
        }
        for (Peer& client : clients) {
            client.close();
        }
        for (Peer& server : servers) {
            server.close();
        }
    }));
    QCOMPARE(right, many);
    QTRY_COMPARE_WITH_TIMEOUT(setting.relay.exchanges(), many, 60'000);
}

void TestRelay::oneConversationIsRecorded()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        client.send("question");
        (void)server.read(8);
        server.send("answer");
        (void)client.read(6);
        server.close();
        (void)client.readToEnd();
        client.close();
    }));
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    const Witness& witness = *setting.watched.witness;
    QCOMPARE(witness.of(EventKind::Opened, 1).size(), 1);
    QVERIFY(!witness.of(EventKind::Opened, 1).front().facts.weConnected);
    QCOMPARE(witness.stream(1, Direction::In), "question");
    QCOMPARE(witness.stream(1, Direction::Out), "answer");
    QCOMPARE(witness.of(EventKind::Closed, 1).size(), 1);
    QVERIFY(witness.of(EventKind::Opened, 2).isEmpty());
    const auto target = setting.relay.target(1);
    QVERIFY(target);
    QCOMPARE(target->state, TargetLeg::State::Closed);
    QCOMPARE(target->peer, setting.target.address());
    QVERIFY(target->local.port != 0);
    QVERIFY(!setting.relay.target(2));
}

void TestRelay::whatIsOnItsWayArrivesBeforeTheEnd()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QVERIFY(aside([&] {
        client.send("before the end");
        (void)server.read(1);
    }));
    setting.relay.stop();
    QByteArray rest;
    QVERIFY(aside([&] {
        rest = server.readToEnd();
        (void)client.readToEnd();
    }));
    QCOMPARE(rest, "efore the end");
    QCOMPARE(client.end(), Peer::End::EndOfStream);
    QTRY_COMPARE(setting.relay.state(), Relay::State::Stopped);
}

void TestRelay::aUserEndsAConversation_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("orderly") << false;
    QTest::newRow("with a reset") << true;
}

void TestRelay::aUserEndsAConversation()
{
    QFETCH(const bool, reset);
    if (reset && !can().sendsReset) {
        QSKIP("this engine knows no resets");
    }
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QTRY_VERIFY(setting.relay.target(1) && setting.relay.target(1)->state == TargetLeg::State::Open);
    reset ? setting.relay.resetConnection(1) : setting.relay.closeConnection(1);
    QVERIFY(aside([&] {
        (void)client.readToEnd();
        (void)server.readToEnd();
        client.close();
        server.close();
    }));
    const Peer::End wanted = reset ? Peer::End::Reset : Peer::End::EndOfStream;
    QCOMPARE(client.end(), wanted);
    QCOMPARE(server.end(), wanted);
    QTRY_COMPARE(setting.relay.exchanges(), 1);
}

void TestRelay::oneClientTooManyIsTurnedAway()
{
    const PlainListener target;
    const Watched watched;
    IoThreads threads(1);
    Relay relay(threads, watched.capture);
    RelayOptions options = relayTo(target.address());
    options.maxConnections = 1;
    QVERIFY(startAndWait(relay, options));
    Peer first(relay.address());
    Peer server = target.accept();
    Peer second(relay.address());
    QVERIFY(aside([&] { (void)second.readToEnd(); }));
    second.close();
    QVERIFY(aside([&] {
        first.send("still");
        (void)server.read(5);
    }));
    QVERIFY(stopAndWait(relay, watched));
    QCOMPARE(watched.witness->errors().size(), 1);
    QCOMPARE(watched.witness->errors().front().code, codeName(FailureCode::TooManyConnections));
}

SOCKEYE_TEST(TestRelay)
#include "tst_relay.moc"
