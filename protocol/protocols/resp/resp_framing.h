// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

#include <QByteArray>

#include <vector>

namespace sockeye {

/// The parts of a RESP value; numbers of Progress::part.
struct RespPart {
    static constexpr quint16 Line = 1;
    static constexpr quint16 Bulk = 2; ///< its line end included
    static constexpr quint16 Element = 3; ///< what comes next of an array, a map, a streamed string
};

/// Redis values one after the other, and inline commands.
class RespFraming final : public Cutter {
public:
    explicit RespFraming(const Limits& limits);

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    /// An aggregate that is open.
    struct Open {
        qint64 missing = 0; ///< values that it still needs; streamed: until its end comes
        bool streamed = false;
        bool attributes = false; ///< says something of the value that follows, and is none itself
    };
    void takeLine(QByteArrayView piece, Frames& out);
    void takeBulk(QByteArrayView piece, Frames& out);
    void line(QByteArrayView text, Frames& out);
    void inlineCommand(QByteArrayView text, Frames& out);
    void lineValue(char type, QByteArrayView text, Frames& out);
    void count(char type, QByteArrayView text, Frames& out);
    void openAggregate(char type, qint64 count, bool streamed, Frames& out);
    void openBulk(qint64 length);
    void valueDone(Frames& out);
    void badLine(QByteArrayView text, const QString& subject, const QString& expected);
    [[nodiscard]] qint64 mostLine(char type) const;

    Limits m_limits;
    QByteArray m_line; ///< an unfinished line
    qint64 m_lineBegin = 0; ///< in the stream
    std::vector<Open> m_open; ///< at most the depth limit
    qint64 m_bulk = 0; ///< bytes of a string, its line end included; 0 while a line comes
    qint64 m_bulkHave = 0;
    bool m_chunks = false; ///< a streamed string is open: parts of it come
};

} // namespace sockeye
