// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/cobs/cobs_protocol.h"

#include "protocol/protocols/cobs/cobs_code.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString cobsText(const char* text)
{
    return QCoreApplication::translate("sockeye::CobsProtocol", text);
}

} // namespace

const ProtocolPtr& cobsProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const CobsProtocol>();
    return protocol;
}

CobsProtocol::CobsProtocol()
    : StuffedProtocol(cobs::end)
{
}

QString CobsProtocol::id() const
{
    return QStringLiteral("cobs");
}

QString CobsProtocol::title() const
{
    return cobsText("COBS frames");
}

QString CobsProtocol::waitingFor(const Progress& progress) const
{
    return cobsText("the end of a frame (0x00): %1 so far").arg(byteCount(progress.have));
}

QString CobsProtocol::adviceOn(const Progress&) const
{
    return cobsText("A zero byte ends a frame here. Does the sender write it, and does it flush?");
}

Unstuffed CobsProtocol::unstuffed(QByteArrayView frame) const
{
    return cobs::decode(frame);
}

void CobsProtocol::addFields(NamedFields& fields, QByteArrayView frame, qint64 begin) const
{
    cobsFields(fields, frame, begin);
}

tl::expected<QByteArray, QString> CobsProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return cobs::encode(content);
}

} // namespace sockeye
