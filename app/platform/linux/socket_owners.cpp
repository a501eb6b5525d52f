// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/socket_owners.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QList>
#include <QSet>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include <dirent.h>
#include <pwd.h>
#include <unistd.h>

namespace sockeye {

namespace {

/// A socket that appears while processes are looked through may belong to one that was looked into before.
constexpr int roundsInVain = 2;

/// A folder that closes itself.
class Folder {
public:
    explicit Folder(const QByteArray& path)
        : m_folder(::opendir(path.constData()))
    {
    }
    ~Folder()
    {
        if (m_folder != nullptr) {
            ::closedir(m_folder);
        }
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] bool isOpen() const { return m_folder != nullptr; }
    /// The next name that is a number; -1 at the end.
    [[nodiscard]] qint64 nextNumber()
    {
        while (const dirent* entry = ::readdir(m_folder)) { // NOLINT(concurrency-mt-unsafe): the folder is ours alone
            bool ok = false;
            const qint64 number = QByteArrayView(&entry->d_name[0]).toLongLong(&ok);
            if (ok && number >= 0) {
                return number;
            }
        }
        return -1;
    }

private:
    DIR* m_folder;
};

/// The number in "socket:[1234]"; 0 for anything else.
quint64 inodeOf(QByteArrayView link)
{
    constexpr QByteArrayView before("socket:[");
    if (!link.startsWith(before) || !link.endsWith(']')) {
        return 0;
    }
    return link.sliced(before.size()).chopped(1).toULongLong();
}

/// Name of a user of this machine, or the number.
QString userName(quint32 user)
{
    std::array<char, 4096> buffer {};
    passwd entry {};
    passwd* found = nullptr;
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return QString::fromLocal8Bit(found->pw_name);
    }
    return QString::number(user);
}

bool isSockeye(const QString& name)
{
    return name == u"sockeye" || name == u"sockeye-cli";
}

} // namespace

