// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_barrier.h"

#include "app/net/io_threads.h"

#include <memory>
#include <utility>

namespace sockeye {

void afterAllThreads(IoThreads& threads, QObject* context, std::function<void()> done)
{
    const auto left = std::make_shared<int>(threads.count());
    const auto last = std::make_shared<std::function<void()>>(std::move(done));
    for (int i = 0; i < threads.count(); ++i) {
        auto* const probe = new QObject;
        probe->moveToThread(threads.thread(i));
        QObject::connect(
            probe, &QObject::destroyed, context,
            [left, last] {
                if (--*left == 0) {
                    (*last)();
                }
            },
            Qt::QueuedConnection);
        // One call behind the others: what is to be deleted later may be passed over once.
        QMetaObject::invokeMethod(
            probe, [probe] { probe->deleteLater(); }, Qt::QueuedConnection);
    }
}

} // namespace sockeye
