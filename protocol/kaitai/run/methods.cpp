// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/evaluator.h"
#include "protocol/text/utf8.h"

#include <algorithm>
#include <cmath>

namespace sockeye::kaitai {

namespace {

Value integerValue(qint64 number)
{
    return { Integer::fromSigned(number) };
}

bool continuesCharacter(char byte)
{
    return (static_cast<uchar>(byte) & 0xc0) == 0x80;
}

qint64 characterCount(QByteArrayView utf8)
{
    return utf8.size() - std::count_if(utf8.begin(), utf8.end(), continuesCharacter);
}

/// The offset of character number `index`, or the text's size.
qsizetype offsetOfCharacter(QByteArrayView utf8, qint64 index)
{
    qsizetype at = 0;
    for (; at < utf8.size() && index > 0; --index) {
        ++at;
        while (at < utf8.size() && continuesCharacter(utf8[at])) {
            ++at;
        }
    }
    return at;
}

QByteArray reversedText(QByteArrayView utf8)
{
    QByteArray out;
    out.reserve(utf8.size());
    qsizetype end = utf8.size();
    for (qsizetype at = utf8.size() - 1; at >= 0; --at) {
        if (!continuesCharacter(utf8[at])) {
            out.append(utf8.sliced(at, end - at));
            end = at;
        }
    }
    return out;
}

/// Digits of that base, all of the text, with a sign perhaps.
std::optional<Integer> integerOfText(QByteArrayView text, qint64 base)
{
    constexpr qint64 largestBase = 36;
    bool negative = false;
    if (text.startsWith('-') || text.startsWith('+')) {
        negative = text.startsWith('-');
        text = text.sliced(1);
    }
    if (text.isEmpty() || base < 2 || base > largestBase) {
        return std::nullopt;
    }
    Wide value = 0;
    for (const char c : text) {
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'z'             ? c - 'a' + 10
            : c >= 'A' && c <= 'Z'             ? c - 'A' + 10
                                               : 99;
        if (digit >= base) {
            return std::nullopt;
        }
        value = value * base + digit;
        if (!Integer::fromWide(value)) {
            return std::nullopt;
        }
    }
    return Integer::fromWide(negative ? -value : value);
}

} // namespace

std::optional<qint64> Evaluator::sizeOf(const Value& array)
{
    if (const auto* items = array.as<ItemsValue>()) {
        return static_cast<qint64>(m_run.heap.array(items->index).items.size());
    }
    if (const auto* list = array.as<ListValue>()) {
        return static_cast<qint64>((*list)->size());
    }
    if (array.as<BytesValue>() != nullptr || array.as<RangeValue>() != nullptr) {
        return m_run.heap.bytesOf(array).size();
    }
    return fault(tr("This has no elements."));
}

std::optional<Value> Evaluator::elementOf(const Value& array, qint64 index)
{
    const auto size = sizeOf(array);
    if (!size) {
        return std::nullopt;
    }
    if (index < 0 || index >= *size) {
        return fault(tr("There is no element %1: there are %2.").arg(QString::number(index), QString::number(*size)));
    }
    const auto at = static_cast<std::size_t>(index);
    if (const auto* items = array.as<ItemsValue>()) {
        return m_run.heap.array(items->index).items[at].value;
    }
    if (const auto* list = array.as<ListValue>()) {
        return (**list)[at];
    }
    return integerValue(static_cast<uchar>(m_run.heap.bytesOf(array)[index]));
}

std::optional<Value> Evaluator::list(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context)
{
    auto out = std::make_shared<std::vector<Value>>();
    if (!m_run.makeBytes(static_cast<qint64>(node.list.size() * sizeof(Value)))) {
        return std::nullopt;
    }
    for (const int element : node.list) {
        auto value = at(expression, element, context);
        if (!value) {
            return std::nullopt;
        }
        out->push_back(std::move(*value));
    }
    if (node.type.kind == Type::Kind::Bytes) {
        return cast(node, Value { ListValue(std::move(out)) });
    }
    return Value { ListValue(std::move(out)) };
}

std::optional<Value> Evaluator::cast(const ExpressionNode& node, Value value)
{
    const Type& type = node.type;
    if (type.kind == Type::Kind::Struct) {
        const auto* object = value.as<ObjectValue>();
        if (object == nullptr) {
            return fault(tr("The value is not %1.").arg(nameOf(type)));
        }
        const TypeSpec* spec = m_run.heap.object(object->index).spec;
        if (type.spec != nullptr && type.spec != spec) {
            return fault(tr("The value is %1, not %2.").arg(nameOf(Type::structOf(spec)), nameOf(type)));
        }
    } else if (type.kind == Type::Kind::Bytes) {
        if (const auto* list = value.as<ListValue>()) {
            QByteArray bytes;
            for (const Value& element : **list) {
                const auto* integer = element.as<Integer>();
                if (integer == nullptr || integer->wide() < -128 || integer->wide() > 0xff) {
                    return fault(tr("An element does not fit a byte."));
                }
                bytes += static_cast<char>(integer->bits());
            }
            return Value { BytesValue { bytes } };
        }
    }
    return value;
}

std::optional<Value> Evaluator::fstring(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context)
{
    QByteArray out;
    for (const int part : node.list) {
        const auto value = at(expression, part, context);
        if (!value) {
            return std::nullopt;
        }
        if (const auto* text = value->as<TextValue>()) {
            out += text->utf8;
        } else if (const auto* integer = value->as<Integer>()) {
            const EnumSpec* names = expression.nodes[static_cast<std::size_t>(part)].type.enumeration;
            const QByteArray name = names == nullptr ? QByteArray() : names->nameOf(*integer).toByteArray();
            out += name.isEmpty() ? integer->toText() : name;
        } else if (const auto* number = value->as<double>()) {
            out += QByteArray::number(*number, 'g', 17);
        } else if (const auto* flag = value->as<bool>()) {
            out += *flag ? "true" : "false";
        } else {
            return fault(tr("Only strings, numbers and booleans can stand in an f-string."));
        }
        if (!m_run.makeBytes(out.size() / 8)) {
            return std::nullopt;
        }
    }
    return m_run.makeBytes(out.size()) ? std::optional(Value { TextValue { out } }) : std::nullopt;
}

/// One call of a method: the object and the arguments are there.
class MethodCall {
public:
    MethodCall(Evaluator& evaluator, Run& run, const ExpressionNode& node, const Value& object)
        : m_evaluator(evaluator)
        , m_run(run)
        , m_node(node)
        , m_object(object)
    {
    }

