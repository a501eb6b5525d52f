// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/host_text.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestHostText : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void understood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port"); // -1: none
        const auto row = [](const char* text, const char* host, int port = -1) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(host) << port;
        };
        row("example.org", "example.org");
        row(" example.org\n", "example.org");
        row("example.org:80", "example.org", 80);
        row("127.0.0.1", "127.0.0.1");
        row("127.0.0.1:65432", "127.0.0.1", 65432);
        row("localhost:0", "localhost", 0);
        row("::1", "::1");
        row("[::1]", "::1");
        row("[::1]:80", "::1", 80);
        row("::ffff:127.0.0.1", "::ffff:127.0.0.1");
        row("2001:db8::7", "2001:db8::7");
        row("fe80::1%lo", "fe80::1%lo");
        row("fe80::1%1", "fe80::1%1");
        row("[fe80::1%lo]:80", "fe80::1%lo", 80);
        row("ff02::1%lo", "ff02::1%lo");
        row("ff05::1", "ff05::1");
        row("unix:/run/a.sock", "unix:/run/a.sock");
        row("/run/a.sock", "unix:/run/a.sock");
        row("unix:a", "unix:a");
        row("unix:@a:80", "unix:@a:80");
        row("@a", "unix:@a");
    }
    void understood()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto read = readHost(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error()));
        QCOMPARE(read->host, host);
        QCOMPARE(read->port ? int(*read->port) : -1, port);
        QCOMPARE(hostProblem(text), QString());
    }

    void explained_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* text, const char* told) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(told);
        };
        row("", "No host is given.");
        row("  ", "No host is given.");
        row(":80", "Before the port “80” stands no host.");
        row("example.org:http", "“http” behind the host is no port");
        row("example.org:65536", "no port");
        row("example.org:+80", "no port");
        row("example.org:", "no port");
        row("[::1]:", "no port");
        row("[::1", "brackets stand around");
        row("[::1]80", "brackets stand around");
        row("[127.0.0.1]", "“127.0.0.1” is no IPv6 address");
        row("1:2:3", "“1:2:3” is no IPv6 address");
        row("http://example.org", "without a scheme");
        row("example.org/index.html", "without a scheme");
        row("unix:", "has no name");
        row("@", "has no name");
        row("//example.org", "without a scheme");
        QTest::newRow("long path") << QString(u"unix:/" + QString(107, u'x')) << QStringLiteral("ENAMETOOLONG");
        row("fe80::1", "fe80::1 is a link-local address");
        row("[fe80::1]:80", "Write it like fe80::1%");
        row("ff02::1", "link-local");
        row("fe80::1%nosuch9", "This machine has no interface “nosuch9” (ENODEV).");
        row("fe80::1%%1", "“fe80::1%%1” is no IPv6 address");
        row("fe80::1%4000000", "no interface");
        row("\x1b[2J/", "“\\x1b[2J/”");
    }
    void explained()
    {
        QFETCH(QString, text);
        QFETCH(QString, told);
        QVERIFY(!readHost(text));
        QVERIFY2(hostProblem(text).contains(told), qPrintable(hostProblem(text)));
        QVERIFY(hostProblem(text).endsWith(u'.'));
    }
};

} // namespace

SOCKEYE_TEST(TestHostText)
#include "tst_host_text.moc"
