// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/platform/system_error.h"
#include "tests/testcase.h"

#include <QSet>
#include <QTest>

#include <cerrno>

using namespace sockeye;

namespace {

class TestFailure : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void everyCodeHasItsTexts()
    {
        QSet<QString> names;
        for (int i = 1; i <= static_cast<int>(FailureCode::Other); ++i) {
            const auto code = static_cast<FailureCode>(i);
            const Failure failure = makeFailure(code, QStringLiteral("10.0.0.1 port 7"));
            QCOMPARE(failure.code, code);
            QVERIFY2(failure.what.contains(u"10.0.0.1 port 7"), qPrintable(failure.what));
            QVERIFY(failure.what.endsWith(u'.'));
            QVERIFY(!failure.oneLine().contains(u'\n'));
            if (code != FailureCode::Other) {
                QVERIFY(!failure.meaning.isEmpty());
                QVERIFY(!failure.advice.isEmpty());
            }
            names.insert(codeName(code));
        }
        QCOMPARE(names.size(), static_cast<int>(FailureCode::Other));
    }

    /// What people search for: the field's own word, and the system's code where it has one.
    void everyCodeHasItsTerm_data()
    {
        QTest::addColumn<FailureCode>("code");
        QTest::addColumn<QString>("term");
        int rows = 0;
        const auto row = [&rows](FailureCode code, const char* term) {
            ++rows;
            QTest::newRow(codeName(code).data()) << code << QString::fromLatin1(term);
        };
        row(FailureCode::Refused, "Connection refused (ECONNREFUSED): nothing listens on ");
        row(FailureCode::TimedOut, "Connection timed out (ETIMEDOUT)");
        row(FailureCode::NoReply, "timed out");
        row(FailureCode::Idle, "Idle time-out");
        row(FailureCode::Unreachable, "No route to host (EHOSTUNREACH)");
        row(FailureCode::Reset, "Connection reset by peer (ECONNRESET)");
        row(FailureCode::HalfCloseUnknown, "end of stream");
        row(FailureCode::ClosedEarly, "end of stream (EOF)");
        row(FailureCode::NameNotFound, "Name not found (EAI_NONAME)");
        row(FailureCode::AddressInUse, "Address already in use (EADDRINUSE)");
        row(FailureCode::AddressNotAvailable, "Cannot assign requested address (EADDRNOTAVAIL)");
        row(FailureCode::NotPermitted, "Permission denied (EACCES)");
        row(FailureCode::Forbidden, "Permission denied (EACCES)");
        row(FailureCode::TooManyFiles, "Too many open files (EMFILE)");
        row(FailureCode::OutOfMemory, "Cannot allocate memory (ENOMEM)");
        row(FailureCode::TooManyConnections, "Too many connections");
        row(FailureCode::TooLarge, "Message too long (EMSGSIZE)");
        row(FailureCode::UnixUnknown, "Address family not supported (EAFNOSUPPORT)");
        row(FailureCode::NoSuchPath, "No such file or directory (ENOENT)");
        row(FailureCode::PathTooLong, "File name too long (ENAMETOOLONG)");
        row(FailureCode::NotASocket, "Socket operation on non-socket (ENOTSOCK)");
        row(FailureCode::OtherSocketType, "Protocol wrong type for socket (EPROTOTYPE)");
        row(FailureCode::Nameless, "Destination address required (EDESTADDRREQ)");
        row(FailureCode::BacklogFull, "Resource temporarily unavailable (EAGAIN)");
        row(FailureCode::BadFilter, "Syntax error");
        row(FailureCode::BadMessage, "Protocol error");
        row(FailureCode::SpoolFull, "Write error");
        row(FailureCode::FileNotWritten, "Write error");
        row(FailureCode::OutputNotWritten, "Write error");
        row(FailureCode::TooManyParts, "Too many files");
        row(FailureCode::TlsNotSpoken, "TLS handshake failed (wrong version number)");
        row(FailureCode::TlsNotExpected, "ClientHello");
        row(FailureCode::TlsSilent, "TLS handshake timed out");
        row(FailureCode::TlsEnded, "TLS handshake failed (unexpected end of stream)");
        row(FailureCode::TlsNoCommon, "TLS handshake failed (handshake failure)");
        row(FailureCode::TlsAlert, "TLS alert");
        row(FailureCode::TlsBroken, "TLS protocol error");
        row(FailureCode::CertificateExpired, "Certificate has expired");
        row(FailureCode::CertificateNotYetValid, "Certificate is not yet valid");
        row(FailureCode::CertificateSelfSigned, "Self-signed certificate");
        row(FailureCode::CertificateUnknownIssuer, "Unable to get local issuer certificate");
        row(FailureCode::CertificateWrongName, "Hostname mismatch");
        row(FailureCode::CertificateRevoked, "Certificate revoked");
        row(FailureCode::CertificateInvalid, "Certificate verify failed");
        row(FailureCode::CertificateRefused, "Bad certificate");
        row(FailureCode::CertificateWanted, "Certificate required");
        row(FailureCode::TlsSetup, "Bad certificate or key file");
        row(FailureCode::ProxyFailed, "The proxy made no connection");
        row(FailureCode::NotMade, "Nothing to send");
        row(FailureCode::Other, "Something went wrong"); // what it was is in the detail
        QCOMPARE(rows, static_cast<int>(FailureCode::Other));
    }
    void everyCodeHasItsTerm()
    {
        QFETCH(FailureCode, code);
        QFETCH(QString, term);
        const Failure failure = makeFailure(code, QStringLiteral("it"));
        QVERIFY2(failure.what.contains(term), qPrintable(failure.what));
    }
    void otherTerms()
    {
        const auto what = [](FailureCode code, Circumstance circumstance) {
            return makeFailure(code, QStringLiteral("it"), circumstance).what;
        };
        QVERIFY(
            what(FailureCode::Unreachable, Circumstance::NoRoute).contains(u"Network is unreachable (ENETUNREACH)"));
        QVERIFY(what(FailureCode::Unreachable, Circumstance::HostSilent).contains(u"No route to host (EHOSTUNREACH)"));
        QVERIFY(what(FailureCode::NameNotFound, Circumstance::NameServerSilent)
                    .contains(u"Temporary failure in name resolution (EAI_AGAIN)"));
        QVERIFY(
            what(FailureCode::Refused, Circumstance::ListensElsewhere).contains(u"Connection refused (ECONNREFUSED)"));
        QVERIFY(makeDatagramFailure(FailureCode::Refused, QStringLiteral("it"))
                    .what.contains(u"Connection refused (ECONNREFUSED)"));
        QVERIFY(makeDatagramFailure(FailureCode::NoReply, QStringLiteral("it")).what.contains(u"timed out"));
        QVERIFY(makeFailure(FailureCode::Reset, QStringLiteral("it")).meaning.contains(u"broken pipe (EPIPE)"));
    }

