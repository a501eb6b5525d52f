// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lines/chosen_fields.h"
#include "app/lines/event_format.h"
#include "protocol/limits.h"

namespace sockeye {

/// JSON Lines as the command line's contract has them.
class JsonFormat : public EventFormat {
public:
    /// `fields`: of messages only these are told; none: all of them, and the content.
    /// `isRelay`: who opened a connection is the client's leg.
    explicit JsonFormat(const Limits& limits, ChosenFields fields = ChosenFields(), bool isRelay = false);
    void opened(QByteArray& out, const CaptureEvent& event) override;
    void bytes(QByteArray& out, const CaptureEvent& event) override;
    void message(QByteArray& out, const PrintedMessage& message) override;
    void finished(QByteArray& out, const CaptureEvent& event) override;
    void closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut) override;
    void error(QByteArray& out, const CaptureEvent& event) override;
    void note(QByteArray& out, const CaptureEvent& event) override;
    void tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts) override;

private:
    Limits m_limits;
    ChosenFields m_fields;
    bool m_isRelay;
};

} // namespace sockeye
