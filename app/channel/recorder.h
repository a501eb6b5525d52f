// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"
#include "app/recording/capture_writer.h"

#include <QBasicTimer>
#include <QObject>

#include <optional>

namespace sockeye {

class Engine;

/// The capture as the endpoints of one I/O thread see it: hands over what was written within about 10 ms, with a timer
/// that runs only while there is something to hand over. Without a capture it records nothing.
class Recorder : public QObject {
    Q_OBJECT
public:
    explicit Recorder(const std::shared_ptr<Recording>& recording);

    /// Whether anybody keeps or sees what is recorded: facts that cost a system call need not be asked for otherwise,
    /// and bytes need not be looked at.
    [[nodiscard]] bool isOn() const { return m_writer && m_writer->isWanted(); }

    void opened(quint32 connection, const ConnectionFacts& facts);
    void chunk(quint32 connection, Direction direction, QByteArrayView bytes)
    {
        if (m_writer) {
            m_writer->chunk(connection, direction, bytes);
            flushSoon();
        }
    }
    void finished(quint32 connection, Direction direction);
    void closed(quint32 connection, CloseKind kind);
    void error(
        quint32 connection, QLatin1StringView code, const QString& text, qint64 offset = -1, Leg leg = Leg::None);
    void note(quint32 connection, const QString& text, Leg leg = Leg::None);
    void told(quint32 connection, const QString& text, const QByteArray& script); ///< see CaptureEvent::script
    void passed(quint32 connection, Direction direction, qint64 upTo); ///< see passedCode
    void met(quint32 connection, Direction direction, qint64 offset, const QString& rule); ///< see ruleCode
    /// See strikeCode.
    void struck(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& fault);
    void limitsOf(const Engine& engine); ///< a note of what it cannot do, if there is anything
    /// The same, of options that were asked for. `isUnix`: for Unix sockets.
    void notDone(const Engine& engine, const SocketOptions& options, bool isUnix);
    /// That `cut` bytes of a datagram are lost, since it was longer than ours may be; nothing where none are.
    void datagramCut(quint32 connection, qsizetype cut, Leg leg = Leg::None);
    void tls(quint32 connection, const TlsSession& session); ///< its handshake is done
    /// The peer's end of stream, and what TLS has to say of it. `direction`: what is read from that peer.
    void peerFinished(quint32 connection, const Stream& stream, Direction direction = Direction::In);
    /// What came in place of a TLS handshake, if anything did.
    void stray(quint32 connection, const Stream& stream, Direction direction = Direction::In);
    void flush();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void flushSoon()
    {
        if (!m_timer.isActive()) {
            m_timer.start(10, Qt::PreciseTimer, this);
        }
    }

    std::optional<CaptureWriter> m_writer;
    QBasicTimer m_timer;
};

} // namespace sockeye
