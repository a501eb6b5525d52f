// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/content/views/values_writer.h"
#include "protocol/content/views/view_functions.h"
#include "protocol/text/describe_bytes.h"

#include <algorithm>

namespace sockeye {

/// A content that is one value in a binary form, as `Reading` reads it: made of the bytes and of where the value goes,
/// it has run(), which gives what is wrong or nothing, and offset(), where it stands.
template <typename Reading> ShownContent showOneValue(QByteArrayView content, const ViewLimits& limits)
{
    ShownContent shown;
    const qsizetype looked = std::min(content.size(), limits.maxBytes);
    shown.isCut = looked < content.size();
    ValuesWriter values(limits);
    Reading reading(content.first(looked), values);
    shown.problem = reading.run();
    if (!shown.problem.isEmpty()) {
        shown.offset = std::clamp<qint64>(reading.offset(), 0, looked);
    } else if (reading.offset() < content.size()) {
        shown.offset = reading.offset();
        shown.problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "After the value %1 more follow."))
                            .arg(byteCount(content.size() - reading.offset()));
    }
    shown.json = values.take();
    return shown;
}

} // namespace sockeye
