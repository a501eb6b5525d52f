// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/descriptions/protocol_watch.h"

#include <QObject>
#include <QString>

#include <functional>

namespace sockeye {

/// Descriptions in files, as windows use them: loaded in the background, and again whenever a file changes. GUI thread
/// only; lives as long as the application.
class ProtocolLibrary : public QObject {
    Q_OBJECT
public:
    static ProtocolLibrary& instance();

    /// Loads what comes with Sockeye and what lies in the user's folder, so that it is offered.
    void load();
    /// Loads that file. `done` is called later, unless `context` is gone by then: with the protocol, or null and what
    /// is wrong with the file, a sentence a line.
    void open(const QString& file, QObject* context,
        const std::function<void(const ProtocolPtr& protocol, const QString& problem)>& done);
    /// The protocol that a page had when its state was saved. `take` is called with it: at once for one of Sockeye's
    /// own, later for a description, which is loaded in the background; not at all where there is none of that name any
    /// more, or `context` is gone.
    void restore(const QString& name, QObject* context, const std::function<void(const ProtocolPtr& protocol)>& take);
    /// Somebody uses that protocol: it is loaded again when its files change.
    void use(const ProtocolPtr& protocol) { m_watch.watch(protocol); }

Q_SIGNALS:
    void replaced(const sockeye::ProtocolPtr& before, const sockeye::ProtocolPtr& now);
    /// The files of a protocol that is in use are wrong now: it stays in force.
    void failed(const sockeye::ProtocolPtr& protocol, const QString& problem);

private:
    explicit ProtocolLibrary(QObject* parent);
    ProtocolWatch m_watch;
};

} // namespace sockeye
