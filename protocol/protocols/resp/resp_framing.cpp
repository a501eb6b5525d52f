// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_framing.h"

#include "protocol/protocols/resp/resp_type.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 mostCountLine = 32; // a sign and twenty digits, and some room
constexpr qint64 lineEnd = 2; // CR LF

QString quoted(QByteArrayView text)
{
    return u'"' % visibleText(text, 40) % u'"';
}

} // namespace

RespFraming::RespFraming(const Limits& limits)
    : m_limits(limits)
{
}

void RespFraming::take(QByteArrayView piece, Frames& out)
{
    m_bulk > 0 ? takeBulk(piece, out) : takeLine(piece, out);
}

qint64 RespFraming::mostLine(char type) const
{
    const resp::Shape shape = resp::shapeOf(type);
    const bool counts = shape == resp::Shape::Bulk || shape == resp::Shape::Aggregate || shape == resp::Shape::Chunk;
    return counts ? mostCountLine : m_limits.maxLine;
}

void RespFraming::takeLine(QByteArrayView piece, Frames& out)
{
    const qsizetype feed = piece.indexOf('\n');
    const qsizetype taken = feed < 0 ? piece.size() : feed + 1;
    const qint64 most = mostLine(m_line.isEmpty() ? piece.front() : m_line.front());
    if (m_line.size() + taken > most) {
        fail(ErrorCode::TooLong, m_lineBegin + most, QStringLiteral("line"), u"at most " % byteCount(most),
            QStringLiteral("more"));
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

void RespFraming::line(QByteArrayView text, Frames& out)
{
    const char type = text.front();
    const resp::Shape shape = resp::shapeOf(type);
    const bool streamed = !m_open.empty() && m_open.back().streamed;
    if (size() > m_limits.maxContent) {
        failTooLong(QStringLiteral("message"), m_limits.maxContent);
        return;
    }
    if (m_chunks != (shape == resp::Shape::Chunk)) {
        const QString expected =
            m_chunks ? QStringLiteral("the next part of the string (;)") : QStringLiteral("a value");
        fail(ErrorCode::Unexpected, m_lineBegin, QStringLiteral("message"), expected, describeCharacter(text, 0));
        return;
    }
    if (shape == resp::Shape::None && m_open.empty() && size() == text.size()) {
        inlineCommand(text, out);
        return;
    }
    if (shape == resp::Shape::None || (shape == resp::Shape::StreamEnd && !streamed)) {
        fail(ErrorCode::Unexpected, m_lineBegin, QStringLiteral("message"), QStringLiteral("a value"),
            describeCharacter(text, 0));
        return;
    }
    if (!text.endsWith(QByteArrayView("\r\n"))) {
        fail(ErrorCode::Unexpected, end() - 1, QStringLiteral("line"), QStringLiteral("a carriage return (\\r)"),
            QStringLiteral("a line feed (\\n) alone"));
        return;
    }
    text = text.sliced(1).chopped(lineEnd);
    if (shape == resp::Shape::Line) {
        lineValue(type, text, out);
    } else if (shape == resp::Shape::StreamEnd) {
        m_open.pop_back();
        valueDone(out);
    } else {
        count(type, text, out);
    }
}

void RespFraming::inlineCommand(QByteArrayView text, Frames& out)
{
    const auto control = std::find_if(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return byte < 0x20 && c != '\r' && c != '\n' && c != '\t';
    });
    if (control != text.end()) {
        fail(ErrorCode::Unexpected, m_lineBegin + (control - text.begin()), QStringLiteral("message"),
            QStringLiteral("a value or an inline command"), describeByte(static_cast<uchar>(*control)));
        return;
    }
    endMessage(out);
}

void RespFraming::lineValue(char type, QByteArrayView text, Frames& out)
{
    if (type == ':' && !resp::wholeNumber(text)) {
        badLine(text, QStringLiteral("integer"), QStringLiteral("a whole number of 64 bits"));
    } else if (type == '#' && text != QByteArrayView("t") && text != QByteArrayView("f")) {
        badLine(text, QStringLiteral("boolean"), QStringLiteral("t or f"));
    } else if (type == '_' && !text.isEmpty()) {
        badLine(text, QStringLiteral("null"), QStringLiteral("nothing but its line end"));
    } else {
        valueDone(out);
    }
}

void RespFraming::badLine(QByteArrayView text, const QString& subject, const QString& expected)
{
    fail(ErrorCode::BadValue, m_lineBegin + 1, subject, expected, quoted(text));
}

void RespFraming::count(char type, QByteArrayView text, Frames& out)
{
    const resp::Shape shape = resp::shapeOf(type);
    const bool streamed = text == QByteArrayView("?") && type != '!' && type != '=' && type != ';' && type != '|';
    const std::optional<qint64> number = streamed ? qint64 { 0 } : resp::wholeNumber(text);
    const bool isNull = number == -1 && (type == '$' || type == '*');
    const QString subject =
        shape == resp::Shape::Aggregate ? QStringLiteral("number of elements") : QStringLiteral("length of the string");
    if (isNull) {
        valueDone(out);
    } else if (!number || *number < 0) {
        badLine(text, subject, QStringLiteral("a whole number of at least 0"));
    } else if (shape == resp::Shape::Aggregate) {
        openAggregate(type, *number, streamed, out);
    } else if (streamed) {
        m_chunks = true;
    } else if (shape == resp::Shape::Chunk && *number == 0) {
        m_chunks = false;
        valueDone(out);
    } else {
        openBulk(*number);
    }
}

void RespFraming::openAggregate(char type, qint64 count, bool streamed, Frames& out)
{
    const int each = resp::valuesEach(type);
    if (count > std::numeric_limits<qint64>::max() / each) {
        fail(ErrorCode::TooLong, m_lineBegin + 1, QStringLiteral("message"),
            u"at most " % byteCount(m_limits.maxContent), groupedDigits(count) % u" elements");
        return;
    }
    if (m_open.size() >= static_cast<size_t>(std::max(m_limits.maxDepth, 1))) {
        fail(ErrorCode::NestedTooDeep, m_lineBegin, QStringLiteral("message"),
            u"at most " % QString::number(m_limits.maxDepth) % u" levels", QStringLiteral("more"));
        return;
    }
    const bool attributes = type == '|';
    if (count == 0 && !streamed) {
        if (!attributes) {
            valueDone(out);
        }
        return;
    }
    m_open.push_back({ count * each, streamed, attributes });
}

void RespFraming::openBulk(qint64 length)
{
    if (length > m_limits.maxContent - size()) {
        fail(ErrorCode::TooLong, m_lineBegin + 1, QStringLiteral("message"),
            u"at most " % byteCount(m_limits.maxContent), u"a string of " % byteCount(length));
        return;
    }
    m_bulk = length + lineEnd;
    m_bulkHave = 0;
}

void RespFraming::takeBulk(QByteArrayView piece, Frames& out)
{
    // Content is passed over; the two bytes behind it are looked at.
    const qint64 content = m_bulk - lineEnd;
    if (m_bulkHave < content) {
        const qint64 taken = std::min<qint64>(piece.size(), content - m_bulkHave);
        m_bulkHave += taken;
        advance(taken);
        return;
    }
    const bool isFirst = m_bulkHave == content;
    if (piece.front() != (isFirst ? '\r' : '\n')) {
        fail(ErrorCode::Unexpected, end(), QStringLiteral("string"),
            QStringLiteral("its line end (\\r\\n), after as many bytes as its length says"),
            describeCharacter(piece.first(1), 0));
        return;
    }
    ++m_bulkHave;
    advance(1);
    if (isFirst) {
        return;
    }
    m_bulk = 0;
    m_lineBegin = end();
    if (!m_chunks) {
        valueDone(out);
    }
}

void RespFraming::valueDone(Frames& out)
{
    while (!m_open.empty()) {
        Open& innermost = m_open.back();
        if (innermost.streamed || --innermost.missing > 0) {
            return;
        }
        const bool attributes = innermost.attributes;
        m_open.pop_back();
        if (attributes) {
            return; // the value that they are about comes now
        }
    }
    endMessage(out);
}

void RespFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (size() == 0) {
        return;
    }
    if (m_bulk > 0) {
        truncated(QStringLiteral("string"), sizedThing(m_bulk - lineEnd, QLatin1StringView("string")),
            std::min(m_bulkHave, m_bulk - lineEnd));
    } else if (!m_line.isEmpty()) {
        truncated(QStringLiteral("line"), QStringLiteral("a line"), m_line.size());
    } else {
        truncated(QStringLiteral("message"), QStringLiteral("a value of several parts"), size());
    }
}

Progress RespFraming::progress() const
{
    if (m_bulk > 0) {
        return within(RespPart::Bulk, m_bulkHave, m_bulk, m_open.empty() && !m_chunks);
    }
    return m_line.isEmpty() ? within(RespPart::Element, size()) : within(RespPart::Line, m_line.size());
}

} // namespace sockeye
