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
};

} // namespace

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
