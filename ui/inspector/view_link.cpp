// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/view_link.h"

#include "ui/hexview/field_tints.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/structure_view.h"

namespace sockeye {

ViewLink::ViewLink(StructureView* structure, HexView* bytes, QObject* parent)
    : QObject(parent)
    , m_structure(structure)
    , m_bytes(bytes)
{
    connect(structure, &StructureView::fieldSelected, this, [this](int, qint64 offset, qint64 size) {
        // The bytes would point back at the innermost field of the same range.
        m_fromStructure = true;
        m_bytes->select(offset, size);
        m_fromStructure = false;
        Q_EMIT pathTextChanged();
    });
    connect(bytes, &HexView::selectionChanged, this, [this](qint64 offset, qint64 size) {
        if (!m_fromStructure) {
            m_structure->selectRange(offset, size);
            Q_EMIT pathTextChanged();
        }
    });
    connect(structure, &StructureView::fieldHovered, this, [this](int field) { hover(field, false); });
    connect(bytes, &HexView::hovered, this, [this](qint64 offset) {
        const InspectedMessagePtr message = m_bytes->message();
        hover(message && offset >= 0 ? message->annotation.leafAt(offset) : -1, true);
    });
}

void ViewLink::hover(int field, bool fromBytes)
{
    m_hovered = field;
    const InspectedMessagePtr message = m_bytes->message();
    if (message && field >= 0) {
        const Field& range = message->annotation.fields()[static_cast<std::size_t>(field)];
        m_bytes->setHovered(range.offset, range.size);
    } else {
        m_bytes->setHovered(0, 0);
    }
    m_structure->setHoveredField(fromBytes ? field : -1);
    Q_EMIT pathTextChanged();
}

QString ViewLink::pathText() const
{
    const InspectedMessagePtr message = m_bytes ? m_bytes->message() : nullptr;
    if (!message) {
        return {};
    }
    const auto count = static_cast<int>(message->annotation.fields().size());
    if (m_hovered >= 0 && m_hovered < count) {
        return fieldPathText(message->annotation, m_hovered);
    }
    if (m_bytes->selectionSize() == 0) {
        return {};
    }
    return fieldPathText(
        message->annotation, fieldHolding(message->annotation, m_bytes->selectionOffset(), m_bytes->selectionSize()));
}

} // namespace sockeye
