// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/load/cursor.h"
#include "protocol/kaitai/model/module.h"

namespace sockeye::kaitai {

/// Sockeye's own keys, which begin with "-": -client, -server, -max, -pair, -self-test of `meta`.
void readOwnMeta(const Cursor& meta, Module& module, Report& report);

/// -value, -checksum, -show of an attribute, and its `doc`.
void readOwnKeys(const Cursor& yaml, Attribute& attribute, Report& report);

/// -summary and -show of a type, and its `doc`.
void readOwnKeys(const Cursor& yaml, TypeSpec& type, Report& report);

} // namespace sockeye::kaitai
