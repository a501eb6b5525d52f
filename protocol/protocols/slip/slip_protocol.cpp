// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/slip/slip_protocol.h"

#include "protocol/protocols/slip/slip_code.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString slipText(const char* text)
{
    return QCoreApplication::translate("sockeye::SlipProtocol", text);
}

} // namespace

const ProtocolPtr& slipProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const SlipProtocol>();
    return protocol;
}

SlipProtocol::SlipProtocol()
    : StuffedProtocol(slip::end)
{
}

QString SlipProtocol::id() const
{
    return QStringLiteral("slip");
}

QString SlipProtocol::title() const
{
    return slipText("SLIP frames (RFC 1055)");
}

QString SlipProtocol::waitingFor(const Progress& progress) const
{
    return slipText("the end of a frame (0xc0): %1 so far").arg(byteCount(progress.have));
}

QString SlipProtocol::adviceOn(const Progress&) const
{
    return slipText("END (0xc0) ends a frame here. Does the sender write it, and does it flush?");
}

Unstuffed SlipProtocol::unstuffed(QByteArrayView frame) const
{
    return slip::decode(frame);
}

void SlipProtocol::addFields(NamedFields& fields, QByteArrayView frame, qint64 begin) const
{
    slipFields(fields, frame, begin);
}

tl::expected<QByteArray, QString> SlipProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return slip::encode(content);
}

} // namespace sockeye
