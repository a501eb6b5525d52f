// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/window/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

class TestSettings : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void everythingComesBack();
    void nonsenseReadsAsEmpty();
    void recentFilesAreFewAndLatestFirst();
    void theEnvironmentNamesTheFile();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestSettings::init()
{
    TestCase::init();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(QStringLiteral("settings.ini"));
}

void TestSettings::everythingComesBack()
{
    const QByteArray bytes("\0\xff\n=;", 5);
    const QJsonObject object { { QStringLiteral("kind"), QStringLiteral("🐰") } };
    {
        Settings settings(m_file);
        settings.setBytes(QStringLiteral("a/bytes"), bytes);
        settings.setNumber(QStringLiteral("a/number"), 42);
        settings.setFlag(QStringLiteral("a/flag"), false);
        settings.setObject(QStringLiteral("a/object"), object);
    }
    const Settings settings(m_file);
    QCOMPARE(settings.bytes(QStringLiteral("a/bytes")), bytes);
    QCOMPARE(settings.number(QStringLiteral("a/number"), 0, 0, 100), 42);
    QCOMPARE(settings.flag(QStringLiteral("a/flag"), true), false);
    QCOMPARE(settings.object(QStringLiteral("a/object")), object);
}

void TestSettings::nonsenseReadsAsEmpty()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[a]\nnumber=many\nbig=9999\nobject=bm90IGpzb24=\nbytes=@@@@\n\x01\x02garbage");
    file.close();
    const Settings settings(m_file);
    QCOMPARE(settings.number(QStringLiteral("a/number"), 7, 0, 100), 7);
    QCOMPARE(settings.number(QStringLiteral("a/big"), 7, 0, 100), 100);
    QVERIFY(settings.object(QStringLiteral("a/object")).isEmpty());
    QVERIFY(settings.recentFiles().isEmpty());
}

void TestSettings::recentFilesAreFewAndLatestFirst()
{
    Settings settings(m_file);
    for (int number = 0; number < 15; ++number) {
        settings.addRecentFile(QStringLiteral("/captures/%1.pcapng").arg(number));
    }
    settings.addRecentFile(QStringLiteral("/captures/9.pcapng"));
    QStringList files = settings.recentFiles();
    QCOMPARE(files.size(), 10);
    QCOMPARE(files.at(0), QStringLiteral("/captures/9.pcapng"));
    QCOMPARE(files.at(1), QStringLiteral("/captures/14.pcapng"));
    QCOMPARE(files.count(QStringLiteral("/captures/9.pcapng")), 1);
    settings.removeRecentFile(QStringLiteral("/captures/9.pcapng"));
    QVERIFY(!settings.recentFiles().contains(QStringLiteral("/captures/9.pcapng")));
    settings.clearRecentFiles();
    QVERIFY(settings.recentFiles().isEmpty());
}

void TestSettings::theEnvironmentNamesTheFile()
{
    qputenv("SOCKEYE_SETTINGS", m_file.toLocal8Bit());
    {
        Settings settings;
        settings.setNumber(QStringLiteral("a/number"), 3);
    }
    qunsetenv("SOCKEYE_SETTINGS");
    QCOMPARE(Settings(m_file).number(QStringLiteral("a/number"), 0, 0, 9), 3);
}

SOCKEYE_TEST(TestSettings)
#include "tst_settings.moc"
