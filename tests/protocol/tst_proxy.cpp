// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/proxy/proxy_handshake.h"
#include "tests/testcase.h"

#include <QTest>

#include <algorithm>

using namespace sockeye;

namespace {

ProxyOptions proxyOf(const char* text)
{
    return readProxy(QString::fromUtf8(text)).value_or(ProxyOptions());
}

/// Reads of at most `piece` bytes, as from a socket; `rest` is what nobody asked for.
struct Talk {
    QByteArray said;
    QByteArray rest;
    bool done = false;
    QString problem;

    Talk(const ProxyOptions& proxy, const QString& host, QByteArray answers, qsizetype piece)
    {
        ProxyHandshake handshake(proxy, host, 443);
        said = handshake.takeOutput();
        while (handshake.wanted() > 0 && !answers.isEmpty()) {
            const qsizetype size = std::min({ handshake.wanted(), piece, answers.size() });
            handshake.feed(QByteArrayView(answers).first(size));
            answers.remove(0, size);
            said += handshake.takeOutput();
        }
        rest = answers;
        done = handshake.isDone();
        problem = handshake.problem();
    }
};

/// What a client says to a proxy, with the answers cut in every way.
class TestProxy : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void talks_data();
    void talks();
    void cutOff_data() { talks_data(); }
    void cutOff();
    void options_data();
    void options();
};

