// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/decoder.h"

#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

int Decoder::begin(const TypeSpec& root, bool isGrowing)
{
    ByteStream stream;
    stream.size = m_run.heap.message.size();
    stream.isGrowing = isGrowing;
    m_run.heap.streams.push_back(stream);
    Object object;
    object.spec = &root;
    object.root = 0;
    object.next = root.parameterCount;
    object.order =
        root.orderOwner != nullptr && root.orderOwner != &root ? Object::Order::Undecided : Object::Order::Fixed;
    m_run.heap.objects.push_back(object);
    m_run.heap.slotStore.resize(static_cast<std::size_t>(root.slotCount()));
    return 0;
}

bool Decoder::decideOrder(int object)
{
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    if (spec.orderOwner != &spec || m_run.heap.object(object).order != Object::Order::Fixed) {
        return true;
    }
    const auto on = m_evaluator.evaluate(spec.order.switchOn.expression, { object });
    if (!on) {
        return false;
    }
    for (const ByteOrderRule::Choice& choice : spec.order.choices) {
        bool matches = choice.isElse;
        if (!matches) {
            const auto key = m_evaluator.evaluate(choice.key.expression, { object });
            const auto order = key ? m_evaluator.compare(*on, *key) : std::nullopt;
            if (!order) {
                return false;
            }
            matches = *order == 0;
        }
        if (matches) {
            m_run.heap.object(object).order = choice.isLittle ? Object::Order::Little : Object::Order::Big;
            return true;
        }
    }
    return m_run.fault(
        tr("The byte order of %1 is not said for this value: %2.").arg(quoted(spec.name), valueText(m_run.heap, *on)));
}

bool Decoder::read(int object)
{
    bool ok = m_run.enter() && decideOrder(object);
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    while (ok) {
        Object& at = m_run.heap.object(object);
        if (at.next < spec.fieldEnd && spec.at(at.next).isPlain) {
            at.next = m_reader.plainFields(at, at.next);
        }
        if (at.next >= spec.fieldEnd) {
            break;
        }
        ok = attribute(object, at.next, at.stream);
        if (ok) {
            ++m_run.heap.object(object).next;
        }
    }
    m_run.leave();
    return ok;
}

bool Decoder::attribute(int object, int slot, int stream)
{
    const Attribute& what = m_run.heap.object(object).spec->at(slot);
    m_run.path.push_back({ &what, -1 });
    const bool ok = m_run.step() && attributeValue({ &what, object, slot, -1, stream, -1 });
    m_run.path.pop_back();
    return ok;
}

bool Decoder::attributeValue(const Target& target)
{
    const Attribute& what = *target.what;
    if (!what.condition.isEmpty() && slotOf(target).state == Slot::State::Empty) {
        const auto wanted = m_evaluator.boolean(what.condition.expression, contextOf(target));
        if (!wanted) {
            return false;
        }
        if (!*wanted) {
            slotOf(target).state = Slot::State::Absent;
            return true;
        }
    }
    if (isSkippable(what)) {
        return skipArray(target);
    }
    return what.isRepeated() ? repeated(target) : element(target);
}

bool Decoder::isSkippable(const Attribute& what) const
{
    if (!m_isCutting || what.repeat != Attribute::Repeat::Count || what.isReferred || !what.switchOn.isEmpty()
        || what.isChecked || what.cases.empty()) {
        return false;
    }
    const Reading::Kind kind = what.cases.front().reading.kind;
    return kind == Reading::Kind::Integer || kind == Reading::Kind::Float;
}

bool Decoder::skipArray(const Target& target)
{
    const Attribute& what = *target.what;
    const auto count = m_evaluator.integer(what.repeatCount.expression, { target.object });
    constexpr qint64 most = qint64(1) << 48; // elements: their size cannot overflow
    if (!count) {
        return false;
    }
    if (count->clamped() > most) {
        return m_run.fault(tr("An array of %1 elements is too large.").arg(QString::fromUtf8(count->toText())));
    }
    (void)m_reader.take(target.stream, std::max<qint64>(0, count->clamped()) * what.cases.front().reading.size);
    if (m_run.halt.kind != Halt::Kind::None) {
        return false;
    }
    slotOf(target).state = Slot::State::Done;
    return true;
}

