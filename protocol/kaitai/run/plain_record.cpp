// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/plain_record.h"

#include "protocol/kaitai/run/number_bytes.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

bool isPlainType(const TypeSpec& spec)
{
    constexpr int mostFields = 1'000; // what is made here is kept with the description
    return spec.parameterCount == 0 && spec.fieldEnd > 0 && spec.slotCount() <= mostFields && spec.orderOwner == nullptr
        && !spec.hasOwnRules && spec.summary.isEmpty()
        && std::all_of(spec.attributes.cbegin(), spec.attributes.cend(), [](const auto& each) { return each.isPlain; });
}

PlainRecord plainRecordOf(const TypeSpec& spec)
{
    PlainRecord out;
    TreeItem root;
    root.role = TreeItem::Role::Root;
    root.end = spec.slotCount() + 1;
    root.offset = 0;
    root.type = &spec.label;
    out.items.push_back(root);
    for (const Attribute& what : spec.attributes) {
        const Reading& reading = what.cases.front().reading;
        const bool isFloat = reading.kind == Reading::Kind::Float;
        TreeItem item;
        item.kind = isFloat ? TreeItem::Kind::Float : TreeItem::Kind::Integer;
        item.parent = 0;
        item.end = static_cast<int>(out.items.size()) + 1;
        item.offset = out.size;
        item.size = reading.size;
        item.field = &what.label;
        item.type = &reading.label;
        out.items.push_back(item);
        out.numbers.push_back({ out.size, reading.size, reading.order == Reading::Order::Little, reading.isSigned,
            isFloat, what.enumeration });
        out.size += reading.size;
    }
    out.items.front().size = out.size;
    return out;
}

} // namespace

void prepareType(TypeSpec& spec)
{
    spec.label = { spec.name, spec.show };
    for (Attribute& what : spec.attributes) {
        what.label = { what.id, what.show };
        for (Case& one : what.cases) {
            one.reading.label = { one.reading.name, {} };
        }
    }
    spec.hasOwnRules = std::any_of(spec.attributes.cbegin(), spec.attributes.cend(),
        [](const auto& each) { return !each.ownValue.isEmpty() || each.checksum.algorithm != nullptr; });
    if (isPlainType(spec)) {
        spec.plainRecord = plainRecordOf(spec);
    }
}

std::vector<TreeItem> readPlainRecord(const TypeSpec& spec, QByteArrayView bytes)
{
    std::vector<TreeItem> out = spec.plainRecord.items;
    const auto* const begin = reinterpret_cast<const uchar*>(bytes.data());
    TreeItem* item = out.data();
    for (const PlainRecord::Number& what : spec.plainRecord.numbers) {
        ++item;
        const quint64 value = loaded(begin + what.offset, what.size, what.isLittle);
        if (what.isFloat) {
            item->setNumber(floatOf(value, what.size));
            continue;
        }
        const Integer integer = integerOf(value, what.size, what.isSigned);
        item->integer = integer.bits();
        item->isNegative = integer.isNegative();
        if (what.enumeration != nullptr) {
            item->text = what.enumeration->nameOf(integer);
        }
    }
    return out;
}

} // namespace sockeye::kaitai
