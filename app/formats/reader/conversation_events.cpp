// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/conversation_events.h"

#include "app/storage/payload_reader.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {
// What one read or write can be at most: a hostile file must not make us gather more.
constexpr qint64 maxImportedChunk = 64 * 1024 * 1024;
} // namespace

ConversationEvents::ConversationEvents(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own)
    : m_pipe(pipe)
    , m_scratch(scratch)
    , m_id(id)
    , m_own(own)
{
}

CaptureEvent& ConversationEvents::event(EventKind kind, Direction direction, qint64 time)
{
    CaptureEvent& result = m_scratch.event;
    result.bytes = {};
    result.kind = kind;
    result.direction = direction;
    result.connection = m_id;
    result.time = time;
    return result;
}

void ConversationEvents::opened(const ConnectionFacts& facts, qint64 time)
{
    CaptureEvent& opened = event(EventKind::Opened, Direction::In, time);
    opened.facts = facts;
    m_pipe.add(opened, {});
    opened.facts = {};
}

void ConversationEvents::take(Direction direction, const ConversationPacket* packet)
{
    Gathered& from = gathered(direction);
    for (const TcpReassembler::Piece& piece : m_scratch.pieces) {
        if (piece.position < 0) {
            flush(direction, packet);
            gap(direction, piece);
            continue;
        }
        if (!m_own && piece.time != from.time) {
            flush(direction, packet);
        }
        from.pieces.push_back({ piece.position, piece.size });
        from.size += piece.size;
        from.time = piece.time;
        if (piece.ends || from.size >= maxImportedChunk) {
            flush(direction, packet);
        }
    }
    if (!m_own) {
        flush(direction, packet); // a packet in several pieces whose last one was there before
    }
}

void ConversationEvents::flush(Direction direction, const ConversationPacket* packet)
{
    Gathered& from = gathered(direction);
    if (from.pieces.empty()) {
        return;
    }
    CaptureEvent& whole = event(EventKind::Chunk, direction, from.time);
    const PayloadPiece& first = from.pieces.front();
    const qint64 start = packet && packet->pieces.size() == 1 ? packet->pieces.front().position : -1;
    if (from.pieces.size() == 1 && start >= 0 && first.position >= start
        && first.position + first.size <= start + packet->payload.size()) {
        whole.bytes = packet->payload.sliced(first.position - start, first.size);
    } else {
        m_scratch.bytes.resize(from.size);
        const qint64 got = readPieces(m_pipe.store(), from.pieces, m_scratch.bytes.data(), true);
        whole.bytes = QByteArrayView(m_scratch.bytes).first(got);
    }
    if (!whole.bytes.isEmpty()) {
        m_pipe.add(whole, from.pieces);
    }
    from.pieces.clear();
    from.size = 0;
    if (m_scratch.bytes.capacity() > 4 * 1024 * 1024) {
        m_scratch.bytes = {}; // one large chunk must not cost its memory for ever
    }
}

void ConversationEvents::gap(Direction direction, const TcpReassembler::Piece& missing)
{
    CaptureEvent error;
    error.kind = EventKind::Error;
    error.direction = direction;
    error.connection = m_id;
    error.time = missing.time;
    error.code = gapCode;
    error.offset = missing.offset;
    error.missing = missing.size;
    error.text = m_own
        ? leftOutText(missing.size)
        : QCoreApplication::translate("CaptureReader", "gap: %n byte(s) missing here: the file does not hold them.",
            nullptr, static_cast<int>(std::min<qint64>(missing.size, std::numeric_limits<int>::max())));
    m_pipe.add(error, {});
}

void ConversationEvents::datagram(const ConversationPacket& packet)
{
    CaptureEvent& whole = event(EventKind::Chunk, packet.direction, packet.time);
    whole.bytes = packet.payload;
    m_pipe.add(whole, packet.pieces);
    m_datagramBytes[static_cast<std::size_t>(packet.direction)] += packet.payload.size();
    if (packet.ip.missing > 0) {
        CaptureEvent cut;
        cut.kind = EventKind::Error;
        cut.direction = packet.direction;
        cut.connection = m_id;
        cut.time = packet.time;
        cut.code = cutCode;
        cut.missing = packet.ip.missing;
        cut.text = QCoreApplication::translate(
            "CaptureReader", "cut: %1 of %2 bytes of this datagram are here: the capture kept no more of it.")
                       .arg(groupedDigits(packet.ip.size), groupedDigits(packet.ip.size + packet.ip.missing));
        m_pipe.add(cut, {});
    }
}

void ConversationEvents::finished(Direction direction, qint64 time)
{
    flush(direction, nullptr);
    m_pipe.add(event(EventKind::Finished, direction, time), {});
}

void ConversationEvents::closed(CloseKind kind, qint64 time)
{
    CaptureEvent& closed = event(EventKind::Closed, Direction::In, time);
    closed.closeKind = kind;
    m_pipe.add(closed, {});
}

void ConversationEvents::note(Direction direction, const QString& text, qint64 time, QLatin1StringView code)
{
    CaptureEvent note;
    note.kind = EventKind::Note;
    note.direction = direction;
    note.connection = m_id;
    note.time = time;
    note.text = text;
    note.code = code;
    m_pipe.add(note, {});
}

} // namespace sockeye
