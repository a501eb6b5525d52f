// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/slip/slip_code.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <algorithm>

namespace sockeye {

namespace slip {

namespace {
constexpr char escape = '\xdb';
constexpr char escapedEnd = '\xdc';
constexpr char escapedEscape = '\xdd';
} // namespace

Unstuffed decode(QByteArrayView frame)
{
    Unstuffed decoded;
    decoded.data.reserve(frame.size());
    for (qsizetype at = 0; at < frame.size();) {
        const qsizetype found = frame.indexOf(escape, at);
        const qsizetype runEnd = found < 0 ? frame.size() : found;
        decoded.data.append(frame.sliced(at, runEnd - at));
        if (found < 0) {
            break;
        }
        const char code = found + 1 < frame.size() ? frame[found + 1] : '\0';
        if (code != escapedEnd && code != escapedEscape) {
            decoded.wrong =
                Unstuffed::Wrong { found + 1, QStringLiteral("byte after ESC (0xdb)"), QStringLiteral("0xdc or 0xdd"),
                    found + 1 < frame.size() ? describeByte(static_cast<uchar>(code)) : QStringLiteral("the end") };
            break;
        }
        decoded.data.append(code == escapedEnd ? slip::end : escape);
        at = found + 2;
    }
    return decoded;
}

QByteArray encode(QByteArrayView data)
{
    QByteArray out;
    out.reserve(data.size() + 1);
    for (const char c : data) {
        if (c == end || c == escape) {
            out.append(escape);
        }
        out.append(c == end ? escapedEnd : c == escape ? escapedEscape : c);
    }
    out.append(end);
    return out;
}

} // namespace slip

void slipFields(NamedFields& fields, QByteArrayView frame, qint64 begin)
{
    qsizetype at = 0;
    const auto data = [&](qsizetype to) {
        fields.leaf(looksLikeText(frame.sliced(at, to - at)) ? FieldKind::Text : FieldKind::Binary,
            QT_TRANSLATE_NOOP("sockeye::Annotation", "data"), begin + at, begin + to);
        at = to;
    };
    while (at < frame.size()) {
        const qsizetype found = frame.indexOf(slip::escape, at);
        if (found < 0 || fields.isFull()) {
            break;
        }
        data(found);
        const qsizetype next = std::min(found + 2, frame.size());
        const char code = next == found + 2 ? frame[found + 1] : '\0';
        const bool isRight = code == slip::escapedEnd || code == slip::escapedEscape;
        fields.leaf(isRight ? FieldKind::Literal : FieldKind::Bad,
            QT_TRANSLATE_NOOP("sockeye::Annotation", "escaped byte"), begin + found, begin + next,
            !isRight                       ? QString()
                : code == slip::escapedEnd ? QStringLiteral("0xc0")
                                           : QStringLiteral("0xdb"));
        at = next;
    }
    data(frame.size());
}

} // namespace sockeye
