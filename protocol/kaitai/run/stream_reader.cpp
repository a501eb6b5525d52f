// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/stream_reader.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/run/number_bytes.h"

#include <algorithm>
#include <limits>

namespace sockeye::kaitai {

namespace {

__extension__ using WideBits = unsigned __int128; ///< 64 bits and what is left of a byte

quint64 lowBits(int count)
{
    constexpr int all = 64;
    return count >= all ? ~quint64(0) : (quint64(1) << count) - 1;
}

/// How many more bytes a number of bits takes.
int bytesForBits(const ByteStream& stream, int count)
{
    return count <= stream.bitCount ? 0 : (count - stream.bitCount + bitsInByte - 1) / bitsInByte;
}

/// `All` holds what is left of a byte and the bytes that are taken.
template <typename All> quint64 bitsFrom(ByteStream& stream, const uchar* bytes, int size, int count, bool isLittle)
{
    All all = stream.bits;
    for (int i = 0; i < size; ++i) {
        const All byte = bytes[i];
        all = isLittle ? all | (byte << (stream.bitCount + i * bitsInByte)) : (all << bitsInByte) | byte;
    }
    constexpr int most = sizeof(All) * bitsInByte;
    const int left = stream.bitCount + size * bitsInByte - count;
    stream.bits =
        isLittle ? static_cast<quint64>(count < most ? all >> count : 0) : static_cast<quint64>(all) & lowBits(left);
    stream.bitCount = left;
    return static_cast<quint64>(isLittle || left == 0 ? all : all >> left) & lowBits(count);
}

/// Takes as many bits; the bytes that they take, bytesForBits(), are there.
quint64 takenBits(ByteStream& stream, const uchar* bytes, int count, bool isLittle)
{
    const int size = bytesForBits(stream, count);
    constexpr int narrow = 64;
    const bool isNarrow = stream.bitCount + size * bitsInByte <= narrow;
    stream.bitsLittle = isLittle;
    stream.position += size;
    return isNarrow ? bitsFrom<quint64>(stream, bytes, size, count, isLittle)
                    : bitsFrom<WideBits>(stream, bytes, size, count, isLittle);
}

} // namespace

void StreamReader::align(ByteStream& stream)
{
    stream.bitCount = 0;
    stream.bits = 0;
}

bool StreamReader::tooShort(const ByteStream& stream, qint64 end, qint64 have, qint64 want)
{
    if (stream.isGrowing) {
        m_run.halt = { Halt::Kind::Need, {}, m_run.pathText(), stream.begin + stream.position, end, have, want };
        return false;
    }
    return m_run.fault(want > 0
            ? tr("It ends too soon: there are %1 of %2 bytes.").arg(QString::number(have), QString::number(want))
            : tr("It ends before its terminator."),
        stream.buffer < 0 ? stream.begin + stream.position : -1);
}

const uchar* StreamReader::take(int index, qint64 size)
{
    ByteStream& stream = m_run.heap.stream(index);
    align(stream);
    if (size > stream.size - stream.position) {
        // Saturated: what no stream can hold is over the limit of a message, wherever it begins.
        const qint64 most = std::numeric_limits<qint64>::max() - stream.position;
        (void)tooShort(stream, stream.position + std::min(size, most), stream.size - stream.position, size);
        return nullptr;
    }
    const QByteArrayView bytes = m_run.heap.view(index, stream.position, size);
    stream.position += size;
    return reinterpret_cast<const uchar*>(bytes.data());
}

bool StreamReader::integer(int index, const Reading& reading, bool isLittle, Integer& out)
{
    const uchar* bytes = take(index, reading.size);
    if (bytes == nullptr) {
        return false;
    }
    out = integerOf(loaded(bytes, reading.size, isLittle), reading.size, reading.isSigned);
    return true;
}

bool StreamReader::floating(int index, int size, bool isLittle, double& out)
{
    const uchar* bytes = take(index, size);
    if (bytes == nullptr) {
        return false;
    }
    out = floatOf(loaded(bytes, size, isLittle), size);
    return true;
}

int StreamReader::plainFields(const Object& object, int next)
{
    const TypeSpec& spec = *object.spec;
    ByteStream& stream = m_run.heap.stream(object.stream);
    const auto* const bytes = reinterpret_cast<const uchar*>(m_run.heap.view(object.stream, 0, stream.size).data());
    const auto isThere = [&stream](const Reading& reading) {
        if (reading.kind != Reading::Kind::Bits) {
            return stream.bitCount == 0 && reading.size <= stream.size - stream.position;
        }
        const bool isLittle = reading.order == Reading::Order::Little;
        return (stream.bitCount == 0 || stream.bitsLittle == isLittle)
            && bytesForBits(stream, reading.size) <= stream.size - stream.position;
    };
    Slot* slot = &m_run.heap.slotStore[static_cast<std::size_t>(object.firstSlot + next)];
    for (; next < spec.fieldEnd; ++next, ++slot) {
        const Attribute& what = spec.at(next);
        if (!what.isPlain || slot->state != Slot::State::Empty) {
            break;
        }
        const Reading& reading = what.cases.front().reading;
        if (!isThere(reading) || !m_run.step()) {
            break;
        }
        const bool isLittle = reading.order == Reading::Order::Little;
        slot->stream = object.stream;
        slot->begin = stream.position;
        slot->reading = &reading;
        if (reading.kind == Reading::Kind::Bits) {
            slot->begin -= stream.bitCount > 0 ? 1 : 0;
            const quint64 value = takenBits(stream, bytes + stream.position, reading.size, isLittle);
            if (reading.isBoolean) {
                slot->value.data = value != 0;
            } else {
                slot->value.data = Integer::fromUnsigned(value);
            }
            stream.bitsObject = static_cast<int>(&object - m_run.heap.objects.data());
            stream.bitsSlot = next;
            stream.bitsIndex = -1;
        } else {
            const quint64 value = loaded(bytes + stream.position, reading.size, isLittle);
            if (reading.kind == Reading::Kind::Integer) {
                slot->value.data = integerOf(value, reading.size, reading.isSigned);
            } else {
                slot->value.data = floatOf(value, reading.size);
            }
            stream.position += reading.size;
            stream.bits = 0;
        }
        slot->end = stream.position;
        slot->state = Slot::State::Done;
    }
    return next;
}

void StreamReader::plainElements(const Attribute& what, int arrayIndex, int index)
{
    if (!what.isPlainElement || m_run.heap.array(arrayIndex).count < 0) {
        return;
    }
    Array& array = m_run.heap.array(arrayIndex);
    ByteStream& stream = m_run.heap.stream(index);
    if (array.pending.state != Slot::State::Empty || stream.bitCount > 0) {
        return;
    }
    const Reading& reading = what.cases.front().reading;
    const qint64 left = array.count - static_cast<qint64>(array.items.size());
    const qint64 count = std::min(left, (stream.size - stream.position) / reading.size);
    if (count <= 0 || !m_run.makeFields(count)) {
        return;
    }
    const std::size_t size = array.items.size() + static_cast<std::size_t>(count);
    if (size > array.items.capacity()) {
        array.items.reserve(std::max(size, 2 * array.items.capacity())); // they may come one by one
    }
    const bool isLittle = reading.order == Reading::Order::Little;
    const auto* bytes =
        reinterpret_cast<const uchar*>(m_run.heap.view(index, stream.position, count * reading.size).data());
    for (qint64 i = 0; i < count; ++i, bytes += reading.size) {
        Slot& slot = array.items.emplace_back();
        slot.state = Slot::State::Done;
        slot.stream = index;
        slot.begin = stream.position;
        slot.reading = &reading;
        stream.position += reading.size;
        slot.end = stream.position;
        const quint64 value = loaded(bytes, reading.size, isLittle);
        if (reading.kind == Reading::Kind::Integer) {
            slot.value.data = integerOf(value, reading.size, reading.isSigned);
        } else {
            slot.value.data = floatOf(value, reading.size);
        }
    }
    stream.bits = 0;
}

bool StreamReader::bits(int index, int count, bool isLittle, quint64& out)
{
    ByteStream& stream = m_run.heap.stream(index);
    if (stream.bitCount > 0 && stream.bitsLittle != isLittle) {
        align(stream);
    }
    const int size = bytesForBits(stream, count);
    if (size > stream.size - stream.position) {
        return tooShort(stream, stream.position + size, stream.size - stream.position, size);
    }
    const QByteArrayView bytes = m_run.heap.view(index, stream.position, size);
    out = takenBits(stream, reinterpret_cast<const uchar*>(bytes.data()), count, isLittle);
    return true;
}

bool StreamReader::rest(int index, RangeValue& out)
{
    ByteStream& stream = m_run.heap.stream(index);
    align(stream);
    if (stream.isGrowing) {
        return m_run.fault(tr("It goes on to the end of the stream, so that messages cannot be told apart."));
    }
    out = { index, stream.position, stream.size - stream.position };
    stream.position = stream.size;
    return true;
}

qsizetype findTerminator(QByteArrayView bytes, QByteArrayView what, int unit, qsizetype from)
{
    for (qsizetype at = bytes.indexOf(what, from); at >= 0; at = bytes.indexOf(what, at + 1)) {
        if (at % unit == 0) {
            return at;
        }
    }
    return -1;
}

bool StreamReader::terminated(int index, const Extent& extent, int unit, RangeValue& out)
{
    ByteStream& stream = m_run.heap.stream(index);
    align(stream);
    const qint64 available = stream.size - stream.position;
    const QByteArrayView bytes = m_run.heap.view(index, stream.position, available);
    const qsizetype from = stream.scannedFrom == stream.position ? stream.scannedTo - stream.position : 0;
    const qsizetype found = findTerminator(bytes, extent.terminator, unit, from);
    if (!m_run.lookAt((found < 0 ? available : found) - from)) {
        return false;
    }
    const qsizetype size = extent.terminator.size();
    if (found < 0) {
        if (stream.isGrowing) {
            stream.scannedFrom = stream.position;
            // The last unit of a terminator may be all that is missing.
            const qint64 safe = std::max<qint64>(0, available - size + 1);
            stream.scannedTo = stream.position + safe - safe % unit;
            return tooShort(stream, stream.size + 1, available, 0);
        }
        if (extent.endIsError) {
            return tooShort(stream, 0, available, 0);
        }
        out = { index, stream.position, available };
        stream.position = stream.size;
        return true;
    }
    out = { index, stream.position, found + (extent.include ? size : 0) };
    stream.position += found + (extent.consume ? size : 0);
    return true;
}

bool StreamReader::seek(int index, const Integer& position)
{
    ByteStream& stream = m_run.heap.stream(index);
    align(stream);
    const qint64 to = position.clamped();
    if (position.isNegative()) {
        return m_run.fault(tr("The position is negative: %1.").arg(to));
    }
    if (to > stream.size) {
        return stream.isGrowing
            ? tooShort(stream, to, stream.size, to)
            : m_run.fault(
                tr("The position %1 lies behind the end, %2.").arg(QString::number(to), QString::number(stream.size)));
    }
    stream.position = to;
    return true;
}

qsizetype trimmedSize(QByteArrayView bytes, const Extent& extent, int unit)
{
    // Where both are the same byte, the terminator is the first of them and ends the value by itself.
    const bool isTerminator = extent.padRight && extent.terminator == QByteArray(1, *extent.padRight);
    qsizetype size = bytes.size();
    while (extent.padRight && !isTerminator && size > 0 && bytes[size - 1] == *extent.padRight) {
        --size;
    }
    if (!extent.terminator.isEmpty()) {
        const qsizetype found = findTerminator(bytes.first(size), extent.terminator, unit, 0);
        if (found >= 0) {
            size = found + (extent.include ? extent.terminator.size() : 0);
        }
    }
    return size;
}

RangeValue trimmed(const Heap& heap, RangeValue range, const Extent& extent, int unit)
{
    range.size = trimmedSize(heap.view(range.stream, range.offset, range.size), extent, unit);
    return range;
}

} // namespace sockeye::kaitai
