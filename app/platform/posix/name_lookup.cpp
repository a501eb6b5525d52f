// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/name_lookup.h"

#include <QUrl>

#include <mutex>
#include <string>
#include <thread>

#include <netdb.h>
#include <sys/socket.h>

namespace sockeye {

/// Shared with a thread of its own, since the resolver cannot be interrupted. (QHostInfo does not tell a name that
/// nobody knows from name servers that do not answer.) The mutex is for the moment in which the answer is handed over;
/// `lookup` is null when nobody wants it any more.
struct NameLookup::Asked {
    std::mutex mutex;
    NameLookup* lookup = nullptr;
};

namespace {

struct Answer {
    int error = 0;
    QList<QHostAddress> addresses;
};

Answer askResolver(const std::string& host, int family)
{
    addrinfo hints {};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    Answer answer;
    answer.error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    for (const addrinfo* each = found; answer.error == 0 && each != nullptr; each = each->ai_next) {
        const QHostAddress address(each->ai_addr);
        if (!address.isNull() && !answer.addresses.contains(address)) {
            answer.addresses.append(address);
        }
    }
    if (found != nullptr) {
        ::freeaddrinfo(found);
    }
    return answer;
}

} // namespace

NameLookup::NameLookup(QObject* parent)
    : QObject(parent)
{
}

NameLookup::~NameLookup()
{
    stop();
}

void NameLookup::start(const QString& host, QAbstractSocket::NetworkLayerProtocol family)
{
    stop();
    m_asked = std::make_shared<Asked>();
    m_asked->lookup = this;
    const int system = family == QAbstractSocket::IPv4Protocol ? AF_INET
        : family == QAbstractSocket::IPv6Protocol              ? AF_INET6
                                                               : AF_UNSPEC;
    const QByteArray ascii = QUrl::toAce(host);
    const std::string name = ascii.isEmpty() ? host.toStdString() : ascii.toStdString();
    std::thread([asked = m_asked, name, system] {
        const Answer answer = askResolver(name, system);
        const bool nobodyAnswered = answer.error == EAI_AGAIN || answer.error == EAI_SYSTEM || answer.error == EAI_FAIL;
        const Outcome outcome = !answer.addresses.isEmpty() ? Outcome::Found
            : nobodyAnswered                                ? Outcome::NoAnswer
                                                            : Outcome::NotFound;
        const std::lock_guard lock(asked->mutex);
        if (asked->lookup != nullptr) {
            QMetaObject::invokeMethod(
                asked->lookup,
                [asked, outcome, addresses = answer.addresses] {
                    if (asked->lookup != nullptr) {
                        Q_EMIT asked->lookup->finished(outcome, addresses);
                    }
                },
                Qt::QueuedConnection);
        }
    }).detach();
}

void NameLookup::stop()
{
    if (m_asked) {
        const std::lock_guard lock(m_asked->mutex);
        m_asked->lookup = nullptr;
    }
    m_asked.reset();
}

} // namespace sockeye
