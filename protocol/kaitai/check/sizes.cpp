// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/sizes.h"

#include <QHash>

namespace sockeye::kaitai {

namespace {

constexpr qint64 bitsOfByte = 8;
constexpr qint64 largestFixedSize = qint64(1) << 40;

qint64 roundedUp(qint64 bits)
{
    return (bits + bitsOfByte - 1) / bitsOfByte * bitsOfByte;
}

std::optional<qint64> sizeOfReading(const Attribute& attribute, const Reading& reading)
{
    if (attribute.isContents) {
        return attribute.contents.size() * bitsOfByte;
    }
    if (reading.kind == Reading::Kind::Integer || reading.kind == Reading::Kind::Float) {
        return reading.size * bitsOfByte;
    }
    if (reading.kind == Reading::Kind::Bits) {
        return reading.size;
    }
    const Extent& extent = attribute.extent;
    if (!extent.size.isEmpty()) {
        const auto constant = extent.size.expression.constant();
        const bool fits = constant && !constant->isNegative() && constant->clamped() < largestFixedSize;
        return fits ? std::optional(constant->clamped() * bitsOfByte) : std::nullopt;
    }
    const bool hasOwnSize = reading.kind == Reading::Kind::Struct && reading.spec != nullptr && !extent.isGiven();
    return hasOwnSize ? reading.spec->sizeInBits : std::nullopt;
}

/// Types before those that have fields of them. One that contains itself has no fixed size.
class SizeFinder {
public:
    void find(TypeSpec& spec, int depth = 0)
    {
        constexpr int deepest = 200;
        if (m_done.contains(&spec) || depth > deepest) {
            return;
        }
        m_done.insert(&spec, true);
        for (const Attribute& attribute : spec.attributes) {
            for (const Case& one : attribute.cases) {
                if (one.reading.kind == Reading::Kind::Struct && one.reading.spec != nullptr) {
                    find(*m_writable.value(one.reading.spec), depth + 1);
                }
            }
        }
        qint64 bits = 0;
        for (int slot = spec.parameterCount; slot < spec.fieldEnd; ++slot) {
            const auto size = sizeInBits(spec, spec.at(slot));
            if (!size) {
                return;
            }
            const auto kind = spec.at(slot).cases.front().reading.kind;
            const bool inBits = kind == Reading::Kind::Bits || kind == Reading::Kind::Struct;
            bits = (inBits ? bits : roundedUp(bits)) + *size;
            if (bits > largestFixedSize) {
                return;
            }
        }
        spec.sizeInBits = bits;
    }

    void know(TypeSpec& spec) { m_writable.insert(&spec, &spec); }

private:
    QHash<const TypeSpec*, bool> m_done;
    QHash<const TypeSpec*, TypeSpec*> m_writable;
};

} // namespace

std::optional<qint64> sizeInBits(const TypeSpec& /*spec*/, const Attribute& attribute)
{
    if (attribute.isRepeated() || attribute.isInstance() || !attribute.condition.isEmpty()
        || !attribute.switchOn.isEmpty() || attribute.cases.empty()) {
        return std::nullopt;
    }
    return sizeOfReading(attribute, attribute.cases.front().reading);
}

std::optional<qint64> sizeInBits(const TypeSpec& spec)
{
    return spec.sizeInBits;
}

std::optional<qint64> sizeInBits(const Program& program, const TypeSpec& from, const QByteArray& name)
{
    if (const TypeSpec* spec = findType(program, from, name)) {
        return spec->sizeInBits;
    }
    QByteArray digits = name;
    const bool isBits = name.startsWith('b');
    if (digits.endsWith("le") || digits.endsWith("be")) {
        digits.chop(2);
    }
    bool ok = false;
    const int number = digits.mid(1).toInt(&ok);
    const bool known = ok && typeNamed(program, from, name).has_value();
    return known ? std::optional<qint64>(isBits ? number : number * bitsOfByte) : std::nullopt;
}

void markPlainFields(const Program& program)
{
    const auto isPlainValue = [](const Attribute& each) {
        if (each.isContents || each.cases.size() != 1 || !each.switchOn.isEmpty() || each.validation.isGiven()) {
            return false;
        }
        const Reading& reading = each.cases.front().reading;
        return reading.kind == Reading::Kind::Bits
            || ((reading.kind == Reading::Kind::Integer || reading.kind == Reading::Kind::Float)
                && reading.order != Reading::Order::Inherited);
    };
    for (const auto& module : program.modules) {
        forEachType(*module, [&](TypeSpec& spec) {
            for (Attribute& each : spec.attributes) {
                const bool isPlain = each.role == Attribute::Role::Sequence && isPlainValue(each);
                each.isPlain = isPlain && !each.isRepeated() && each.condition.isEmpty();
                each.isPlainElement = isPlain && each.repeat == Attribute::Repeat::Count
                    && each.cases.front().reading.kind != Reading::Kind::Bits;
                each.isChecked = each.isContents || each.validation.isGiven();
            }
        });
    }
}

void computeSizes(const Program& program)
{
    SizeFinder finder;
    for (const auto& module : program.modules) {
        forEachType(*module, [&](TypeSpec& spec) { finder.know(spec); });
    }
    for (const auto& module : program.modules) {
        forEachType(*module, [&](TypeSpec& spec) { finder.find(spec); });
    }
}

} // namespace sockeye::kaitai
