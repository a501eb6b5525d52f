// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"

#include <memory>

namespace sockeye {

/// Whether both are readings of one recording: connections and offsets in one mean the same in the other. Null: no.
[[nodiscard]] inline bool areOfSameRecording(const std::shared_ptr<Capture>& a, const std::shared_ptr<Capture>& b)
{
    return a && b && &a->marks() == &b->marks(); // a recording has one book of them
}

} // namespace sockeye
