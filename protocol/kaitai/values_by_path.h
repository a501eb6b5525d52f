// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/shape.h"

#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <utility>

namespace sockeye::kaitai {

/// The values of a message, as Description::build() takes them, from fields that are given by their paths as filters
/// write them ("header.items[3].size") and by texts as people write them: numbers also as 0x1f, values of an enum by
/// name, bytes in hexadecimal or as "text" in double quotes. The error is a sentence that names the field.
[[nodiscard]] tl::expected<QByteArray, QString> valuesByPath(
    const Shape& shape, const QList<std::pair<QByteArray, QString>>& values);

} // namespace sockeye::kaitai
