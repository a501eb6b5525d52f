// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/tree.h"

#include "protocol/kaitai/base/words.h"

#include <QLocale>

namespace sockeye::kaitai {

namespace {

const QByteArray& noName()
{
    static const QByteArray none;
    return none;
}

} // namespace

const QByteArray& TreeItem::id() const
{
    return field == nullptr ? noName() : field->name;
}

const QByteArray& TreeItem::typeName() const
{
    return type == nullptr ? noName() : type->name;
}

const QByteArray& TreeItem::show() const
{
    if (field != nullptr && !field->show.isEmpty()) {
        return field->show;
    }
    return type == nullptr ? noName() : type->show;
}

int Tree::find(QByteArrayView path) const
{
    if (items.empty()) {
        return -1;
    }
    int at = 0;
    qsizetype from = 0;
    while (from < path.size()) {
        const bool isIndex = path[from] == '[';
        qsizetype to = from + (isIndex || path[from] == '.' ? 1 : 0);
        const qsizetype begin = to;
        while (to < path.size() && path[to] != '.' && path[to] != '[' && path[to] != ']') {
            ++to;
        }
        const QByteArrayView part = path.sliced(begin, to - begin);
        int found = -1;
        const int end = items[static_cast<std::size_t>(at)].end;
        for (int child = at + 1; child < end; child = items[static_cast<std::size_t>(child)].end) {
            const TreeItem& item = items[static_cast<std::size_t>(child)];
            if (isIndex ? item.index == part.toLongLong() : item.index < 0 && item.id() == part) {
                found = child;
                break;
            }
        }
        if (found < 0) {
            return -1;
        }
        at = found;
        from = isIndex ? to + 1 : to;
    }
    return at;
}

QByteArray Tree::pathOf(int item) const
{
    QByteArray out;
    for (int at = item; at > 0; at = items[static_cast<std::size_t>(at)].parent) {
        const TreeItem& part = items[static_cast<std::size_t>(at)];
        if (part.index >= 0) {
            const bool isLast = out.isEmpty() || out.startsWith('[');
            out.prepend('[' + QByteArray::number(part.index) + (isLast ? "]" : "]."));
        } else {
            const bool isLast = out.isEmpty() || out.startsWith('[');
            out.prepend(isLast ? part.id() : QByteArray(part.id() + '.'));
        }
    }
    return out;
}

QByteArray scalarText(const TreeItem& item)
{
    switch (item.kind) {
    case TreeItem::Kind::Struct:
    case TreeItem::Kind::Array:
        break;
    case TreeItem::Kind::Integer:
        return !item.text.isEmpty() ? item.text.toByteArray()
            : item.isNegative       ? QByteArray::number(static_cast<qint64>(item.integer))
                                    : QByteArray::number(item.integer);
    case TreeItem::Kind::Float:
        return QByteArray::number(item.number(), 'g', QLocale::FloatingPointShortest);
    case TreeItem::Kind::Boolean:
        return item.boolean ? "true" : "false";
    case TreeItem::Kind::Text:
        return item.text.toByteArray();
    case TreeItem::Kind::Bytes:
        return item.text.toByteArray().toHex();
    }
    return {};
}

QString describe(const TreeFault& fault)
{
    const QString where = fault.offset < 0 ? QString() : tr("byte %1").arg(fault.offset);
    const QString path = QString::fromUtf8(fault.path);
    const QString both = path.isEmpty() || where.isEmpty() ? QString(path + where) : tr("%1, %2").arg(path, where);
    return both.isEmpty() ? fault.text : tr("%1: %2").arg(both, fault.text);
}

} // namespace sockeye::kaitai
