// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/names.h"

#include <QList>

#include <array>

namespace sockeye::kaitai {

namespace {

QList<QByteArray> partsOf(QByteArrayView path)
{
    return path.toByteArray().replace("::", ":").split(':');
}

TypeSpec* descend(TypeSpec* type, const QList<QByteArray>& parts, qsizetype from)
{
    for (qsizetype i = from; type != nullptr && i < parts.size(); ++i) {
        type = type->findType(parts[i]);
    }
    return type;
}

TypeSpec* findParts(const Program& program, const TypeSpec& from, const QList<QByteArray>& parts)
{
    for (const TypeSpec* spec = &from; spec != nullptr; spec = spec->up) {
        if (TypeSpec* found = descend(spec->findType(parts.front()), parts, 1)) {
            return found;
        }
    }
    // A file's own name before those of others.
    if (from.top->name == parts.front()) {
        if (TypeSpec* found = descend(from.top, parts, 1)) {
            return found;
        }
    }
    for (const auto& module : program.modules) {
        if (module->top->name == parts.front()) {
            if (TypeSpec* found = descend(module->top.get(), parts, 1)) {
                return found;
            }
        }
    }
    return nullptr;
}

void visitTypes(TypeSpec& spec, const std::function<void(TypeSpec&)>& visit)
{
    visit(spec);
    for (const auto& inner : spec.types) {
        visitTypes(*inner, visit);
    }
}

std::optional<Type> builtIn(QByteArrayView name)
{
    static constexpr std::array<std::pair<const char*, Type::Kind>, 8> names { { { "bool", Type::Kind::Boolean },
        { "b1", Type::Kind::Boolean }, { "str", Type::Kind::Text }, { "strz", Type::Kind::Text },
        { "bytes", Type::Kind::Bytes }, { "io", Type::Kind::Stream }, { "struct", Type::Kind::Struct },
        { "any", Type::Kind::Any } } };
    for (const auto& [known, kind] : names) {
        if (name == known) {
            return Type::of(kind);
        }
    }
    if (name == "u1" || name == "s1") {
        return Type::byte();
    }
    QByteArray digits = name.toByteArray();
    if (digits.endsWith("le") || digits.endsWith("be")) {
        digits.chop(2);
    }
    const char letter = digits.isEmpty() ? '\0' : digits[0];
    bool ok = false;
    const int size = digits.mid(1).toInt(&ok);
    if (!ok) {
        return std::nullopt;
    }
    constexpr int mostBits = 64;
    const bool power = size == 2 || size == 4 || size == 8;
    if (((letter == 'u' || letter == 's') && power) || (letter == 'b' && size >= 1 && size <= mostBits)) {
        return Type::of(Type::Kind::Integer);
    }
    return letter == 'f' && power && size != 2 ? std::optional(Type::of(Type::Kind::Float)) : std::nullopt;
}

} // namespace

void forEachType(const Module& module, const std::function<void(TypeSpec&)>& visit)
{
    visitTypes(*module.top, visit);
}

TypeSpec* findType(const Program& program, const TypeSpec& from, QByteArrayView path)
{
    return findParts(program, from, partsOf(path));
}

const EnumSpec* findEnum(const Program& program, const TypeSpec& from, QByteArrayView path)
{
    QList<QByteArray> parts = partsOf(path);
    const QByteArray name = parts.takeLast();
    if (!parts.isEmpty()) {
        const TypeSpec* owner = findParts(program, from, parts);
        return owner == nullptr ? nullptr : owner->findEnum(name);
    }
    for (const TypeSpec* spec = &from; spec != nullptr; spec = spec->up) {
        if (const EnumSpec* found = spec->findEnum(name)) {
            return found;
        }
    }
    return nullptr;
}

std::optional<Type> typeNamed(const Program& program, const TypeSpec& from, QByteArray name)
{
    const bool isArray = name.endsWith("[]");
    if (isArray) {
        name.chop(2);
    }
    std::optional<Type> type = builtIn(name);
    if (!type) {
        if (const TypeSpec* spec = findType(program, from, name)) {
            type = Type::structOf(spec);
        }
    }
    return type && isArray ? std::optional(Type::arrayOf(*type)) : type;
}

} // namespace sockeye::kaitai
