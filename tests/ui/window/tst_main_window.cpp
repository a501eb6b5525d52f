// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/inspector/inspector.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_line.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QStatusBar>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace sockeye;

class TestMainWindow : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() override;
    void namedActions_data();
    void namedActions();
    void everyActionHasATextAndAPlaceInAMenu();
    void noTwoActionsShareAShortcut();
    void toolBarNames_data();
    void toolBarNames();
    void emptyWindowWelcomes();
    void pagesAreListedAndClosed();
    void endpointsBringToTheFront();
    void tearOffAndBack();
    void closingATornOffWindowClosesItsPage();
    void actionsReachThePage();
    void newPagesFromTheMenu();
    void themeFromTheMenu();
    void textSizeFromTheMenu();
    void partsCanBeHidden();
    void inspectorMakesRoom();
    void statusOfAPage();
    void brokenWorkspaceIsToldInTheWindow();
    void droppedFilesOpen();
    void openPagesComeBack();

private:
    [[nodiscard]] QAction* action(const QString& text) const;
    FakePage* addFake(const QString& title);
    [[nodiscard]] QListView* endpoints() const; ///< the list on the left
};

namespace {

void collect(const QMenu* menu, QList<QAction*>& actions)
{
    for (QAction* action : menu->actions()) {
        if (action->menu() != nullptr) {
            collect(action->menu(), actions);
        } else if (!action->isSeparator()) {
            actions.append(action);
        }
    }
}

QList<QAction*> menuActions(const QMainWindow& window)
{
    QList<QAction*> actions;
    for (const QAction* menu : window.menuBar()->actions()) {
        collect(menu->menu(), actions);
    }
    return actions;
}

} // namespace

void TestMainWindow::cleanup()
{
    MainWindowTest::cleanup();
    Theme::instance().setMode(Theme::Mode::System);
    Theme::instance().setTextScale(100);
}

QAction* TestMainWindow::action(const QString& text) const
{
    for (QAction* candidate : menuActions(*m_window)) {
        if (candidate->text().remove(u'&') == text) {
            return candidate;
        }
    }
    return nullptr;
}

FakePage* TestMainWindow::addFake(const QString& title)
{
    auto* page = new FakePage(title);
    m_window->addPage(page);
    return page;
}

void TestMainWindow::namedActions_data()
{
    QTest::addColumn<QString>("shortcut");
    const auto row = [](const char* text, const char* shortcut) {
        QTest::newRow(text) << QString::fromLatin1(shortcut);
    };
    row("New server", "Ctrl+N");
    row("New client", "Ctrl+Shift+N");
    row("New relay", "Ctrl+R");
    row("Open\xe2\x80\xa6", "Ctrl+O");
    row("Save capture\xe2\x80\xa6", "Ctrl+S");
    row("Save workspace\xe2\x80\xa6", "");
    row("Export messages\xe2\x80\xa6", "Ctrl+E");
    row("New protocol\xe2\x80\xa6", "");
    row("Toxiproxy API", "");
    row("Wireshark dissector\xe2\x80\xa6", "");
    row("Close page", "Ctrl+W");
    row("Manual", "F1");
    row("Quit", "Ctrl+Q");
    row("Copy", "Ctrl+C");
    row("Find\xe2\x80\xa6", "Ctrl+F");
    row("Find next", "F3");
    row("Find previous", "Shift+F3");
    row("Go to offset\xe2\x80\xa6", "Ctrl+G");
    row("Larger text", "Ctrl++");
    row("Smaller text", "Ctrl+-");
    row("Normal text size", "Ctrl+0");
    row("Endpoints", "F9");
    row("Inspector", "Shift+F9");
    row("Tear off page", "Ctrl+Shift+D");
    row("As the system", "");
    row("Light", "");
    row("Dark", "");
    row("Watch a first exchange", "");
    row("Keyboard", "");
    row("About Sockeye", "");
}