bool Decoder::wantsMore(const Target& element, const Attribute& what, bool& wants)
{
    const ByteStream& stream = m_run.heap.stream(element.stream);
    switch (what.repeat) {
    case Attribute::Repeat::ToEnd:
        if (stream.isGrowing) {
            return m_run.fault(tr("It repeats to the end of the stream, so that messages cannot be told apart."));
        }
        wants = stream.position < stream.size || stream.bitCount > 0;
        return true;
    case Attribute::Repeat::Count: {
        if (m_run.heap.array(element.array).count >= 0) {
            wants = element.index < m_run.heap.array(element.array).count;
            return true;
        }
        const auto count = m_evaluator.integer(what.repeatCount.expression, { element.object });
        if (!count) {
            return false;
        }
        if (count->clamped() > m_run.mostFields()) {
            return m_run.exhausted(tr("An array of %1 elements is too large: a message has at most %2 fields.")
                                       .arg(QString::fromUtf8(count->toText()), QString::number(m_run.mostFields())));
        }
        m_run.heap.array(element.array).count = std::max<qint64>(0, count->clamped());
        wants = element.index < count->clamped();
        return true;
    }
    default:
        wants = true;
        return true;
    }
}

bool Decoder::endsArray(const Target& element, const Attribute& what, bool& ends)
{
    ends = false;
    Array& array = m_run.heap.array(element.array);
    if (what.repeat != Attribute::Repeat::Until || !array.isUntilPending) {
        return true;
    }
    const Value item = array.items.back().value;
    const auto condition = m_evaluator.boolean(
        what.repeatUntil.expression, { element.object, &item, static_cast<qint64>(array.items.size()) - 1 });
    if (!condition) {
        return false;
    }
    m_run.heap.array(element.array).isUntilPending = false;
    ends = *condition;
    return true;
}

/// The elements of an array of plain numbers, as far as they are there.
bool Decoder::readPlainElements(const Target& element, bool& isDone)
{
    bool wants = false;
    if (m_run.heap.array(element.array).count < 0 && !wantsMore(element, *element.what, wants)) {
        return false;
    }
    m_reader.plainElements(*element.what, element.array, element.stream);
    const Array& array = m_run.heap.array(element.array);
    isDone = static_cast<qint64>(array.items.size()) == array.count;
    return true;
}

bool Decoder::repeated(const Target& target)
{
    const Attribute& what = *target.what;
    if (slotOf(target).value.isNothing()) {
        m_run.heap.arrays.emplace_back();
        Slot& slot = slotOf(target);
        slot.value.data = ItemsValue { static_cast<int>(m_run.heap.arrays.size()) - 1 };
        slot.state = Slot::State::Reading;
        slot.stream = target.stream;
        slot.begin = m_run.heap.stream(target.stream).position;
    }
    Target element = target;
    element.array = slotOf(target).value.as<ItemsValue>()->index;
    m_run.path.push_back({ &what, 0 });
    bool isDone = false;
    bool ok = !what.isPlainElement || readPlainElements(element, isDone);
    while (ok && !isDone) {
        element.index = static_cast<qint64>(m_run.heap.array(element.array).items.size());
        m_run.path.back().index = element.index;
        bool ends = false;
        bool wants = true;
        const bool begun = slotOf(element).state != Slot::State::Empty;
        ok = begun || (endsArray(element, what, ends) && (ends || wantsMore(element, what, wants)));
        if (!ok || ends || !wants) {
            break;
        }
        ok = (begun || m_run.makeFields(1)) && this->element(element);
        if (!ok) {
            break;
        }
        Array& array = m_run.heap.array(element.array);
        array.items.push_back(std::move(array.pending));
        array.pending = {};
        array.isUntilPending = true;
    }
    m_run.path.pop_back();
    if (!ok) {
        Array& array = m_run.heap.array(element.array);
        if (m_run.halt.kind == Halt::Kind::Fault && !array.pending.value.isNothing()) {
            // What could be read of the last one can be shown.
            array.items.push_back(std::move(array.pending));
            array.pending = {};
        }
        return false;
    }
    Slot& slot = slotOf(target);
    slot.end = m_run.heap.stream(target.stream).position;
    slot.state = Slot::State::Done;
    return true;
}

std::optional<bool> Decoder::isCase(const Value& on, const Case& one, const ExpressionContext& context)
{
    const auto* number = on.as<Integer>();
    const ExpressionNode& top = one.key.expression.top();
    if (number != nullptr && (top.op == Op::Integer || top.op == Op::EnumMember)) {
        return m_run.step() ? std::optional(*number == top.integer) : std::nullopt;
    }
    const auto key = m_evaluator.evaluate(one.key.expression, context);
    const auto order = key ? m_evaluator.compare(on, *key) : std::nullopt;
    return order ? std::optional(*order == 0) : std::nullopt;
}

