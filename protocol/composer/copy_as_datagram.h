// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/copy_as.h"

namespace sockeye {

// Requests that go over UDP: each piece is a datagram, and as many are waited for.

[[nodiscard]] QString datagramAsPython(const CopiedRequest& request);
[[nodiscard]] QString datagramAsC(const CopiedRequest& request);
[[nodiscard]] QString datagramAsNetcat(const CopiedRequest& request);

} // namespace sockeye
