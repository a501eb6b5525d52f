// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/file_watch.h"

#include <QFileInfo>

#include <chrono>

namespace sockeye {

FileWatch::FileWatch(QObject* parent)
    : QObject(parent)
{
    constexpr std::chrono::milliseconds pause { 150 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    const auto wait = [this] { m_pause.start(); };
    // A file that is replaced by a rename is no longer watched; its folder tells of the new one.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, wait);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, wait);
    connect(&m_pause, &QTimer::timeout, this, &FileWatch::changed);
}

void FileWatch::watch(const QStringList& files)
{
    QStringList paths;
    for (const QString& file : files) {
        paths.append({ file, QFileInfo(file).absolutePath() });
    }
    paths.removeDuplicates();
    paths.removeIf([this](const QString& each) {
        return m_watcher.files().contains(each) || m_watcher.directories().contains(each) || !QFileInfo::exists(each);
    });
    if (!paths.isEmpty()) {
        m_watcher.addPaths(paths);
    }
}

} // namespace sockeye