void TestMainWindow::namedActions()
{
    QFETCH(const QString, shortcut);
    const QAction* found = action(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(found != nullptr);
    QCOMPARE(found->shortcut().toString(QKeySequence::PortableText), shortcut);
}

void TestMainWindow::everyActionHasATextAndAPlaceInAMenu()
{
    const QList<QAction*> inMenus = menuActions(*m_window);
    for (QAction* inMenu : inMenus) {
        QVERIFY(!inMenu->text().isEmpty());
    }
    for (QAction* own : m_window->actions().findChildren<QAction*>()) {
        QVERIFY2(inMenus.contains(own), qPrintable(own->text()));
    }
}

void TestMainWindow::noTwoActionsShareAShortcut()
{
    QMap<QString, QString> taken;
    for (const QAction* inMenu : menuActions(*m_window)) {
        for (const QKeySequence& keys : inMenu->shortcuts()) {
            QVERIFY2(!taken.contains(keys.toString()), qPrintable(keys.toString()));
            taken.insert(keys.toString(), inMenu->text());
        }
    }
}

void TestMainWindow::toolBarNames_data()
{
    QTest::addColumn<int>("position");
    QTest::newRow("New server") << 0;
    QTest::newRow("New client") << 1;
    QTest::newRow("New relay") << 2;
    QTest::newRow("Open\xe2\x80\xa6") << 3;
    QTest::newRow("Save capture\xe2\x80\xa6") << 4;
}

void TestMainWindow::toolBarNames()
{
    QFETCH(const int, position);
    auto* bar = m_window->findChild<QToolBar*>(QStringLiteral("mainToolBar"));
    QList<QToolButton*> buttons;
    for (QAction* inBar : bar->actions()) {
        if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(inBar))) {
            buttons.append(button);
        }
    }
    QCOMPARE(buttons.size(), 5);
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    QCOMPARE(buttons.at(position)->accessibleName(), name);
    QCOMPARE(buttons.at(position)->text(), name);
    QCOMPARE(buttons.at(position)->focusPolicy(), Qt::TabFocus);
}

void TestMainWindow::emptyWindowWelcomes()
{
    const auto* welcome = m_window->findChild<WelcomePage*>();
    QVERIFY(welcome->isVisible());
    FakePage* page = addFake(QStringLiteral("page"));
    QVERIFY(!welcome->isVisible());
    QVERIFY(page->isVisible());
    m_window->closePage(page);
    QVERIFY(welcome->isVisible());
    QVERIFY(!action(QStringLiteral("Close page"))->isEnabled());
}

QListView* TestMainWindow::endpoints() const
{
    const QList<QListView*> lists = m_window->findChildren<QListView*>();
    const auto found = std::find_if(lists.begin(), lists.end(),
        [](const QListView* list) { return list->accessibleName() == QStringLiteral("Endpoints"); });
    return found != lists.end() ? *found : nullptr;
}

void TestMainWindow::pagesAreListedAndClosed()
{
    const QListView* list = endpoints();
    QCOMPARE(list->accessibleName(), QStringLiteral("Endpoints"));
    FakePage* first = addFake(QStringLiteral("first"));
    const QPointer<FakePage> second(addFake(QStringLiteral("second")));
    QCOMPARE(list->model()->rowCount(), 2);
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("second"));
    first->rename(QStringLiteral("renamed"));
    QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("renamed"));
    action(QStringLiteral("Close page"))->trigger();
    QCOMPARE(list->model()->rowCount(), 1);
    QTRY_VERIFY(second.isNull());
    QCOMPARE(m_window->area().current(), first);
}

void TestMainWindow::endpointsBringToTheFront()
{
    FakePage* first = addFake(QStringLiteral("first"));
    addFake(QStringLiteral("second"));
    QListView* list = endpoints();
    const QRect row = list->visualRect(list->model()->index(0, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(m_window->area().current(), first);
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("first")));
}

void TestMainWindow::tearOffAndBack()
{
    FakePage* page = addFake(QStringLiteral("page"));
    action(QStringLiteral("Tear off page"))->trigger();
    QVERIFY(!m_window->area().contains(page));
    auto* window = qobject_cast<PageWindow*>(page->window());
    QVERIFY(window != nullptr);
    QVERIFY(page->isVisible());
    QVERIFY(window->findChild<Inspector*>() != nullptr);
    QVERIFY(window->windowTitle().contains(QStringLiteral("page")));
    QCOMPARE(m_window->pages().pages().size(), 1);
    m_window->putBack(page);
    QVERIFY(m_window->area().contains(page));
    QVERIFY(page->isVisible());
    QCOMPARE(page->window(), m_window.get());
}

void TestMainWindow::closingATornOffWindowClosesItsPage()
{
    const QPointer<FakePage> page(addFake(QStringLiteral("page")));
    PageWindow* window = m_window->tearOff(page);
    window->close();
    QTRY_VERIFY(page.isNull());
    QVERIFY(m_window->pages().pages().isEmpty());
    QVERIFY(m_window->findChild<WelcomePage*>()->isVisible());
}

void TestMainWindow::actionsReachThePage()
{
    FakePage* page = addFake(QStringLiteral("page"));
    page->setFocus();
    for (const char* text : { "Find\xe2\x80\xa6", "Find next", "Find previous", "Copy" }) {
        action(QString::fromUtf8(text))->trigger();
    }
    QCOMPARE(page->calls(),
        (QStringList {
            QStringLiteral("find"), QStringLiteral("next"), QStringLiteral("previous"), QStringLiteral("copy") }));
    QVERIFY(!action(QStringLiteral("Save capture\u2026"))->isEnabled()); // a page without a capture
}

