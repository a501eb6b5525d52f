// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/retelling.h"

#include "app/reading/replay.h"
#include "app/recording/capture_log.h"
#include "app/recording/recording.h"

namespace sockeye {

Retelling::Retelling(const Recording& recording, EventSink& sink)
    : m_log(recording.log())
    , m_replay(
          m_log->isKept() ? std::make_unique<Replay>(m_log->events(), m_log->streams(), m_log->store(), sink) : nullptr)
{
}

Retelling::~Retelling() = default;

void Retelling::goOn(const std::atomic<bool>& cancelled)
{
    if (m_replay) {
        m_replay->goOn(m_log->events().end(), cancelled);
    }
}

bool Retelling::hasMore() const
{
    return m_replay && m_replay->position() < m_log->events().end();
}

} // namespace sockeye
