// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/event_dispatcher.h"

#ifdef SOCKEYE_EPOLL
#include "app/platform/epoll_dispatcher.h"

#include <memory>
#endif

namespace sockeye {

QAbstractEventDispatcher* newEventDispatcher()
{
#ifdef SOCKEYE_EPOLL
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (dispatcher->isValid()) {
        return dispatcher.release();
    }
#endif
    return nullptr;
}

} // namespace sockeye
