// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/output.h"

#include "app/net/failure.h"
#include "app/platform/system_error.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace sockeye::cli {

namespace {

constexpr qsizetype flushAt = 64 * 1024;

std::atomic<bool> outputFailed = false; // standard output is one for the whole process

/// 0, or the system's error.
int writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EAGAIN) { // whoever shares it made it non-blocking
                pollfd wait { descriptor, POLLOUT, 0 };
                ::poll(&wait, 1, -1);
                continue;
            }
            return errno;
        }
        bytes = bytes.sliced(written);
    }
    return 0;
}

} // namespace

Output::Output(std::function<void()> onBroken, int descriptor)
    : m_onBroken(std::move(onBroken))
    , m_descriptor(descriptor)
{
}

Output::~Output()
{
    release();
}

void Output::write(QByteArrayView lines)
{
    const std::lock_guard lock(m_mutex);
    if (m_broken) {
        return;
    }
    m_pending.append(lines);
    if (m_pending.size() >= flushAt) {
        flushLocked();
    }
}

void Output::flush()
{
    const std::lock_guard lock(m_mutex);
    flushLocked();
}

void Output::hold()
{
    const std::lock_guard lock(m_mutex);
    flushLocked();
    m_held = true;
}

void Output::release(QByteArrayView first)
{
    const std::lock_guard lock(m_mutex);
    if (!m_broken) {
        m_pending.prepend(first);
    }
    m_held = false;
    flushLocked();
}

void Output::flushLocked()
{
    if (m_held || m_pending.isEmpty()) {
        return;
    }
    const int error = m_broken ? 0 : writeAll(m_descriptor, m_pending);
    if (error != 0) {
        m_broken = true;
        if (error != EPIPE) {
            fail(error);
        }
        if (m_onBroken) {
            m_onBroken();
        }
    }
    m_pending.resize(0);
}

bool Output::hasFailed()
{
    return outputFailed;
}

void Output::fail(int systemError)
{
    if (!outputFailed.exchange(true)) {
        complain(makeFailure(FailureCode::OutputNotWritten, QCoreApplication::translate("cli", "standard output"),
            systemErrorText(systemError))
                     .oneLine());
    }
}

bool Output::wantsColour()
{
    return ::isatty(STDOUT_FILENO) == 1 && qEnvironmentVariableIsEmpty("NO_COLOR");
}

int besides(const QString& file)
{
    return file == QLatin1StringView("-") ? STDERR_FILENO : STDOUT_FILENO;
}

void complain(const QString& text, const QString& picture)
{
    // A line break inside (from a peer's or a library's text) must not make two lines of one complaint, nor anything
    // else in it command the terminal.
    QByteArray line = "sockeye-cli: " + visibleText(text.simplified()).toUtf8() + '\n';
    if (!picture.isEmpty()) {
        line += picture.toUtf8() + '\n';
    }
    static_cast<void>(writeAll(STDERR_FILENO, line));
}

} // namespace sockeye::cli
