// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/threads/application_end.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <mutex>

namespace sockeye {

namespace {

/// Has no destructor, so that it is there whoever asks for it and however late.
struct Ends {
    std::mutex mutex;
    std::array<void (*)(), 8> all {}; ///< as many as there are, then null
    bool isAsked = false; ///< since all of them were called last
};

constinit Ends atEnd;

void endAll()
{
    decltype(Ends::all) all {};
    {
        const std::lock_guard lock(atEnd.mutex);
        atEnd.isAsked = false; // who comes from here on has this called again
        all = atEnd.all;
    }
    // Twice: who asked before may begin only after the first one was waited for.
    for (int round = 0; round < 2; ++round) {
        std::for_each(all.begin(), std::find(all.begin(), all.end(), nullptr), [](const auto end) { end(); });
    }
}

} // namespace

void waitAtApplicationEnd(void (*end)())
{
    const std::lock_guard lock(atEnd.mutex);
    const auto place =
        std::find_if(atEnd.all.begin(), atEnd.all.end(), [end](const auto each) { return each == end || !each; });
    Q_ASSERT(place != atEnd.all.end());
    *place = end;
    if (!std::exchange(atEnd.isAsked, true)) {
        qAddPostRoutine(&endAll);
    }
}

} // namespace sockeye
