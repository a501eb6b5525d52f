// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/portable/blocking_input.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype mostWaiting = 1024 * 1024; // bytes that nobody has taken yet

} // namespace

/// What both threads have; under the mutex.
struct BlockingInput::Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> onChange;
    QByteArray waiting;
    int error = 0;
    bool isOver = false;
    bool isUnwanted = false; ///< nobody takes any more

    void tellChange()
    {
        changed.notify_all();
        if (onChange) {
            onChange();
        }
    }
};

BlockingInput::BlockingInput(const QString& path, std::function<void()> onChange)
    : m_shared(std::make_shared<Shared>())
{
    m_shared->onChange = std::move(onChange);
    std::thread([shared = m_shared, path] { run(*shared, path); }).detach();
}

BlockingInput::~BlockingInput()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->isUnwanted = true;
    m_shared->onChange = {};
    m_shared->changed.notify_all();
}

/// A name may be that of a pipe, which cannot be opened before somebody writes to it: hence here.
void BlockingInput::run(Shared& shared, const QString& path)
{
    std::ifstream named;
    if (!path.isEmpty()) {
        named.open(std::filesystem::path(path.toStdU16String()), std::ios::binary);
    } else {
        std::ios::sync_with_stdio(false); // else it comes character by character
    }
    const bool isOpen = path.isEmpty() || named.is_open();
    std::streambuf& input = path.isEmpty() ? *std::cin.rdbuf() : *named.rdbuf();
    constexpr auto end = std::char_traits<char>::eof();
    QByteArray bytes;
    bool goesOn = isOpen;
    // Neither Qt nor C hands over less than was asked for before the end; this takes what one read brought.
    while (goesOn && input.sgetc() != end) {
        bytes.resize(static_cast<qsizetype>(std::max<std::streamsize>(input.in_avail(), 1)));
        bytes.truncate(static_cast<qsizetype>(input.sgetn(bytes.data(), bytes.size())));
        std::unique_lock lock(shared.mutex);
        shared.waiting.append(bytes);
        shared.tellChange();
        shared.changed.wait(lock, [&] { return shared.isUnwanted || shared.waiting.size() < mostWaiting; });
        goesOn = !shared.isUnwanted;
    }
    const std::lock_guard lock(shared.mutex);
    shared.error = isOpen ? 0 : EACCES;
    shared.isOver = true;
    shared.tellChange();
}

QByteArray BlockingInput::take(qint64 size, std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_shared->mutex);
    m_shared->changed.wait_for(lock, patience, [&] { return m_shared->isOver || !m_shared->waiting.isEmpty(); });
    QByteArray taken = m_shared->waiting.left(size);
    m_shared->waiting.remove(0, taken.size());
    m_shared->changed.notify_all();
    return taken;
}

bool BlockingInput::isOver() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->isOver && m_shared->waiting.isEmpty();
}

int BlockingInput::error() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->error;
}

} // namespace sockeye
