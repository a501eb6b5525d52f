// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace sockeye::json {

/// Appends `utf8` as a JSON string in the peers' form (wire protocol §1): quotes, the short escapes, \u00XX (lower-case
/// hex) for other control characters, everything else as it is.
void appendString(QByteArray& out, QByteArrayView utf8);
void appendString(QByteArray& out, QStringView text);

/// Writes JSON with the separators ", " and ": " and keys in the order given. A value type on the stack; `out` outlives
/// it.
class Writer {
public:
    explicit Writer(QByteArray& out)
        : m_out(out)
    {
    }
    Writer& beginObject();
    Writer& endObject();
    Writer& beginArray();
    Writer& endArray();
    Writer& key(QByteArrayView utf8);
    Writer& string(QByteArrayView utf8);
    Writer& string(QStringView text);
    Writer& integer(qint64 value);
    Writer& number(double value); ///< shortest text that reads back the same; null for infinities and NaN
    Writer& boolean(bool value);
    Writer& null();
    /// Text that is JSON already.
    Writer& raw(QByteArrayView json);

private:
    void separate();
    QByteArray& m_out;
    bool m_needsComma = false;
};

/// `json` (UTF-8, valid) laid out for reading, two spaces a level; what is left out over `maxBytes` is marked with "…".
[[nodiscard]] QByteArray pretty(QByteArrayView json, qsizetype maxBytes = 4 * 1024 * 1024);

} // namespace sockeye::json
