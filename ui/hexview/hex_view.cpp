// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_view.h"

#include "ui/hexview/chunk_marks.h"
#include "ui/hexview/field_tints.h"
#include "ui/hexview/go_to_bar.h"
#include "ui/hexview/hex_glyphs.h"
#include "ui/hexview/hex_page.h"
#include "ui/hexview/hex_renderers.h"
#include "ui/hexview/hex_view_accessible.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <limits>

namespace sockeye {

HexView::HexView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    makeHexViewAccessible();
    setAccessibleName(tr("Bytes"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&Theme::instance(), &Theme::changed, this, &HexView::takeFont);
    takeFont();
    describeSelection();
}

HexView::~HexView() = default;

void HexView::setMessage(InspectedMessagePtr message, Keep keep)
{
    const qint64 oldOffset = m_selection.offset();
    const qint64 oldSize = m_selection.size();
    m_message = std::move(message);
    m_hoveredSize = 0;
    if (keep == Keep::Nothing) {
        m_selection = {};
    }
    m_selection.setSize(m_message ? m_message->bytes().size() : 0);
    closeGoToBar();
    if (keep == Keep::Nothing) {
        verticalScrollBar()->setValue(0);
        horizontalScrollBar()->setValue(0);
    }
    layOut(keep == Keep::Position ? m_geometry.lineStart(topLine()) : 0);
    changed(m_selection.offset() != oldOffset || m_selection.size() != oldSize);
}

InspectedMessagePtr HexView::message() const
{
    return m_message;
}

void HexView::select(qint64 offset, qint64 size)
{
    const bool differs = m_selection.select(offset, size);
    // All of it where there is room, but its start in any case.
    scrollTo(m_selection.offset() + qMax<qint64>(0, m_selection.size() - 1));
    scrollTo(m_selection.offset());
    changed(differs);
}

qint64 HexView::selectionOffset() const
{
    return m_selection.offset();
}

qint64 HexView::selectionSize() const
{
    return m_selection.size();
}

void HexView::setHovered(qint64 offset, qint64 size)
{
    if (offset != m_hoveredOffset || size != m_hoveredSize) {
        m_hoveredOffset = offset;
        m_hoveredSize = size;
        viewport()->update();
    }
}

qint64 HexView::exportedSize() const
{
    if (!m_message) {
        return 0;
    }
    return m_selection.isEmpty() ? m_message->bytes().size() : m_selection.size();
}

void HexView::copyAs(ByteForm form) const
{
    const qint64 size = exportedSize();
    if (size == 0 || size > maxExportedBytes) {
        return;
    }
    const qint64 offset = m_selection.isEmpty() ? 0 : m_selection.offset();
    QGuiApplication::clipboard()->setText(exportBytes(QByteArrayView(m_message->bytes()).sliced(offset, size), form));
}

void HexView::addCopyActions(QMenu* menu)
{
    const qint64 size = exportedSize();
    const std::pair<QString, ByteForm> forms[] = {
        { tr("&Hex"), ByteForm::Hex },
        { tr("&C array"), ByteForm::CArray },
        { tr("&Python bytes"), ByteForm::PythonBytes },
        { tr("&Base64"), ByteForm::Base64 },
        { tr("&Text (UTF-8)"), ByteForm::Text },
    };
    for (const auto& [text, form] : forms) {
        QAction* action = menu->addAction(text);
        action->setEnabled(size > 0 && size <= maxExportedBytes);
        connect(action, &QAction::triggered, this, [this, wanted = form] { copyAs(wanted); });
    }
    if (size > maxExportedBytes) {
        menu->addAction(tr("Select at most %1 to copy them").arg(byteCountText(maxExportedBytes)))->setEnabled(false);
    }
}

void HexView::goToOffset()
{
    if (m_goToBar == nullptr) {
        m_goToBar = new GoToBar(this);
        connect(m_goToBar, &GoToBar::offsetChosen, this, [this](qint64 offset) { select(offset, 1); });
        connect(m_goToBar, &GoToBar::closed, this, [this] {
            closeGoToBar();
            setFocus();
        });
    }
    setViewportMargins(0, 0, 0, m_goToBar->sizeHint().height());
    placeGoToBar();
    m_goToBar->show();
    m_goToBar->open(m_selection.cursor(), m_geometry.size());
}

void HexView::placeGoToBar()
{
    if (m_goToBar != nullptr) {
        const QRect area = viewport()->geometry();
        m_goToBar->setGeometry(area.left(), area.bottom() + 1, area.width(), m_goToBar->sizeHint().height());
    }
}

void HexView::closeGoToBar()
{
    if (m_goToBar != nullptr && m_goToBar->isVisibleTo(this)) {
        m_goToBar->hide();
        setViewportMargins(0, 0, 0, 0);
    }
}

void HexView::selectField()
{
    if (!m_message) {
        return;
    }
    const int field = m_message->annotation.leafAt(m_selection.cursor());
    if (field >= 0) {
        const Field& range = m_message->annotation.fields()[static_cast<std::size_t>(field)];
        select(range.offset, range.size);
    }
}

void HexView::takeFont()
{
    m_glyphs = std::make_unique<HexGlyphs>(Theme::instance().monospace());
    layOut(m_geometry.lineStart(topLine()));
}

void HexView::layOut(qint64 keepVisible)
{
    const qint64 size = m_message ? m_message->bytes().size() : 0;
    m_geometry = HexGeometry(size, viewport()->width(), m_glyphs->charWidth(), m_glyphs->lineHeight());
    // A scroll bar counts in int: far more lines than memory holds bytes, so cutting loses nothing.
    const qint64 last = qMax<qint64>(0, m_geometry.lineCount() - wholeLines());
    verticalScrollBar()->setRange(0, static_cast<int>(qMin<qint64>(last, std::numeric_limits<int>::max())));
    verticalScrollBar()->setPageStep(wholeLines());
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setValue(
        static_cast<int>(qMin<qint64>(m_geometry.lineOf(keepVisible), std::numeric_limits<int>::max())));
    horizontalScrollBar()->setRange(0, qMax(0, m_geometry.contentWidth() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(m_glyphs->charWidth() * 3);
    viewport()->update();
}

qint64 HexView::topLine() const
{
    return verticalScrollBar()->value();
}

int HexView::wholeLines() const
{
    return qMax(1, viewport()->height() / m_geometry.lineHeight());
}

void HexView::scrollTo(qint64 offset)
{
    const qint64 line = m_geometry.lineOf(offset);
    if (line < topLine()) {
        verticalScrollBar()->setValue(static_cast<int>(line));
    } else if (line >= topLine() + wholeLines()) {
        verticalScrollBar()->setValue(static_cast<int>(line - wholeLines() + 1));
    }
    // Sideways only when the view is narrower than a line.
    QScrollBar* bar = horizontalScrollBar();
    const int column = m_geometry.columnOf(offset);
    bar->setValue(
        qBound(m_geometry.hexCellRight(column) - viewport()->width(), bar->value(), m_geometry.hexCellLeft(column)));
}

void HexView::changed(bool selectionDiffers)
{
    viewport()->update();
    if (selectionDiffers) {
        describeSelection();
        Q_EMIT selectionChanged(m_selection.offset(), m_selection.size());
    }
}

void HexView::describeSelection()
{
    QString text;
    if (m_geometry.size() == 0) {
        text = tr("No bytes");
    } else if (m_selection.isEmpty()) {
        text = tr("%1, nothing selected").arg(byteCountText(m_geometry.size()));
    } else {
        text = tr("%1 selected at offset 0x%2")
                   .arg(byteCountText(m_selection.size()), QString::number(m_selection.offset(), 16));
    }
    setAccessibleDescription(text);
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

QString HexView::toolTipFor(HexGeometry::Hit hit) const
{
    if (!m_message || hit.offset < 0) {
        return {};
    }
    QStringList lines;
    if (hit.column == HexGeometry::Column::Hex || hit.column == HexGeometry::Column::Text) {
        const Annotation& annotation = m_message->annotation;
        const int field = annotation.leafAt(hit.offset);
        if (field >= 0) {
            lines.append(fieldPathText(annotation, field));
        }
        lines.append(tr("offset %1 (0x%2)").arg(QString::number(hit.offset), QString::number(hit.offset, 16)));
    }
    for (const ChunkSpan& span : chunkSpans(*m_message, hit.offset, hit.offset + 1)) {
        lines.append(chunkText(*m_message, span.index));
    }
    return lines.join(u'\n');
}

bool HexView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPoint at = help->pos() + QPoint(horizontalScrollBar()->value(), 0);
        QToolTip::showText(help->globalPos(), toolTipFor(m_geometry.hit(at, topLine())), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) {
        reportHover(-1);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void HexView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (!m_message || m_geometry.size() == 0) {
        painter.setPen(Theme::instance().muted());
        painter.drawText(
            viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, tr("No bytes"));
        return;
    }
    painter.translate(-horizontalScrollBar()->value(), 0);
    const int lines = viewport()->height() / m_geometry.lineHeight() + 1;
    const HexPage page { *m_message, m_geometry, m_selection, *m_glyphs, palette(), topLine(), lines, hasFocus(),
        m_hoveredOffset, m_hoveredSize };
    paintFieldTints(painter, page);
    paintSelection(painter, page);
    paintGlyphs(painter, page);
    paintChunkMarks(painter, page);
    paintHover(painter, page);
    paintCursor(painter, page);
}

void HexView::resizeEvent(QResizeEvent*)
{
    layOut(m_geometry.lineStart(topLine()));
    placeGoToBar();
}

} // namespace sockeye
