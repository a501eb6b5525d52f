// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/content/views/content_view.h"
#include "protocol/json/json_writer.h"

#include <vector>

namespace sockeye {

/// Writes values that come one after the other, containers before what is in them, as JSON: bytes in hexadecimal,
/// keys that are no strings as their JSON text, what JSON has no number for as a string. Counts them, and how deep
/// they lie.
class ValuesWriter {
public:
    explicit ValuesWriter(const ViewLimits& limits);

    /// Whether one more value may come; what happens else is said in problem().
    [[nodiscard]] bool hasRoom();
    [[nodiscard]] QString problem() const { return m_problem; }

    void text(QByteArrayView utf8); ///< what is no UTF-8 in it becomes U+FFFD
    void bytes(QByteArrayView bytes);
    void integer(qint64 value) { scalar(QByteArray::number(value)); }
    void natural(quint64 value) { scalar(QByteArray::number(value)); }
    void number(double value);
    void word(QByteArrayView json) { scalar(json); } ///< true, false, null
    /// `count`: of the values inside, keys and values of a map alike; -1: until close().
    void open(bool isMap, qint64 count);
    void close(); ///< the innermost one that has no count
    /// The value that comes next has this mark: {"-tag": 1, "value": …}.
    void mark(const QByteArray& name, qint64 value);

    [[nodiscard]] bool isOpen() const { return !m_open.empty(); }
    [[nodiscard]] bool isWhole() const { return m_open.empty() && m_values > 0; } ///< one outermost value is there
    [[nodiscard]] bool wantsKey() const { return !m_open.empty() && m_open.back().isMap && m_open.back().isKey; }
    /// JSON text, of what breaks off closed where it does.
    [[nodiscard]] QByteArray take();

private:
    struct Open {
        bool isMap = false;
        bool isKey = false; ///< of a map: a key comes next
        bool isMark = false; ///< closed by its one value
        qint64 left = 0; ///< values that are to come; -1: nobody knows
    };
    void scalar(QByteArrayView json);
    void before();
    void after();
    void endOpen();
    [[nodiscard]] json::Writer& writer() { return m_writer; }

    const ViewLimits& m_limits;
    QByteArray m_out;
    json::Writer m_writer;
    std::vector<Open> m_open;
    QString m_problem;
    int m_values = 0;
};

} // namespace sockeye
