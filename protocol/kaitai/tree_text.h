// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/tree.h"

namespace sockeye::kaitai {

/// A decoded message as one JSON object: fields and instances by their ids, in order; bytes as lower-case hexadecimal,
/// values of an enum by name, where they have one. Where bytes of the message are in no field, they follow under the
/// key "-unshown", by the paths of the fields that they belong to: what is built of the object is the same message.
[[nodiscard]] QByteArray toJson(const Tree& tree);

/// The same for people: a line a value, indented, with its place in the message.
[[nodiscard]] QByteArray toText(const Tree& tree);

/// A value as its -show wants it, in one line of at most `maxChars` characters; empty where it has none, or where that
/// does not suit the value.
[[nodiscard]] QString shownAs(const TreeItem& item, qsizetype maxChars);

} // namespace sockeye::kaitai
