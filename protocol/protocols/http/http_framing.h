// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"
#include "protocol/protocols/http/http_dialogue.h"
#include "protocol/protocols/http/http_head.h"

namespace sockeye {

/// The parts of an HTTP message; numbers of Progress::part.
struct HttpPart {
    static constexpr quint16 Head = 1;
    static constexpr quint16 Body = 2; ///< as long as the header says
    static constexpr quint16 Chunk = 3;
    static constexpr quint16 ChunkSize = 4; ///< also what ends a chunk
    static constexpr quint16 UntilClose = 5;
    static constexpr quint16 Trailer = 6;
};

/// Requests or replies of HTTP/1.x, whichever comes. Without a dialogue it does not know what replies answer: it takes
/// each for one that has the body that its header announces.
class HttpFraming final : public Cutter {
public:
    explicit HttpFraming(const Limits& limits);

    void join(const std::shared_ptr<Dialogue>& dialogue, bool midway) override;
    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    enum class State : quint8 { Start, Fields, Body, ChunkSize, Chunk, ChunkEnd, Trailer, UntilClose, Raw };

    void takeLine(QByteArrayView piece, Frames& out);
    void takeBody(QByteArrayView piece, Frames& out);
    void takeChunkEnd(QByteArrayView piece);
    void line(QByteArrayView line, Frames& out);
    void headLine(QByteArrayView text, Frames& out);
    void chunkSize(QByteArrayView text);
    void headDone(Frames& out);
    void body(qint64 size, Frames& out);
    void messageDone(Frames& out);
    void fail(const std::optional<Error>& error);
    [[nodiscard]] bool endsConversation(http::HttpDialogue::Asked asked) const;
    [[nodiscard]] bool failsEarly(QByteArrayView piece);
    using Cutter::fail;

    Limits m_limits;
    std::shared_ptr<http::HttpDialogue> m_dialogue;
    http::Head m_head;
    State m_state = State::Start;
    QByteArray m_line; ///< an unfinished line
    qint64 m_lineBegin = 0; ///< in the stream
    qint64 m_section = 0; ///< bytes of whole lines of the header, or of the trailer, or of size lines since a chunk
    qint64 m_headSize = 0;
    qint64 m_need = 0; ///< bytes of the body, or of the chunk
    qint64 m_have = 0; ///< of them that have come
    qint64 m_body = 0; ///< of all chunks; of a body without a length
    bool m_carriageReturn = false; ///< behind a chunk
};

} // namespace sockeye
