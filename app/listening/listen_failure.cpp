// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/listen_failure.h"

#include "app/system/socket_table.h"

#include <QCoreApplication>

namespace sockeye {

Failure listenFailure(FailureCode code, const SocketAddress& address, SocketProtocol protocol, const QString& detail)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("sockeye::Listener", text); };
    QString subject = address.placeText();
    if (code == FailureCode::AddressNotAvailable) {
        subject = address.hostText();
    } else if (code == FailureCode::NotPermitted) {
        subject = tr("listening on %1").arg(subject);
    }
    if (address.isUnix() && code != FailureCode::Other) {
        Failure failure = makeUnixFailure(code, subject);
        if (const QString holder = code == FailureCode::AddressInUse ? holderOf(address, protocol) : QString();
            !holder.isEmpty()) {
            failure.meaning = makeFailure(code, subject, Circumstance::HeldBy, holder).meaning;
        }
        return failure;
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
