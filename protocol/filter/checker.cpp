// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/checker.h"

#include "protocol/filter/address.h"
#include "protocol/filter/nearest.h"
#include "protocol/filter/operand_check.h"
#include "protocol/filter/words.h"
#include "protocol/filter/written.h"

namespace sockeye::filter {

namespace {

bool isOrdering(Operation operation)
{
    return operation >= Operation::Less && operation <= Operation::GreaterEqual;
}

constexpr QByteArrayView unixScheme("unix:"); ///< as hosts have it, and peers do not

bool isString(Type type)
{
    return type == Type::Text || type == Type::Bytes || type == Type::Any;
}

class Checker {
public:
    Checker(const Syntax& syntax, const Schema& schema, QStringView text)
        : m_syntax(syntax)
        , m_schema(schema)
        , m_text(text)
    {
    }

    Result<Checked> check()
    {
        for (const TestSyntax& each : m_syntax.tests) {
            auto test = checkTest(each);
            if (!test) {
                return tl::unexpected(std::move(test.error()));
            }
            m_checked.program.tests.push_back(*std::move(test));
        }
        layOut();
        return std::move(m_checked);
    }

private:
    using Nothing = Result<void>;

    [[nodiscard]] QString shown(const Place& place) const { return quoted(m_text.sliced(place.at, place.length)); }
    static tl::unexpected<Mistake> at(const Place& place, const QString& text, const QString& suggestion = {})
    {
        return wrong(place.at, place.length, text, suggestion);
    }

    Result<Test> checkTest(const TestSyntax& syntax)
    {
        Test test;
        test.operation = syntax.operation;
        auto left = checkOperand(syntax.left, m_schema, m_text, m_checked.remarks);
        if (!left) {
            return tl::unexpected(left.error());
        }
        test.left = *std::move(left);
        const auto right = [&]() -> Nothing {
            switch (syntax.operation) {
            case Operation::Exists:
                return exists(syntax, test);
            case Operation::Contains:
                return contains(syntax, test);
            case Operation::Matches:
                return matches(syntax, test);
            case Operation::In:
                return in(syntax, test);
            default:
                return compare(syntax, test);
            }
        }();
        if (!right) {
            return tl::unexpected(right.error());
        }
        return test;
    }

    Nothing exists(const TestSyntax& syntax, const Test& test)
    {
        if (test.left.kind != Operand::Kind::Literal || test.left.type == Type::Boolean) {
            return {};
        }
        if (test.left.type == Type::Text || test.left.type == Type::Bytes) {
            const QString meant = u"bytes contains " + m_text.sliced(syntax.left.place.at, syntax.left.place.length);
            return at(syntax.left.place,
                tr("%1 alone is no test; did you mean %2?").arg(shown(syntax.left.place), quoted(meant)), meant);
        }
        return at(syntax.left.place, tr("%1 alone is no test: compare a field with it.").arg(shown(syntax.left.place)));
    }

    /// A field on the right that is none: most likely text without its quotes.
    Nothing rightOperand(const TestSyntax& syntax, Test& test)
    {
        const auto& path = syntax.right.path;
        if (path && path->steps.size() == 1 && !path->selected
            && m_schema.indexOf(QString::fromUtf8(path->steps[0].name)) < 0
            && (test.left.type == Type::Text || test.left.type == Type::Any || test.left.type == Type::Bytes)) {
            const QString name = QString::fromUtf8(path->steps[0].name);
            const QStringList values = valuesOf(test.left);
            const QString meant = values.isEmpty() ? name : nearest(name, values);
            const bool isField =
                m_schema.messageFields >= 0 && (!m_schema.messageNames || m_schema.messageNames->contains(name));
            if (!meant.isEmpty() && (!isField || !values.isEmpty())
                && (!values.isEmpty() || nearest(name, m_schema.names()).isEmpty())) {
                const QString text = u'"' + meant + u'"';
                return at(syntax.rightPlace,
                    tr("No field %1; text stands in quotes: did you mean %2?").arg(quoted(name), quoted(text)), text);
            }
        }
        auto right = checkOperand(syntax.right, m_schema, m_text, m_checked.remarks);
        if (!right) {
            return tl::unexpected(right.error());
        }
        test.right = *std::move(right);
        return {};
    }

