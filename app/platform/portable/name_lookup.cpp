// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/name_lookup.h"

#include <QHostInfo>

namespace sockeye {

/// Its number with Qt.
struct NameLookup::Asked {
    int id = -1;
};

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
    m_asked->id = QHostInfo::lookupHost(host, this, [this, family](const QHostInfo& info) {
        QList<QHostAddress> addresses;
        for (const QHostAddress& address : info.addresses()) {
            const bool isWanted = (family != QAbstractSocket::IPv4Protocol && family != QAbstractSocket::IPv6Protocol)
                || address.protocol() == family;
            if (isWanted && !addresses.contains(address)) {
                addresses.append(address);
            }
        }
        m_asked.reset();
        // Qt says the same of a name that nobody knows and of name servers that do not answer.
        Q_EMIT finished(addresses.isEmpty() ? Outcome::NotFound : Outcome::Found, addresses);
    });
}

void NameLookup::stop()
{
    if (m_asked) {
        QHostInfo::abortHostLookup(m_asked->id);
    }
    m_asked.reset();
}

} // namespace sockeye
