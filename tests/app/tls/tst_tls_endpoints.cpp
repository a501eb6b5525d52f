// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"
#include "app/endpoint/many_connections.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/tls/test_certificates.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

namespace {

SendPlan planOf(const QByteArray& bytes)
{
    SendPlan plan;
    plan.bytes = bytes;
    return plan;
}

/// Servers and clients of ours over TLS, on real sockets.
class TestTlsEndpoints : public TestCase {
    Q_OBJECT

    ServerOptions serverOptions(bool persistent = true)
    {
        ServerOptions options = testOptions(persistent);
        options.tls.certificate = TlsServerOptions::Certificate::Own;
        options.tls.certificateFile = m_certificateFile;
        return options;
    }
    ClientOptions clientOptions(const Server& server)
    {
        ClientOptions options;
        options.port = server.address().port;
        options.persistent = true;
        options.tls.on = true;
        options.tls.authorityFile = m_certificateFile;
        return options;
    }

private Q_SLOTS:
    void initTestCase();
    void manyExchangesOnOneConnection();
    void floodAgainstStall();
    void silentPeerIsNoHandshake();
    void plainBytesAreKept();
    void neverReadyIsTold();
    void cancelDuringTheHandshake();
    void otherOptionsAreAnotherConnection();
    void aBadFileIsAFailure();
    void filesThatWereWrittenAnewAreReadAgain();
    void aRunningServerReadsItsFilesAgain();
    void restart();
    void savedAndOpenedAgain();
    void manyConnections();

private:
    QTemporaryDir m_folder;
    QString m_certificateFile;
    IoThreads m_threads { 2 };
};

void TestTlsEndpoints::initTestCase()
{
    m_certificateFile = writePem(m_folder, QStringLiteral("server.pem"), makeCertificate({}));
}

void TestTlsEndpoints::manyExchangesOnOneConnection()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    QVERIFY(startAndWait(server, serverOptions()));
    QVERIFY(server.certificate());
    QCOMPARE(server.certificate()->subject, QStringLiteral("CN = localhost"));
    const Watched clientSeen;
    Client client(m_threads, clientSeen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    for (const ExchangeVector& vector : vectors()) {
        SendPlan plan;
        plan.bytes = vector.request;
        plan.chunks = { 1, 5, 4000 };
        client.send(clientOptions(server), plan);
    }
    QTRY_COMPARE(finished.size(), vectors().size());
    for (qsizetype i = 0; i < vectors().size(); ++i) {
        const auto exchange = finished[i][0].value<Exchange>();
        QVERIFY2(exchange.ok(), qPrintable(exchange.failure.oneLine()));
        QCOMPARE(exchange.reply, vectors()[i].reply);
        QCOMPARE(exchange.connection, 1U);
    }
    client.disconnectFromServer();
    QTRY_VERIFY(seen.witness->hasClosed(1));
    QCOMPARE(seen.witness->errors().size(), 0);
    QVERIFY(seen.witness->of(EventKind::Opened, 1).constFirst().facts.tls);
    QCOMPARE(seen.witness->of(EventKind::Note, 1).size(), 1);
    QCOMPARE(seen.witness->of(EventKind::Note, 1).constFirst().code, QString(tlsCode));
    seen.capture->waitUntilIdle();
    clientSeen.capture->waitUntilIdle();
    QCOMPARE(seen.witness->stream(1, Direction::In), clientSeen.witness->stream(1, Direction::Out));
    QCOMPARE(seen.witness->stream(1, Direction::Out), clientSeen.witness->stream(1, Direction::In));
}

/// Writes that find no room keep their order, and nothing is buffered without bound.
void TestTlsEndpoints::floodAgainstStall()
{
    const Watched seen(rawProtocol());
    Server server(m_threads, seen.capture);
    ServerOptions options = serverOptions();
    options.service = QStringLiteral("echo");
    QVERIFY(startAndWait(server, options));
    const Watched clientSeen(rawProtocol());
    Client client(m_threads, clientSeen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    ClientOptions asking = clientOptions(server);
    asking.protocol = rawProtocol();
    asking.replyTimeout = std::chrono::milliseconds(0);
    client.connectOnly(asking);
    QTRY_VERIFY(!seen.witness->of(EventKind::Note, 1).isEmpty());
    server.setStalled(1, true);
    SendPlan plan;
    plan.bytes = QByteArray(16 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < plan.bytes.size(); ++i) {
        plan.bytes[i] = static_cast<char>((i * 31 + i / 251) & 0xFF);
    }
    client.send(asking, plan);
    qsizetype before = -1;
    const auto isStuck = [&] {
        clientSeen.capture->waitUntilIdle();
        const qsizetype now = clientSeen.witness->stream(1, Direction::Out).size();
        return std::exchange(before, now) == now && now > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isStuck(), 20'000);
    QVERIFY(before < plan.bytes.size());
    server.setStalled(1, false);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    const auto exchange = finished[0][0].value<Exchange>();
    QVERIFY2(exchange.ok(), qPrintable(exchange.failure.oneLine()));
    QVERIFY(exchange.reply == plan.bytes);
}

void TestTlsEndpoints::silentPeerIsNoHandshake()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    ServerOptions options = serverOptions();
    options.idleTimeout = std::chrono::milliseconds(150);
    options.service = QStringLiteral("stall"); // which would keep a connection for ever
    QVERIFY(startAndWait(server, options));
    Peer peer(server.address());
    peer.send(QByteArray::fromHex("1603010200"));
    QCOMPARE(peer.readToEnd(), QByteArray());
    QCOMPARE(peer.end(), Peer::End::EndOfStream);
    QTRY_VERIFY(seen.witness->hasClosed(1));
    QCOMPARE(seen.witness->errors().constFirst().code, QStringLiteral("idle"));
    QVERIFY(seen.witness->errors().constFirst().text.contains(u"TLS handshake"));
}

void TestTlsEndpoints::plainBytesAreKept()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    QVERIFY(startAndWait(server, serverOptions()));
    Peer peer(server.address());
    peer.send(vectors().constFirst().request);
    QCOMPARE(peer.readToEnd(), QByteArray::fromHex("15030100020246")); // an alert: protocol version
    QTRY_VERIFY(seen.witness->hasClosed(1));
    QCOMPARE(seen.witness->errors().constFirst().code, QStringLiteral("tls-not-spoken"));
    QCOMPARE(seen.witness->stream(1, Direction::In), vectors().constFirst().request);
}

void TestTlsEndpoints::neverReadyIsTold()
{
    const PlainListener listener;
    const Watched seen;
    Client client(m_threads, seen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    QSignalSpy failed(&client, &Client::failed);
    ClientOptions options;
    options.port = listener.address().port;
    options.tls.on = true;
    options.connectTimeout = std::chrono::milliseconds(150);
    client.send(options, planOf("x"));
    const Peer peer = listener.accept();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].value<Exchange>().failure.code, FailureCode::TlsSilent);
    client.connectOnly(options);
    const Peer second = listener.accept();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Failure>().code, FailureCode::TlsSilent);
}