void TestMainWindow::newPagesFromTheMenu()
{
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(m_window->pages().pages().size(), 1);
    QCOMPARE(
        m_window->area().current()->saveState().value(QStringLiteral("kind")).toString(), QStringLiteral("server"));
    action(QStringLiteral("New client"))->trigger();
    QCOMPARE(
        m_window->area().current()->saveState().value(QStringLiteral("kind")).toString(), QStringLiteral("client"));
    QVERIFY(action(QStringLiteral("Save capture\u2026"))->isEnabled());
}

void TestMainWindow::themeFromTheMenu()
{
    addFake(QStringLiteral("page"));
    action(QStringLiteral("Dark"))->trigger();
    QVERIFY(Theme::instance().isDark());
    action(QStringLiteral("Light"))->trigger();
    QVERIFY(!Theme::instance().isDark());
}

void TestMainWindow::textSizeFromTheMenu()
{
    action(QStringLiteral("Larger text"))->trigger();
    QCOMPARE(Theme::instance().textScale(), 110);
    action(QStringLiteral("Normal text size"))->trigger();
    action(QStringLiteral("Smaller text"))->trigger();
    QCOMPARE(Theme::instance().textScale(), 90);
}

void TestMainWindow::partsCanBeHidden()
{
    addFake(QStringLiteral("page"));
    QVERIFY(m_window->inspector().isVisible());
    action(QStringLiteral("Inspector"))->trigger();
    QVERIFY(!m_window->inspector().isVisible());
    action(QStringLiteral("Inspector"))->trigger();
    QVERIFY(m_window->inspector().isVisible());
}

void TestMainWindow::inspectorMakesRoom()
{
    FakePage* tables = addFake(QStringLiteral("tables"));
    const int width = m_window->inspector().width();
    FakePage* page = addFake(QStringLiteral("page"));
    page->setHasMessages(false);
    QVERIFY(!m_window->inspector().isVisible());
    m_window->bringToFront(tables);
    QVERIFY(m_window->inspector().isVisible());
    QCOMPARE(m_window->inspector().width(), width);
    m_window->bringToFront(page);
    QVERIFY(!m_window->inspector().isVisible());
    page->setHasMessages(true);
    QVERIFY(m_window->inspector().isVisible());
    // Who has switched it off does not get it back.
    action(QStringLiteral("Inspector"))->trigger();
    m_window->bringToFront(tables);
    QVERIFY(!m_window->inspector().isVisible());
}

void TestMainWindow::statusOfAPage()
{
    FakePage* first = addFake(QStringLiteral("first"));
    FakePage* second = addFake(QStringLiteral("second"));
    const auto shown = [this] { return m_window->statusBar()->currentMessage(); };
    Q_EMIT second->statusMessage(QStringLiteral("of the second"));
    QCOMPARE(shown(), QStringLiteral("of the second"));
    Q_EMIT first->statusMessage(QStringLiteral("of the first"));
    QCOMPARE(shown(), QStringLiteral("of the second"));
    m_window->bringToFront(first);
    QCOMPARE(shown(), QStringLiteral("of the first"));
    m_window->bringToFront(second);
    QCOMPARE(shown(), QString());
    Q_EMIT second->statusMessage(QStringLiteral("again"));
    m_window->closePage(second);
    QCOMPARE(shown(), QString());
}

void TestMainWindow::brokenWorkspaceIsToldInTheWindow()
{
    const QString name = m_folder->filePath(QStringLiteral("broken.sockeye"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no JSON");
    file.close();
    m_window->openFile(name);
    QVERIFY(m_window->messageLine().isVisible());
    QVERIFY(m_window->messageLine().text().contains(QStringLiteral("broken.sockeye")));
    m_window->messageLine().findChild<QToolButton*>()->click();
    QVERIFY(!m_window->messageLine().isVisible());
}

void TestMainWindow::droppedFilesOpen()
{
    const QString name = m_folder->filePath(QStringLiteral("nothing.pcapng"));
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(name) });
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QCOMPARE(m_window->pages().pages().size(), 1);
    QCOMPARE(m_window->area().current()->title(), QStringLiteral("nothing.pcapng"));
    QCOMPARE(m_settings->recentFiles(), QStringList { name });
}

void TestMainWindow::openPagesComeBack()
{
    m_window->newServer();
    m_window->newClient();
    action(QStringLiteral("Dark"))->trigger();
    m_window->close();
    m_window.reset();

    m_window = std::make_unique<MainWindow>(*m_threads, *m_settings);
    m_window->restorePages();
    const QList<Page*> pages = m_window->pages().pages();
    QCOMPARE(pages.size(), 2);
    QCOMPARE(pages.at(0)->saveState().value(QStringLiteral("kind")).toString(), QStringLiteral("server"));
    QCOMPARE(pages.at(1)->saveState().value(QStringLiteral("kind")).toString(), QStringLiteral("client"));
    QVERIFY(!pages.at(0)->isActive());
    QCOMPARE(m_window->area().current(), pages.at(1));
}

SOCKEYE_TEST(TestMainWindow)
#include "tst_main_window.moc"
