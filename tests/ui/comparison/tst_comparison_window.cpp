// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/window_test.h"
#include "ui/comparison/comparison_choice.h"
#include "ui/comparison/comparison_fields_model.h"
#include "ui/comparison/comparison_text.h"
#include "ui/comparison/comparison_view.h"
#include "ui/comparison/comparison_window.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/inspector/inspector.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/pages/page_actions.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestComparisonWindow : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void comparesTwoMessages();
    void saysThatNothingDiffers();
    void leavesOutWhatIsTheSame();
    void goesFromPlaceToPlace();
    void showsTheBytesOfAField();
    void comparesDirections();
    void copiesAsText();
    void paintsWhateverItsSize();
    void remembersTheFirstOfTwo();
    void comparesAcrossCaptures();
    void forgetsWhatIsGone();
    void asksForMessagesWithBytes();
    void opensFromTheEditMenu();
    void opensFromTheMenuOfMessages();
    void opensFromATableOfConnections();

private:
    [[nodiscard]] MessageRef request(const QString& value);
    void chunk(Direction direction, const QByteArray& bytes);
    [[nodiscard]] MessageRef last() const;
    ComparisonWindow* open(const MessageRef& left, const MessageRef& right);
    [[nodiscard]] QString told() const;
    [[nodiscard]] ComparisonView* view() const { return m_window->findChild<ComparisonView*>(); }
    [[nodiscard]] ComparisonFieldsModel* fields() const { return m_window->findChild<ComparisonFieldsModel*>(); }

    QWidget m_parent;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
    ComparisonWindow* m_window = nullptr;
};

