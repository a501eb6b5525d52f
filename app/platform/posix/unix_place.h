// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/unix_name.h"

#include <sys/types.h>

namespace sockeye {

/// What connect() says of a name, more exactly: of a file that is no socket it says ECONNREFUSED, as of a socket that
/// nobody listens on. Gives an errno.
[[nodiscard]] int connectErrorAt(const UnixName& name, int error);

/// The place at which a Unix socket is found. A path is a file, which stays when its socket is gone: so it is removed
/// with this, if it is still the one that was made here. An abstract name leaves nothing.
class UnixPlace {
public:
    UnixPlace() = default;
    ~UnixPlace() { leave(); }
    UnixPlace(const UnixPlace&) = delete;
    UnixPlace& operator=(const UnixPlace&) = delete;

    /// Binds a Unix socket to the name. A file of a socket that is gone makes room: one that refuses to be connected
    /// to. Gives 0, or an errno: EADDRINUSE where somebody has it, ENOTSOCK where something else has the path, which is
    /// left as it is.
    [[nodiscard]] int take(int descriptor, const UnixName& name);
    void leave(); ///< removes the file

private:
    QByteArray m_path; ///< empty: there is no file
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

} // namespace sockeye
