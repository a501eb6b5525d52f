// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/error.h"
#include "protocol/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sockeye::http {

/// Where the parts of a line of the header lie in it: "Name: value".
struct FieldLine {
    qsizetype nameEnd = 0;
    qsizetype valueBegin = 0; ///< without the white space around it
    qsizetype valueEnd = 0;
};
/// Nothing where the line is no header field. Line ends are not part of it.
[[nodiscard]] std::optional<FieldLine> fieldLine(QByteArrayView line);

/// Where the parts of a first line lie in it.
struct StartLine {
    bool isReply = false;
    qsizetype firstEnd = 0; ///< of the method, or of a reply's version
    qsizetype secondEnd = 0; ///< of the target, or of the status; it begins one after `firstEnd`
    int status = 0; ///< of a reply
};
/// Nothing where the line begins no message of HTTP/1.x.
[[nodiscard]] std::optional<StartLine> startLine(QByteArrayView line);

[[nodiscard]] bool isTokenCharacter(char c);
[[nodiscard]] bool sameName(QByteArrayView a, QByteArrayView b); ///< letters in either case
/// The line without what ends it.
[[nodiscard]] QByteArrayView withoutLineEnd(QByteArrayView line);

/// What decides how a message ends, gathered line by line.
class Head {
public:
    explicit Head(const Limits& limits = {})
        : m_limits(limits)
    {
    }

    /// Takes a line without its end, which lies at `offset`; what is wrong with it, if anything.
    [[nodiscard]] std::optional<Error> takeStart(QByteArrayView line, qint64 offset);
    [[nodiscard]] std::optional<Error> takeField(QByteArrayView line, qint64 offset);

    [[nodiscard]] bool isReply() const { return m_isReply; }
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] const QByteArray& method() const { return m_method; }
    [[nodiscard]] bool hasTransferCoding() const { return m_hasTransferCoding; }
    [[nodiscard]] bool isChunked() const { return m_chunked; } ///< the last transfer coding is "chunked"
    [[nodiscard]] std::optional<qint64> contentLength() const { return m_contentLength; }

private:
    [[nodiscard]] std::optional<Error> takeLength(QByteArrayView value, qint64 offset);

    Limits m_limits;
    bool m_isReply = false;
    int m_status = 0;
    QByteArray m_method;
    bool m_hasTransferCoding = false;
    bool m_chunked = false;
    std::optional<qint64> m_contentLength;
    int m_fields = 0;
};

} // namespace sockeye::http
