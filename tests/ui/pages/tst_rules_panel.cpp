// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "app/recording/rule_hits.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"
#include "ui/hexview/hex_view.h"
#include "ui/messages/message_columns.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/server/server_page.h"
#include "ui/rules/rules_edit.h"
#include "ui/rules/rules_panel.h"
#include "ui/rules/trial_view.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestRulesPanel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void exampleIsAnswered();
    void mistakesAreSaid();
    void triesTextAndBytes();
    void appliesWhatIsRight();
    void followsItsFile();
    void keepsWhatIsTyped();
    void serverAnswers();
    void comesBack();

private:
    void setUp();
    template <typename T> T* named(const QWidget& in, const QString& name) const;
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] static QByteArray ask(quint16 port, const QByteArray& request);

    std::unique_ptr<QWidget> m_window;
    RulesPanel* m_panel = nullptr;
    RulesEdit* m_text = nullptr;
};

void TestRulesPanel::setUp()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 500);
    m_panel = new RulesPanel(m_window.get());
    m_panel->resize(m_window->size());
    m_text = m_panel->findChild<RulesEdit*>();
    m_window->show();
}

void TestRulesPanel::cleanup()
{
    m_window.reset();
}

template <typename T> T* TestRulesPanel::named(const QWidget& in, const QString& name) const
{
    const QList<T*> widgets = in.findChildren<T*>();
    for (T* widget : widgets) {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if (widget->accessibleName() == name || (button && button->text().remove(u'&') == name)) {
            return widget;
        }
    }
    return nullptr;
}

QString TestRulesPanel::verdict() const
{
    return named<QLabel>(*m_panel, QStringLiteral("What becomes of the message"))->text();
}

QByteArray TestRulesPanel::ask(quint16 port, const QByteArray& request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write(request);
    (void)QTest::qWaitFor([&] { return socket.bytesAvailable() > 0; });
    return socket.readAll();
}

void TestRulesPanel::exampleIsAnswered()
{
    setUp();
    auto* message = named<QPlainTextEdit>(*m_panel, QStringLiteral("Message to try the rules on"));
    message->setPlainText(QStringLiteral(R"({"action": "search", "value": "morpheus"})"));
    QTRY_VERIFY(verdict().startsWith(QStringLiteral("This message meets “search” and would be answered so")));
    const InspectedMessagePtr made = m_panel->findChild<HexView*>()->message();
    QVERIFY(made);
    QVERIFY(made->bytes().endsWith(R"({"result": "You said morpheus"})"));
    message->setPlainText(QStringLiteral(R"({"action": "double", "value": 3})"));
    QTRY_COMPARE(verdict(), QStringLiteral("No rule matches this message: it would get no reply."));
    QVERIFY(!m_panel->findChild<HexView*>()->message());
}

void TestRulesPanel::mistakesAreSaid()
{
    setUp();
    auto* list = named<QListWidget>(*m_panel, QStringLiteral("Mistakes"));
    QTest::qWait(0);
    QVERIFY(!list->isVisible());
    m_text->setPlainText(QStringLiteral("[[rule]]\nwhen = 'durr == in'\nreply = { txt = 'a' }\n"));
    QTRY_COMPARE(list->count(), 2);
    QVERIFY(list->isVisible());
    QCOMPARE(list->item(0)->text(), QStringLiteral("Line 2, column 9: No field `durr`; did you mean `dir`?"));
    QVERIFY(list->item(1)->text().endsWith(QStringLiteral("Did you mean text?")));
    QCOMPARE(m_panel->stateText(), QStringLiteral("2 mistake(s)"));
    const QList<QTextEdit::ExtraSelection> marks = m_text->extraSelections();
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks.at(0).cursor.selectedText(), QStringLiteral("durr"));
    QCOMPARE(marks.at(1).cursor.selectedText(), QStringLiteral("txt"));
    Q_EMIT list->itemActivated(list->item(1));
    QCOMPARE(m_text->textCursor().blockNumber(), 2);
    QCOMPARE(m_text->textCursor().positionInBlock(), 10);
    m_text->setPlainText(QString());
    QTRY_COMPARE(list->count(), 0);
}

