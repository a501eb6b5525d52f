// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/marks/mark_book.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/marks/marks_model.h"
#include "ui/marks/marks_window.h"
#include "ui/marks/note_bar.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

/// Marks and notes in the messages table: setting them, seeing them, finding them again.
class TestMessageMarks : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void marksAndUnmarks();
    void saysTheColourInWords();
    void comesBackWithItsNote();
    void marksManyAtOnce();
    void rowsWithoutBytesStay();
    void saysWhenItIsFull();
    void notes();
    void escapeKeepsNothing();
    void goesFromMarkToMark();
    void goesPastWhatIsFilteredOut();
    void filterFollowsTheMarks();
    void listsThem();
    void listEditsNotes();
    void staysWithAnotherReading();

private:
    [[nodiscard]] QString summaryOf(int row) const;
    [[nodiscard]] MarkBook& marks() const { return m_fixture->capture->marks(); }
    [[nodiscard]] QString lastStatus() const
    {
        return m_status->isEmpty() ? QString() : m_status->last().at(0).toString();
    }
    [[nodiscard]] int currentRow() const { return m_panel->table()->currentIndex().row(); }
    std::unique_ptr<CaptureFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    MessagesPanel* m_panel = nullptr;
    std::unique_ptr<QSignalSpy> m_status;
};

/// Ten messages, row 0 to 9, and a note.
void TestMessageMarks::init()
{
    m_fixture = std::make_unique<CaptureFixture>();
    m_fixture->open(1);
    for (int i = 0; i < 10; ++i) {
        m_fixture->in(1, CaptureFixture::search(QStringLiteral("query %1").arg(i)));
    }
    m_fixture->writer->note(1, QStringLiteral("Something."));
    m_fixture->settle();
    // In a window without size limits: the offscreen platform warns of them.
    m_window = std::make_unique<QWidget>();
    m_window->resize(700, 400);
    m_panel = new MessagesPanel(m_window.get());
    m_panel->resize(m_window->size());
    m_status = std::make_unique<QSignalSpy>(m_panel, &MessagesPanel::statusMessage);
    m_panel->setCapture(m_fixture->capture);
    m_panel->model()->takeNew();
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_VERIFY(summaryOf(9).contains(QStringLiteral("query 9")));
}

void TestMessageMarks::cleanup()
{
    m_status.reset();
    m_window.reset();
    m_fixture.reset();
}

QString TestMessageMarks::summaryOf(int row) const
{
    return m_panel->model()->index(row, static_cast<int>(MessageColumn::Summary)).data().toString();
}

void TestMessageMarks::marksAndUnmarks()
{
    m_panel->table()->selectRow(3);
    m_panel->toggleMark();
    const MessageRecord record = m_panel->model()->record(3);
    const auto mark = marks().find({ 1, Direction::In, record.offset }, 1);
    QVERIFY(mark);
    QCOMPARE(mark->time, record.time);
    QVERIFY(lastStatus().contains(QStringLiteral("orange")));
    m_panel->toggleMark();
    QVERIFY(marks().isEmpty());
}

void TestMessageMarks::saysTheColourInWords()
{
    const QModelIndex cell = m_panel->model()->index(3, static_cast<int>(MessageColumn::Summary));
    QVERIFY(!cell.data(Qt::BackgroundRole).isValid());
    m_panel->table()->selectRow(3);
    QSignalSpy changed(m_panel->model(), &QAbstractItemModel::dataChanged);
    m_panel->markAs(MarkColour::Green);
    QVERIFY(!changed.isEmpty());
    QVERIFY2(summaryOf(3).startsWith(QStringLiteral("⚑ green · ")), qPrintable(summaryOf(3)));
    QCOMPARE(cell.data(Qt::BackgroundRole).value<QColor>(), Theme::instance().markTint(MarkColour::Green));
    QVERIFY(!m_panel->model()->index(4, 0).data(Qt::BackgroundRole).isValid());
    m_panel->toggleMark();
    QVERIFY(!summaryOf(3).contains(u'⚑'));
    m_panel->toggleMark(); // in the colour used last
    QVERIFY(summaryOf(3).startsWith(QStringLiteral("⚑ green")));
}

