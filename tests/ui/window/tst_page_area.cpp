// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/window_test.h"
#include "ui/window/pages/page_area.h"
#include "ui/window/pages/page_tabs.h"

#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace sockeye;

class TestPageArea : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void beginsEmpty();
    void lastAddedIsCurrent();
    void twoSides();
    void movingTheLastPageOfASideClosesTheSide();
    void takenPagesLive();
    void deletedPagesLeave();
    void stepsRoundAndRound();
    void titlesFollow();
    void middleButtonCloses();
    void draggingOutTearsOff();
};

namespace {

QTabBar* tabBarOf(const Page* page)
{
    // A tab's page is in a stack, which is in the tabs.
    return qobject_cast<QTabWidget*>(page->parentWidget()->parentWidget())->tabBar();
}

} // namespace

void TestPageArea::beginsEmpty()
{
    const PageArea area;
    QVERIFY(area.isEmpty());
    QVERIFY(!area.isSplit());
    QCOMPARE(area.current(), nullptr);
}

void TestPageArea::lastAddedIsCurrent()
{
    PageArea area;
    QSignalSpy currentChanged(&area, &PageArea::currentChanged);
    auto* first = new FakePage(QStringLiteral("first"));
    auto* second = new FakePage(QStringLiteral("second"));
    area.add(first);
    QCOMPARE(area.current(), first);
    area.add(second);
    QCOMPARE(area.current(), second);
    area.setCurrent(first);
    QCOMPARE(area.current(), first);
    QCOMPARE(currentChanged.count(), 3);
    QCOMPARE(currentChanged.last().at(0).value<Page*>(), first);
}

void TestPageArea::twoSides()
{
    PageArea area;
    auto* left = new FakePage(QStringLiteral("left"));
    auto* right = new FakePage(QStringLiteral("right"));
    area.add(left, PageArea::Side::First);
    area.add(right, PageArea::Side::Second);
    area.resize(1000, 500);
    area.show();
    QVERIFY(area.isSplit());
    QVERIFY(left->isVisible());
    QVERIFY(right->isVisible());
    QCOMPARE(area.sideOf(left), PageArea::Side::First);
    QCOMPARE(area.sideOf(right), PageArea::Side::Second);
    area.setCurrent(left);
    QCOMPARE(area.current(), left);
}

void TestPageArea::movingTheLastPageOfASideClosesTheSide()
{
    PageArea area;
    auto* first = new FakePage(QStringLiteral("first"));
    auto* second = new FakePage(QStringLiteral("second"));
    area.add(first);
    area.add(second);
    area.moveToOtherSide(second);
    QVERIFY(area.isSplit());
    QCOMPARE(area.current(), second);
    area.moveToOtherSide(second);
    QVERIFY(!area.isSplit());
    QCOMPARE(area.sideOf(second), PageArea::Side::First);
    QCOMPARE(area.current(), second);
}

void TestPageArea::takenPagesLive()
{
    PageArea area;
    FakePage page(QStringLiteral("page"));
    area.add(&page);
    area.take(&page);
    page.setParent(nullptr);
    QVERIFY(area.isEmpty());
    QVERIFY(!area.contains(&page));
    page.rename(QStringLiteral("still here"));
}

void TestPageArea::deletedPagesLeave()
{
    PageArea area;
    auto* first = new FakePage(QStringLiteral("first"));
    auto* second = new FakePage(QStringLiteral("second"));
    area.add(first);
    area.add(second);
    delete second;
    QCOMPARE(area.current(), first);
    delete first;
    QCOMPARE(area.current(), nullptr);
}

void TestPageArea::stepsRoundAndRound()
{
    PageArea area;
    QList<Page*> pages;
    for (int number = 0; number < 3; ++number) {
        pages.append(new FakePage(QString::number(number)));
        area.add(pages.last());
    }
    area.stepCurrent(1);
    QCOMPARE(area.current(), pages.at(0));
    area.stepCurrent(-1);
    QCOMPARE(area.current(), pages.at(2));
    area.stepCurrent(-1);
    QCOMPARE(area.current(), pages.at(1));
}

void TestPageArea::titlesFollow()
{
    PageTabs tabs;
    auto* page = new FakePage(QStringLiteral("one"));
    tabs.add(page);
    QCOMPARE(tabs.tabText(0), QStringLiteral("one"));
    page->rename(QStringLiteral("salt & pepper"));
    QCOMPARE(tabs.tabText(0), QStringLiteral("salt && pepper"));
    QCOMPARE(tabs.tabToolTip(0), QStringLiteral("salt & pepper – waiting"));
}

void TestPageArea::middleButtonCloses()
{
    PageArea area;
    auto* page = new FakePage(QStringLiteral("page"));
    area.add(page);
    area.resize(600, 400);
    area.show();
    QSignalSpy closeRequested(&area, &PageArea::closeRequested);
    QTabBar* bar = tabBarOf(page);
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(0).center());
    QCOMPARE(closeRequested.count(), 1);
    QCOMPARE(closeRequested.first().at(0).value<Page*>(), page);
}

void TestPageArea::draggingOutTearsOff()
{
    PageArea area;
    auto* page = new FakePage(QStringLiteral("page"));
    area.add(page);
    area.resize(600, 400);
    area.show();
    QSignalSpy tearOffRequested(&area, &PageArea::tearOffRequested);
    QTabBar* bar = tabBarOf(page);
    const QPoint start = bar->tabRect(0).center();
    QTest::mousePress(bar, Qt::LeftButton, {}, start);
    QTest::mouseMove(bar, start + QPoint(30, 4));
    QCOMPARE(tearOffRequested.count(), 0);
    QTest::mouseMove(bar, start + QPoint(30, 150));
    QCOMPARE(tearOffRequested.count(), 1);
    QTest::mouseRelease(bar, Qt::LeftButton, {}, start + QPoint(30, 150));
}

SOCKEYE_TEST(TestPageArea)
#include "tst_page_area.moc"
