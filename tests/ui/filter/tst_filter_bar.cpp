// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_fields.h"
#include "ui/filter/filter_shelf.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestFilterBar : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void lastGoodFilterStays();
    void says_data();
    void says();
    void returnTakesTheSuggestion_data();
    void returnTakesTheSuggestion();
    void completes_data();
    void completes();
    void tabTakesTheFirstCompletion();
    void escapeGoesBack();
    void addsTests_data();
    void addsTests();
    void remembers();

private:
    [[nodiscard]] QStringList offered() const;

    std::unique_ptr<CaptureFixture> m_fixture;
    std::unique_ptr<FilterFields> m_fields;
    std::unique_ptr<QWidget> m_window;
    FilterBar* m_bar = nullptr;
};

void TestFilterBar::init()
{
    // The platform that paints nowhere warns of lists that pop up.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
    FilterShelf::instance().restore({});
    m_fixture = std::make_unique<CaptureFixture>();
    m_fixture->open(1);
    m_fixture->in(1, CaptureFixture::search(QStringLiteral("morpheus")));
    m_fixture->settle();
    m_fields = std::make_unique<FilterFields>();
    QSignalSpy changed(m_fields.get(), &FilterFields::changed);
    m_fields->setCapture(m_fixture->capture);
    QTRY_COMPARE(changed.size(), 2); // its names, then what occurs
    m_window = std::make_unique<QWidget>();
    m_window->resize(640, 120);
    m_bar = new FilterBar(*m_fields, m_window.get());
    m_bar->resize(600, 32);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_bar->edit()->setFocus();
}

void TestFilterBar::cleanup()
{
    m_window.reset();
    m_fields.reset();
    m_fixture.reset();
}

QStringList TestFilterBar::offered() const
{
    QStringList texts;
    const QAbstractItemModel* model = m_bar->edit()->completions()->completionModel();
    for (int row = 0; row < model->rowCount(); ++row) {
        texts.append(model->index(row, 0).data().toString());
    }
    return texts;
}

void TestFilterBar::lastGoodFilterStays()
{
    QSignalSpy changed(m_bar, &FilterBar::filterChanged);
    QTest::keyClicks(m_bar->edit(), QStringLiteral("size > 100"));
    QTRY_COMPARE(changed.size(), 1); // once, when one has paused
    QCOMPARE(m_bar->filter().text(), QStringLiteral("size > 100"));
    QTest::keyClicks(m_bar->edit(), QStringLiteral(" && heder.x"));
    QVERIFY(m_bar->hasMistake());
    QCOMPARE(m_bar->edit()->mistake()->at, 14);
    QCOMPARE(m_bar->edit()->mistake()->length, 5);
    QTest::keyClick(m_bar->edit(), Qt::Key_Left);
    m_bar->edit()->clearFocus();
    QCOMPARE(m_bar->filter().text(), QStringLiteral("size > 100"));
    QCOMPARE(changed.size(), 1);
}

void TestFilterBar::says_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMistake");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("nothing") << QString() << false << QString();
    QTest::newRow("right") << QStringLiteral("size > 100 && dir == in") << false << QString();
    QTest::newRow("a name") << QStringLiteral("heder.x == 1") << true
                            << QStringLiteral("No field `heder`; did you mean `header`? Return takes `header`.");
    QTest::newRow("does not occur") << QStringLiteral("json.nothing == 1") << false
                                    << QStringLiteral("There is no `json.nothing` in this capture.");
    QTest::newRow("always") << QStringLiteral("1 == 1") << false << QStringLiteral("This is always true.");
    QTest::newRow("selected") << QStringLiteral("conn == $conn") << false << QString();
    QTest::newRow("what nobody sets") << QStringLiteral("marked || rule == \"a\"") << false << QString();
}

void TestFilterBar::says()
{
    QFETCH(QString, text);
    QFETCH(bool, isMistake);
    m_bar->setText(text);
    QCOMPARE(m_bar->hasMistake(), isMistake);
    QTEST(m_bar->sentence(), "sentence");
    QVERIFY(!m_bar->grab().isNull()); // with its underline
}

void TestFilterBar::returnTakesTheSuggestion_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("becomes");
    QTest::newRow("plain words") << QStringLiteral("knock, Neo") << QStringLiteral("text contains \"knock, Neo\"");
    QTest::newRow("a word") << QStringLiteral("morpheus") << QStringLiteral("text contains \"morpheus\"");
    QTest::newRow("a name") << QStringLiteral("heder.x == 1") << QStringLiteral("header.x == 1");
}

void TestFilterBar::returnTakesTheSuggestion()
{
    QFETCH(QString, typed);
    QSignalSpy changed(m_bar, &FilterBar::filterChanged);
    QTest::keyClicks(m_bar->edit(), typed);
    QVERIFY(m_bar->hasMistake());
    QTest::keyClick(m_bar->edit(), Qt::Key_Return);
    QTEST(m_bar->text(), "becomes");
    QTEST(m_bar->filter().text(), "becomes");
    QVERIFY(!changed.isEmpty());
}

