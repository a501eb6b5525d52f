// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/listen_failure.h"

#include "app/system/socket_table.h"

#include <QCoreApplication>

namespace sockeye {

Failure listenFailure(FailureCode code, const SocketAddress& address, SocketProtocol protocol, const QString& detail)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("sockeye::Listener", text); };
    const QString host = address.hostText();
    QString subject = tr("%1 port %2").arg(host, QString::number(address.port));
    if (code == FailureCode::AddressNotAvailable) {
        subject = host;
    } else if (code == FailureCode::NotPermitted) {
        subject = tr("listening on %1 port %2").arg(host, QString::number(address.port));
    }
    if (code == FailureCode::AddressNotAvailable && address.host.isMulticast()) {
        return makeFailure(code, subject, Circumstance::GroupOverTcp);
    }
    if (code == FailureCode::AddressInUse) {
        if (const QString holder = holderOf(address, protocol); !holder.isEmpty()) {
            return makeFailure(code, subject, Circumstance::HeldBy, holder);
        }
    }
    return makeFailure(code, subject, code == FailureCode::Other ? detail : QString());
}

} // namespace sockeye
