// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"

#include <QSemaphore>

#include <memory>
#include <optional>

namespace sockeye {

/// Has the capture thread stand at the first event of an endpoint until it is let go.
class Barrier : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        if (event.kind == EventKind::Note && event.connection == 0 && !m_wasHere) {
            m_wasHere = true;
            reached.release();
            open.acquire();
        }
    }
    QSemaphore reached;
    QSemaphore open;

private:
    bool m_wasHere = false;
};

/// A capture of bytes that come faster than they can be written.
class FullCapture {
public:
    explicit FullCapture(const QString& file, OverloadPolicy policy = OverloadPolicy::LeaveOut)
        : m_barrier(std::make_shared<Barrier>())
    {
        CaptureOptions options;
        options.file = file;
        options.observer = m_barrier;
        capture = Capture::create(options);
        capture->setOverloadPolicy(policy);
        writer.emplace(capture);
    }
    ~FullCapture() { m_barrier->open.release(); }

    /// From here on nothing is written.
    void stop()
    {
        writer->note(0, QStringLiteral("stop"));
        writer->flush();
        m_barrier->reached.acquire();
        writer->opened(99, factsFor(49'999));
        const QByteArray filling = binaryMessage(noise(1024 * 1024));
        for (int i = 0; i < 5; ++i) {
            writer->chunk(99, Direction::In, filling);
        }
        writer->flush();
    }
    /// From here on there is room again.
    void goOn()
    {
        m_barrier->open.release();
        waitUntilIdle(*capture);
    }
    /// Hands over everything, and waits until it is written.
    void finish()
    {
        writer.reset();
        waitUntilIdle(*capture);
    }

    std::shared_ptr<Capture> capture;
    std::optional<CaptureWriter> writer;

private:
    std::shared_ptr<Barrier> m_barrier;
};

} // namespace sockeye
