// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/tree_maker.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

TreeItem::Role roleOf(const Attribute& what)
{
    return what.role == Attribute::Role::Parameter ? TreeItem::Role::Parameter
        : what.isInstance()                        ? TreeItem::Role::Instance
                                                   : TreeItem::Role::Field;
}

bool isShown(const Slot& slot)
{
    return slot.state != Slot::State::Absent && slot.state != Slot::State::Failed && !slot.value.isNothing();
}

} // namespace

int TreeMaker::append(const TreeItem& item)
{
    m_out->items.push_back(item);
    m_full = m_full || static_cast<qint64>(m_out->items.size()) >= m_run.mostFields();
    const int place = static_cast<int>(m_out->items.size()) - 1;
    m_out->items.back().end = place + 1;
    return place;
}

QByteArrayView TreeMaker::kept(QByteArray bytes)
{
    return m_out->kept.emplace_back(std::move(bytes));
}

/// The message is kept whole, once.
QByteArrayView TreeMaker::kept(const RangeValue& range)
{
    const ByteStream& from = m_run.heap.stream(range.stream);
    if (from.buffer >= 0) {
        const QByteArrayView all = kept(m_run.heap.buffers[static_cast<std::size_t>(from.buffer)]);
        return all.sliced(from.begin + range.offset, range.size);
    }
    if (!m_hasMessage) {
        m_out->kept.insert(m_out->kept.begin(), m_run.heap.message.toByteArray());
        m_hasMessage = true;
    }
    return QByteArrayView(m_out->kept.front()).sliced(from.begin + range.offset, range.size);
}

void TreeMaker::make(int root, Tree& out)
{
    m_out = &out;
    constexpr std::size_t few = 1'000;
    out.items.reserve(std::min(few, m_run.heap.slotStore.size() + 1));
    TreeItem item;
    item.role = TreeItem::Role::Root;
    item.offset = 0;
    item.size = out.size;
    structure(root, item);
}

void TreeMaker::structure(int object, TreeItem& item)
{
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    item.kind = TreeItem::Kind::Struct;
    item.isPartial = m_run.heap.object(object).next < spec.fieldEnd;
    item.type = &spec.label;
    const int place = append(item);
    constexpr std::size_t deepest = 200;
    if (m_open.size() < deepest) {
        m_open.push_back(object);
        for (int number = 0; number < spec.slotCount() && !m_full; ++number) {
            slot(object, number, place);
        }
        m_open.pop_back();
    }
    close(place);
}

bool TreeMaker::instanceIsThere(int object, int number)
{
    if (m_run.heap.slot(object, number).state == Slot::State::Empty && m_withInstances
        && m_run.halt.kind != Halt::Kind::Exhausted) {
        const Halt before = m_run.halt;
        m_run.halt = {};
        Value ignored;
        if (!m_decoder.field(object, number, ignored)) {
            (void)m_run.forgive();
        }
        if (m_run.halt.kind != Halt::Kind::Exhausted) {
            m_run.halt = before;
        }
    }
    return m_run.heap.slot(object, number).state == Slot::State::Done;
}

bool TreeMaker::isReference(int object, int number, int of) const
{
    const Object& value = m_run.heap.object(of);
    return value.owner != object || value.ownerSlot != number;
}

void TreeMaker::slot(int object, int number, int parent)
{
    const Attribute& what = m_run.heap.object(object).spec->at(number);
    if (what.isInstance() && !instanceIsThere(object, number)) {
        return;
    }
    const Slot& slot = m_run.heap.slot(object, number);
    if (!isShown(slot)) {
        return;
    }
    TreeItem item;
    item.role = roleOf(what);
    item.parent = parent;
    item.field = &what.label;
    if (slot.stream >= 0) {
        item.offset = m_run.heap.messageOffset(slot.stream, slot.begin);
        item.size = item.offset < 0 ? 0 : std::max<qint64>(0, slot.end - slot.begin);
    }
    const auto* inner = slot.value.as<ObjectValue>();
    if (inner != nullptr && isReference(object, number, inner->index)) {
        // The same object stands elsewhere, too: it is shown here once more, but neither inside itself nor with all
        // that it refers to in turn.
        const bool isOpen = std::find(m_open.begin(), m_open.end(), inner->index) != m_open.end();
        if (m_inReference || isOpen) {
            return;
        }
        m_inReference = true;
        value(what, Slot(slot), item);
        m_inReference = false;
        return;
    }
    const bool mayGrow =
        inner != nullptr || slot.value.as<ItemsValue>() != nullptr || slot.value.as<ListValue>() != nullptr;
    if (mayGrow) {
        value(what, Slot(slot), item); // what lies in it may move the slots
    } else {
        value(what, slot, item);
    }
}

