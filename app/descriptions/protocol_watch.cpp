// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/protocol_watch.h"

#include "app/descriptions/protocol_files.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

#include <chrono>

namespace sockeye {

ProtocolWatch::ProtocolWatch(QObject* parent)
    : QObject(parent)
{
    constexpr std::chrono::milliseconds pause { 150 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    const auto changed = [this] { m_pause.start(); };
    // A file that is replaced by a rename is no longer watched; its folder tells of the new one.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, changed);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, changed);
    connect(&m_pause, &QTimer::timeout, this, &ProtocolWatch::look);
}

void ProtocolWatch::watch(const ProtocolPtr& protocol)
{
    if (!filesOf(protocol).isEmpty()) {
        m_protocols.insert(protocol->id(), protocol);
        addFiles(protocol);
    }
}

void ProtocolWatch::addFiles(const ProtocolPtr& protocol)
{
    QStringList paths;
    for (const QString& file : filesOf(protocol)) {
        paths.append({ file, QFileInfo(file).absolutePath() });
    }
    paths.removeIf([this](const QString& each) {
        return m_watcher.files().contains(each) || m_watcher.directories().contains(each) || !QFileInfo::exists(each);
    });
    if (!paths.isEmpty()) {
        m_watcher.addPaths(paths);
    }
}

void ProtocolWatch::look()
{
    const QList<ProtocolPtr> all = m_protocols.values();
    for (const ProtocolPtr& protocol : all) {
        addFiles(protocol);
        loadAgain(protocol);
    }
}

void ProtocolWatch::loadAgain(const ProtocolPtr& protocol)
{
    backgroundThreads().start([watch = QPointer<ProtocolWatch>(this), protocol] {
        const auto loaded = protocolFromFile(protocol->id());
        if (loaded && *loaded == protocol) {
            return;
        }
        // Back in the thread of the watch, which may have gone meanwhile.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [watch, protocol, loaded] {
                if (!watch || watch->m_protocols.value(protocol->id()) != protocol) {
                    return;
                }
                if (!loaded || !*loaded) {
                    Q_EMIT watch->failed(protocol, loaded ? tr("The file is gone.") : loaded.error());
                    return;
                }
                watch->watch(*loaded);
                Q_EMIT watch->replaced(protocol, *loaded);
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
