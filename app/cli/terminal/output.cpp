// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"

#include "app/net/failure.h"
#include "app/platform/system_error.h"
#include "protocol/text/visible_text.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace sockeye::cli {

namespace {

constexpr qsizetype flushAt = 64 * 1024;

std::atomic<bool> outputFailed = false; // standard output is one for the whole process

} // namespace

Output::Output(std::function<void()> onBroken, StandardStream stream)
    : m_onBroken(std::move(onBroken))
    , m_stream(stream)
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
    const int error = m_broken ? 0 : writeAll(m_stream, m_pending);
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
        complain(
            makeFailure(FailureCode::OutputNotWritten, tr("standard output"), systemErrorText(systemError)).oneLine());
    }
}

bool Output::wantsColour()
{
    return isTerminal(StandardStream::Output) && qEnvironmentVariableIsEmpty("NO_COLOR");
}

StandardStream besides(const QString& file)
{
    return file == QLatin1StringView("-") ? StandardStream::Error : StandardStream::Output;
}

void complain(const QString& text, const QString& picture)
{
    // A line break inside (from a peer's or a library's text) must not make two lines of one complaint, nor anything
    // else in it command the terminal.
    QByteArray line = "sockeye-cli: " + visibleText(text.simplified()).toUtf8() + '\n';
    if (!picture.isEmpty()) {
        line += picture.toUtf8() + '\n';
    }
    static_cast<void>(writeAll(StandardStream::Error, line));
}

} // namespace sockeye::cli
