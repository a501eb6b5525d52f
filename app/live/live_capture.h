// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/live/capture_tool.h"
#include "app/live/tool_line.h"
#include "app/net/failure.h"
#include "app/reading/capture.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <memory>

class QProcess;

namespace sockeye {

class LiveSpool;

struct LiveCaptureOptions {
    QString interface; ///< as the system calls it
    QString filter; ///< in libpcap's language (pcap-filter(7)); empty: everything
    QString file; ///< record here (pcapng); empty: a file of our own in the user's cache, removed with this
    bool leaveBehind = true; ///< a file of our own is offered at the next start if this process is killed
    std::function<void()> onCopyFailed; ///< the file is a pipe and takes no more; in another thread
    quint64 count = 0; ///< packets after which it ends; 0: none
    QString tool = captureToolPath(); ///< the program that captures
};

/// A capture of what passes an interface: the real packets of other programs, put together to the streams and messages
/// that they carried. The capture tool, a process of its own, writes them to a file that capture() follows while it
/// grows; this process needs no rights for it. One thread; nothing here waits.
class LiveCapture : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Idle, Starting, Capturing, Stopping, Stopped, Failed };

    explicit LiveCapture(QObject* parent = nullptr);
    ~LiveCapture() override; ///< ends capturing; a file of our own is removed

    /// Begins anew: what was captured before is let go of. How the streams are cut into messages, and who sees the
    /// events, is in `reading`. Does nothing while isRunning().
    void start(const LiveCaptureOptions& options, const CaptureOptions& reading);
    void stop(); ///< what was captured stays

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_process != nullptr; }
    /// Why it failed: NotPermitted if the right is missing, BadFilter if the filter is none. Also of a capture that
    /// had begun.
    [[nodiscard]] const Failure& failure() const { return m_failure; }
    [[nodiscard]] const PacketCounts& counts() const { return m_counts; }
    [[nodiscard]] qint64 startedAt() const { return m_startedAt; } ///< nanoseconds since the epoch; 0: never
    [[nodiscard]] const LiveCaptureOptions& options() const { return m_options; }

    /// Null until packets can come.
    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }
    /// Has capture() be another reading of the same recording.
    void setReading(std::shared_ptr<Capture> reading);
    /// Lets go of the capture and of its file; for who wants to know that its observer hears nothing more.
    void clear();

Q_SIGNALS:
    void stateChanged(); ///< also capture()
    void countsChanged();

private:
    void launch();
    void readLines();
    void takeLine(const QByteArray& line);
    void open();
    void ended();
    void fail(const Failure& failure);
    void setState(State state);

    LiveCaptureOptions m_options;
    CaptureOptions m_reading;
    std::unique_ptr<LiveSpool> m_spool;
    std::shared_ptr<Capture> m_capture;
    QProcess* m_process = nullptr; ///< its own owner once we are gone; null: not running
    QByteArray m_line; ///< what has come of the tool's present line
    QTimer m_patience; ///< with a tool that was asked to end
    PacketCounts m_counts;
    Failure m_failure;
    qint64 m_startedAt = 0;
    State m_state = State::Idle;
};

} // namespace sockeye
