// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_framing.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 mostHead = 64 * 1024 - 1;
constexpr qint64 mostChunkLine = 4 * 1024; // a size and its extensions

QString lineSubject(bool isChunk, bool isTrailer)
{
    return isChunk  ? QStringLiteral("line of a chunk's size")
        : isTrailer ? QStringLiteral("trailer")
                    : QStringLiteral("header");
}

} // namespace

HttpFraming::HttpFraming(const Limits& limits)
    : m_limits(limits)
    , m_head(limits)
{
}

void HttpFraming::join(const std::shared_ptr<Dialogue>& dialogue, bool midway)
{
    m_dialogue = std::static_pointer_cast<http::HttpDialogue>(dialogue);
    if (m_dialogue && midway) {
        m_dialogue->lose();
    }
}

void HttpFraming::fail(const std::optional<Error>& error)
{
    if (error) {
        fail(error->code, error->offset, error->subject, error->expected, error->found);
    }
}

void HttpFraming::take(QByteArrayView piece, Frames& out)
{
    if (m_state == State::Start && size() == 0 && m_dialogue && m_dialogue->isUpgraded()) {
        m_state = State::Raw;
    }
    switch (m_state) {
    case State::Start:
    case State::Fields:
    case State::ChunkSize:
    case State::Trailer:
        takeLine(piece, out);
        break;
    case State::Body:
    case State::Chunk:
    case State::UntilClose:
        takeBody(piece, out);
        break;
    case State::ChunkEnd:
        takeChunkEnd(piece);
        break;
    case State::Raw:
        advance(piece.size());
        endMessage(out);
        break;
    }
}

/// What cannot be the first line of a message is seen before the line is there: other protocols have no lines.
bool HttpFraming::failsEarly(QByteArrayView piece)
{
    if (m_line.isEmpty() && !http::isTokenCharacter(piece.front()) && piece.front() != '\r' && piece.front() != '\n') {
        fail(ErrorCode::Unexpected, end(), QStringLiteral("stream"), QStringLiteral("an HTTP/1.x message"),
            describeCharacter(piece.first(1), 0));
        return true;
    }
    const auto control = std::find_if(piece.begin(), piece.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return (byte < 0x20 && c != '\r' && c != '\n') || byte == 0x7f;
    });
    if (control != piece.end()) {
        fail(ErrorCode::Unexpected, end() + (control - piece.begin()), QStringLiteral("first line"),
            QStringLiteral("text"), describeByte(static_cast<uchar>(*control)));
        return true;
    }
    return false;
}

void HttpFraming::takeLine(QByteArrayView piece, Frames& out)
{
    const bool isChunk = m_state == State::ChunkSize;
    const qsizetype feed = piece.indexOf('\n');
    const qsizetype taken = feed < 0 ? piece.size() : feed + 1;
    const qint64 most = (isChunk ? mostChunkLine : mostHead) - m_section;
    const qint64 fitting = std::min<qint64>(taken, most - m_line.size());
    if (m_state == State::Start && fitting > 0 && failsEarly(piece.first(fitting))) {
        return;
    }
    if (fitting < taken) {
        fail(ErrorCode::TooLong, m_lineBegin + most, lineSubject(isChunk, m_state == State::Trailer),
            u"at most " % byteCount(isChunk ? mostChunkLine : mostHead), QStringLiteral("more"));
        return;
    }
    advance(taken);
    if (feed < 0) {
        m_line.append(piece);
        return;
    }
    if (m_line.isEmpty()) {
        line(piece.first(taken), out);
    } else {
        m_line.append(piece.first(taken));
        const QByteArray whole = std::exchange(m_line, {});
        line(whole, out);
    }
    m_lineBegin = end();
}

void HttpFraming::line(QByteArrayView line, Frames& out)
{
    const QByteArrayView text = http::withoutLineEnd(line);
    m_section += line.size();
    switch (m_state) {
    case State::ChunkSize:
        chunkSize(text);
        break;
    case State::Trailer:
        if (text.isEmpty()) {
            messageDone(out);
        } else if (!http::fieldLine(text) && text.front() != ' ' && text.front() != '\t') {
            fail(ErrorCode::BadValue, m_lineBegin, QStringLiteral("trailer line"),
                QStringLiteral("a name, a colon and a value"), u'"' % visibleText(text, 60) % u'"');
        }
        break;
    default:
        headLine(text, out);
    }
}

void HttpFraming::headLine(QByteArrayView text, Frames& out)
{
    if (m_state == State::Start) {
        if (!text.isEmpty()) { // empty lines between messages are allowed
            fail(m_head.takeStart(text, m_lineBegin));
            m_state = State::Fields;
        }
    } else if (text.isEmpty()) {
        headDone(out);
    } else {
        fail(m_head.takeField(text, m_lineBegin));
    }
}

/// Whether what follows this reply is no HTTP any more.
bool HttpFraming::endsConversation(http::HttpDialogue::Asked asked) const
{
    constexpr int switchingProtocols = 101;
    const bool isGood = m_head.status() >= 200 && m_head.status() < 300;
    return m_head.status() == switchingProtocols || (asked == http::HttpDialogue::Asked::Tunnel && isGood);
}