void TestMessageMarks::comesBackWithItsNote()
{
    m_panel->table()->selectRow(3);
    const StreamPlace place { 1, Direction::In, m_panel->model()->record(3).offset };
    marks().set({ place, 0, MarkColour::Blue, QStringLiteral("long thoughts") });
    m_panel->toggleMark();
    QVERIFY(marks().isEmpty());
    m_panel->toggleMark();
    QCOMPARE(marks().find(place, 1)->note, QStringLiteral("long thoughts"));
    QCOMPARE(marks().find(place, 1)->colour, MarkColour::Blue);
}

void TestMessageMarks::marksManyAtOnce()
{
    m_panel->table()->selectAll();
    m_panel->toggleMark();
    QCOMPARE(marks().size(), std::size_t { 10 });
    m_panel->table()->selectRow(2);
    m_panel->toggleMark();
    QCOMPARE(marks().size(), std::size_t { 9 });
    m_panel->table()->selectAll();
    m_panel->toggleMark(); // one was not marked: all are
    QCOMPARE(marks().size(), std::size_t { 10 });
    m_panel->toggleMark();
    QVERIFY(marks().isEmpty());
}

void TestMessageMarks::rowsWithoutBytesStay()
{
    m_panel->table()->selectRow(10);
    QCOMPARE(m_panel->currentMessage().record.kind, RecordKind::Note);
    m_panel->toggleMark();
    m_panel->markAs(MarkColour::Red);
    m_panel->editNote();
    QVERIFY(marks().isEmpty());
    QVERIFY(lastStatus().contains(QStringLiteral("no bytes")));
    QVERIFY(m_panel->findChild<NoteBar*>()->isHidden());
}

void TestMessageMarks::saysWhenItIsFull()
{
    for (std::size_t i = 0; i < MarkBook::mostMarks; ++i) {
        marks().set({ { 7, Direction::In, static_cast<qint64>(i) }, 0, MarkColour::Red, {} });
    }
    m_panel->table()->selectRow(3);
    m_panel->toggleMark();
    QVERIFY2(lastStatus().contains(QStringLiteral("10,000")), qPrintable(lastStatus()));
    QCOMPARE(marks().size(), MarkBook::mostMarks);
}

void TestMessageMarks::notes()
{
    m_panel->table()->selectRow(3);
    m_panel->editNote();
    auto* bar = m_panel->findChild<NoteBar*>();
    auto* text = bar->findChild<QLineEdit*>();
    QVERIFY(text->hasFocus());
    QTest::keyClicks(text, QStringLiteral("look here"));
    auto* colour = bar->findChild<QComboBox*>();
    colour->setCurrentIndex(colour->findText(QStringLiteral("purple")));
    m_panel->table()->selectRow(5); // the note stays with what it was begun for
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY(bar->isHidden());
    QVERIFY(m_panel->table()->hasFocus());
    const auto mark = marks().find({ 1, Direction::In, m_panel->model()->record(3).offset }, 1);
    QVERIFY(mark);
    QCOMPARE(mark->note, QStringLiteral("look here"));
    QVERIFY2(summaryOf(3).startsWith(QStringLiteral("⚑ purple: look here · ")), qPrintable(summaryOf(3)));
    const QModelIndex cell = m_panel->model()->index(3, static_cast<int>(MessageColumn::Summary));
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("look here")));
    m_status->clear();
    m_panel->table()->selectRow(3);
    QCOMPARE(lastStatus(), QStringLiteral("⚑ purple: look here"));
    // Opened again it has the note; an emptied one leaves the mark.
    m_panel->editNote();
    QCOMPARE(text->text(), QStringLiteral("look here"));
    text->clear();
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY(summaryOf(3).startsWith(QStringLiteral("⚑ purple · ")));
}

void TestMessageMarks::escapeKeepsNothing()
{
    m_panel->table()->selectRow(3);
    m_panel->editNote();
    auto* text = m_panel->findChild<NoteBar*>()->findChild<QLineEdit*>();
    QTest::keyClicks(text, QStringLiteral("never mind"));
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(marks().isEmpty());
    QVERIFY(m_panel->findChild<NoteBar*>()->isHidden());
}

