// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye::kaitai {

/// What one message may cost. A description is a program of somebody else's, and so is what the peer sends: whatever
/// they say, decoding ends, with a sentence, at the first of these.
struct Limits {
    qint64 maxMessage = 16 * 1024 * 1024; ///< bytes; a description's own -max, if it is smaller, counts instead
    qint64 maxFields = 120'000; ///< values, elements of arrays among them
    qint64 maxSteps = 3'000'000; ///< fields and operators, and for each 64 bytes that are looked at one more
    qint64 maxDerived = 64 * 1024 * 1024; ///< bytes that are made while decoding: unpacked, decoded, joined
    int maxDepth = 150; ///< types within types, and instances that need others
};

} // namespace sockeye::kaitai
