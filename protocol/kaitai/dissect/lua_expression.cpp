// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/dissect/lua_expression.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/model/type_spec.h"
#include "protocol/text/lua_text.h"

#include <cmath>

namespace sockeye::kaitai {

namespace {

constexpr quint64 exactInLua = quint64(1) << 53;

/// Writes one node after the other; operands come first.
class LuaExpression {
public:
    LuaExpression(const Expression& expression, LuaGaps& gaps)
        : m_expression(expression)
        , m_gaps(gaps)
    {
    }

    QByteArray write() { return at(m_expression.root()); }

private:
    [[nodiscard]] const ExpressionNode& nodeAt(int place) const
    {
        return m_expression.nodes[static_cast<std::size_t>(place)];
    }
    [[nodiscard]] const Type& typeAt(int place) const { return nodeAt(place).type; }
    QByteArray objectOf(const ExpressionNode& node) { return node.a < 0 ? QByteArray("o") : at(node.a); }

    QByteArray call(const char* function, const QByteArray& a, const QByteArray& b = {})
    {
        return QByteArray(function) + '(' + a + (b.isNull() ? QByteArray() : QByteArray(", " + b)) + ')';
    }
    QByteArray call(const char* function, const ExpressionNode& node)
    {
        const QByteArray a = at(node.a);
        return call(function, a, at(node.b));
    }
    QByteArray infix(const char* sign, const ExpressionNode& node)
    {
        const QByteArray a = at(node.a);
        return '(' + a + ' ' + sign + ' ' + at(node.b) + ')';
    }
    QByteArray compared(const char* sign, const ExpressionNode& node)
    {
        return '(' + call("order_of", node) + ' ' + sign + " 0)";
    }

    QByteArray integer(const Integer& value)
    {
        const QByteArray text = value.toText();
        if (std::abs(value.toDouble()) > double(exactInLua)) {
            m_gaps.add(tr("Numbers beyond 2⁵³ in expressions are rounded, such as %1.").arg(QString::fromLatin1(text)));
        }
        return value.isNegative() ? '(' + text + ')' : text;
    }

    /// What Lua says with if: a chain of them in one function, that evaluates no more than it needs.
    QByteArray ternary(const ExpressionNode& node)
    {
        QByteArray out = "(function() if ";
        const ExpressionNode* link = &node;
        while (true) {
            out += at(link->a) + " then return " + at(link->b);
            const ExpressionNode& other = nodeAt(link->c);
            if (other.op != Op::Ternary) {
                return out + " else return " + at(link->c) + " end end)()";
            }
            out += " elseif ";
            link = &other;
        }
    }

    QByteArray list(const ExpressionNode& node)
    {
        QByteArray elements;
        for (const int each : node.list) {
            elements += ", " + at(each);
        }
        const QByteArray made = "list_of(" + QByteArray::number(static_cast<qint64>(node.list.size())) + elements + ')';
        return node.type.kind == TypeKind::Bytes ? call("bytes_of", made) : made;
    }

    QByteArray fstring(const ExpressionNode& node)
    {
        QByteArray out = "(\"\"";
        for (const int part : node.list) {
            const EnumSpec* names = typeAt(part).enumeration;
            const QByteArray text = at(part);
            out += " .. "
                + (typeAt(part).kind == TypeKind::Text ? text
                        : names != nullptr             ? call("said", text, luaNames(*names))
                                                       : call("said", text));
        }
        return out + ')';
    }

    QByteArray method(const ExpressionNode& node)
    {
        QByteArray a = at(node.a);
        switch (node.method) {
        case Method::None:
        case Method::EnumToInteger:
            return a;
        case Method::BooleanToInteger:
            return '(' + a + " and 1 or 0)";
        case Method::FloatToInteger:
            return call("math.floor", a);
        case Method::IntegerToText:
            return call("whole", a);
        case Method::FloatToText:
            return call("string.format", "\"%.17g\"", a);
        case Method::TextLength:
            return call("text_length", a);
        case Method::TextReverse:
            return call("text_reverse", a);
        case Method::TextSubstring:
            return "text_part(" + a + ", " + at(node.list.front()) + ", " + at(node.list.back()) + ')';
        case Method::TextToInteger:
            return node.list.empty() ? call("text_number", a) : call("text_number", a, at(node.list.front()));
        case Method::BytesToText: {
            const QByteArray decoder = luaDecoder(nodeAt(node.list.front()).text);
            if (decoder.isEmpty()) {
                m_gaps.add(tr("Texts in %1 are not decoded.").arg(QString::fromUtf8(nodeAt(node.list.front()).text)));
            }
            return decoder.isEmpty() ? a : QByteArray("DECODERS[" + luaText(decoder) + "](" + a + ')');
        }
        case Method::BytesSize:
        case Method::ArraySize:
            return call("size_of", a);
        case Method::BytesFirst:
        case Method::ArrayFirst:
            return call("at", a, "0");
        case Method::BytesLast:
        case Method::ArrayLast:
            return "(function() local l = " + a + " return at(l, size_of(l) - 1) end)()";
        case Method::BytesMin:
        case Method::ArrayMin:
            return call("extreme", a, "-1");
        case Method::BytesMax:
        case Method::ArrayMax:
            return call("extreme", a, "1");
        case Method::StreamSize:
            return '(' + a + ").n";
        case Method::StreamPosition:
            return '(' + a + ").pos";
        case Method::StreamEnd:
            return call("the_end", a);
        }
        return a;
    }

