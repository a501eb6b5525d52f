// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/bytesearch/find_bytes_window.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/inspector.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/page.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/pages/page_set.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <array>

using namespace sockeye;

/// Bytes looked for in everything that is open, from the menu to the inspector.
class TestFindBytes : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void listsEveryHit();
    void textInAnEncoding();
    void patterns();
    void saysWhatIsWrong();
    void inAllPages();
    void showsTheBytes();
    void saysThatThePageIsGone();
    void menuHasMarks();
    void goesOnWithWhatComes();

private:
    /// Opens a capture of such a conversation, in front.
    Page* openCapture(const QString& name, const QByteArrayList& in);
    FindBytesWindow* openWindow();
    [[nodiscard]] QAction* editAction(const QString& text) const;
    void find(const QString& what);
    [[nodiscard]] QString cell(int row, HitsModel::Column column) const;
    template <typename T> [[nodiscard]] T* part(const QString& name) const
    {
        for (T* each : m_find->findChildren<T*>()) {
            if (each->accessibleName() == name) {
                return each;
            }
        }
        return nullptr;
    }
    FindBytesWindow* m_find = nullptr;
};

Page* TestFindBytes::openCapture(const QString& name, const QByteArrayList& in)
{
    const QString file = m_folder->filePath(name);
    CaptureOptions options;
    options.file = file;
    {
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        for (const QByteArray& each : in) {
            writer.chunk(1, Direction::In, each);
        }
        writer.closed(1, CloseKind::Orderly);
        writer.flush();
        waitUntilIdle(*capture);
    }
    m_window->openFile(file);
    Page* const page = m_window->pages().pages().constLast();
    waitUntilIdle(*page->capture());
    return page;
}

QAction* TestFindBytes::editAction(const QString& text) const
{
    for (const QAction* menu : m_window->menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (action->text().remove(u'&') == text) {
                return action;
            }
        }
    }
    return nullptr;
}

FindBytesWindow* TestFindBytes::openWindow()
{
    QAction* const action = editAction(QStringLiteral("Find bytes…"));
    if (action == nullptr) {
        qFatal("no action");
    }
    action->trigger();
    m_find = m_window->findChild<FindBytesWindow*>();
    return m_find;
}

void TestFindBytes::find(const QString& what)
{
    auto* const line = part<QLineEdit>(QStringLiteral("Find in all bytes"));
    line->setText(what);
    QTest::keyClick(line, Qt::Key_Return);
}

QString TestFindBytes::cell(int row, HitsModel::Column column) const
{
    return m_find->hits().index(row, static_cast<int>(column)).data().toString();
}

void TestFindBytes::listsEveryHit()
{
    const QByteArray first = jsonMessage("\"one needle\"");
    openCapture(QStringLiteral("a.pcapng"), { first, jsonMessage("\"nee"), "dle\"" });
    openWindow();
    QVERIFY(m_find->isVisible());
    find(QStringLiteral("6e 65 65 64 6c 65"));
    QTRY_COMPARE(m_find->hits().rowCount(), 2);
    QTRY_COMPARE(cell(0, HitsModel::Column::Message), QStringLiteral("1"));
    QCOMPARE(cell(0, HitsModel::Column::Page), QStringLiteral("a.pcapng"));
    QCOMPARE(cell(0, HitsModel::Column::Connection), QStringLiteral("#1"));
    QCOMPARE(cell(0, HitsModel::Column::Direction), QStringLiteral("← in"));
    QCOMPARE(cell(0, HitsModel::Column::Offset), QString::number(first.size() - 7));
    QTRY_VERIFY(cell(0, HitsModel::Column::Text).contains(QStringLiteral("one »needle«\"")));
    QVERIFY(cell(0, HitsModel::Column::Bytes).contains(QStringLiteral(" »6e 65 65 64 6c 65« 22")));
    QTRY_VERIFY(cell(1, HitsModel::Column::Text).contains(QStringLiteral("»needle«")));
    QVERIFY(!cell(0, HitsModel::Column::Time).isEmpty());
    find(QStringLiteral("ff ff ff ff"));
    QTRY_COMPARE(m_find->hits().rowCount(), 0);
}

