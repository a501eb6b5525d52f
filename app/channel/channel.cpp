// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/channel.h"

#include "app/tls/tls_stream.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

namespace {

CloseKind closeKind(TransferStatus status)
{
    return status == TransferStatus::Reset ? CloseKind::ResetByPeer : CloseKind::Failed;
}

} // namespace

Channel::Channel(Owner& owner, Recorder& recorder, quint32 id, Leg leg)
    : m_owner(owner)
    , m_recorder(recorder)
    , m_id(id)
    , m_leg(leg)
{
}

Channel::~Channel()
{
    if (m_isRecorded) {
        m_recorder.closed(m_id, CloseKind::Orderly);
    }
}

void Channel::adopt(std::unique_ptr<Stream> stream)
{
    m_stream = std::move(stream);
    m_stream->setOwner(*this);
}

FailureCode Channel::connectTo(const Engine& engine, const SocketAddress& address, const SocketOptions& options)
{
    m_stream = engine.newStream(this);
    const FailureCode code = m_stream->connectTo(address, options);
    m_isConnecting = code == FailureCode::None;
    update();
    return code;
}

void Channel::recordOpened(bool weConnected, bool isTls)
{
    m_isRecorded = m_leg == Leg::None;
    if (m_leg != Leg::Target && m_recorder.isOn()) { // the addresses cost system calls
        m_recorder.opened(m_id, facts(weConnected, isTls));
    }
}

ConnectionFacts Channel::facts(bool weConnected, bool isTls) const
{
    return { Transport::Tcp, m_stream->local(), m_stream->peer(), weConnected, false, isTls };
}

void Channel::open(bool weConnected, const std::shared_ptr<const TlsContext>& tls, const QString& host)
{
    recordOpened(weConnected, tls != nullptr);
    if (tls) {
        // A Unix socket has no name that a certificate could be for, but is of this machine.
        m_stream = startTls(std::move(m_stream), *this, tls, isUnixHost(host) ? QStringLiteral("localhost") : host);
    }
}

void Channel::setReading(bool on)
{
    m_wantsReading = on;
    update();
}

void Channel::readable()
{
    m_owner.awake();
    if (m_reads) {
        receive();
    }
}

void Channel::receive()
{
    Transfer transfer;
    if (const Shortcut shortcut = m_isDraining ? Shortcut() : m_owner.shortcut(); shortcut.passer != nullptr) {
        transfer = passOn(shortcut);
        if (transfer.status == TransferStatus::Ok) {
            return;
        }
    }
    const std::span<char> room = m_owner.room();
    if (transfer.status == TransferStatus::WouldBlock) {
        transfer = m_stream->read(room.data(), static_cast<qsizetype>(room.size()));
    }
    switch (transfer.status) {
    case TransferStatus::Ok:
        break;
    case TransferStatus::WouldBlock:
        return;
    case TransferStatus::EndOfStream:
        peerEnded();
        update();
        return;
    case TransferStatus::Reset:
    case TransferStatus::Failed:
        lost(transfer.status);
        return;
    }
    const QByteArrayView bytes(room.data(), transfer.size);
    m_recorder.chunk(m_id, readAs(), bytes);
    if (!m_isDraining) {
        m_owner.received(bytes);
        update();
        return;
    }
    m_drained += bytes.size();
    if (m_drained > maxDrained) {
        reset();
    } else {
        m_owner.drained();
    }
}

/// What came to the end of our stream; Ok: the owner knows.
Transfer Channel::passOn(const Shortcut& shortcut)
{
    const std::span<char> room = m_owner.room();
    const Passed passed = shortcut.passer->pass(*m_stream, *shortcut.to->m_stream, room);
    if (passed.taken.status == TransferStatus::Ok) {
        const qsizetype sent = shortcut.to->written(passed.given, passed.taken.size);
        m_owner.passed(sent, { room.data(), passed.taken.size - passed.given.size });
        update();
    }
    return passed.taken;
}

