// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/tls/test_certificates.h"
#include "tests/app/tls/tls_pair.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

namespace {

QByteArray someBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// TLS as pure logic: two sessions with memory between them.
class TestTlsSession : public TestCase {
    Q_OBJECT

    std::shared_ptr<const TlsContext> serverWith(const TestCertificate& certificate)
    {
        TlsServerOptions options;
        options.certificate = TlsServerOptions::Certificate::Own;
        options.certificateFile = writePem(m_folder, QStringLiteral("server.pem"), certificate);
        return TlsContext::forServer(options, {}).value();
    }
    std::shared_ptr<const TlsContext> goodServer() { return serverWith(makeCertificate({}, &m_authority)); }
    std::shared_ptr<const TlsContext> clientThat(bool trusts, bool acceptsAnything = false)
    {
        TlsClientOptions options;
        options.on = true;
        options.authorityFile = trusts ? m_authorityFile : QString();
        options.acceptAnything = acceptsAnything;
        return TlsContext::forClient(options).value();
    }

private Q_SLOTS:
    void initTestCase();
    void exchange_data();
    void exchange();
    void cutEverywhere_data();
    void cutEverywhere();
    void halfClose();
    void endWithTheLastBytes();
    void endWithoutCloseNotify();
    void changedBytes();
    void notTls_data();
    void notTls();
    void alertAtOnce_data();
    void alertAtOnce();
    void ownGreetingBack();
    void certificates_data();
    void certificates();
    void anyCertificateWhenAsked();
    void nothingInCommon_data();
    void nothingInCommon();
    void facts();
    void refusedByTheClient();
    void resumption();

private:
    QTemporaryDir m_folder;
    TestCertificate m_authority;
    QString m_authorityFile;
};

void TestTlsSession::initTestCase()
{
    CertificateWish wish;
    wish.subject = "Authority";
    wish.names.clear();
    wish.isAuthority = true;
    m_authority = makeCertificate(wish);
    m_authorityFile = writePem(m_folder, QStringLiteral("authority.pem"), m_authority);
}

void TestTlsSession::exchange_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<qsizetype>("piece");
    QTest::addColumn<qsizetype>("capacity");
    constexpr qsizetype any = std::numeric_limits<qsizetype>::max();
    for (const int version : { TLS1_2_VERSION, TLS1_3_VERSION }) {
        const char* const name = version == TLS1_2_VERSION ? "1.2" : "1.3";
        QTest::addRow("%s whole", name) << version << any << any;
        for (const qsizetype piece : { 1, 2, 3, 5, 6, 7, 17, 100, 1000, 16384, 16406 }) {
            QTest::addRow("%s in pieces of %d", name, static_cast<int>(piece)) << version << piece << any;
        }
        QTest::addRow("%s with room for 1000", name) << version << any << qsizetype(1000);
        QTest::addRow("%s with room for 7, in pieces of 3", name) << version << qsizetype(3) << qsizetype(7);
    }
}

void TestTlsSession::exchange()
{
    QFETCH(const int, version);
    QFETCH(const qsizetype, piece);
    QFETCH(const qsizetype, capacity);
    const auto server = goodServer();
    SSL_CTX_set_max_proto_version(server->handle(), version);
    TlsPair pair(server, clientThat(true));
    for (MemoryStream* const stream : { &pair.up, &pair.down }) {
        stream->piece = piece;
        stream->capacity = capacity;
    }
    pair.shakeHands();
    QVERIFY2(pair.client.isReady(), qPrintable(pair.client.failureDetail()));
    QVERIFY(pair.server.isReady());
    QCOMPARE(
        pair.client.facts().version, version == TLS1_2_VERSION ? QStringLiteral("TLSv1.2") : QStringLiteral("TLSv1.3"));
    const QByteArray bytes = someBytes(piece < 10 ? 40'000 : 200'000);
    QVERIFY(pair.toServer(bytes) == bytes);
    QVERIFY(pair.toClient(bytes) == bytes);
    QCOMPARE(pair.toServer("x"), QByteArray("x"));
}

void TestTlsSession::cutEverywhere_data()
{
    QTest::addColumn<bool>("isUp");
    QTest::addRow("from the client") << true;
    QTest::addRow("from the server") << false;
}