void TestFindBytes::textInAnEncoding()
{
    openCapture(QStringLiteral("a.pcapng"), { QByteArray("x\xb3\xc1\xc4\xac"), "\xe6\xb2\x89\xe9\xbb\x98" });
    openWindow();
    auto* const kind = part<QComboBox>(QStringLiteral("What to look for"));
    kind->setCurrentIndex(kind->findText(QStringLiteral("Text")));
    auto* const encoding = part<QComboBox>(QStringLiteral("Encoding of the text"));
    QVERIFY(encoding->isVisible());
    encoding->setEditText(QStringLiteral("GBK"));
    find(QStringLiteral("沉默"));
    QTRY_COMPARE(m_find->hits().rowCount(), 1);
    QCOMPARE(cell(0, HitsModel::Column::Offset), QStringLiteral("1"));
    encoding->setEditText(QStringLiteral("UTF-8"));
    find(QStringLiteral("沉默"));
    QTRY_COMPARE(cell(0, HitsModel::Column::Offset), QStringLiteral("5"));
    QCOMPARE(m_find->hits().rowCount(), 1);
}

void TestFindBytes::patterns()
{
    openCapture(QStringLiteral("a.pcapng"), { "xx abc", "123 abz9" });
    openWindow();
    auto* const kind = part<QComboBox>(QStringLiteral("What to look for"));
    kind->setCurrentIndex(kind->findText(QStringLiteral("Regular expression")));
    find(QStringLiteral("ab[a-z]\\d+"));
    QTRY_COMPARE(m_find->hits().rowCount(), 2);
    QTRY_VERIFY(cell(0, HitsModel::Column::Text).contains(QStringLiteral("»abc123«")));
    QTRY_VERIFY(cell(1, HitsModel::Column::Text).contains(QStringLiteral("»abz9«")));
}

void TestFindBytes::saysWhatIsWrong()
{
    openCapture(QStringLiteral("a.pcapng"), { "x" });
    openWindow();
    find(QStringLiteral("0g"));
    const QString said = m_find->findChild<ElidedLabel*>()->fullText();
    QVERIFY2(said.contains(u'g'), qPrintable(said));
    QCOMPARE(m_find->hits().rowCount(), 0);
}

void TestFindBytes::inAllPages()
{
    openCapture(QStringLiteral("a.pcapng"), { "needle" });
    openCapture(QStringLiteral("b.pcapng"), { "needle", "needle" });
    openWindow();
    find(QStringLiteral("6e 65 65 64"));
    QTRY_COMPARE(m_find->hits().rowCount(), 2);
    auto* const where = part<QComboBox>(QStringLiteral("Where to look"));
    where->setCurrentIndex(1);
    find(QStringLiteral("6e 65 65 64"));
    QTRY_COMPARE(m_find->hits().rowCount(), 3);
    QCOMPARE(cell(0, HitsModel::Column::Page), QStringLiteral("a.pcapng"));
    QCOMPARE(cell(2, HitsModel::Column::Page), QStringLiteral("b.pcapng"));
}

void TestFindBytes::showsTheBytes()
{
    const QByteArray one = jsonMessage("\"one\"");
    const QByteArray two = jsonMessage("\"a needle\"");
    Page* const page = openCapture(QStringLiteral("a.pcapng"), { one, two, one });
    openCapture(QStringLiteral("b.pcapng"), { "something else" });
    openWindow();
    part<QComboBox>(QStringLiteral("Where to look"))->setCurrentIndex(1);
    find(QStringLiteral("6e 65 65 64 6c 65"));
    QTRY_COMPARE(m_find->hits().rowCount(), 1);
    auto* const table = part<DenseTable>(QStringLiteral("Hits"));
    table->selectRow(0);
    Q_EMIT table->activated(table->currentIndex());
    QTRY_COMPARE(page->currentMessage().row, qsizetype { 1 });
    QCOMPARE(m_window->area().current(), page);
    HexView* const bytes = m_window->inspector().bytes();
    QTRY_COMPARE(bytes->selectionSize(), qint64 { 6 });
    QCOMPARE(bytes->selectionOffset(), two.size() - 7);
}

