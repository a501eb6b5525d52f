// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/described_words.h"

#include "protocol/kaitai/tree_text.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

using kaitai::Tree;
using kaitai::TreeItem;

constexpr qsizetype shownBytes = 16;
constexpr int fieldsInLine = 8;

const TreeItem& at(const Tree& tree, int place)
{
    return tree.items[static_cast<std::size_t>(place)];
}

bool isScalar(const TreeItem& item)
{
    return item.kind != TreeItem::Kind::Struct && item.kind != TreeItem::Kind::Array;
}

QString integerOf(const TreeItem& item)
{
    const QString digits =
        item.isNegative ? QString::number(static_cast<qint64>(item.integer)) : QString::number(item.integer);
    if (!item.text.isEmpty()) {
        return u"%1 (%2)"_qs.arg(QString::fromUtf8(item.text), digits);
    }
    return item.isNegative || item.integer < 10 ? digits
                                                : u"%1 (0x%2)"_qs.arg(digits, QString::number(item.integer, 16));
}

QString cut(const QString& text, qsizetype maxChars)
{
    return text.size() > maxChars ? QString(QStringView(text).left(maxChars - 1) % u"…") : text;
}

/// A value as it stands in a line beside others.
QString brief(const TreeItem& item)
{
    constexpr qsizetype briefChars = 40;
    if (item.kind == TreeItem::Kind::Integer && item.show().isEmpty()) {
        return item.text.isEmpty() ? QString::fromLatin1(scalarText(item)) : QString::fromUtf8(item.text);
    }
    return valueOf(item, briefChars);
}

} // namespace

QString valueOf(const TreeItem& item, qsizetype maxChars)
{
    QString shown = kaitai::shownAs(item, maxChars);
    if (!shown.isEmpty()) {
        return shown;
    }
    switch (item.kind) {
    case TreeItem::Kind::Struct:
    case TreeItem::Kind::Array:
        return {};
    case TreeItem::Kind::Integer:
        return integerOf(item);
    case TreeItem::Kind::Float:
    case TreeItem::Kind::Boolean:
        return QString::fromLatin1(scalarText(item));
    case TreeItem::Kind::Text: {
        const QByteArrayView utf8 = item.text.first(std::min(item.text.size(), 4 * maxChars));
        return cut(QString(u'"' % visibleText(QString::fromUtf8(utf8)) % u'"'), maxChars);
    }
    case TreeItem::Kind::Bytes: {
        const QByteArray first = item.text.first(std::min(item.text.size(), shownBytes)).toByteArray();
        return QString(QString::fromLatin1(first.toHex(' ')) % (item.text.size() > first.size() ? u" …" : u""));
    }
    }
    return {};
}

QString lineAbout(const Tree& tree, qsizetype maxChars)
{
    if (!tree.summary.isEmpty()) {
        return visibleText(tree.summary, maxChars);
    }
    QStringList parts;
    qsizetype length = 0;
    for (std::size_t i = 1; i < tree.items.size() && parts.size() < fieldsInLine && length < maxChars;) {
        const TreeItem& item = tree.items[i];
        if (item.kind == TreeItem::Kind::Struct) {
            ++i; // its fields, with their own names
            continue;
        }
        if (item.kind == TreeItem::Kind::Array) {
            int elements = 0;
            for (int each = static_cast<int>(i) + 1; each < item.end; each = at(tree, each).end) {
                ++elements;
            }
            parts.append(QString(QString::fromUtf8(item.id()) % u'[' % QString::number(elements) % u']'));
            i = static_cast<std::size_t>(item.end);
        } else {
            if (item.role != TreeItem::Role::Parameter) {
                parts.append(QString(QString::fromUtf8(item.id()) % u" = " % brief(item)));
            }
            ++i;
        }
        length += parts.isEmpty() ? 0 : parts.constLast().size() + 2;
    }
    return visibleText(parts.join(u", "), maxChars);
}

QString computedValues(const Tree& tree, int place, qsizetype maxChars)
{
    QStringList parts;
    const int end = at(tree, place).end;
    for (int child = place + 1; child < end && parts.size() < fieldsInLine; child = at(tree, child).end) {
        const TreeItem& item = at(tree, child);
        if (item.role == TreeItem::Role::Instance && isScalar(item)) {
            parts.append(QString(QString::fromUtf8(item.id()) % u" = " % brief(item)));
        }
    }
    return cut(parts.join(u", "), maxChars);
}

} // namespace sockeye
