// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation.h"

#include <vector>

namespace sockeye {

/// A field of one message and the one of the same path in another.
struct FieldPair {
    QString path; ///< labels from the outermost part to the field: "content › action"
    int left = -1; ///< index in the annotation; -1: there is none
    int right = -1;
    bool isSame = false; ///< both are there, and their bytes are the same
};

/// The innermost fields of two messages beside each other, those of a member of a JSON object by its key; what stands
/// between values for the sake of syntax is left out. Fields of one path are paired in their order. In the order of the
/// left message, with what only the right one has behind what it follows there.
[[nodiscard]] std::vector<FieldPair> pairFields(const Annotation& left, const Annotation& right);

} // namespace sockeye
