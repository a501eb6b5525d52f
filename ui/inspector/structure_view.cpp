// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/structure_view.h"

#include "ui/filter/field_terms.h"
#include "ui/hexview/field_tints.h"
#include "ui/inspector/annotation_model.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace sockeye {

StructureView::StructureView(QWidget* parent)
    : QTreeView(parent)
    , m_model(new AnnotationModel(this))
{
    setAccessibleName(tr("Structure"));
    setFrameShape(QFrame::NoFrame);
    setModel(m_model);
    setUniformRowHeights(true);
    setIndentation(14);
    setTextElideMode(Qt::ElideRight);
    setMouseTracking(true);
    setAllColumnsShowFocus(true);
    setEditTriggers(NoEditTriggers);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(32);
    header()->setSectionResizeMode(AnnotationModel::ValueColumn, QHeaderView::Stretch);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        fitColumns();
        viewport()->update();
    });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        const int node = FlatTreeModel::nodeOf(current);
        if (node >= 0 && !m_silent) {
            const Field& field = message()->annotation.fields()[static_cast<std::size_t>(node)];
            Q_EMIT fieldSelected(node, field.offset, field.size);
        }
    });
    fitColumns();
}

StructureView::~StructureView() = default;

void StructureView::setMessage(const InspectedMessagePtr& message)
{
    const QScopedValueRollback<bool> silent(m_silent, true);
    m_hovered = -1;
    m_reported = -1;
    m_model->setMessage(message);
    expandSensibly();
    fitColumns();
}

InspectedMessagePtr StructureView::message() const
{
    return m_model->message();
}

int StructureView::currentField() const
{
    return FlatTreeModel::nodeOf(currentIndex());
}

void StructureView::expandSensibly()
{
    // Breadth first, so that a large content does not hide that there is more than a header. Keys with plain values
    // stay closed: what is inside says the same again.
    constexpr int enoughRows = 200;
    int rows = m_model->rowCount();
    QList<QModelIndex> level;
    for (int row = 0; row < qMin(rows, enoughRows); ++row) {
        level.append(m_model->index(row, 0));
    }
    while (!level.isEmpty() && rows < enoughRows) {
        QList<QModelIndex> next;
        for (const QModelIndex& index : std::as_const(level)) {
            const int children = m_model->rowCount(index);
            if (children == 0 || rows + children > enoughRows || m_model->isPlainMember(FlatTreeModel::nodeOf(index))) {
                continue;
            }
            rows += children;
            expand(index);
            for (int row = 0; row < children; ++row) {
                next.append(m_model->index(row, 0, index));
            }
        }
        level = next;
    }
}

void StructureView::fitColumns()
{
    const QFontMetrics metrics = fontMetrics();
    const int padding = metrics.averageCharWidth() * 3;
    const qint64 size = message() ? message()->bytes().size() : 0;
    const int number = metrics.horizontalAdvance(QString(qMax<qsizetype>(5, QString::number(size).size() + 2), u'0'));
    for (const int column : { AnnotationModel::OffsetColumn, AnnotationModel::SizeColumn }) {
        const QString title = m_model->headerData(column, Qt::Horizontal).toString();
        header()->resizeSection(column, qMax(number, metrics.horizontalAdvance(title)) + padding);
    }
    header()->resizeSection(
        AnnotationModel::FieldColumn, metrics.horizontalAdvance(QStringLiteral("content-encoding")) + 72);
}

QModelIndex StructureView::visibleIndex(int field) const
{
    QModelIndex index = m_model->nearestIndex(field);
    // Inside a closed key with a plain value: the key stands for it, so that the tree does not unfold while one walks
    // over the bytes.
    const QModelIndex parent = index.parent();
    if (parent.isValid() && m_model->isPlainMember(FlatTreeModel::nodeOf(parent)) && !isExpanded(parent)) {
        return parent;
    }
    return index;
}

void StructureView::selectRange(qint64 offset, qint64 size)
{
    const QScopedValueRollback<bool> silent(m_silent, true);
    const QModelIndex index =
        message() ? visibleIndex(fieldHolding(message()->annotation, offset, size)) : QModelIndex();
    if (size == 0 || !index.isValid()) {
        selectionModel()->clear();
        return;
    }
    setCurrentIndex(index);
    scrollTo(index);
}

void StructureView::setHoveredField(int field)
{
    if (field != m_hovered) {
        m_hovered = field;
        viewport()->update();
    }
}

void StructureView::drawRow(QPainter* painter, const QStyleOptionViewItem& options, const QModelIndex& index) const
{
    QTreeView::drawRow(painter, options, index);
    if (m_hovered >= 0 && FlatTreeModel::nodeOf(visibleIndex(m_hovered)) == FlatTreeModel::nodeOf(index)) {
        painter->save();
        painter->setPen(Theme::instance().accent());
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(options.rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
}

void StructureView::reportHover(const QModelIndex& index)
{
    const int node = FlatTreeModel::nodeOf(index);
    if (node != m_reported) {
        m_reported = node;
        Q_EMIT fieldHovered(node);
    }
}

void StructureView::mouseMoveEvent(QMouseEvent* event)
{
    reportHover(indexAt(event->position().toPoint()));
    QTreeView::mouseMoveEvent(event);
}

bool StructureView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        reportHover({});
    }
    return QTreeView::viewportEvent(event);
}

void StructureView::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    // The base class sends one before the model exists.
    if (event->type() == QEvent::FontChange && model() != nullptr) {
        fitColumns();
    }
}

void StructureView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const auto term =
        message() && index.isValid() ? termOfField(*message(), FlatTreeModel::nodeOf(index)) : std::nullopt;
    if (!term) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addFilterActions(*menu, *term, [this](const QString& test, bool also) { Q_EMIT filterRequested(test, also); });
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

} // namespace sockeye