    std::optional<Value> call(const std::vector<Value>& arguments)
    {
        const auto* text = m_object.as<TextValue>();
        if (text != nullptr) {
            return ofText(text->utf8, arguments);
        }
        if (const auto* stream = m_object.as<StreamValue>()) {
            return ofStream(stream->index);
        }
        switch (m_node.method) {
        case Method::EnumToInteger:
            return m_object;
        case Method::BooleanToInteger:
            return m_object.as<bool>() == nullptr ? wrong() : std::optional(integerValue(*m_object.as<bool>() ? 1 : 0));
        case Method::FloatToInteger:
            return floatToInteger();
        case Method::IntegerToText:
            return m_object.as<Integer>() == nullptr
                ? wrong()
                : std::optional(Value { TextValue { m_object.as<Integer>()->toText() } });
        case Method::FloatToText:
            return m_object.as<double>() == nullptr
                ? wrong()
                : std::optional(Value { TextValue { QByteArray::number(*m_object.as<double>(), 'g', 17) } });
        default:
            return ofElements();
        }
    }

private:
    std::optional<Value> wrong()
    {
        return m_evaluator.fault(tr("%1 is asked of another kind of value.").arg(quoted(m_node.text)));
    }

    std::optional<Value> floatToInteger()
    {
        const auto* number = m_object.as<double>();
        if (number == nullptr) {
            return wrong();
        }
        const double whole = std::trunc(*number);
        constexpr double most = 18446744073709551616.0; // 2^64
        if (!(whole >= -most / 2 && whole < most)) {
            return m_evaluator.fault(tr("The number does not fit 64 bits."));
        }
        return Value { whole < 0 ? Integer::fromSigned(static_cast<qint64>(whole))
                                 : Integer::fromUnsigned(static_cast<quint64>(whole)) };
    }

