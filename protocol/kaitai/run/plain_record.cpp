// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/plain_record.h"

#include "protocol/kaitai/run/number_bytes.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace sockeye::kaitai {

namespace {

constexpr int wordSize = 8;

bool isPlainType(const TypeSpec& spec)
{
    constexpr int mostFields = 1'000; // what is made here is kept with the description
    return spec.parameterCount == 0 && spec.fieldEnd > 0 && spec.slotCount() <= mostFields && spec.orderOwner == nullptr
        && !spec.hasOwnRules && spec.summary.isEmpty()
        && std::all_of(spec.attributes.cbegin(), spec.attributes.cend(),
            [](const auto& each) { return each.isPlain && each.cases.front().reading.kind != Reading::Kind::Bits; });
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
        PlainRecord::Number number;
        number.size = reading.size;
        number.isLittle = reading.order == Reading::Order::Little;
        number.isSigned = reading.isSigned;
        number.isFloat = isFloat;
        number.enumeration = what.enumeration;
        out.numbers.push_back(number);
        out.size += reading.size;
    }
    out.items.front().size = out.size;
    for (std::size_t i = 0; i < out.numbers.size(); ++i) {
        PlainRecord::Number& number = out.numbers[i];
        const qint64 begin = out.items[i + 1].offset;
        number.offset = std::min(begin, std::max<qint64>(0, out.size - wordSize));
        const auto before = static_cast<int>(begin - number.offset);
        number.right = static_cast<quint8>((wordSize - number.size) * bitsInByte);
        number.left = static_cast<quint8>((number.isLittle ? wordSize - number.size - before : before) * bitsInByte);
    }
    return out;
}

quint64 takenFrom(const uchar* record, const PlainRecord::Number& what)
{
    const uchar* const at = record + what.offset;
    const quint64 word = what.isLittle ? qFromLittleEndian<quint64>(at) : qFromBigEndian<quint64>(at);
    const quint64 first = word << what.left;
    return what.isSigned ? static_cast<quint64>(static_cast<qint64>(first) >> what.right) : first >> what.right;
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
    std::array<uchar, wordSize> few {};
    const auto* record = reinterpret_cast<const uchar*>(bytes.data());
    if (spec.plainRecord.size < wordSize) {
        std::copy_n(record, spec.plainRecord.size, few.begin());
        record = few.data();
    }
    TreeItem* item = out.data();
    for (const PlainRecord::Number& what : spec.plainRecord.numbers) {
        ++item;
        const quint64 value = takenFrom(record, what);
        if (what.isFloat) {
            item->setNumber(floatOf(value, what.size));
            continue;
        }
        item->integer = value;
        item->isNegative = what.isSigned && static_cast<qint64>(value) < 0;
        if (what.enumeration != nullptr) {
            item->text = what.enumeration->nameOf(
                item->isNegative ? Integer::fromSigned(static_cast<qint64>(value)) : Integer::fromUnsigned(value));
        }
    }
    return out;
}

} // namespace sockeye::kaitai