void TestRulesPanel::triesTextAndBytes()
{
    setUp();
    m_panel->setUse({ *protocolFromName(u"lines"), Transport::Tcp, false });
    m_text->setPlainText(QStringLiteral(
        "[[rule]]\nwhen = 'text ~ \"^a(.)\"'\nreply = { text = '<{1}>' }\nclose = true\ndelay = '20ms'\n"));
    auto* kind = named<QComboBox>(*m_panel, QStringLiteral("What the message is written as"));
    auto* message = named<QPlainTextEdit>(*m_panel, QStringLiteral("Message to try the rules on"));
    kind->setCurrentIndex(0);
    message->setPlainText(QStringLiteral("abc"));
    QTRY_VERIFY(m_panel->findChild<HexView*>()->message());
    QCOMPARE(m_panel->findChild<HexView*>()->message()->bytes(), QByteArray("<b>\n"));
    QVERIFY2(verdict().contains(QStringLiteral("It waits 20 ms before. Then the connection closes.")),
        qPrintable(verdict()));
    kind->setCurrentIndex(2);
    message->setPlainText(QStringLiteral("61 63 0a"));
    QTRY_COMPARE(m_panel->findChild<HexView*>()->message()->bytes(), QByteArray("<c>\n"));
    m_panel->setUse({ *protocolFromName(u"app"), Transport::Tcp, false });
    QTRY_VERIFY2(verdict().contains(QStringLiteral("message of the protocol")), qPrintable(verdict()));
}

void TestRulesPanel::appliesWhatIsRight()
{
    setUp();
    auto* apply = named<QPushButton>(*m_panel, QStringLiteral("Apply"));
    QVERIFY(!apply->isEnabled());
    QCOMPARE(m_panel->stateText(), QStringLiteral("Preview"));
    m_panel->setRunning(true);
    QCOMPARE(m_panel->stateText(), QStringLiteral("Unapplied changes"));
    m_panel->apply();
    QTRY_COMPARE(m_panel->stateText(), QStringLiteral("Active"));
    QCOMPARE(m_panel->shelf()->rules()->rules().size(), std::size_t(1));
    m_text->setPlainText(QStringLiteral("[[rule]]\ndrop = true\n[[rule]]\ndrop = 3\n"));
    QCOMPARE(m_panel->stateText(), QStringLiteral("Unapplied changes"));
    QTRY_COMPARE(m_panel->stateText(), QStringLiteral("1 mistake(s)"));
    QVERIFY(!apply->isEnabled());
    QCOMPARE(m_panel->shelf()->rules()->rules().size(), std::size_t(1));
    m_text->setPlainText(QStringLiteral("[[rule]]\ndrop = true\n[[rule]]\ndrop = true\n"));
    QTRY_VERIFY(apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE(m_panel->shelf()->rules()->rules().size(), std::size_t(2));
    QTRY_COMPARE(m_panel->stateText(), QStringLiteral("Active"));
}

void TestRulesPanel::followsItsFile()
{
    setUp();
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("rules.toml"));
    const auto write = [&name](const QByteArray& text) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write("[[rule]]\ndrop = true\n");
    m_panel->open(name);
    QTRY_COMPARE(m_text->toPlainText(), QStringLiteral("[[rule]]\ndrop = true\n"));
    m_panel->setRunning(true);
    m_panel->apply();
    QTRY_COMPARE(m_panel->stateText(), QStringLiteral("Active"));
    write("[[rule]]\ndrop = true\n[[rule]]\n");
    QTRY_COMPARE(m_panel->shelf()->rules()->rules().size(), std::size_t(2));
    QCOMPARE(m_panel->stateText(), QStringLiteral("Active"));
    write("[[rule]]\ndrop = 3\n");
    QTRY_COMPARE(m_panel->stateText(), QStringLiteral("1 mistake(s)"));
    QCOMPARE(m_panel->shelf()->rules()->rules().size(), std::size_t(2));
}

