// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/toxiproxy/toxiproxy_api.h"

#include <QPointer>
#include <QStringList>

namespace sockeye {

/// One request on its way to its answer.
struct ToxiproxyApi::Call {
    HttpRequest request;
    HttpServer::Reply reply;
    QStringList names; ///< of the proxy, and of the toxic, that the path has
    QPointer<Proxy> touched; ///< what it is about
    QString error; ///< why it was not done; empty: it was
};

} // namespace sockeye
