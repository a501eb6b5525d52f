// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random_filter.h"

#include "protocol/filter/address.h"
#include "protocol/filter/schema.h"

namespace sockeye::plain {

namespace {

using Type = Value::Type;

class Writer {
public:
    explicit Writer(QRandomGenerator& random)
        : m_random(random)
    {
    }

    QString node(const Node& node)
    {
        switch (node.kind) {
        case '&':
            return operand(*node.left, node.left->kind == '|') + joint(u"&&", u"and")
                + operand(*node.right, node.right->kind == '|');
        case '|':
            return operand(*node.left, false) + joint(u"||", u"or") + operand(*node.right, false);
        case '!':
            return (coin() ? QString(u"!" + space()) : QStringLiteral("not "))
                + operand(*node.left, node.left->kind != 't');
        default:
            break;
        }
        QString text = side(node.leftSide);
        if (node.operation == u"in") {
            text += QStringLiteral(" in") + space() + u'{';
            for (const auto& [first, last] : node.set) {
                text += (text.endsWith(u'{') ? QString() : QStringLiteral(",")) + space() + literal(first)
                    + (last ? QString(u".." + literal(*last)) : QString());
            }
            text += u'}';
        } else if (node.operation == u"~") {
            text +=
                joint(u"~", u"matches") + (coin() ? QStringLiteral("r\"") : QStringLiteral("\"")) + node.pattern + u'"';
        } else if (!node.operation.isEmpty()) {
            text += joint(node.operation, node.operation) + side(node.rightSide);
        }
        return text;
    }

private:
    bool coin() { return m_random.bounded(2) == 0; }
    QString space() { return QString(m_random.bounded(3), u' '); }
    QString joint(QStringView sign, QStringView word)
    {
        const QString chosen = (coin() ? sign : word).toString();
        return chosen.front().isLetter() ? QString(u' ' + chosen + u' ' + space())
                                         : QString(space() + chosen + space());
    }
    QString operand(const Node& each, bool needsParentheses)
    {
        const QString text = node(each);
        return needsParentheses || m_random.bounded(4) == 0 ? QString(u'(' + space() + text + space() + u')') : text;
    }

    QString side(const Side& side)
    {
        QString text = side.selected ? QStringLiteral("$") : QString();
        text += side.field.isEmpty() ? literal(side.literal) : side.field;
        for (const Part& part : side.path) {
            text += !part.name.isNull() ? QString(u'.' + filter::nameInPath(part.name))
                : part.index            ? QString(u'[' + QString::number(*part.index) + u']')
                                        : QStringLiteral("[*]");
        }
        if (side.slice) {
            text +=
                u'[' + QString::number(side.slice->first) + u':' + space() + QString::number(side.slice->second) + u']';
        }
        for (const QString& function : side.functions) {
            text = function + space() + u'(' + space() + text + space() + u')';
        }
        return text;
    }

    QString literal(const Value& value)
    {
        switch (value.type) {
        case Type::Number:
            return number(value.number);
        case Type::Time:
            return coin() ? number(value.number)
                : coin()  ? QString(QString::number(value.number * 1'000) + space() + u"ms")
                          : QString(QString::number(value.number) + u's');
        case Type::Boolean:
            return value.number != 0 ? QStringLiteral("true") : QStringLiteral("false");
        case Type::Text:
            return text(QString::fromUtf8(value.bytes));
        case Type::Bytes:
            return bytes(value.bytes);
        default:
            break;
        }
        return QString::fromLatin1(filter::addressText(value.bytes))
            + (value.bits >= 0 ? QString(u'/' + QString::number(value.bits)) : QString());
    }
    QString number(double value)
    {
        const bool isWhole = value == double(qint64(value));
        return isWhole && value >= 0 && coin() ? QString(u"0x" + QString::number(qint64(value), 16))
            : isWhole && coin()                ? QString(QString::number(value) + u".0")
                                               : QString::number(value);
    }
    QString text(const QString& text)
    {
        QString out(u'"');
        for (const QChar c : text) {
            if (c == u'"' || c == u'\\') {
                out += u'\\';
                out += c;
            } else if (c == u'\n') {
                out += u"\\n";
            } else if (m_random.bounded(4) == 0) {
                out += u"\\u" + QString::number(c.unicode(), 16).rightJustified(4, u'0');
            } else {
                out += c;
            }
        }
        return out + u'"';
    }
    QString bytes(const QByteArray& bytes)
    {
        if (bytes.size() > 1 && coin()) {
            return QString::fromLatin1(bytes.toHex(':'));
        }
        QString out(u'"');
        for (const char byte : bytes) {
            out += u"\\x" + QString::number(uchar(byte), 16).rightJustified(2, u'0');
        }
        return out + u'"';
    }

    QRandomGenerator& m_random;
};

} // namespace

QString write(const Node& node, QRandomGenerator& random)
{
    return Writer(random).node(node);
}

} // namespace sockeye::plain
