// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/decoder.h"

namespace sockeye::kaitai {

QString valueText(const Heap& heap, const Value& value)
{
    constexpr qsizetype mostBytes = 16;
    if (const auto* integer = value.as<Integer>()) {
        return QString::fromUtf8(integer->toText());
    }
    if (const auto* number = value.as<double>()) {
        return QString::number(*number);
    }
    if (const auto* flag = value.as<bool>()) {
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    }
    if (const auto* text = value.as<TextValue>()) {
        return quoted(text->utf8);
    }
    if (value.as<BytesValue>() != nullptr || value.as<RangeValue>() != nullptr) {
        const QByteArrayView bytes = heap.bytesOf(value);
        const QByteArray hex = bytes.first(qMin(bytes.size(), mostBytes)).toByteArray().toHex(' ');
        return bytes.isEmpty()
            ? tr("no bytes")
            : QString(QString::fromLatin1(hex) + (bytes.size() > mostBytes ? QStringLiteral(" …") : QString()));
    }
    return tr("a value of another kind");
}

bool Decoder::invalid(const Target& target, const QString& expected)
{
    const Slot& slot = slotOf(target);
    return m_run.fault(tr("%1 was expected, but it is %2.").arg(expected, valueText(m_run.heap, slot.value)),
        m_run.heap.messageOffset(slot.stream, slot.begin));
}

bool Decoder::checkContents(const Target& target)
{
    const QByteArray& contents = target.what->contents;
    return m_run.heap.bytesOf(slotOf(target).value) == contents
        || invalid(target, valueText(m_run.heap, Value { BytesValue { contents } }));
}

bool Decoder::compareTo(const Target& target, const PlacedExpression& with, int& sign)
{
    const auto other = m_evaluator.evaluate(with.expression, contextOf(target));
    const auto order = other ? m_evaluator.compare(slotOf(target).value, *other) : std::nullopt;
    sign = order.value_or(0);
    return order.has_value();
}

bool Decoder::check(const Target& target)
{
    const Attribute& what = *target.what;
    if (what.isContents && !checkContents(target)) {
        return false;
    }
    const Validation& valid = what.validation;
    if (!valid.isGiven()) {
        return true;
    }
    int sign = 0;
    const auto expressionText = [](const PlacedExpression& e) { return QString::fromUtf8(e.expression.text); };
    if (!valid.equal.isEmpty()) {
        if (!compareTo(target, valid.equal, sign)) {
            return false;
        }
        if (sign != 0) {
            return invalid(target, expressionText(valid.equal));
        }
    }
    if (!valid.min.isEmpty()) {
        if (!compareTo(target, valid.min, sign)) {
            return false;
        }
        if (sign < 0) {
            return invalid(target, tr("At least %1").arg(expressionText(valid.min)));
        }
    }
    if (!valid.max.isEmpty()) {
        if (!compareTo(target, valid.max, sign)) {
            return false;
        }
        if (sign > 0) {
            return invalid(target, tr("At most %1").arg(expressionText(valid.max)));
        }
    }
    bool any = valid.anyOf.empty();
    QStringList allowed;
    for (const PlacedExpression& one : valid.anyOf) {
        if (!compareTo(target, one, sign)) {
            return false;
        }
        any = any || sign == 0;
        allowed.append(expressionText(one));
    }
    if (!any) {
        return invalid(target, tr("One of %1").arg(allowed.join(QStringLiteral(", "))));
    }
    if (valid.inEnum && what.enumeration != nullptr) {
        const auto* integer = slotOf(target).value.as<Integer>();
        if (integer != nullptr && what.enumeration->nameOf(*integer).isEmpty()) {
            return invalid(target, tr("A value of the enum %1").arg(quoted(what.enumeration->name)));
        }
    }
    if (!valid.expression.isEmpty()) {
        const Value item = slotOf(target).value;
        const auto holds = m_evaluator.boolean(valid.expression.expression, { target.object, &item, target.index });
        if (!holds) {
            return false;
        }
        if (!*holds) {
            return invalid(target, tr("A value for which %1 holds").arg(expressionText(valid.expression)));
        }
    }
    return true;
}

} // namespace sockeye::kaitai