void Channel::peerEnded()
{
    m_peerHasFinished = true;
    m_recorder.peerFinished(m_id, *m_stream, readAs());
    if (m_isDraining) {
        finishOutput();
        end(CloseKind::Orderly);
    } else {
        m_owner.peerFinished();
    }
}

void Channel::send(QByteArrayView bytes)
{
    if (bytes.isEmpty() || m_finishes || m_isOver) {
        return;
    }
    if (m_unsent.isEmpty()) {
        const Transfer transfer = m_stream->write(bytes);
        if (transfer.status == TransferStatus::Ok) {
            recordWritten(bytes.first(transfer.size));
            bytes = bytes.sliced(transfer.size);
        } else if (transfer.status != TransferStatus::WouldBlock) {
            lost(transfer.status);
            return;
        }
    }
    if (!bytes.isEmpty()) {
        m_unsent.append(bytes);
        update();
    }
}

qsizetype Channel::write(QByteArrayView bytes)
{
    if (m_finishes || m_isOver) {
        return -1;
    }
    const Transfer transfer = m_stream->write(bytes);
    if (transfer.status == TransferStatus::Ok) {
        recordWritten(bytes.first(transfer.size));
    }
    return written(transfer, bytes.size());
}

/// What it came to, that `of` so many bytes were written.
qsizetype Channel::written(Transfer transfer, qsizetype of)
{
    switch (transfer.status) {
    case TransferStatus::Ok:
        if (transfer.size < of) {
            callWhenWritable();
        }
        return transfer.size;
    case TransferStatus::WouldBlock:
        callWhenWritable();
        return 0;
    case TransferStatus::EndOfStream:
    case TransferStatus::Reset:
    case TransferStatus::Failed:
        break;
    }
    if (m_peerHasFinished) {
        lost(transfer.status);
    } else {
        m_lostBy = closeKind(transfer.status);
    }
    return -1;
}

void Channel::callWhenWritable()
{
    m_wantsWritable = true;
    update();
}

void Channel::writable()
{
    m_owner.awake();
    if (m_isOver) {
        return;
    }
    if (m_isConnecting) {
        m_isConnecting = false;
        const FailureCode code = m_stream->connectResult();
        if (code != FailureCode::None) {
            m_isOver = true;
            m_stream->close();
        }
        update();
        m_owner.connected(code);
        return;
    }
    flush();
    if (m_isOver) {
        return;
    }
    if (m_finishes && !m_hasFinished && m_unsent.isEmpty()) {
        outputDone();
    } else if (m_wantsWritable && m_unsent.size() <= lowWater) {
        m_wantsWritable = false;
        m_owner.writable();
    }
    update();
}

void Channel::flush()
{
    if (m_unsent.isEmpty()) {
        return;
    }
    const QByteArrayView left = m_unsent.view();
    const Transfer transfer = m_stream->write(left);
    if (transfer.status == TransferStatus::Ok) {
        recordWritten(left.first(transfer.size));
        m_unsent.discard(transfer.size);
        m_owner.sent();
    } else if (transfer.status != TransferStatus::WouldBlock) {
        lost(transfer.status);
    }
}

void Channel::secured()
{
    m_owner.awake();
    if (!m_isOver) {
        m_recorder.tls(m_id, *m_stream->tls());
        m_owner.secured();
        update();
    }
}

void Channel::finish()
{
    if (!m_isDraining && !m_peerHasFinished && !m_stream->capabilities().halfClose) {
        note(QCoreApplication::translate("sockeye::Channel",
            "Our end of stream was not sent: this engine would close the whole connection with it. The native "
            "engine can end one direction alone."));
        return;
    }
    m_finishes = true;
    m_wantsWritable = false;
    if (!m_isOver && m_unsent.isEmpty()) {
        finishOutput();
    }
    update();
}

void Channel::drain()
{
    m_isDraining = true;
    update();
}

void Channel::closeOrderly()
{
    if (m_closes || m_isOver) {
        return;
    }
    m_finishes = true;
    m_closes = true;
    m_wantsWritable = false;
    if (m_unsent.isEmpty()) {
        outputDone();
    }
    update();
}

