// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/protocol_library.h"

#include "app/descriptions/protocol_files.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

ProtocolLibrary& ProtocolLibrary::instance()
{
    static QPointer<ProtocolLibrary> library;
    if (!library) {
        library = new ProtocolLibrary(QCoreApplication::instance());
    }
    return *library;
}

ProtocolLibrary::ProtocolLibrary(QObject* parent)
    : QObject(parent)
{
    connect(&m_watch, &ProtocolWatch::replaced, this, &ProtocolLibrary::replaced);
    connect(&m_watch, &ProtocolWatch::failed, this, &ProtocolLibrary::failed);
}

void ProtocolLibrary::load()
{
    backgroundThreads().start([] {
        const QStringList names = protocolFileNames();
        for (const QString& name : names) {
            (void)protocolFromFile(name); // what is wrong with one is said when somebody chooses it
        }
    });
}

void ProtocolLibrary::restore(
    const QString& name, QObject* context, const std::function<void(const ProtocolPtr& protocol)>& take)
{
    if (const ProtocolPtr own = ownProtocolFromName(name)) {
        take(own);
        return;
    }
    if (name.isEmpty()) {
        return;
    }
    backgroundThreads().start([name, context = QPointer<QObject>(context), take] {
        const auto named = protocolFromName(name);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [context, take, named] {
                if (context && named) {
                    take(*named);
                }
            },
            Qt::QueuedConnection);
    });
}

void ProtocolLibrary::open(const QString& file, QObject* context,
    const std::function<void(const ProtocolPtr& protocol, const QString& problem)>& done)
{
    backgroundThreads().start([file, context = QPointer<QObject>(context), done] {
        const auto loaded = protocolFromFile(file);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [context, done, loaded] {
                if (context) {
                    loaded ? done(*loaded, {}) : done(nullptr, loaded.error());
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
