// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/integer.h"

#include <QByteArray>

#include <memory>
#include <variant>
#include <vector>

namespace sockeye::kaitai {

struct Value;

struct TextValue {
    QByteArray utf8;
};
struct BytesValue {
    QByteArray bytes;
};
/// Bytes of a stream, by their place: the stream's memory may move while a message is still arriving.
struct RangeValue {
    int stream = 0;
    qint64 offset = 0;
    qint64 size = 0;
};
struct ObjectValue {
    int index = 0;
};
struct StreamValue {
    int index = 0;
};
/// The elements of a repeated field, which may still be growing.
struct ItemsValue {
    int index = 0;
};
/// A list that an expression made.
using ListValue = std::shared_ptr<const std::vector<Value>>;

/// What an expression gives or a field holds, while a message is decoded or built. Indices are those of the Heap.
/// Values of an enum are integers.
struct Value {
    std::variant<std::monostate, Integer, double, bool, TextValue, BytesValue, RangeValue, ObjectValue, StreamValue,
        ItemsValue, ListValue>
        data;

    template <typename T> [[nodiscard]] const T* as() const { return std::get_if<T>(&data); }
    [[nodiscard]] bool isNothing() const { return data.index() == 0; }
};

} // namespace sockeye::kaitai
