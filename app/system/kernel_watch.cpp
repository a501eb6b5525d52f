// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/kernel_watch.h"

#include "app/events/event.h"
#include "app/threads/background_threads.h"

#include <QThreadPool>

#include <algorithm>
#include <mutex>

namespace sockeye {

/// The mutex is for the moment in which samples are handed over; null: nobody wants them any more.
struct KernelWatch::Asked {
    std::mutex mutex;
    KernelWatch* watch = nullptr;
};

KernelWatch::KernelWatch(QObject* parent)
    : QObject(parent)
    , m_asked(std::make_shared<Asked>())
{
    m_asked->watch = this;
}

KernelWatch::~KernelWatch()
{
    const std::lock_guard lock(m_asked->mutex);
    m_asked->watch = nullptr;
}

void KernelWatch::look(const std::vector<Target>& targets)
{
    if (m_looking || targets.empty()) {
        return;
    }
    m_looking = true;
    const auto count = static_cast<std::ptrdiff_t>(std::min(targets.size(), maxConnections));
    backgroundThreads().start(
        [asked = m_asked, wanted = std::vector<Target>(targets.begin(), targets.begin() + count)] {
            std::vector<ConnectionEnds> ends;
            ends.reserve(wanted.size());
            for (const Target& target : wanted) {
                ends.push_back(target.ends);
            }
            const std::vector<std::optional<KernelFacts>> facts = readKernelFacts(ends);
            const qint64 now = captureNow();
            QList<KernelSample> samples;
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                samples.append({ wanted[i].connection, now, facts[i] });
            }
            const std::lock_guard lock(asked->mutex);
            if (asked->watch != nullptr) {
                QMetaObject::invokeMethod(
                    asked->watch, [watch = asked->watch, samples] { watch->take(samples); }, Qt::QueuedConnection);
            }
        });
}

void KernelWatch::take(const QList<KernelSample>& samples)
{
    m_looking = false;
    Q_EMIT sampled(samples);
}

} // namespace sockeye
