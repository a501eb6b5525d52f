// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/window/command_line.h"

#include <QTest>

using namespace sockeye;

class TestCommandLine : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void plain();
    void options();
    void wrong_data();
    void wrong();
    void words();
};

namespace {

CommandLineOutcome read(const QString& line)
{
    return readCommandLine(QString(u"sockeye " + line).split(u' ', Qt::SkipEmptyParts), QStringLiteral("1.2.3"));
}

} // namespace

void TestCommandLine::plain()
{
    const CommandLineOutcome outcome = read(QString());
    QVERIFY(outcome.start);
    QVERIFY(outcome.commandLine.isPlain());
}

void TestCommandLine::options()
{
    QVERIFY(read(QStringLiteral("--new-server")).commandLine.newServer);
    QVERIFY(read(QStringLiteral("--new-client")).commandLine.newClient);
    QVERIFY(read(QStringLiteral("--new-relay")).commandLine.newRelay);
    QVERIFY(!read(QStringLiteral("--new-relay")).commandLine.isPlain());
    QVERIFY(read(QStringLiteral("--demo")).commandLine.demo);
    QVERIFY(read(QStringLiteral("--quit-after-first-paint")).commandLine.quitAfterFirstPaint);
    QVERIFY(read(QStringLiteral("--quit-after-first-paint")).commandLine.isPlain());
    const CommandLine files = read(QStringLiteral("a.pcapng --new-server b.sockeye")).commandLine;
    QCOMPARE(files.files, (QStringList { QStringLiteral("a.pcapng"), QStringLiteral("b.sockeye") }));
    QVERIFY(files.newServer);
    QVERIFY(!files.isPlain());
}

void TestCommandLine::wrong_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("unknown option") << QStringLiteral("--frobnicate");
    QTest::newRow("short unknown") << QStringLiteral("-z");
    QTest::newRow("value for a flag") << QStringLiteral("--demo=yes");
    QTest::newRow("both") << QStringLiteral("--new-server --new-client");
    QTest::newRow("relay, too") << QStringLiteral("--new-client --new-relay");
}

void TestCommandLine::wrong()
{
    QFETCH(const QString, line);
    const CommandLineOutcome outcome = read(line);
    QVERIFY(!outcome.start);
    QCOMPARE(outcome.exitStatus, 2);
    QVERIFY(outcome.text.startsWith(QStringLiteral("sockeye: ")));
    QVERIFY(outcome.text.contains(QStringLiteral("--help")));
}

void TestCommandLine::words()
{
    const CommandLineOutcome help = read(QStringLiteral("--help"));
    QVERIFY(!help.start);
    QVERIFY2(help.text.startsWith(QStringLiteral("Usage: sockeye [options]")), qPrintable(help.text));
    QCOMPARE(help.exitStatus, 0);
    for (const char* option :
        { "--new-server", "--new-client", "--new-relay", "--demo", "FILE", "--quit-after-first-paint" }) {
        QVERIFY2(help.text.contains(QLatin1String(option)), option);
    }
    QCOMPARE(read(QStringLiteral("--version")).text, QStringLiteral("sockeye 1.2.3"));
}

SOCKEYE_TEST(TestCommandLine)
#include "tst_command_line.moc"
