// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/mistake.h"
#include "protocol/kaitai/yaml/node.h"

#include <QByteArrayView>

#include <tl/expected.hpp>

namespace sockeye::kaitai::yaml {

/// Reads one YAML document. The error has line and column and no path. Bounded: a text of more than 2 MiB, one nested
/// deeper than 100, or one of more than 200,000 nodes once its aliases are followed is refused.
[[nodiscard]] tl::expected<NodePtr, Mistake> read(QByteArrayView utf8, const QString& file);

} // namespace sockeye::kaitai::yaml
