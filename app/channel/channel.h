// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/channel/unsent_bytes.h"
#include "app/events/event.h"
#include "app/net/engine.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <span>

namespace sockeye {

class TlsContext;

/// What every user of a stream needs and nobody should write twice. It owns the stream, records what passes, queues
/// what the other side has no room for, stops reading while too much is queued, carries the end of stream of each
/// direction by itself, and ends once, in one of the ways of CloseKind. It keeps no time: how long it waits for what is
/// its owner's to say, who may have thousands of them and one timer.
///
/// Lives in one thread. Each callback is one turn of its event loop; nothing is allocated for a read.
class Channel final : private Stream::Owner {
public:
    static constexpr qsizetype highWater = 256 * 1024; ///< unsent bytes beyond which it does not read
    static constexpr qsizetype lowWater = 64 * 1024; ///< down to which it has to come to read again
    static constexpr qint64 maxDrained = 16 * 1024 * 1024; ///< bytes that a peer may still send after our last word

    /// A way past the owner: bytes go on to another channel, by the engine of both, without anybody looking at them.
    struct Shortcut {
        Passer* passer = nullptr; ///< null: there is none
        Channel* to = nullptr; ///< connected; write() has left nothing of what came before
    };

    /// Who uses it. May do anything in these calls but destroy the channel.
    class Owner {
    public:
        /// The event loop has called: before anything else, when nothing of the owner's is on the stack.
        virtual void awake() { }
        /// An attempt to connect has ended; after a failure nothing follows.
        virtual void connected(FailureCode result) { Q_UNUSED(result) }
        virtual void secured() { } ///< the TLS handshake is done
        /// Before anything is read: where it may go unseen and unrecorded. Nowhere: what comes is wanted here.
        [[nodiscard]] virtual Shortcut shortcut() { return {}; }
        /// What came went the way of shortcut(): so many bytes, -1 as of write(), and then there are those that are
        /// left, in room().
        virtual void passed(qsizetype sent, QByteArrayView left)
        {
            Q_UNUSED(sent)
            Q_UNUSED(left)
        }
        /// Where the next bytes go: at least one byte of memory, valid until received() has returned.
        [[nodiscard]] virtual std::span<char> room() = 0;
        virtual void received(QByteArrayView bytes) = 0; ///< the beginning of room()
        virtual void drained() { } ///< bytes came that nobody wants any more: see drain()
        virtual void peerFinished() = 0; ///< the peer's end of stream; ours is still to come
        virtual void sent() { } ///< some of what was queued went out
        virtual void writable() { } ///< see callWhenWritable()
        virtual void finished() { } ///< our end of stream went out
        virtual void draining() {
        } ///< after closeOrderly(): all is written, and the peer's end of stream is waited for
        /// The connection is lost, and why is in stream().failure(status, …). ended() follows. Not told of a connection
        /// that was being drained: there is nothing to lose.
        virtual void lost(TransferStatus status) { Q_UNUSED(status) }
        virtual void ended(CloseKind kind) = 0; ///< the stream is closed; nothing follows

    protected:
        ~Owner() = default;
    };

    /// `id` is the connection's in the recording. Of a leg of a relay what is read is recorded, as In from the client
    /// and as Out from the target; what is written was read on the other leg. That the conversation is over is the
    /// relay's to record.
    Channel(Owner& owner, Recorder& recorder, quint32 id, Leg leg = Leg::None);
    ~Channel(); ///< closes what is still open, in good order
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    void adopt(std::unique_ptr<Stream> stream); ///< takes over a connected one
    /// Begins to connect; ends in connected(). None: under way.
    [[nodiscard]] FailureCode connectTo(
        const Engine& engine, const SocketAddress& address, const SocketOptions& options = {});
    [[nodiscard]] ConnectionFacts facts(bool weConnected, bool isTls) const; ///< costs system calls
    void recordOpened(bool weConnected, bool isTls); ///< the connection is there; its end will be recorded, too
    /// recordOpened(), and begins TLS if `tls` is given; `host` is whom a client asked for. Does not begin to read.
    void open(bool weConnected, const std::shared_ptr<const TlsContext>& tls = {}, const QString& host = {});

