// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/io_threads.h"

#include <utility>

namespace sockeye {

/// Has `part`, which lives in an I/O thread, end and be deleted in that thread, after everything that it was told
/// before. Waits for nothing; `stay` keeps the thread going until then. In that thread itself it has ended when this
/// returns.
template <typename Part> void endThere(Part* part, IoThreads::Stay stay, void (Part::*end)())
{
    QMetaObject::invokeMethod(part, [part, end, held = std::move(stay)] {
        (part->*end)();
        part->deleteLater();
    });
}

} // namespace sockeye