class SocketOwners::Search {
public:
    explicit Search(QString folder)
        : m_folder(std::move(folder))
    {
    }
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

SocketOwners::SocketOwners(const QString& folder)
    : m_search(std::make_unique<Search>(folder))
{
}

SocketOwners::~SocketOwners() = default;

std::vector<SocketOwner> SocketOwners::find(const std::vector<SocketEntry>& entries, std::chrono::milliseconds budget)
{
    return m_search->find(entries, budget);
}

std::vector<SocketOwner> SocketOwners::Search::find(
    const std::vector<SocketEntry>& entries, std::chrono::milliseconds budget)
{
    const Clock::time_point deadline = Clock::now() + budget;
    QSet<quint64> present;
    for (const SocketEntry& entry : entries) {
        if (entry.inode != 0) {
            present.insert(entry.inode);
        }
    }
    forgetGone(present);
    QSet<quint64> wanted;
    for (const quint64 inode : std::as_const(present)) {
        if (!m_holders.contains(inode) && m_missed.value(inode) < roundsInVain) {
            wanted.insert(inode);
        }
    }
    lookThrough(std::move(wanted), deadline);
    std::vector<SocketOwner> owners;
    owners.reserve(entries.size());
    for (const SocketEntry& entry : entries) {
        owners.push_back(ownerOf(entry));
    }
    return owners;
}

/// What is gone, and what has moved on to another process or another socket.
void SocketOwners::Search::forgetGone(const QSet<quint64>& present)
{
    m_holders.removeIf([&](const QHash<quint64, Holder>::iterator& it) {
        return !present.contains(it.key()) || inodeAt(it->process, it->descriptor) != it.key();
    });
    m_missed.removeIf([&](const QHash<quint64, int>::iterator& it) { return !present.contains(it.key()); });
}

void SocketOwners::Search::lookThrough(QSet<quint64> wanted, Clock::time_point deadline)
{
    if (wanted.isEmpty()) {
        m_left.clear();
        return;
    }
    // A second round at once where the first found everything but sockets that are newer than it.
    for (int rounds = 0; rounds < roundsInVain && !wanted.isEmpty(); ++rounds) {
        if (m_left.isEmpty()) {
            m_left = processes();
            m_round = wanted;
        }
        while (!m_left.isEmpty() && !wanted.isEmpty()) {
            lookInto(m_left.takeLast(), wanted);
            if (Clock::now() >= deadline && !m_left.isEmpty()) {
                return;
            }
        }
        m_left.clear();
        endRound();
        wanted.removeIf([this](quint64 inode) { return m_missed.value(inode) >= roundsInVain; });
    }
}

void SocketOwners::Search::endRound()
{
    for (const quint64 inode : std::as_const(m_round)) {
        if (!m_holders.contains(inode)) {
            ++m_missed[inode];
        }
    }
    m_round.clear();
}

/// Ours comes last, which is looked into first: it is the likeliest.
QList<qint64> SocketOwners::Search::processes() const
{
    QList<qint64> all;
    Folder folder(m_folder.toLocal8Bit());
    if (!folder.isOpen()) {
        return all;
    }
    for (qint64 process = folder.nextNumber(); process >= 0; process = folder.nextNumber()) {
        all.append(process);
    }
    const qint64 own = QCoreApplication::applicationPid();
    if (all.removeOne(own)) {
        all.append(own);
    }
    return all;
}

void SocketOwners::Search::lookInto(qint64 process, QSet<quint64>& wanted)
{
    const QString base = m_folder + u'/' + QString::number(process);
    Folder folder(QString(base + u"/fd").toLocal8Bit());
    if (!folder.isOpen()) {
        m_anyClosed = m_anyClosed || errno == EACCES || errno == EPERM;
        return;
    }
    QString name;
    for (qint64 descriptor = folder.nextNumber(); descriptor >= 0; descriptor = folder.nextNumber()) {
        const quint64 inode = inodeAt(process, static_cast<int>(descriptor));
        if (inode == 0 || !wanted.remove(inode)) {
            continue;
        }
        if (name.isEmpty()) {
            QFile file(QString(base + u"/comm"));
            name = file.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(file.readAll()).trimmed() : QString();
        }
        const bool isOurs = process == QCoreApplication::applicationPid() || isSockeye(name);
        m_holders.insert(inode, { process, static_cast<int>(descriptor), name, isOurs });
        m_missed.remove(inode);
    }
}

quint64 SocketOwners::Search::inodeAt(qint64 process, int descriptor)
{
    std::array<char, 64> target {};
    const QByteArray link = QStringLiteral("%1/%2/fd/%3")
                                .arg(m_folder, QString::number(process), QString::number(descriptor))
                                .toLocal8Bit();
    const ssize_t size = ::readlink(link.constData(), target.data(), target.size());
    if (size < 0) {
        m_anyClosed = m_anyClosed || errno == EACCES || errno == EPERM;
        return 0;
    }
    return inodeOf({ target.data(), qsizetype(size) });
}

SocketOwner SocketOwners::Search::ownerOf(const SocketEntry& entry)
{
    SocketOwner owner;
    if (entry.inode == 0) {
        const bool waits = entry.state == TcpState::Established || entry.state == TcpState::CloseWait
            || entry.state == TcpState::SynReceived || entry.state == TcpState::NewSynReceived;
        owner.known = waits ? SocketOwner::Known::NotAccepted : SocketOwner::Known::Nobody;
        return owner;
    }
    const auto holder = m_holders.constFind(entry.inode);
    if (holder != m_holders.cend()) {
        return { SocketOwner::Known::Process, holder->process, holder->name, {}, holder->isOurs };
    }
    if (m_missed.value(entry.inode) >= roundsInVain) {
        owner.known = m_anyClosed ? SocketOwner::Known::NoRights : SocketOwner::Known::NotSeen;
        if (m_anyClosed && !m_users.contains(entry.user)) {
            m_users.insert(entry.user, userName(entry.user));
        }
        owner.user = m_anyClosed ? m_users.value(entry.user) : QString();
    }
    return owner;
}

} // namespace sockeye
