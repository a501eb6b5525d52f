// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/relay/fault_text.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

namespace sockeye {

class TestFaultsPanel : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void hasItsNames();
    void addsOfEveryKind();
    void saysWhatHappens_data();
    void saysWhatHappens();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void takesTexts();
    void fieldsHaveRoom_data();
    void fieldsHaveRoom();
    void appliesWhileItRuns();
    void theFocusStaysAtHand();
    void aNewFaultIsSeen();
    void ordersByKeyboard();
    void switchesAndNames();
    void keepsTheSeed();
    void restoresItself();
    void restoresFromAnything();

private:
    void open();
    void add(const QString& kind);
    [[nodiscard]] FaultsModel* model() const { return m_page->faults().model(); }
    [[nodiscard]] QString state() const;
};

void TestFaultsPanel::open()
{
    named<QToolButton>(QStringLiteral("Show faults"))->setChecked(true);
}

void TestFaultsPanel::add(const QString& kind)
{
    QMenu* const menu = named<QToolButton>(QStringLiteral("Add fault"))->menu();
    Q_EMIT menu->aboutToShow();
    for (QAction* action : menu->actions()) {
        if (action->text() == kind) {
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(kind));
}

QString TestFaultsPanel::state() const
{
    return m_page->faults().findChild<ElidedLabel*>()->fullText();
}

void TestFaultsPanel::hasItsNames()
{
    setUp();
    const auto* table = named<QTableView>(QStringLiteral("Faults"));
    QVERIFY(table && !table->isVisible());
    open();
    QVERIFY(table->isVisible());
    for (const char* name : { "Add fault", "Remove", "Move up", "Move down", "Copy command" }) {
        QVERIFY2(named<QToolButton>(QString::fromLatin1(name)), name);
    }
    QVERIFY(named<QLineEdit>(QStringLiteral("Seed")));
    add(QStringLiteral("latency"));
    for (const char* name : { "Latency", "Jitter", "Probability" }) {
        QVERIFY2(named<QLineEdit>(QString::fromLatin1(name)), name);
    }
    QVERIFY(named<QComboBox>(QStringLiteral("Direction")));
}

void TestFaultsPanel::addsOfEveryKind()
{
    setUp();
    open();
    int rows = 0;
    for (const FaultKind& kind : faultKinds()) {
        if (!kind.onStreams) {
            continue;
        }
        add(kind.id);
        QCOMPARE(model()->rowCount(), ++rows);
        const FaultSettings& added = model()->faults().constLast();
        QCOMPARE(added.kind, QString(kind.id));
        QCOMPARE(checkFault(added, Transport::Tcp), QString()); // nothing is wrong with what one begins with
        QVERIFY(!faultText(added).isEmpty());
        QVERIFY(!model()->index(rows - 1, FaultsModel::Name).data(Qt::ToolTipRole).toString().isEmpty());
    }
    add(QStringLiteral("latency"));
    QCOMPARE(model()->faults().constLast().name, QStringLiteral("latency_2"));
}

void TestFaultsPanel::saysWhatHappens_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* spec, const char* text) {
        QTest::newRow(spec) << QString::fromLatin1(spec) << QString::fromUtf8(text);
    };
    row("latency:latency=300,jitter=50", "300 ms late, ± 50 ms, downstream, on every connection");
    row("latency:latency=1500,stream=upstream", "1,500 ms late, upstream, on every connection");
    row("timeout:stream=both", "nothing passes, both ways, on every connection");
    row("timeout:timeout=5", "nothing passes, closed after 5 ms, downstream, on every connection");
    row("slicer:average_size=8,size_variation=2,delay=100,toxicity=0.25",
        "in pieces of 8 ± 2 bytes, 100 µs apart, downstream, on 25 % of the connections");
    row("packet_loss:loss_rate=0.05", "5 % of the pieces lost, downstream, on every connection");
    row("corrupt:offset=7", "byte 7 changed, downstream, on every connection");
    row("connect:refuse=true,toxicity=0.5", "the target refuses, on 50 % of the connections");
    row("bandwidth:rate=50,shared=true",
        "no more than 50 KB/s, of all connections together, downstream, on every connection");
    row("down", "nobody listens, on every connection");
}

void TestFaultsPanel::saysWhatHappens()
{
    QFETCH(const QString, spec);
    QFETCH(const QString, text);
    FaultSettings fault;
    QCOMPARE(readFault(spec, fault), QString());
    QCOMPARE(faultText(fault), text);
}