void TestTlsSession::cutEverywhere()
{
    QFETCH(const bool, isUp);
    const auto serverContext = goodServer();
    const auto clientContext = clientThat(true);
    qsizetype whole = 0;
    {
        TlsPair pair(serverContext, clientContext);
        pair.client.handshake();
        pair.server.handshake();
        QVERIFY(pair.client.handshake());
        QVERIFY(pair.server.handshake()); // tickets follow, which the client may do without
        whole = (isUp ? pair.up : pair.down).arrived;
    }
    QVERIFY(whole > 300);
    for (qsizetype at = 0; at < whole - 10; ++at) { // signatures differ in length by a few bytes
        TlsPair pair(serverContext, clientContext);
        (isUp ? pair.up : pair.down).cutAfter = at;
        pair.shakeHands();
        const TlsSession& reader = isUp ? pair.server : pair.client;
        QVERIFY2(reader.isOver(), qPrintable(QString::number(at)));
        QCOMPARE(reader.failureCode(), FailureCode::TlsEnded);
    }
}

void TestTlsSession::halfClose()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    QCOMPARE(pair.toServer("all"), QByteArray("all"));
    QVERIFY(pair.client.finish());
    pair.up.ended = true;
    TransferStatus last = TransferStatus::Ok;
    QCOMPARE(readAll(pair.server, pair.up, last), QByteArray());
    QCOMPARE(last, TransferStatus::EndOfStream);
    QVERIFY(!pair.server.isCutOff());
    const QByteArray reply = someBytes(100'000);
    QVERIFY(pair.toClient(reply) == reply);
    QVERIFY(pair.server.finish());
    QCOMPARE(readAll(pair.client, pair.down, last), QByteArray());
    QCOMPARE(last, TransferStatus::EndOfStream);
    QVERIFY(!pair.client.isCutOff());
}

/// What came with the last bytes is not left for a wire that has nothing more to say.
void TestTlsSession::endWithTheLastBytes()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    QCOMPARE(pair.client.write("last words").status, TransferStatus::Ok);
    QVERIFY(pair.client.finish());
    QByteArray buffer(100, '\0');
    const Transfer transfer = pair.server.read(buffer.data(), buffer.size());
    QCOMPARE(transfer.status, TransferStatus::Ok);
    QCOMPARE(buffer.first(transfer.size), QByteArray("last words"));
    QVERIFY(pair.up.bytes.isEmpty());
    QVERIFY(pair.server.hasMore());
    QCOMPARE(pair.server.read(buffer.data(), buffer.size()).status, TransferStatus::EndOfStream);
}

void TestTlsSession::endWithoutCloseNotify()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    QCOMPARE(pair.client.write("last words").status, TransferStatus::Ok);
    pair.up.ended = true;
    TransferStatus last = TransferStatus::Ok;
    QCOMPARE(readAll(pair.server, pair.up, last), QByteArray("last words"));
    QCOMPARE(last, TransferStatus::EndOfStream);
    QVERIFY(pair.server.isCutOff());
    QCOMPARE(pair.toClient("still heard"), QByteArray("still heard"));
}

void TestTlsSession::changedBytes()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    QCOMPARE(pair.client.write(someBytes(100)).status, TransferStatus::Ok);
    pair.up.bytes[50] = static_cast<char>(pair.up.bytes[50] ^ 1);
    TransferStatus last = TransferStatus::Ok;
    QCOMPARE(readAll(pair.server, pair.up, last), QByteArray());
    QCOMPARE(last, TransferStatus::Failed);
    QCOMPARE(pair.server.failureCode(), FailureCode::TlsBroken);
    QVERIFY(!pair.server.failureDetail().isEmpty());
    QCOMPARE(pair.server.write("x").status, TransferStatus::Failed);
    QVERIFY(pair.server.finish()); // nothing more to do
    (void)readAll(pair.client, pair.down, last); // and the other one hears of it
    QCOMPARE(pair.client.failureCode(), FailureCode::TlsAlert);
}

void TestTlsSession::notTls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const QString notSpoken = QStringLiteral("tls-not-spoken");
    const QString broken = QStringLiteral("tls-broken");
    const QString ended = QStringLiteral("tls-ended");
    QTest::newRow("nothing") << QByteArray() << ended;
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << notSpoken;
    QTest::newRow("one letter") << QByteArray("x") << notSpoken;
    QTest::newRow("our own protocol") << QByteArray("\0\x67{\"byteorder\": \"little\"", 24) << notSpoken;
    QTest::newRow("zeros") << QByteArray(5000, '\0') << notSpoken;
    QTest::newRow("noise") << QByteArray("\x91" + someBytes(20'000)) << notSpoken;
    QTest::newRow("record of 64 KiB") << QByteArray::fromHex("160303ffff") + QByteArray(70'000, 'x') << broken;
    QTest::newRow("record of nothing") << QByteArray::fromHex("1603030000") + QByteArray(100, 'x') << broken;
    QTest::newRow("hello that lies of its length") << QByteArray::fromHex("160301000501ffffff00") << broken;
    QTest::newRow("hello of noise") << QByteArray::fromHex("16030100640100006003") + someBytes(95) << broken;
    QTest::newRow("half a record") << QByteArray::fromHex("16030102000100") << ended;
}

void TestTlsSession::notTls()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, code);
    MemoryStream in;
    MemoryStream out;
    in.bytes = bytes;
    in.ended = true;
    MemoryWire wire(in, out);
    TlsSession server(goodServer(), wire);
    QVERIFY(!server.handshake());
    QVERIFY(server.isOver());
    QCOMPARE(QString(codeName(server.failureCode())), code);
    if (code == u"tls-not-spoken") {
        QVERIFY(bytes.startsWith(server.stray()));
        QCOMPARE(server.stray().size(), std::min<qsizetype>(bytes.size(), in.arrived));
    }
    char byte = 0;
    QCOMPARE(server.read(&byte, 1).status, TransferStatus::Failed);
    QVERIFY(!server.handshake());
}

