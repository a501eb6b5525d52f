// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/recorder.h"

#include "app/net/engine.h"
#include "app/tls/tls_session.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/transport.h"

#include <QCoreApplication>
#include <QTimerEvent>

namespace sockeye {

Recorder::Recorder(const std::shared_ptr<Recording>& recording)
{
    if (recording) {
        m_writer.emplace(recording);
    }
}

void Recorder::opened(quint32 connection, const ConnectionFacts& facts)
{
    if (m_writer) {
        m_writer->opened(connection, facts);
        flushSoon();
    }
}

void Recorder::finished(quint32 connection, Direction direction)
{
    if (m_writer) {
        m_writer->finished(connection, direction);
        flushSoon();
    }
}

void Recorder::closed(quint32 connection, CloseKind kind)
{
    if (m_writer) {
        m_writer->closed(connection, kind);
        flushSoon();
    }
}

void Recorder::error(quint32 connection, QLatin1StringView code, const QString& text, qint64 offset, Leg leg)
{
    if (m_writer) {
        m_writer->error(connection, code, text, offset, Direction::In, leg);
        flushSoon();
    }
}

void Recorder::note(quint32 connection, const QString& text, Leg leg)
{
    if (m_writer) {
        m_writer->note(connection, text, leg);
        flushSoon();
    }
}

void Recorder::told(quint32 connection, const QString& text, const QByteArray& script)
{
    if (m_writer) {
        m_writer->told(connection, text, script);
        flushSoon();
    }
}

void Recorder::passed(quint32 connection, Direction direction, qint64 upTo)
{
    if (m_writer) {
        m_writer->passed(connection, direction, upTo);
        flushSoon();
    }
}

void Recorder::met(quint32 connection, Direction direction, qint64 offset, const QString& rule)
{
    if (m_writer) {
        m_writer->met(connection, direction, offset, rule);
        flushSoon();
    }
}

void Recorder::struck(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& fault)
{
    if (m_writer) {
        m_writer->struck(connection, direction, offset, size, fault);
        flushSoon();
    }
}

void Recorder::limitsOf(const Engine& engine)
{
    if (const QStringList limits = engine.limits(); m_writer && !limits.isEmpty()) {
        note(
            0, QCoreApplication::translate("sockeye::Engine", "Engine: %1. %2").arg(engine.title(), limits.join(u' ')));
    }
}

void Recorder::notDone(const Engine& engine, const SocketOptions& options, bool isUnix)
{
    const QStringList missing = isUnix ? notDoneByUnix(options) : notDoneBy(engine.capabilities(), options);
    if (m_writer && !missing.isEmpty()) {
        note(0, missing.join(u' '));
    }
}

void Recorder::datagramCut(quint32 connection, qsizetype cut, Leg leg)
{
    if (cut > 0) {
        error(connection, codeName(FailureCode::TooLarge),
            QCoreApplication::translate("sockeye::Recorder",
                "A datagram was longer than is taken here, which is %1 bytes, as over UDP: the last %2 of it are lost.")
                .arg(groupedDigits(maxDatagram), groupedDigits(cut)),
            -1, leg);
    }
}

void Recorder::tls(quint32 connection, const TlsSession& session)
{
    if (m_writer) {
        m_writer->tls(connection, session.facts());
        flushSoon();
    }
}

void Recorder::peerFinished(quint32 connection, const Stream& stream, Direction direction)
{
    if (stream.tls() != nullptr && stream.tls()->isCutOff()) {
        note(connection,
            QCoreApplication::translate("sockeye::Tls",
                "The TLS stream was cut off: the peer ended the TCP connection without close_notify, as careless "
                "programs do, and as somebody in between could do to hide that more was sent."));
    }
    finished(connection, direction);
}

void Recorder::stray(quint32 connection, const Stream& stream, Direction direction)
{
    if (m_writer && stream.tls() != nullptr && stream.tls()->failureCode() == FailureCode::TlsNotSpoken) {
        chunk(connection, direction, stream.tls()->stray());
    }
}

void Recorder::flush()
{
    m_timer.stop();
    if (m_writer) {
        m_writer->flush();
        if (m_writer->hasUntoldGaps()) {
            flushSoon();
        }
    }
}

void Recorder::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        flush();
    }
}

} // namespace sockeye