bool Decoder::choose(const Target& target, const Reading*& reading, bool& found)
{
    const Attribute& what = *target.what;
    std::optional<Value> on;
    if (const Value* known = m_evaluator.known(what.switchOn.expression, contextOf(target))) {
        on = *known;
    } else {
        on = m_evaluator.evaluate(what.switchOn.expression, contextOf(target));
    }
    if (!on) {
        return false;
    }
    const Reading* otherwise = nullptr;
    for (const Case& one : what.cases) {
        if (one.isElse) {
            otherwise = &one.reading;
            continue;
        }
        const auto isIt = isCase(*on, one, contextOf(target));
        if (!isIt) {
            return false;
        }
        if (*isIt) {
            reading = &one.reading;
            return true;
        }
    }
    reading = otherwise;
    found = otherwise != nullptr || what.extent.isGiven();
    return true;
}

bool Decoder::element(const Target& target)
{
    const Attribute& what = *target.what;
    const Slot::State before = slotOf(target).state;
    if (before == Slot::State::Done || before == Slot::State::Absent) {
        return true;
    }
    if (before != Slot::State::Reading && before != Slot::State::Read && !beginElement(target)) {
        return false;
    }
    Slot::State state = slotOf(target).state;
    if (state == Slot::State::Absent) {
        return true;
    }
    if (state != Slot::State::Read) {
        const Reading* reading = slotOf(target).reading;
        const bool isStruct = reading != nullptr && reading->kind == Reading::Kind::Struct;
        if (isStruct ? !structure(target, *reading) : !value(target, reading)) {
            return false;
        }
        Slot& slot = slotOf(target);
        slot.end = m_run.heap.stream(target.stream).position;
        slot.state = Slot::State::Read;
    }
    if (what.isChecked && !check(target)) {
        return false;
    }
    slotOf(target).state = Slot::State::Done;
    return true;
}

/// Settles which of the cases it is, and where it begins.
bool Decoder::beginElement(const Target& target)
{
    const Attribute& what = *target.what;
    const Reading* reading = nullptr;
    bool found = true;
    if (what.switchOn.isEmpty()) {
        reading = &what.cases.front().reading;
    } else if (!choose(target, reading, found)) {
        return false;
    }
    Slot& slot = slotOf(target);
    if (!found) {
        slot.state = Slot::State::Absent;
        return true;
    }
    const ByteStream& stream = m_run.heap.stream(target.stream);
    slot.stream = target.stream;
    slot.begin = stream.position;
    slot.reading = reading;
    if (stream.bitCount > 0) {
        if (reading != nullptr && reading->kind == Reading::Kind::Bits) {
            --slot.begin;
        }
        if (what.extent.isGiven()) {
            noteBits(target.stream);
        }
    }
    return true;
}

bool Decoder::field(int object, int number, Value& out)
{
    const Slot& slot = m_run.heap.slot(object, number);
    const Attribute& what = m_run.heap.object(object).spec->at(number);
    switch (slot.state) {
    case Slot::State::Read:
    case Slot::State::Done:
        out = slot.value;
        return true;
    case Slot::State::Reading:
        out = slot.value;
        return !out.isNothing() || m_run.fault(tr("%1 is not read yet.").arg(quoted(what.id)));
    case Slot::State::Absent:
        return m_run.fault(tr("%1 is not there: its condition does not hold.").arg(quoted(what.id)));
    case Slot::State::Failed:
        return m_run.fault(tr("%1 has no value.").arg(quoted(what.id)));
    case Slot::State::Computing:
        return m_run.fault(tr("%1 follows from itself.").arg(quoted(what.id)));
    case Slot::State::Empty:
        break;
    }
    if (!what.isInstance()) {
        return m_run.fault(tr("%1 is not read yet.").arg(quoted(what.id)));
    }
    if (!instance(object, number)) {
        return false;
    }
    out = m_run.heap.slot(object, number).value;
    return m_run.heap.slot(object, number).state != Slot::State::Absent
        || m_run.fault(tr("%1 is not there: its condition does not hold.").arg(quoted(what.id)));
}

} // namespace sockeye::kaitai