    /// A client without a local port is not told what a server may listen on.
    void noLocalPort()
    {
        const Failure failure = makeConnectFailure(FailureCode::AddressNotAvailable, QStringLiteral("10.0.0.1 port 7"));
        QCOMPARE(failure.code, FailureCode::AddressNotAvailable);
        QVERIFY(failure.what.contains(u"(EADDRNOTAVAIL): there is nothing to connect to 10.0.0.1 port 7 from"));
        QVERIFY2(!failure.oneLine().contains(u"listen on"), qPrintable(failure.oneLine()));
        QCOMPARE(makeConnectFailure(FailureCode::Refused, QStringLiteral("it")),
            makeFailure(FailureCode::Refused, QStringLiteral("it")));
    }

    void systemErrorTexts()
    {
        QCOMPARE(systemErrorText(ENOSPC), QStringLiteral("No space left on device (ENOSPC)"));
        QCOMPARE(systemErrorText(EPIPE), QStringLiteral("Broken pipe (EPIPE)"));
        QVERIFY(!systemErrorText(123'456).isEmpty());
        const Failure failure =
            makeFailure(FailureCode::OutputNotWritten, QStringLiteral("standard output"), systemErrorText(ENOSPC));
        QVERIFY(failure.oneLine().startsWith(
            u"Write error: standard output cannot be written. No space left on device (ENOSPC). "));
    }

    /// A scope's "%1" is no place for the next text.
    void scopesStay()
    {
        const QString scoped = QStringLiteral("fe80::1%1 port 80");
        QVERIFY(makeFailure(FailureCode::Refused, scoped).what.endsWith(u"fe80::1%1 port 80."));
        QVERIFY(makeFailure(FailureCode::AddressInUse, scoped, Circumstance::HeldBy, QStringLiteral("nc (7)"))
                    .oneLine()
                    .contains(u"fe80::1%1 port 80 is taken. nc (7) listens there."));
        QCOMPARE((SocketAddress { QHostAddress(QStringLiteral("fe80::1%2")), 80 }.toString()),
            QStringLiteral("[fe80::1%2]:80"));
    }

    void noneIsNoFailure()
    {
        QVERIFY(!makeFailure(FailureCode::None, QStringLiteral("x")));
        QVERIFY(makeFailure(FailureCode::None, QStringLiteral("x")).oneLine().isEmpty());
    }

    void aDetailReplacesTheMeaning()
    {
        const Failure failure = makeFailure(FailureCode::Other, QStringLiteral("it"), QStringLiteral("Because."));
        QCOMPARE(failure.oneLine(), QStringLiteral("Something went wrong with it. Because."));
    }

    void systemErrors_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("name");
        QTest::newRow("none") << 0 << QStringLiteral("none");
        QTest::newRow("refused") << ECONNREFUSED << QStringLiteral("refused");
        QTest::newRow("reset") << ECONNRESET << QStringLiteral("reset");
        QTest::newRow("broken pipe") << EPIPE << QStringLiteral("reset");
        QTest::newRow("timed out") << ETIMEDOUT << QStringLiteral("timed-out");
        QTest::newRow("no way") << ENETUNREACH << QStringLiteral("unreachable");
        QTest::newRow("descriptors") << EMFILE << QStringLiteral("too-many-files");
        QTest::newRow("no memory") << ENOMEM << QStringLiteral("out-of-memory");
        QTest::newRow("no buffers") << ENOBUFS << QStringLiteral("out-of-memory");
        QTest::newRow("no path") << ENOENT << QStringLiteral("no-such-path");
        QTest::newRow("no folder") << ENOTDIR << QStringLiteral("no-such-path");
        QTest::newRow("long path") << ENAMETOOLONG << QStringLiteral("path-too-long");
        QTest::newRow("no socket") << ENOTSOCK << QStringLiteral("not-a-socket");
        QTest::newRow("type") << EPROTOTYPE << QStringLiteral("other-socket-type");
        QTest::newRow("no name") << EDESTADDRREQ << QStringLiteral("nameless");
        QTest::newRow("full") << EAGAIN << QStringLiteral("backlog-full");
        QTest::newRow("anything else") << EDOM << QStringLiteral("other");
    }
    void systemErrors()
    {
        QFETCH(const int, error);
        QFETCH(const QString, name);
        QCOMPARE(QString(codeName(fromSystemError(error))), name);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("text");
        QTest::newRow("IPv4") << QStringLiteral("127.0.0.1") << QStringLiteral("127.0.0.1:65432");
        QTest::newRow("IPv6") << QStringLiteral("::1") << QStringLiteral("[::1]:65432");
        QTest::newRow("scope") << QStringLiteral("fe80::1%lo") << QStringLiteral("[fe80::1%lo]:65432");
    }
    void addresses()
    {
        QFETCH(const QString, host);
        QFETCH(const QString, text);
        const SocketAddress address { QHostAddress(host), 65432 };
        QCOMPARE(address.toString(), text);
    }

    void unixSockets_data()
    {
        QTest::addColumn<UnixName>("name");
        QTest::addColumn<QString>("text");
        const auto bytes = [](const char* row, const QByteArray& name, const char* text) {
            QTest::newRow(row) << UnixName::fromBytes(name) << QString::fromUtf8(text);
        };
        bytes("path", "/run/app.sock", "/run/app.sock");
        bytes("abstract", QByteArrayLiteral("\0app"), "@app");
        bytes("abstract, any bytes", QByteArrayLiteral("\0a\0\xff"), "@a\\x00\\xff");
        bytes("path like an abstract one", "@app", "./@app");
        bytes("none", "", "unnamed");
        QTest::newRow("process") << UnixName::unnamed(12) << QStringLiteral("unnamed (pid 12)");
        QTest::newRow("typed path") << UnixName::fromText(QStringLiteral("/run/a")) << QStringLiteral("/run/a");
        QTest::newRow("typed abstract") << UnixName::fromText(QStringLiteral("@a")) << QStringLiteral("@a");
    }
    void unixSockets()
    {
        QFETCH(const UnixName, name);
        QFETCH(const QString, text);
        const SocketAddress address { {}, 0, name };
        QVERIFY(address.isUnix() && !address.isNull());
        QCOMPARE(address.toString(), text);
        QVERIFY(address == (SocketAddress { {}, 0, UnixName::fromBytes(name.bytes()) }) || name.pid() != 0);
        QVERIFY(address != SocketAddress());
    }

    /// What is true of IP only is not said of them.
    void unixSocketsHaveWordsOfTheirOwn()
    {
        const QString subject = QStringLiteral("the Unix socket /run/a");
        const Failure reset = makeUnixFailure(FailureCode::Reset, subject);
        QVERIFY(reset.what.contains(subject) && reset.what.contains(u"ECONNRESET"));
        QVERIFY2(reset.meaning.contains(u"no RST"), qPrintable(reset.meaning));
        QCOMPARE(makeUnixFailure(FailureCode::Forbidden, subject), makeUnixFailure(FailureCode::NotPermitted, subject));
        QVERIFY(!makeUnixFailure(FailureCode::NotPermitted, subject).oneLine().contains(u"port"));
        QCOMPARE(makeUnixFailure(FailureCode::NoSuchPath, subject), makeFailure(FailureCode::NoSuchPath, subject));
    }
};

} // namespace

SOCKEYE_TEST(TestFailure)
#include "tst_failure.moc"
