// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/plain_text.h"

#include "protocol/text/utf8.h"

#include <algorithm>

namespace sockeye {

namespace {

bool hasControls(QByteArrayView bytes)
{
    return std::any_of(bytes.begin(), bytes.end(),
        [](char c) { return (static_cast<uchar>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f; });
}

} // namespace

bool isReadableText(QByteArrayView bytes)
{
    return !hasControls(bytes) && bytes.isValidUtf8();
}

bool looksLikeText(QByteArrayView bytes)
{
    constexpr qsizetype lookedAt = 4096;
    const QByteArrayView front = bytes.first(qMin(bytes.size(), lookedAt));
    const qsizetype valid = validUtf8Prefix(front);
    if (valid < front.size() && !(front.size() < bytes.size() && isCutUtf8(front, valid))) {
        return false;
    }
    return !hasControls(front);
}

} // namespace sockeye
