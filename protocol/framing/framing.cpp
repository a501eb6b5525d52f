// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/framing.h"

#include "protocol/framing/app_framing.h"
#include "protocol/framing/datagram_framing.h"
#include "protocol/framing/lines_framing.h"
#include "protocol/framing/raw_framing.h"

namespace sockeye {

std::unique_ptr<Framing> newFraming(FramingKind kind, const Limits& limits)
{
    switch (kind) {
    case FramingKind::App:
        return std::make_unique<AppFraming>(limits);
    case FramingKind::Raw:
        return std::make_unique<RawFraming>();
    case FramingKind::Lines:
        return std::make_unique<LinesFraming>(limits);
    case FramingKind::Datagram:
        return std::make_unique<DatagramFraming>();
    }
    return std::make_unique<RawFraming>();
}

bool mayBeginMessage(FramingKind kind, QByteArrayView bytes)
{
    return kind != FramingKind::App || AppFraming::mayBegin(bytes);
}

QLatin1StringView framingName(FramingKind kind)
{
    switch (kind) {
    case FramingKind::App:
        return QLatin1StringView("app");
    case FramingKind::Raw:
        return QLatin1StringView("raw");
    case FramingKind::Lines:
        return QLatin1StringView("lines");
    case FramingKind::Datagram:
        return QLatin1StringView("datagram");
    }
    return {};
}

std::optional<FramingKind> framingFromName(QStringView name)
{
    for (const FramingKind kind : { FramingKind::App, FramingKind::Raw, FramingKind::Lines }) {
        if (name == framingName(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

} // namespace sockeye
