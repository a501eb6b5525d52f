// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/file_saver.h"
#include "protocol/protocols/app/message.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/window_test.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/conversation/conversation_saving.h"
#include "ui/conversation/conversation_window.h"
#include "ui/inspector/inspector.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_table.h"
#include "ui/widgets/dense_table.h"
#include "ui/window/pages/page_actions.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace sockeye {

class TestConversationWindow : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void showsBothSides();
    void showsOneSide();
    void showsHexAndC();
    void escapesWhatIsNoText();
    void goesOn();
    void goesOnWhereOneReads();
    void isCutInWords();
    void savesAll();
    void saysWhyItWasNotSaved();
    void findsAndCopies();
    void opensOnce();
    void opensFromATableOfConnections();
    void opensFromTheMenuOfAMessage();
    void opensFromTheEditMenu();

private:
    void chunk(Direction direction, const QByteArray& bytes);
    ConversationWindow* open();
    [[nodiscard]] QString text() const;
    template <typename Widget> [[nodiscard]] Widget* named(const char* name) const;

    QWidget m_parent;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
    ConversationWindow* m_window = nullptr;
};

void TestConversationWindow::init()
{
    WindowTest::init();
    m_capture = Capture::create({});
    m_writer = std::make_unique<CaptureWriter>(m_capture);
    m_writer->opened(1, factsFor(40'000));
}

void TestConversationWindow::cleanup()
{
    qDeleteAll(m_parent.findChildren<ConversationWindow*>());
    m_writer.reset();
    m_capture.reset();
}

void TestConversationWindow::chunk(Direction direction, const QByteArray& bytes)
{
    m_writer->chunk(1, direction, bytes);
    m_writer->flush();
    waitUntilIdle(*m_capture);
}

ConversationWindow* TestConversationWindow::open()
{
    m_window = ConversationWindow::open(m_capture, 1, &m_parent);
    return m_window;
}

QString TestConversationWindow::text() const
{
    return m_window->findChild<QPlainTextEdit*>()->toPlainText();
}

template <typename Widget> Widget* TestConversationWindow::named(const char* name) const
{
    const auto all = m_window->findChildren<Widget*>();
    const auto found = std::find_if(all.begin(), all.end(),
        [name](const Widget* widget) { return widget->accessibleName() == QLatin1String(name); });
    return found != all.end() ? *found : nullptr;
}

void TestConversationWindow::showsBothSides()
{
    chunk(Direction::In, "hel");
    chunk(Direction::In, "lo\r\n");
    chunk(Direction::Out, "HELLO");
    open();
    QTRY_COMPARE(text().count(u'\n'), 4);
    const QStringList lines = text().split(u'\n');
    QVERIFY2(lines[0].startsWith(u"Client, ") && lines[0].endsWith(u", 7 bytes"), qPrintable(lines[0]));
    QCOMPARE(lines[1], QStringLiteral("hello"));
    static const QRegularExpression later(QStringLiteral("^Server, [0-9:.]+, 0\\.[0-9]{6} s later, 5 bytes$"));
    QVERIFY2(later.match(lines[2]).hasMatch(), qPrintable(lines[2]));
    QCOMPARE(lines[3], QStringLiteral("HELLO"));
    QCOMPARE(named<QLabel>("How much is shown")->text(), QStringLiteral("2 turn(s), 12 bytes"));
    m_window->findChild<QCheckBox*>()->setChecked(false);
    QTRY_COMPARE(text(), QStringLiteral("hello\nHELLO\n"));
}

void TestConversationWindow::showsOneSide()
{
    chunk(Direction::In, "question");
    chunk(Direction::Out, "answer");
    open();
    m_window->findChild<QCheckBox*>()->setChecked(false);
    named<QComboBox>("Whose bytes")->setCurrentIndex(1);
    QTRY_COMPARE(text(), QStringLiteral("question\n"));
    named<QComboBox>("Whose bytes")->setCurrentIndex(2);
    QTRY_COMPARE(text(), QStringLiteral("answer\n"));
    QCOMPARE(named<QLabel>("How much is shown")->text(), QStringLiteral("1 turn(s), 6 bytes"));
}

void TestConversationWindow::showsHexAndC()
{
    chunk(Direction::In, QByteArray("0123456789abcdef\0x", 18));
    chunk(Direction::Out, "y");
    chunk(Direction::In, "z");
    open();
    m_window->findChild<QCheckBox*>()->setChecked(false);
    named<QComboBox>("Shown as")->setCurrentIndex(1);
    QTRY_COMPARE(text(),
        QStringLiteral("00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
                       "00000010  00 78                                             |.x|\n"
                       "00000000  79                                                |y|\n"
                       "00000012  7a                                                |z|\n"));
    m_window->findChild<QCheckBox*>()->setChecked(true);
    named<QComboBox>("Shown as")->setCurrentIndex(2);
    QTRY_VERIFY(text().contains(u"const unsigned char client_2[1] = {\n    0x7a,\n};\n"));
    QVERIFY(text().contains(u"const unsigned char client_1[18] = {"));
    QVERIFY(text().contains(u"const unsigned char server_1[1] = {"));
    QVERIFY(text().startsWith(u"/* Client, "));
}

void TestConversationWindow::escapesWhatIsNoText()
{
    chunk(Direction::In, QByteArray("a\0b\x1b[31m\xff\xc3\xa4", 11));
    open();
    m_window->findChild<QCheckBox*>()->setChecked(false);
    QTRY_VERIFY(!text().isEmpty());
    QVERIFY2(text().contains(u"\\x1b[31m") && text().endsWith(u"ä\n"), qPrintable(text()));
    QVERIFY(!text().contains(QChar(0)) && !text().contains(QChar(0x1b)));
}

void TestConversationWindow::goesOn()
{
    open();
    m_window->findChild<QCheckBox*>()->setChecked(false);
    chunk(Direction::In, "one");
    QTRY_COMPARE(text(), QStringLiteral("one\n"));
    chunk(Direction::In, "two");
    QTRY_COMPARE(text(), QStringLiteral("onetwo\n"));
    chunk(Direction::Out, "three");
    QTRY_COMPARE(text(), QStringLiteral("onetwo\nthree\n"));
}

void TestConversationWindow::goesOnWhereOneReads()
{
    chunk(Direction::In, QByteArray("line\n").repeated(20'000));
    open();
    QTRY_COMPARE(text().count(u'\n'), 20'001);
    auto* view = m_window->findChild<QPlainTextEdit*>();
    QTextCursor cursor(view->document());
    cursor.movePosition(QTextCursor::Down);
    cursor.movePosition(QTextCursor::Down, QTextCursor::KeepAnchor, 3);
    view->setTextCursor(cursor);
    const QString chosen = cursor.selectedText();
    chunk(Direction::In, "more");
    QTRY_VERIFY(text().endsWith(u"more\n"));
    QVERIFY(view->textCursor().hasSelection());
    QCOMPARE(view->textCursor().selectedText(), chosen);
    QVERIFY2(text().section(u'\n', 0, 0).endsWith(u", 100,004 bytes"), qPrintable(text().section(u'\n', 0, 0)));
}

void TestConversationWindow::isCutInWords()
{
    chunk(Direction::In, QByteArray(600 * 1024, 'x') + '\n');
    chunk(Direction::Out, QByteArray(600 * 1024, 'y') + '\n');
    open();
    const auto* counts = named<QLabel>("How much is shown");
    QTRY_COMPARE(counts->text(),
        QStringLiteral("The first 2 turn(s), 1,048,576 bytes. The connection has more: “Save as…” writes all of it."));
    QTRY_COMPARE(text().count(u'y'), 1024 * 1024 - 600 * 1024 - 1 + 2); // two headings with "bytes"
}

void TestConversationWindow::savesAll()
{
    // More than is shown, and a turn that is longer than is written at once.
    const QByteArray request(longestSavedTurn + 5, 'x');
    chunk(Direction::In, request + '\n');
    chunk(Direction::Out, "caf\xc3\xa9\n");
    open();
    named<QComboBox>("Shown as")->setCurrentIndex(1); // hex dump, and back
    named<QComboBox>("Shown as")->setCurrentIndex(0);
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("all.txt"));
    QSignalSpy saved(m_window->saver(), &FileSaver::saved);
    m_window->saveTo(name);
    QVERIFY(saved.wait(30'000)); // on a busy machine, too
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    QVERIFY2(text.startsWith("Client, "), text.first(60).constData());
    const QByteArray last = text.sliced(text.lastIndexOf("Server, "));
    QVERIFY2(last.endsWith(", 6 bytes\ncaf\xc3\xa9\n"), last.constData());
    QCOMPARE(text.count('x'), request.size());
    QVERIFY(named<QLabel>("How much is shown")->text().contains(QStringLiteral("all.txt")));
}

void TestConversationWindow::saysWhyItWasNotSaved()
{
    chunk(Direction::In, "hello");
    open();
    QSignalSpy failed(m_window->saver(), &FileSaver::failed);
    m_window->saveTo(QStringLiteral("/nowhere/at/all.txt"));
    QVERIFY(failed.wait());
    QVERIFY(named<QLabel>("How much is shown")->text().contains(QStringLiteral("No such file or directory")));
}

void TestConversationWindow::findsAndCopies()
{
    chunk(Direction::In, "The Matrix has you\nFollow the white rabbit\n");
    open();
    QTRY_VERIFY(text().contains(u"rabbit"));
    auto* words = named<QLineEdit>("Find in the conversation");
    const auto* view = m_window->findChild<QPlainTextEdit*>();
    QTest::keyClicks(words, QStringLiteral("the"));
    QCOMPARE(view->textCursor().selectedText(), QStringLiteral("The"));
    const int first = view->textCursor().selectionStart();
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(view->textCursor().selectedText(), QStringLiteral("the"));
    QVERIFY(view->textCursor().selectionStart() > first);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(view->textCursor().selectionStart(), first);
    words->setText(QStringLiteral("Trinity"));
    QCOMPARE(named<QLabel>("How much is shown")->text(), QStringLiteral("Nothing that is shown has these words."));
    m_window->findChild<QPushButton*>()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), text());
}

void TestConversationWindow::opensOnce()
{
    const ConversationWindow* window = open();
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QCOMPARE(open(), window);
    QCOMPARE(m_parent.findChildren<ConversationWindow*>().size(), 1);
    m_window->close();
    QTRY_COMPARE(m_parent.findChildren<ConversationWindow*>().size(), 0);
}

void TestConversationWindow::opensFromATableOfConnections()
{
    chunk(Direction::In, "hello");
    ConnectionsPanel panel;
    panel.setCapture(m_capture);
    QTRY_COMPARE(panel.model()->rowCount(), 1);
    panel.table()->selectRow(0);
    const QList<QAction*> actions = panel.table()->actions();
    const auto follow = std::find_if(actions.begin(), actions.end(),
        [](const QAction* action) { return action->text() == QStringLiteral("Follow conversation"); });
    QVERIFY(follow != actions.end());
    QVERIFY((*follow)->isEnabled());
    (*follow)->trigger();
    m_window = panel.findChild<ConversationWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(text().endsWith(u"hello\n"));
}

void TestConversationWindow::opensFromTheMenuOfAMessage()
{
    chunk(Direction::In, encodeRequest(QStringLiteral("search"), QStringLiteral("morpheus"), ByteOrder::Little));
    MessagesModel model;
    model.setCapture(m_capture);
    MessagesTable table(&model);
    table.selectRow(0);
    const MessagesMenu menu(table, model, -1, 1);
    const QList<QAction*> actions = menu.actions();
    const auto follow = std::find_if(actions.begin(), actions.end(),
        [](const QAction* action) { return action->text() == QStringLiteral("Follow conversation #1"); });
    QVERIFY(follow != actions.end());
    QVERIFY((*follow)->isVisible());
    (*follow)->trigger();
    m_window = table.findChild<ConversationWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(text().contains(u"morpheus"));
}

void TestConversationWindow::opensFromTheEditMenu()
{
    chunk(Direction::In, encodeRequest(QStringLiteral("search"), QStringLiteral("morpheus"), ByteOrder::Little));
    Inspector inspector;
    FakePage page(QStringLiteral("page"));
    PageActions actions(&inspector);
    actions.setPage(&page);
    QMenu menu;
    actions.addToEditMenu(&menu);
    const QList<QAction*> all = menu.actions();
    const auto found = std::find_if(all.begin(), all.end(),
        [](const QAction* action) { return action->text() == QStringLiteral("Follow con&versation"); });
    QVERIFY(found != all.end());
    QAction* follow = *found;
    QVERIFY(!follow->isEnabled()); // there is no message
    page.choose({ m_capture, 0, m_capture->message(0) });
    QVERIFY(follow->isEnabled());
    follow->trigger();
    m_window = page.findChild<ConversationWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(text().contains(u"morpheus"));
}

SOCKEYE_TEST(TestConversationWindow)

} // namespace sockeye

#include "tst_conversation_window.moc"