/// Everything that the peer gets is written.
void Channel::outputDone()
{
    if (m_closes && m_peerHasFinished) {
        end(CloseKind::Orderly);
        return;
    }
    finishOutput();
    if (m_closes && !m_isOver) {
        m_isDraining = true;
        m_owner.draining();
    }
}

void Channel::finishOutput()
{
    if (!std::exchange(m_hasFinished, true)) {
        m_stream->shutdownWrite();
        if (m_leg == Leg::None) {
            m_recorder.finished(m_id, Direction::Out);
        }
        m_owner.finished();
    }
}

void Channel::closeNow(CloseKind kind)
{
    if (m_isOver) {
        return;
    }
    Transfer transfer { TransferStatus::Ok, 0 };
    for (qint64 read = 0; read < maxDrained && !m_peerHasFinished && transfer.status == TransferStatus::Ok;) {
        const std::span<char> room = m_owner.room();
        transfer = m_stream->read(room.data(), static_cast<qsizetype>(room.size()));
        if (transfer.status == TransferStatus::Ok) {
            m_recorder.chunk(m_id, readAs(), { room.data(), transfer.size });
            read += transfer.size;
        }
    }
    if (m_peerHasFinished || m_isConnecting) {
        end(kind);
        return;
    }
    switch (transfer.status) {
    case TransferStatus::Ok: // and more of it: the system would send a reset
        reset();
        break;
    case TransferStatus::EndOfStream:
        m_peerHasFinished = true;
        m_recorder.peerFinished(m_id, *m_stream, readAs());
        end(kind);
        break;
    case TransferStatus::Reset:
        end(CloseKind::ResetByPeer);
        break;
    case TransferStatus::WouldBlock:
    case TransferStatus::Failed:
        end(kind);
        break;
    }
}

void Channel::reset()
{
    if (!m_isOver) {
        const bool isReset = m_stream->capabilities().sendsReset;
        if (!isReset) {
            note(m_stream->peer().isUnix()
                    ? QCoreApplication::translate("sockeye::Channel",
                        "Unix sockets have no reset: the connection was closed instead. Only where bytes of the peer "
                        "had not been read does it see “Connection reset by peer” (ECONNRESET).")
                    : QCoreApplication::translate("sockeye::Channel",
                        "This engine cannot send a reset: the connection was closed instead. The native engine can."));
        }
        m_stream->reset();
        end(isReset ? CloseKind::ResetByUs : CloseKind::Orderly);
    }
}

void Channel::lost(TransferStatus status)
{
    if (!m_isDraining) {
        m_recorder.stray(m_id, *m_stream, readAs());
        m_owner.lost(status);
    }
    if (!m_isOver) {
        end(closeKind(status));
    }
}

void Channel::end(CloseKind kind)
{
    if (kind == CloseKind::Orderly) {
        kind = m_lostBy.value_or(kind);
    }
    m_isOver = true;
    m_reads = false;
    m_waitsForRoom = false;
    m_stream->close();
    m_unsent.clear();
    if (std::exchange(m_isRecorded, false)) {
        m_recorder.closed(m_id, kind);
    }
    m_owner.ended(kind);
}

/// Tells the stream what is wanted of it.
void Channel::update()
{
    if (!isOpen()) {
        return;
    }
    bool reads = m_isDraining && !m_peerHasFinished;
    if (!m_isDraining && !m_closes) {
        reads = m_wantsReading && !m_peerHasFinished && m_unsent.size() <= (m_reads ? highWater : lowWater);
    }
    if (reads != m_reads) {
        m_reads = reads;
        m_stream->setReading(reads);
    }
    const bool waits = m_isConnecting || m_wantsWritable || !m_unsent.isEmpty();
    if (waits != m_waitsForRoom) {
        m_waitsForRoom = waits;
        m_stream->setWriting(waits);
    }
}

} // namespace sockeye
