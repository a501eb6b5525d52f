// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/annotation_model.h"

#include "ui/hexview/field_tints.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmap>

namespace sockeye {

namespace {

/// A small square in the colour that the field's bytes have; transparent for fields of many colours.
QPixmap makeChip(const QColor& fill)
{
    constexpr int size = 10;
    constexpr int scale = 3; // enough for any screen
    QPixmap chip(size * scale, size * scale);
    chip.setDevicePixelRatio(scale);
    chip.fill(Qt::transparent);
    if (fill.isValid()) {
        QPainter painter(&chip);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::instance().muted(), 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), 2, 2);
    }
    return chip;
}

} // namespace

const Field& AnnotationModel::field(int index) const
{
    return m_message->annotation.fields()[static_cast<std::size_t>(index)];
}

bool AnnotationModel::isPassedThrough(int index) const
{
    const Field& object = field(index);
    if (object.kind != FieldKind::Object || object.parent < 0 || object.childCount == 0) {
        return false;
    }
    const FieldKind around = field(object.parent).kind;
    return around == FieldKind::Member || around == FieldKind::Header || around == FieldKind::Content;
}

bool AnnotationModel::isPlainMember(int index) const
{
    if (index < 0 || field(index).kind != FieldKind::Member) {
        return false;
    }
    for (int child = field(index).firstChild; child >= 0; child = field(child).nextSibling) {
        if (field(child).childCount > 0) {
            return false;
        }
    }
    return true;
}

int AnnotationModel::shownParent(int index) const
{
    const Field& shown = field(index);
    if (index == 0) {
        return noRow;
    }
    if (shown.kind == FieldKind::Punctuation || isPassedThrough(index)) {
        return noRow;
    }
    if (shown.kind == FieldKind::Key && shown.parent > 0 && !isPlainMember(shown.parent)) {
        return noRow;
    }
    int parent = shown.parent;
    while (parent > 0 && isPassedThrough(parent)) {
        parent = field(parent).parent;
    }
    return parent <= 0 ? topLevel : parent;
}

void AnnotationModel::setMessage(const InspectedMessagePtr& message)
{
    beginResetModel();
    m_message = message;
    std::vector<int> parents;
    if (m_message) {
        const std::size_t count = m_message->annotation.fields().size();
        parents.resize(count, noRow);
        bool any = false;
        for (std::size_t i = 0; i < count; ++i) {
            parents[i] = shownParent(static_cast<int>(i));
            any = any || parents[i] == topLevel;
        }
        if (!any && count > 0) {
            parents[0] = topLevel;
        }
    }
    setParents(std::move(parents));
    endResetModel();
}

QModelIndex AnnotationModel::nearestIndex(int index) const
{
    int at = index;
    while (at >= 0 && !hasRow(at)) {
        at = field(at).parent;
    }
    return indexOf(at);
}

int AnnotationModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant AnnotationModel::chip(int index) const
{
    const Annotation& annotation = m_message->annotation;
    int coloured = index;
    if (isPlainMember(index)) {
        // The colour of its value, which comes last.
        for (int child = field(index).firstChild; child >= 0; child = field(child).nextSibling) {
            coloured = child;
        }
    }
    const bool hasColour = field(coloured).childCount == 0;
    return makeChip(
        hasColour ? Theme::instance().fieldTint(field(coloured).kind, tintIndex(annotation, coloured)) : QColor());
}

QVariant AnnotationModel::data(const QModelIndex& index, int role) const
{
    const int node = nodeOf(index);
    if (node < 0 || !m_message) {
        return {};
    }
    const Annotation& annotation = m_message->annotation;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case FieldColumn:
            return annotation.label(node);
        case ValueColumn:
            return annotation.value(node);
        case OffsetColumn:
            return groupedNumber(field(node).offset);
        case SizeColumn:
            return groupedNumber(field(node).size);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return fieldPathText(annotation, node);
    case Qt::DecorationRole:
        return index.column() == FieldColumn ? chip(node) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= OffsetColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        if (field(node).kind == FieldKind::Bad) {
            return Theme::instance().error();
        }
        return index.column() >= OffsetColumn ? QVariant(Theme::instance().muted()) : QVariant();
    default:
        return {};
    }
}

QVariant AnnotationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section >= OffsetColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                       : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case FieldColumn:
        return tr("Field");
    case ValueColumn:
        return tr("Value");
    case OffsetColumn:
        return tr("Offset");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace sockeye
