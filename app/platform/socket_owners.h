// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_entry.h"
#include "app/platform/socket_owner.h"

#include <chrono>
#include <memory>
#include <vector>

namespace sockeye {

/// Finds the processes behind sockets (Linux: by what /proc/PID/fd leads to). Remembers what it found, so that looking
/// again costs one readlink() a socket; looks further where it stopped when its time was up. Not for the GUI thread;
/// one thread at a time.
class SocketOwners {
public:
    /// `folder`: where the system has its processes.
    explicit SocketOwners(const QString& folder = QStringLiteral("/proc"));
    ~SocketOwners();
    SocketOwners(const SocketOwners&) = delete;
    SocketOwners& operator=(const SocketOwners&) = delete;

    /// The owners of `entries`, in their order. Looks through processes for at most `budget`.
    [[nodiscard]] std::vector<SocketOwner> find(
        const std::vector<SocketEntry>& entries, std::chrono::milliseconds budget);

private:
    class Search;
    std::unique_ptr<Search> m_search;
};

} // namespace sockeye
