// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/decoder.h"

#include <utility>

namespace sockeye::kaitai {

bool Decoder::instance(int object, int number)
{
    const Attribute& what = m_run.heap.object(object).spec->at(number);
    m_run.heap.slot(object, number).state = Slot::State::Computing;
    m_run.path.push_back({ &what, -1 });
    const Target target { &what, object, number, -1, m_run.heap.object(object).stream, -1 };
    bool ok = m_run.enter();
    if (ok && what.role == Attribute::Role::ReadInstance) {
        ok = readInstance(target);
    } else if (ok) {
        bool wanted = true;
        if (!what.condition.isEmpty()) {
            const auto condition = m_evaluator.boolean(what.condition.expression, { object });
            ok = condition.has_value();
            wanted = condition.value_or(false);
        }
        if (ok && wanted) {
            auto computed = m_evaluator.evaluate(what.value.expression, { object });
            ok = computed.has_value();
            if (ok) {
                m_run.heap.slot(object, number).value = std::move(*computed);
                ok = !what.isChecked || check(target);
            }
        }
        if (ok) {
            m_run.heap.slot(object, number).state = wanted ? Slot::State::Done : Slot::State::Absent;
        }
    }
    m_run.leave();
    m_run.path.pop_back();
    if (!ok) {
        Slot& slot = m_run.heap.slot(object, number);
        slot = {};
        if (m_run.halt.kind == Halt::Kind::Fault) {
            slot.state = Slot::State::Failed;
        }
    }
    return ok;
}

bool Decoder::readInstance(const Target& target)
{
    const Attribute& what = *target.what;
    Target from = target;
    if (!what.condition.isEmpty()) {
        const auto wanted = m_evaluator.boolean(what.condition.expression, { target.object });
        if (!wanted) {
            return false;
        }
        if (!*wanted) {
            slotOf(target).state = Slot::State::Absent;
            return true;
        }
    }
    if (!what.stream.isEmpty()) {
        const auto other = m_evaluator.evaluate(what.stream.expression, { target.object });
        if (!other) {
            return false;
        }
        const auto* stream = other->as<StreamValue>();
        if (stream == nullptr) {
            return m_run.fault(tr("“io” gives no stream."));
        }
        from.stream = stream->index;
    }
    std::optional<Integer> position;
    if (!what.position.isEmpty()) {
        position = m_evaluator.integer(what.position.expression, { target.object });
        if (!position) {
            return false;
        }
    }
    const ByteStream before = m_run.heap.stream(from.stream);
    const bool ok =
        (!position || m_reader.seek(from.stream, *position)) && (what.isRepeated() ? repeated(from) : element(from));
    ByteStream& after = m_run.heap.stream(from.stream);
    after.position = before.position;
    after.bits = before.bits;
    after.bitCount = before.bitCount;
    after.bitsLittle = before.bitsLittle;
    return ok;
}

} // namespace sockeye::kaitai
