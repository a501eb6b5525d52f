// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/tls/tls_facts.h"
#include "protocol/base/protocol.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// A whole message as it is printed.
struct PrintedMessage {
    qint64 time = 0; ///< nanoseconds since the epoch: when its last byte came or went
    quint32 connection = 0;
    Direction direction = Direction::In;
    const Protocol& protocol;
    const Frame& frame;
    QByteArrayView bytes; ///< all of it
    QString fault = {}; ///< the names of what struck it; empty: nothing
    QString rule = {}; ///< the title of the one that it met; empty: none

    [[nodiscard]] QByteArrayView content() const { return bytes.sliced(frame.contentOffset); }
};

/// How events become lines: each function appends none or more whole lines to `out`.
class EventFormat {
public:
    virtual ~EventFormat() = default;
    virtual void opened(QByteArray& out, const CaptureEvent& event) = 0;
    virtual void bytes(QByteArray& out, const CaptureEvent& event) = 0;
    virtual void message(QByteArray& out, const PrintedMessage& message) = 0;
    virtual void finished(QByteArray& out, const CaptureEvent& event) = 0;
    virtual void closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut) = 0;
    virtual void error(QByteArray& out, const CaptureEvent& event) = 0;
    virtual void note(QByteArray& out, const CaptureEvent& event) = 0;
    /// A note of tlsCode whose facts could be read.
    virtual void tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts) = 0;
};

} // namespace sockeye
