// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation_builder.h"

namespace sockeye {

AnnotationBuilder::AnnotationBuilder(const QByteArray& message, int maxFields)
    : m_maxFields(maxFields)
{
    m_result.m_bytes = message;
    // What an ordinary request takes; a large one grows as it needs.
    m_result.m_fields.reserve(48);
    m_result.m_leaves.reserve(40);
    m_open.reserve(8);
}

int AnnotationBuilder::add(FieldKind kind, qint64 begin, qint64 end, bool unfinished)
{
    auto& fields = m_result.m_fields;
    const auto index = static_cast<int>(fields.size());
    Field field;
    field.offset = begin;
    field.size = end - begin;
    field.kind = kind;
    field.unfinished = unfinished;
    if (!m_open.empty()) {
        Open& parent = m_open.back();
        Field& parentField = fields[static_cast<size_t>(parent.field)];
        field.parent = parent.field;
        field.row = parentField.childCount;
        ++parentField.childCount;
        if (parent.lastChild < 0) {
            parentField.firstChild = index;
        } else {
            fields[static_cast<size_t>(parent.lastChild)].nextSibling = index;
        }
        parent.lastChild = index;
    }
    fields.push_back(field);
    return index;
}

void AnnotationBuilder::open(FieldKind kind, qint64 offset, bool unfinished)
{
    const int index = add(kind, offset, offset, unfinished);
    m_open.push_back({ index, -1 });
}

void AnnotationBuilder::close(qint64 end, bool unfinished)
{
    Field& field = m_result.m_fields[static_cast<size_t>(m_open.back().field)];
    field.size = end - field.offset;
    field.unfinished = field.unfinished || unfinished;
    m_open.pop_back();
}

void AnnotationBuilder::leaf(FieldKind kind, qint64 begin, qint64 end, bool unfinished)
{
    if (end > begin) {
        m_result.m_leaves.push_back(add(kind, begin, end, unfinished));
    }
}

FieldKind AnnotationBuilder::openKind() const
{
    return m_result.m_fields[static_cast<size_t>(m_open.back().field)].kind;
}

void AnnotationBuilder::setError(const Error& error)
{
    if (!m_result.m_error) {
        m_result.m_error = error;
    }
}

void AnnotationBuilder::setContent(qint64 offset, qint64 announced)
{
    m_result.m_contentOffset = offset;
    m_result.m_contentLength = announced;
}

Annotation AnnotationBuilder::take()
{
    while (!m_open.empty()) {
        close(m_result.m_bytes.size());
    }
    return std::move(m_result);
}

} // namespace sockeye