void TestTlsSession::alertAtOnce_data()
{
    QTest::addColumn<QByteArray>("alert");
    QTest::addColumn<QString>("code");
    QTest::newRow("handshake failure") << QByteArray::fromHex("15030300020228") << QStringLiteral("tls-no-common");
    QTest::newRow("version") << QByteArray::fromHex("15030300020246") << QStringLiteral("tls-no-common");
    QTest::newRow("internal error") << QByteArray::fromHex("15030300020250") << QStringLiteral("tls-alert");
    QTest::newRow("no alert that is known") << QByteArray::fromHex("150303000202fe") << QStringLiteral("tls-alert");
}

void TestTlsSession::alertAtOnce()
{
    QFETCH(const QByteArray, alert);
    QFETCH(const QString, code);
    MemoryStream in;
    MemoryStream out;
    in.bytes = alert;
    MemoryWire wire(in, out);
    TlsSession client(clientThat(true), wire, QStringLiteral("localhost"));
    QVERIFY(!client.handshake());
    QCOMPARE(QString(codeName(client.failureCode())), code);
}

void TestTlsSession::ownGreetingBack()
{
    MemoryStream stream;
    MemoryWire wire(stream, stream);
    TlsSession client(clientThat(true), wire, QStringLiteral("localhost"));
    QVERIFY(!client.handshake());
    QCOMPARE(client.failureCode(), FailureCode::TlsNotSpoken);
    QVERIFY(client.failureDetail().contains(u"echo"));
}

void TestTlsSession::certificates_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<long>("from");
    QTest::addColumn<long>("until");
    QTest::addColumn<bool>("isSigned"); // by the authority
    QTest::addColumn<bool>("trusts"); // the client, the authority
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    const QByteArray names = "DNS:localhost,DNS:*.example.org,IP:127.0.0.1,IP:::1";
    const auto row = [&](const char* name, const char* host, const char* code, const char* detail = "", long from = -60,
                         long until = 60, bool isSigned = true, bool trusts = true) {
        QTest::newRow(name) << names << from << until << isSigned << trusts << QString::fromLatin1(host)
                            << QString::fromLatin1(code) << QString::fromLatin1(detail);
    };
    row("good", "localhost", "none");
    row("good address", "127.0.0.1", "none");
    row("good IPv6 address", "::1", "none");
    row("with a final dot", "localhost.", "none");
    row("in capitals", "LocalHost", "none");
    row("any name of a domain", "www.example.org", "none");
    row("a deeper name", "a.b.example.org", "certificate-wrong-name", "example.org");
    row("another name", "elsewhere.net", "certificate-wrong-name", "localhost");
    row("another address", "127.0.0.2", "certificate-wrong-name", "127.0.0.1");
    row("expired", "localhost", "certificate-expired", "UTC", -3600, -60);
    row("not yet valid", "localhost", "certificate-not-yet-valid", "UTC", 60, 3600);
    row("by nobody", "localhost", "certificate-self-signed", "", -60, 60, false);
    row("by nobody that is known", "localhost", "certificate-unknown-issuer", "Authority", -60, 60, true, false);
}

void TestTlsSession::certificates()
{
    QFETCH(const QByteArray, names);
    QFETCH(const long, from);
    QFETCH(const long, until);
    QFETCH(const bool, isSigned);
    QFETCH(const bool, trusts);
    QFETCH(const QString, host);
    QFETCH(const QString, code);
    QFETCH(const QString, detail);
    CertificateWish wish;
    wish.names = names;
    wish.validFrom = from;
    wish.validUntil = until;
    TlsPair pair(serverWith(makeCertificate(wish, isSigned ? &m_authority : nullptr)), clientThat(trusts), host);
    pair.shakeHands();
    QCOMPARE(QString(codeName(pair.client.failureCode())), code);
    QCOMPARE(pair.client.isReady(), code == u"none");
    QVERIFY2(pair.client.failureDetail().contains(detail), qPrintable(pair.client.failureDetail()));
    QCOMPARE(pair.server.isReady(), code == u"none");
    if (code != u"none") {
        QCOMPARE(pair.server.failureCode(), FailureCode::CertificateRefused);
    }
}

