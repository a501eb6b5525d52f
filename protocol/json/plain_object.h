// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/json/json_reader.h"

namespace sockeye::json {

/// Reads the kind of object that nearly every header and request is, in one pass and without memory: a few members,
/// their values strings without escapes or whole numbers. Tells `visitor` (may be null) of them. False, and nothing
/// told, for anything else, right or wrong: read() then finds out.
[[nodiscard]] bool readPlainObject(QByteArrayView utf8, MemberVisitor* visitor);

} // namespace sockeye::json
