// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "protocol/filter/schema.h"

#include <functional>

namespace sockeye {

/// Which fields the messages of a capture have, with some of their values, as far as a look at some hundred of its rows
/// tells.
struct FieldSample {
    QList<filter::OccurringField> fields;
    bool isWhole = false; ///< every row was looked at: what is not in `fields` does not occur
};

/// Looks at the first rows, the last, and some between. Reads the disk: not for the GUI thread. Takes some
/// milliseconds, whatever the capture holds, and stops when `isCancelled` says so.
[[nodiscard]] FieldSample sampleFields(const Capture& capture, const std::function<bool()>& isCancelled);

} // namespace sockeye
