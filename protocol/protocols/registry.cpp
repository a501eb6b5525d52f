// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"

#include <QCoreApplication>

#include <algorithm>
#include <mutex>

namespace sockeye {

namespace {

/// Those that come with Sockeye, in the order in which to offer them: a new protocol is a row here.
const QList<ProtocolPtr>& ownProtocols()
{
    static const QList<ProtocolPtr> own { appProtocol(), linesProtocol(), rawProtocol() };
    return own;
}

struct Added {
    std::mutex mutex;
    QList<ProtocolPtr> protocols;
};

Added& added()
{
    static Added list;
    return list;
}

auto withId(const QList<ProtocolPtr>& list, QStringView id)
{
    return std::find_if(list.cbegin(), list.cend(), [id](const ProtocolPtr& each) { return each->id() == id; });
}

} // namespace

QList<ProtocolPtr> protocols()
{
    const std::scoped_lock lock(added().mutex);
    return ownProtocols() + added().protocols;
}

const ProtocolPtr& defaultProtocol()
{
    return appProtocol();
}

const ProtocolPtr& plainProtocol()
{
    return rawProtocol();
}

tl::expected<ProtocolPtr, QString> protocolFromName(QStringView name)
{
    const QList<ProtocolPtr> all = protocols();
    if (const auto found = withId(all, name); found != all.cend()) {
        return *found;
    }
    QStringList names;
    std::transform(
        all.cbegin(), all.cend(), std::back_inserter(names), [](const ProtocolPtr& each) { return each->id(); });
    return tl::unexpected(QCoreApplication::translate("sockeye::Protocol", "There is no protocol \"%1\": there are %2.")
                              .arg(name.toString(), names.join(QStringLiteral(", "))));
}

const ProtocolPtr& protocolForDatagrams(const ProtocolPtr& chosen)
{
    return chosen->readsDatagrams() ? chosen : datagramProtocol();
}

ProtocolPtr protocolOf(QByteArrayView message, const Limits& limits)
{
    const QList<ProtocolPtr> all = protocols();
    const auto found = std::find_if(
        all.cbegin(), all.cend(), [&](const ProtocolPtr& each) { return each->recognizes(message, limits); });
    return found != all.cend() ? *found : nullptr;
}

bool addProtocol(const ProtocolPtr& protocol)
{
    if (withId(ownProtocols(), protocol->id()) != ownProtocols().cend()) {
        return false;
    }
    const std::scoped_lock lock(added().mutex);
    QList<ProtocolPtr>& list = added().protocols;
    const auto same = withId(list, protocol->id());
    if (same != list.cend()) {
        list.replace(same - list.cbegin(), protocol);
    } else {
        list.append(protocol);
    }
    return true;
}

} // namespace sockeye
