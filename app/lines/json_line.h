// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace sockeye {

/// One object on a line of its own, in the compact form of JSON Lines. (json::Writer writes what goes over the wire,
/// with spaces.) What may command a terminal is escaped in it, also where JSON does not ask for that.
class JsonLine {
public:
    JsonLine(QByteArray& out, QByteArrayView event); ///< {"event":"…"
    void end(); ///< } and the line feed; nothing else has been appended to `out` meanwhile

    JsonLine& string(QByteArrayView key, QByteArrayView utf8);
    JsonLine& string(QByteArrayView key, QStringView text);
    JsonLine& integer(QByteArrayView key, qint64 value);
    JsonLine& boolean(QByteArrayView key, bool value);
    JsonLine& null(QByteArrayView key);
    /// As seconds with six decimals; with nine where the time is finer.
    JsonLine& time(QByteArrayView key, qint64 nanoseconds);
    JsonLine& hex(QByteArrayView key, QByteArrayView bytes);
    /// Text that is JSON already. Line breaks in it, which JSON allows between its parts only, become spaces.
    JsonLine& json(QByteArrayView key, QByteArrayView json);

private:
    void key(QByteArrayView name);
    void escapeControls();

    QByteArray& m_out;
    const qsizetype m_start;
};

} // namespace sockeye
