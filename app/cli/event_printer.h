// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lines/chosen_fields.h"
#include "app/lines/event_format.h"
#include "app/reading/capture.h"
#include "app/reading/silence_queue.h"
#include "app/reading/stream_decoder.h"
#include "protocol/filter/filter.h"
#include "protocol/framing/receive_buffer.h"

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

namespace sockeye::cli {

class Output;

struct PrinterOptions {
    ProtocolPtr protocol = defaultProtocol();
    Limits limits;
    /// True where anything may go over the wire on purpose (raw, and no protocol is named): bytes that are no messages
    /// are no error then.
    bool tolerant = false;
    filter::Filter where; ///< only what it matches is printed
    ChosenFields fields; ///< of messages only these are printed; none: as the format has it
    bool isRelay = false; ///< of the two sides of a relay
    bool tellsPassed = false; ///< JSON: a message is told when it was passed on, with how long that took
    bool tellsFaults = false; ///< of a relay: a message is told when it was passed on, and what struck it is known
    bool tellsRules = false; ///< there are rules: a message is told when it is known which one it met
    /// Which rules messages met and what struck them, where that was known before they are printed; null: it was not.
    std::shared_ptr<const Capture> known;
    QString endpoint; ///< whose events they are, for filters; may be empty
};

/// Prints what a capture sees, in the capture thread. Cuts the streams into messages with a framing of its own, so
/// that it never depends on what the endpoint made of the bytes.
class EventPrinter : public CaptureObserver {
public:
    EventPrinter(Output& output, std::unique_ptr<EventFormat> format, const PrinterOptions& options);
    ~EventPrinter() override;

    void event(const CaptureEvent& event) override;
    void idle() override;
    qint64 silence(qint64 until) override;
    /// After the last event: says what was wrong with connections that never closed (in a file).
    void end();

private:
    struct Stream {
        Stream(const PrinterOptions& options, const ConnectionFacts& facts, Direction direction);
        ProtocolPtr protocol; ///< as that side speaks it
        StreamDecoder decoder;
        ReceiveBuffer buffer;
        qint64 bytes = 0;
        bool finished = false;
        /// Lines of messages that were not passed on yet, of a relay.
        struct Held {
            qint64 end; ///< of the message in its stream
            qint64 time; ///< when it had come
            QByteArray line;
        };
        std::deque<Held> held;
        /// What faults did to bytes that were not passed on yet.
        struct Strike {
            qint64 begin;
            qint64 end;
            QString name;
        };
        std::deque<Strike> strikes;
        /// A message that is told later.
        struct Untold {
            Frame frame;
            qint64 time; ///< when it had come
            QByteArray bytes;
            QString rule = {};
        };
        std::deque<Untold> unjudged; ///< by rules
        std::deque<Untold> unpassed; ///< where faults are told
        bool isDatagrams = false; ///< each chunk is a message; the decoder has nothing to do
    };
    struct Connection {
        Connection(const PrinterOptions& options, const ConnectionFacts& facts);
        std::array<Stream, 2> streams; ///< by direction
        /// What we found wrong. Said when the connection closes, unless its endpoint has said something itself.
        std::optional<CaptureEvent> fault;
        bool errorPrinted = false;
    };

    Connection& connection(quint32 id, const ConnectionFacts& facts = {});
    void note(const CaptureEvent& event);
    void hold(Stream& stream, const Frame& frame, qint64 time, qsizetype lineBegin);
    void passed(Stream& stream, const CaptureEvent& event);
    void struck(Stream& stream, const CaptureEvent& event);
    void sayPassed(Stream& stream, quint32 connection, Direction direction, const std::optional<qint64>& at);
    [[nodiscard]] static QString strikesOn(Stream& stream, const Frame& frame);
    void sayHeld(quint32 id, Connection& connection);
    void say(Stream& stream, const PrintedMessage& message);
    void judged(Stream& stream, const CaptureEvent& event);
    void sayUnjudged(quint32 id, Connection& connection);
    qint64 endBySilence(qint64 until);
    /// The message that nothing followed up to `until`, if it was long enough.
    void endBySilence(quint32 id, Connection& connection, Direction direction, qint64 until);
    void gap(Stream& stream, const CaptureEvent& event);
    void chunk(Connection& connection, const CaptureEvent& event);
    void finish(Connection& connection, const CaptureEvent& event, Direction direction);
    void endOfStream(Connection& connection, const CaptureEvent& event);
    void close(Connection& connection, const CaptureEvent& event);
    void print(Connection& connection, const CaptureEvent& event, Stream& stream,
        const std::optional<StreamDecoder::Bad>& bad);
    void noteFault(Connection& connection, const CaptureEvent& event, const Error& error);
    void sayFault(Connection& connection);

    Output& m_output;
    std::unique_ptr<EventFormat> m_format;
    PrinterOptions m_options;
    std::unordered_map<quint32, Connection> m_connections;
    SilenceQueue<quint32> m_silences; ///< by connection; empty for most protocols
    Frames m_frames;
    QByteArray m_lines;
};

} // namespace sockeye::cli
