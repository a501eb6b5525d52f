// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Peers that do not keep to what HTTP, or decency, asks of them.

#include "app/toxiproxy/http_server.h"
#include "tests/testcase.h"

#include <QTcpSocket>
#include <QTest>

using namespace sockeye;

namespace {

constexpr int patience = 30'000; // ms

HttpLimits tight()
{
    HttpLimits limits;
    limits.connections = 8;
    limits.requestSize = 4096;
    limits.waiting = 4;
    limits.whole = std::chrono::milliseconds(150);
    limits.idle = std::chrono::milliseconds(400);
    return limits;
}

struct Echo {
    explicit Echo(const HttpLimits& limits = tight())
        : server(
            [this](const HttpRequest& request, const HttpServer::Reply& reply) {
                ++requests;
                last = request;
                if (holds) {
                    held.append(reply);
                } else {
                    reply({ 200, request.body, "text/plain" });
                }
            },
            limits)
    {
        isUp = !server.listen({ QHostAddress(QHostAddress::LocalHost), 0 });
    }

    int requests = 0;
    HttpRequest last;
    bool holds = false;
    QList<HttpServer::Reply> held;
    HttpServer server;
    bool isUp = false;
};

struct HttpPeer {
    explicit HttpPeer(const Echo& echo)
    {
        socket.connectToHost(echo.server.address().host, echo.server.address().port);
        (void)QTest::qWaitFor([this] { return socket.state() == QTcpSocket::ConnectedState; }, patience);
    }
    /// Everything that comes until the server closes.
    QByteArray toEnd()
    {
        (void)QTest::qWaitFor([this] { return socket.state() == QTcpSocket::UnconnectedState; }, patience);
        return socket.readAll();
    }
    QByteArray until(const QByteArray& mark)
    {
        QByteArray all;
        (void)QTest::qWaitFor(
            [&] {
                all += socket.readAll();
                return all.contains(mark);
            },
            patience);
        return all;
    }

    QTcpSocket socket;
};

} // namespace

class TestHttpServer : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void aRequestIsAnswered();
    void whatCannotBe_data();
    void whatCannotBe();
    void anAnswerMayComeLater();
    void answersKeepTheirOrder();
    void moreConnectionsThanMayBeAreClosed();
    void aPeerThatAsksWithoutEndIsClosed();
    void aServerMayGoWhileRequestsWait();
    void aTakenPortIsSaid();
};

void TestHttpServer::aRequestIsAnswered()
{
    Echo echo;
    QVERIFY(echo.isUp);
    HttpPeer peer(echo);
    peer.socket.write("PATCH /a%2Fb/c HTTP/1.1\r\nHost: x\r\nUser-Agent: me\r\nContent-Length: 5\r\n\r\nhello");
    const QByteArray answer = peer.until("hello");
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY(answer.contains("Content-Length: 5\r\n"));
    QCOMPARE(echo.last.method, "PATCH");
    QCOMPARE(echo.last.path, QStringList({ QStringLiteral("a/b"), QStringLiteral("c") }));
    QCOMPARE(echo.last.userAgent, "me");
    peer.socket.write(
        "POST /x HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    QVERIFY(peer.toEnd().endsWith("abc"));
    QCOMPARE(echo.requests, 2);
}

void TestHttpServer::whatCannotBe_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("answer"); // begins so
    const QByteArray head = "POST / HTTP/1.1\r\nHost: x\r\n";
    QTest::newRow("no HTTP") << QByteArray("hello there\r\n\r\n") << QByteArray();
    QTest::newRow("bytes") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\n\n", 9) << QByteArray();
    QTest::newRow("half a line") << QByteArray("POST / HT") << QByteArray("HTTP/1.1 408 ");
    QTest::newRow("half a head") << head << QByteArray("HTTP/1.1 408 ");
    QTest::newRow("half a body") << head + "Content-Length: 10\r\n\r\nhalf" << QByteArray("HTTP/1.1 408 ");
    QTest::newRow("a line without end") << QByteArray(8000, 'x') << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("a head without end") << head + QByteArray("X: y\r\n").repeated(1000) << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("a huge body") << head + "Content-Length: 8000\r\n\r\n" + QByteArray(8000, 'x')
                                 << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("a body that is announced as huge") << head + "Content-Length: 99999999999999999999\r\n\r\n"
                                                      << QByteArray("HTTP/1.1 200 ");
    QTest::newRow("chunks without end") << head + "Transfer-Encoding: chunked\r\n\r\n"
            + QByteArray("1\r\nx\r\n").repeated(1000)
                                        << QByteArray("HTTP/1.1 413 ");
    QTest::newRow("a chunk of less than nothing") << head + "Transfer-Encoding: chunked\r\n\r\n-5\r\nx\r\n"
                                                  << QByteArray("HTTP/1.1 ");
    QTest::newRow("a web socket") << QByteArray("GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                                  << QByteArray();
}

/// Each ends, with an answer or without, and the next peer is served.
void TestHttpServer::whatCannotBe()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, answer);
    Echo echo;
    QVERIFY(echo.isUp);
    HttpPeer peer(echo);
    peer.socket.write(sent);
    const QByteArray came = peer.toEnd();
    // A reset may overtake what was written before it.
    QVERIFY2(came.startsWith(answer) || came.isEmpty(), came.constData());
    QCOMPARE(peer.socket.state(), QTcpSocket::UnconnectedState);
    HttpPeer next(echo);
    next.socket.write("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");
    QVERIFY(next.until("ok").startsWith("HTTP/1.1 200 "));
}