void TestFilterBar::completes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::newRow("a field") << QStringLiteral("lat") << QStringLiteral("latency");
    QTest::newRow("a field that occurs") << QStringLiteral("json.v") << QStringLiteral("json.value");
    QTest::newRow("an operator") << QStringLiteral("text cont") << QStringLiteral("contains");
    QTest::newRow("a word of a field") << QStringLiteral("kind == m") << QStringLiteral("\"message\"");
    QTest::newRow("a value that occurs") << QStringLiteral("json.value == m") << QStringLiteral("\"morpheus\"");
    QTest::newRow("plain text") << QStringLiteral("loc knock") << QStringLiteral("text contains \"loc knock\"");
}

void TestFilterBar::completes()
{
    QFETCH(QString, typed);
    QTest::keyClicks(m_bar->edit(), typed);
    QTest::keyClick(m_bar->edit(), Qt::Key_Space, Qt::ControlModifier);
    QFETCH(QString, offered);
    QVERIFY2(this->offered().contains(offered), qPrintable(this->offered().join(u' ')));
    QVERIFY(m_bar->edit()->completions()->popup()->isVisible());
    QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
    QVERIFY(!m_bar->edit()->completions()->popup()->isVisible());
    QCOMPARE(m_bar->text(), typed);
}

void TestFilterBar::tabTakesTheFirstCompletion()
{
    QTest::keyClicks(m_bar->edit(), QStringLiteral("laten"));
    QVERIFY(m_bar->edit()->completions()->popup()->isVisible()); // as one types
    QTest::keyClick(m_bar->edit(), Qt::Key_Tab);
    QCOMPARE(m_bar->text(), QStringLiteral("latency"));
    QVERIFY(!m_bar->edit()->completions()->popup()->isVisible());
}

void TestFilterBar::escapeGoesBack()
{
    QSignalSpy left(m_bar, &FilterBar::left);
    m_bar->setText(QStringLiteral("size > 1"));
    m_bar->edit()->setText(QStringLiteral("size > > 1"));
    QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
    QCOMPARE(m_bar->text(), QStringLiteral("size > 1"));
    QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
    QCOMPARE(m_bar->text(), QString());
    QVERIFY(m_bar->filter().isEmpty());
    QCOMPARE(left.size(), 0);
    QTest::keyClick(m_bar->edit(), Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
}

void TestFilterBar::addsTests_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("also");
    QTest::addColumn<QString>("after");
    QTest::newRow("first") << QString() << true << QStringLiteral("conn == 1");
    QTest::newRow("instead") << QStringLiteral("size > 1") << false << QStringLiteral("conn == 1");
    QTest::newRow("and") << QStringLiteral("size > 1") << true << QStringLiteral("size > 1 && conn == 1");
    QTest::newRow("or") << QStringLiteral("size > 1 || glued") << true
                        << QStringLiteral("(size > 1 || glued) && conn == 1");
    QTest::newRow("a mistake") << QStringLiteral("size >") << true << QStringLiteral("conn == 1");
}

void TestFilterBar::addsTests()
{
    QFETCH(QString, before);
    QFETCH(bool, also);
    m_bar->setText(before);
    m_bar->add(QStringLiteral("conn == 1"), also);
    QTEST(m_bar->text(), "after");
    QTEST(m_bar->filter().text(), "after");
}

void TestFilterBar::remembers()
{
    FilterShelf& shelf = FilterShelf::instance();
    QVERIFY(shelf.recent().isEmpty());
    QTest::keyClicks(m_bar->edit(), QStringLiteral("size > 1"));
    QTest::keyClick(m_bar->edit(), Qt::Key_Return);
    m_bar->setText(QStringLiteral("size > 2"));
    QTest::keyClick(m_bar->edit(), Qt::Key_Return);
    QCOMPARE(shelf.recent(), (QStringList { QStringLiteral("size > 2"), QStringLiteral("size > 1") }));
    shelf.save(QStringLiteral("Large"), QStringLiteral("size > 1MiB"));
    QCOMPARE(shelf.names(), QStringList { QStringLiteral("Large") });
    const auto choose = [this](const QString& entry) {
        auto* menu = m_bar->findChild<QToolButton*>()->menu();
        for (auto* button : m_bar->findChildren<QToolButton*>()) {
            menu = button->menu() != nullptr ? button->menu() : menu;
        }
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions()) {
            if (action->text() == entry) {
                action->trigger();
                return;
            }
        }
        QFAIL("no such entry");
    };
    choose(QStringLiteral("Large"));
    QCOMPARE(m_bar->filter().text(), QStringLiteral("size > 1MiB"));
    choose(QStringLiteral("size > 1"));
    QCOMPARE(m_bar->filter().text(), QStringLiteral("size > 1"));
    shelf.remove(QStringLiteral("Large"));
    QVERIFY(shelf.names().isEmpty());
    for (int i = 0; i < 100; ++i) {
        shelf.use(QStringLiteral("size > %1").arg(i));
    }
    QCOMPARE(shelf.recent().size(), FilterShelf::mostRecent);
}

SOCKEYE_TEST(TestFilterBar)

} // namespace sockeye

#include "tst_filter_bar.moc"
