// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/check_program.h"

#include <algorithm>
#include <set>

namespace sockeye::kaitai {

namespace {

/// Looks at what is read from the stream itself: not into values that have bytes of their own.
class CuttingCheck {
public:
    std::optional<Mistake> check(const TypeSpec& spec)
    {
        if (!m_seen.insert(&spec).second || m_seen.size() > mostTypes) {
            return std::nullopt;
        }
        for (int slot = spec.parameterCount; slot < spec.fieldEnd; ++slot) {
            const Attribute& attribute = spec.at(slot);
            if (auto problem = check(attribute)) {
                return problem;
            }
        }
        return std::nullopt;
    }

private:
    static constexpr std::size_t mostTypes = 150; ///< deeper than any message may be

    static bool asksForEnd(const PlacedExpression& expression)
    {
        const auto& nodes = expression.expression.nodes;
        return std::any_of(nodes.begin(), nodes.end(), [&](const ExpressionNode& node) {
            const bool asks =
                node.op == Op::Method && (node.method == Method::StreamEnd || node.method == Method::StreamSize);
            if (!asks) {
                return false;
            }
            const ExpressionNode& stream = nodes[static_cast<std::size_t>(node.a)];
            return stream.op == Op::Stream && stream.a < 0;
        });
    }

    std::optional<Mistake> check(const Attribute& attribute)
    {
        const auto problem = [&](const QString& text) { return Mistake { attribute.place, text }; };
        if (attribute.repeat == Attribute::Repeat::ToEnd) {
            return problem(tr("%1 repeats to the end of the stream (repeat: eos), so messages cannot be told apart in "
                              "one. A “repeat-expr” or “repeat-until” would help; over UDP it is right as it is.")
                               .arg(quoted(attribute.id)));
        }
        if (attribute.extent.toEnd) {
            return problem(tr("%1 takes everything to the end of the stream (size-eos), so messages cannot be told "
                              "apart in one. A “size” or a “terminator” would help; over UDP it is right as it is.")
                               .arg(quoted(attribute.id)));
        }
        for (const PlacedExpression* expression : { &attribute.condition, &attribute.extent.size,
                 &attribute.repeatCount, &attribute.repeatUntil, &attribute.switchOn }) {
            if (asksForEnd(*expression)) {
                return problem(tr("%1 depends on where the stream ends, so messages cannot be told apart in one. A "
                                  "length in front would help; over UDP it is right as it is.")
                                   .arg(quoted(attribute.id)));
            }
        }
        if (attribute.extent.isGiven()) {
            return std::nullopt;
        }
        for (const Case& one : attribute.cases) {
            if (one.reading.kind == Reading::Kind::Struct && one.reading.spec != nullptr) {
                if (auto inner = check(*one.reading.spec)) {
                    return inner;
                }
            }
        }
        return std::nullopt;
    }

    std::set<const TypeSpec*> m_seen;
};

/// Types that have a fixed size do not contain themselves.
bool isUnchecked(const TypeSpec& spec, int& budget)
{
    for (int slot = spec.parameterCount; slot < spec.fieldEnd; ++slot) {
        const Attribute& attribute = spec.at(slot);
        const Reading& reading = attribute.cases.front().reading;
        const bool isPlain = !attribute.isContents && !attribute.validation.isGiven()
            && attribute.process.kind == Process::Kind::None && reading.arguments.empty() && spec.orderOwner == nullptr;
        const bool isWhole = reading.kind != Reading::Kind::Struct
            || (reading.spec != nullptr && !attribute.extent.isGiven() && isUnchecked(*reading.spec, budget));
        if (!isPlain || !isWhole || --budget < 0) {
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<qint64> uncheckedSize(const TypeSpec& root)
{
    constexpr qint64 bitsOfByte = 8;
    int budget = 1000;
    return root.sizeInBits && isUnchecked(root, budget)
        ? std::optional((*root.sizeInBits + bitsOfByte - 1) / bitsOfByte)
        : std::nullopt;
}

std::optional<Mistake> cuttingProblem(const TypeSpec& root)
{
    return CuttingCheck().check(root);
}

} // namespace sockeye::kaitai
