// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/methods.h"

#include <array>

namespace sockeye::kaitai {

namespace {

struct MethodRow {
    Type::Kind object;
    const char* name;
    Method method;
    int least;
    int most;
    Type::Kind result;
};

constexpr std::array<MethodRow, 26> methodRows { {
    { TypeKind::Enumeration, "to_i", Method::EnumToInteger, 0, 0, TypeKind::Integer },
    { TypeKind::Boolean, "to_i", Method::BooleanToInteger, 0, 0, TypeKind::Integer },
    { TypeKind::Float, "to_i", Method::FloatToInteger, 0, 0, TypeKind::Integer },
    { TypeKind::Float, "to_s", Method::FloatToText, 0, 0, TypeKind::Text },
    { TypeKind::Integer, "to_s", Method::IntegerToText, 0, 0, TypeKind::Text },
    { TypeKind::Text, "length", Method::TextLength, 0, 0, TypeKind::Integer },
    { TypeKind::Text, "reverse", Method::TextReverse, 0, 0, TypeKind::Text },
    { TypeKind::Text, "substring", Method::TextSubstring, 2, 2, TypeKind::Text },
    { TypeKind::Text, "to_i", Method::TextToInteger, 0, 1, TypeKind::Integer },
    { TypeKind::Bytes, "length", Method::BytesSize, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "size", Method::BytesSize, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "first", Method::BytesFirst, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "last", Method::BytesLast, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "min", Method::BytesMin, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "max", Method::BytesMax, 0, 0, TypeKind::Integer },
    { TypeKind::Bytes, "to_s", Method::BytesToText, 1, 1, TypeKind::Text },
    { TypeKind::Array, "size", Method::ArraySize, 0, 0, TypeKind::Integer },
    { TypeKind::Array, "length", Method::ArraySize, 0, 0, TypeKind::Integer },
    { TypeKind::Array, "first", Method::ArrayFirst, 0, 0, TypeKind::Any },
    { TypeKind::Array, "last", Method::ArrayLast, 0, 0, TypeKind::Any },
    { TypeKind::Array, "min", Method::ArrayMin, 0, 0, TypeKind::Any },
    { TypeKind::Array, "max", Method::ArrayMax, 0, 0, TypeKind::Any },
    { TypeKind::Stream, "size", Method::StreamSize, 0, 0, TypeKind::Integer },
    { TypeKind::Stream, "pos", Method::StreamPosition, 0, 0, TypeKind::Integer },
    { TypeKind::Stream, "eof", Method::StreamEnd, 0, 0, TypeKind::Boolean },
    { TypeKind::Integer, "to_i", Method::EnumToInteger, 0, 0, TypeKind::Integer },
} };

} // namespace

MethodInfo findMethod(const Type& object, QByteArrayView name)
{
    for (const MethodRow& row : methodRows) {
        if (row.object == object.kind && name == row.name) {
            MethodInfo info { row.method, row.least, row.most, Type::of(row.result) };
            if (row.object == TypeKind::Array && row.result == TypeKind::Any) {
                info.result = *object.element;
            } else if (row.object == TypeKind::Bytes && row.result == TypeKind::Integer
                && row.method != Method::BytesSize) {
                info.result = Type::byte();
            }
            return info;
        }
    }
    return {};
}

} // namespace sockeye::kaitai
