// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/live_capture.h"

#include "app/events/event.h"
#include "app/live/live_failure.h"
#include "app/live/live_spool.h"
#include "app/platform/tool_output.h"

#include <QCoreApplication>
#include <QProcess>

#include <chrono>
#include <utility>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

// It ends within milliseconds, unless the disk keeps it.
constexpr auto toolPatience = 5s;
// The tool's own lines are shorter.
constexpr qsizetype longestLine = 8192;

QStringList argumentsOf(const LiveCaptureOptions& options)
{
    QStringList arguments { QStringLiteral("capture"), options.interface };
    if (!options.filter.isEmpty()) {
        arguments << QStringLiteral("--filter") << options.filter;
    }
    if (options.count > 0) {
        arguments << QStringLiteral("--count") << QString::number(options.count);
    }
    return arguments;
}

} // namespace

LiveCapture::LiveCapture(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(toolPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_process) {
            m_process->kill();
        }
    });
}

LiveCapture::~LiveCapture()
{
    if (m_process) {
        // Nobody waits for it; the end of its input ends it, also when this whole process ends first.
        m_process->disconnect(this);
        m_process->setParent(QCoreApplication::instance());
        connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
        m_process->kill();
    }
}

void LiveCapture::start(const LiveCaptureOptions& options, const CaptureOptions& reading)
{
    if (isRunning()) {
        return;
    }
    clear();
    m_options = options;
    m_reading = reading;
    m_failure = {};
    m_counts = {};
    m_startedAt = 0;
    m_line.clear();
    if (!hasCaptureTool()) {
        fail(liveNotAvailable());
        return;
    }
    m_spool = std::make_unique<LiveSpool>(options.file, options.leaveBehind, options.onCopyFailed);
    if (m_spool->failure()) {
        fail(m_spool->failure());
        return;
    }
    setState(State::Starting);
    Q_EMIT countsChanged();
    launch(); // may fail at once
}

void LiveCapture::launch()
{
    m_process = new QProcess;
    sendOutputTo(*m_process, m_spool->file());
    connect(m_process, &QProcess::readyReadStandardError, this, &LiveCapture::readLines);
    connect(m_process, &QProcess::finished, this, &LiveCapture::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            m_failure = toolNotStarted(m_options.tool, m_process->errorString());
            ended();
        }
    });
    m_process->start(m_options.tool, argumentsOf(m_options));
}

void LiveCapture::stop()
{
    if (!m_process || m_state == State::Stopping) {
        return;
    }
    m_process->closeWriteChannel();
    m_patience.start();
    setState(State::Stopping);
}

void LiveCapture::readLines()
{
    for (const QByteArrayList parts = m_process->readAllStandardError().split('\n'); const QByteArray& part : parts) {
        // Each part but the last one is followed by the end of its line.
        if (m_line.size() + part.size() <= longestLine) {
            m_line += part;
        }
        if (&part != &parts.back()) {
            takeLine(std::exchange(m_line, {}));
        }
    }
}

void LiveCapture::takeLine(const QByteArray& line)
{
    const ToolLine told = parseToolLine(line);
    if (const auto* counts = std::get_if<PacketCounts>(&told)) {
        m_counts = *counts;
        Q_EMIT countsChanged();
    } else if (const auto* error = std::get_if<ToolError>(&told)) {
        m_failure = liveFailure(*error, m_options.tool, m_options.interface, m_options.filter);
    } else if (std::holds_alternative<CaptureBegan>(told) && !m_capture) {
        m_startedAt = captureNow();
        open();
        if (m_state == State::Starting) {
            setState(State::Capturing);
        }
    }
}

void LiveCapture::open()
{
    CaptureOptions reading = m_reading;
    reading.follow = isRunning() ? FollowFile::Always : FollowFile::Never;
    m_capture = Capture::open(m_spool->path(), reading);
}

void LiveCapture::setReading(std::shared_ptr<Capture> reading)
{
    m_capture = std::move(reading);
    Q_EMIT stateChanged();
}

void LiveCapture::clear()
{
    if (!isRunning()) {
        m_capture.reset();
        m_spool.reset();
    }
}

void LiveCapture::ended()
{
    m_patience.stop();
    readLines();
    takeLine(std::exchange(m_line, {}));
    QProcess* process = std::exchange(m_process, nullptr);
    const bool asked = m_state == State::Stopping;
    const bool good = process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0;
    if (!good && !m_failure && !asked) {
        m_failure = toolEnded(m_options.tool);
    }
    process->disconnect(this);
    process->deleteLater();
    if (m_capture) {
        m_capture->stopFollowing(); // what is in the file belongs to it
    }
    if (m_failure) {
        fail(m_failure);
    } else {
        setState(State::Stopped);
    }
}

void LiveCapture::fail(const Failure& failure)
{
    m_failure = failure;
    setState(State::Failed);
}

void LiveCapture::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace sockeye
