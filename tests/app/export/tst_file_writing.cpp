// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/file_writing.h"
#include "app/threads/background_threads.h"
#include "tests/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <optional>

using namespace sockeye;

class TestFileWriting : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void writes_data();
    void writes();
    void toldToNobody();
};

void TestFileWriting::writes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("replaces");
    QTest::addColumn<bool>("makesFolder");
    QTest::addColumn<QByteArray>("then"); // in the file; null: there is none
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isProblem");
    const QByteArray fresh = "new";
    QTest::newRow("new") << QStringLiteral("a") << true << false << fresh << false << false;
    QTest::newRow("new, leaving others") << QStringLiteral("a") << false << false << fresh << false << false;
    QTest::newRow("replaced") << QStringLiteral("old") << true << false << fresh << false << false;
    QTest::newRow("left") << QStringLiteral("old") << false << false << QByteArray("old") << true << false;
    QTest::newRow("folder made") << QStringLiteral("x/y/a") << false << true << fresh << false << false;
    QTest::newRow("no folder") << QStringLiteral("x/y/a") << true << false << QByteArray() << false << true;
    QTest::newRow("a file for a folder") << QStringLiteral("old/a") << true << true << QByteArray() << false << true;
}

void TestFileWriting::writes()
{
    QFETCH(const QString, name);
    QFETCH(const bool, replaces);
    QFETCH(const bool, makesFolder);
    const QTemporaryDir folder;
    QFile old(folder.filePath(QStringLiteral("old")));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    std::optional<FileWritten> written;
    writeFile(folder.filePath(name), "new", { replaces, makesFolder }, this,
        [&written](const FileWritten& result) { written = result; });
    QTRY_VERIFY(written);
    QTEST(written->isThere, "isThere");
    QTEST(bool(written->failure), "isProblem");
    QCOMPARE(written->isDone(), !written->isThere && !written->failure);
    QFile file(folder.filePath(name));
    QTEST(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(), "then");
}

void TestFileWriting::toldToNobody()
{
    const QTemporaryDir folder;
    bool isTold = false;
    {
        QObject owner;
        writeFile(
            folder.filePath(QStringLiteral("a")), "new", {}, &owner, [&isTold](const FileWritten&) { isTold = true; });
    }
    backgroundThreads().waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("a"))));
    QVERIFY(!isTold);
}

SOCKEYE_TEST(TestFileWriting)

#include "tst_file_writing.moc"
