// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/capture.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/connections/connection_columns.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"
#include "ui/window/pages/page_factory.h"
#include "ui/window/window_actions.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableView>

using namespace sockeye;

namespace {

constexpr QSize smallScreen(1024, 640);

/// What somebody uses; not the parts that it has itself, like the line edit of a box.
bool isControl(const QWidget* widget)
{
    if (qobject_cast<const QHeaderView*>(widget) || qobject_cast<const QComboBox*>(widget->parentWidget())
        || qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) {
        return false;
    }
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
        || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)
        || qobject_cast<const QAbstractScrollArea*>(widget);
}

QString nameOf(const QWidget* widget)
{
    const auto* const button = qobject_cast<const QAbstractButton*>(widget);
    QString name = QString::fromLatin1(widget->metaObject()->className());
    for (const QWidget* each = widget; each; each = each->parentWidget()) {
        name += u" < "
            + (each->accessibleName().isEmpty() ? QString::fromLatin1(each->metaObject()->className())
                                                : each->accessibleName());
    }
    return button ? QString(button->text() + u' ' + name) : name;
}

/// Why somebody cannot get at it; empty: he can. What a scroll area holds can be scrolled to.
QString obstacle(const QWidget* widget, const QWidget& window)
{
    QRect there = widget->rect();
    for (const QWidget* each = widget; each != &window; each = each->parentWidget()) {
        const QWidget* const around = each->parentWidget();
        if (const auto* const area = qobject_cast<const QScrollArea*>(around ? around->parentWidget() : nullptr);
            area && area->widget() == each) {
            const QSize room(area->viewport()->width() + area->horizontalScrollBar()->maximum(),
                area->viewport()->height() + area->verticalScrollBar()->maximum());
            if (!QRect(each->pos() - each->pos(), room).contains(there)) {
                return QStringLiteral("it is where nobody can scroll to");
            }
            if (area->viewport()->width() < 40 || area->viewport()->height() < 16) {
                return QStringLiteral("its scroll area shows nothing");
            }
            there = area->viewport()->rect();
            each = around;
        }
        there.translate(each->pos());
        if (!each->parentWidget()->rect().contains(there)) {
            return QStringLiteral("%1,%2 %3×%4 is not inside %5 of %6×%7")
                .arg(QString::number(there.x()), QString::number(there.y()), QString::number(there.width()),
                    QString::number(there.height()), nameOf(each->parentWidget()),
                    QString::number(each->parentWidget()->width()), QString::number(each->parentWidget()->height()));
        }
    }
    return {};
}

/// There was no room for all of it.
bool isSqueezed(const QWidget* widget)
{
    const QSize least = widget->minimumSizeHint().boundedTo(widget->maximumSize());
    return widget->height() < least.height() || widget->width() < least.width();
}

class TestSmallWindow : public MainWindowTest {
    Q_OBJECT

