// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace sockeye::filter {

/// What a value is, and what is known of a field before there is a row.
enum class Type : quint8 {
    Absent, ///< not there
    Null, ///< there, and JSON's null
    Boolean,
    Number,
    Time, ///< nanoseconds
    Text, ///< UTF-8
    Bytes,
    Address, ///< 4 or 16 bytes in network order, perhaps with the bits that count; of a Unix socket a row has Text
    List,
    Object,
    Any, ///< of a field: only a row knows
};

/// A value of a row or of the filter's own text. Small, and owns nothing: whoever hands it out says how long `view`
/// lives.
struct Value {
    static constexpr quint8 allBits = 255;

    Type type = Type::Absent;
    bool isReal = false; ///< Number: `real` counts, not `integer`
    bool isUnsigned = false; ///< Number: `integer` holds the bits of a number from 2^63 on
    quint8 bits = allBits; ///< Address: so many bits of it count, where it is a network
    qint64 integer = 0; ///< Number; Time: nanoseconds; Boolean: 0 or 1; List, Object: how many they hold
    double real = 0;
    /// Text, Bytes, Address; of a Number its name in an enumeration, or nothing; of a List or Object its JSON text as
    /// it came, which may be wrong inside, or nothing.
    QByteArrayView view;

    [[nodiscard]] bool isThere() const { return type != Type::Absent; }
    /// Text, or a number that has a name.
    [[nodiscard]] bool isTextual() const { return type == Type::Text || (type == Type::Number && !view.isEmpty()); }

    [[nodiscard]] static Value null() { return of(Type::Null); }
    [[nodiscard]] static Value boolean(bool value) { return of(Type::Boolean, value ? 1 : 0); }
    [[nodiscard]] static Value number(qint64 value) { return of(Type::Number, value); }
    [[nodiscard]] static Value unsignedNumber(quint64 value);
    [[nodiscard]] static Value realNumber(double value);
    [[nodiscard]] static Value time(qint64 nanoseconds) { return of(Type::Time, nanoseconds); }
    [[nodiscard]] static Value text(QByteArrayView utf8) { return of(Type::Text, 0, utf8); }
    [[nodiscard]] static Value bytes(QByteArrayView bytes) { return of(Type::Bytes, 0, bytes); }
    [[nodiscard]] static Value address(QByteArrayView bytes) { return of(Type::Address, 0, bytes); }
    [[nodiscard]] static Value list(qint64 count, QByteArrayView json = {}) { return of(Type::List, count, json); }
    [[nodiscard]] static Value object(qint64 count, QByteArrayView json = {}) { return of(Type::Object, count, json); }

private:
    [[nodiscard]] static Value of(Type type, qint64 integer = 0, QByteArrayView view = {})
    {
        Value value;
        value.type = type;
        value.integer = integer;
        value.view = view;
        return value;
    }
};

enum class Order : quint8 {
    Less,
    Equal,
    Greater,
    Different, ///< neither before nor after: of other types, not there, not a number
};

/// How two values stand to each other. Numbers are compared exactly, whatever their form; a number next to a time is
/// seconds; text and bytes by their bytes; addresses by the bits that count on both sides, text next to one as the
/// address that it says.
[[nodiscard]] Order order(const Value& left, const Value& right);

/// Whether the bytes of one value, text or not, are somewhere in the other's. Takes time for the sum of both.
[[nodiscard]] bool contains(const Value& whole, const Value& part);

} // namespace sockeye::filter
