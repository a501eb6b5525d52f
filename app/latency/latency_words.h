// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/latency/latency_picture.h"

#include <QString>

namespace sockeye {

/// "Median 1.20 ms, 95th percentile 3.40 ms, longest 120 ms of 10,000 replies. 3 errors. 2 silences of more than …".
[[nodiscard]] QString latencySentence(const LatencyPicture& picture);

} // namespace sockeye
