// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace sockeye {

/// Tells that files have changed, or took the place of others. Lives in the thread that asks.
class FileWatch : public QObject {
    Q_OBJECT
public:
    explicit FileWatch(QObject* parent = nullptr);

    /// These, too, from now on. Said again after changed(): a file that was replaced has to be looked at anew.
    void watch(const QStringList& files);

Q_SIGNALS:
    void changed(); ///< some of them, or others of their folders

private:
    QFileSystemWatcher m_watcher;
    QTimer m_pause; ///< programs write a file in several steps
};

} // namespace sockeye