    Page* open(const QByteArray& what)
    {
        if (what == "capture") {
            const QString file = m_folder->filePath(QStringLiteral("some.pcapng"));
            CaptureOptions options;
            options.file = file;
            (void)Capture::create(options);
            m_window->openFile(file);
        } else if (what == "load") {
            m_window->actions().newLoad->trigger();
        } else if (what == "live") {
            m_window->actions().captureInterface->trigger();
        } else if (what.startsWith("client")) {
            return m_window->newClient();
        } else if (what.startsWith("server")) {
            return m_window->newServer();
        } else if (what == "relay") {
            return m_window->newRelay();
        } else if (what == "sockets") {
            return m_window->showTool(PageKind::Sockets);
        } else if (what == "diagnose") {
            return m_window->showTool(PageKind::Diagnose);
        } else if (what == "many") {
            return m_window->showTool(PageKind::ManyConnections);
        }
        return m_window->area().current();
    }

private Q_SLOTS:
    void everythingCanBeReached_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QStringList>("opened"); // sections, by their buttons
        const QStringList options { QStringLiteral("Options"), QStringLiteral("What is asked"),
            QStringLiteral("How it connects") };
        const QString faults = QStringLiteral("Show faults");
        const QString held = QStringLiteral("Show what is held");
        for (const char* what :
            { "welcome", "server", "client", "relay", "capture", "live", "load", "sockets", "diagnose", "many" }) {
            QTest::newRow(what) << QByteArray(what) << QStringList();
            QTest::addRow("%s, with its options", what) << QByteArray(what) << options;
        }
        QTest::newRow("relay, with faults") << QByteArray("relay") << QStringList(faults);
        QTest::newRow("relay, with what is held") << QByteArray("relay") << QStringList(held);
        QTest::newRow("relay, with both") << QByteArray("relay") << QStringList { faults, held };
        for (const char* view : { "Lanes", "Ladder", "Latency" }) {
            const QString shown = QString::fromLatin1(view);
            for (const char* what : { "server", "client", "relay", "capture" }) {
                QTest::addRow("%s, with its options and %s", what, view)
                    << QByteArray(what) << QStringList { options.constFirst(), shown };
            }
            QTest::addRow("relay, with faults and %s", view) << QByteArray("relay") << QStringList { faults, shown };
            QTest::addRow("relay, with everything and %s", view)
                << QByteArray("relay") << QStringList { options.constFirst(), faults, held, shown };
        }
    }
    void connectionsFit_data()
    {
        QTest::addColumn<QByteArray>("what");
        for (const char* what : { "server", "relay", "capture", "live" }) {
            QTest::newRow(what) << QByteArray(what);
        }
    }
    void connectionsFit()
    {
        QFETCH(const QByteArray, what);
        m_window->resize(smallScreen);
        const Page* const page = open(what);
        int seen = 0;
        for (const auto* table : page->findChildren<QTableView*>()) {
            if (table->accessibleName() == u"Connections" && table->isVisible()) {
                QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
                const int waiting = table->columnWidth(static_cast<int>(ConnectionColumn::Waiting));
                QVERIFY2(waiting >= table->fontMetrics().averageCharWidth() * 18, qPrintable(QString::number(waiting)));
                ++seen;
            }
        }
        QCOMPARE(seen, 1);
    }
    void everythingCanBeReached()
    {
        QFETCH(const QByteArray, what);
        QFETCH(const QStringList, opened);
        m_window->resize(smallScreen);
        const Page* const page = open(what);
        if (page) {
            for (auto* panel : page->findChildren<FaultsPanel*>()) { // whose form is the highest
                FaultSettings fault;
                fault.kind = QStringLiteral("set");
                panel->model()->add(fault);
                panel->findChild<QTableView*>()->selectRow(0);
            }
            for (QAbstractButton* button : page->findChildren<QAbstractButton*>()) {
                const bool isWanted =
                    opened.contains(button->text().remove(u'&')) || opened.contains(button->accessibleName());
                if (button->isCheckable() && button->isVisible() && isWanted) {
                    button->setChecked(true);
                }
            }
        }
        QCoreApplication::processEvents();
        // Everything around it learns what it needs, which takes several turns otherwise.
        for (const QWidget* each = page; each != nullptr; each = each->parentWidget()) {
            if (each->layout() != nullptr) {
                each->layout()->invalidate();
                each->layout()->activate();
            }
        }
        QCoreApplication::processEvents();
        if (page != nullptr) {
            const QSize needed = page->minimumSizeHint();
            QVERIFY2(needed.width() <= page->width() && needed.height() <= page->height(),
                qPrintable(QStringLiteral("the page needs %1 × %2, and gets %3 × %4")
                               .arg(QString::number(needed.width()), QString::number(needed.height()),
                                   QString::number(page->width()), QString::number(page->height()))));
        }
        const QSize least = m_window->minimumSizeHint();
        QVERIFY2(least.width() <= smallScreen.width() && least.height() <= smallScreen.height(),
            qPrintable(QStringLiteral("%1 × %2").arg(QString::number(least.width()), QString::number(least.height()))));
        QCOMPARE(m_window->size(), smallScreen);

        // Every tab of the page, too.
        QList<QTabWidget*> tabs = m_window->findChildren<QTabWidget*>();
        qsizetype most = 1;
        for (const QTabWidget* each : tabs) {
            most = std::max<qsizetype>(most, each->count());
        }
        for (int tab = 0; tab < most; ++tab) {
            for (QTabWidget* each : tabs) {
                if (each->isTabEnabled(tab)) {
                    each->setCurrentIndex(tab);
                }
            }
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
                if (widget->isVisible() && widget->isEnabled() && isControl(widget)
                    && widget->window() == m_window.get()) {
                    const QString why = obstacle(widget, *m_window);
                    QVERIFY2(why.isEmpty(), qPrintable(nameOf(widget) + u": " + why));
                    QVERIFY2(!isSqueezed(widget), qPrintable(nameOf(widget)));
                }
            }
        }
    }
};

} // namespace

SOCKEYE_TEST(TestSmallWindow)
#include "tst_small_window.moc"
