// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/value_view.h"

#include "ui/inspector/value_model.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

namespace sockeye {

ValueView::ValueView(QWidget* parent)
    : QTableView(parent)
    , m_model(new ValueModel(this))
{
    setAccessibleName(tr("Value inspector"));
    setFrameShape(QFrame::NoFrame);
    setModel(m_model);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(ValueModel::LittleColumn, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(ValueModel::BigColumn, QHeaderView::Stretch);
    connect(&Theme::instance(), &Theme::changed, this, &ValueView::fitRows);
    fitRows();
}

void ValueView::fitRows()
{
    const QFontMetrics metrics = fontMetrics();
    const int height = qMax(metrics.height(), QFontMetrics(Theme::instance().monospace()).height()) + 4;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->resizeSection(ValueModel::NameColumn, metrics.horizontalAdvance(tr("signed LEB128")) + 16);
}

void ValueView::setBytes(const InspectedMessagePtr& message, qint64 offset, qint64 selected)
{
    const QByteArrayView bytes = message ? QByteArrayView(message->bytes()) : QByteArrayView();
    const bool any = offset >= 0 && offset < bytes.size();
    m_model->setReadings(
        any ? valueReadings(bytes.sliced(offset), qMax<qint64>(1, selected)) : std::vector<ValueReading>(), selected);
    // Which row is which changes with what is selected.
    clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!m_model->reading(row).ordered) {
            setSpan(row, ValueModel::LittleColumn, 1, 2);
        }
    }
}

void ValueView::copyCurrent() const
{
    if (currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
    }
}

bool ValueView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void ValueView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyCurrent();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ValueView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("&Copy\tCtrl+C"), this, &ValueView::copyCurrent)->setEnabled(currentIndex().isValid());
    menu.exec(event->globalPos());
}

} // namespace sockeye
