// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/truncated.h"

#include "protocol/protocols/app/app_part.h"
#include "protocol/text/describe_bytes.h"

namespace sockeye {

namespace {

QLatin1StringView partName(quint16 part)
{
    switch (part) {
    case AppPart::FixedHeader:
        return QLatin1StringView("fixed header");
    case AppPart::JsonHeader:
        return QLatin1StringView("JSON header");
    case AppPart::Content:
        return QLatin1StringView("content");
    default:
        return QLatin1StringView("message");
    }
}

} // namespace

Error truncated(quint16 part, qint64 have, qint64 need, qint64 offset)
{
    const QLatin1StringView name = partName(part);
    return { ErrorCode::Truncated, offset, QString(name), sizedThing(need, name), byteCount(have) };
}

Error emptyHeader(qint64 offset)
{
    return { ErrorCode::EmptyHeader, offset, QStringLiteral("fixed header"), QStringLiteral("a length of at least 1"),
        QStringLiteral("0") };
}

} // namespace sockeye
