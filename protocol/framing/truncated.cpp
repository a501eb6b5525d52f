// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/truncated.h"

#include "protocol/text/describe_bytes.h"

namespace sockeye {

namespace {

QLatin1StringView partName(Progress::Part part)
{
    switch (part) {
    case Progress::Part::FixedHeader:
        return QLatin1StringView("fixed header");
    case Progress::Part::JsonHeader:
        return QLatin1StringView("JSON header");
    case Progress::Part::Content:
        return QLatin1StringView("content");
    case Progress::Part::Line:
        return QLatin1StringView("line");
    case Progress::Part::Nothing:
    case Progress::Part::Failed:
        break;
    }
    return QLatin1StringView("message");
}

} // namespace

Error truncated(Progress::Part part, qint64 have, qint64 need, qint64 offset)
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
