// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"
#include "app/tls/tls_options.h"
#include "protocol/protocols/registry.h"
#include "protocol/proxy/proxy_options.h"
#include "protocol/transport.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace sockeye {

/// Over UDP a connection is a socket with a port of its own.
enum class LoadMode : quint8 {
    Fresh, ///< a connection for each request (wire protocol §1, "one exchange")
    Keep, ///< connections that stay, one request outstanding on each
    Pipe, ///< connections that stay, several requests outstanding on each
};

/// "fresh", "keep", "pipe": the names of the command line. Never translated.
[[nodiscard]] QLatin1StringView loadModeName(LoadMode mode);
[[nodiscard]] std::optional<LoadMode> loadModeFromName(QStringView name);

struct LoadPlan;
/// "tcp", "tls", "udp", "unix", "unix-datagram": for scripts. Never translated.
[[nodiscard]] QLatin1StringView loadTransportName(const LoadPlan& plan);

/// One request that is asked again and again.
struct LoadRequest {
    QString name; ///< for people: "search morpheus"
    QByteArray bytes; ///< all that is sent
    /// What the service answers by the wire protocol, a whole message; compared by meaning once, before the run. Null:
    /// the first reply is taken for the right one.
    QByteArray golden;
    int weight = 1; ///< how often it is asked, against the others' (readyMadeRequests(): in LoadPlan::weightUnit)
};

/// Weights of the ready-made requests of the application protocol; 0: none of them.
struct LoadMix {
    int search = 1;
    int binary = 0;
    int arithmetic = 0;
};

struct LoadPlan {
    static constexpr int maxConnections = 10'000;
    static constexpr int maxDepth = 1'024;
    static constexpr qint64 maxOutstanding = 1'000'000; ///< connections × depth
    static constexpr int maxWeight = 100;
    /// What a weight of 1 is in LoadRequest::weight: can be divided by how many requests any ready-made kind has.
    static constexpr int weightUnit = 12;
    static constexpr qsizetype maxRequestSize = 1024 * 1024;
    static constexpr qsizetype maxReplySize = 1024 * 1024;
    static constexpr qint64 maxRequests = 1'000'000'000'000;
    static constexpr double maxRate = 10e6;
    static constexpr std::chrono::milliseconds usualTimeout { 10'000 };
    static constexpr std::chrono::milliseconds usualDatagramTimeout { 1'000 }; ///< what is late by then is lost

    QString host = QStringLiteral("127.0.0.1"); ///< a name, an address, or a Unix socket, which has no port
    quint16 port = 65432;
    Transport transport = Transport::Tcp;
    LoadMode mode = LoadMode::Fresh;
    QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
    const Engine* engine = &defaultEngine(); ///< what the sockets are made by; never null
    SocketOptions socket;
    TlsClientOptions tls; ///< over TCP
    std::optional<ProxyOptions> proxy; ///< over TCP: what makes the connections
    int connections = 16; ///< at the same time
    int depth = 16; ///< outstanding requests on a connection; counts in Pipe only
    std::chrono::milliseconds duration { 5'000 }; ///< of the measurement; 0: until `requests` are answered
    qint64 requests = 0; ///< ends after that many; 0: after `duration`
    std::chrono::milliseconds warmUp { 0 }; ///< before it, not counted; only with a duration
    double rate = 0; ///< requests a second, whatever the server does (open loop); 0: as fast as it answers
    QList<LoadRequest> mix;
    ProtocolPtr replies = defaultProtocol(); ///< says when a reply is whole
    std::chrono::milliseconds timeout = usualTimeout; ///< to connect, and for each reply
    int threads = 0; ///< that generate the load; 0: half as many as there are cores
    bool resume = false; ///< TLS: a connection offers the session of the one before
    bool untilClose = false; ///< a reply is all that comes until the server's end of stream; in Fresh only
    bool learn = false; ///< take first replies for the right ones, whatever the wire protocol says

    /// Outstanding requests on a connection in this mode.
    [[nodiscard]] int outstanding() const { return mode == LoadMode::Pipe ? depth : 1; }
    [[nodiscard]] bool isOpenLoop() const { return rate > 0; }
    [[nodiscard]] int threadCount() const; ///< how many threads it really takes
    /// What says where a reply ends; null: the end of the stream, or of the datagram.
    [[nodiscard]] const Protocol* cutBy() const
    {
        return untilClose || transport == Transport::Udp ? nullptr : replies.get();
    }
    /// What is wrong with it, as a sentence for people; empty: nothing.
    [[nodiscard]] QString problem() const;

private:
    [[nodiscard]] QString transportProblem() const;
};

/// The ready-made requests in that mix, with the answers of the standard catalogue. Each kind has several requests,
/// which share its weight.
[[nodiscard]] QList<LoadRequest> readyMadeRequests(const LoadMix& mix);

} // namespace sockeye
