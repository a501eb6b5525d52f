// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace sockeye::kaitai {

struct TypeSpec;
struct EnumSpec;

/// What a value is, as far as expressions care.
struct Type {
    enum class Kind : quint8 {
        Any, ///< not known before the data are
        Integer,
        Float,
        Boolean,
        Text,
        Bytes,
        Enumeration,
        Struct,
        Stream,
        Array,
    };
    Kind kind = Kind::Any;
    bool isByte = false; ///< an Integer that fits a byte: a list of them is Bytes
    const TypeSpec* spec = nullptr; ///< of a Struct; null if it may be any
    const EnumSpec* enumeration = nullptr; ///< of an Enumeration
    std::shared_ptr<const Type> element; ///< of an Array

    [[nodiscard]] static Type of(Kind kind) { return { kind, false, nullptr, nullptr, nullptr }; }
    [[nodiscard]] static Type byte() { return { Kind::Integer, true, nullptr, nullptr, nullptr }; }
    [[nodiscard]] static Type structOf(const TypeSpec* spec) { return { Kind::Struct, false, spec, nullptr, nullptr }; }
    [[nodiscard]] static Type enumOf(const EnumSpec* spec)
    {
        return { Kind::Enumeration, false, nullptr, spec, nullptr };
    }
    [[nodiscard]] static Type arrayOf(Type element)
    {
        return { Kind::Array, false, nullptr, nullptr, std::make_shared<const Type>(std::move(element)) };
    }
    [[nodiscard]] bool is(Kind k) const { return kind == k || kind == Kind::Any; } ///< or may turn out to be
};

using TypeKind = Type::Kind;

/// "an integer", "text", "the type frame", …
[[nodiscard]] QString nameOf(const Type& type);

/// What a value is that may be of either type: Any if they have nothing in common.
[[nodiscard]] Type combined(const Type& a, const Type& b);

/// Whether a value of type `given` may be passed where `wanted` is declared.
[[nodiscard]] bool isAssignable(const Type& wanted, const Type& given);

} // namespace sockeye::kaitai
