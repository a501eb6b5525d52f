// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/datagram/datagram_protocol.h"

#include "protocol/protocols/datagram/datagram_framing.h"

#include <QCoreApplication>

namespace sockeye {

const ProtocolPtr& datagramProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const DatagramProtocol>();
    return protocol;
}

QString DatagramProtocol::id() const
{
    return QStringLiteral("datagram");
}

QString DatagramProtocol::title() const
{
    return QCoreApplication::translate("sockeye::DatagramProtocol", "Datagrams");
}

std::unique_ptr<Framing> DatagramProtocol::newFraming(const Limits&) const
{
    return std::make_unique<DatagramFraming>();
}

QString DatagramProtocol::nextMessage() const
{
    return QCoreApplication::translate("sockeye::DatagramProtocol", "the next datagram");
}

} // namespace sockeye
