// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/description.h"
#include "protocol/kaitai/run/decoder.h"

namespace sockeye::kaitai {

namespace {

/// Where a checksum stands in a message, and over which bytes it is.
struct ChecksumPlace {
    const Attribute* what = nullptr;
    qint64 offset = 0;
    qint64 size = 0;
    qint64 from = 0;
    qint64 to = 0;
    bool isNumber = false;
    bool isText = false;
    bool isLittle = false;
};

/// Those that stand in the message itself, and so do the bytes that they are over.
std::vector<ChecksumPlace> checksumsOf(const Heap& heap)
{
    std::vector<ChecksumPlace> out;
    for (int object = 0; object < static_cast<int>(heap.objects.size()); ++object) {
        const TypeSpec& spec = *heap.object(object).spec;
        for (int number = spec.parameterCount; number < spec.fieldEnd; ++number) {
            const Attribute& what = spec.at(number);
            const Slot& slot = heap.slot(object, number);
            if (what.checksum.algorithm == nullptr || slot.state != Slot::State::Done || what.isRepeated()) {
                continue;
            }
            const Slot& from = heap.slot(object, what.checksum.fromSlot);
            const Slot& to = heap.slot(object, what.checksum.toSlot);
            ChecksumPlace place { &what };
            place.offset = heap.messageOffset(slot.stream, slot.begin);
            place.size = slot.end - slot.begin;
            place.from = heap.messageOffset(from.stream, from.begin);
            place.to = heap.messageOffset(to.stream, to.end);
            place.isNumber = slot.value.as<Integer>() != nullptr;
            place.isText = slot.value.as<TextValue>() != nullptr;
            const Reading::Order order = what.cases.empty() ? Reading::Order::Big : what.cases.front().reading.order;
            place.isLittle = order == Reading::Order::Little
                || (order == Reading::Order::Inherited && heap.object(object).order == Object::Order::Little);
            if (place.offset >= 0 && place.from >= 0 && place.to >= place.from) {
                out.push_back(place);
            }
        }
    }
    return out;
}

QByteArray sumOf(const ChecksumPlace& place, QByteArrayView bytes)
{
    const ChecksumAlgorithm& algorithm = *place.what->checksum.algorithm;
    if (!place.isNumber) {
        return place.isText ? checksumText(algorithm, bytes) : checksum(algorithm, bytes);
    }
    QByteArray out;
    quint64 sum = checksumNumber(algorithm, bytes);
    constexpr int bitsPerByte = 8;
    for (qint64 i = 0; i < place.size; ++i, sum >>= bitsPerByte) {
        place.isLittle ? out.append(static_cast<char>(sum)) : out.prepend(static_cast<char>(sum));
    }
    return out;
}

} // namespace

QByteArray Description::withChecksums(
    QByteArrayView message, const QByteArray& changed, const Limits& limits, Sender sender) const
{
    Run run(message, limits);
    Decoder decoder(run);
    (void)decoder.read(decoder.begin(root(sender), false));
    const std::vector<ChecksumPlace> places = checksumsOf(run.heap);
    QByteArray out = changed;
    constexpr int levels = 3; // of checksums over checksums
    for (int level = 0; level < levels; ++level) {
        for (const ChecksumPlace& place : places) {
            if (place.to > out.size() || place.offset + place.size > out.size()
                || !run.makeBytes(place.to - place.from)) {
                continue;
            }
            const QByteArray sum = sumOf(place, QByteArrayView(out).sliced(place.from, place.to - place.from));
            if (sum.size() <= place.size) {
                out.replace(place.offset, sum.size(), sum);
            }
        }
    }
    return out;
}

} // namespace sockeye::kaitai