void TestComparisonWindow::init()
{
    WindowTest::init();
    m_capture = Capture::create({});
    m_writer = std::make_unique<CaptureWriter>(m_capture);
    m_writer->opened(1, factsFor(40'000));
}

void TestComparisonWindow::cleanup()
{
    qDeleteAll(m_parent.findChildren<ComparisonWindow*>());
    ComparisonChoice::instance().forget();
    m_writer.reset();
    m_capture.reset();
}

void TestComparisonWindow::chunk(Direction direction, const QByteArray& bytes)
{
    m_writer->chunk(1, direction, bytes);
    m_writer->flush();
    waitUntilIdle(*m_capture);
}

MessageRef TestComparisonWindow::last() const
{
    const qsizetype row = m_capture->messageCount() - 1;
    return { m_capture, row, m_capture->message(row) };
}

MessageRef TestComparisonWindow::request(const QString& value)
{
    chunk(Direction::In, encodeRequest(QStringLiteral("search"), value, ByteOrder::Little));
    return last();
}

ComparisonWindow* TestComparisonWindow::open(const MessageRef& left, const MessageRef& right)
{
    m_window = ComparisonWindow::open({ left, false }, { right, false }, &m_parent);
    return m_window;
}

QString TestComparisonWindow::told() const
{
    const auto labels = m_window->findChildren<QLabel*>();
    const auto found = std::find_if(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->accessibleName() == QStringLiteral("What differs"); });
    return found != labels.end() ? (*found)->text() : QString();
}

void TestComparisonWindow::comparesTwoMessages()
{
    const MessageRef one = request(QStringLiteral("ring"));
    const MessageRef other = request(QStringLiteral("rang"));
    open(one, other);
    const QString sentence = QStringLiteral("1 of %1 bytes differs. 1 field of %2 differs.");
    QTRY_COMPARE(told().section(u'\n', 0, 0),
        sentence.arg(QString::number(one.record.size), QString::number(fields()->rowCount())));
    QVERIFY2(told().section(u'\n', 1).startsWith(u"Place 1 of 1: 1 byte from "), qPrintable(told()));
    QVERIFY(fields()->rowCount() >= 7);
    int differing = 0;
    for (int row = 0; row < fields()->rowCount(); ++row) {
        if (fields()->pair(row).isSame) {
            continue;
        }
        ++differing;
        QCOMPARE(fields()->index(row, ComparisonFieldsModel::Sign).data().toString(), QStringLiteral("≠"));
        QCOMPARE(fields()->index(row, ComparisonFieldsModel::Left).data().toString(), QStringLiteral("\"ring\""));
        QCOMPARE(fields()->index(row, ComparisonFieldsModel::Right).data().toString(), QStringLiteral("\"rang\""));
        QVERIFY(fields()->index(row, ComparisonFieldsModel::Path).data().toString().endsWith(u"value"));
    }
    QCOMPARE(differing, 1);
}

void TestComparisonWindow::saysThatNothingDiffers()
{
    const MessageRef one = request(QStringLiteral("ring"));
    open(one, request(QStringLiteral("ring")));
    QTRY_COMPARE(
        told(), QStringLiteral("Both are the same, byte for byte: %1 bytes. No field differs.").arg(one.record.size));
    for (const QToolButton* button : m_window->findChildren<QToolButton*>()) {
        QVERIFY(!button->isEnabled());
    }
}

void TestComparisonWindow::leavesOutWhatIsTheSame()
{
    const MessageRef one = request(QStringLiteral("ring"));
    open(one, request(QStringLiteral("rang")));
    QTRY_VERIFY(view()->lineCount() > 1);
    m_window->findChild<QCheckBox*>()->setChecked(true);
    QCOMPARE(view()->lineCount(), 1);
    QCOMPARE(fields()->rowCount(), 1);
    const int run = view()->currentRun();
    QVERIFY(run >= 0);
    m_window->findChild<QCheckBox*>()->setChecked(false);
    QVERIFY(view()->lineCount() > 1);
    QCOMPARE(view()->currentRun(), run);
}

void TestComparisonWindow::goesFromPlaceToPlace()
{
    const MessageRef one = request(QStringLiteral("0 abcdefgh 1 ijklmnop 2"));
    open(one, request(QStringLiteral("x abcdefgh y ijklmnop z")));
    QTRY_VERIFY(told().contains(u"Place 1 of 3"));
    QTest::keyClick(m_window, Qt::Key_F8);
    QTRY_VERIFY(told().contains(u"Place 2 of 3"));
    QTest::keyClick(m_window, Qt::Key_F8);
    QTRY_VERIFY(told().contains(u"Place 3 of 3"));
    QTest::keyClick(m_window, Qt::Key_F8);
    QTRY_VERIFY(told().contains(u"Place 1 of 3"));
    QTest::keyClick(m_window, Qt::Key_F8, Qt::ShiftModifier);
    QTRY_VERIFY(told().contains(u"Place 3 of 3"));
}

void TestComparisonWindow::showsTheBytesOfAField()
{
    const QString text = QStringLiteral("abcdefgh ").repeated(2000);
    const MessageRef one = request(QString(text + u"1"));
    open(one, request(QString(text + u"2")));
    QTRY_VERIFY(view()->verticalScrollBar()->value() > 0); // at the first place
    m_window->findChild<DenseTable*>()->selectRow(0);
    QCOMPARE(view()->verticalScrollBar()->value(), 0);
}

void TestComparisonWindow::comparesDirections()
{
    chunk(Direction::In, "hello, world");
    chunk(Direction::Out, "Hello, world!");
    m_window = ComparisonWindow::openDirections(m_capture, 1, &m_parent);
    QTRY_COMPARE(told().section(u'\n', 0, 0), QStringLiteral("2 of 13 bytes differ, in 2 places."));
    const auto names = m_window->findChildren<ElidedLabel*>();
    QCOMPARE(names[0]->fullText(), QStringLiteral("Left: All that the client of connection #1 said, 12 bytes"));
    QCOMPARE(names[1]->fullText(), QStringLiteral("Right: All that the server of connection #1 said, 13 bytes"));
    QVERIFY(m_window->findChild<DenseTable*>()->isHidden());
}

void TestComparisonWindow::copiesAsText()
{
    chunk(Direction::In, "0123456789abcdefghijklmnopqrstuv....the end");
    chunk(Direction::Out, "0123456789abcdefghijklmNopqrstuv....the eend!!");
    m_window = ComparisonWindow::openDirections(m_capture, 1, &m_parent);
    QTRY_VERIFY(told().contains(u"Place 1"));
    m_window->findChild<QPushButton*>()->click();
    const QString all = QGuiApplication::clipboard()->text();
    const QStringList lines = all.split(u'\n');
    QVERIFY2(lines[0].startsWith(u"Left: All that the client"), qPrintable(all));
    QCOMPARE(lines[2], QStringLiteral("4 of 46 bytes differ, in 3 places."));
    QCOMPARE(lines[4],
        QStringLiteral("00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66     "
                       "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66"));
    QCOMPARE(lines[5],
        QStringLiteral("00000010  67 68 69 6a 6b 6c 6d 6e 6f 70 71 72 73 74 75 76 ≠   "
                       "00000010  67 68 69 6a 6b 6c 6d 4e 6f 70 71 72 73 74 75 76"));
    QVERIFY2(lines[6].contains(u" +   00000020  "), qPrintable(lines[6]));
    m_window->findChild<QCheckBox*>()->setChecked(true);
    m_window->findChild<QPushButton*>()->click();
    const QString only = QGuiApplication::clipboard()->text();
    QVERIFY(!only.contains(u"00000000"));
    QVERIFY(only.contains(lines[5]) && only.contains(lines[6]));
}

void TestComparisonWindow::paintsWhateverItsSize()
{
    const MessageRef one = request(QStringLiteral("abc").repeated(5000));
    open(one, request(QStringLiteral("abd").repeated(4000)));
    QTRY_VERIFY(view()->lineCount() > 0);
    for (const int width : { 200, 500, 900, 1900 }) {
        m_window->resize(width, 500);
        QCoreApplication::processEvents();
        QVERIFY(!m_window->grab().isNull());
        const int bytes = view()->cellGeometry().bytesPerLine();
        QVERIFY(width < 900 ? bytes == 8 : bytes >= 8);
    }
}

void TestComparisonWindow::remembersTheFirstOfTwo()
{
    const MessageRef one = request(QStringLiteral("ring"));
    const MessageRef other = request(QStringLiteral("rang"));
    ComparisonChoice& choice = ComparisonChoice::instance();
    QCOMPARE(choice.actionText(1), QStringLiteral("Compare with…"));
    const QString said = choice.choose({ one }, &m_parent);
    QVERIFY2(said.endsWith(u"on connection #1 is to be compared: press Ctrl+K on another one."), qPrintable(said));
    QVERIFY(choice.actionText(1).startsWith(u"Compare with the message of 20"));
    QCOMPARE(choice.choose({ one }, &m_parent), said); // the same one again: nothing to compare
    QVERIFY(m_parent.findChild<ComparisonWindow*>() == nullptr);
    QCOMPARE(choice.choose({ other }, &m_parent), QString());
    m_window = m_parent.findChild<ComparisonWindow*>();
    QVERIFY(m_window != nullptr);
    QVERIFY(choice.first().capture == nullptr);
    QTRY_VERIFY(told().startsWith(u"1 of "));
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QCOMPARE(choice.choose({ one, other }, &m_parent), QString());
    QCOMPARE(m_parent.findChildren<ComparisonWindow*>().size(), 1);
}

void TestComparisonWindow::comparesAcrossCaptures()
{
    const MessageRef one = request(QStringLiteral("ring"));
    const std::shared_ptr<Capture> elsewhere = Capture::create({});
    CaptureWriter writer(elsewhere);
    writer.opened(1, factsFor(40'001));
    writer.chunk(1, Direction::In, encodeRequest(QStringLiteral("search"), QStringLiteral("king"), ByteOrder::Little));
    writer.flush();
    waitUntilIdle(*elsewhere);
    ComparisonChoice& choice = ComparisonChoice::instance();
    QVERIFY(!choice.choose({ one }, &m_parent).isEmpty());
    QCOMPARE(choice.choose({ { elsewhere, 0, elsewhere->message(0) } }, &m_parent), QString());
    m_window = m_parent.findChild<ComparisonWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(told().startsWith(u"1 of "));
}

void TestComparisonWindow::forgetsWhatIsGone()
{
    ComparisonChoice& choice = ComparisonChoice::instance();
    QVERIFY(!choice.choose({ request(QStringLiteral("ring")) }, &m_parent).isEmpty());
    m_writer.reset();
    m_capture.reset();
    QTRY_VERIFY(choice.first().capture == nullptr);
    QCOMPARE(choice.actionText(1), QStringLiteral("Compare with…"));
}

void TestComparisonWindow::asksForMessagesWithBytes()
{
    QCOMPARE(ComparisonChoice::instance().choose({}, &m_parent),
        QStringLiteral("Select one message with bytes to compare it with another one, or two of them."));
    MessageRef empty = request(QStringLiteral("ring"));
    QCOMPARE(comparable(empty, {}, 0).size(), 1U);
    QCOMPARE(comparable(empty, {}, 3).size(), 0U); // which of them?
    empty.record.size = 0;
    QCOMPARE(comparable(empty, {}, 1).size(), 0U);
    QCOMPARE(comparable({}, {}, 0).size(), 0U);
}

void TestComparisonWindow::opensFromTheEditMenu()
{
    const MessageRef one = request(QStringLiteral("ring"));
    const MessageRef other = request(QStringLiteral("rang"));
    Inspector inspector;
    FakePage page(QStringLiteral("page"));
    PageActions actions(&inspector);
    actions.setPage(&page);
    QMenu menu;
    actions.addToEditMenu(&menu);
    const auto all = menu.actions();
    const auto compare = std::find_if(
        all.begin(), all.end(), [](const QAction* action) { return action->text() == QStringLiteral("Co&mpare"); });
    QVERIFY(compare != all.end());
    QCOMPARE((*compare)->shortcut(), QKeySequence(QStringLiteral("Ctrl+K")));
    QVERIFY(!(*compare)->isEnabled()); // there is no message
    page.choose(one);
    QVERIFY((*compare)->isEnabled());
    const QSignalSpy said(&page, &Page::statusMessage);
    (*compare)->trigger();
    QCOMPARE(said.size(), 1);
    page.choose(other);
    (*compare)->trigger();
    QCOMPARE(said.size(), 1);
    m_window = page.findChild<ComparisonWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(told().startsWith(u"1 of "));
}

void TestComparisonWindow::opensFromTheMenuOfMessages()
{
    const MessageRef one = request(QStringLiteral("ring"));
    Q_UNUSED(request(QStringLiteral("between")))
    const MessageRef other = request(QStringLiteral("rang"));
    MessagesPanel panel;
    panel.setCapture(m_capture);
    QTRY_COMPARE(panel.model()->rowCount(), 3);
    QItemSelectionModel* selection = panel.table()->selectionModel();
    const auto rows = QItemSelectionModel::Select | QItemSelectionModel::Rows;
    selection->clear();
    selection->setCurrentIndex(panel.model()->index(2, 0), rows);
    selection->select(panel.model()->index(0, 0), rows);
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support grabbing the keyboard");
    Q_EMIT panel.table()->customContextMenuRequested(QPoint(1, 1));
    auto* menu = panel.findChild<MessagesMenu*>();
    QVERIFY(menu != nullptr);
    const auto all = menu->actions();
    const auto compare = std::find_if(
        all.begin(), all.end(), [](const QAction* action) { return action->text() == QStringLiteral("Compare both"); });
    QVERIFY(compare != all.end());
    (*compare)->trigger();
    menu->close();
    m_window = panel.findChild<ComparisonWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_VERIFY(told().startsWith(u"1 of ")); // the earlier one on the left
    QVERIFY(m_window->objectName().endsWith(QStringLiteral("/%1").arg(other.row)));
    QVERIFY(m_window->objectName().contains(QStringLiteral("/%1|").arg(one.row)));
}

void TestComparisonWindow::opensFromATableOfConnections()
{
    chunk(Direction::In, "hello");
    chunk(Direction::Out, "hallo");
    ConnectionsPanel panel;
    panel.setCapture(m_capture);
    QTRY_COMPARE(panel.model()->rowCount(), 1);
    panel.table()->selectRow(0);
    const QList<QAction*> actions = panel.table()->actions();
    const auto compare = std::find_if(actions.begin(), actions.end(),
        [](const QAction* action) { return action->text() == QStringLiteral("Compare its directions"); });
    QVERIFY(compare != actions.end());
    (*compare)->trigger();
    m_window = panel.findChild<ComparisonWindow*>();
    QVERIFY(m_window != nullptr);
    QTRY_COMPARE(told().section(u'\n', 0, 0), QStringLiteral("1 of 5 bytes differs."));
}

SOCKEYE_TEST(TestComparisonWindow)

} // namespace sockeye

#include "tst_comparison_window.moc"
