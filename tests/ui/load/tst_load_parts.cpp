// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/window_test.h"
#include "ui/pages/load/load_bar.h"
#include "ui/pages/load/load_plots.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sockeye {

/// Parts of the page of a load that need no server.
class TestLoadParts : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void outOfTheDeadEnd();
    void latenciesEndWithTheLastReply();
};

namespace {

template <typename Widget> Widget* loadPart(const QWidget& parent, const char* name)
{
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->accessibleName() == QLatin1StringView(name)) {
            return widget;
        }
    }
    return nullptr;
}

} // namespace

/// Over UDP nothing ready-made can be asked.
void TestLoadParts::outOfTheDeadEnd()
{
    QWidget page;
    auto* const bar = new LoadBar(&page);
    auto* const column = new QVBoxLayout(&page);
    column->addWidget(bar);
    column->addWidget(bar->panels());
    page.show();
    auto* const way = loadPart<QPushButton>(page, "Ask a request made by hand");
    auto* const wrong = loadPart<QLabel>(page, "What went wrong");
    auto* const transport = loadPart<QComboBox>(page, "Transport");
    QVERIFY(way->isHidden());
    transport->setCurrentText(QStringLiteral("UDP"));
    QVERIFY(wrong->text().contains(u"over UDP say by hand what is asked"));
    QVERIFY(!way->isHidden());
    transport->setCurrentText(QStringLiteral("TCP"));
    QVERIFY(way->isHidden());
    QVERIFY(wrong->isHidden());
    transport->setCurrentText(QStringLiteral("UDP"));
    way->click();
    QVERIFY(way->isHidden());
    QVERIFY(wrong->isHidden());
    QCOMPARE(loadPart<QSpinBox>(page, "Weight of search")->value(), 0);
    QCOMPARE(loadPart<QSpinBox>(page, "Weight of the hand-made request")->value(), 1);
    QCOMPARE(loadPart<QLineEdit>(page, "Hand-made request")->text(), QStringLiteral("68 65 6c 6c 6f"));
    QVERIFY(loadPart<QLineEdit>(page, "Hand-made request")->isVisible());
    QCOMPARE(bar->plan().problem(), QString());
}

void TestLoadParts::latenciesEndWithTheLastReply()
{
    LoadReport report;
    report.nanoseconds = 1'000'000'000;
    for (int index = 0; index < 10; ++index) {
        LoadSlice slice;
        slice.index = index;
        if (index < 3 || index == 5) {
            slice.latencies.add(1'000'000);
        }
        report.add(slice);
    }
    LoadPlots plots;
    plots.show(report, false);
    QCOMPARE(plots.pointCount(), 10);
    QVERIFY2(qAbs(plots.lastLatencyTime() - 0.6) < 1e-9, qPrintable(QString::number(plots.lastLatencyTime())));
}

} // namespace sockeye

using sockeye::TestLoadParts;
SOCKEYE_TEST(TestLoadParts)
#include "tst_load_parts.moc"
