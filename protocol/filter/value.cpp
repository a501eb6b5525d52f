// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/value.h"

#include "protocol/filter/address.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

namespace sockeye::filter {

namespace {

constexpr double twoTo63 = 9223372036854775808.0;
constexpr double twoTo64 = 18446744073709551616.0;
constexpr qint64 second = 1'000'000'000;

template <typename T> Order ordered(T left, T right)
{
    return left < right ? Order::Less : left > right ? Order::Greater : left == right ? Order::Equal : Order::Different;
}

Order reversed(Order order)
{
    return order == Order::Less ? Order::Greater : order == Order::Greater ? Order::Less : order;
}

/// Exactly: a double does not hold every whole number of 64 bits.
Order wholeToReal(const Value& whole, double real)
{
    if (std::isnan(real)) {
        return Order::Different;
    }
    if (whole.isUnsigned) {
        return real >= twoTo64 ? Order::Less
            : real < twoTo63
            ? Order::Greater
            : ordered(static_cast<quint64>(whole.integer), static_cast<quint64>(real)); // no fractions up there
    }
    if (real >= twoTo63) {
        return Order::Less;
    }
    if (real < -twoTo63) {
        return Order::Greater;
    }
    const auto cut = static_cast<qint64>(real);
    return whole.integer != cut ? ordered(whole.integer, cut) : ordered(0.0, real - static_cast<double>(cut));
}

Order numbers(const Value& left, const Value& right)
{
    if (left.isReal && right.isReal) {
        return ordered(left.real, right.real);
    }
    if (right.isReal) {
        return wholeToReal(left, right.real);
    }
    if (left.isReal) {
        return reversed(wholeToReal(right, left.real));
    }
    if (left.isUnsigned != right.isUnsigned) {
        return left.isUnsigned ? Order::Greater : Order::Less;
    }
    return left.isUnsigned ? ordered(static_cast<quint64>(left.integer), static_cast<quint64>(right.integer))
                           : ordered(left.integer, right.integer);
}

/// Nanoseconds to seconds: a number is rounded to the nanosecond, as people write 0.1 and mean it.
Order timeToNumber(qint64 time, const Value& seconds)
{
    constexpr qint64 mostSeconds = std::numeric_limits<qint64>::max() / second;
    constexpr auto most = static_cast<double>(mostSeconds);
    if (seconds.isReal && std::isnan(seconds.real)) {
        return Order::Different;
    }
    const double about = seconds.isReal ? seconds.real
        : seconds.isUnsigned            ? twoTo63
                                        : static_cast<double>(seconds.integer);
    if (about >= most) {
        return Order::Less;
    }
    if (about <= -most) {
        return Order::Greater;
    }
    return ordered(time, seconds.isReal ? std::llround(seconds.real * second) : seconds.integer * second);
}

Order byteOrder(QByteArrayView left, QByteArrayView right)
{
    const auto shorter = static_cast<std::size_t>(std::min(left.size(), right.size()));
    const int order = shorter == 0 ? 0 : std::memcmp(left.data(), right.data(), shorter);
    return order != 0 ? ordered(order, 0) : ordered(left.size(), right.size());
}

Order addresses(QByteArrayView left, QByteArrayView right, int bits)
{
    if (left.size() != right.size()) {
        return Order::Different;
    }
    const qsizetype whole = std::min<qsizetype>(bits / 8, left.size());
    const Order order = byteOrder(left.first(whole), right.first(whole));
    const int rest = bits % 8;
    if (order != Order::Equal || whole == left.size() || rest == 0) {
        return order;
    }
    const auto mask = static_cast<uchar>(0xff00 >> rest);
    return ordered(static_cast<uchar>(left[whole]) & mask, static_cast<uchar>(right[whole]) & mask);
}

Order addressToText(const Value& address, QByteArrayView text)
{
    const auto read = addressFrom(text);
    return read ? addresses(address.view, read->view(), address.bits) : Order::Different;
}

bool isString(const Value& value)
{
    return value.type == Type::Text || value.type == Type::Bytes;
}

} // namespace

Value Value::unsignedNumber(quint64 value)
{
    Value number = of(Type::Number, static_cast<qint64>(value));
    number.isUnsigned = number.integer < 0;
    return number;
}

Value Value::realNumber(double value)
{
    Value number = of(Type::Number);
    number.isReal = true;
    number.real = value;
    return number;
}

Order order(const Value& left, const Value& right)
{
    if (left.type == right.type) {
        switch (left.type) {
        case Type::Number:
            return numbers(left, right);
        case Type::Time:
            return ordered(left.integer, right.integer);
        case Type::Text:
        case Type::Bytes:
            return byteOrder(left.view, right.view);
        case Type::Address:
            return addresses(left.view, right.view, std::min(left.bits, right.bits));
        case Type::Boolean:
            return left.integer == right.integer ? Order::Equal : Order::Different;
        case Type::Null:
            return Order::Equal;
        default:
            return Order::Different;
        }
    }
    if (left.type == Type::Time && right.type == Type::Number) {
        return timeToNumber(left.integer, right);
    }
    if (left.type == Type::Number && right.type == Type::Time) {
        return reversed(timeToNumber(right.integer, left));
    }
    if ((isString(left) || left.isTextual()) && (isString(right) || right.isTextual())) {
        return byteOrder(left.view, right.view);
    }
    if (left.type == Type::Address && right.type == Type::Text) {
        return addressToText(left, right.view);
    }
    if (left.type == Type::Text && right.type == Type::Address) {
        return reversed(addressToText(right, left.view));
    }
    return Order::Different;
}

namespace {

/// Whether `part`, which is not empty, stands in `whole`. Linear whatever the two are, which searching by first bytes
/// or by sums of them is not: a long part is looked for as Knuth, Morris and Pratt do.
bool holds(QByteArrayView whole, QByteArrayView part)
{
    constexpr qsizetype shortPart = 16; // so many comparisons of a byte at most
    if (part.size() <= shortPart) {
        return std::string_view(whole.data(), static_cast<std::size_t>(whole.size()))
                   .find(std::string_view(part.data(), static_cast<std::size_t>(part.size())))
            != std::string_view::npos;
    }
    const auto size = static_cast<std::size_t>(part.size());
    const char* const wanted = part.data();
    std::vector<std::size_t> shorter(size, 0); ///< of a beginning: the longest one that it ends with
    for (std::size_t i = 1, matched = 0; i < size; ++i) {
        while (matched > 0 && wanted[i] != wanted[matched]) {
            matched = shorter[matched - 1];
        }
        matched += wanted[i] == wanted[matched] ? 1 : 0;
        shorter[i] = matched;
    }
    std::size_t matched = 0;
    for (const char c : whole) {
        while (matched > 0 && c != wanted[matched]) {
            matched = shorter[matched - 1];
        }
        matched += c == wanted[matched] ? 1 : 0;
        if (matched == size) {
            return true;
        }
    }
    return false;
}

} // namespace

bool contains(const Value& whole, const Value& part)
{
    if (!(isString(whole) || whole.isTextual()) || !(isString(part) || part.isTextual())) {
        return false;
    }
    if (part.view.isEmpty()) {
        return true;
    }
    return holds(whole.view, part.view);
}

} // namespace sockeye::filter
