// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/names.h"

namespace sockeye::kaitai {

/// The size of an attribute's value, in bits, if it is always the same.
[[nodiscard]] std::optional<qint64> sizeInBits(const TypeSpec& spec, const Attribute& attribute);

/// The size of every object of a type, in bits, if it is always the same.
[[nodiscard]] std::optional<qint64> sizeInBits(const TypeSpec& spec);

/// The same for the type of that name, which may be a built-in one.
[[nodiscard]] std::optional<qint64> sizeInBits(const Program& program, const TypeSpec& from, const QByteArray& name);

/// Computes TypeSpec::sizeInBits of all types. From then on the functions above take no time.
void computeSizes(const Program& program);

/// Marks the fields that can be read one after the other without looking at anything else.
void markPlainFields(const Program& program);

} // namespace sockeye::kaitai
