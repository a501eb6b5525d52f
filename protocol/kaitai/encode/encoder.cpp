// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/encode/encoder.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/number_bytes.h"
#include "protocol/kaitai/run/tree_maker.h"

namespace sockeye::kaitai {

namespace {

/// A signed field of a sum's own size has the same bits, which may be a negative number.
Integer sumFor(const Attribute& what, quint64 sum)
{
    const int size = checksumSize(*what.checksum.algorithm);
    const Reading* reading = what.cases.size() == 1 ? &what.cases.front().reading : nullptr;
    const bool isSigned = reading != nullptr && reading->kind == Reading::Kind::Integer && reading->isSigned;
    return integerOf(sum, size, isSigned && reading->size == size);
}

} // namespace

bool Encoder::write(const TypeSpec& root, const JsonValue& json)
{
    m_outputs.emplace_back();
    m_limitOf.push_back(-1);
    const int object = newObject(root, json, 0);
    m_run.heap.object(object).root = object;
    return structure(object);
}

int Encoder::newObject(const TypeSpec& spec, const JsonValue& json, int output)
{
    Object made;
    made.spec = &spec;
    made.next = spec.parameterCount;
    made.stream = static_cast<int>(m_run.heap.streams.size());
    made.firstSlot = static_cast<int>(m_run.heap.slotStore.size());
    // Where the stream ends is known before it is written only if its size was given.
    ByteStream stream;
    const qint64 limit = m_limitOf[static_cast<std::size_t>(output)];
    stream.isGrowing = limit < 0;
    stream.size = std::max<qint64>(0, limit);
    m_run.heap.streams.push_back(stream);
    m_run.heap.objects.push_back(made);
    m_run.heap.slotStore.resize(m_run.heap.slotStore.size() + static_cast<std::size_t>(spec.slotCount()));
    m_outputOf.push_back(output);
    m_jsonOf.push_back(&json);
    return static_cast<int>(m_run.heap.objects.size()) - 1;
}

QByteArray Encoder::pathOf(int object, int slot) const
{
    const QByteArray path = pathOfObject(m_run.heap, object);
    const QByteArray id = m_run.heap.object(object).spec->at(slot).id;
    return path.isEmpty() ? id : QByteArray(path + '.' + id);
}

void Encoder::assign(int object, int slot, const Value& value)
{
    Slot& target = m_run.heap.slot(object, slot);
    target.value = value;
    target.state = Slot::State::Done;
    target.isSolved = true;
    m_solved.insert(pathOf(object, slot), value);
}

QByteArray Encoder::missing() const
{
    for (const Unknown& unknown : m_unknown) {
        if (m_run.heap.slot(unknown.object, unknown.slot).state == Slot::State::Empty) {
            return pathOf(unknown.object, unknown.slot);
        }
    }
    return {};
}

bool Encoder::field(int object, int number, Value& out)
{
    Slot& slot = m_run.heap.slot(object, number);
    const Attribute& what = m_run.heap.object(object).spec->at(number);
    if (slot.state == Slot::State::Done || slot.state == Slot::State::Reading) {
        out = slot.value;
        m_metSolved = m_metSolved || slot.isSolved;
        return !out.isNothing() || m_run.fault(tr("%1 is not known.").arg(quoted(what.id)));
    }
    if (what.role == Attribute::Role::ValueInstance) {
        if (slot.state == Slot::State::Computing) {
            return m_run.fault(tr("%1 follows from itself.").arg(quoted(what.id)));
        }
        m_run.heap.slot(object, number).state = Slot::State::Computing;
        const auto value = m_run.enter() ? m_evaluator.evaluate(what.value.expression, { object }) : std::nullopt;
        m_run.leave();
        m_run.heap.slot(object, number).state = Slot::State::Empty;
        if (value) {
            out = *value;
        }
        return value.has_value();
    }
    if (what.role == Attribute::Role::ReadInstance) {
        // It is read from bytes that are only being made; what the message was made from may tell it.
        const JsonValue* json = m_jsonOf[static_cast<std::size_t>(object)]->find(what.id);
        const Reading* reading = what.cases.size() == 1 ? &what.cases.front().reading : nullptr;
        const bool isScalar =
            json != nullptr && !what.isRepeated() && reading != nullptr && reading->kind != Reading::Kind::Struct;
        return isScalar ? valueFromJson({ object, number, -1, json }, reading, out)
                        : m_run.fault(tr("%1 is read from the message and must be given.").arg(quoted(what.id)));
    }
    m_metUnknown = m_metUnknown || slot.state == Slot::State::Empty;
    return m_run.fault(tr("%1 is not known.").arg(quoted(what.id)));
}

Encoder::Outcome Encoder::tryEvaluate(const PlacedExpression& expression, const ExpressionContext& context, Value& out)
{
    m_metUnknown = false;
    auto value = m_evaluator.evaluate(expression.expression, context);
    if (value) {
        out = std::move(*value);
        return Outcome::Known;
    }
    return m_metUnknown && m_run.forgive() ? Outcome::Unknown : Outcome::Failed;
}

Encoder::Outcome Encoder::trySolve(
    const PlacedExpression& expression, const ExpressionContext& context, qint64 wanted, qint64& out)
{
    Value value;
    const Outcome outcome = tryEvaluate(expression, context, value);
    if (outcome == Outcome::Known) {
        const auto* integer = value.as<Integer>();
        out = integer == nullptr ? -1 : integer->clamped();
        return integer != nullptr || m_run.fault(tr("%1 gives no integer.").arg(quoted(expression.expression.text)))
            ? Outcome::Known
            : Outcome::Failed;
    }
    if (outcome == Outcome::Unknown) {
        out = wanted;
        if (!Solver(*this).solve(expression.expression, context, Integer::fromSigned(wanted))) {
            (void)m_run.forgive();
        }
    }
    return outcome;
}

bool Encoder::checkKeys(const TypeSpec& spec, const JsonValue& json)
{
    if (json.kind != JsonValue::Kind::Object) {
        return m_run.fault(tr("An object was expected for a value of the type %1.").arg(quoted(spec.name)));
    }
    for (const QByteArray& key : json.keys) {
        if (spec.slotOf(key) < 0 && !key.startsWith('-')) {
            return m_run.fault(tr("The type %1 has no field %2.").arg(quoted(spec.name), quoted(key)));
        }
    }
    return true;
}

bool Encoder::byteOrder(int object)
{
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    if (spec.orderOwner != &spec) {
        return true;
    }
    const auto on = m_evaluator.evaluate(spec.order.switchOn.expression, { object });
    if (!on) {
        return false;
    }
    for (const ByteOrderRule::Choice& choice : spec.order.choices) {
        std::optional<int> order;
        if (!choice.isElse) {
            const auto key = m_evaluator.evaluate(choice.key.expression, { object });
            order = key ? m_evaluator.compare(*on, *key) : std::nullopt;
            if (!order) {
                return false;
            }
        }
        if (choice.isElse || *order == 0) {
            m_run.heap.object(object).order = choice.isLittle ? Object::Order::Little : Object::Order::Big;
            return true;
        }
    }
    return m_run.fault(tr("The byte order of %1 is not said for this value.").arg(quoted(spec.name)));
}

bool Encoder::structure(int object)
{
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    bool ok = m_run.enter() && checkKeys(spec, *m_jsonOf[static_cast<std::size_t>(object)]) && byteOrder(object);
    for (int slot = spec.parameterCount; ok && slot < spec.fieldEnd; ++slot) {
        ok = attribute(object, slot);
    }
    m_run.leave();
    return ok;
}

bool Encoder::attribute(int object, int number)
{
    const Attribute& what = m_run.heap.object(object).spec->at(number);
    m_run.path.push_back({ &what, -1 });
    place(object);
    const Target target { object, number, -1, m_jsonOf[static_cast<std::size_t>(object)]->find(what.id) };
    bool wanted = true;
    bool isOpen = false;
    bool ok = m_run.step() && m_run.makeFields(1) && isWanted(target, wanted, isOpen);
    if (ok && !wanted) {
        m_run.heap.slot(object, number).state = Slot::State::Absent;
    } else if (ok && what.isRepeated()) {
        ok = repeated(target);
    } else if (ok) {
        Slot slot;
        slot.stream = m_run.heap.object(object).stream;
        slot.begin = outputOf(object).position();
        ok = one(target, slot);
        slot.end = outputOf(object).position();
        m_run.heap.slot(object, number) = slot;
    }
    ok = ok && (!isOpen || settleCondition(target));
    place(object);
    m_run.path.pop_back();
    return ok;
}

/// `isOpen`: the condition needs a value that is still missing, and the size or the count of the field may tell it.
bool Encoder::isWanted(const Target& target, bool& wanted, bool& isOpen)
{
    const Attribute& what = attributeOf(target);
    wanted = true;
    isOpen = false;
    if (what.condition.isEmpty()) {
        return true;
    }
    Value value;
    switch (tryEvaluate(what.condition, contextOf(target), value)) {
    case Outcome::Known:
        wanted = value.as<bool>() != nullptr && *value.as<bool>();
        return true;
    case Outcome::Unknown:
        wanted = target.json != nullptr;
        for (const PlacedExpression* extent : { &what.extent.size, &what.repeatCount }) {
            Value ignored;
            isOpen = isOpen
                || (wanted && !extent->isEmpty()
                    && tryEvaluate(*extent, contextOf(target), ignored) == Outcome::Unknown);
            (void)m_run.forgive();
        }
        if (!isOpen && !Solver(*this).solve(what.condition.expression, contextOf(target), wanted)) {
            (void)m_run.forgive();
        }
        return m_run.forgive();
    case Outcome::Failed:
        // It may ask what only a reader can know, as where the stream ends.
        wanted = target.json != nullptr;
        return m_run.forgive();
    }
    return false;
}

/// After a field whose size may have told what its condition needs.
bool Encoder::settleCondition(const Target& target)
{
    const Attribute& what = attributeOf(target);
    Value value;
    const Outcome outcome = tryEvaluate(what.condition, contextOf(target), value);
    if (outcome == Outcome::Known) {
        // No bytes are the same as a field that is not there.
        const Slot& slot = m_run.heap.slot(target.object, target.slot);
        const bool holds = value.as<bool>() != nullptr && *value.as<bool>();
        return holds || slot.end == slot.begin
            || m_run.fault(tr("It is given, but with its size the condition %1 does not hold.")
                               .arg(quoted(what.condition.expression.text)));
    }
    if (outcome == Outcome::Unknown && !Solver(*this).solve(what.condition.expression, contextOf(target), true)) {
        (void)m_run.forgive();
    }
    return m_run.forgive();
}

bool Encoder::repeated(const Target& target)
{
    const Attribute& what = attributeOf(target);
    if (target.json != nullptr && target.json->kind != JsonValue::Kind::Array) {
        return m_run.fault(tr("A list was expected."));
    }
    qint64 count = target.json == nullptr ? 0 : static_cast<qint64>(target.json->items.size());
    if (what.repeat == Attribute::Repeat::Count) {
        qint64 known = count;
        if (trySolve(what.repeatCount, { target.object }, count, known) == Outcome::Failed) {
            return false;
        }
        count = target.json == nullptr ? known : count;
    } else if (target.json == nullptr && what.repeat == Attribute::Repeat::Until) {
        return m_run.fault(tr("It must be given."));
    }
    m_run.heap.arrays.emplace_back();
    const int array = static_cast<int>(m_run.heap.arrays.size()) - 1;
    Slot& slot = m_run.heap.slot(target.object, target.slot);
    slot.value.data = ItemsValue { array };
    slot.state = Slot::State::Reading;
    slot.stream = m_run.heap.object(target.object).stream;
    slot.begin = outputOf(target.object).position();
    m_run.path.push_back({ &what, 0 });
    bool ok = true;
    for (qint64 i = 0; ok && i < count; ++i) {
        m_run.path.back().index = i;
        Target element = target;
        element.index = i;
        element.json = target.json == nullptr ? nullptr : &target.json->items[static_cast<std::size_t>(i)];
        place(target.object);
        Slot item;
        item.stream = m_run.heap.object(target.object).stream;
        item.begin = outputOf(target.object).position();
        ok = m_run.makeFields(1) && one(element, item);
        item.end = outputOf(target.object).position();
        m_run.heap.array(array).items.push_back(item);
    }
    m_run.path.pop_back();
    Slot& done = m_run.heap.slot(target.object, target.slot);
    done.end = outputOf(target.object).position();
    done.state = Slot::State::Done;
    return ok;
}

bool Encoder::finish()
{
    for (std::size_t i = 0; i < m_unknown.size(); ++i) {
        if (m_unknown[i].isOwn && !ownValue(m_unknown[i])) {
            return false;
        }
    }
    return true;
}

bool Encoder::ownValue(const Unknown& unknown)
{
    const Attribute& what = m_run.heap.object(unknown.object).spec->at(unknown.slot);
    if (what.checksum.algorithm != nullptr) {
        const Slot& from = m_run.heap.slot(unknown.object, what.checksum.fromSlot);
        const Slot& to = m_run.heap.slot(unknown.object, what.checksum.toSlot);
        if (from.stream < 0 || to.end < from.begin) {
            return m_run.fault(tr("%1 must be given: a field of its checksum is not there.").arg(quoted(what.id)));
        }
        const QByteArrayView covered =
            QByteArrayView(outputOf(unknown.object).bytes()).sliced(from.begin, to.end - from.begin);
        const ChecksumAlgorithm& algorithm = *what.checksum.algorithm;
        const bool numeric = isNumeric(algorithm) && what.elementType.kind == Type::Kind::Integer;
        const bool isText = what.elementType.kind == Type::Kind::Text;
        assign(unknown.object, unknown.slot,
            numeric      ? Value { sumFor(what, checksumNumber(algorithm, covered)) }
                : isText ? Value { TextValue { checksumText(algorithm, covered) } }
                         : Value { BytesValue { checksum(algorithm, covered) } });
        return true;
    }
    Value value;
    const PlacedExpression& expression = what.ownValue.isEmpty() ? what.validation.equal : what.ownValue;
    const Outcome outcome = tryEvaluate(expression, { unknown.object }, value);
    if (outcome == Outcome::Known) {
        assign(unknown.object, unknown.slot, value);
    }
    return outcome != Outcome::Failed;
}

} // namespace sockeye::kaitai
