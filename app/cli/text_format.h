// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lines/chosen_fields.h"
#include "app/lines/event_format.h"

namespace sockeye::cli {

/// One line an event, for people: time, connection, what happened; direction as an arrow and a word.
class TextFormat : public EventFormat {
public:
    /// `fields`: of messages only these are told, read within `limits`; none: a summary.
    /// `isRelay`: In is from the client, Out from the target.
    explicit TextFormat(
        bool colour, const Limits& limits = {}, ChosenFields fields = ChosenFields(), bool isRelay = false);
    void opened(QByteArray& out, const CaptureEvent& event) override;
    void bytes(QByteArray& out, const CaptureEvent& event) override;
    void message(QByteArray& out, const PrintedMessage& message) override;
    void finished(QByteArray& out, const CaptureEvent& event) override;
    void closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut) override;
    void error(QByteArray& out, const CaptureEvent& event) override;
    void note(QByteArray& out, const CaptureEvent& event) override;
    void tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts) override;

private:
    enum class Tone : quint8 { Plain, Quiet, Good, Bad };
    void line(QByteArray& out, qint64 time, quint32 connection, Tone tone, const QString& text);
    QByteArray clock(qint64 time);

    /// A chunk that has its line.
    struct Told {
        qint64 time = -1;
        quint32 connection = 0;
        Direction direction = Direction::In;
        qint64 size = 0;
        friend bool operator==(const Told&, const Told&) = default;
    };

    bool m_colour = false;
    bool m_isRelay = false;
    Told m_told; ///< the last one
    Limits m_limits;
    ChosenFields m_fields;
    qint64 m_second = -1; ///< the one that m_clock was made for: local time is dear to compute
    QByteArray m_clock;
};

} // namespace sockeye::cli
