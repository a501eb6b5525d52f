// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/pages/server/catalog_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

class TestCatalogModel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void edits();
    void shadowsEarlierQueries();
};

void TestCatalogModel::edits()
{
    CatalogModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCatalog(Catalog::standard());
    QCOMPARE(model.rowCount(), 3);
    QSignalSpy changed(&model, &CatalogModel::catalogChanged);
    QVERIFY(model.setData(model.index(0, CatalogModel::Answer), QStringLiteral("Wake up.")));
    QCOMPARE(changed.size(), 1);
    QVERIFY(model.setData(model.index(0, CatalogModel::Answer), QStringLiteral("Wake up.")));
    QCOMPARE(changed.size(), 1); // nothing changed
    QCOMPARE(*model.catalog().find("morpheus"), QByteArray("Wake up."));

    const int row = model.addEntry();
    QCOMPARE(row, 3);
    QCOMPARE(model.catalog().entries().size(), 3); // nothing in it yet
    model.setData(model.index(row, CatalogModel::Query), QStringLiteral("neo"));
    model.setData(model.index(row, CatalogModel::Answer), QStringLiteral("The one."));
    QCOMPARE(*model.catalog().find("neo"), QByteArray("The one."));
    QVERIFY(model.removeRows(0, 2));
    QVERIFY(!model.catalog().find("morpheus"));
    QVERIFY(!model.removeRows(1, 2));
    QVERIFY(!model.removeRows(-1, 1));
    QCOMPARE(model.rowCount(), 2);
}

void TestCatalogModel::shadowsEarlierQueries()
{
    CatalogModel model;
    model.setCatalog(
        Catalog({ { QStringLiteral("a"), QStringLiteral("1") }, { QStringLiteral("b"), QStringLiteral("2") } }));
    QVERIFY(!model.isShadowed(0));
    model.setData(model.index(1, CatalogModel::Query), QStringLiteral("a"));
    QVERIFY(model.isShadowed(0));
    QVERIFY(!model.isShadowed(1));
    QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().isEmpty());
    QCOMPARE(*model.catalog().find("a"), QByteArray("2"));
}

SOCKEYE_TEST(TestCatalogModel)

} // namespace sockeye

#include "tst_catalog_model.moc"
