// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/tree_maker.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

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

TreeItem& TreeMaker::append(const Attribute* what, const Slot& slot, int parent)
{
    TreeItem& item = m_out->items.emplace_back();
    item.parent = parent;
    item.end = static_cast<int>(m_out->items.size());
    m_full = m_full || item.end >= m_most;
    if (what != nullptr) {
        item.role = roleOf(*what);
        item.field = &what->label;
    }
    if (slot.reading != nullptr) {
        item.type = &slot.reading->label;
    }
    item.offset = m_run.heap.messageOffset(slot.stream, slot.begin);
    if (item.offset >= 0) {
        item.size = std::max<qint64>(0, slot.end - slot.begin);
    }
    return item;
}

QByteArrayView TreeMaker::keptMessage()
{
    if (m_out->message.isNull()) {
        m_out->message = m_run.heap.message.toByteArray();
    }
    return m_out->message;
}

/// What points into the message does so again, into the tree's own.
QByteArrayView TreeMaker::kept(const QByteArray& bytes)
{
    const QByteArrayView message = m_run.heap.message;
    const char* const begin = bytes.constData();
    const bool isInside =
        !std::less<>()(begin, message.data()) && std::less<>()(begin, message.data() + message.size());
    return bytes.isEmpty() ? QByteArrayView("")
        : isInside         ? keptMessage().sliced(begin - message.data(), bytes.size())
                           : QByteArrayView(m_out->kept.emplace_back(bytes));
}

QByteArrayView TreeMaker::kept(const RangeValue& range)
{
    const ByteStream& from = m_run.heap.stream(range.stream);
    const QByteArrayView all =
        from.buffer < 0 ? keptMessage() : kept(m_run.heap.buffers[static_cast<std::size_t>(from.buffer)]);
    return range.size == 0 ? QByteArrayView("") : all.sliced(from.begin + range.offset, range.size);
}

void TreeMaker::make(int root, Tree& out)
{
    m_out = &out;
    m_most = m_run.mostFields();
    std::size_t count = m_run.heap.slotStore.size() + 1;
    for (const Array& array : m_run.heap.arrays) {
        count += array.items.size();
    }
    out.items.reserve(count);
    TreeItem& item = append(nullptr, {}, -1);
    item.role = TreeItem::Role::Root;
    item.offset = 0;
    item.size = out.size;
    structure(root, item);
}

/// `item` is the last one.
void TreeMaker::structure(int object, TreeItem& item)
{
    const TypeSpec& spec = *m_run.heap.object(object).spec;
    item.kind = TreeItem::Kind::Struct;
    item.isPartial = m_run.heap.object(object).next < spec.fieldEnd;
    item.type = &spec.label;
    const int place = item.end - 1;
    constexpr qsizetype deepest = 200;
    if (m_open.size() < deepest) {
        m_open.push_back(object);
        for (int number = 0; number < spec.slotCount() && !m_full; ++number) {
            slot(spec.at(number), object, number, place);
        }
        m_open.pop_back();
    }
    close(place);
}

bool TreeMaker::instanceIsThere(int object, int number)
{
    if (m_run.heap.slot(object, number).state == Slot::State::Empty && m_withInstances
        && m_run.halt.kind != Halt::Kind::Exhausted) {
        std::optional<Halt> before;
        if (m_run.halt.kind != Halt::Kind::None) {
            before = std::exchange(m_run.halt, {});
        }
        Value ignored;
        if (!m_decoder.field(object, number, ignored)) {
            (void)m_run.forgive();
        }
        if (before && m_run.halt.kind != Halt::Kind::Exhausted) {
            m_run.halt = std::move(*before);
        }
    }
    return m_run.heap.slot(object, number).state == Slot::State::Done;
}

bool TreeMaker::isReference(int object, int number, int of) const
{
    const Object& value = m_run.heap.object(of);
    return value.owner != object || value.ownerSlot != number;
}

void TreeMaker::slot(const Attribute& what, int object, int number, int parent)
{
    if (what.isInstance() && !instanceIsThere(object, number)) {
        return;
    }
    const Slot& slot = m_run.heap.slot(object, number);
    if (!isShown(slot)) {
        return;
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
        value(what, slot, parent, -1);
        m_inReference = false;
        return;
    }
    value(what, slot, parent, -1);
}

void TreeMaker::array(const Attribute& what, int array, TreeItem& item)
{
    item.kind = TreeItem::Kind::Array;
    const int place = item.end - 1;
    for (std::size_t i = 0; i < m_run.heap.array(array).items.size() && !m_full; ++i) {
        const Slot& element = m_run.heap.array(array).items[i];
        if (isShown(element)) {
            value(what, element, place, static_cast<int>(i));
        }
    }
    close(place);
}

void TreeMaker::list(const Attribute& what, const ListValue& values, TreeItem& item)
{
    item.kind = TreeItem::Kind::Array;
    const int place = item.end - 1;
    for (std::size_t i = 0; i < values->size() && !m_full; ++i) {
        Slot element;
        element.value = (*values)[i];
        const auto* inner = element.value.as<ObjectValue>();
        const bool isOpen = inner != nullptr && std::find(m_open.begin(), m_open.end(), inner->index) != m_open.end();
        if (!isOpen) {
            const bool before = m_inReference;
            m_inReference = m_inReference || inner != nullptr;
            value(what, element, place, static_cast<int>(i));
            m_inReference = before;
        }
    }
    close(place);
}

/// What lies in the value may move the slots: the slot is asked only before.
void TreeMaker::value(const Attribute& what, const Slot& slot, int parent, int index)
{
    const Value& value = slot.value;
    if (value.as<StreamValue>() != nullptr) {
        return; // nothing that could be shown
    }
    TreeItem& item = append(&what, slot, parent);
    item.index = index;
    if (const auto* integer = value.as<Integer>()) {
        item.kind = TreeItem::Kind::Integer;
        item.integer = integer->bits();
        item.isNegative = integer->isNegative();
        const Type& type = what.type.kind == Type::Kind::Array ? *what.type.element : what.type;
        if (type.enumeration != nullptr) {
            item.text = type.enumeration->nameOf(*integer); // the description's
        }
    } else if (const auto* number = value.as<double>()) {
        item.kind = TreeItem::Kind::Float;
        item.setNumber(*number);
    } else if (const auto* flag = value.as<bool>()) {
        item.kind = TreeItem::Kind::Boolean;
        item.boolean = *flag;
    } else if (const auto* text = value.as<TextValue>()) {
        item.kind = TreeItem::Kind::Text;
        item.text = kept(text->utf8);
    } else if (const auto* bytes = value.as<BytesValue>()) {
        item.kind = TreeItem::Kind::Bytes;
        item.text = kept(bytes->bytes);
    } else if (const auto* range = value.as<RangeValue>()) {
        item.kind = TreeItem::Kind::Bytes;
        item.text = kept(*range);
    } else if (const auto* object = value.as<ObjectValue>()) {
        if (item.offset < 0 && slot.stream < 0) {
            const Object& shown = m_run.heap.object(object->index);
            const bool isRead = shown.next >= shown.spec->fieldEnd && m_run.heap.stream(shown.stream).buffer < 0;
            item.offset = isRead ? m_run.heap.messageOffset(shown.stream, shown.begin) : -1;
        }
        structure(object->index, item);
    } else if (const auto* items = value.as<ItemsValue>()) {
        item.isPartial = slot.state == Slot::State::Reading;
        array(what, items->index, item);
    } else {
        const ListValue values = *value.as<ListValue>();
        list(what, values, item);
    }
}

} // namespace sockeye::kaitai