void TestProxy::talks_data()
{
    QTest::addColumn<QByteArray>("proxy");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("answers");
    QTest::addColumn<QByteArray>("said"); ///< in hexadecimal for SOCKS5
    QTest::addColumn<QString>("problem"); ///< a part of it; empty: it is done
    const auto socks = [](const char* name, const char* proxy, const char* host, const char* answers, const char* said,
                           const char* problem = "") {
        QTest::newRow(name) << QByteArray(proxy) << QString::fromUtf8(host) << QByteArray::fromHex(answers)
                            << QByteArray::fromHex(said) << QString::fromUtf8(problem);
    };
    const char* const plain = "socks5://proxy";
    const char* const login = "socks5://me:pw@proxy";
    socks("name", plain, "example.org", "0500 0500000100000000 0000", "050100 050100030b6578616d706c652e6f7267 01bb");
    socks("name of other letters", plain, "bücher.example", "0500 0500000100000000 0000",
        "050100 0501000315786e2d2d62636865722d6b76612e6578616d706c65 01bb");
    socks("IPv4", plain, "10.0.0.7", "0500 0500000100000000 0000", "050100 050100010a000007 01bb");
    socks("IPv6", plain, "fe80::1:2", "0500 0500000400000000000000000000000000000000 0000",
        "050100 05010004fe800000000000000000000000010002 01bb");
    socks("IPv4 in IPv6", plain, "::ffff:10.0.0.7", "0500 050000030278780000",
        "050100 0501000400000000000000000000ffff0a000007 01bb");
    socks("no address after all", plain, "10.0.0", "0500 0500000100000000 0000", "050100 050100030631302e302e30 01bb");
    socks(
        "login", login, "10.0.0.7", "0502 0100 0500000100000000 0000", "05020002 01026d65027077 050100010a000007 01bb");
    socks("login not wanted", login, "10.0.0.7", "0500 0500000100000000 0000", "05020002 050100010a000007 01bb");
    socks("login refused", login, "10.0.0.7", "0502 0101", "05020002 01026d65027077", "does not accept");
    socks("login missing", plain, "10.0.0.7", "05ff", "050100", "wants a user");
    socks("login not offered", plain, "10.0.0.7", "0502", "050100", "not offered (2)");
    socks("no way", login, "10.0.0.7", "05ff", "05020002", "neither");
    socks("SOCKS4", plain, "10.0.0.7", "005a", "050100", "no SOCKS5 proxy");
    socks("refused", plain, "10.0.0.7", "0500 0505000100000000 0000", "050100 050100010a000007 01bb", "code 5");
    socks("rules", plain, "10.0.0.7", "0500 0502000100000000 0000", "050100 050100010a000007 01bb", "code 2");
    socks("other address", plain, "10.0.0.7", "0500 050000 0700", "050100 050100010a000007 01bb", "(7)");
    socks("a name too long", plain, QByteArray(256, 'a').constData(), "0500", "050100", "at most 255");

    const auto http = [](const char* name, const char* proxy, const char* host, const char* answers, const char* said,
                          const char* problem = "") {
        QTest::newRow(name) << QByteArray(proxy) << QString::fromUtf8(host) << QByteArray(answers) << QByteArray(said)
                            << QString::fromUtf8(problem);
    };
    const char* const asked = "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n";
    http("CONNECT", "http://proxy", "example.org", "HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n", asked);
    http("bare line feeds", "http://proxy", "example.org", "HTTP/1.0 200 OK\n\n", asked);
    http("after a 100", "http://proxy", "example.org", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", asked);
    http("IPv6 in brackets", "http://proxy", "::1", "HTTP/1.1 200 OK\r\n\r\n",
        "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n\r\n");
    http("Basic", "http://me:pw@proxy", "example.org", "HTTP/1.1 200 OK\r\n\r\n",
        "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n");
    http("no second line", "http://proxy", "a\r\nb", "HTTP/1.1 200 OK\r\n\r\n",
        "CONNECT a??b:443 HTTP/1.1\r\nHost: a??b:443\r\n\r\n");
    http("407", "http://proxy", "example.org", "HTTP/1.1 407 Authenticate\r\n\r\n", asked, "wants a user");
    http("407 with login", "http://me:pw@proxy", "example.org", "HTTP/1.1 407 Authenticate\r\n\r\n",
        "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n",
        "does not accept");
    http("502", "http://proxy", "example.org", "HTTP/1.1 502 Bad Gateway\r\n\r\n", asked, "“HTTP/1.1 502 Bad Gateway”");
    http("no status", "http://proxy", "example.org", "HTTP/1.1\r\n\r\n", asked, "“HTTP/1.1”");
    http("no HTTP", "http://proxy", "example.org", "SSH-2.0-x\r\n", asked, "begins with “S");
}

void TestProxy::talks()
{
    QFETCH(const QByteArray, proxy);
    QFETCH(const QString, host);
    QFETCH(const QByteArray, answers);
    QFETCH(const QByteArray, said);
    QFETCH(const QString, problem);
    const QByteArray after("first words of the server");
    for (qsizetype piece = 1; piece <= answers.size() + 1; ++piece) {
        const Talk talk(proxyOf(proxy.constData()), host, answers + after, piece);
        QCOMPARE(talk.said, said);
        QCOMPARE(talk.done, problem.isEmpty());
        QVERIFY2(talk.problem.contains(problem), qPrintable(talk.problem));
        if (talk.done) {
            QCOMPARE(talk.rest, after); // which are nobody else's
        }
    }
}

/// An end at any byte is neither done nor read beyond.
void TestProxy::cutOff()
{
    QFETCH(const QByteArray, proxy);
    QFETCH(const QString, host);
    QFETCH(const QByteArray, answers);
    QFETCH(const QString, problem);
    if (!problem.isEmpty()) {
        return;
    }
    for (qsizetype size = 0; size < answers.size(); ++size) {
        const Talk talk(proxyOf(proxy.constData()), host, answers.first(size), 3);
        QVERIFY(!talk.done);
        QCOMPARE(talk.problem, QString());
    }
}

void TestProxy::options_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown"); ///< empty: it is none
    QTest::newRow("SOCKS5") << QStringLiteral("socks5://proxy:1081") << QStringLiteral("socks5://proxy:1081");
    QTest::newRow("usual port") << QStringLiteral("socks5://proxy") << QStringLiteral("socks5://proxy:1080");
    QTest::newRow("HTTP") << QStringLiteral("http://me:p%40w@[::1]/") << QStringLiteral("http://[::1]:8080");
    for (const char* const wrong : { "", "proxy", "proxy:1080", "https://proxy", "socks4://proxy", "socks5://",
             "socks5://proxy:0", "socks5://proxy:70000", "http://proxy/path", "http://proxy?x", "http://:pw@proxy" }) {
        QTest::addRow("no proxy: %s", wrong) << QString::fromLatin1(wrong) << QString();
    }
    QTest::newRow("a long user") << QString(u"socks5://" + QString(256, u'a') + u"@proxy") << QString();
    QTest::newRow("a colon in the user of HTTP") << QStringLiteral("http://a%3Ab:c@proxy") << QString();
}

void TestProxy::options()
{
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    const auto proxy = readProxy(text);
    QCOMPARE(proxy.has_value(), !shown.isEmpty());
    if (proxy) {
        QCOMPARE(proxyText(*proxy), shown);
    } else {
        QVERIFY(!proxy.error().isEmpty());
    }
}

} // namespace

SOCKEYE_TEST(TestProxy)

#include "tst_proxy.moc"
