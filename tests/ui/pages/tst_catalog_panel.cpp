// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/pages/server/catalog_model.h"
#include "ui/pages/server/catalog_panel.h"

#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace sockeye {

class TestCatalogPanel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void savesAndLoads();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void saysWhatCannotBeWritten();
    void restoresTheDefaults();
};

void TestCatalogPanel::savesAndLoads()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("catalogue.json"));
    CatalogPanel panel;
    panel.setCatalog(
        Catalog({ { QStringLiteral("z"), QStringLiteral("last") }, { QStringLiteral("a"), QStringLiteral("🐰") } }));
    panel.save(file); // in the background
    QTRY_VERIFY(QFile::exists(file));
    QCOMPARE(panel.problem(), QString());
    CatalogPanel other;
    QSignalSpy changed(&other, &CatalogPanel::catalogChanged);
    other.load(file);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(other.catalog().entries(), panel.catalog().entries());
}

void TestCatalogPanel::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{\"a\": ");
    QTest::newRow("no object") << QByteArray("[1, 2]");
    QTest::newRow("no strings") << QByteArray("{\"a\": 1}");
    QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}");
}

void TestCatalogPanel::saysWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("bad.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    CatalogPanel panel;
    panel.load(file.fileName());
    QVERIFY(panel.problem().contains(QStringLiteral("bad.json")));
    QVERIFY(panel.problem().contains(QStringLiteral("stays as it is")));
    QCOMPARE(panel.catalog().entries(), Catalog::standard().entries());
    panel.load(folder.filePath(QStringLiteral("missing.json")));
    QVERIFY(panel.problem().contains(QStringLiteral("missing.json")));
}

void TestCatalogPanel::saysWhatCannotBeWritten()
{
    const QTemporaryDir folder;
    CatalogPanel panel;
    panel.save(folder.filePath(QStringLiteral("nowhere/catalogue.json")));
    QTRY_VERIFY(panel.problem().contains(
        QStringLiteral("nowhere/catalogue.json could not be written. No such file or directory (ENOENT).")));
}

void TestCatalogPanel::restoresTheDefaults()
{
    CatalogPanel panel;
    panel.setCatalog(Catalog());
    for (auto* button : panel.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Defaults")) {
            button->click();
        }
    }
    QCOMPARE(panel.catalog().entries(), Catalog::standard().entries());
}

SOCKEYE_TEST(TestCatalogPanel)

} // namespace sockeye

#include "tst_catalog_panel.moc"