void TestFindBytes::saysThatThePageIsGone()
{
    Page* const page = openCapture(QStringLiteral("a.pcapng"), { "needle" });
    openWindow();
    find(QStringLiteral("6e 65"));
    QTRY_COMPARE(m_find->hits().rowCount(), 1);
    QSignalSpy chosen(m_find, &FindBytesWindow::chosen);
    m_window->closePage(page);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    auto* const table = part<DenseTable>(QStringLiteral("Hits"));
    Q_EMIT table->activated(m_find->hits().index(0, 0));
    QVERIFY(chosen.isEmpty());
}

void TestFindBytes::menuHasMarks()
{
    Page* const page = openCapture(QStringLiteral("a.pcapng"), { jsonMessage("1"), jsonMessage("2") });
    QAction* const mark = editAction(QStringLiteral("Mark or unmark"));
    QVERIFY(mark != nullptr);
    page->messagesPanel(true)->clearSelection();
    QVERIFY(!mark->isEnabled());
    QTRY_VERIFY(page->capture()->messageCount() >= 2);
    page->messagesPanel(true)->selectLast(Direction::In);
    QVERIFY(mark->isEnabled());
    QCOMPARE(mark->shortcut(), QKeySequence(QStringLiteral("Ctrl+M")));
    mark->trigger();
    QCOMPARE(page->capture()->marks().size(), std::size_t { 1 });
    for (const char* other : { "Note…", "Next mark", "Previous mark", "Marks", "Mark in" }) {
        QAction* const action = editAction(QString::fromUtf8(other));
        QVERIFY2(action != nullptr && action->isEnabled(), other);
    }
}

/// Of two recordings that grow, in the order in which it came; until somebody stops it.
void TestFindBytes::goesOnWithWhatComes()
{
    const std::array captures { Capture::create({}), Capture::create({}) };
    FindBytesWindow window(
        [&captures](bool) {
            return QList<SearchTarget> { { QStringLiteral("a"), captures[0], nullptr },
                { QStringLiteral("b"), captures[1], nullptr } };
        },
        nullptr);
    m_find = &window;
    window.activate();
    std::array<CaptureWriter, 2> writers { CaptureWriter(captures[0]), CaptureWriter(captures[1]) };
    const auto come = [&writers](std::size_t page, const QByteArray& bytes) {
        writers.at(page).chunk(1, Direction::In, bytes);
        writers.at(page).flush();
    };
    for (CaptureWriter& writer : writers) {
        writer.opened(1, factsFor(40000));
    }
    come(0, "x needle, nee");
    waitUntilIdle(*captures[0]);
    find(QStringLiteral("6e 65 65 64 6c 65"));
    QTRY_COMPARE(window.hits().rowCount(), 1);
    come(1, "needle");
    QTRY_COMPARE(window.hits().rowCount(), 2);
    come(0, "dle");
    QTRY_COMPARE(window.hits().rowCount(), 3);
    QCOMPARE(cell(0, HitsModel::Column::Page) + cell(1, HitsModel::Column::Page) + cell(2, HitsModel::Column::Page),
        QStringLiteral("aba"));
    QCOMPARE(cell(2, HitsModel::Column::Offset), QStringLiteral("10"));
    QTRY_VERIFY(cell(2, HitsModel::Column::Text).contains(QStringLiteral("»needle«")));
    const QList<QPushButton*> buttons = window.findChildren<QPushButton*>();
    const auto stop = std::ranges::find(buttons, QStringLiteral("&Stop"), &QPushButton::text);
    QVERIFY(stop != buttons.end() && (*stop)->isEnabled());
    (*stop)->click();
    QVERIFY(!(*stop)->isEnabled());
    m_find = nullptr;
}

SOCKEYE_TEST(TestFindBytes)
#include "tst_find_bytes.moc"
