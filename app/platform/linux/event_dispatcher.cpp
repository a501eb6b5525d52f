// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/event_dispatcher.h"

#include "app/platform/linux/epoll_dispatcher.h"

#include <memory>

namespace sockeye {

QAbstractEventDispatcher* newEventDispatcher()
{
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (dispatcher->isValid()) {
        return dispatcher.release();
    }
    return nullptr;
}

} // namespace sockeye
