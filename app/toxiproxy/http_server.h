// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace sockeye {

/// A request over HTTP, once it is whole.
struct HttpRequest {
    QByteArray method; ///< "GET"; empty for one that nobody knows
    QStringList path; ///< what stands between the slashes, decoded: { "proxies", "redis" }
    QByteArray userAgent;
    QByteArray body;
};

struct HttpAnswer {
    int status = 200;
    QByteArray body;
    QByteArray type = "application/json";
};

/// What one peer, and all of them together, may ask for.
struct HttpLimits {
    int connections = 64; ///< at a time; further ones are closed
    qint64 requestSize = 256 * 1024; ///< bytes of one, head and body
    int waiting = 16; ///< requests of one connection that are not answered yet
    qint64 unread = 4 * 1024 * 1024; ///< bytes of answers that a peer does not read
    std::chrono::milliseconds whole { 15'000 }; ///< that a request may take to come
    std::chrono::milliseconds idle { 60'000 }; ///< that a connection may say nothing
};

/// Takes requests over HTTP/1.1 and has somebody answer them. Lives, and calls the handler, in the thread that made it,
/// and never waits. Of each connection one request is handled after the other.
class HttpServer {
public:
    /// To be called once, in the server's thread, when there is an answer; does nothing if the peer, or the server, is
    /// gone.
    using Reply = std::function<void(const HttpAnswer&)>;
    using Handler = std::function<void(const HttpRequest&, const Reply&)>;

    explicit HttpServer(Handler handler, const HttpLimits& limits = {});
    ~HttpServer(); ///< closes everything at once
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Port 0 takes a free one. Why it cannot, or nothing.
    [[nodiscard]] Failure listen(const SocketAddress& at);
    [[nodiscard]] SocketAddress address() const; ///< really bound; valid once listen() went well

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sockeye