    Nothing compare(const TestSyntax& syntax, Test& test)
    {
        if (auto right = rightOperand(syntax, test); !right) {
            return right;
        }
        if (isOrdering(test.operation)) {
            for (const auto& [operand, place] :
                { std::pair(&test.left, syntax.left.place), std::pair(&test.right, syntax.right.place) }) {
                const Type type = operand->type;
                if (type == Type::Boolean || type == Type::Address || type == Type::Null) {
                    return at(place,
                        tr("%1 is %2, of which none is less than another; only `==`, `!=` and `in` go with it.")
                            .arg(shown(place), typeText(type)));
                }
            }
        }
        if (auto fits = comparable(test.left, syntax.left.place, test.right, syntax.right.place); !fits) {
            return fits;
        }
        if (test.left.kind != Operand::Kind::Literal && shown(syntax.left.place) == shown(syntax.right.place)) {
            m_checked.remarks.append({ syntax.left.place.at, syntax.right.place.end() - syntax.left.place.at,
                tr("Both sides are the same."), {} });
        }
        if (!isOrdering(test.operation)) {
            return oneOfItsValues(test.left, test.right.literal, test.right.kind, syntax.right.place);
        }
        return {};
    }

    [[nodiscard]] QStringList valuesOf(const Operand& operand) const
    {
        const bool isBare = operand.kind == Operand::Kind::Field && operand.before.empty() && !operand.slice;
        return isBare && !m_schema.fields[operand.field].isOpen ? m_schema.fields[operand.field].values : QStringList();
    }

    Nothing oneOfItsValues(const Operand& left, const Literal& literal, Operand::Kind kind, const Place& place)
    {
        const QStringList values = valuesOf(left);
        const QString value = QString::fromUtf8(literal.storage);
        if (values.isEmpty() || kind != Operand::Kind::Literal || values.contains(value)) {
            return {};
        }
        const QString meant = nearest(value, values);
        const QString text = meant.isEmpty() ? QString() : QString(u'"' + meant + u'"');
        const QString& name = m_schema.fields[left.field].name;
        return at(place,
            meant.isEmpty()
                ? tr("%1 is never %2; it is one of: %3.").arg(quoted(name), shown(place), values.join(u", "))
                : tr("%1 is never %2; did you mean %3?").arg(quoted(name), shown(place), quoted(text)),
            text);
    }

    /// Whether values of two sides can ever be equal. The place of the literal among them is that of the mistake.
    Nothing comparable(const Operand& left, const Place& leftPlace, const Operand& right, const Place& rightPlace)
    {
        if (left.kind == Operand::Kind::Literal && right.kind != Operand::Kind::Literal) {
            return comparable(right, rightPlace, left, leftPlace);
        }
        const bool isLiteral = right.kind == Operand::Kind::Literal;
        const QString sentence =
            tr("%1 is %2, and %3 is %4: they are never equal.")
                .arg(shown(leftPlace), typeText(left.type), shown(rightPlace), typeText(right.type));
        if (left.type == Type::Any || right.type == Type::Any) {
            return {};
        }
        if (left.type == Type::Number && right.type == Type::Number) {
            if (isLiteral && right.unit == Unit::Bytes && left.unit != Unit::Bytes
                && left.kind == Operand::Kind::Field) {
                return at(
                    rightPlace, tr("%1 does not count bytes, as %2 does.").arg(shown(leftPlace), shown(rightPlace)));
            }
            return {};
        }
        if (left.type == Type::Time && right.type == Type::Number) {
            return right.unit == Unit::None ? Nothing() : at(rightPlace, sentence);
        }
        if (left.type == Type::Address && right.type == Type::Text && isLiteral) {
            return addressInText(leftPlace, right.literal.storage, rightPlace);
        }
        const bool bothStrings = isString(left.type) && isString(right.type);
        return left.type == right.type || bothStrings ? Nothing() : at(rightPlace, sentence);
    }

    Nothing addressInText(const Place& field, const QByteArray& text, const Place& place) const
    {
        if (addressFrom(text) || isUnixName(text)) {
            return {};
        }
        if (text.startsWith(unixScheme)) {
            const QString meant = writtenText(QByteArrayView(text).sliced(unixScheme.size()));
            return at(
                place, tr("%1 is never %2; did you mean %3?").arg(shown(field), shown(place), quoted(meant)), meant);
        }
        return at(place,
            tr("%1 is an address, and %2 is none. A Unix socket is written as its path or @name; `contains` looks for "
               "a part of either.")
                .arg(shown(field), shown(place)));
    }

    /// A part of an address is looked for in its text.
    static void takeAsText(Operand& operand)
    {
        if (operand.type == Type::Address && operand.kind == Operand::Kind::Field) {
            operand.before.push_back(Function::Text);
            operand.type = Type::Text;
        }
    }

    Nothing contains(const TestSyntax& syntax, Test& test)
    {
        takeAsText(test.left);
        if (!isString(test.left.type)) {
            return at(syntax.left.place,
                tr("%1 is %2; `contains` needs text or bytes.")
                    .arg(shown(syntax.left.place), typeText(test.left.type)));
        }
        if (auto right = rightOperand(syntax, test); !right) {
            return right;
        }
        if (!isString(test.right.type)) {
            return at(syntax.rightPlace,
                tr("%1 is %2; `contains` looks for text or bytes.")
                    .arg(shown(syntax.rightPlace), typeText(test.right.type)));
        }
        return {};
    }