void TestTlsEndpoints::cancelDuringTheHandshake()
{
    const PlainListener listener;
    const Watched seen;
    Client client(m_threads, seen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    ClientOptions options;
    options.port = listener.address().port;
    options.tls.on = true;
    client.send(options, planOf("x"));
    Peer peer = listener.accept();
    QVERIFY(!peer.read(5).isEmpty()); // it has said hello
    client.cancel();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].value<Exchange>().ok());
    (void)peer.readToEnd();
    QCOMPARE(peer.end(), Peer::End::EndOfStream);
    peer.close();
    QTRY_VERIFY(seen.witness->hasClosed(1));
}

void TestTlsEndpoints::otherOptionsAreAnotherConnection()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    QVERIFY(startAndWait(server, serverOptions()));
    const Watched clientSeen;
    Client client(m_threads, clientSeen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    ClientOptions options = clientOptions(server);
    SendPlan plan;
    plan.bytes = vectors().constFirst().request;
    client.send(options, plan);
    client.send(options, plan);
    options.tls.authorityFile.clear();
    client.send(options, plan);
    options.tls.acceptAnything = true;
    client.send(options, plan);
    QTRY_COMPARE(finished.size(), 4);
    QVERIFY(finished[0][0].value<Exchange>().ok());
    QVERIFY(finished[1][0].value<Exchange>().reused);
    QCOMPARE(finished[2][0].value<Exchange>().failure.code, FailureCode::CertificateSelfSigned);
    QVERIFY(finished[3][0].value<Exchange>().ok());
    QVERIFY(!finished[3][0].value<Exchange>().reused);
}