void TestRulesPanel::keepsWhatIsTyped()
{
    setUp();
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("rules.toml"));
    QFile onDisk(name);
    QVERIFY(onDisk.open(QIODevice::WriteOnly));
    onDisk.write("[[rule]]\n");
    onDisk.close();
    m_panel->open(name);
    QTRY_COMPARE(m_text->toPlainText(), QStringLiteral("[[rule]]\n"));
    m_text->insertPlainText(QStringLiteral("# mine\n"));
    QSignalSpy said(m_panel, &RulesPanel::statusMessage);
    QVERIFY(onDisk.open(QIODevice::WriteOnly));
    onDisk.write("[[rule]]\ndrop = true\n");
    onDisk.close();
    QVERIFY(said.wait());
    QVERIFY(m_text->toPlainText().contains(QStringLiteral("# mine")));
    auto* file = named<QToolButton>(*m_panel, QStringLiteral("Open and save rules"));
    file->menu()->actions().at(1)->trigger(); // Save
    const auto written = [&name] {
        QFile saved(name);
        return saved.open(QIODevice::ReadOnly) ? saved.readAll() : QByteArray();
    };
    QTRY_VERIFY(written().contains("# mine"));
}

void TestRulesPanel::serverAnswers()
{
    IoThreads threads(1);
    QWidget window;
    window.resize(900, 700);
    auto* page = new ServerPage(threads, &window);
    page->resize(window.size());
    window.show();
    auto* tabs = page->findChild<QTabWidget*>();
    QVERIFY(!tabs->isTabVisible(tabs->indexOf(page->rules())));
    named<QComboBox>(*page, QStringLiteral("Service"))->setCurrentText(QStringLiteral("rules"));
    QVERIFY(tabs->isTabVisible(tabs->indexOf(page->rules())));
    QCOMPARE(tabs->currentWidget(), page->rules());
    page->setPort(0);
    page->start();
    QTRY_VERIFY(page->isActive());
    QTRY_COMPARE(page->rules()->stateText(), QStringLiteral("Active"));
    const QByteArray reply = ask(page->server()->address().port, encodeRequest(u"search", u"morpheus"));
    QVERIFY2(reply.endsWith(R"({"result": "You said morpheus"})"), reply.constData());
    QTRY_VERIFY(!page->capture()->ruleHits().isEmpty());
    const auto* table = page->messages()->findChild<MessagesTable*>();
    constexpr int column = static_cast<int>(MessageColumn::Rule);
    QTRY_VERIFY(!table->isColumnHidden(column));
    QTRY_COMPARE(table->model()->index(0, column).data().toString(), QStringLiteral("search"));
    QCOMPARE(table->model()->index(1, column).data().toString(), QString());

    // From the next message on, without a new start.
    page->rules()->findChild<RulesEdit*>()->setPlainText(
        QStringLiteral("[[rule]]\nreply = { json = 'other' }\nclose = true\n"));
    page->rules()->apply();
    QTRY_COMPARE(page->rules()->stateText(), QStringLiteral("Active"));
    QVERIFY(ask(page->server()->address().port, encodeRequest(u"search", u"morpheus")).endsWith("\"other\""));
    delete page;
}

void TestRulesPanel::comesBack()
{
    setUp();
    m_text->setPlainText(QStringLiteral("[[rule]]\ndrop = true\n"));
    const QJsonObject state = m_panel->saveState();
    RulesPanel other;
    other.restoreState(state);
    QCOMPARE(other.findChild<RulesEdit*>()->toPlainText(), QStringLiteral("[[rule]]\ndrop = true\n"));
    other.restoreState({ { QStringLiteral("text"), 3 }, { QStringLiteral("file"), true } });
    other.restoreState({});
}

SOCKEYE_TEST(TestRulesPanel)

} // namespace sockeye

#include "tst_rules_panel.moc"