    /// Whether the owner can take more. Reading pauses by itself while too much is unsent.
    void setReading(bool on);
    /// Sends all of it: what there is no room for waits in the queue. A failure ends the channel at once.
    void send(QByteArrayView bytes);
    /// Sends what there is room for, and leaves the rest to the owner, who is called back (writable()) and has to give
    /// the same bytes again, or more of them. Returns how many went out; -1 if the peer has gone: its last words may be
    /// here already, and reading comes to the end of them and of the channel. Not to be mixed with send().
    [[nodiscard]] qsizetype write(QByteArrayView bytes);
    /// Once, as soon as there is room and no more than lowWater bytes are queued; not before the next turn.
    void callWhenWritable();

    /// Our end of stream, after what is queued; what is sent from here on is dropped. While we still want to read it
    /// takes an engine that knows half-closed connections: else nothing happens, and a note says so.
    void finish();
    /// What comes from here on is recorded and thrown away, and the peer's end of stream is the channel's, too.
    void drain();
    /// finish(), then drain(): closing at once would send a reset if bytes come, which can take our last words away
    /// from the peer. Nothing is read until all is written.
    void closeOrderly();
    /// Without waiting. What had come is read first, so that the peer sees an end of stream and no reset; if it sends
    /// without end, or has reset the connection itself, that is what is told. Else `kind` is what it is to be called.
    void closeNow(CloseKind kind = CloseKind::Orderly);
    void reset(); ///< at once, with a RST; where the engine has none, closed in good order, and a note says so

    [[nodiscard]] bool isOpen() const { return !m_isOver && m_stream && m_stream->isOpen(); }
    [[nodiscard]] bool isDraining() const { return m_isDraining; }
    [[nodiscard]] bool hasFinished() const { return m_hasFinished; } ///< our end of stream is out
    /// It is, or follows what is queued: what is sent now is dropped.
    [[nodiscard]] bool isFinishing() const { return m_finishes; }
    [[nodiscard]] bool peerHasFinished() const { return m_peerHasFinished; }
    [[nodiscard]] qsizetype unsent() const { return m_unsent.size(); } ///< bytes in the queue
    [[nodiscard]] const Stream& stream() const { return *m_stream; } ///< once there is one
    void note(const QString& text)
    {
        m_recorder.note(m_id, text, m_leg);
    } ///< something worth knowing, in the recording

private:
    void readable() override;
    void writable() override;
    void secured() override;

    void receive();
    [[nodiscard]] Transfer passOn(const Shortcut& shortcut);
    [[nodiscard]] qsizetype written(Transfer transfer, qsizetype of);
    void peerEnded();
    void flush();
    void outputDone();
    void finishOutput();
    void lost(TransferStatus status);
    void end(CloseKind kind);
    void update();
    [[nodiscard]] Direction readAs() const { return m_leg == Leg::Target ? Direction::Out : Direction::In; }
    void recordWritten(QByteArrayView bytes)
    {
        if (m_leg == Leg::None) {
            m_recorder.chunk(m_id, Direction::Out, bytes);
        }
    }

    Owner& m_owner;
    Recorder& m_recorder;
    std::unique_ptr<Stream> m_stream; ///< null before adopt() or connectTo()
    UnsentBytes m_unsent;
    qint64 m_drained = 0; ///< bytes
    quint32 m_id;
    Leg m_leg;
    std::optional<CloseKind> m_lostBy; ///< a write has failed; reading comes to the end of what had come before
    bool m_isConnecting = false;
    bool m_isRecorded = false; ///< from recordOpened() to end()
    bool m_wantsReading = false; ///< the owner
    bool m_wantsWritable = false; ///< the owner
    bool m_reads = false; ///< what the stream is told
    bool m_waitsForRoom = false; ///< what the stream is told
    bool m_finishes = false; ///< our end of stream follows what is queued
    bool m_closes = false; ///< and the end of the channel follows that
    bool m_isDraining = false;
    bool m_hasFinished = false;
    bool m_peerHasFinished = false;
    bool m_isOver = false;
};

} // namespace sockeye