void TestTlsEndpoints::aBadFileIsAFailure()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    ServerOptions options = serverOptions();
    options.tls.certificateFile = m_folder.filePath(QStringLiteral("nowhere.pem"));
    server.start(options);
    QTRY_COMPARE(server.state(), Server::State::Failed);
    QCOMPARE(server.failure().code, FailureCode::TlsSetup);
    QVERIFY(server.failure().what.contains(u"nowhere.pem"));
    Client client(m_threads, seen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    ClientOptions asking;
    asking.tls.on = true;
    asking.tls.authorityFile = m_folder.path(); // no file at all
    client.send(asking, planOf("x"));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].value<Exchange>().failure.code, FailureCode::TlsSetup);
}

/// A client that goes on with the same options, and a file that another program has replaced meanwhile.
void TestTlsEndpoints::filesThatWereWrittenAnewAreReadAgain()
{
    const QString authorities = m_folder.filePath(QStringLiteral("replaced.pem"));
    Client client(m_threads, nullptr);
    for (const QString& name : { QStringLiteral("first.pem"), QStringLiteral("second.pem") }) {
        const QString certificate = writePem(m_folder, name, makeCertificate({}));
        QFile::remove(authorities);
        QVERIFY(QFile::copy(certificate, authorities));
        Server server(m_threads, nullptr);
        ServerOptions options = serverOptions();
        options.tls.certificateFile = certificate;
        QVERIFY(startAndWait(server, options));
        ClientOptions asking = clientOptions(server);
        asking.tls.authorityFile = authorities;
        QSignalSpy finished(&client, &Client::exchangeFinished);
        client.send(asking, planOf(vectors().constFirst().request));
        QTRY_COMPARE(finished.size(), 1);
        const auto exchange = finished.constFirst().constFirst().value<Exchange>();
        QVERIFY2(exchange.ok(), qPrintable(exchange.failure.oneLine()));
    }
}

/// First with half of what is new, the certificate without its key; then whole.
void TestTlsEndpoints::aRunningServerReadsItsFilesAgain()
{
    const QString used = m_folder.filePath(QStringLiteral("used.pem"));
    const auto use = [&used](const QString& file) {
        QFile::remove(used);
        QVERIFY(QFile::copy(file, used));
    };
    const QString first = writePem(m_folder, QStringLiteral("used-first.pem"), makeCertificate({}));
    const QString second =
        writePem(m_folder, QStringLiteral("used-second.pem"), makeCertificate({ .subject = "the-second-one" }));
    use(first);
    const Watched seen;
    Server server(m_threads, seen.capture);
    QSignalSpy changed(&server, &Server::certificateChanged);
    ServerOptions options = serverOptions();
    options.tls.certificateFile = used;
    QVERIFY(startAndWait(server, options));
    const QString fingerprint = server.certificate()->fingerprint;
    // A client after the other, until there is a note: the files are looked at now and then.
    const auto notes = [&] {
        seen.capture->waitUntilIdle();
        auto all = seen.witness->of(EventKind::Note, 0);
        all.removeIf([](const auto& note) { return !note.text.contains(u"certificate's files"); });
        return all;
    };
    const auto isTrusted = [&](const QString& authorities) {
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        ClientOptions asking = clientOptions(server);
        asking.tls.authorityFile = authorities;
        client.send(asking, planOf(vectors().constFirst().request));
        return finished.wait() && finished.constFirst().constFirst().value<Exchange>().ok();
    };
    QVERIFY(isTrusted(first));
    QCOMPARE(notes().size(), 0);

    use(first);
    {
        QFile file(used);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(file.size() / 2));
    }
    QTRY_VERIFY(isTrusted(first) && !notes().isEmpty());
    QCOMPARE(notes().size(), 1);
    QVERIFY(notes().constLast().text.contains(u"cannot be used"));
    QCOMPARE(server.certificate()->fingerprint, fingerprint);
    QCOMPARE(changed.size(), 0);

    use(second);
    QTRY_VERIFY(isTrusted(second));
    QTRY_COMPARE(notes().size(), 2);
    QVERIFY(notes().constLast().text.contains(u"the-second-one"));
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(server.certificate()->fingerprint != fingerprint);
    QVERIFY(!isTrusted(first));
}

