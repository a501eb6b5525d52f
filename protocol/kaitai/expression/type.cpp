// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/expression/type.h"

#include "protocol/kaitai/model/type_spec.h"
#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

QString nameOf(const Type& type)
{
    switch (type.kind) {
    case Type::Kind::Any:
        return tr("any value");
    case Type::Kind::Integer:
        return tr("an integer");
    case Type::Kind::Float:
        return tr("a floating-point number");
    case Type::Kind::Boolean:
        return tr("a boolean");
    case Type::Kind::Text:
        return tr("a string");
    case Type::Kind::Bytes:
        return tr("bytes");
    case Type::Kind::Enumeration:
        return type.enumeration == nullptr ? tr("a value of an enum")
                                           : tr("a value of the enum %1").arg(quoted(type.enumeration->name));
    case Type::Kind::Struct:
        return type.spec == nullptr ? tr("a value of some type")
                                    : tr("a value of the type %1").arg(quoted(type.spec->name));
    case Type::Kind::Stream:
        return tr("a stream");
    case Type::Kind::Array:
        return tr("an array");
    }
    return {};
}

Type combined(const Type& a, const Type& b)
{
    using Kind = Type::Kind;
    if (a.kind != b.kind) {
        const bool numbers =
            (a.kind == Kind::Integer && b.kind == Kind::Float) || (a.kind == Kind::Float && b.kind == Kind::Integer);
        return Type::of(numbers ? Kind::Float : Kind::Any);
    }
    switch (a.kind) {
    case Kind::Integer:
        return a.isByte && b.isByte ? Type::byte() : Type::of(Kind::Integer);
    case Kind::Struct:
        return Type::structOf(a.spec == b.spec ? a.spec : nullptr);
    case Kind::Enumeration:
        return a.enumeration == b.enumeration ? a : Type::of(Kind::Any);
    case Kind::Array:
        return Type::arrayOf(combined(*a.element, *b.element));
    default:
        return a;
    }
}

bool isAssignable(const Type& wanted, const Type& given)
{
    using Kind = Type::Kind;
    if (wanted.kind == Kind::Any || given.kind == Kind::Any) {
        return true;
    }
    if (wanted.kind == Kind::Float && given.kind == Kind::Integer) {
        return true;
    }
    if (wanted.kind != given.kind) {
        return false;
    }
    switch (wanted.kind) {
    case Kind::Struct:
        return wanted.spec == nullptr || given.spec == nullptr || wanted.spec == given.spec;
    case Kind::Enumeration:
        return wanted.enumeration == given.enumeration;
    case Kind::Array:
        return isAssignable(*wanted.element, *given.element);
    default:
        return true;
    }
}

} // namespace sockeye::kaitai