    std::optional<Value> ofText(const QByteArray& text, const std::vector<Value>& arguments)
    {
        if (!m_run.lookAt(text.size())) {
            return std::nullopt;
        }
        const auto number = [&](std::size_t i) {
            return arguments[i].as<Integer>() == nullptr ? 0 : arguments[i].as<Integer>()->clamped();
        };
        switch (m_node.method) {
        case Method::TextLength:
            return integerValue(characterCount(text));
        case Method::TextReverse:
            return m_run.makeBytes(text.size()) ? std::optional(Value { TextValue { reversedText(text) } })
                                                : std::nullopt;
        case Method::TextSubstring: {
            const qint64 from = number(0);
            const qint64 to = number(1);
            const qint64 count = characterCount(text);
            if (from < 0 || to < from || to > count) {
                return m_evaluator.fault(tr("There are no characters %1 to %2: there are %3.")
                                             .arg(QString::number(from), QString::number(to), QString::number(count)));
            }
            const qsizetype begin = offsetOfCharacter(text, from);
            const qsizetype end = offsetOfCharacter(text, to);
            return m_run.makeBytes(end - begin) ? std::optional(Value { TextValue { text.mid(begin, end - begin) } })
                                                : std::nullopt;
        }
        case Method::TextToInteger: {
            const auto value = integerOfText(text, arguments.empty() ? 10 : number(0));
            return value ? std::optional(Value { *value })
                         : m_evaluator.fault(tr("%1 is no number.").arg(quoted(text)));
        }
        default:
            return wrong();
        }
    }

    std::optional<Value> ofStream(int index)
    {
        const ByteStream& stream = m_run.heap.stream(index);
        const bool asksForEnd = m_node.method == Method::StreamSize || m_node.method == Method::StreamEnd;
        if (asksForEnd && stream.isGrowing) {
            return m_evaluator.fault(tr("It is not known yet where the stream ends."));
        }
        if (m_node.method == Method::StreamSize) {
            return integerValue(stream.size);
        }
        if (m_node.method == Method::StreamEnd) {
            return Value { stream.position >= stream.size && stream.bitCount == 0 };
        }
        return integerValue(stream.position);
    }

    std::optional<Value> extreme(qint64 size, int sign)
    {
        std::optional<Value> best = m_evaluator.elementOf(m_object, 0);
        for (qint64 i = 1; best && i < size; ++i) {
            const auto next = m_evaluator.elementOf(m_object, i);
            const auto order = next && m_run.step() ? m_evaluator.compare(*next, *best) : std::nullopt;
            if (!order) {
                return std::nullopt;
            }
            if (*order * sign > 0) {
                best = next;
            }
        }
        return best;
    }

    std::optional<Value> ofElements()
    {
        const auto size = m_evaluator.sizeOf(m_object);
        if (!size) {
            return std::nullopt;
        }
        switch (m_node.method) {
        case Method::BytesSize:
        case Method::ArraySize:
            return integerValue(*size);
        case Method::BytesFirst:
        case Method::ArrayFirst:
            return m_evaluator.elementOf(m_object, 0);
        case Method::BytesLast:
        case Method::ArrayLast:
            return m_evaluator.elementOf(m_object, *size - 1);
        case Method::BytesMin:
        case Method::ArrayMin:
            return extreme(*size, -1);
        case Method::BytesMax:
        case Method::ArrayMax:
            return extreme(*size, 1);
        default:
            return wrong();
        }
    }

    Evaluator& m_evaluator;
    Run& m_run;
    const ExpressionNode& m_node;
    const Value& m_object;
};

std::optional<Value> Evaluator::method(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context)
{
    const auto object = at(expression, node.a, context);
    if (!object) {
        return std::nullopt;
    }
    std::vector<Value> arguments;
    for (const int argument : node.list) {
        auto value = at(expression, argument, context);
        if (!value) {
            return std::nullopt;
        }
        arguments.push_back(std::move(*value));
    }
    if (node.method == Method::BytesToText) {
        const QByteArrayView bytes = m_run.heap.bytesOf(*object);
        if (!m_run.makeBytes(bytes.size())) {
            return std::nullopt;
        }
        const QByteArray encoding = arguments.front().as<TextValue>()->utf8;
        auto text = decodedText(encoding, bytes);
        return text ? std::optional(Value { TextValue { std::move(*text) } })
                    : fault(tr("There is no encoding %1.").arg(quoted(encoding)));
    }
    return MethodCall(*this, m_run, node, *object).call(arguments);
}

} // namespace sockeye::kaitai
