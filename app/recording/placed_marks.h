// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/commented_copy.h"

namespace sockeye {

class MarkBook;
class StreamTable;

/// How the comments of a recording's file have to change for its marks to stand in a copy of it: of what can be read
/// before `end`. Marks of bytes that are lost are left out.
[[nodiscard]] pcapng::CommentChanges commentChanges(const MarkBook& marks, const StreamTable& streams, qint64 end);

} // namespace sockeye
