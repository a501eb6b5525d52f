// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"

#include "protocol/protocols/raw/raw_framing.h"

#include <QCoreApplication>

namespace sockeye {

const ProtocolPtr& rawProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const RawProtocol>();
    return protocol;
}

QString RawProtocol::id() const
{
    return QStringLiteral("raw");
}

QString RawProtocol::title() const
{
    return QCoreApplication::translate("sockeye::RawProtocol", "Bytes as they came");
}

std::unique_ptr<Framing> RawProtocol::newFraming(const Limits&) const
{
    return std::make_unique<RawFraming>();
}

QString RawProtocol::nextMessage() const
{
    return QCoreApplication::translate("sockeye::RawProtocol", "more bytes");
}

} // namespace sockeye
