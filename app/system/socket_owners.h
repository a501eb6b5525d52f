// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_entry.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <vector>

namespace sockeye {

/// Who holds a socket, or why that is not known.
struct SocketOwner {
    enum class Known : quint8 {
        Process, ///< `process` and `name` say it
        Nobody, ///< no process holds it: the kernel finishes or waits by itself
        NotAccepted, ///< a connection that waits in a listening socket's backlog
        NoRights, ///< most likely a process that we may not look into, as another user's
        NotSeen, ///< no process that we may look into holds it: one in another container, or the kernel
        NotYet, ///< there was no time to look at all processes
    };
    Known known = Known::NotYet;
    qint64 process = 0;
    QString name; ///< as the system has it: at most 15 characters
    QString user; ///< NoRights: whose socket it is
    bool isOurs = false; ///< a process of Sockeye's

    friend bool operator==(const SocketOwner&, const SocketOwner&) = default;
};

/// "python3 (1234)", or why it is not known, in words.
[[nodiscard]] QString ownerText(const SocketOwner& owner);

/// Finds the processes behind sockets by what /proc/PID/fd leads to. Remembers what it found, so that looking again
/// costs one readlink() a socket; looks further where it stopped when its time was up. Not for the GUI thread; one
/// thread at a time.
class SocketOwners {
public:
    explicit SocketOwners(QString folder = QStringLiteral("/proc"));

    /// The owners of `entries`, in their order. Looks through processes for at most `budget`.
    [[nodiscard]] std::vector<SocketOwner> find(
        const std::vector<SocketEntry>& entries, std::chrono::milliseconds budget);

private:
    using Clock = std::chrono::steady_clock;
    struct Holder {
        qint64 process = 0;
        int descriptor = 0;
        QString name;
        bool isOurs = false;
    };

    void forgetGone(const QSet<quint64>& present);
    void lookThrough(QSet<quint64> wanted, Clock::time_point deadline);
    void lookInto(qint64 process, QSet<quint64>& wanted);
    void endRound();
    [[nodiscard]] QList<qint64> processes() const;
    [[nodiscard]] quint64 inodeAt(qint64 process, int descriptor);
    [[nodiscard]] SocketOwner ownerOf(const SocketEntry& entry);

    QString m_folder;
    QHash<quint64, Holder> m_holders; ///< by inode
    QHash<quint64, int> m_missed; ///< inode → how many times all processes were looked through in vain
    QList<qint64> m_left; ///< processes that this round has not looked into yet
    QSet<quint64> m_round; ///< inodes that this round has looked for from its beginning
    QHash<quint32, QString> m_users; ///< names by id
    bool m_anyClosed = false; ///< some process may not be looked into
};

} // namespace sockeye
