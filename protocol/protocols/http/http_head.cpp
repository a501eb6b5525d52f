// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_head.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <algorithm>

namespace sockeye::http {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

QString quotedExcerpt(QByteArrayView text)
{
    return u'"' % visibleText(text, 60) % u'"';
}

bool isVersion(QByteArrayView text)
{
    return text.size() == 8 && text.startsWith("HTTP/1.") && isDigit(text.back());
}

QByteArrayView trimmedBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isBlank(text.back())) {
        text.chop(1);
    }
    return text;
}

} // namespace

bool isTokenCharacter(char c)
{
    constexpr QByteArrayView others = "!#$%&'*+-.^_`|~";
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || others.contains(c);
}

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n')) {
        line.chop(line.endsWith(QByteArrayView("\r\n")) ? 2 : 1);
    }
    return line;
}

std::optional<FieldLine> fieldLine(QByteArrayView line)
{
    FieldLine parts;
    parts.nameEnd = line.indexOf(':');
    if (parts.nameEnd <= 0 || !std::all_of(line.begin(), line.begin() + parts.nameEnd, isTokenCharacter)) {
        return std::nullopt;
    }
    parts.valueBegin = parts.nameEnd + 1;
    parts.valueEnd = line.size();
    while (parts.valueBegin < parts.valueEnd && isBlank(line[parts.valueBegin])) {
        ++parts.valueBegin;
    }
    while (parts.valueEnd > parts.valueBegin && isBlank(line[parts.valueEnd - 1])) {
        --parts.valueEnd;
    }
    return parts;
}

std::optional<StartLine> startLine(QByteArrayView line)
{
    StartLine parts;
    parts.isReply = line.startsWith("HTTP/");
    parts.firstEnd = line.indexOf(' ');
    if (parts.firstEnd <= 0) {
        return std::nullopt;
    }
    const QByteArrayView first = line.first(parts.firstEnd);
    if (parts.isReply) {
        const QByteArrayView rest = line.sliced(parts.firstEnd + 1);
        if (!isVersion(first) || rest.size() < 3 || !std::all_of(rest.begin(), rest.begin() + 3, isDigit)
            || rest.front() == '0' || (rest.size() > 3 && rest[3] != ' ')) {
            return std::nullopt;
        }
        parts.secondEnd = parts.firstEnd + 1 + 3;
        parts.status = rest.first(3).toInt();
        return parts;
    }
    parts.secondEnd = line.lastIndexOf(' ');
    if (parts.secondEnd <= parts.firstEnd + 1 || !std::all_of(first.begin(), first.end(), isTokenCharacter)
        || !isVersion(line.sliced(parts.secondEnd + 1))) {
        return std::nullopt;
    }
    return parts;
}

std::optional<Error> Head::takeStart(QByteArrayView line, qint64 offset)
{
    const auto parts = startLine(line);
    if (!parts) {
        return Error { ErrorCode::BadValue, offset, QStringLiteral("first line"),
            QStringLiteral("a request (METHOD TARGET HTTP/1.1) or a status (HTTP/1.1 NUMBER REASON)"),
            quotedExcerpt(line) };
    }
    m_isReply = parts->isReply;
    m_status = parts->status;
    m_method = line.first(parts->firstEnd).toByteArray();
    return std::nullopt;
}

std::optional<Error> Head::takeField(QByteArrayView line, qint64 offset)
{
    if (m_fields > 0 && isBlank(line.front())) {
        return std::nullopt; // an old way to go on with the value of the line before
    }
    const auto parts = fieldLine(line);
    if (!parts) {
        return Error { ErrorCode::BadValue, offset, QStringLiteral("header line"),
            QStringLiteral("a name, a colon and a value"), quotedExcerpt(line) };
    }
    ++m_fields;
    const QByteArrayView name = line.first(parts->nameEnd);
    const QByteArrayView value = line.sliced(parts->valueBegin, parts->valueEnd - parts->valueBegin);
    if (sameName(name, "content-length")) {
        return takeLength(value, offset + parts->valueBegin);
    }
    if (sameName(name, "transfer-encoding")) {
        m_hasTransferCoding = true;
        m_chunked = sameName(trimmedBlanks(value.sliced(value.lastIndexOf(',') + 1)), "chunked");
    }
    return std::nullopt;
}

std::optional<Error> Head::takeLength(QByteArrayView value, qint64 offset)
{
    // A list of the same number is that number (RFC 9110, 8.6).
    const QByteArrayView number = trimmedBlanks(value.first(std::max<qsizetype>(value.indexOf(','), 0)));
    const QByteArrayView one = value.contains(',') ? number : value;
    const auto bad = [&](const QString& expected) {
        return Error { ErrorCode::BadValue, offset, QStringLiteral("header \"content-length\""), expected,
            quotedExcerpt(value) };
    };
    if (one.isEmpty() || !std::all_of(one.begin(), one.end(), isDigit)) {
        return bad(QStringLiteral("a whole number of at least 0"));
    }
    for (QByteArrayView rest = value; rest.contains(',');) {
        rest = rest.sliced(rest.indexOf(',') + 1);
        if (trimmedBlanks(rest.first(rest.contains(',') ? rest.indexOf(',') : rest.size())) != one) {
            return bad(QStringLiteral("one whole number"));
        }
    }
    bool fits = false;
    const qint64 length = one.toLongLong(&fits);
    if (!fits || length > m_limits.maxContent) {
        return Error { ErrorCode::TooLong, offset, QStringLiteral("body"), u"at most " % byteCount(m_limits.maxContent),
            QString::fromLatin1(one.first(std::min<qsizetype>(one.size(), 40))) % u" bytes" };
    }
    if (m_contentLength && *m_contentLength != length) {
        return bad(u"the same in all lines, " % QString::number(*m_contentLength));
    }
    m_contentLength = length;
    return std::nullopt;
}

} // namespace sockeye::http
