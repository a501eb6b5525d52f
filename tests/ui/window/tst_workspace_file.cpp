// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/window/workspace_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

class TestWorkspaceFile : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip();
    void hostileFiles_data();
    void hostileFiles();
    void badEntriesAreLeftOut();
    void tooManyPagesAreCutOff();
    void missingFileSaysSo();
    void unwritableFolderSaysSo();
    void ending();

private:
    QString write(const QByteArray& text) const;
    QTemporaryDir m_folder;
};

QString TestWorkspaceFile::write(const QByteArray& text) const
{
    const QString name = m_folder.filePath(QStringLiteral("some.sockeye"));
    QFile file(name);
    file.open(QIODevice::WriteOnly);
    file.write(text);
    return name;
}

void TestWorkspaceFile::roundTrip()
{
    Workspace workspace;
    workspace.entries.append({ QJsonObject { { QStringLiteral("kind"), QStringLiteral("server") } }, 0, {} });
    workspace.entries.append(
        { QJsonObject { { QStringLiteral("kind"), QStringLiteral("client") } }, 1, QByteArray("\0geometry", 9) });
    workspace.current = 1;
    workspace.split = Qt::Vertical;
    const QString file = m_folder.filePath(QStringLiteral("round.sockeye"));
    QVERIFY(!writeWorkspaceFile(file, workspace));
    const auto read = readWorkspaceFile(file);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().oneLine()));
    QCOMPARE(read->entries.size(), 2);
    for (qsizetype index = 0; index < 2; ++index) {
        QCOMPARE(read->entries.at(index).page, workspace.entries.at(index).page);
        QCOMPARE(read->entries.at(index).side, workspace.entries.at(index).side);
        QCOMPARE(read->entries.at(index).window, workspace.entries.at(index).window);
    }
    QCOMPARE(read->current, 1);
    QCOMPARE(read->split, Qt::Vertical);
}

void TestWorkspaceFile::hostileFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const QString none = QStringLiteral("is not a Sockeye workspace");
    QTest::newRow("empty") << QByteArray() << none;
    QTest::newRow("garbage") << QByteArray("\x00\xff\x7f{", 4) << none;
    QTest::newRow("array") << QByteArray("[1, 2]") << none;
    QTest::newRow("other object") << QByteArray(R"({"pages": []})") << none;
    QTest::newRow("version is text") << QByteArray(R"({"sockeyeWorkspace": "1"})") << none;
    QTest::newRow("newer") << QByteArray(R"({"sockeyeWorkspace": 99})") << QStringLiteral("newer Sockeye");
    QTest::newRow("huge") << QByteArray(2 * 1024 * 1024, ' ') << none;
    QTest::newRow("deeply nested") << QByteArray(100'000, '[') << none;
}

void TestWorkspaceFile::hostileFiles()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    const auto read = readWorkspaceFile(write(text));
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().what.contains(expected), qPrintable(read.error().what));
    QVERIFY(!read.error().advice.isEmpty());
}

void TestWorkspaceFile::badEntriesAreLeftOut()
{
    const auto read = readWorkspaceFile(write(R"({"sockeyeWorkspace": 1, "current": -3, "split": 7, "pages": [
        3, null, {}, {"page": []}, {"page": {"kind": 5}},
        {"page": {"kind": "client"}, "side": 9000, "window": {"a": 1}}]})"));
    QVERIFY(read.has_value());
    QCOMPARE(read->entries.size(), 1);
    QCOMPARE(read->entries.at(0).side, 0);
    QVERIFY(read->entries.at(0).window.isEmpty());
    QCOMPARE(read->current, 0);
    QCOMPARE(read->split, Qt::Horizontal);
}

void TestWorkspaceFile::tooManyPagesAreCutOff()
{
    QJsonArray pages;
    for (int number = 0; number < 1000; ++number) {
        pages.append(QJsonObject {
            { QStringLiteral("page"), QJsonObject { { QStringLiteral("kind"), QStringLiteral("server") } } } });
    }
    const QJsonObject object { { QStringLiteral("sockeyeWorkspace"), 1 }, { QStringLiteral("pages"), pages } };
    const auto read = readWorkspaceFile(write(QJsonDocument(object).toJson()));
    QVERIFY(read.has_value());
    QCOMPARE(read->entries.size(), 100);
}

void TestWorkspaceFile::missingFileSaysSo()
{
    const auto read = readWorkspaceFile(m_folder.filePath(QStringLiteral("absent.sockeye")));
    QVERIFY(!read.has_value());
    QVERIFY(read.error().what.contains(QStringLiteral("absent.sockeye")));
    QVERIFY(!read.error().meaning.isEmpty());
}

void TestWorkspaceFile::unwritableFolderSaysSo()
{
    const Failure failure = writeWorkspaceFile(m_folder.filePath(QStringLiteral("no/such/folder.sockeye")), {});
    QVERIFY(failure);
    QVERIFY(!failure.meaning.isEmpty());
}

void TestWorkspaceFile::ending()
{
    QVERIFY(isWorkspaceFile(QStringLiteral("/a/b.sockeye")));
    QVERIFY(isWorkspaceFile(QStringLiteral("B.SOCKEYE")));
    QVERIFY(!isWorkspaceFile(QStringLiteral("b.pcapng")));
    QVERIFY(!isWorkspaceFile(QStringLiteral("sockeye")));
}

SOCKEYE_TEST(TestWorkspaceFile)
#include "tst_workspace_file.moc"
