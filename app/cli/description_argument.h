// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"

#include <QString>

namespace sockeye::cli {

/// The description in that file, or that comes from such a pipe or from standard input ("-"); null if it is wrong,
/// which standard error then says, a line a mistake.
[[nodiscard]] std::shared_ptr<const kaitai::Description> descriptionFrom(const QString& name);

} // namespace sockeye::cli
