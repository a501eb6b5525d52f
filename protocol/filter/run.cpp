// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/run.h"

#include "protocol/filter/value_text.h"

#include <algorithm>

namespace sockeye::filter {

namespace {

/// Values and pieces of 64 bytes that are looked at for one row: about a second's worth.
constexpr qint64 maxSteps = qint64(1) << 24;
/// A search skips most of its bytes, which is so much quicker.
constexpr qint64 searchSpeed = 4;

bool continues(char byte)
{
    return (static_cast<uchar>(byte) & 0xc0U) == 0x80;
}

qint64 characters(QByteArrayView utf8)
{
    return utf8.size() - std::count_if(utf8.begin(), utf8.end(), continues);
}

/// Where the character of that number begins, or the end.
qsizetype beginOf(QByteArrayView utf8, qint64 number)
{
    qsizetype at = 0;
    while (at < utf8.size() && number > 0) {
        ++at;
        while (at < utf8.size() && continues(utf8[at])) {
            ++at;
        }
        --number;
    }
    return at;
}

/// Absent where the slice is not there as a whole.
Value sliced(const Value& value, const Slice& slice)
{
    const bool isBytes = value.type == Type::Bytes;
    if (!isBytes && value.type != Type::Text) {
        return {};
    }
    const qint64 all = isBytes ? value.view.size() : characters(value.view);
    const qint64 first = slice.first + (slice.first < 0 ? all : 0);
    const qint64 length = slice.length.value_or(1);
    if (first < 0 || first >= all || length > all - first) {
        return {};
    }
    if (isBytes) {
        return slice.length ? Value::bytes(value.view.sliced(first, length))
                            : Value::number(static_cast<uchar>(value.view[first]));
    }
    const qsizetype begin = beginOf(value.view, first);
    const QByteArrayView rest = value.view.sliced(begin);
    return Value::text(rest.first(beginOf(rest, length)));
}

QByteArray lowered(QByteArrayView utf8)
{
    const bool isAscii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
    return isAscii ? utf8.toByteArray().toLower() : QString::fromUtf8(utf8).toLower().toUtf8();
}

/// What a value becomes on its way to `use`.
template <typename Use> class Sink final : public ValueSink {
public:
    explicit Sink(Use& use)
        : m_use(use)
    {
    }
    bool value(const Value& value, bool isWhole) override { return m_use(value, isWhole); }

private:
    Use& m_use;
};

} // namespace

Evaluation::Evaluation(const Row& row, const Row* selected, Run& run)
    : m_row(row)
    , m_selected(selected)
    , m_run(run)
{
    m_run.m_storage.clear();
    m_run.m_steps = maxSteps;
    m_run.m_lacksField = false;
}

bool Evaluation::matches(const Program& program)
{
    bool result = true;
    for (std::size_t at = 0; at < program.code.size();) {
        const Program::Instruction& instruction = program.code[at++];
        switch (instruction.code) {
        case Program::Code::Test:
            result = test(program.tests[static_cast<std::size_t>(instruction.to)]);
            break;
        case Program::Code::Not:
            result = !result;
            break;
        case Program::Code::JumpIfTrue:
        case Program::Code::JumpIfFalse:
            if (result == (instruction.code == Program::Code::JumpIfTrue)) {
                at = static_cast<std::size_t>(instruction.to);
            }
            break;
        }
        if (m_run.gaveUp()) {
            return false;
        }
    }
    return result;
}

Value Evaluation::functionOf(Function function, const Value& value)
{
    charge(value.view.size());
    switch (function) {
    case Function::Len:
        switch (value.type) {
        case Type::Text:
            return Value::number(characters(value.view));
        case Type::Bytes:
            return Value::number(value.view.size());
        case Type::List:
        case Type::Object:
            return Value::number(value.integer);
        default:
            return {};
        }
    case Function::Lower:
        return value.isTextual() ? Value::text(m_run.m_storage.keep(lowered(value.view))) : Value();
    default:
        break;
    }
    if (value.isTextual() || value.type == Type::Bytes) {
        return Value::text(value.view);
    }
    const QByteArray text = textOf(value);
    return text.isNull() ? Value() : Value::text(m_run.m_storage.keep(text));
}

Value Evaluation::through(const std::vector<Function>& functions, Value value)
{
    for (const Function function : functions) {
        value = functionOf(function, value);
    }
    return value;
}

/// Hands each value of a side to `use`, which says whether it wants more. Returns whether there is anything: a list
/// without elements is.
template <typename Use> bool Evaluation::each(const Operand& operand, Use&& use)
{
    if (operand.kind == Operand::Kind::Literal) {
        use(operand.before.empty() ? operand.literal.value : through(operand.before, operand.literal.value));
        return true;
    }
    const Row* const row = rowOf(operand);
    if (operand.kind == Operand::Kind::Field) {
        Value value = row != nullptr ? row->value(operand.field) : Value();
        if (operand.slice) {
            charge(value.view.size());
            value = sliced(value, *operand.slice);
        }
        if (!operand.before.empty()) {
            value = through(operand.before, value);
        }
        m_run.m_lacksField |= !value.isThere();
        if (value.isThere()) {
            use(value);
        }
        return value.isThere();
    }
    const Fields* const fields = row != nullptr ? row->fields(operand.field) : nullptr;
    if (fields == nullptr) {
        m_run.m_lacksField = true;
        return false;
    }
    charge(fields->searchBytes() / searchSpeed * (static_cast<qint64>(operand.path.size()) + 1));
    if (m_run.gaveUp()) {
        return false;
    }
    qint64 count = 0;
    auto take = [&](const Value& found, bool isWhole) {
        Value value = found;
        charge(value.view.size());
        if (!isWhole) {
            value = sliced(value, { operand.path.back().index, std::nullopt, {} });
        }
        if (operand.slice) {
            value = sliced(value, *operand.slice);
        }
        value = through(operand.before, value);
        if (m_run.gaveUp()) {
            return false;
        }
        if (operand.counts) {
            const bool isList = !operand.isMany && (value.type == Type::List || value.type == Type::Object);
            count += isList ? value.integer : value.isThere() ? 1 : 0;
            return true;
        }
        return use(value);
    };
    Sink sink(take);
    const bool isThere = fields->find(operand.path, m_run.m_storage, sink);
    m_run.m_lacksField |= !isThere;
    if (isThere && operand.counts) {
        use(through(operand.after, Value::number(count)));
    }
    return isThere;
}

/// Whether one of the values passes, or all of them where that is asked for.
template <typename Accepts> bool Evaluation::quantified(const Operand& operand, Accepts&& accepts)
{
    bool result = operand.all;
    const bool isThere = each(operand, [&](const Value& value) {
        result = accepts(value);
        return result == operand.all;
    });
    return isThere && result;
}

bool Evaluation::isInSet(const Test& test, const Value& value)
{
    for (const Test::Item& item : test.set) {
        charge(std::min(value.view.size(), item.first.storage.size()));
        const Order first = order(value, item.first.value);
        if (!item.last) {
            if (first == Order::Equal) {
                return true;
            }
            continue;
        }
        const Order last = order(value, item.last->value);
        if ((first == Order::Greater || first == Order::Equal) && (last == Order::Less || last == Order::Equal)) {
            return true;
        }
    }
    return false;
}

bool Evaluation::passes(Operation operation, const Value& left, const Value& right)
{
    if (operation == Operation::Contains) {
        charge(left.view.size() + right.view.size());
        return contains(left, right);
    }
    charge(std::min(left.view.size(), right.view.size()));
    const Order ordered = order(left, right);
    switch (operation) {
    case Operation::Less:
        return ordered == Order::Less;
    case Operation::LessEqual:
        return ordered == Order::Less || ordered == Order::Equal;
    case Operation::Greater:
        return ordered == Order::Greater;
    case Operation::GreaterEqual:
        return ordered == Order::Greater || ordered == Order::Equal;
    default:
        return ordered == Order::Equal;
    }
}

bool Evaluation::compared(const Test& test, Operation operation)
{
    if (!test.right.isMany || test.right.counts) {
        Value right;
        const bool isThere = each(test.right, [&right](const Value& value) {
            right = value;
            return false;
        });
        return isThere && quantified(test.left, [&](const Value& left) { return passes(operation, left, right); });
    }
    std::vector<Value> rights;
    const bool isThere = each(test.right, [&rights](const Value& value) {
        rights.push_back(value);
        return true;
    });
    return isThere && quantified(test.left, [&](const Value& left) {
        const auto passesNow = [&](const Value& right) { return !m_run.gaveUp() && passes(operation, left, right); };
        return test.right.all ? std::all_of(rights.cbegin(), rights.cend(), passesNow)
                              : std::any_of(rights.cbegin(), rights.cend(), passesNow);
    });
}

bool Evaluation::test(const Test& test)
{
    switch (test.operation) {
    case Operation::Exists:
        return quantified(test.left, [&](const Value& value) {
            const bool isTruth = test.left.isFlag || test.left.kind == Operand::Kind::Literal;
            return isTruth ? value.type == Type::Boolean && value.integer != 0 : value.isThere();
        });
    case Operation::Matches:
        return quantified(test.left, [&](const Value& value) {
            charge(value.view.size());
            return value.type == Type::Bytes ? test.pattern->isInBytes(value.view)
                                             : value.isTextual() && test.pattern->isInText(value.view);
        });
    case Operation::In:
        return quantified(test.left, [&](const Value& value) { return isInSet(test, value); });
    case Operation::NotEqual:
        return !compared(test, Operation::Equal);
    default:
        return compared(test, test.operation);
    }
}

Value Evaluation::first(const Operand& operand)
{
    Value out;
    each(operand, [&out](const Value& value) {
        out = value;
        return false;
    });
    return out;
}

std::vector<QByteArrayView> Evaluation::groups(const Test& test)
{
    std::vector<QByteArrayView> caught;
    if (test.operation == Operation::Matches) {
        each(test.left, [&](const Value& value) {
            charge(value.view.size());
            const bool isBytes = value.type == Type::Bytes;
            return !((isBytes || value.isTextual()) && test.pattern->groups(value.view, isBytes, caught));
        });
    }
    return caught;
}

} // namespace sockeye::filter
