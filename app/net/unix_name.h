// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QHashFunctions>
#include <QSharedData>
#include <QString>

namespace sockeye {

/// The name of a Unix domain socket, which programs of one machine find each other by: the path of a file, an abstract
/// name (Linux: no file, gone with its socket), or none at all, as clients mostly have it. A null one says that a
/// socket is no Unix socket. As small as a pointer, since each address has one.
class UnixName {
public:
    /// The most bytes of a path, or of an abstract name: what sockaddr_un has room for.
    static constexpr qsizetype longest = 107;

    UnixName() = default; ///< null
    /// As the system has it: a path, an abstract name behind a zero byte, or nothing: unnamed.
    [[nodiscard]] static UnixName fromBytes(const QByteArray& bytes);
    /// What people write: a path, or "@name". It may be too long, which the system would refuse.
    [[nodiscard]] static UnixName fromText(const QString& text);
    /// Of a socket without a name that belongs to the process; 0: to one that is not known.
    [[nodiscard]] static UnixName unnamed(qint64 pid);

    [[nodiscard]] bool isNull() const { return !m_data; }
    [[nodiscard]] bool isUnnamed() const { return m_data && m_data->bytes.isEmpty(); }
    [[nodiscard]] bool isAbstract() const { return m_data && m_data->bytes.startsWith('\0'); }
    [[nodiscard]] bool isPath() const { return m_data && !isUnnamed() && !isAbstract(); }
    [[nodiscard]] bool isTooLong() const;
    [[nodiscard]] const QByteArray& bytes() const; ///< as the system has it
    [[nodiscard]] qint64 pid() const { return m_data ? m_data->pid : 0; } ///< of an unnamed one

    /// For people: "/run/app.sock", "@name", "unnamed (pid 1234)". What has no picture stands there as its escape. A
    /// relative path that begins like an abstract name has "./" before it.
    [[nodiscard]] QString text() const;

    friend bool operator==(const UnixName& a, const UnixName& b)
    {
        return a.isNull() == b.isNull() && a.bytes() == b.bytes() && a.pid() == b.pid();
    }
    friend std::size_t qHash(const UnixName& name, std::size_t seed = 0) noexcept
    {
        return qHashMulti(seed, name.bytes(), name.pid());
    }

private:
    struct Data : QSharedData {
        QByteArray bytes;
        qint64 pid = 0;
    };

    UnixName(const QByteArray& bytes, qint64 pid);

    QExplicitlySharedDataPointer<Data> m_data; ///< never changed
};

} // namespace sockeye
