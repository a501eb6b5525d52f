// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/tree_text.h"

#include "protocol/content/views/content_view.h"
#include "protocol/json/json_writer.h"
#include "protocol/text/visible_text.h"

namespace sockeye::kaitai {

namespace {

QByteArray integerText(const TreeItem& item)
{
    return item.isNegative ? QByteArray::number(static_cast<qint64>(item.integer)) : QByteArray::number(item.integer);
}

/// Walks over the items with a stack of what is open instead of recursion.
class JsonTree {
public:
    explicit JsonTree(const Tree& tree)
        : m_tree(tree)
        , m_json(m_out)
    {
    }

    QByteArray write()
    {
        for (std::size_t i = 0; i < m_tree.items.size(); ++i) {
            closeBefore(i);
            item(static_cast<int>(i), m_tree.items[i]);
        }
        while (m_open.size() > 1) {
            close();
        }
        if (!m_tree.unshown.empty()) {
            m_json.key("-unshown").beginObject();
            for (const auto& [path, bytes] : m_tree.unshown) {
                m_json.key(path).string(QByteArrayView(bytes.toHex()));
            }
            m_json.endObject();
        }
        if (!m_open.empty()) {
            close();
        }
        return m_out;
    }

private:
    void closeBefore(std::size_t place)
    {
        while (!m_open.empty() && static_cast<std::size_t>(at(m_open.back()).end) <= place) {
            close();
        }
    }
    void close()
    {
        at(m_open.back()).kind == TreeItem::Kind::Struct ? m_json.endObject() : m_json.endArray();
        m_open.pop_back();
    }
    [[nodiscard]] const TreeItem& at(int place) const { return m_tree.items[static_cast<std::size_t>(place)]; }

    void item(int place, const TreeItem& item)
    {
        if (item.parent >= 0 && at(item.parent).kind == TreeItem::Kind::Struct) {
            m_json.key(item.id());
        }
        switch (item.kind) {
        case TreeItem::Kind::Struct:
            m_json.beginObject();
            m_open.push_back(place);
            break;
        case TreeItem::Kind::Array:
            m_json.beginArray();
            m_open.push_back(place);
            break;
        case TreeItem::Kind::Integer:
            item.text.isEmpty() ? m_json.raw(integerText(item)) : m_json.string(item.text);
            break;
        case TreeItem::Kind::Float:
            m_json.number(item.number());
            break;
        case TreeItem::Kind::Boolean:
            m_json.boolean(item.boolean);
            break;
        case TreeItem::Kind::Text:
            m_json.string(item.text);
            break;
        case TreeItem::Kind::Bytes:
            m_json.string(QByteArrayView(item.text.toByteArray().toHex()));
            break;
        }
    }

    const Tree& m_tree;
    QByteArray m_out;
    json::Writer m_json;
    std::vector<int> m_open;
};

QByteArray shownValue(const TreeItem& item)
{
    constexpr qsizetype mostBytes = 32;
    constexpr qsizetype mostChars = 200;
    const QString shown = shownAs(item, mostChars);
    if (!shown.isEmpty()) {
        return shown.toUtf8();
    }
    switch (item.kind) {
    case TreeItem::Kind::Struct:
    case TreeItem::Kind::Array:
        return item.typeName();
    case TreeItem::Kind::Integer:
        return item.text.isEmpty() ? integerText(item)
                                   : QByteArray(item.text.toByteArray() + " (" + integerText(item) + ')');
    case TreeItem::Kind::Float:
    case TreeItem::Kind::Boolean:
        return scalarText(item);
    case TreeItem::Kind::Text:
        return '"' + visibleText(QString::fromUtf8(item.text)).toUtf8() + '"';
    case TreeItem::Kind::Bytes:
        return item.text.first(qMin(item.text.size(), mostBytes)).toByteArray().toHex(' ')
            + (item.text.size() > mostBytes ? " …" : "");
    }
    return {};
}

} // namespace

QString shownAs(const TreeItem& item, qsizetype maxChars)
{
    if (item.show().isEmpty()) {
        return {};
    }
    if (item.kind == TreeItem::Kind::Bytes || item.kind == TreeItem::Kind::Text) {
        return contentLine(QString::fromLatin1(item.show()), item.text, maxChars);
    }
    if (item.kind != TreeItem::Kind::Integer || (item.isNegative && item.show() != "hex")) {
        return {};
    }
    if (item.show() == "hex") {
        const QString hex = u"0x" % QString::number(item.integer, 16);
        return item.text.isEmpty() ? hex : u"%1 (%2)"_qs.arg(QString::fromUtf8(item.text), hex);
    }
    const QString time = item.show() == "time" ? timeOfNumber(item.integer) : QString();
    return time.isEmpty() ? QString() : u"%1 (%2)"_qs.arg(time, QString::number(item.integer));
}

QByteArray toJson(const Tree& tree)
{
    return JsonTree(tree).write();
}

QByteArray toText(const Tree& tree)
{
    QByteArray out;
    std::vector<int> depths(tree.items.size());
    for (std::size_t i = 1; i < tree.items.size(); ++i) {
        const TreeItem& item = tree.items[i];
        const int depth = item.parent <= 0 ? 0 : depths[static_cast<std::size_t>(item.parent)] + 1;
        depths[i] = depth;
        const QByteArray place =
            item.offset < 0 ? QByteArray() : QByteArray::number(item.offset, 16).rightJustified(6, '0');
        out += place.leftJustified(8, ' ') + QByteArray(2 * depth, ' ');
        out += item.index >= 0 ? QByteArray('[' + QByteArray::number(item.index) + ']') : item.id();
        const QByteArray value = shownValue(item);
        out += (value.isEmpty() ? QByteArray() : QByteArray(": " + value)) + '\n';
    }
    return out;
}

} // namespace sockeye::kaitai
