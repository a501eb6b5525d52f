// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/tree_maker.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

/// Whether it depends on how far a stream was read.
bool asksForPlace(const PlacedExpression& expression)
{
    const auto& nodes = expression.expression.nodes;
    return std::any_of(nodes.begin(), nodes.end(), [](const ExpressionNode& node) { return node.op == Op::Stream; });
}

/// Checks the rules of one object's fields.
class OwnRules {
public:
    OwnRules(Run& run, Decoder& decoder, Tree& out)
        : m_run(run)
        , m_decoder(decoder)
        , m_out(out)
    {
    }

    void check(int object)
    {
        const TypeSpec& spec = *m_run.heap.object(object).spec;
        if (!spec.hasOwnRules) {
            return;
        }
        for (int number = spec.parameterCount; number < spec.fieldEnd; ++number) {
            const Attribute& what = spec.at(number);
            const bool isThere = m_run.heap.slot(object, number).state == Slot::State::Done;
            if (isThere && !what.ownValue.isEmpty()) {
                value(object, number);
            }
            if (isThere && what.checksum.algorithm != nullptr) {
                checksumOf(object, number);
            }
        }
    }

private:
    void complain(int object, int number, const QString& text)
    {
        const Slot& slot = m_run.heap.slot(object, number);
        const QByteArray path = pathOfObject(m_run.heap, object);
        const QByteArray id = m_run.heap.object(object).spec->at(number).id;
        m_out.faults.push_back({ text, path.isEmpty() ? id : QByteArray(path + '.' + id),
            m_run.heap.messageOffset(slot.stream, slot.begin) });
    }

    void value(int object, int number)
    {
        const Attribute& what = m_run.heap.object(object).spec->at(number);
        if (!m_out.isComplete && asksForPlace(what.ownValue)) {
            return; // reading stopped somewhere
        }
        const auto expected = m_decoder.evaluator().evaluate(what.ownValue.expression, { object });
        const Value found = m_run.heap.slot(object, number).value;
        const auto order = expected ? m_decoder.evaluator().compare(found, *expected) : std::nullopt;
        if (!order) {
            // What cannot be computed because the message ends too soon is no second fault.
            if (m_out.isComplete) {
                complain(object, number, tr("What it must be cannot be computed: %1").arg(m_run.halt.text));
            }
            (void)m_run.forgive();
        } else if (*order != 0) {
            complain(object, number,
                tr("%1 was expected, but it is %2.")
                    .arg(valueText(m_run.heap, *expected), valueText(m_run.heap, found)));
        }
    }

    void checksumOf(int object, int number)
    {
        const ChecksumRule& rule = m_run.heap.object(object).spec->at(number).checksum;
        const Slot& from = m_run.heap.slot(object, rule.fromSlot);
        const Slot& to = m_run.heap.slot(object, rule.toSlot);
        if (from.stream < 0 || from.stream != to.stream || to.end < from.begin) {
            return; // one of the fields is not there
        }
        const QByteArrayView bytes = m_run.heap.view(from.stream, from.begin, to.end - from.begin);
        if (!m_run.makeBytes(bytes.size())) {
            return;
        }
        const Value found = m_run.heap.slot(object, number).value;
        Value expected;
        bool right = false;
        if (const auto* integer = found.as<Integer>()) {
            const quint64 sum = checksumNumber(*rule.algorithm, bytes);
            expected.data = Integer::fromUnsigned(sum);
            // A signed field may hold the same bits as a negative number.
            const int unused = 64 - 8 * checksumSize(*rule.algorithm);
            right = integer->bits() == sum || (integer->isNegative() && (integer->bits() ^ sum) << unused == 0);
        } else if (const auto* text = found.as<TextValue>()) {
            const QByteArray sum = checksumText(*rule.algorithm, bytes);
            expected.data = TextValue { sum };
            right = text->utf8.toUpper() == sum;
        } else {
            const QByteArray sum = checksum(*rule.algorithm, bytes);
            expected.data = BytesValue { sum };
            right = m_run.heap.bytesOf(found) == sum;
        }
        if (!right) {
            complain(object, number,
                tr("The %1 of these bytes is %2, but %3 stands here.")
                    .arg(checksumName(*rule.algorithm), valueText(m_run.heap, expected), valueText(m_run.heap, found)));
        }
    }

    Run& m_run;
    Decoder& m_decoder;
    Tree& m_out;
};

} // namespace

QByteArray pathOfObject(const Heap& heap, int object)
{
    QByteArray out;
    for (int at = object; at >= 0 && heap.object(at).owner >= 0; at = heap.object(at).owner) {
        const Object& what = heap.object(at);
        QByteArray part = heap.object(what.owner).spec->at(what.ownerSlot).id;
        if (what.ownerIndex >= 0) {
            part += '[' + QByteArray::number(what.ownerIndex) + ']';
        }
        out.prepend(out.isEmpty() ? part : QByteArray(part + '.'));
    }
    return out;
}

void checkOwnRules(Run& run, Decoder& decoder, Tree& out)
{
    constexpr std::size_t mostFaults = 100;
    OwnRules rules(run, decoder, out);
    const auto count = static_cast<int>(run.heap.objects.size());
    for (int object = 0; object < count && out.faults.size() < mostFaults; ++object) {
        if (run.halt.kind == Halt::Kind::Exhausted) {
            return;
        }
        rules.check(object);
    }
}

} // namespace sockeye::kaitai