void TreeMaker::array(const Attribute& what, const Slot& slot, TreeItem& item)
{
    item.kind = TreeItem::Kind::Array;
    item.isPartial = slot.state == Slot::State::Reading;
    const TreeItem::Role role = item.role;
    const int place = append(item);
    const int index = slot.value.as<ItemsValue>()->index;
    for (std::size_t i = 0; i < m_run.heap.array(index).items.size() && !m_full; ++i) {
        const Slot element = m_run.heap.array(index).items[i];
        TreeItem one;
        one.role = role;
        one.parent = place;
        one.index = static_cast<int>(i);
        one.field = &what.label;
        one.offset = m_run.heap.messageOffset(element.stream, element.begin);
        one.size = one.offset < 0 ? 0 : std::max<qint64>(0, element.end - element.begin);
        if (isShown(element)) {
            value(what, element, one);
        }
    }
    close(place);
}

void TreeMaker::list(const Attribute& what, const ListValue& values, TreeItem& item)
{
    item.kind = TreeItem::Kind::Array;
    const TreeItem::Role role = item.role;
    const int place = append(item);
    for (std::size_t i = 0; i < values->size() && !m_full; ++i) {
        Slot element;
        element.value = (*values)[i];
        TreeItem one;
        one.role = role;
        one.parent = place;
        one.index = static_cast<int>(i);
        one.field = &what.label;
        const auto* inner = element.value.as<ObjectValue>();
        const bool isOpen = inner != nullptr && std::find(m_open.begin(), m_open.end(), inner->index) != m_open.end();
        if (!isOpen) {
            const bool before = m_inReference;
            m_inReference = m_inReference || inner != nullptr;
            value(what, element, one);
            m_inReference = before;
        }
    }
    close(place);
}

void TreeMaker::value(const Attribute& what, const Slot& slot, TreeItem& item)
{
    item.type = slot.reading == nullptr ? nullptr : &slot.reading->label;
    if (const auto* object = slot.value.as<ObjectValue>()) {
        if (item.offset < 0 && slot.stream < 0) {
            const Object& shown = m_run.heap.object(object->index);
            const bool isRead = shown.next >= shown.spec->fieldEnd && m_run.heap.stream(shown.stream).buffer < 0;
            item.offset = isRead ? m_run.heap.messageOffset(shown.stream, shown.begin) : -1;
        }
        structure(object->index, item);
        return;
    }
    if (slot.value.as<ItemsValue>() != nullptr) {
        array(what, slot, item);
        return;
    }
    if (const auto* values = slot.value.as<ListValue>()) {
        list(what, *values, item);
        return;
    }
    if (const auto* integer = slot.value.as<Integer>()) {
        item.kind = TreeItem::Kind::Integer;
        item.integer = integer->bits();
        item.isNegative = integer->isNegative();
        const Type& type = what.type.kind == Type::Kind::Array ? *what.type.element : what.type;
        if (type.enumeration != nullptr) {
            item.text = type.enumeration->nameOf(*integer); // the description's
        }
    } else if (const auto* number = slot.value.as<double>()) {
        item.kind = TreeItem::Kind::Float;
        item.setNumber(*number);
    } else if (const auto* flag = slot.value.as<bool>()) {
        item.kind = TreeItem::Kind::Boolean;
        item.boolean = *flag;
    } else if (const auto* text = slot.value.as<TextValue>()) {
        item.kind = TreeItem::Kind::Text;
        item.text = kept(text->utf8);
    } else if (const auto* bytes = slot.value.as<BytesValue>()) {
        item.kind = TreeItem::Kind::Bytes;
        item.text = kept(bytes->bytes);
    } else if (const auto* range = slot.value.as<RangeValue>()) {
        item.kind = TreeItem::Kind::Bytes;
        item.text = kept(*range);
    } else {
        return; // a stream is nothing that could be shown
    }
    (void)append(item);
}

} // namespace sockeye::kaitai
