// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/stuffed_protocol.h"

namespace sockeye {

namespace cobs {

inline constexpr char end = '\0'; ///< of a frame

/// `frame` comes without its end.
[[nodiscard]] Unstuffed decode(QByteArrayView frame);
[[nodiscard]] QByteArray encode(QByteArrayView data); ///< with its end

} // namespace cobs

/// Adds the fields of a frame, which begins at `begin` of the message.
void cobsFields(NamedFields& fields, QByteArrayView frame, qint64 begin);

} // namespace sockeye
