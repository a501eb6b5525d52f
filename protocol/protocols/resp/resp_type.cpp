// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_type.h"

#include <QtGlobal>

namespace sockeye::resp {

namespace {

struct Type {
    char type;
    Shape shape;
    const char* name;
};

constexpr Type types[] = {
    { '+', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "simple string") },
    { '-', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "error") },
    { ':', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "integer") },
    { '_', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "null") },
    { '#', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "boolean") },
    { ',', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "double") },
    { '(', Shape::Line, QT_TRANSLATE_NOOP("sockeye::Annotation", "big number") },
    { '$', Shape::Bulk, QT_TRANSLATE_NOOP("sockeye::Annotation", "bulk string") },
    { '!', Shape::Bulk, QT_TRANSLATE_NOOP("sockeye::Annotation", "bulk error") },
    { '=', Shape::Bulk, QT_TRANSLATE_NOOP("sockeye::Annotation", "verbatim string") },
    { '*', Shape::Aggregate, QT_TRANSLATE_NOOP("sockeye::Annotation", "array") },
    { '%', Shape::Aggregate, QT_TRANSLATE_NOOP("sockeye::Annotation", "map") },
    { '~', Shape::Aggregate, QT_TRANSLATE_NOOP("sockeye::Annotation", "set") },
    { '>', Shape::Aggregate, QT_TRANSLATE_NOOP("sockeye::Annotation", "push") },
    { '|', Shape::Aggregate, QT_TRANSLATE_NOOP("sockeye::Annotation", "attributes") },
    { ';', Shape::Chunk, QT_TRANSLATE_NOOP("sockeye::Annotation", "part of a string") },
    { '.', Shape::StreamEnd, QT_TRANSLATE_NOOP("sockeye::Annotation", "end of the elements") },
};

const Type* find(char type)
{
    for (const Type& each : types) {
        if (each.type == type) {
            return &each;
        }
    }
    return nullptr;
}

} // namespace

Shape shapeOf(char type)
{
    const Type* const found = find(type);
    return found != nullptr ? found->shape : Shape::None;
}

int valuesEach(char type)
{
    return type == '%' || type == '|' ? 2 : 1;
}

const char* typeName(char type)
{
    const Type* const found = find(type);
    return found != nullptr ? found->name : QT_TRANSLATE_NOOP("sockeye::Annotation", "inline command");
}

std::optional<qint64> wholeNumber(QByteArrayView text)
{
    constexpr qsizetype mostDigits = 20;
    const QByteArrayView digits = text.startsWith('-') || text.startsWith('+') ? text.sliced(1) : text;
    if (digits.isEmpty() || digits.size() > mostDigits || digits.front() < '0' || digits.front() > '9') {
        return std::nullopt; // toLongLong() itself skips spaces
    }
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && digits.back() >= '0' && digits.back() <= '9' ? std::optional(number) : std::nullopt;
}

} // namespace sockeye::resp
