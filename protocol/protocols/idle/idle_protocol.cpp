// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/idle/idle_protocol.h"

#include "protocol/protocols/idle/idle_framing.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString idleProtocolText(const char* text)
{
    return QCoreApplication::translate("sockeye::IdleProtocol", text);
}

} // namespace

QList<Parameter> idleParameters()
{
    constexpr qint64 longest = 3'600'000; // an hour
    return { { QStringLiteral("ms"), Parameter::Kind::Number, {}, QStringLiteral("50"),
        QT_TRANSLATE_NOOP("sockeye::Protocol", "how many milliseconds without a byte end a message"), 1, longest,
        {} } };
}

ProtocolPtr idleProtocol(const QString& id, const ParameterValues& values)
{
    return std::make_shared<const IdleProtocol>(id, static_cast<int>(values.number(QStringLiteral("ms"))));
}

IdleProtocol::IdleProtocol(const QString& id, int patience)
    : m_id(id)
    , m_patience(patience)
{
}

QString IdleProtocol::title() const
{
    return idleProtocolText("Messages that end with %1 ms of silence").arg(groupedDigits(m_patience));
}

std::unique_ptr<Framing> IdleProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<IdleFraming>(m_patience, limits.maxContent);
}

QString IdleProtocol::waitingFor(const Progress& progress) const
{
    return progress.isWithin() ? idleProtocolText("%1 so far, and not yet %2 ms without a byte")
                                     .arg(byteCount(progress.have), groupedDigits(m_patience))
                               : Protocol::waitingFor(progress);
}

QString IdleProtocol::adviceOn(const Progress&) const
{
    return idleProtocolText("A message ends here when nothing comes for %1 ms. Does the sender ever pause for so long?")
        .arg(groupedDigits(m_patience));
}

} // namespace sockeye
