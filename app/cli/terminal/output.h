// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/standard_streams.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>
#include <mutex>

namespace sockeye::cli {

/// Standard output, for any thread: gathers lines and writes them in large pieces. When it cannot be written any more,
/// everything further is dropped and `onBroken` is called once, from the thread that noticed. A broken pipe is no
/// error: who read has read enough. Everything else (a full disk) is said on standard error, and the program ends
/// with 1.
class Output {
public:
    explicit Output(std::function<void()> onBroken, StandardStream stream = StandardStream::Output);
    ~Output(); ///< flushes
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(QByteArrayView lines);
    void flush();

    /// Keeps back what is written from now on, until release() puts `first` before it: a server's "listening" comes
    /// before whatever its first connection did, although another thread writes that.
    void hold();
    void release(QByteArrayView first = {});

    /// Whether standard output, of any Output, could not be written for another reason than a broken pipe. It was said.
    [[nodiscard]] static bool hasFailed();
    /// That it could not, for the reason `systemError` (an errno), once however often it is called.
    static void fail(int systemError);

    /// Whether colours are welcome: a terminal, and NO_COLOR is not set.
    [[nodiscard]] static bool wantsColour();

private:
    void flushLocked();

    std::function<void()> m_onBroken;
    const StandardStream m_stream;
    std::mutex m_mutex;
    QByteArray m_pending;
    bool m_held = false;
    bool m_broken = false;
};

/// Where lines go while a capture goes to `file`: to standard error, if that is standard output ("-").
[[nodiscard]] StandardStream besides(const QString& file);

/// One line on standard error, the way all our complaints look: "sockeye-cli: …". `picture`, if any, follows as it is:
/// lines that show a place.
void complain(const QString& text, const QString& picture = {});

} // namespace sockeye::cli
