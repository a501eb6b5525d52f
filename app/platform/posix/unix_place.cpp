// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/unix_place.h"

#include "app/platform/posix/descriptor.h"
#include "app/platform/posix/system_address.h"

#include <cerrno>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockeye {

namespace {

/// Whether nobody has the socket of that file any more. Asked by a socket of datagrams, which disturbs nobody: one of
/// streams that is there says that the type is wrong, and one of datagrams gets nothing.
bool isLeftOver(const sockaddr_storage& storage, socklen_t size)
{
    const Descriptor probe(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    return probe.isValid() && ::connect(probe.number(), reinterpret_cast<const sockaddr*>(&storage), size) != 0
        && errno == ECONNREFUSED;
}

} // namespace

int connectErrorAt(const UnixName& name, int error)
{
    struct stat file { };
    const bool isOther = error == ECONNREFUSED && name.isPath() && ::stat(name.bytes().constData(), &file) == 0
        && !S_ISSOCK(file.st_mode);
    return isOther ? ENOTSOCK : error;
}

int UnixPlace::take(int descriptor, const UnixName& name)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem({ {}, 0, name }, storage);
    if (size == 0) {
        return ENAMETOOLONG;
    }
    const auto bind = [&] {
        return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&storage), size) == 0 ? 0 : errno;
    };
    int error = bind();
    struct stat file { };
    const char* const path = name.bytes().constData();
    if (error == EADDRINUSE && name.isPath() && ::lstat(path, &file) == 0) {
        if (!S_ISSOCK(file.st_mode)) {
            return ENOTSOCK;
        }
        if (isLeftOver(storage, size)) {
            error = ::unlink(path) == 0 ? bind() : errno;
        }
    }
    if (error == 0 && name.isPath() && ::lstat(path, &file) == 0) {
        m_path = name.bytes();
        m_device = file.st_dev;
        m_inode = file.st_ino;
    }
    return error;
}

void UnixPlace::leave()
{
    struct stat file { };
    if (!m_path.isEmpty() && ::lstat(m_path.constData(), &file) == 0 && file.st_dev == m_device
        && file.st_ino == m_inode) {
        ::unlink(m_path.constData());
    }
    m_path.clear();
}

} // namespace sockeye