    Nothing matches(const TestSyntax& syntax, Test& test)
    {
        takeAsText(test.left);
        if (!isString(test.left.type)) {
            return at(syntax.left.place,
                tr("%1 is %2; `~` needs text or bytes.").arg(shown(syntax.left.place), typeText(test.left.type)));
        }
        Pattern::Problem problem;
        test.pattern = Pattern::make(syntax.pattern.storage, problem);
        if (test.pattern) {
            return {};
        }
        // Where it says which part is wrong, that is underlined.
        const QStringView whole = m_text.sliced(syntax.rightPlace.at, syntax.rightPlace.length);
        const qsizetype part = problem.part.isEmpty() ? -1 : whole.indexOf(problem.part);
        const Place place = part < 0 ? syntax.rightPlace : Place { syntax.rightPlace.at + part, problem.part.size() };
        return at(place, tr("This is no regular expression: %1.").arg(problem.what));
    }

    Nothing in(const TestSyntax& syntax, Test& test)
    {
        for (const SetItem& each : syntax.set) {
            Operand first;
            first.literal = each.first;
            first.type = each.first.value.type;
            first.unit = each.first.unit;
            if (auto fits = comparable(test.left, syntax.left.place, first, each.place); !fits) {
                return fits;
            }
            if (each.last) {
                if (auto range = checkRange(each); !range) {
                    return range;
                }
            } else if (auto known = oneOfItsValues(test.left, each.first, Operand::Kind::Literal, each.place); !known) {
                return known;
            }
            test.set.push_back({ each.first, each.last });
        }
        return {};
    }

    Nothing checkRange(const SetItem& item)
    {
        const Value& first = item.first.value;
        const Value& last = item.last->value;
        const bool isNetwork = first.bits != Value::allBits || last.bits != Value::allBits;
        const bool hasOrder = first.type == Type::Number || first.type == Type::Time || first.type == Type::Text
            || first.type == Type::Bytes || (first.type == Type::Address && !isNetwork);
        const auto isQuantity = [](Type type) { return type == Type::Number || type == Type::Time; };
        const bool isOneKind = first.type == last.type || (isString(first.type) && isString(last.type))
            || (isQuantity(first.type) && isQuantity(last.type));
        const Order order = filter::order(first, last);
        if (!hasOrder || order == Order::Different || !isOneKind) {
            return at(item.place, tr("%1 is no range: both ends have to be of one kind.").arg(shown(item.place)));
        }
        if (order == Order::Greater) {
            return at(item.place, tr("%1 holds nothing: it ends before it begins.").arg(shown(item.place)));
        }
        return {};
    }

    /// From the tree to jumps, without following it down: a chain of tests may be thousands long. Children come before
    /// their parents.
    void layOut()
    {
        const std::vector<Syntax::Node>& nodes = m_syntax.nodes;
        using NodeKind = Syntax::Node::Kind;
        std::vector<int> size(nodes.size(), 1);
        std::vector<int> begin(nodes.size(), 0);
        const auto at = [](auto& list, int index) -> auto&
        {
            return list[static_cast<std::size_t>(index)];
        };
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].kind != NodeKind::Test) {
                size[i] += at(size, nodes[i].left) + (nodes[i].kind == NodeKind::Not ? 0 : at(size, nodes[i].right));
            }
        }
        std::vector<Program::Instruction>& code = m_checked.program.code;
        code.resize(static_cast<std::size_t>(size.empty() ? 0 : size.back()));
        for (std::size_t i = nodes.size(); i-- > 0;) {
            const Syntax::Node& node = nodes[i];
            if (node.kind == NodeKind::Test) {
                at(code, begin[i]) = { Program::Code::Test, node.left };
                continue;
            }
            at(begin, node.left) = begin[i];
            const int behindLeft = begin[i] + at(size, node.left);
            if (node.kind == NodeKind::Not) {
                at(code, behindLeft) = { Program::Code::Not, 0 };
                continue;
            }
            at(begin, node.right) = behindLeft + 1;
            at(code, behindLeft) = { node.kind == NodeKind::Or ? Program::Code::JumpIfTrue : Program::Code::JumpIfFalse,
                begin[i] + size[i] };
        }
    }

    const Syntax& m_syntax;
    const Schema& m_schema;
    QStringView m_text;
    Checked m_checked;
};

} // namespace

Result<Checked> check(const Syntax& syntax, const Schema& schema, QStringView text)
{
    return Checker(syntax, schema, text).check();
}

} // namespace sockeye::filter
