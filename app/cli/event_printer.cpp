// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/event_printer.h"

#include "app/cli/terminal/output.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"

#include <limits>
#include <utility>

namespace sockeye::cli {

EventPrinter::EventPrinter(Output& output, std::unique_ptr<EventFormat> format, const PrinterOptions& options)
    : m_output(output)
    , m_format(std::move(format))
    , m_options(options)
{
}

EventPrinter::~EventPrinter() = default;

/// Over UDP a datagram is a message, and there is no end of stream.
EventPrinter::Stream::Stream(const PrinterOptions& options, const ConnectionFacts& facts, Direction direction)
    : protocol(spokenOver(options.protocol, facts.transport, senderOf(facts, direction)))
    , decoder(protocol, options.limits, facts.midway ? StreamDecoder::Start::Midway : StreamDecoder::Start::Seen)
    , finished(facts.transport == Transport::Udp)
    , isDatagrams(facts.transport == Transport::Udp)
{
}

EventPrinter::Connection::Connection(const PrinterOptions& options, const ConnectionFacts& facts)
    : streams { Stream(options, facts, Direction::In), Stream(options, facts, Direction::Out) }
{
    if (facts.transport == Transport::Udp) {
        return;
    }
    const std::shared_ptr<Dialogue> dialogue = options.protocol->newDialogue();
    for (Stream& stream : streams) {
        stream.decoder.join(dialogue);
    }
}

EventPrinter::Connection& EventPrinter::connection(quint32 id, const ConnectionFacts& facts)
{
    return m_connections.try_emplace(id, m_options, facts).first->second;
}

void EventPrinter::event(const CaptureEvent& event)
{
    m_lines.resize(0);
    if (!m_silences.isEmpty()) {
        (void)endBySilence(event.time);
    }
    switch (event.kind) {
    case EventKind::Opened:
        connection(event.connection, event.facts);
        m_format->opened(m_lines, event);
        break;
    case EventKind::Chunk:
        m_format->bytes(m_lines, event);
        chunk(connection(event.connection), event);
        break;
    case EventKind::Finished:
        finish(connection(event.connection), event, event.direction);
        break;
    case EventKind::Closed:
        close(connection(event.connection), event);
        m_connections.erase(event.connection);
        break;
    case EventKind::Error:
        if (event.connection != 0) {
            Connection& about = connection(event.connection);
            about.errorPrinted = true;
            if (event.code == gapCode) {
                gap(about.streams[static_cast<std::size_t>(event.direction)], event);
            }
        }
        m_format->error(m_lines, event);
        break;
    case EventKind::Note:
        if (event.code == ruleCode) {
            judged(connection(event.connection).streams[static_cast<std::size_t>(event.direction)], event);
        } else if (event.code == strikeCode) {
            struck(connection(event.connection).streams[static_cast<std::size_t>(event.direction)], event);
        } else if (event.code == passedCode) {
            passed(connection(event.connection).streams[static_cast<std::size_t>(event.direction)], event);
        } else {
            note(event);
        }
        break;
    }
    m_output.write(m_lines);
}

void EventPrinter::note(const CaptureEvent& event)
{
    const auto facts = event.code == tlsCode ? tlsFactsFromJson(event.text.toUtf8()) : std::nullopt;
    if (facts) {
        m_format->tls(m_lines, event, *facts);
    } else {
        m_format->note(m_lines, event);
    }
}

/// A message of a relay is told in JSON when it was passed on, with how long that took.
void EventPrinter::hold(Stream& stream, const Frame& frame, qint64 time, qsizetype lineBegin)
{
    const qint64 end = frame.offset + frame.size;
    if (m_lines.size() == lineBegin) { // a filter left it out
        return;
    }
    stream.held.push_back({ end, time, m_lines.sliced(lineBegin) });
    m_lines.resize(lineBegin);
}

void EventPrinter::say(Stream& stream, const PrintedMessage& message)
{
    if (m_options.tellsFaults) {
        stream.unpassed.push_back({ message.frame, message.time, message.bytes.toByteArray(), message.rule });
        return;
    }
    const qsizetype lineBegin = m_lines.size();
    if (m_options.known) {
        PrintedMessage known = message;
        known.rule = m_options.known->ruleHits().find(message.connection, message.direction, message.frame.offset);
        known.fault = m_options.known->strikes().find(
            message.connection, message.direction, message.frame.offset, message.frame.size);
        m_format->message(m_lines, known);
    } else {
        m_format->message(m_lines, message);
    }
    if (m_options.tellsPassed) {
        hold(stream, message.frame, message.time, lineBegin);
    }
}

/// Up to the one at the offset that is said, which met that rule; nothing is known of those before it.
void EventPrinter::judged(Stream& stream, const CaptureEvent& event)
{
    while (!stream.unjudged.empty() && stream.unjudged.front().frame.offset <= event.offset) {
        const Stream::Untold first = std::move(stream.unjudged.front());
        stream.unjudged.pop_front();
        say(stream,
            { .time = first.time,
                .connection = event.connection,
                .direction = event.direction,
                .protocol = *stream.protocol,
                .frame = first.frame,
                .bytes = first.bytes,
                .rule = first.frame.offset == event.offset ? event.text : QString() });
    }
}

/// What nobody judged.
void EventPrinter::sayUnjudged(quint32 id, Connection& connection)
{
    CaptureEvent all;
    all.connection = id;
    all.offset = std::numeric_limits<qint64>::max();
    for (const Direction direction : { Direction::In, Direction::Out }) {
        all.direction = direction;
        judged(connection.streams[static_cast<std::size_t>(direction)], all);
    }
}

void EventPrinter::struck(Stream& stream, const CaptureEvent& event)
{
    constexpr std::size_t most = 100'000; // where nothing is a message they are of no use
    if (!m_options.tellsFaults) {
        return;
    }
    if (stream.strikes.size() >= most) {
        stream.strikes.pop_front();
    }
    stream.strikes.push_back({ event.offset, event.offset + event.missing, event.text });
}

/// Messages come in order: what struck this one alone is not asked for again.
QString EventPrinter::strikesOn(Stream& stream, const Frame& frame)
{
    QStringList names;
    for (const Stream::Strike& strike : stream.strikes) {
        const bool isOn = strike.begin < frame.offset + frame.size && strike.end > frame.offset;
        if (isOn && !names.contains(strike.name)) {
            names.append(strike.name);
        }
    }
    while (!stream.strikes.empty() && stream.strikes.front().end <= frame.offset + frame.size) {
        stream.strikes.pop_front();
    }
    return names.join(QStringLiteral(", "));
}

/// The first message that was not told yet; `at`: when it was passed on, nothing if it never was.
void EventPrinter::sayPassed(Stream& stream, quint32 connection, Direction direction, const std::optional<qint64>& at)
{
    const Stream::Untold first = std::move(stream.unpassed.front());
    stream.unpassed.pop_front();
    const qsizetype lineBegin = m_lines.size();
    m_format->message(m_lines,
        { .time = first.time,
            .connection = connection,
            .direction = direction,
            .protocol = *stream.protocol,
            .frame = first.frame,
            .bytes = first.bytes,
            .fault = strikesOn(stream, first.frame),
            .rule = first.rule });
    if (m_options.tellsPassed && m_lines.size() > lineBegin) {
        m_lines.chop(2);
        m_lines +=
            ",\"passed_us\":" + (at ? QByteArray::number((*at - first.time) / 1000) : QByteArray("null")) + "}\n";
    }
}

void EventPrinter::passed(Stream& stream, const CaptureEvent& event)
{
    while (!stream.unpassed.empty() && stream.unpassed.front().frame.end() <= event.offset) {
        sayPassed(stream, event.connection, event.direction, event.time);
    }
    while (!stream.held.empty() && stream.held.front().end <= event.offset) {
        const Stream::Held& held = stream.held.front();
        m_lines += QByteArrayView(held.line).chopped(2);
        m_lines += ",\"passed_us\":" + QByteArray::number((event.time - held.time) / 1000) + "}\n";
        stream.held.pop_front();
    }
}

/// What never was.
void EventPrinter::sayHeld(quint32 id, Connection& connection)
{
    for (const Direction direction : { Direction::In, Direction::Out }) {
        Stream& stream = connection.streams[static_cast<std::size_t>(direction)];
        while (!stream.unpassed.empty()) {
            sayPassed(stream, id, direction, std::nullopt);
        }
    }
    for (Stream& stream : connection.streams) {
        for (const Stream::Held& held : std::exchange(stream.held, {})) {
            m_lines += QByteArrayView(held.line).chopped(2);
            m_lines += ",\"passed_us\":null}\n";
        }
    }
}

void EventPrinter::idle()
{
    m_output.flush();
}

void EventPrinter::end()
{
    m_lines.resize(0);
    for (auto& [id, connection] : m_connections) {
        sayUnjudged(id, connection);
        sayHeld(id, connection);
        sayFault(connection);
    }
    m_output.write(m_lines);
    m_output.flush();
}

void EventPrinter::endBySilence(quint32 id, Connection& connection, Direction direction, qint64 until)
{
    Stream& stream = connection.streams[static_cast<std::size_t>(direction)];
    const qint64 silentAt = stream.decoder.silentAt();
    if (silentAt == 0 || silentAt > until) {
        return;
    }
    CaptureEvent event;
    event.kind = EventKind::Chunk;
    event.connection = id;
    event.direction = direction;
    event.time = stream.decoder.lastTime();
    m_frames.clear();
    stream.decoder.silence(m_frames);
    print(connection, event, stream, std::nullopt);
}

qint64 EventPrinter::silence(qint64 until)
{
    m_lines.resize(0);
    const qint64 next = endBySilence(until);
    m_output.write(m_lines);
    return next;
}

qint64 EventPrinter::endBySilence(qint64 until)
{
    return m_silences.tell(until, [&](quint32 id) {
        const auto found = m_connections.find(id);
        qint64 next = 0;
        for (const Direction direction : { Direction::In, Direction::Out }) {
            if (found == m_connections.end()) {
                break;
            }
            endBySilence(id, found->second, direction, until);
            const qint64 its = found->second.streams[static_cast<std::size_t>(direction)].decoder.silentAt();
            next = next == 0 || (its != 0 && its < next) ? its : next;
        }
        return next;
    });
}

void EventPrinter::chunk(Connection& connection, const CaptureEvent& event)
{
    Stream& stream = connection.streams[static_cast<std::size_t>(event.direction)];
    const qint64 begin = std::exchange(stream.bytes, stream.bytes + event.bytes.size());
    stream.buffer.append(event.bytes);
    m_frames.clear();
    if (stream.isDatagrams) {
        m_frames.push_back({ begin, event.bytes.size(), 0, nullptr });
        print(connection, event, stream, std::nullopt);
        stream.buffer.discardBefore(stream.bytes);
        return;
    }
    const std::optional<StreamDecoder::Bad> bad = stream.decoder.feed(event.bytes, m_frames, event.time);
    if (stream.decoder.silentAt() != 0) {
        m_silences.listen(event.connection, stream.decoder.silentAt());
    }
    (void)stream.decoder.takeSkipped(); // said with the gap
    print(connection, event, stream, bad);
}

void EventPrinter::gap(Stream& stream, const CaptureEvent& event)
{
    if (stream.isDatagrams) {
        return; // what is there is whole
    }
    m_frames.clear();
    (void)stream.decoder.gap(event.missing, m_frames); // what it cuts off is said with it
    stream.buffer = ReceiveBuffer(stream.decoder.end());
}

void EventPrinter::finish(Connection& connection, const CaptureEvent& event, Direction direction)
{
    Stream& stream = connection.streams[static_cast<std::size_t>(direction)];
    if (stream.finished) {
        return;
    }
    stream.finished = true;
    CaptureEvent end = event;
    end.direction = direction;
    m_format->finished(m_lines, end);
    endOfStream(connection, end);
}

void EventPrinter::endOfStream(Connection& connection, const CaptureEvent& event)
{
    Stream& stream = connection.streams[static_cast<std::size_t>(event.direction)];
    m_frames.clear();
    const std::optional<StreamDecoder::Bad> bad = stream.decoder.finish(m_frames);
    print(connection, event, stream, bad);
}

void EventPrinter::close(Connection& connection, const CaptureEvent& event)
{
    for (const Direction direction : { Direction::Out, Direction::In }) {
        if (event.closeKind == CloseKind::Orderly) {
            // Both sides are done then, whether or not the endpoint has said so of each; in a file they always have.
            finish(connection, event, direction);
        } else if (!connection.streams[static_cast<std::size_t>(direction)].finished) {
            CaptureEvent end = event;
            end.direction = direction;
            endOfStream(connection, end);
        }
    }
    sayUnjudged(event.connection, connection);
    sayHeld(event.connection, connection);
    sayFault(connection);
    m_format->closed(m_lines, event, connection.streams[0].bytes, connection.streams[1].bytes);
}

void EventPrinter::print(
    Connection& connection, const CaptureEvent& event, Stream& stream, const std::optional<StreamDecoder::Bad>& bad)
{
    for (const Frame& frame : m_frames) {
        const PrintedMessage message { .time = event.time,
            .connection = event.connection,
            .direction = event.direction,
            .protocol = *stream.protocol,
            .frame = frame,
            .bytes = stream.buffer.view(frame.offset, frame.size) };
        if (m_options.tellsRules && (m_options.isRelay || event.direction == Direction::In)) {
            stream.unjudged.push_back({ frame, event.time, message.bytes.toByteArray() });
        } else {
            say(stream, message);
        }
        if (stream.protocol->checksContent(frame)) {
            const auto checked = stream.protocol->check(frame, message.content(), m_options.limits);
            if (!checked) {
                noteFault(connection, event, checked.error());
            }
        }
    }
    stream.buffer.discardBefore(stream.decoder.neededFrom());
    if (bad && bad->error && !bad->gap) {
        noteFault(connection, event, *bad->error);
    }
}

void EventPrinter::noteFault(Connection& connection, const CaptureEvent& event, const Error& error)
{
    if (connection.fault || m_options.tolerant) {
        return;
    }
    CaptureEvent fault;
    fault.kind = EventKind::Error;
    fault.direction = event.direction;
    fault.connection = event.connection;
    fault.time = event.time;
    fault.code = QString(codeName(error.code));
    fault.text = wireText(error);
    fault.offset = error.offset;
    connection.fault = std::move(fault);
}

void EventPrinter::sayFault(Connection& connection)
{
    if (connection.fault && !connection.errorPrinted) {
        m_format->error(m_lines, *connection.fault);
        connection.errorPrinted = true;
    }
}

} // namespace sockeye::cli
