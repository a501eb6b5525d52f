// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/decoder.h"
#include "protocol/kaitai/run/process.h"

namespace sockeye::kaitai {

bool Decoder::isLittle(const Target& target, const Reading& reading, bool& out)
{
    if (reading.order != Reading::Order::Inherited) {
        out = reading.order == Reading::Order::Little;
        return true;
    }
    const Object& object = m_run.heap.object(target.object);
    out = object.order == Object::Order::Little;
    return object.order == Object::Order::Little || object.order == Object::Order::Big
        || m_run.fault(tr("The byte order of %1 is not said for this value.").arg(quoted(object.spec->name)));
}

bool Decoder::value(const Target& target, const Reading* reading)
{
    if (reading == nullptr || target.what->isContents) {
        RangeValue range;
        if (!bytes(target, reading, range)) {
            return false;
        }
        slotOf(target).value.data = range;
        return true;
    }
    bool little = false;
    if (const ByteStream& from = m_run.heap.stream(target.stream); from.bitCount > 0) {
        const bool isOtherOrder = from.bitsLittle != (reading->order == Reading::Order::Little);
        const bool isNoted = target.what->extent.isGiven();
        if (!isNoted && (reading->kind != Reading::Kind::Bits || isOtherOrder)) {
            noteBits(target.stream);
        }
    }
    switch (reading->kind) {
    case Reading::Kind::Integer: {
        Integer integer;
        if (!isLittle(target, *reading, little) || !m_reader.integer(target.stream, *reading, little, integer)) {
            return false;
        }
        slotOf(target).value.data = integer;
        return true;
    }
    case Reading::Kind::Float: {
        double number = 0;
        if (!isLittle(target, *reading, little) || !m_reader.floating(target.stream, reading->size, little, number)) {
            return false;
        }
        slotOf(target).value.data = number;
        return true;
    }
    case Reading::Kind::Bits: {
        quint64 number = 0;
        if (!m_reader.bits(target.stream, reading->size, reading->order == Reading::Order::Little, number)) {
            return false;
        }
        ByteStream& stream = m_run.heap.stream(target.stream);
        stream.bitsObject = target.object;
        stream.bitsSlot = target.slot;
        stream.bitsIndex = target.index;
        if (reading->isBoolean) {
            slotOf(target).value.data = number != 0;
        } else {
            slotOf(target).value.data = Integer::fromUnsigned(number);
        }
        return true;
    }
    case Reading::Kind::Bytes: {
        RangeValue range;
        if (!bytes(target, reading, range)) {
            return false;
        }
        slotOf(target).value.data = range;
        return true;
    }
    case Reading::Kind::Text:
        return text(target, *reading);
    case Reading::Kind::Struct:
        break;
    }
    return false;
}

bool Decoder::bytes(const Target& target, const Reading* reading, RangeValue& out)
{
    const Attribute& what = *target.what;
    const Extent& extent = what.extent;
    const bool isText = reading != nullptr && reading->kind == Reading::Kind::Text;
    const int unit = isText && extent.terminator.size() > 1 ? static_cast<int>(extent.terminator.size()) : 1;
    if (what.isContents || !extent.size.isEmpty()) {
        const auto size = what.isContents ? std::optional(Integer::fromSigned(what.contents.size()))
                                          : m_evaluator.integer(extent.size.expression, contextOf(target));
        if (!size) {
            return false;
        }
        if (size->isNegative()) {
            return m_run.fault(tr("The size is negative: %1.").arg(QString::fromUtf8(size->toText())));
        }
        (void)m_reader.take(target.stream, size->clamped());
        if (m_run.halt.kind != Halt::Kind::None) {
            return false;
        }
        const ByteStream& stream = m_run.heap.stream(target.stream);
        const RangeValue all { target.stream, stream.position - size->clamped(), size->clamped() };
        out = trimmed(m_run.heap, all, extent, unit);
        noteTail(target, false, { all.stream, out.offset + out.size, all.size - out.size },
            out.size == all.size ? QByteArray() : fillingOf(extent, out.size, all.size));
    } else if (extent.toEnd) {
        if (!m_reader.rest(target.stream, out)) {
            return false;
        }
        const RangeValue all = out;
        out = trimmed(m_run.heap, all, extent, unit);
        noteTail(target, false, { all.stream, out.offset + out.size, all.size - out.size }, {});
    } else if (!m_reader.terminated(target.stream, extent, unit, out)) {
        return false;
    }
    if (what.process.kind == Process::Kind::None) {
        return true;
    }
    Value argument;
    if (!what.process.argument.isEmpty()) {
        auto given = m_evaluator.evaluate(what.process.argument.expression, contextOf(target));
        if (!given) {
            return false;
        }
        argument = std::move(*given);
    }
    return undoProcess(m_run, what.process.kind, argument, out);
}

bool Decoder::text(const Target& target, const Reading& reading)
{
    RangeValue range;
    if (!bytes(target, &reading, range)) {
        return false;
    }
    const Attribute& what = *target.what;
    if (m_isCutting && !what.isReferred && !what.validation.isGiven() && what.repeat != Attribute::Repeat::Until) {
        slotOf(target).value.data = range;
        return true;
    }
    if (!m_run.makeBytes(range.size)) {
        return false;
    }
    const QByteArrayView bytes = m_run.heap.view(range.stream, range.offset, range.size);
    if (!m_isCutting && m_run.heap.stream(range.stream).buffer < 0 && isTextAsItStands(reading.encoding, bytes)) {
        // The message stays where it is, and no value outlives the run.
        slotOf(target).value.data = TextValue { QByteArray::fromRawData(bytes.data(), bytes.size()) };
        return true;
    }
    auto decoded = decodedText(reading.encoding, bytes);
    if (!decoded) {
        return m_run.fault(tr("There is no encoding %1.").arg(quoted(reading.encoding)));
    }
    slotOf(target).value.data = TextValue { std::move(*decoded) };
    return true;
}

void Decoder::noteTail(const Target& target, bool isInside, const RangeValue& tail, const QByteArray& expected)
{
    constexpr std::size_t mostLeftovers = 10'000;
    if (m_isCutting || tail.size <= 0 || m_leftovers.size() >= mostLeftovers) {
        return;
    }
    const QByteArrayView bytes = m_run.heap.view(tail.stream, tail.offset, tail.size);
    if (bytes != expected && m_run.makeBytes(tail.size)) {
        m_leftovers.push_back({ target.object, target.slot, target.index, isInside,
            QByteArray::fromRawData(bytes.data(), bytes.size()) });
    }
}

void Decoder::noteBits(int index)
{
    const ByteStream& stream = m_run.heap.stream(index);
    if (!m_isCutting && stream.bitCount > 0 && stream.bits != 0 && stream.bitsObject >= 0) {
        m_leftovers.push_back({ stream.bitsObject, stream.bitsSlot, stream.bitsIndex, false,
            QByteArray(1, static_cast<char>(stream.bits)) });
    }
}

bool Decoder::newObject(const Target& target, const Reading& reading, int stream, int& out)
{
    const Attribute& what = *target.what;
    const TypeSpec& spec = *reading.spec;
    Object made;
    made.spec = &spec;
    made.stream = stream;
    made.begin = m_run.heap.stream(stream).position;
    made.next = spec.parameterCount;
    made.owner = target.object;
    made.ownerSlot = target.slot;
    made.ownerIndex = target.index;
    const bool isForeign = spec.top != m_run.heap.object(target.object).spec->top;
    if (!isForeign && what.hasParent) {
        made.parent = target.object;
        if (!what.parent.isEmpty()) {
            const auto parent = m_evaluator.evaluate(what.parent.expression, contextOf(target));
            if (!parent) {
                return false;
            }
            if (const auto* object = parent->as<ObjectValue>()) {
                made.parent = object->index;
            }
        }
    }
    std::vector<Value> arguments;
    for (const PlacedExpression& argument : reading.arguments) {
        auto given = m_evaluator.evaluate(argument.expression, contextOf(target));
        if (!given) {
            return false;
        }
        arguments.push_back(std::move(*given));
    }
    if (!m_run.makeFields(1 + spec.slotCount())) {
        return false;
    }
    const Object& owner = m_run.heap.object(target.object);
    out = static_cast<int>(m_run.heap.objects.size());
    made.root = isForeign ? (spec.top == &spec ? out : -1) : owner.root;
    if (spec.orderOwner != nullptr && spec.orderOwner != &spec) {
        made.order = owner.spec->orderOwner == spec.orderOwner ? owner.order : Object::Order::Undecided;
    }
    made.firstSlot = static_cast<int>(m_run.heap.slotStore.size());
    m_run.heap.objects.push_back(made);
    m_run.heap.slotStore.resize(m_run.heap.slotStore.size() + static_cast<std::size_t>(spec.slotCount()));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        Slot& slot = m_run.heap.slot(out, static_cast<int>(i));
        slot.value = std::move(arguments[i]);
        slot.state = Slot::State::Done;
    }
    return true;
}

