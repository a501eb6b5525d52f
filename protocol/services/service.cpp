// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/service.h"

namespace sockeye {

void Session::attach(SessionHost& host)
{
    Q_UNUSED(host)
}

void Session::refuse(const Error& error, QByteArray& out)
{
    Q_UNUSED(error)
    Q_UNUSED(out)
}

void Session::finish(QByteArray& out)
{
    Q_UNUSED(out)
}

} // namespace sockeye