void TestMessageMarks::goesFromMarkToMark()
{
    m_panel->goToMark(false);
    QCOMPARE(lastStatus(), QStringLiteral("No message is marked."));
    for (const int row : { 2, 5, 8 }) {
        m_panel->table()->selectRow(row);
        m_panel->toggleMark();
    }
    m_panel->table()->selectRow(3);
    for (const int row : { 5, 8, 2, 5 }) {
        m_panel->goToMark(false);
        QTRY_COMPARE(currentRow(), row);
    }
    for (const int row : { 2, 8, 5 }) {
        m_panel->goToMark(true);
        QTRY_COMPARE(currentRow(), row);
    }
}

void TestMessageMarks::goesPastWhatIsFilteredOut()
{
    for (const int row : { 2, 5, 8 }) {
        m_panel->table()->selectRow(row);
        m_panel->toggleMark();
    }
    m_panel->addToFilter(QStringLiteral("number != 6"), false);
    QTRY_COMPARE(m_panel->model()->rowCount(), 10);
    m_panel->table()->selectRow(3);
    m_panel->goToMark(false);
    QTRY_COMPARE(m_panel->currentMessage().row, qsizetype { 8 });
}

void TestMessageMarks::filterFollowsTheMarks()
{
    m_panel->table()->selectRow(3);
    m_panel->toggleMark();
    m_panel->addToFilter(QStringLiteral("marked"), false);
    QTRY_COMPARE(m_panel->model()->rowCount(), 1);
    const MessageRecord other = m_fixture->capture->message(7);
    marks().set({ { 1, Direction::In, other.offset }, other.time, MarkColour::Red, QStringLiteral("7") });
    QTRY_COMPARE(m_panel->model()->rowCount(), 2);
    m_panel->addToFilter(QStringLiteral("note == \"7\""), true);
    QTRY_COMPARE(m_panel->model()->rowCount(), 1);
    QCOMPARE(m_panel->model()->captureRow(0), qsizetype { 7 });
    marks().remove({ 1, Direction::In, other.offset });
    QTRY_COMPARE(m_panel->model()->rowCount(), 0);
}

void TestMessageMarks::listsThem()
{
    for (const int row : { 8, 2 }) {
        m_panel->table()->selectRow(row);
        m_panel->toggleMark();
    }
    m_panel->showMarks();
    auto* window = m_panel->findChild<MarksWindow*>();
    auto* table = window->findChild<DenseTable*>();
    QCOMPARE(table->accessibleName(), QStringLiteral("Marks"));
    auto* model = window->findChild<MarksModel*>();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->mark(0).place.offset, m_panel->model()->record(2).offset); // by time
    table->selectRow(1);
    Q_EMIT table->activated(table->currentIndex());
    QTRY_COMPARE(currentRow(), 8);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(marks().size(), std::size_t { 1 });
    m_panel->showMarks(); // the same one
    QCOMPARE(m_panel->findChildren<MarksWindow*>().size(), 1);
}

void TestMessageMarks::listEditsNotes()
{
    m_panel->table()->selectRow(2);
    m_panel->toggleMark();
    m_panel->showMarks();
    auto* model = m_panel->findChild<MarksWindow*>()->findChild<MarksModel*>();
    const QModelIndex note = model->index(0, static_cast<int>(MarksModel::Column::Note));
    QVERIFY(note.flags().testFlag(Qt::ItemIsEditable));
    QVERIFY(model->setData(note, QStringLiteral(" from the list ")));
    QTRY_COMPARE(model->index(0, 1).data().toString(), QStringLiteral("from the list"));
    QTRY_VERIFY(summaryOf(2).contains(QStringLiteral("from the list")));
}

void TestMessageMarks::staysWithAnotherReading()
{
    m_panel->table()->selectRow(2);
    m_panel->markAs(MarkColour::Red);
    const auto raw = m_fixture->capture->readAnew(rawProtocol(), Limits());
    QTRY_COMPARE(raw->progress(), 1.0);
    m_panel->showReading(raw);
    m_panel->model()->takeNew();
    QTRY_VERIFY(summaryOf(2).startsWith(QStringLiteral("⚑ red · ")));
}

SOCKEYE_TEST(TestMessageMarks)

} // namespace sockeye

#include "tst_message_marks.moc"
