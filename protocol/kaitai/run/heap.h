// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/type_spec.h"
#include "protocol/kaitai/run/value.h"

#include <QByteArrayView>

#include <vector>

namespace sockeye::kaitai {

/// A stream of bytes that fields are read from: a piece of the message, or of bytes that were made from it.
struct ByteStream {
    int buffer = -1; ///< of the Heap's buffers; -1: the message itself
    qint64 begin = 0; ///< in the buffer or message
    qint64 size = 0; ///< of the message while it is arriving: what is there
    qint64 position = 0;
    quint64 bits = 0; ///< those of the last byte that are not read yet
    int bitCount = 0;
    bool bitsLittle = false;
    bool isGrowing = false; ///< more may come
    int bitsObject = -1; ///< whose field took bits last …
    int bitsSlot = -1; ///< … and which of them
    qint64 bitsIndex = -1;
    qint64 scannedFrom = -1; ///< a terminator was looked for from here …
    qint64 scannedTo = 0; ///< … up to here, in vain
};

/// The value of one field of one object.
struct Slot {
    enum class State : quint8 {
        Empty,
        Computing, ///< an instance whose value is being asked for
        Reading, ///< an object or array that is begun
        Read, ///< the value is there, but not checked
        Done,
        Absent, ///< its condition does not hold
        Failed, ///< an instance that cannot be computed
    };
    State state = State::Empty;
    bool isSolved = false; ///< building: nobody gave it, it follows from others
    int stream = -1; ///< where it was read; -1: nowhere
    qint64 begin = 0; ///< in that stream
    qint64 end = 0;
    const Reading* reading = nullptr; ///< which of the cases it is; null: bytes that no case is for
    Value value;
};

/// A value of one of the description's types.
struct Object {
    enum class Order : quint8 { Fixed, Little, Big, Undecided };
    const TypeSpec* spec = nullptr;
    int parent = -1;
    int root = -1; ///< -1 where a type of another file does not know it
    int stream = 0;
    int firstSlot = 0;
    int next = 0; ///< the slot of the sequence that comes next
    Order order = Order::Fixed; ///< of what inherits it
    qint64 begin = 0; ///< in its stream
    int owner = -1; ///< the object that has it in one of its slots
    int ownerSlot = -1;
    qint64 ownerIndex = -1; ///< of the element, if that slot is an array
};

struct Array {
    std::vector<Slot> items;
    Slot pending; ///< the one that is being read
    qint64 count = -1; ///< how many there will be, once it is known
    bool isUntilPending = false; ///< the last of items is to be asked whether it ends the array
};

/// Everything that decoding one message makes. Grows only; indices stay valid.
struct Heap {
    QByteArrayView message;
    std::vector<ByteStream> streams;
    std::vector<Object> objects;
    std::vector<Slot> slotStore;
    std::vector<Array> arrays;
    std::vector<QByteArray> buffers;

    void clear()
    {
        message = {};
        streams.clear();
        objects.clear();
        slotStore.clear();
        arrays.clear();
        buffers.clear();
    }
    [[nodiscard]] ByteStream& stream(int index) { return streams[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const ByteStream& stream(int index) const { return streams[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Object& object(int index) { return objects[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Object& object(int index) const { return objects[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Array& array(int index) { return arrays[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Array& array(int index) const { return arrays[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Slot& slot(int objectIndex, int number)
    {
        return slotStore[static_cast<std::size_t>(object(objectIndex).firstSlot + number)];
    }
    [[nodiscard]] const Slot& slot(int objectIndex, int number) const
    {
        return slotStore[static_cast<std::size_t>(object(objectIndex).firstSlot + number)];
    }

    /// Bytes of a stream; the range must lie in it.
    [[nodiscard]] QByteArrayView view(int streamIndex, qint64 offset, qint64 size) const
    {
        const ByteStream& from = stream(streamIndex);
        const QByteArrayView all =
            from.buffer < 0 ? message : QByteArrayView(buffers[static_cast<std::size_t>(from.buffer)]);
        return all.sliced(from.begin + offset, size);
    }
    /// Where a place of a stream lies in the message; -1 if the bytes were made.
    [[nodiscard]] qint64 messageOffset(int streamIndex, qint64 offset) const
    {
        return streamIndex < 0 || stream(streamIndex).buffer >= 0 ? -1 : stream(streamIndex).begin + offset;
    }
    /// The bytes of a BytesValue or RangeValue.
    [[nodiscard]] QByteArrayView bytesOf(const Value& value) const
    {
        if (const auto* range = value.as<RangeValue>()) {
            return view(range->stream, range->offset, range->size);
        }
        const auto* bytes = value.as<BytesValue>();
        return bytes == nullptr ? QByteArrayView() : QByteArrayView(bytes->bytes);
    }
};

} // namespace sockeye::kaitai
