// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/named_fields.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString translated(const char* label)
{
    return label != nullptr ? QCoreApplication::translate("sockeye::Annotation", label) : QString();
}

} // namespace

const FieldNameList::Name* FieldNameList::find(int field) const
{
    const auto found = std::lower_bound(
        m_names.cbegin(), m_names.cend(), field, [](const Name& each, int wanted) { return each.field < wanted; });
    return found != m_names.cend() && found->field == field ? &*found : nullptr;
}

std::optional<QString> FieldNameList::label(const Annotation&, int field) const
{
    const Name* const name = find(field);
    return name != nullptr && !name->label.isNull() ? std::optional(name->label) : std::nullopt;
}

std::optional<QString> FieldNameList::value(const Annotation&, int field) const
{
    const Name* const name = find(field);
    return name != nullptr && !name->value.isNull() ? std::optional(name->value) : std::nullopt;
}

qint64 FieldNameList::wholeSize(const Annotation&, int field) const
{
    const Name* const name = find(field);
    return name != nullptr ? name->whole : -1;
}

NamedFields::NamedFields(AnnotationBuilder& builder)
    : m_builder(builder)
    , m_names(std::make_shared<FieldNameList>())
{
    builder.setTexts(m_names);
}

void NamedFields::name(const QString& label, const QString& value, qint64 whole)
{
    if (!label.isNull() || !value.isNull() || whole >= 0) {
        m_names->add({ m_builder.fieldCount(), label, value, whole });
    }
}

void NamedFields::open(FieldKind kind, const char* label, qint64 offset, const QString& value)
{
    name(translated(label), value);
    m_builder.open(kind, offset);
}

void NamedFields::openNamed(FieldKind kind, const QString& label, qint64 offset, const QString& value)
{
    name(label, value);
    m_builder.open(kind, offset);
}

void NamedFields::leaf(FieldKind kind, const char* label, qint64 begin, qint64 end, const QString& value)
{
    leafNamed(kind, translated(label), begin, end, value);
}

void NamedFields::leafNamed(FieldKind kind, const QString& label, qint64 begin, qint64 end, const QString& value)
{
    if (end > begin) {
        name(label, value);
        m_builder.leaf(kind, begin, end);
    }
}

void NamedFields::cutLeaf(FieldKind kind, const char* label, qint64 begin, qint64 end, qint64 whole)
{
    if (end > begin) {
        name(translated(label), {}, whole);
        m_builder.leaf(kind, begin, end, true);
    }
}

} // namespace sockeye
