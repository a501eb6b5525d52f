// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/field_names.h"

namespace sockeye {

namespace {

struct Names {
    FieldKind kind;
    const char* name;
    const char* filter; ///< behind "sockeye."
};

constexpr Names allNames[] = {
    { FieldKind::Message, QT_TRANSLATE_NOOP("sockeye::Annotation", "message"), "" },
    { FieldKind::Length, QT_TRANSLATE_NOOP("sockeye::Annotation", "length"), "protoheader_length" },
    { FieldKind::Header, QT_TRANSLATE_NOOP("sockeye::Annotation", "header"), "header" },
    { FieldKind::Content, QT_TRANSLATE_NOOP("sockeye::Annotation", "content"), "content" },
    { FieldKind::Object, QT_TRANSLATE_NOOP("sockeye::Annotation", "value"), "content.json" },
    { FieldKind::Member, QT_TRANSLATE_NOOP("sockeye::Annotation", "member"), "content.member" },
    { FieldKind::Key, QT_TRANSLATE_NOOP("sockeye::Annotation", "key"), "" },
    { FieldKind::String, QT_TRANSLATE_NOOP("sockeye::Annotation", "value"), "" },
    { FieldKind::Number, QT_TRANSLATE_NOOP("sockeye::Annotation", "value"), "" },
    { FieldKind::Literal, QT_TRANSLATE_NOOP("sockeye::Annotation", "value"), "" },
    { FieldKind::Punctuation, QT_TRANSLATE_NOOP("sockeye::Annotation", "punctuation"), "" },
    { FieldKind::ByteOrderMark, QT_TRANSLATE_NOOP("sockeye::Annotation", "byte order mark"), "" },
    { FieldKind::Text, QT_TRANSLATE_NOOP("sockeye::Annotation", "text"), "content.text" },
    { FieldKind::Integer, QT_TRANSLATE_NOOP("sockeye::Annotation", "number"), "content.number" },
    { FieldKind::Binary, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes"), "content.bytes" },
    { FieldKind::Rest, QT_TRANSLATE_NOOP("sockeye::Annotation", "more fields"), "" },
    { FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "not valid here"), "error" },
};

const Names& namesOf(FieldKind kind)
{
    for (const Names& names : allNames) {
        if (names.kind == kind) {
            return names;
        }
    }
    return allNames[std::size(allNames) - 1];
}

/// Filters know letters, digits, dots and underscores.
QByteArray asFilter(QByteArrayView key)
{
    return key.toByteArray().replace('-', '_').toLower();
}

} // namespace

const char* fieldName(FieldKind kind)
{
    return namesOf(kind).name;
}

QByteArray filterName(FieldKind kind)
{
    const char* filter = namesOf(kind).filter;
    return *filter == '\0' ? QByteArray() : QByteArray("sockeye.") + filter;
}

QByteArray headerFilterName(QByteArrayView key)
{
    return filterName(FieldKind::Header) + '.' + asFilter(key);
}

QByteArray contentFilterName(QByteArrayView key)
{
    return filterName(FieldKind::Content) + '.' + asFilter(key);
}

} // namespace sockeye
