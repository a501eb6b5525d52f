// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/json/json_reader.h"
#include "protocol/limits.h"
#include "protocol/protocols/app/header.h"
#include "protocol/result.h"

#include <QByteArrayView>

namespace sockeye {

/// Decodes and checks the content of a text/json message in one go, telling `visitor` (may be null) of the members of
/// its object; see json::read(). `content` begins at `streamOffset` in its stream. Content of no bytes at all is for
/// the caller to treat: it is a complete message, but no JSON.
[[nodiscard]] Result<json::Type> readContent(const Header& header, QByteArrayView content, qint64 streamOffset,
    const Limits& limits, json::MemberVisitor* visitor);

} // namespace sockeye