void TestFaultsPanel::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("says");
    QTest::newRow("a word") << QStringLiteral("Latency") << QStringLiteral("long") << QStringLiteral("whole number");
    QTest::newRow("negative") << QStringLiteral("Jitter") << QStringLiteral("-1") << QStringLiteral("jitter");
    QTest::newRow("too much") << QStringLiteral("Latency") << QStringLiteral("99999999") << QStringLiteral("ms");
    QTest::newRow("more than certain") << QStringLiteral("Probability") << QStringLiteral("2")
                                       << QStringLiteral("from 0 to 1");
}

void TestFaultsPanel::saysWhatIsWrong()
{
    QFETCH(const QString, field);
    QFETCH(const QString, typed);
    QFETCH(const QString, says);
    setUp();
    open();
    add(QStringLiteral("latency"));
    const FaultList before = model()->faults();
    const auto* problem = named<QLabel>(QStringLiteral("What is wrong with the fault"));
    QVERIFY(!problem->isVisible());
    auto* edit = named<QLineEdit>(field);
    edit->setText(typed);
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(says), qPrintable(problem->text()));
    QCOMPARE(model()->faults(), before); // as it was
    edit->setText(QStringLiteral("1"));
    QVERIFY(!problem->isVisible());
    edit->clear(); // the usual number
    QVERIFY(!problem->isVisible());
}

void TestFaultsPanel::takesTexts()
{
    setUp();
    open();
    add(QStringLiteral("set"));
    auto* const path = named<QLineEdit>(QStringLiteral("Path"));
    auto* const value = named<QLineEdit>(QStringLiteral("Value"));
    QVERIFY(path && value);
    QCOMPARE(path->placeholderText(), QStringLiteral("json.result"));
    path->setText(QStringLiteral("header.byteorder"));
    value->setText(QStringLiteral("12, \"x\""));
    const QJsonObject wanted { { QStringLiteral("path"), QStringLiteral("header.byteorder") },
        { QStringLiteral("value"), QStringLiteral("12, \"x\"") } };
    QCOMPARE(model()->faults().constLast().attributes, wanted);
    path->clear();
    QVERIFY(!model()->faults().constLast().attributes.contains(u"path"));
}

void TestFaultsPanel::fieldsHaveRoom_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("longest");
    QTest::newRow("a time") << "latency"
                            << "Latency"
                            << "3600000";
    QTest::newRow("an amount") << "limit_data"
                               << "Bytes"
                               << "1000000000000000";
    QTest::newRow("a share") << "latency"
                             << "Probability"
                             << "0.12345";
    QTest::newRow("a path") << "set"
                            << "Path"
                            << "json.items[12].name";
    QTest::newRow("a filter") << "latency"
                              << "Where"
                              << "json.action == \"search\" && size > 100";
}

void TestFaultsPanel::fieldsHaveRoom()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, field);
    QFETCH(const QString, longest);
    setUp();
    open();
    add(kind);
    auto* const edit = named<QLineEdit>(field);
    QVERIFY(edit);
    const int text = edit->fontMetrics().horizontalAdvance(longest);
    QTRY_VERIFY2(edit->width() >= text + 8, qPrintable(QString::number(edit->width() - text)));
    // No more than that, as far as it is known how long it may be.
    const bool isNumber = edit->minimumWidth() == edit->maximumWidth();
    QVERIFY2(!isNumber || edit->width() <= 2 * (text + 16), qPrintable(QString::number(edit->width() - text)));
    // Numbers that stand below each other end in one line, and so their units begin in one.
    for (const auto* other : m_page->faults().findChildren<QLineEdit*>()) {
        if (isNumber && other->isVisible() && other->minimumWidth() == other->maximumWidth()
            && other->parentWidget() == edit->parentWidget() && other->x() == edit->x()) {
            QCOMPARE(other->width(), edit->width());
        }
    }
}