void TestTlsSession::anyCertificateWhenAsked()
{
    CertificateWish wish;
    wish.names = "DNS:elsewhere.net";
    wish.usage = "clientAuth";
    TlsPair pair(serverWith(makeCertificate(wish, &m_authority)), clientThat(true, true));
    pair.shakeHands();
    QVERIFY(pair.client.isReady());
    QVERIFY(pair.server.isReady());
    QVERIFY(pair.client.facts().verdict.startsWith(u"certificate-"));
    TlsPair strict(serverWith(makeCertificate(wish, &m_authority)), clientThat(true), QStringLiteral("elsewhere.net"));
    strict.shakeHands();
    QCOMPARE(strict.client.failureCode(), FailureCode::CertificateInvalid); // made for another purpose
    QVERIFY(strict.client.failureDetail().contains(u"purpose"));
}

void TestTlsSession::nothingInCommon_data()
{
    QTest::addColumn<bool>("isVersion");
    QTest::newRow("version") << true;
    QTest::newRow("cipher") << false;
}

void TestTlsSession::nothingInCommon()
{
    QFETCH(const bool, isVersion);
    const auto server = goodServer();
    const auto client = clientThat(true);
    SSL_CTX_set_max_proto_version(server->handle(), TLS1_2_VERSION);
    if (isVersion) {
        SSL_CTX_set_min_proto_version(client->handle(), TLS1_3_VERSION);
    } else {
        SSL_CTX_set_max_proto_version(client->handle(), TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(client->handle(), "ECDHE-ECDSA-AES128-GCM-SHA256");
        SSL_CTX_set_cipher_list(server->handle(), "ECDHE-ECDSA-AES256-GCM-SHA384");
    }
    TlsPair pair(server, client);
    pair.shakeHands();
    QCOMPARE(pair.server.failureCode(), FailureCode::TlsNoCommon);
    QCOMPARE(pair.client.failureCode(), FailureCode::TlsNoCommon);
}

void TestTlsSession::facts()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    const TlsFacts client = pair.client.facts();
    const TlsFacts server = pair.server.facts();
    QCOMPARE(client.version, QStringLiteral("TLSv1.3"));
    QCOMPARE(client.cipher, server.cipher);
    QCOMPARE(client.serverName, QStringLiteral("localhost"));
    QCOMPARE(server.serverName, client.serverName);
    QCOMPARE(client.verdict, QStringLiteral("ok"));
    QVERIFY(!client.ours && server.ours);
    QCOMPARE(client.chain.size(), 1);
    QCOMPARE(client.chain, server.chain);
    const CertificateFacts& certificate = client.chain.constFirst();
    QCOMPARE(certificate.subject, QStringLiteral("CN = localhost"));
    QCOMPARE(certificate.issuer, QStringLiteral("CN = Authority"));
    QCOMPARE(certificate.names, (QStringList { QStringLiteral("localhost"), QStringLiteral("127.0.0.1") }));
    QCOMPARE(certificate.validUntil - certificate.validFrom, 7200);
    QCOMPARE(certificate.key, QStringLiteral("EC, 256 bits"));
    QCOMPARE(certificate.fingerprint.size(), 32 * 3 - 1);
    TlsPair byAddress(goodServer(), clientThat(true), QStringLiteral("127.0.0.1"));
    byAddress.shakeHands();
    QVERIFY(byAddress.server.facts().serverName.isEmpty()); // addresses are not sent
}

void TestTlsSession::refusedByTheClient()
{
    TlsPair pair(goodServer(), clientThat(false));
    pair.shakeHands();
    QCOMPARE(pair.server.failureCode(), FailureCode::CertificateRefused);
    QVERIFY(pair.server.failureDetail().contains(u"unknown_ca"));
}

/// The tickets that a server sends after the handshake are nobody's bytes.
void TestTlsSession::resumption()
{
    TlsPair pair(goodServer(), clientThat(true));
    pair.shakeHands();
    TransferStatus last = TransferStatus::Ok;
    QCOMPARE(readAll(pair.client, pair.down, last), QByteArray());
    QCOMPARE(last, TransferStatus::WouldBlock);
    QVERIFY(pair.down.bytes.isEmpty());
    QVERIFY(!pair.client.isOver());
    QCOMPARE(pair.toClient("ours"), QByteArray("ours"));
}

} // namespace

SOCKEYE_TEST(TestTlsSession)
#include "tst_tls_session.moc"
