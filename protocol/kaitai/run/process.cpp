// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/process.h"

#include "protocol/kaitai/base/words.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace sockeye::kaitai {

namespace {

constexpr int byteBits = 8;

bool exclusiveOr(Run& run, const Value& key, QByteArray& bytes)
{
    QByteArray keyBytes = key.as<Integer>() != nullptr ? QByteArray(1, static_cast<char>(key.as<Integer>()->bits()))
                                                       : run.heap.bytesOf(key).toByteArray();
    if (keyBytes.isEmpty()) {
        return run.fault(tr("The key of “xor” is empty."));
    }
    constexpr qsizetype longRun = 64; // short keys are written out that often
    keyBytes = keyBytes.repeated(std::max<qsizetype>(1, std::min(longRun, bytes.size()) / keyBytes.size()));
    // Hostile data have millions of bytes: nothing is asked for each that need not be.
    const char* const with = keyBytes.constData();
    char* out = bytes.data();
    for (qsizetype left = bytes.size(); left > 0;) {
        const qsizetype count = std::min(left, keyBytes.size());
        for (qsizetype i = 0; i < count; ++i) {
            out[i] = static_cast<char>(out[i] ^ with[i]);
        }
        out += count;
        left -= count;
    }
    return true;
}

bool rotate(Run& run, const Value& amount, bool left, QByteArray& bytes)
{
    const auto* count = amount.as<Integer>();
    if (count == nullptr) {
        return run.fault(tr("The number of bits to rotate by is no integer."));
    }
    const int by = static_cast<int>((count->wide() % byteBits + byteBits) % byteBits);
    const int up = left ? by : (byteBits - by) % byteBits;
    for (char& byte : bytes) {
        const unsigned value = static_cast<uchar>(byte);
        byte = static_cast<char>((value << up) | (value >> (byteBits - up)));
    }
    return true;
}

bool inflateAll(Run& run, QByteArrayView packed, QByteArray& out)
{
    z_stream stream {};
    if (inflateInit(&stream) != Z_OK) {
        return run.fault(tr("zlib cannot be started."));
    }
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::array<char, 16384> piece {};
    int status = Z_OK;
    bool affordable = true;
    while (status == Z_OK && affordable) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        status = inflate(&stream, Z_NO_FLUSH);
        const auto count = static_cast<qsizetype>(piece.size() - stream.avail_out);
        affordable = run.makeBytes(count);
        out.append(piece.data(), affordable ? count : 0);
    }
    inflateEnd(&stream);
    if (!affordable) {
        return false;
    }
    return status == Z_STREAM_END
        || run.fault(status == Z_BUF_ERROR ? tr("The zlib data are cut off.") : tr("These are no zlib data."));
}

} // namespace

bool undoProcess(Run& run, Process::Kind kind, const Value& argument, RangeValue& range)
{
    const QByteArrayView packed = run.heap.view(range.stream, range.offset, range.size);
    QByteArray out;
    if (kind == Process::Kind::Zlib) {
        if (!inflateAll(run, packed, out)) {
            return false;
        }
    } else {
        if (!run.makeBytes(packed.size())) {
            return false;
        }
        out = packed.toByteArray();
        const bool done = kind == Process::Kind::Xor ? exclusiveOr(run, argument, out)
                                                     : rotate(run, argument, kind == Process::Kind::RotateLeft, out);
        if (!done) {
            return false;
        }
    }
    ByteStream stream;
    stream.buffer = static_cast<int>(run.heap.buffers.size());
    stream.size = out.size();
    run.heap.buffers.push_back(std::move(out));
    run.heap.streams.push_back(stream);
    range = { static_cast<int>(run.heap.streams.size()) - 1, 0, stream.size };
    return run.makeFields(1);
}

bool doProcess(Run& run, Process::Kind kind, const Value& argument, QByteArray& bytes)
{
    switch (kind) {
    case Process::Kind::None:
        return true;
    case Process::Kind::Xor:
        return exclusiveOr(run, argument, bytes);
    case Process::Kind::RotateLeft:
    case Process::Kind::RotateRight:
        return rotate(run, argument, kind == Process::Kind::RotateRight, bytes);
    case Process::Kind::Zlib: {
        uLongf size = compressBound(static_cast<uLong>(bytes.size()));
        QByteArray packed(static_cast<qsizetype>(size), Qt::Uninitialized);
        if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.constData()),
                static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION)
            != Z_OK) {
            return run.fault(tr("zlib cannot pack this."));
        }
        packed.truncate(static_cast<qsizetype>(size));
        bytes = packed;
        return true;
    }
    }
    return true;
}

} // namespace sockeye::kaitai