void TestFaultsPanel::appliesWhileItRuns()
{
    setUp();
    startTarget();
    open();
    auto* apply = m_page->faults().findChild<QPushButton*>();
    QVERIFY(state().startsWith(QStringLiteral("None")));
    add(QStringLiteral("latency"));
    named<QLineEdit>(QStringLiteral("Latency"))->setText(QStringLiteral("1"));
    QVERIFY2(state().startsWith(QStringLiteral("Preview: 1 fault")), qPrintable(state()));
    QVERIFY(!apply->isVisible());
    startRelay();
    QVERIFY2(state().startsWith(QStringLiteral("Active: 1 fault, 0 strikes")), qPrintable(state()));
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    const QModelIndex strikes = model()->index(0, FaultsModel::Strikes);
    QTRY_VERIFY_WITH_TIMEOUT(strikes.data().toInt() >= 1, patience);
    QTRY_VERIFY(state().contains(QStringLiteral("strike")) && !state().contains(QStringLiteral(" 0 strikes")));

    // The rows say what struck.
    const auto hasStrikeRow = [this] {
        const auto* rows = m_page->messages()->model();
        for (int row = 0; row < rows->rowCount(); ++row) {
            for (int column = 0; column < rows->columnCount(); ++column) {
                if (rows->index(row, column).data().toString().contains(QStringLiteral("Fault latency"))) {
                    return true;
                }
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasStrikeRow(), patience);

    // Edited while it runs: nothing of it is in force until it is applied.
    add(QStringLiteral("limit_data"));
    named<QLineEdit>(QStringLiteral("Bytes"))->setText(QStringLiteral("10"));
    QCOMPARE(state(), QStringLiteral("Unapplied changes"));
    QVERIFY(apply->isVisible());
    QVERIFY(exchange(encodeRequest(u"search", u"ring")).size() > 10);
    QTest::mouseClick(apply, Qt::LeftButton);
    QVERIFY2(state().startsWith(QStringLiteral("Active: 2 faults")), qPrintable(state()));
    QVERIFY(!apply->isVisible());
    QCOMPARE(exchange(encodeRequest(u"search", u"ring")).size(), qsizetype(10));
    QTRY_VERIFY_WITH_TIMEOUT(model()->index(1, FaultsModel::Strikes).data().toInt() >= 1, patience);
}

void TestFaultsPanel::theFocusStaysAtHand()
{
    setUp();
    startTarget();
    open();
    startRelay();
    for (int i = 0; i < 3; ++i) {
        add(QStringLiteral("latency"));
    }
    auto* const table = named<QTableView>(QStringLiteral("Faults"));
    auto* const apply = m_page->faults().findChild<QPushButton*>(); // rules have one of that name
    apply->setFocus();
    QVERIFY(apply->hasFocus());
    apply->click();
    QVERIFY(!apply->isVisible());
    QVERIFY(table->hasFocus());
    table->setCurrentIndex(model()->index(1, FaultsModel::Name));
    auto* const remove = named<QToolButton>(QStringLiteral("Remove"));
    remove->setFocus();
    remove->click();
    QCOMPARE(table->currentIndex().row(), 1); // what was behind it
    QVERIFY(remove->hasFocus());
    remove->click();
    QCOMPARE(table->currentIndex().row(), 0);
    remove->click();
    QCOMPARE(model()->rowCount(), 0);
    QVERIFY(named<QToolButton>(QStringLiteral("Add fault"))->hasFocus());
}

void TestFaultsPanel::aNewFaultIsSeen()
{
    setUp();
    open();
    for (int i = 0; i < 5; ++i) {
        add(QStringLiteral("latency"));
    }
    m_window->resize(700, m_page->minimumSizeHint().height()); // no room for all of it
    m_page->resize(m_window->size());
    add(QStringLiteral("bandwidth"));
    auto* const rate = named<QLineEdit>(QStringLiteral("Rate"));
    QVERIFY(rate != nullptr);
    QTRY_COMPARE(rate->visibleRegion().boundingRect(), rate->rect());
}

void TestFaultsPanel::ordersByKeyboard()
{
    setUp();
    open();
    add(QStringLiteral("latency"));
    add(QStringLiteral("slicer"));
    add(QStringLiteral("bandwidth"));
    auto* table = named<QTableView>(QStringLiteral("Faults"));
    table->setFocus();
    const auto kinds = [this] {
        QStringList all;
        for (const FaultSettings& each : model()->faults()) {
            all.append(each.kind);
        }
        return all.join(u' ');
    };
    QCOMPARE(table->currentIndex().row(), 2);
    QTest::keyClick(table, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(kinds(), QStringLiteral("latency bandwidth slicer"));
    QTest::keyClick(table, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(table, Qt::Key_Up, Qt::AltModifier); // no further
    QCOMPARE(kinds(), QStringLiteral("bandwidth latency slicer"));
    QCOMPARE(table->currentIndex().row(), 0); // goes along
    QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(kinds(), QStringLiteral("latency bandwidth slicer"));
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(kinds(), QStringLiteral("latency slicer"));
}

void TestFaultsPanel::switchesAndNames()
{
    setUp();
    open();
    add(QStringLiteral("latency"));
    add(QStringLiteral("latency"));
    const QModelIndex first = model()->index(0, FaultsModel::Name);
    auto* table = named<QTableView>(QStringLiteral("Faults"));
    table->setCurrentIndex(first);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(!model()->faults().at(0).enabled);
    QVERIFY2(state().contains(QStringLiteral("1 of 2")), qPrintable(state()));
    QVERIFY(model()->setData(first, QStringLiteral("slow start")));
    QCOMPARE(model()->faults().at(0).name, QStringLiteral("slow start"));
    const auto* problem = named<QLabel>(QStringLiteral("What is wrong with the faults"));
    QVERIFY(!model()->setData(first, QStringLiteral("latency_2"))); // two of one name cannot be counted
    QVERIFY(problem->isVisible() && problem->text().contains(QStringLiteral("latency_2")));
    QVERIFY(!model()->setData(first, QString()));
}

void TestFaultsPanel::keepsTheSeed()
{
    setUp();
    startTarget();
    open();
    add(QStringLiteral("corrupt"));
    named<QLineEdit>(QStringLiteral("Seed"))->setText(QStringLiteral("42"));
    startRelay();
    QCOMPARE(m_page->relay()->seed(), quint64(42));
    QVERIFY2(m_page->command().endsWith(QStringLiteral("--fault corrupt:rate=0.01 --seed 42")),
        qPrintable(m_page->command()));
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    named<QLineEdit>(QStringLiteral("Seed"))->clear();
    startRelay();
    // One that was made: shown, and in the command.
    QCOMPARE(named<QLineEdit>(QStringLiteral("Seed"))->placeholderText(), QString::number(m_page->relay()->seed()));
    QVERIFY(m_page->command().endsWith(QString::number(m_page->relay()->seed())));
}

void TestFaultsPanel::restoresItself()
{
    setUp();
    open();
    add(QStringLiteral("slicer"));
    add(QStringLiteral("latency"));
    model()->setData(model()->index(0, FaultsModel::Name), Qt::Unchecked, Qt::CheckStateRole);
    named<QLineEdit>(QStringLiteral("Jitter"))->setText(QStringLiteral("20"));
    named<QComboBox>(QStringLiteral("Direction"))->setCurrentIndex(2);
    named<QLineEdit>(QStringLiteral("Probability"))->setText(QStringLiteral("0.5"));
    named<QLineEdit>(QStringLiteral("Seed"))->setText(QStringLiteral("7"));
    const QJsonObject saved = m_page->saveState();
    RelayPage other(*m_threads);
    other.restore(saved);
    QCOMPARE(other.saveState(), saved);
    QCOMPARE(other.faults().faults(), model()->faults());
    const FaultSettings& last = other.faults().faults().constLast();
    QCOMPARE(last.attributes.value(QStringLiteral("jitter")).toInt(), 20);
    QCOMPARE(last.stream, FaultStream::Both);
    QCOMPARE(last.toxicity, 0.5);
    QCOMPARE(other.faults().seed(), std::optional<quint64>(7));
}

void TestFaultsPanel::restoresFromAnything()
{
    setUp();
    const QJsonArray list { 1, QStringLiteral("latency"), QJsonObject(),
        QJsonObject { { QStringLiteral("kind"), QStringLiteral("none such") } },
        QJsonObject { { QStringLiteral("kind"), QStringLiteral("latency") }, { QStringLiteral("toxicity"), 9 } },
        QJsonObject { { QStringLiteral("kind"), QStringLiteral("latency") },
            { QStringLiteral("attributes"), QJsonObject { { QStringLiteral("rate"), 1 } } } },
        QJsonObject { { QStringLiteral("kind"), QStringLiteral("latency") }, { QStringLiteral("stream"), 99 } },
        QJsonObject { { QStringLiteral("kind"), QStringLiteral("latency") }, { QStringLiteral("name"), 5 } } };
    m_page->restore({ { QStringLiteral("faults"),
        QJsonObject { { QStringLiteral("list"), list }, { QStringLiteral("seed"), QStringLiteral("x7") } } } });
    QCOMPARE(model()->rowCount(), 2); // the last two can be, and have names of their own
    QVERIFY(model()->faults().at(0).name != model()->faults().at(1).name);
    QVERIFY(!m_page->faults().seed());
}

SOCKEYE_TEST(TestFaultsPanel)

} // namespace sockeye

#include "tst_faults_panel.moc"
