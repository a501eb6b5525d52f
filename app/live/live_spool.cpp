// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/live_spool.h"

#include "app/threads/background_threads.h"

#include <QFile>
#include <QThreadPool>

#include <unistd.h>
#include <utility>

namespace sockeye {

LiveSpool::LiveSpool(const QString& file, bool leaveBehind, std::function<void()> onCopyFailed)
    : m_file(createSpoolFile(file))
    , m_path(m_file.path)
{
    if (m_file.temporary && !leaveBehind && m_file.descriptor >= 0) {
        QFile::remove(m_file.path);
        m_file.temporary = false;
        m_path = u"/proc/self/fd/" + QString::number(m_file.descriptor);
    }
    if (m_file.copy >= 0 && m_file.descriptor >= 0) {
        m_copy = std::make_unique<SpoolCopy>(m_file.descriptor, m_file.copy, std::move(onCopyFailed));
    }
}

LiveSpool::~LiveSpool()
{
    m_copy.reset();
    if (m_file.copy >= 0) {
        ::close(m_file.copy);
    }
    if (m_file.descriptor < 0) {
        return;
    }
    backgroundThreads().start([file = m_file] {
        if (file.temporary) {
            QFile::remove(file.path); // while it is locked: nobody takes it for one that was left behind
        }
        ::close(file.descriptor);
    });
}

} // namespace sockeye
