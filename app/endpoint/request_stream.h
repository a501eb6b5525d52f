// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"
#include "protocol/framing/receive_buffer.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <span>

namespace sockeye {

/// What has come on a server's connection and is not answered yet: cuts the stream into messages, and keeps the bytes
/// of an unfinished one, and of whole ones that have to wait. Bytes that are answered as they come are not kept at all.
class RequestStream {
public:
    void begin(std::unique_ptr<Framing> framing);
    [[nodiscard]] bool hasBegun() const { return m_framing != nullptr; }

    /// Where to receive next: `scratch`, or, for much content, where it will stay.
    [[nodiscard]] std::span<char> room(std::span<char> scratch);
    /// Takes what came, at the beginning of room(). Appends to `found` the messages that became whole; `piece` must
    /// stay until settle().
    void feed(QByteArrayView piece, Frames& found);
    /// Framing::patience() in milliseconds, while a message has begun that silence would end; else 0.
    [[nodiscard]] int patience() const;
    /// Nothing came for that long.
    void silence(Frames& found);
    /// The stream has ended: what is left of it may be a last message.
    void finish(Frames& found);
    /// The bytes of a message that was found, or that waits.
    [[nodiscard]] QByteArrayView bytes(const Frame& message) const;
    [[nodiscard]] qsizetype heldBytes() const { return m_view.size(); } ///< all that bytes() may be asked for
    /// After feed(): messages from `answered` on wait, behind those that wait already; what is before is let go.
    void settle(const Frames& found, std::size_t answered);

    [[nodiscard]] bool hasWaiting() const { return !m_waiting.empty(); }
    [[nodiscard]] const Frames& waiting() const { return m_waiting; }
    [[nodiscard]] std::size_t nextWaiting() const { return m_nextWaiting; } ///< the first that is not answered
    [[nodiscard]] qint64 waitingBytes() const; ///< of whole messages that wait
    void settleWaiting(std::size_t answered); ///< of waiting(), those before `answered` are
    void clear(); ///< nothing of it is needed any more

    [[nodiscard]] qint64 received() const { return m_received; } ///< bytes so far: the stream offset of the next one
    [[nodiscard]] bool isPartial() const { return m_kept.has_value(); } ///< bytes are kept that are not answered
    [[nodiscard]] Progress progress() const { return m_framing ? m_framing->progress() : Progress(); }
    [[nodiscard]] const std::optional<Error>& error() const { return m_framing->error(); }

private:
    void lookAtKept();
    void keepFrom(qint64 needed);

    std::unique_ptr<Framing> m_framing;
    std::optional<ReceiveBuffer> m_kept; ///< received bytes still needed, if any
    qint64 m_keptOffset = 0; ///< stream offset of the first byte that went into m_kept
    QByteArrayView m_view; ///< in m_kept, or the piece that was fed last
    qint64 m_viewOffset = 0; ///< in the stream
    qint64 m_received = 0;
    Frames m_waiting; ///< their bytes are in m_kept
    std::size_t m_nextWaiting = 0;
    bool m_inPlace = false; ///< room() was in m_kept
};

} // namespace sockeye
