// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/protocol_watch.h"

#include "app/descriptions/protocol_files.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

ProtocolWatch::ProtocolWatch(QObject* parent)
    : QObject(parent)
{
    connect(&m_files, &FileWatch::changed, this, &ProtocolWatch::look);
}

void ProtocolWatch::watch(const ProtocolPtr& protocol)
{
    if (const QStringList files = filesOf(protocol); !files.isEmpty()) {
        m_protocols.insert(protocol->id(), protocol);
        m_files.watch(files);
    }
}

void ProtocolWatch::look()
{
    const QList<ProtocolPtr> all = m_protocols.values();
    for (const ProtocolPtr& protocol : all) {
        m_files.watch(filesOf(protocol));
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
