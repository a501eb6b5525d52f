// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/integer.h"

#include <QByteArray>

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
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

template <typename T, typename... Others>
concept OneOf = (std::same_as<T, Others> || ...);
template <typename T>
concept KindOfValue =
    OneOf<T, Integer, double, bool, RangeValue, ObjectValue, StreamValue, ItemsValue, TextValue, BytesValue, ListValue>;

/// Nothing, or a value of one of these kinds. As std::variant, but made for decoding, which moves millions of them:
/// those of a few words, nearly all, are copied and forgotten without a look at which they are.
class ValueData {
public:
    ValueData() = default;
    template <KindOfValue T>
    ValueData(T value) noexcept // NOLINT(google-explicit-constructor): a value of any kind is one
        : m_kind(kindOf<T>())
    {
        std::construct_at(reinterpret_cast<T*>(m_room.data()), std::move(value));
    }
    ValueData(const ValueData& other)
        : m_kind(other.m_kind)
    {
        if (owns()) {
            copyOwned(other);
        } else {
            m_room = other.m_room;
        }
    }
    ValueData(ValueData&& other) noexcept
        : m_kind(other.m_kind)
    {
        if (owns()) {
            moveOwned(other);
        } else {
            m_room = other.m_room;
        }
    }
    ValueData& operator=(const ValueData& other) { return this == &other ? *this : *this = ValueData(other); }
    ValueData& operator=(ValueData&& other) noexcept
    {
        if (this != &other) {
            std::destroy_at(this);
            std::construct_at(this, std::move(other));
        }
        return *this;
    }
    template <KindOfValue T> ValueData& operator=(T value) noexcept
    {
        if (owns()) {
            destroyOwned();
        }
        m_kind = kindOf<T>();
        std::construct_at(reinterpret_cast<T*>(m_room.data()), std::move(value));
        return *this;
    }
    ~ValueData()
    {
        if (owns()) {
            destroyOwned();
        }
    }

    template <KindOfValue T> [[nodiscard]] const T* get() const
    {
        return m_kind == kindOf<T>() ? std::launder(reinterpret_cast<const T*>(m_room.data())) : nullptr;
    }
    [[nodiscard]] int index() const { return static_cast<int>(m_kind); } ///< of the kind; 0: nothing

private:
    enum class Kind : quint8 { Nothing, Integer, Float, Boolean, Range, Object, Stream, Items, Text, Bytes, List };
    template <typename T> static constexpr Kind kindOf()
    {
        return std::same_as<T, Integer>    ? Kind::Integer
            : std::same_as<T, double>      ? Kind::Float
            : std::same_as<T, bool>        ? Kind::Boolean
            : std::same_as<T, RangeValue>  ? Kind::Range
            : std::same_as<T, ObjectValue> ? Kind::Object
            : std::same_as<T, StreamValue> ? Kind::Stream
            : std::same_as<T, ItemsValue>  ? Kind::Items
            : std::same_as<T, TextValue>   ? Kind::Text
            : std::same_as<T, BytesValue>  ? Kind::Bytes
                                           : Kind::List;
    }
    [[nodiscard]] bool owns() const { return m_kind >= Kind::Text; }
    template <typename T> [[nodiscard]] T& held() { return *std::launder(reinterpret_cast<T*>(m_room.data())); }
    void copyOwned(const ValueData& other);
    void moveOwned(ValueData& other) noexcept;
    void destroyOwned() noexcept;

    static constexpr std::size_t room = 24;
    static_assert(sizeof(TextValue) <= room && sizeof(BytesValue) <= room && sizeof(RangeValue) <= room
        && sizeof(Integer) <= room && sizeof(ListValue) <= room);
    alignas(8) std::array<std::byte, room> m_room {};
    Kind m_kind = Kind::Nothing;
};

/// What an expression gives or a field holds, while a message is decoded or built. Indices are those of the Heap.
/// Values of an enum are integers.
struct Value {
    ValueData data;

    template <KindOfValue T> [[nodiscard]] const T* as() const { return data.get<T>(); }
    [[nodiscard]] bool isNothing() const { return data.index() == 0; }
};

} // namespace sockeye::kaitai
