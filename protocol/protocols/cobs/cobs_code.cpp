// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/cobs/cobs_code.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace cobs {

namespace {
constexpr int longRun = 0xff; // 254 bytes, and no zero behind them
} // namespace

Unstuffed decode(QByteArrayView frame)
{
    Unstuffed decoded;
    decoded.data.reserve(frame.size());
    for (qsizetype at = 0; at < frame.size();) {
        const int code = static_cast<uchar>(frame[at]);
        const qsizetype next = at + std::max(code, 1);
        if (code == 0 || next > frame.size()) {
            decoded.data.append(frame.sliced(at + 1));
            decoded.wrong = Unstuffed::Wrong { at, QStringLiteral("code byte"),
                u"at most " % QString::number(frame.size() - at) % u", the bytes left in the frame",
                QString::number(code) };
            break;
        }
        decoded.data.append(frame.sliced(at + 1, code - 1));
        if (code != longRun && next < frame.size()) {
            decoded.data.append('\0');
        }
        at = next;
    }
    return decoded;
}

QByteArray encode(QByteArrayView data)
{
    constexpr int longest = 0xff; // a code that says that no zero follows
    QByteArray out;
    qsizetype code = 0; // its place
    int run = 1;
    out.append('\1');
    for (const char c : data) {
        if (run == longest) {
            out[code] = static_cast<char>(run);
            code = out.size();
            out.append('\1');
            run = 1;
        }
        if (c != end) {
            out.append(c);
            ++run;
        } else {
            out[code] = static_cast<char>(run);
            code = out.size();
            out.append('\1');
            run = 1;
        }
    }
    out[code] = static_cast<char>(run);
    out.append(end);
    return out;
}

} // namespace cobs

void cobsFields(NamedFields& fields, QByteArrayView frame, qint64 begin)
{
    qsizetype at = 0;
    while (at < frame.size() && !fields.isFull()) {
        const int code = static_cast<uchar>(frame[at]);
        const qsizetype next = at + std::max(code, 1);
        const bool isRight = code > 0 && next <= frame.size();
        const qsizetype end = std::min(next, frame.size());
        fields.leaf(isRight ? FieldKind::Length : FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "code"),
            begin + at, begin + at + 1,
            !isRight                    ? QString()
                : code == cobs::longRun ? QCoreApplication::translate("sockeye::Annotation", "254 bytes, no zero")
                                        : QCoreApplication::translate("sockeye::Annotation", "zero in %1").arg(code));
        fields.leaf(looksLikeText(frame.sliced(at + 1, end - at - 1)) ? FieldKind::Text : FieldKind::Binary,
            QT_TRANSLATE_NOOP("sockeye::Annotation", "data"), begin + at + 1, begin + end);
        at = end;
    }
    fields.leaf(FieldKind::Rest, nullptr, begin + at, begin + frame.size());
}

} // namespace sockeye
