// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/run/run.h"

namespace sockeye::kaitai {

/// Takes bytes and bits from the streams of a run. What is not there is a fault or, where more may come, a need.
class StreamReader {
public:
    explicit StreamReader(Run& run)
        : m_run(run)
    {
    }

    /// The next `size` bytes, or null. What is left of a byte that was begun by bits is passed over.
    [[nodiscard]] const uchar* take(int stream, qint64 size);
    [[nodiscard]] bool integer(int stream, const Reading& reading, bool isLittle, Integer& out);
    [[nodiscard]] bool floating(int stream, int size, bool isLittle, double& out);
    [[nodiscard]] bool bits(int stream, int count, bool isLittle, quint64& out);
    /// Everything up to the end.
    [[nodiscard]] bool rest(int stream, RangeValue& out);
    /// Up to a terminator. `unit` is the step in which it is looked for.
    [[nodiscard]] bool terminated(int stream, const Extent& extent, int unit, RangeValue& out);
    [[nodiscard]] bool seek(int stream, const Integer& position);
    static void align(ByteStream& stream);
    /// Reads the plain fields (Attribute::isPlain) of an object from its field `next` on, as far as they are there.
    /// Returns the first field that is left.
    [[nodiscard]] int plainFields(const Object& object, int next);
    /// Reads elements of an array of plain numbers (Attribute::isPlainElement) once their count is known, as far as
    /// they are there.
    void plainElements(const Attribute& what, int array, int stream);

private:
    /// The stream ends, or has arrived so far, before `end`.
    bool tooShort(const ByteStream& stream, qint64 end, qint64 have, qint64 want);

    Run& m_run;
};

/// What a range loses at its end: padding, then everything from the terminator on.
[[nodiscard]] RangeValue trimmed(const Heap& heap, RangeValue range, const Extent& extent, int unit);

/// The same for bytes: how many of them are left.
[[nodiscard]] qsizetype trimmedSize(QByteArrayView bytes, const Extent& extent, int unit);

/// The first place of `what` in `bytes` at a multiple of `unit` from `from` on; -1 if there is none.
[[nodiscard]] qsizetype findTerminator(QByteArrayView bytes, QByteArrayView what, int unit, qsizetype from);

} // namespace sockeye::kaitai
