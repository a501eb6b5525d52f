// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/verdict.h"
#include "tests/testcase.h"

#include <QTest>

#include <cerrno>

using namespace sockeye;

namespace {

DiagnosisFacts::Attempt attempt(const char* address, FailureCode code, int error = 0)
{
    DiagnosisFacts::Attempt made;
    made.address = QHostAddress(QLatin1StringView(address));
    made.connect = ConnectProbe::Outcome { code, error, {}, code == FailureCode::None, false, 0 };
    return made;
}

DiagnosisFacts facts(const QList<DiagnosisFacts::Attempt>& attempts)
{
    DiagnosisFacts made;
    made.host = QStringLiteral("example.org");
    made.port = 80;
    made.lookup = NameLookup::Outcome::Found;
    made.attempts = attempts;
    made.local = LocalFacts();
    return made;
}

class TestVerdict : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void everyKind_data();
    void everyKind();
    void theMostTellingOfSeveral();
    void oneAddressThatWorksIsEnough();
    void processesAreNoTemplates();
};

void TestVerdict::everyKind_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("ping");
    QTest::addColumn<QString>("meaning");
    const auto row = [](const char* name, FailureCode code, int error, Ping::Outcome ping, const char* meaning) {
        QTest::newRow(name) << int(code) << error << int(ping) << QString::fromLatin1(meaning);
    };
    row("refused", FailureCode::Refused, ECONNREFUSED, Ping::Outcome::Answered, "turned the connection down at once");
    row("filtered", FailureCode::TimedOut, 0, Ping::Outcome::Answered, "a firewall drops what goes to this port");
    row("gone", FailureCode::TimedOut, 0, Ping::Outcome::Silent, "Neither the connection nor a ping");
    row("no pings", FailureCode::TimedOut, 0, Ping::Outcome::NotPermitted, "Neither a yes nor a no");
    row("no route", FailureCode::Unreachable, ENETUNREACH, Ping::Outcome::Unreachable, "knows no way to that network");
    row("no host", FailureCode::Unreachable, EHOSTUNREACH, Ping::Outcome::Unreachable, "The way ends before");
    row("reset", FailureCode::Reset, ECONNRESET, Ping::Outcome::Answered, "sent a RST");
    row("forbidden", FailureCode::Forbidden, EACCES, Ping::Outcome::Answered, "before anything was sent");
    row("descriptors", FailureCode::TooManyFiles, EMFILE, Ping::Outcome::NoDescriptor, "as many connections and files");
    row("no source", FailureCode::AddressNotAvailable, EADDRNOTAVAIL, Ping::Outcome::Silent, "no free port left");
}

void TestVerdict::everyKind()
{
    QFETCH(const int, code);
    QFETCH(const int, error);
    QFETCH(const int, ping);
    QFETCH(const QString, meaning);
    DiagnosisFacts found = facts({ attempt("192.0.2.1", static_cast<FailureCode>(code), error) });
    found.attempts.front().ping = static_cast<Ping::Outcome>(ping);
    const Verdict verdict = verdictOn(found);
    QVERIFY(!verdict.connected());
    QCOMPARE(verdict.text.code, static_cast<FailureCode>(code));
    QVERIFY2(verdict.text.what.contains(u"192.0.2.1 port 80"), qPrintable(verdict.text.what));
    QVERIFY2(verdict.text.meaning.contains(meaning), qPrintable(verdict.text.meaning));
    QVERIFY(!verdict.text.advice.isEmpty());
    QVERIFY(!verdict.text.oneLine().contains(u'%'));
}

void TestVerdict::theMostTellingOfSeveral()
{
    const Verdict verdict = verdictOn(facts({ attempt("192.0.2.1", FailureCode::Unreachable, ENETUNREACH),
        attempt("192.0.2.2", FailureCode::TimedOut), attempt("192.0.2.3", FailureCode::Refused, ECONNREFUSED) }));
    QCOMPARE(verdict.text.code, FailureCode::Refused);
    QVERIFY(verdict.text.what.contains(u"192.0.2.3"));
}

void TestVerdict::oneAddressThatWorksIsEnough()
{
    const Verdict verdict =
        verdictOn(facts({ attempt("192.0.2.1", FailureCode::TimedOut), attempt("192.0.2.2", FailureCode::None) }));
    QVERIFY(verdict.connected());
    QVERIFY(verdict.text.what.contains(u"192.0.2.2 port 80"));
    QVERIFY2(verdict.text.advice.contains(u"192.0.2.1 does not"), qPrintable(verdict.text.advice));
}

void TestVerdict::processesAreNoTemplates()
{
    DiagnosisFacts found = facts({ attempt("127.0.0.1", FailureCode::TimedOut) });
    found.local->isLocal = true;
    found.local->backlogFull = true;
    found.local->listener = QStringLiteral("%1%2 (5)");
    const Verdict verdict = verdictOn(found);
    QVERIFY2(verdict.text.meaning.startsWith(u"%1%2 (5) listens there"), qPrintable(verdict.text.meaning));
}

} // namespace

SOCKEYE_TEST(TestVerdict)
#include "tst_verdict.moc"