void TestTlsEndpoints::restart()
{
    const Watched seen;
    Server server(m_threads, seen.capture);
    ServerOptions options = testOptions(true);
    options.tls.certificate = TlsServerOptions::Certificate::SelfSigned;
    QVERIFY(startAndWait(server, options));
    const QString first = server.certificate()->fingerprint;
    server.stop();
    QTRY_COMPARE(server.state(), Server::State::Stopped);
    QVERIFY(!server.certificate());
    QVERIFY(startAndWait(server, options));
    QVERIFY(server.certificate()->fingerprint != first);
    server.stop();
    QTRY_COMPARE(server.state(), Server::State::Stopped);
    QVERIFY(startAndWait(server, testOptions(true)));
    QVERIFY(!server.certificate());
}

void TestTlsEndpoints::savedAndOpenedAgain()
{
    CaptureOptions keeping;
    keeping.file = m_folder.filePath(QStringLiteral("kept.pcapng"));
    const std::shared_ptr<Capture> capture = Capture::create(keeping);
    Server server(m_threads, capture);
    QVERIFY(startAndWait(server, serverOptions()));
    const Watched clientSeen;
    Client client(m_threads, clientSeen.capture);
    QSignalSpy finished(&client, &Client::exchangeFinished);
    ClientOptions options = clientOptions(server);
    options.host = QStringLiteral("localhost");
    options.persistent = false;
    client.send(options, planOf(vectors().constFirst().request));
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(capture->connection(1) && capture->connection(1)->closedAt != 0);
    const std::shared_ptr<Capture> opened = Capture::open(keeping.file);
    QTRY_VERIFY(opened->progress() >= 1);
    for (const auto& each : { capture, opened }) {
        const std::optional<ConnectionRecord> record = each->connection(1);
        QVERIFY(record);
        QVERIFY(record->facts.tls);
        QVERIFY(record->tls);
        QCOMPARE(record->tls->serverName, QStringLiteral("localhost"));
        QVERIFY(record->tls->ours);
        QCOMPARE(record->tls->chain.size(), 1);
        // An engine with limits begins with a note of them.
        const int first = defaultEngine().limits().isEmpty() ? 0 : 1;
        QCOMPARE(each->message(first).kind, RecordKind::Note);
        QVERIFY(each->text(each->message(first).text).startsWith(u"TLSv1.3"));
        QCOMPARE(each->fault(each->message(first).text).code, QString(tlsCode));
        QCOMPARE(each->messageCount(), first + 3);
    }
    QCOMPARE(*opened->connection(1)->tls, *capture->connection(1)->tls);
}

void TestTlsEndpoints::manyConnections()
{
    const Watched seen(rawProtocol());
    Server server(m_threads, seen.capture);
    ServerOptions options = serverOptions();
    options.service = QStringLiteral("echo");
    QVERIFY(startAndWait(server, options));
    const Watched clientSeen(rawProtocol());
    ManyConnections many(m_threads, clientSeen.capture);
    QSignalSpy finished(&many, &ManyConnections::finished);
    ManyOptions asking;
    asking.port = server.address().port;
    asking.tls.on = true;
    asking.tls.authorityFile = m_certificateFile;
    asking.connections = 50;
    asking.messages = { "one", QByteArray(100'000, 'x'), "three" };
    many.start(asking);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    const auto summary = finished[0][0].value<ManySummary>();
    QVERIFY2(!summary.failure, qPrintable(summary.failure.oneLine()));
    QCOMPARE(summary.intact, 50);
}

} // namespace

SOCKEYE_TEST(TestTlsEndpoints)
#include "tst_tls_endpoints.moc"
