// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/tree_fields.h"

namespace sockeye::filter {

namespace {

using kaitai::TreeItem;
using ItemKind = kaitai::TreeItem::Kind;

} // namespace

class TreeFields::Search {
public:
    Search(const kaitai::Tree& tree, const Path& path, ValueSink& sink)
        : m_items(tree.items)
        , m_path(path)
        , m_sink(sink)
    {
    }

    bool walk(int place, std::size_t step)
    {
        if (step == m_path.size()) {
            tell(valueOf(place), true);
            return true;
        }
        const Step& wanted = m_path[step];
        const ItemKind kind = at(place).kind;
        if (wanted.kind == Step::Kind::Name) {
            const int found = kind == ItemKind::Struct
                ? childWhere(place, [&](const TreeItem& item, qint64) { return item.id() == wanted.name; })
                : -1;
            return found >= 0 && walk(found, step + 1);
        }
        const bool isString = kind == ItemKind::Text || kind == ItemKind::Bytes;
        if (wanted.kind == Step::Kind::Index && isString && step + 1 == m_path.size()) {
            tell(valueOf(place), false);
            return true;
        }
        if (kind != ItemKind::Array) {
            return false;
        }
        if (wanted.kind == Step::Kind::Each) {
            static_cast<void>(childWhere(place, [&](const TreeItem& item, qint64) {
                if (!walk(static_cast<int>(&item - m_items.data()), step + 1)) {
                    tell({}, true);
                }
                return !m_goesOn;
            }));
            return true;
        }
        const qint64 index = wanted.index + (wanted.index < 0 ? countOf(place) : 0);
        const int found = childWhere(place, [&](const TreeItem&, qint64 number) { return number == index; });
        return found >= 0 && walk(found, step + 1);
    }

private:
    [[nodiscard]] const TreeItem& at(int place) const { return m_items[static_cast<std::size_t>(place)]; }
    void tell(const Value& value, bool isWhole) { m_goesOn = m_sink.value(value, isWhole); }

    /// The first child for which `isIt`, which gets its number too; -1 if there is none.
    template <typename IsIt> int childWhere(int place, IsIt isIt) const
    {
        qint64 number = 0;
        for (int child = place + 1; child < at(place).end; child = at(child).end) {
            if (isIt(at(child), number++)) {
                return child;
            }
        }
        return -1;
    }
    [[nodiscard]] qint64 countOf(int place) const
    {
        qint64 count = 0;
        static_cast<void>(childWhere(place, [&count](const TreeItem&, qint64) {
            ++count;
            return false;
        }));
        return count;
    }

    [[nodiscard]] Value valueOf(int place) const
    {
        const TreeItem& item = at(place);
        switch (item.kind) {
        case ItemKind::Struct:
            return Value::object(countOf(place));
        case ItemKind::Array:
            return Value::list(countOf(place));
        case ItemKind::Integer: {
            Value value = item.isNegative ? Value::number(static_cast<qint64>(item.integer))
                                          : Value::unsignedNumber(item.integer);
            value.view = item.text;
            return value;
        }
        case ItemKind::Float:
            return Value::realNumber(item.number());
        case ItemKind::Boolean:
            return Value::boolean(item.boolean);
        case ItemKind::Text:
            return Value::text(item.text);
        case ItemKind::Bytes:
            break;
        }
        return Value::bytes(item.text);
    }

    const std::vector<TreeItem>& m_items;
    const Path& m_path;
    ValueSink& m_sink;
    bool m_goesOn = true;
};

bool TreeFields::find(const Path& path, Storage&, ValueSink& sink) const
{
    return !m_tree.items.empty() && Search(m_tree, path, sink).walk(0, 0);
}

} // namespace sockeye::filter