void HttpFraming::headDone(Frames& out)
{
    using Asked = http::HttpDialogue::Asked;
    m_headSize = size();
    m_section = 0;
    if (!m_head.isReply()) {
        if (m_dialogue) {
            m_dialogue->request(m_head.method());
        }
        if (m_head.hasTransferCoding() && !m_head.isChunked()) {
            fail(ErrorCode::BadValue, end(), QStringLiteral("header \"transfer-encoding\" of a request"),
                QStringLiteral("one that ends with chunked, so that its end can be found"), QStringLiteral("another"));
        } else if (m_head.isChunked()) {
            m_state = State::ChunkSize;
        } else {
            body(m_head.contentLength().value_or(0), out);
        }
        return;
    }
    constexpr int noContent = 204;
    constexpr int notModified = 304;
    const int status = m_head.status();
    const bool isInterim = status < 200 && status != 101; // the reply itself is still to come
    const Asked asked = m_dialogue && !isInterim ? m_dialogue->reply() : Asked::Anything;
    if (endsConversation(asked)) {
        if (m_dialogue) {
            m_dialogue->upgrade();
        }
        messageDone(out);
        m_state = State::Raw;
    } else if (status < 200 || status == noContent || status == notModified || asked == Asked::HeadAlone) {
        messageDone(out);
    } else if (m_head.isChunked()) {
        m_state = State::ChunkSize;
    } else if (m_head.contentLength() && !m_head.hasTransferCoding()) {
        body(*m_head.contentLength(), out);
    } else {
        m_state = State::UntilClose;
    }
}

void HttpFraming::body(qint64 size, Frames& out)
{
    m_need = size;
    m_have = 0;
    m_state = State::Body;
    if (size == 0) {
        messageDone(out);
    }
}

void HttpFraming::chunkSize(QByteArrayView text)
{
    constexpr qsizetype mostDigits = 16;
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    const auto digitsEnd = std::find_if_not(text.begin(), text.end(), isHex);
    const QByteArrayView digits(text.begin(), digitsEnd);
    const QByteArrayView rest = text.sliced(digits.size()).trimmed();
    if (digits.isEmpty() || (!rest.isEmpty() && rest.front() != ';')) {
        fail(ErrorCode::BadValue, m_lineBegin, QStringLiteral("size of a chunk"),
            QStringLiteral("a hexadecimal number"), u'"' % visibleText(text, 40) % u'"');
        return;
    }
    bool fits = false;
    const quint64 chunk = digits.size() <= mostDigits ? digits.toULongLong(&fits, 16) : 0;
    if (!fits || chunk > static_cast<quint64>(m_limits.maxContent - m_body)) {
        fail(ErrorCode::TooLong, m_lineBegin, QStringLiteral("body"), u"at most " % byteCount(m_limits.maxContent),
            u"a chunk of 0x" % QString::fromLatin1(digits.first(std::min(digits.size(), mostDigits))) % u" bytes");
        return;
    }
    m_need = static_cast<qint64>(chunk);
    m_have = 0;
    m_body += m_need;
    m_section = 0;
    m_state = m_need > 0 ? State::Chunk : State::Trailer;
}

void HttpFraming::takeBody(QByteArrayView piece, Frames& out)
{
    if (m_state == State::UntilClose) {
        if (piece.size() > m_limits.maxContent - m_body) {
            failTooLong(QStringLiteral("body"), m_headSize + m_limits.maxContent);
            return;
        }
        m_body += piece.size();
        advance(piece.size());
        return;
    }
    const qint64 taken = std::min<qint64>(piece.size(), m_need - m_have);
    m_have += taken;
    advance(taken);
    if (m_have < m_need) {
        return;
    }
    if (m_state == State::Body) {
        messageDone(out);
    } else {
        m_state = State::ChunkEnd;
        m_carriageReturn = false;
    }
}

void HttpFraming::takeChunkEnd(QByteArrayView piece)
{
    if (piece.front() == '\r' && !m_carriageReturn) {
        m_carriageReturn = true;
        advance(1);
    } else if (piece.front() == '\n') {
        advance(1);
        m_state = State::ChunkSize;
        m_lineBegin = end();
    } else {
        fail(ErrorCode::Unexpected, end(), QStringLiteral("body"),
            QStringLiteral("a line end (\\r\\n), after as many bytes as the chunk's size says"),
            describeCharacter(piece.first(1), 0));
    }
}

void HttpFraming::messageDone(Frames& out)
{
    endMessage(out, m_headSize);
    m_head = http::Head(m_limits);
    m_state = State::Start;
    m_section = 0;
    m_body = 0;
    m_lineBegin = end();
}

void HttpFraming::finish(Frames& out)
{
    if (size() == 0) {
        return;
    }
    switch (m_state) {
    case State::UntilClose:
        messageDone(out);
        break;
    case State::Body:
        truncated(QStringLiteral("body"), sizedThing(m_need, QLatin1StringView("body")), m_have);
        break;
    case State::Chunk:
        truncated(QStringLiteral("body"), sizedThing(m_need, QLatin1StringView("chunk")), m_have);
        break;
    case State::ChunkSize:
    case State::ChunkEnd:
    case State::Trailer:
        truncated(QStringLiteral("body"), QStringLiteral("a body of chunks, before its last one"), size() - m_headSize);
        break;
    default:
        truncated(QStringLiteral("header"), QStringLiteral("a header"), size());
    }
}

Progress HttpFraming::progress() const
{
    switch (m_state) {
    case State::Body:
        return within(HttpPart::Body, m_have, m_need, true);
    case State::Chunk:
        return within(HttpPart::Chunk, m_have, m_need);
    case State::ChunkSize:
    case State::ChunkEnd:
        return within(HttpPart::ChunkSize, m_body);
    case State::Trailer:
        return within(HttpPart::Trailer, m_section + m_line.size());
    case State::UntilClose:
        return within(HttpPart::UntilClose, m_body);
    default:
        return within(HttpPart::Head, size());
    }
}

} // namespace sockeye
