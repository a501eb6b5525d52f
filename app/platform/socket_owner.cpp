// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/socket_owner.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

class OwnerTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::OwnerTexts)
public:
    static QString of(const SocketOwner& owner)
    {
        switch (owner.known) {
        case SocketOwner::Known::Process:
            return QStringLiteral("%1 (%2)").arg(owner.name, QString::number(owner.process));
        case SocketOwner::Known::Nobody:
            return tr("none: the kernel ends it");
        case SocketOwner::Known::NotAccepted:
            return tr("none yet: not accepted");
        case SocketOwner::Known::NoRights:
            return tr("of user %1: which one takes more rights to see (root)").arg(owner.user);
        case SocketOwner::Known::NotSeen:
            return tr("not to be seen from here (a container, or the kernel)");
        case SocketOwner::Known::NotYet:
            break;
        }
        return tr("being looked up");
    }
};

} // namespace

QString ownerText(const SocketOwner& owner)
{
    return OwnerTexts::of(owner);
}

} // namespace sockeye
