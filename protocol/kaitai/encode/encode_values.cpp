// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/encode/encoder.h"
#include "protocol/kaitai/run/leftovers.h"
#include "protocol/kaitai/run/process.h"
#include "protocol/kaitai/run/stream_reader.h"
#include "protocol/kaitai/run/tree_maker.h"

#include <bit>

namespace sockeye::kaitai {

namespace {

const JsonValue& noFields()
{
    static const JsonValue empty { JsonValue::Kind::Object, {}, {}, {} };
    return empty;
}

constexpr int bitsPerByte = 8;

/// Whether a number fits a field of so many bits.
bool fitsField(const Integer& number, int bits, bool isSigned)
{
    const Wide value = number.wide();
    const Wide span = Wide(1) << bits;
    return isSigned ? value >= -span / 2 && value < span / 2 : value >= 0 && value < span;
}

} // namespace

bool Encoder::choose(const Target& target, const Reading*& reading, bool& found)
{
    const Attribute& what = attributeOf(target);
    found = true;
    reading = nullptr;
    if (what.switchOn.isEmpty()) {
        reading = &what.cases.front().reading;
        return true;
    }
    const auto on = m_evaluator.evaluate(what.switchOn.expression, contextOf(target));
    if (!on) {
        return false;
    }
    for (const Case& one : what.cases) {
        if (one.isElse) {
            continue;
        }
        const auto key = m_evaluator.evaluate(one.key.expression, contextOf(target));
        const auto order = key ? m_evaluator.compare(*on, *key) : std::nullopt;
        if (!order) {
            return false;
        }
        if (*order == 0) {
            reading = &one.reading;
            return true;
        }
    }
    for (const Case& one : what.cases) {
        reading = one.isElse ? &one.reading : reading;
    }
    found = reading != nullptr || what.extent.isGiven();
    return true;
}

bool Encoder::one(const Target& target, Slot& out)
{
    const Reading* reading = nullptr;
    bool found = false;
    if (!choose(target, reading, found)) {
        return false;
    }
    out.reading = reading;
    if (!found || (target.index >= 0 && target.json != nullptr && target.json->kind == JsonValue::Kind::Null)) {
        out.state = Slot::State::Absent;
        return true;
    }
    const bool isStruct = reading != nullptr && reading->kind == Reading::Kind::Struct;
    if (target.json == nullptr) {
        bool done = false;
        if (!missingValue(target, reading, out, done) || done) {
            return m_run.halt.kind == Halt::Kind::None;
        }
    }
    if (isStruct) {
        return inner(target, *reading, out);
    }
    Value value;
    if (!valueFromJson(target, reading, value)) {
        return false;
    }
    static const Reading plainBytes;
    return scalar(target, reading == nullptr ? plainBytes : *reading, value, out);
}

bool Encoder::missingValue(const Target& target, const Reading* reading, Slot& out, bool& done)
{
    const Attribute& what = attributeOf(target);
    done = true;
    if (what.isContents) {
        out.value.data = BytesValue { what.contents };
        out.state = Slot::State::Done;
        outputOf(target.object).append(what.contents);
        return true;
    }
    const bool isStruct = reading != nullptr && reading->kind == Reading::Kind::Struct;
    if (isStruct) {
        done = false;
        return true;
    }
    const bool isOwn =
        !what.validation.equal.isEmpty() || !what.ownValue.isEmpty() || what.checksum.algorithm != nullptr;
    const bool isNumber =
        reading != nullptr && (reading->kind == Reading::Kind::Integer || reading->kind == Reading::Kind::Bits);
    if (target.index < 0) {
        const QByteArray path = pathOf(target.object, target.slot);
        m_unknown.push_back({ target.object, target.slot, isOwn });
        if (const auto known = m_known.constFind(path); known != m_known.constEnd()) {
            m_solved.insert(path, *known);
            out.isSolved = true;
            return reading != nullptr && scalar(target, *reading, *known, out);
        }
    }
    if (isOwn && what.checksum.algorithm == nullptr && reading != nullptr) {
        Value value;
        const Outcome outcome =
            tryEvaluate(what.ownValue.isEmpty() ? what.validation.equal : what.ownValue, contextOf(target), value);
        if (outcome != Outcome::Unknown) {
            return outcome == Outcome::Known && scalar(target, *reading, value, out);
        }
    }
    if (isNumber && (target.index < 0 || isOwn)) {
        // Its bytes, to be written again when it is known. The slot stays empty.
        return number(target, *reading, reading->isBoolean ? Value { false } : Value { Integer() });
    }
    if (isOwn && reading != nullptr) {
        const int digits = reading->kind == Reading::Kind::Text ? 2 : 1;
        const int size = what.checksum.algorithm == nullptr ? 0 : digits * checksumSize(*what.checksum.algorithm);
        return bytes(target, reading, QByteArray(size, '\0'));
    }
    qint64 size = -1;
    if (!what.extent.size.isEmpty()) {
        Value value;
        if (tryEvaluate(what.extent.size, contextOf(target), value) == Outcome::Failed) {
            return false;
        }
        size = value.as<Integer>() == nullptr ? -1 : value.as<Integer>()->clamped();
    }
    if (size == 0) {
        out.value.data = BytesValue {};
        out.state = Slot::State::Done;
        return true;
    }
    return m_run.fault(tr("It must be given: nothing else tells it."));
}

bool Encoder::valueFromJson(const Target& target, const Reading* reading, Value& out)
{
    const JsonValue& json = *target.json;
    const Attribute& what = attributeOf(target);
    const Reading::Kind kind = reading == nullptr || what.isContents ? Reading::Kind::Bytes : reading->kind;
    const bool isNumber = json.kind == JsonValue::Kind::Number;
    bool ok = true;
    switch (kind) {
    case Reading::Kind::Integer:
    case Reading::Kind::Bits: {
        if (json.kind == JsonValue::Kind::Boolean && reading->isBoolean) {
            out.data = json.text == "true";
            return true;
        }
        if (json.kind == JsonValue::Kind::Text && what.enumeration != nullptr
            && what.enumeration->members.contains(json.text)) {
            out.data = what.enumeration->members.value(json.text);
            return true;
        }
        const bool negative = json.text.startsWith('-');
        const Integer number = negative ? Integer::fromSigned(json.text.toLongLong(&ok))
                                        : Integer::fromUnsigned(json.text.toULongLong(&ok));
        out.data = number;
        if (isNumber && ok && reading->isBoolean) {
            out.data = number.bits() != 0;
        }
        return (isNumber && ok)
            || m_run.fault(what.enumeration != nullptr
                    ? tr("A whole number or a name of the enum %1 was expected, not %2.")
                          .arg(quoted(what.enumeration->name), quoted(json.text))
                    : tr("A whole number was expected, not %1.").arg(quoted(json.text)));
    }
    case Reading::Kind::Float:
        out.data = json.text.toDouble(&ok);
        return (isNumber && ok) || m_run.fault(tr("A number was expected, not %1.").arg(quoted(json.text)));
    case Reading::Kind::Text:
        out.data = TextValue { json.text };
        return json.kind == JsonValue::Kind::Text || m_run.fault(tr("A string was expected."));
    default:
        break;
    }
    const QByteArray hex = json.text.toLower();
    const QByteArray content = QByteArray::fromHex(hex);
    out.data = BytesValue { content };
    return (json.kind == JsonValue::Kind::Text && content.toHex() == hex)
        || m_run.fault(tr("Bytes in hexadecimal were expected, not %1.").arg(quoted(json.text)));
}

bool Encoder::scalar(const Target& target, const Reading& reading, const Value& value, Slot& out)
{
    out.value = value;
    out.state = Slot::State::Done;
    const bool isBytes = attributeOf(target).isContents || reading.kind == Reading::Kind::Bytes;
    if (isBytes) {
        const bool fits = value.as<BytesValue>() != nullptr || value.as<RangeValue>() != nullptr;
        return fits ? bytes(target, &reading, m_run.heap.bytesOf(value).toByteArray())
                    : m_run.fault(tr("Bytes were expected."));
    }
    if (reading.kind != Reading::Kind::Text) {
        return number(target, reading, value);
    }
    const auto* text = value.as<TextValue>();
    const auto encoded = text == nullptr ? std::nullopt : encodedText(reading.encoding, text->utf8);
    return encoded ? bytes(target, &reading, *encoded)
                   : m_run.fault(tr("The text cannot be written in the encoding %1.").arg(quoted(reading.encoding)));
}

bool Encoder::number(const Target& target, const Reading& reading, const Value& value)
{
    Output& output = outputOf(target.object);
    bool little = reading.order == Reading::Order::Little;
    if (reading.order == Reading::Order::Inherited) {
        const Object::Order order = m_run.heap.object(target.object).order;
        little = order == Object::Order::Little;
        if (order != Object::Order::Little && order != Object::Order::Big) {
            return m_run.fault(tr("The byte order is not said for this value."));
        }
    }
    const auto* flag = value.as<bool>();
    const auto* given = value.as<Integer>();
    if (reading.kind == Reading::Kind::Float) {
        const double real = value.as<double>() != nullptr ? *value.as<double>()
            : given != nullptr                            ? given->toDouble()
                                                          : 0;
        constexpr int doubleSize = 8;
        const quint64 bits = reading.size == doubleSize ? std::bit_cast<quint64>(real)
                                                        : std::bit_cast<quint32>(static_cast<float>(real));
        output.appendNumber(bits, reading.size, little);
        return true;
    }
    if (flag == nullptr && given == nullptr) {
        return m_run.fault(tr("A whole number was expected."));
    }
    const Integer number = flag != nullptr ? Integer::fromSigned(*flag ? 1 : 0) : *given;
    const int bits = reading.kind == Reading::Kind::Bits ? reading.size : reading.size * bitsPerByte;
    if (!fitsField(number, bits, reading.isSigned)) {
        return m_run.fault(
            tr("%1 does not fit a field of %2 bits.").arg(QString::fromUtf8(number.toText()), QString::number(bits)));
    }
    if (reading.kind == Reading::Kind::Bits) {
        output.appendBits(number.bits(), bits, little);
        const QByteArray rest = unshownOf(target, false);
        if (rest.size() == 1 && output.bitsToByte() > 0) {
            output.appendBits(static_cast<uchar>(rest.front()), output.bitsToByte(), little);
        }
    } else {
        output.appendNumber(number.bits(), reading.size, little);
    }
    return true;
}

bool Encoder::bytes(const Target& target, const Reading* reading, QByteArray content)
{
    const Attribute& what = attributeOf(target);
    if (what.process.kind != Process::Kind::None) {
        Value argument;
        if (!what.process.argument.isEmpty()) {
            auto given = m_evaluator.evaluate(what.process.argument.expression, contextOf(target));
            if (!given) {
                return false;
            }
            argument = std::move(*given);
        }
        if (!doProcess(m_run, what.process.kind, argument, content)) {
            return false;
        }
    }
    const bool isText = reading != nullptr && reading->kind == Reading::Kind::Text;
    const bool isStruct = reading != nullptr && reading->kind == Reading::Kind::Struct;
    if (!m_run.makeBytes(content.size()) || !fill(target, isText, isStruct, content)) {
        return false;
    }
    outputOf(target.object).append(content);
    return true;
}

bool Encoder::fill(const Target& target, bool isText, bool isStruct, QByteArray& content)
{
    const Attribute& what = attributeOf(target);
    const Extent& extent = what.extent;
    if (what.isContents) {
        return true;
    }
    const qint64 limit = m_limitOf[static_cast<std::size_t>(m_outputOf[static_cast<std::size_t>(target.object)])];
    const qint64 room = limit < 0 ? -1 : limit - outputOf(target.object).position();
    const qint64 given = content.size();
    const QByteArray rest = unshownOf(target, false);
    if (!extent.size.isEmpty()) {
        qint64 size = given;
        m_metSolved = false;
        if (trySolve(extent.size, contextOf(target), given + (rest.isEmpty() ? 0 : rest.size()), size)
            == Outcome::Failed) {
            return false;
        }
        const bool mayBeShorter = isStruct || isText || extent.padRight || !extent.terminator.isEmpty();
        const bool isFixed = extent.size.expression.constant().has_value();
        if (isFixed && (given > size || (given < size && !mayBeShorter))) {
            return m_run.fault(
                tr("%1 bytes were expected, not %2.").arg(QString::number(size), QString::number(given)));
        }
        // A length that lies is what its sender wants; only what the description fills up by itself is filled up.
        const bool isLie = !isFixed && !m_metSolved && !extent.padRight && extent.terminator.isEmpty();
        if (given >= size || !mayBeShorter || (isLie && rest.isEmpty())) {
            return true;
        }
        if (!m_run.makeBytes(size - given)) {
            return false;
        }
        const bool fits = rest.size() == size - given && isContentOf(target, isText, content, content + rest);
        content += fits ? rest : fillingOf(extent, given, size);
        return true;
    }
    if (extent.toEnd) {
        if (!rest.isEmpty() && isContentOf(target, isText, content, content + rest)) {
            content += rest;
        } else if (room > given && (extent.padRight || !extent.terminator.isEmpty()) && m_run.makeBytes(room - given)) {
            content += fillingOf(extent, given, room);
        }
        return m_run.halt.kind == Halt::Kind::None;
    }
    const bool endsByItself = !extent.endIsError && room >= 0 && given >= room;
    if (extent.consume && !extent.include && !endsByItself) {
        content += extent.terminator;
    }
    return true;
}

QByteArray Encoder::unshownOf(const Target& target, bool isInside) const
{
    if (m_unshown.isEmpty()) {
        return {};
    }
    const QByteArray& id = attributeOf(target).id;
    return m_unshown.value(leftoverPath(pathOfObject(m_run.heap, target.object), id, target.index, isInside));
}

bool Encoder::isContentOf(const Target& target, bool isText, const QByteArray& content, const QByteArray& all) const
{
    const Extent& extent = attributeOf(target).extent;
    const int unit = isText && extent.terminator.size() > 1 ? static_cast<int>(extent.terminator.size()) : 1;
    return trimmedSize(all, extent, unit) == content.size();
}

bool Encoder::inner(const Target& target, const Reading& reading, Slot& out)
{
    const Attribute& what = attributeOf(target);
    const TypeSpec& spec = *reading.spec;
    int output = m_outputOf[static_cast<std::size_t>(target.object)];
    if (what.extent.isGiven()) {
        qint64 limit = -1;
        Value size;
        if (!what.extent.size.isEmpty() && what.process.kind == Process::Kind::None) {
            if (tryEvaluate(what.extent.size, contextOf(target), size) == Outcome::Failed) {
                return false;
            }
            limit = size.as<Integer>() == nullptr ? -1 : size.as<Integer>()->clamped();
        }
        output = static_cast<int>(m_outputs.size());
        m_outputs.emplace_back();
        m_limitOf.push_back(limit);
    }
    if (!m_run.makeFields(1 + spec.slotCount())) {
        return false;
    }
    const int object = newObject(spec, target.json == nullptr ? noFields() : *target.json, output);
    const bool isForeign = spec.top != m_run.heap.object(target.object).spec->top;
    Object& made = m_run.heap.object(object);
    made.owner = target.object;
    made.ownerSlot = target.slot;
    made.ownerIndex = target.index;
    made.parent = isForeign || !what.hasParent ? -1 : target.object;
    made.root = isForeign ? (spec.top == &spec ? object : -1) : m_run.heap.object(target.object).root;
    if (spec.orderOwner != nullptr && spec.orderOwner != &spec) {
        made.order = m_run.heap.object(target.object).order;
    }
    out.value.data = ObjectValue { object };
    out.state = Slot::State::Reading;
    if (target.index < 0) {
        m_run.heap.slot(target.object, target.slot) = out;
    }
    if (!isForeign && !what.parent.isEmpty()) {
        const auto parent = m_evaluator.evaluate(what.parent.expression, contextOf(target));
        if (!parent) {
            return false;
        }
        m_run.heap.object(object).parent = parent->as<ObjectValue>() == nullptr ? -1 : parent->as<ObjectValue>()->index;
    }
    for (std::size_t i = 0; i < reading.arguments.size(); ++i) {
        Value value;
        const Outcome outcome = tryEvaluate(reading.arguments[i], contextOf(target), value);
        if (outcome == Outcome::Failed) {
            return false;
        }
        if (outcome == Outcome::Known) {
            Slot& parameter = m_run.heap.slot(object, static_cast<int>(i));
            parameter.value = value;
            parameter.state = Slot::State::Done;
        }
    }
    if (!structure(object)) {
        return false;
    }
    out.state = Slot::State::Done;
    return !what.extent.isGiven()
        || bytes(target, &reading, m_outputs[static_cast<std::size_t>(output)].bytes() + unshownOf(target, true));
}

} // namespace sockeye::kaitai