bool Decoder::structure(const Target& target, const Reading& reading)
{
    if (slotOf(target).state != Slot::State::Reading) {
        int stream = target.stream;
        if (target.what->extent.isGiven()) {
            const qint64 position = m_run.heap.stream(target.stream).position;
            RangeValue range;
            if (!bytes(target, &reading, range)) {
                m_run.heap.stream(target.stream).position = position;
                return false;
            }
            ByteStream part;
            part.buffer = m_run.heap.stream(range.stream).buffer;
            part.begin = m_run.heap.stream(range.stream).begin + range.offset;
            part.size = range.size;
            stream = static_cast<int>(m_run.heap.streams.size());
            m_run.heap.streams.push_back(part);
        }
        int object = -1;
        if (!newObject(target, reading, stream, object)) {
            return false;
        }
        Slot& slot = slotOf(target);
        slot.value.data = ObjectValue { object };
        slot.state = Slot::State::Reading;
    }
    const int object = slotOf(target).value.as<ObjectValue>()->index;
    if (!read(object)) {
        return false;
    }
    if (target.what->extent.isGiven()) {
        const int own = m_run.heap.object(object).stream;
        noteBits(own);
        const ByteStream& stream = m_run.heap.stream(own);
        const qint64 left = stream.size - stream.position;
        if (m_isCutting || left <= 0) {
            return true;
        }
        // Zeros are put there again, unless its size is given: that could lie.
        const Extent& extent = target.what->extent;
        const bool isFilled = extent.size.isEmpty() || extent.size.expression.constant().has_value();
        noteTail(target, true, { own, stream.position, left }, QByteArray(isFilled ? left : 0, '\0'));
    }
    return true;
}

} // namespace sockeye::kaitai
