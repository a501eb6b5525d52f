// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/limits.h"

#include <QByteArray>

namespace sockeye {

/// A dissector of the application protocol for Wireshark and tshark (3.6 and later), in Lua. Its names, sizes, texts
/// and limits are the ones that framing and annotation use.
///
/// Fields are sockeye.protoheader_length, sockeye.header.byteorder, sockeye.header.content_length, …,
/// sockeye.content.action, .value, .result, .text, .number, .bytes; what is wrong is an expert info and
/// sockeye.error_code, with the codes of our own errors. Messages are put together across segments. It finds streams
/// that begin with a message by itself, others with "Decode as".
[[nodiscard]] QByteArray wiresharkDissector(const Limits& limits = {});

} // namespace sockeye
