// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/live_spool.h"

#include "app/threads/background_threads.h"

#include <QFile>
#include <QThreadPool>

#include <utility>

namespace sockeye {

LiveSpool::LiveSpool(const QString& file, bool leaveBehind, std::function<void()> onCopyFailed)
    : m_file(createSpoolFile(file))
    , m_path(m_file.path)
{
    if (m_file.temporary && !leaveBehind && m_file.file.isOpen()) {
        QFile::remove(m_file.path);
        m_file.temporary = false;
        m_path = m_file.file.ownPath();
    }
    if (m_file.copy.isOpen() && m_file.file.isOpen()) {
        m_copy = std::make_unique<SpoolCopy>(m_file.file, m_file.copy, std::move(onCopyFailed));
    }
}

LiveSpool::~LiveSpool()
{
    m_copy.reset();
    m_file.copy.close();
    if (!m_file.file.isOpen()) {
        return;
    }
    backgroundThreads().start([file = std::make_shared<SpoolFile>(std::move(m_file))] {
        if (file->temporary) {
            QFile::remove(file->path); // while it is locked: nobody takes it for one that was left behind
        }
        file->file.close();
    });
}

} // namespace sockeye
