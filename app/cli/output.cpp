// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/output.h"

#include "protocol/text/visible_text.h"

#include <QtGlobal>

#include <cerrno>
#include <cstdio>
#include <utility>

#include <unistd.h>

namespace sockeye::cli {

namespace {

constexpr qsizetype flushAt = 64 * 1024;

bool writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        bytes = bytes.sliced(written);
    }
    return true;
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
    if (!m_broken && !writeAll(m_descriptor, m_pending)) {
        m_broken = true;
        if (m_onBroken) {
            m_onBroken();
        }
    }
    m_pending.resize(0);
}

bool Output::wantsColour()
{
    return ::isatty(STDOUT_FILENO) == 1 && qEnvironmentVariableIsEmpty("NO_COLOR");
}

int besides(const QString& file)
{
    return file == QLatin1StringView("-") ? STDERR_FILENO : STDOUT_FILENO;
}

void complain(const QString& text)
{
    // A line break inside (from a peer's or a library's text) must not make two lines of one complaint, nor anything
    // else in it command the terminal.
    const QByteArray line = "sockeye-cli: " + visibleText(text.simplified()).toUtf8() + '\n';
    static_cast<void>(writeAll(STDERR_FILENO, line));
}

} // namespace sockeye::cli
