// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Marks and notes in the panel, and the way to bytes of which only the place is known.

#include "ui/marks/mark_words.h"
#include "ui/marks/marks_window.h"
#include "ui/marks/message_marker.h"
#include "ui/marks/note_bar.h"
#include "ui/marks/row_finder.h"
#include "ui/messages/messages_find_bar.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"

#include <algorithm>

namespace sockeye {

namespace {

/// What one can have meant to mark at once.
constexpr std::size_t mostAtOnce = MarkBook::mostMarks;

} // namespace

void MessagesPanel::connectMarks()
{
    connect(m_marker, &MessageMarker::said, this, [this](const QString& text) {
        m_model->takeNew();
        Q_EMIT statusMessage(text);
    });
    connect(m_noteBar, &NoteBar::closed, this, [this] { m_table->setFocus(); });
    connect(m_rowFinder, &RowFinder::found, this, &MessagesPanel::rowsFound);
    connect(this, &MessagesPanel::currentMessageChanged, this, [this] {
        if (const auto mark = MessageMarker::markOf(currentMessage())) {
            Q_EMIT statusMessage(markText(*mark));
        }
    });
}

/// The selected messages, or the one that is shown where the table has another one.
std::vector<MessageRef> MessagesPanel::chosenMessages() const
{
    std::vector<MessageRef> chosen;
    if (m_hidden.capture) {
        return { m_hidden };
    }
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && chosen.size() < mostAtOnce; ++row) {
            chosen.push_back(m_model->ref(row));
        }
    }
    return chosen;
}

void MessagesPanel::toggleMark()
{
    m_marker->toggle(chosenMessages());
}

void MessagesPanel::markAs(MarkColour colour)
{
    m_marker->mark(chosenMessages(), colour);
}

void MessagesPanel::editNote()
{
    m_findBar->hide();
    m_noteBar->edit(currentMessage());
}

void MessagesPanel::goToMark(bool backwards)
{
    const std::shared_ptr<Capture>& capture = m_model->capture();
    if (!capture || capture->marks().isEmpty()) {
        Q_EMIT statusMessage(tr("No message is marked."));
        return;
    }
    m_wantedPlaces.clear();
    for (const MessageMark& mark : capture->marks().all()) {
        m_wantedPlaces.push_back(mark.place);
    }
    m_wanted = backwards ? WantedRow::PreviousMark : WantedRow::NextMark;
    m_rowFinder->find(capture, m_wantedPlaces);
}

void MessagesPanel::goTo(const StreamPlace& place, qint64 size)
{
    if (m_model->capture()) {
        m_wantedPlaces = { place };
        m_wantedSize = size;
        m_wanted = WantedRow::Place;
        m_rowFinder->find(m_model->capture(), m_wantedPlaces);
    }
}

void MessagesPanel::rowsFound(const std::vector<qsizetype>& rows)
{
    m_model->takeNew();
    if (m_wanted == WantedRow::Place) {
        showRow(rows.front());
        return;
    }
    // The next one that the table shows, in its own order; behind the last comes the first.
    std::vector<int> shown;
    for (const qsizetype row : rows) {
        if (const int its = m_model->rowOf(row); its >= 0) {
            shown.push_back(its);
        }
    }
    if (shown.empty()) {
        Q_EMIT statusMessage(tr("No message that is shown is marked."));
        return;
    }
    std::ranges::sort(shown);
    const int current = m_table->currentIndex().row();
    if (m_wanted == WantedRow::NextMark) {
        const auto next = std::ranges::upper_bound(shown, current);
        m_table->goToRow(next == shown.end() ? shown.front() : *next);
    } else {
        const auto next = std::ranges::lower_bound(shown, current);
        m_table->goToRow(next == shown.begin() ? shown.back() : *(next - 1));
    }
}

/// Selects that row of the capture, also where the table does not show it.
void MessagesPanel::showRow(qsizetype captureRow)
{
    if (captureRow < 0) {
        Q_EMIT statusMessage(tr("These bytes are in no message."));
        return;
    }
    const MessageRecord record = m_model->capture()->message(captureRow);
    selectFromView({ m_model->capture(), captureRow, record });
    const qint64 offset = m_wantedPlaces.front().offset - record.offset;
    if (m_wantedSize > 0) {
        Q_EMIT bytesSelected(offset, std::min(m_wantedSize, record.size - offset));
    }
}

void MessagesPanel::showMarks()
{
    if (m_marksWindow == nullptr) {
        m_marksWindow = new MarksWindow(this);
        connect(m_marksWindow, &MarksWindow::chosen, this, [this](const StreamPlace& place) { goTo(place); });
        m_marksWindow->setCapture(m_model->capture(), m_model->capture() ? m_model->capture()->title() : QString());
    }
    if (m_marksWindow->isVisible()) {
        m_marksWindow->raise();
        m_marksWindow->activateWindow();
    }
    m_marksWindow->show();
}

void MessagesPanel::connectMarkMenu(MessagesMenu& menu)
{
    connect(&menu, &MessagesMenu::markToggled, this, &MessagesPanel::toggleMark);
    connect(&menu, &MessagesMenu::markChosen, this, &MessagesPanel::markAs);
    connect(&menu, &MessagesMenu::noteChosen, this, &MessagesPanel::editNote);
}

} // namespace sockeye
