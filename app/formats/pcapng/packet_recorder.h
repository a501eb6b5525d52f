// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/event_text.h"
#include "app/formats/pcapng/flow.h"
#include "app/storage/byte_store.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sockeye {
class Spool;
}

namespace sockeye::pcapng {

/// Tells the events of a capture as packets, in a file that every tool of the field opens: each connection is a
/// consistent TCP or UDP conversation with made-up headers. One thread.
class PacketRecorder {
public:
    /// What the file says of itself, unless it is told otherwise.
    static constexpr char usualComment[] =
        "Captured at the sockets of a program: the bytes and times are real, the IP, TCP and UDP headers are "
        "synthetic. Each packet with PSH ends one read or one write of a socket.";

    PacketRecorder(Spool& spool, const QString& title, const QByteArray& comment = usualComment);

    /// Writes the event. For a chunk, `pieces` becomes where its bytes lie, and its first packet has the comment.
    void record(const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment = {});

private:
    void open(quint32 connection, const ConnectionFacts& facts, qint64 time);
    void chunk(const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment);
    void datagram(Flow& flow, const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment);
    void finish(Flow& flow, Direction direction, qint64 time);
    void close(const CaptureEvent& event);
    [[nodiscard]] bool gap(const CaptureEvent& event);
    void comment(const CaptureEvent& event);

    /// A packet from the side that sends in `direction`; returns the position of its payload.
    qint64 putTcp(Flow& flow, Direction direction, quint8 flags, qint64 time, QByteArrayView payload = {},
        const QByteArray& comment = {});
    void putEvent(const Flow* flow, const EventLine& line, qint64 time, const QByteArray& comment = {});
    qint64 put(
        const PacketHeads& heads, Direction direction, qint64 time, QByteArrayView payload, const QByteArray& comment);
    Flow* find(quint32 connection);
    static PacketHeads headsOf(const Flow& flow, Direction direction, quint8 protocol);
    static Tuple tupleOf(const Flow& flow) { return { flow.local, flow.peer, flow.localPort, flow.peerPort }; }

    Spool& m_spool;
    std::unordered_map<quint32, Flow> m_flows; ///< open ones
    std::unordered_set<Tuple, TupleHash> m_tuples; ///< of the open ones
};

} // namespace sockeye::pcapng
