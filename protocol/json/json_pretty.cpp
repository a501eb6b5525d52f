// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_writer.h"
#include "protocol/text/utf8.h"

namespace sockeye::json {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// One past the string that begins at `begin`, or the end of the text if it does not end.
qsizetype stringEnd(QByteArrayView json, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < json.size(); ++i) {
        if (json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            return i + 1;
        }
    }
    return json.size();
}

qsizetype skipSpace(QByteArrayView json, qsizetype at)
{
    while (at < json.size() && isSpace(json[at])) {
        ++at;
    }
    return at;
}

} // namespace

QByteArray pretty(QByteArrayView json, qsizetype maxBytes)
{
    QByteArray out;
    out.reserve(qMin(json.size() + json.size() / 2, maxBytes) + 16);
    qsizetype level = 0;
    const auto newLine = [&out, &level, maxBytes] {
        out.append('\n');
        // Never more indentation than there is room for: hostile nesting must not cost more than the text itself.
        out.append(qMin(2 * level, qMax<qsizetype>(0, maxBytes - out.size())), ' ');
    };
    for (qsizetype i = 0; i < json.size() && out.size() <= maxBytes;) {
        const char c = json[i];
        if (isSpace(c)) {
            ++i;
        } else if (c == '"') {
            const qsizetype end = stringEnd(json, i);
            out.append(json.sliced(i, qMin(end - i, maxBytes - out.size() + 1)));
            i = end;
        } else if (c == '{' || c == '[') {
            out.append(c);
            i = skipSpace(json, i + 1);
            if (i < json.size() && (json[i] == '}' || json[i] == ']')) {
                out.append(json[i]);
                ++i;
            } else {
                ++level;
                newLine();
            }
        } else if (c == '}' || c == ']') {
            level = qMax<qsizetype>(0, level - 1);
            newLine();
            out.append(c);
            ++i;
        } else if (c == ',') {
            out.append(c);
            newLine();
            ++i;
        } else if (c == ':') {
            out.append(": ");
            ++i;
        } else {
            out.append(c);
            ++i;
        }
    }
    if (out.size() > maxBytes) {
        out.truncate(maxBytes);
        out.truncate(validUtf8Prefix(out));
        out.append("…");
    }
    return out;
}

} // namespace sockeye::json