    QByteArray cast(const ExpressionNode& node)
    {
        const QByteArray a = at(node.a);
        if (node.type.kind == TypeKind::Bytes && typeAt(node.a).kind == TypeKind::Array) {
            return call("bytes_of", a);
        }
        return node.type.kind == TypeKind::Struct && node.type.spec != nullptr
            ? call("as", a, luaText(luaTypeName(*node.type.spec)))
            : a;
    }

    QByteArray at(int place)
    {
        const ExpressionNode& node = nodeAt(place);
        const bool isWhole = node.type.kind != TypeKind::Float;
        switch (node.op) {
        case Op::Integer:
        case Op::EnumMember:
            return integer(node.integer);
        case Op::Float:
            return QByteArray::number(node.number, 'g', 17);
        case Op::Text:
        case Op::Bytes:
            return luaText(node.text);
        case Op::Boolean:
            return node.flag ? "true" : "false";
        case Op::Field:
            return call("F", objectOf(node), luaText(node.text.isEmpty() ? slotId(node) : node.text));
        case Op::Root:
            return call("R", objectOf(node));
        case Op::Parent:
            return call("P", objectOf(node));
        case Op::Stream:
            return '(' + objectOf(node) + ").io";
        case Op::Index:
            return "ix";
        case Op::Item:
            return "it";
        case Op::This:
            return "o";
        case Op::Method:
            return method(node);
        case Op::List:
            return list(node);
        case Op::FString:
            return fstring(node);
        case Op::Subscript:
            return call("at", node);
        case Op::Cast:
            return cast(node);
        case Op::Negate:
            return "(-" + at(node.a) + ')';
        case Op::Invert:
            return "(-" + at(node.a) + " - 1)";
        case Op::Not:
            return "(not " + at(node.a) + ')';
        case Op::Add:
            return infix(node.type.kind == TypeKind::Text ? ".." : "+", node);
        case Op::Subtract:
            return infix("-", node);
        case Op::Multiply:
            return infix("*", node);
        case Op::Divide:
            return isWhole ? call("D", node) : infix("/", node);
        case Op::Modulo:
            return call("M", node);
        case Op::ShiftLeft:
            return infix("* 2 ^", node);
        case Op::ShiftRight: {
            const QByteArray a = at(node.a);
            return "math.floor(" + a + " / 2 ^ " + at(node.b) + ')';
        }
        case Op::BitAnd:
            return call("AND", node);
        case Op::BitOr:
            return call("OR", node);
        case Op::BitXor:
            return call("XOR", node);
        case Op::Equal:
            return infix("==", node);
        case Op::NotEqual:
            return infix("~=", node);
        case Op::Less:
            return compared("<", node);
        case Op::LessEqual:
            return compared("<=", node);
        case Op::Greater:
            return compared(">", node);
        case Op::GreaterEqual:
            return compared(">=", node);
        case Op::And:
            return infix("and", node);
        case Op::Or:
            return infix("or", node);
        case Op::Ternary:
            return ternary(node);
        case Op::Name:
        case Op::Dot:
        case Op::Call:
        case Op::SizeOfType:
            break; // checking has turned them into others
        }
        return "nil";
    }

    static QByteArray slotId(const ExpressionNode& node)
    {
        return node.spec == nullptr ? QByteArray() : node.spec->at(node.slot).id;
    }

    const Expression& m_expression;
    LuaGaps& m_gaps;
};

} // namespace

void LuaGaps::add(const QString& sentence)
{
    constexpr qsizetype most = 100;
    if (m_sentences.size() < most && !m_sentences.contains(sentence)) {
        m_sentences.append(sentence);
    }
}

QByteArray luaExpression(const Expression& expression, LuaGaps& gaps)
{
    return LuaExpression(expression, gaps).write();
}

QByteArray luaNames(const EnumSpec& names)
{
    QByteArray out = "{ ";
    for (const auto& [name, value] : names.order) {
        out += '[' + value.toText() + "] = " + luaText(name) + ", ";
    }
    return out + '}';
}

QByteArray luaTypeName(const TypeSpec& type)
{
    return type.up == nullptr ? type.name : QByteArray(luaTypeName(*type.up) + '.' + type.name);
}

QByteArray luaDecoder(QByteArrayView encoding)
{
    const QByteArray name = encoding.toByteArray().toLower().replace("_", "-");
    if (name == "utf-8" || name == "utf8" || name == "ascii" || name == "us-ascii") {
        return "utf-8";
    }
    if (name == "iso-8859-1" || name == "iso8859-1" || name == "latin1") {
        return "latin1";
    }
    return name == "utf-16le" || name == "utf-16be" ? name : QByteArray();
}

} // namespace sockeye::kaitai
