// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/limits.h"
#include "protocol/protocols/app/header.h"
#include "protocol/result.h"

#include <QByteArrayView>

namespace sockeye {

/// Decodes and checks the JSON header of a message (wire protocol §1, "Accepted form" and "What a bad message gets").
/// `json` is its whole text, which begins at `streamOffset` in its stream. Where a key comes twice the last one counts.
[[nodiscard]] Result<Header> decodeHeader(QByteArrayView json, qint64 streamOffset, const Limits& limits);

} // namespace sockeye
