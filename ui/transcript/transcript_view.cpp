// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcript_view.h"

#include "ui/theme/theme.h"
#include "ui/transcript/transcript_delegate.h"
#include "ui/transcript/transcript_model.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace sockeye {

TranscriptView::TranscriptView(TranscriptModel& model, QWidget* parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new TranscriptDelegate(model, this))
{
    setAccessibleName(tr("Transcript"));
    setModel(&model);
    setItemDelegate(m_delegate);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // one that comes and goes would change the lines' breaks
    setSelectionMode(SingleSelection);
    setFrameShape(NoFrame);
    connect(&model, &TranscriptModel::appended, this, &TranscriptView::follow);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TranscriptView::noticeScroll);
    // Rows are laid out after they came: the end moves once more.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int end) {
        if (m_following) {
            m_silent = true;
            verticalScrollBar()->setValue(end);
            m_silent = false;
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &TranscriptView::layOutAgain);
}

const TranscriptEntry* TranscriptView::currentEntry() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? &m_model.entry(current.row()) : nullptr;
}

void TranscriptView::follow()
{
    if (!m_following) {
        layOutAgain(); // at once, so that the end to which somebody scrolls next is the real one
        return;
    }
    m_silent = true;
    setCurrentIndex(m_model.index(m_model.rowCount() - 1));
    scrollToBottom();
    m_silent = false;
}

void TranscriptView::noticeScroll()
{
    if (!m_silent) {
        m_following = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    }
}

void TranscriptView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (!m_silent) {
        m_following = current.row() == m_model.rowCount() - 1;
    }
    Q_EMIT entrySelected();
}

void TranscriptView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model.rowCount() > 0) {
        return;
    }
    QPainter painter(viewport());
    painter.setPen(Theme::instance().muted());
    painter.drawText(viewport()->rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
        tr("What you ask and what comes back stands here.\nWrite a request above and press Send, or Ctrl+Enter."));
}

void TranscriptView::resizeEvent(QResizeEvent* event)
{
    m_delegate->setWidth(viewport()->width());
    if (event->oldSize().width() != event->size().width()) {
        layOutAgain();
    }
    QListView::resizeEvent(event);
    if (m_following && m_model.rowCount() > 0) {
        m_silent = true;
        scrollToBottom();
        m_silent = false;
    }
}

void TranscriptView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        layOutAgain();
    }
}

void TranscriptView::layOutAgain()
{
    m_silent = true;
    scheduleDelayedItemsLayout();
    executeDelayedItemsLayout();
    m_silent = false;
    viewport()->update();
}

void TranscriptView::clearTranscript()
{
    m_model.clear();
    m_following = true;
    viewport()->update();
}

void TranscriptView::contextMenuEvent(QContextMenuEvent* event)
{
    const TranscriptEntry* entry = currentEntry();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (entry) {
        menu->addAction(tr("Copy &text"), this, &TranscriptView::copyTextWanted);
        if (entry->request) {
            menu->addAction(tr("&Edit this request again"), this, &TranscriptView::editAgainWanted);
            QMenu* copies = menu->addMenu(tr("Copy request &as"));
            for (const CopyForm form : copyForms()) {
                copies->addAction(copyFormName(form), this, [this, form] { Q_EMIT copyWanted(form); });
            }
        }
        menu->addSeparator();
    }
    QAction* clear = menu->addAction(tr("&Clear the transcript"), this, &TranscriptView::clearTranscript);
    clear->setEnabled(m_model.rowCount() > 0);
    menu->popup(event->globalPos());
}

} // namespace sockeye