void TestHttpServer::anAnswerMayComeLater()
{
    Echo echo;
    QVERIFY(echo.isUp);
    echo.holds = true;
    HttpPeer gone(echo);
    gone.socket.write("GET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(echo.held.size(), 1);
    gone.socket.abort();
    HttpPeer peer(echo);
    peer.socket.write("GET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(echo.held.size(), 2);
    for (const HttpServer::Reply& reply : std::as_const(echo.held)) {
        reply({ 204, {} });
    }
    QCOMPARE(peer.until("\r\n\r\n"), "HTTP/1.1 204 No Content\r\n\r\n");
}

void TestHttpServer::answersKeepTheirOrder()
{
    Echo echo;
    QVERIFY(echo.isUp);
    HttpPeer peer(echo);
    for (const char* const each : { "1", "2", "3" }) {
        peer.socket.write(QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n") + each);
    }
    const QByteArray all = peer.until("\r\n\r\n3");
    QVERIFY(all.indexOf("\r\n\r\n1") < all.indexOf("\r\n\r\n2"));
    QVERIFY(all.indexOf("\r\n\r\n2") < all.indexOf("\r\n\r\n3"));
}

void TestHttpServer::moreConnectionsThanMayBeAreClosed()
{
    HttpLimits limits = tight();
    limits.idle = std::chrono::minutes(1);
    Echo echo(limits);
    QVERIFY(echo.isUp);
    std::vector<std::unique_ptr<HttpPeer>> peers;
    for (int i = 0; i < limits.connections; ++i) {
        peers.push_back(std::make_unique<HttpPeer>(echo));
        peers.back()->socket.write("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(!peers.back()->until("\r\n\r\n").isEmpty());
    }
    HttpPeer further(echo);
    QCOMPARE(further.toEnd(), QByteArray());
    peers.pop_back();
    QTRY_VERIFY([&] { // once it has been seen to be gone
        HttpPeer again(echo);
        again.socket.write("GET / HTTP/1.1\r\n\r\n");
        (void)QTest::qWaitFor(
            [&] { return again.socket.bytesAvailable() > 0 || again.socket.state() == QTcpSocket::UnconnectedState; });
        return again.socket.bytesAvailable() > 0;
    }());
}

void TestHttpServer::aPeerThatAsksWithoutEndIsClosed()
{
    Echo echo;
    QVERIFY(echo.isUp);
    echo.holds = true;
    HttpPeer peer(echo);
    peer.socket.write(QByteArray("GET / HTTP/1.1\r\n\r\n").repeated(40));
    QCOMPARE(peer.toEnd(), QByteArray());
    QCOMPARE(echo.held.size(), 1); // one after the other
}

void TestHttpServer::aServerMayGoWhileRequestsWait()
{
    auto echo = std::make_unique<Echo>();
    QVERIFY(echo->isUp);
    echo->holds = true;
    HttpPeer peer(*echo);
    peer.socket.write("GET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(echo->held.size(), 1);
    const HttpServer::Reply reply = echo->held.front();
    echo.reset();
    reply({ 200, "too late" });
    QCOMPARE(peer.toEnd(), QByteArray());
}

void TestHttpServer::aTakenPortIsSaid()
{
    const Echo echo;
    QVERIFY(echo.isUp);
    HttpServer other([](const HttpRequest&, const HttpServer::Reply&) {});
    const Failure failure = other.listen(echo.server.address());
    QCOMPARE(failure.code, FailureCode::AddressInUse);
}

SOCKEYE_TEST(TestHttpServer)
#include "tst_http_server.moc"
