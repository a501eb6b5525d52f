// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/portable/blocking_input.h"

#include "app/platform/portable/file_error.h"

#include <QFile>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype readAtOnce = 64 * 1024;
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
};

BlockingInput::BlockingInput(int descriptor, std::function<void()> onChange)
    : m_shared(std::make_shared<Shared>())
{
    m_shared->onChange = std::move(onChange);
    std::thread([shared = m_shared, descriptor] { run(shared, descriptor, {}); }).detach();
}

BlockingInput::BlockingInput(const QString& path, std::function<void()> onChange)
    : m_shared(std::make_shared<Shared>())
{
    m_shared->onChange = std::move(onChange);
    std::thread([shared = m_shared, path] { run(shared, -1, path); }).detach();
}

BlockingInput::~BlockingInput()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->isUnwanted = true;
    m_shared->onChange = {};
    m_shared->changed.notify_all();
}

/// A name may be that of a pipe, which cannot be opened before somebody writes to it: hence here.
void BlockingInput::run(const std::shared_ptr<Shared>& shared, int descriptor, const QString& path)
{
    constexpr auto mode = QIODevice::ReadOnly | QIODevice::Unbuffered;
    QFile file(path);
    const bool isOpen = path.isEmpty() ? file.open(descriptor, mode) : file.open(mode);
    QByteArray bytes(readAtOnce, Qt::Uninitialized);
    bool goesOn = isOpen;
    while (goesOn) {
        const qint64 got = file.read(bytes.data(), readAtOnce);
        std::unique_lock lock(shared->mutex);
        goesOn = got > 0;
        if (got > 0) {
            shared->waiting.append(bytes.constData(), got);
            shared->changed.notify_all();
            if (shared->onChange) {
                shared->onChange();
            }
            shared->changed.wait(lock, [&] { return shared->isUnwanted || shared->waiting.size() < mostWaiting; });
        } else if (file.error() != QFileDevice::NoError) {
            shared->error = fileError(file);
        }
        goesOn = goesOn && !shared->isUnwanted;
    }
    const std::lock_guard lock(shared->mutex);
    if (!isOpen) {
        shared->error = fileError(file);
    }
    shared->isOver = true;
    shared->changed.notify_all();
    if (shared->onChange) {
        shared->onChange();
    }
}

QByteArray BlockingInput::take(qint64 size, std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_shared->mutex);
    m_shared->changed.wait_for(lock, patience, [&] { return m_shared->isOver || !m_shared->waiting.isEmpty(); });
    const QByteArray taken = m_shared->waiting.left(size);
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
