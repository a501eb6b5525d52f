// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace sockeye {

/// Reads what may keep its reader waiting, such as a pipe, in a thread of its own: Qt cannot wait for it otherwise. The
/// thread is left alone with a read that does not return.
class BlockingInput {
public:
    /// Without a path: standard input. `onChange` is called in that thread whenever something came or it ended.
    explicit BlockingInput(const QString& path = {}, std::function<void()> onChange = {});
    ~BlockingInput();
    BlockingInput(const BlockingInput&) = delete;
    BlockingInput& operator=(const BlockingInput&) = delete;

    /// What has come, at most `size` bytes, waiting for it for `patience`; empty if nothing did.
    [[nodiscard]] QByteArray take(qint64 size, std::chrono::milliseconds patience);
    [[nodiscard]] bool isOver() const; ///< it ended, or failed, and all of it was taken
    [[nodiscard]] int error() const; ///< of <cerrno>, once it has ended; 0: it was its end

private:
    struct Shared;
    static void run(Shared& shared, const QString& path);

    std::shared_ptr<Shared> m_shared;
};

} // namespace sockeye
