// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation.h"

#include <vector>

namespace sockeye {

/// Bytes of one field that are tinted alike.
struct TintRun {
    qint64 offset = 0; ///< from the start of the message
    qint64 size = 0;
    FieldKind kind = FieldKind::Bad;
    int index = 0; ///< for Theme::fieldTint(): neighbours of a kind differ

    friend bool operator==(const TintRun&, const TintRun&) = default;
};

/// The leaves that touch the bytes [from, to), in order: one lookup a leaf.
[[nodiscard]] std::vector<TintRun> tintRuns(const Annotation& annotation, qint64 from, qint64 to);

/// The index that a field's tint is chosen by: that of the member it belongs to, so that key and value go together.
[[nodiscard]] int tintIndex(const Annotation& annotation, int field);

/// The innermost field that holds all of [offset, offset + size), or -1. Size 0 counts as 1.
[[nodiscard]] int fieldHolding(const Annotation& annotation, qint64 offset, qint64 size);

/// "JSON header › content-length = 41".
[[nodiscard]] QString fieldPathText(const Annotation& annotation, int field);

} // namespace sockeye
