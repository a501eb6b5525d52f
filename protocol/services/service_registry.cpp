// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/app_service.h"
#include "protocol/services/chat_service.h"
#include "protocol/services/echo_datagram_service.h"
#include "protocol/services/echo_service.h"
#include "protocol/services/rules_service.h"
#include "protocol/services/service.h"
#include "protocol/services/sink_service.h"
#include "protocol/services/stall_service.h"
#include "protocol/services/uppercase_datagram_service.h"
#include "protocol/services/uppercase_service.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

template <typename T> std::shared_ptr<const Service> make(const ServiceOptions& options)
{
    if constexpr (std::is_constructible_v<T, const ServiceOptions&>) {
        return std::make_shared<const T>(options);
    } else {
        return std::make_shared<const T>();
    }
}

struct Entry {
    QStringView name;
    const char* description = nullptr;
    std::shared_ptr<const Service> (*create)(const ServiceOptions&) = nullptr;
};

/// All there are, in the order in which to offer them: a new service is a line here.
constexpr Entry entries[] {
    { u"app",
        QT_TRANSLATE_NOOP("sockeye::Service", "Answers search, double, negate and other requests with a JSON header."),
        &make<AppService> },
    { u"echo", QT_TRANSLATE_NOOP("sockeye::Service", "Sends back every byte as it comes."), &make<EchoService> },
    { u"uppercase", QT_TRANSLATE_NOOP("sockeye::Service", "Sends text back in upper case."), &make<UppercaseService> },
    { u"echo-udp", QT_TRANSLATE_NOOP("sockeye::Service", "Sends back every datagram as it came."),
        &make<EchoDatagramService> },
    { u"uppercase-udp", QT_TRANSLATE_NOOP("sockeye::Service", "Sends the text of each datagram back in upper case."),
        &make<UppercaseDatagramService> },
    { u"sink", QT_TRANSLATE_NOOP("sockeye::Service", "Reads everything and answers nothing."), &make<SinkService> },
    { u"stall", QT_TRANSLATE_NOOP("sockeye::Service", "Accepts and never reads, so that the peer's writes back up."),
        &make<StallService> },
    { u"chat",
        QT_TRANSLATE_NOOP(
            "sockeye::Service", "Passes the lines of each on to all others and to the server's own window."),
        &make<ChatService> },
    { u"rules",
        QT_TRANSLATE_NOOP("sockeye::Service", "Answers as the rules of a file say: a fake server in any protocol."),
        &make<RulesService> },
    { u"rules-udp", QT_TRANSLATE_NOOP("sockeye::Service", "Answers datagrams as the rules of a file say."),
        &make<RulesDatagramService> },
};

const Entry* find(QStringView name)
{
    for (const Entry& entry : entries) {
        if (entry.name == name) {
            return &entry;
        }
    }
    return nullptr;
}

} // namespace

std::shared_ptr<const Service> newService(QStringView name, const ServiceOptions& options)
{
    const Entry* const entry = find(name);
    return entry != nullptr ? entry->create(options) : nullptr;
}

QStringList serviceNames()
{
    QStringList names;
    for (const Entry& entry : entries) {
        names.append(entry.name.toString());
    }
    return names;
}

Transport serviceTransport(QStringView name)
{
    const Entry* const entry = find(name);
    return entry != nullptr ? entry->create({})->transport() : Transport::Tcp;
}

QString datagramServiceName(QStringView name)
{
    const QString wanted = name.endsWith(u"-udp") ? name.toString() : QString(name + u"-udp");
    return find(wanted) != nullptr ? wanted : QString();
}

QString serviceDescription(QStringView name)
{
    const Entry* const entry = find(name);
    return entry != nullptr ? QCoreApplication::translate("sockeye::Service", entry->description) : QString();
}

} // namespace sockeye
