// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye::kaitai {

/// What one message may cost. A description is a program of somebody else's, and so is what the peer sends: whatever
/// they say, decoding ends, with a sentence, at the first of these.
struct Limits {
    qint64 maxMessage = 16 * 1024 * 1024; ///< bytes; a description's own -max, if it is smaller, counts instead
    qint64 maxFields = 120'000; ///< values, elements of arrays among them; long messages may have more of them …
    qint64 maxFieldsByBytes = 300'000; ///< … but not more than so many, and fieldsPerByte for each byte
    qint64 maxSteps = 3'000'000; ///< fields and operators, and for each 64 bytes that are looked at one more …
    qint64 maxStepsByBytes = 2'000'000; ///< … and stepsPerByte, as with fields
    qint64 maxDerived = 64 * 1024 * 1024; ///< bytes that are made while decoding: unpacked, decoded, joined
    int maxDepth = 150; ///< types within types, and instances that need others

    /// What real messages need at most: those of DNS, whose names are put together of what other names refer to.
    static constexpr qint64 fieldsPerByte = 6;
    static constexpr qint64 stepsPerByte = 40;
};

} // namespace sockeye::kaitai
