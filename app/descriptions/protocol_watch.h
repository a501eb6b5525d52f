// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/file_watch.h"
#include "protocol/protocols/registry.h"

#include <QHash>
#include <QObject>

namespace sockeye {

/// Loads descriptions again when their files change. Lives in the thread that asks; files are read in the background.
class ProtocolWatch : public QObject {
    Q_OBJECT
public:
    explicit ProtocolWatch(QObject* parent = nullptr);

    /// Looks at the files of that protocol, if it comes of any, until the end or until another takes its place.
    void watch(const ProtocolPtr& protocol);

Q_SIGNALS:
    /// `before` was made of files that have changed; `now` is what they say.
    void replaced(const sockeye::ProtocolPtr& before, const sockeye::ProtocolPtr& now);
    /// They have changed and are wrong: `protocol` stays in force. `text` has a sentence a line.
    void failed(const sockeye::ProtocolPtr& protocol, const QString& text);

private:
    void look();
    void loadAgain(const ProtocolPtr& protocol);

    FileWatch m_files;
    QHash<QString, ProtocolPtr> m_protocols; ///< by id
};

} // namespace sockeye
