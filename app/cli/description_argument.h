// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"

#include <QString>

namespace sockeye::cli {

/// The description in that file; null if it is wrong, which standard error then says, a line a mistake.
[[nodiscard]] std::shared_ptr<const kaitai::Description> descriptionFrom(const QString& fileName);

} // namespace sockeye::cli
