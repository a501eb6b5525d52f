// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/note_bar.h"

#include "ui/marks/mark_words.h"
#include "ui/marks/message_marker.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace sockeye {

NoteBar::NoteBar(MessageMarker& marker, QWidget* parent)
    : QWidget(parent)
    , m_marker(marker)
    , m_title(new QLabel(this))
    , m_colour(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_room(new QLabel(this))
    , m_close(new QToolButton(this))
{
    m_colour->setAccessibleName(tr("Colour of the mark"));
    for (const MarkColour colour : markColours) {
        m_colour->addItem(colourName(colour), static_cast<int>(colour));
    }
    m_text->setAccessibleName(tr("Note"));
    m_text->setPlaceholderText(tr("What is to be said of this message"));
    m_text->setMaxLength(static_cast<int>(longestNote));
    m_close->setAccessibleName(tr("Close note"));
    m_close->setToolTip(tr("Close without keeping it (Esc)"));
    m_close->setAutoRaise(true);
    auto* keepIt = new QToolButton(this);
    keepIt->setText(tr("Keep"));
    keepIt->setToolTip(tr("Mark the message and keep the note (Enter)"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_colour);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_room);
    layout->addWidget(keepIt);
    layout->addWidget(m_close);
    connect(keepIt, &QToolButton::clicked, this, &NoteBar::keep);
    connect(m_text, &QLineEdit::returnPressed, this, &NoteBar::keep);
    connect(m_text, &QLineEdit::textChanged, this, &NoteBar::showRoom);
    connect(m_close, &QToolButton::clicked, this, &NoteBar::finish);
    connect(&Theme::instance(), &Theme::changed, this, &NoteBar::applyTheme);
    applyTheme();
    hide();
}

void NoteBar::applyTheme()
{
    m_close->setIcon(Theme::instance().icon(QStringLiteral("close")));
    for (int i = 0; i < m_colour->count(); ++i) {
        m_colour->setItemIcon(i, markIcon(static_cast<MarkColour>(m_colour->itemData(i).toInt())));
    }
}

void NoteBar::edit(const MessageRef& message)
{
    if (!MessageMarker::canMark(message)) {
        return;
    }
    m_message = message;
    const auto mark = MessageMarker::markOf(message);
    m_title->setText(message.row >= 0 ? tr("Note to message %1").arg(groupedNumber(message.row + 1)) : tr("Note"));
    m_colour->setCurrentIndex(m_colour->findData(static_cast<int>(mark ? mark->colour : m_marker.colour())));
    m_text->setText(mark ? mark->note : QString());
    showRoom();
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

/// How much more fits, when that is not much.
void NoteBar::showRoom()
{
    const qsizetype left = longestNote - m_text->text().size();
    m_room->setText(left > 50 ? QString()
            : left > 0        ? tr("%1 more").arg(left)
                              : tr("A note has room for %1 characters.").arg(longestNote));
}

void NoteBar::keep()
{
    m_marker.note(m_message, static_cast<MarkColour>(m_colour->currentData().toInt()), m_text->text());
    finish();
}

void NoteBar::finish()
{
    m_message = {};
    if (isVisible()) {
        hide();
        Q_EMIT closed();
    }
}

void NoteBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        finish();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace sockeye
