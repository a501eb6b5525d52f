// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "app/toxiproxy/http_server.h"
#include "app/toxiproxy/proxy.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace sockeye {

class IoThreads;

/// Who makes the relays that the API asks for, and owns them.
class ProxyRelays {
public:
    /// A relay that is not started, for a proxy of that name; null: there can be no more. `options`: where it will
    /// listen and pass on to is known when it starts, everything else is to be put there.
    [[nodiscard]] virtual Relay* newRelay(const QString& name, RelayOptions& options) = 0;
    /// Has it listen, with these ends and faults; what else it starts with is up to its owner.
    virtual void start(Relay& relay, const RelayOptions& options) { relay.start(options); }
    /// The API knows it no more, it was told to stop; it may live on.
    virtual void letGo(Relay& relay) = 0;

protected:
    ~ProxyRelays() = default;
};

/// Toxiproxy's HTTP API, version 2.12 of it, over relays: proxies are relays, toxics are their faults. One request is
/// done after the other; an answer means that what was asked for is in force. Lives in the relays' thread and never
/// waits; what it does not own must live as long.
class ToxiproxyApi final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostProxies = 256;
    static constexpr quint16 usualPort = 8474; ///< Toxiproxy's own

    ToxiproxyApi(ProxyRelays& relays, IoThreads& threads, const HttpLimits& limits = {}, QObject* parent = nullptr);
    ~ToxiproxyApi() override; ///< proxies go on as relays

    /// Why it cannot listen there, or nothing.
    [[nodiscard]] Failure listen(const SocketAddress& at);
    [[nodiscard]] SocketAddress address() const { return m_server.address(); }

    /// Makes a relay that there is already a proxy of that name; one that is gone is no proxy any more.
    void adopt(const QString& name, Relay& relay, const RelayOptions& options);
    /// What somebody else has chosen for that relay's next start; it may be no proxy at all.
    void setOptions(const Relay& relay, const RelayOptions& options);
    [[nodiscard]] bool isProxy(const Relay& relay) const;
    [[nodiscard]] int proxyCount() const { return static_cast<int>(m_proxies.size()); }

    /// As if it had come over HTTP.
    void handle(const HttpRequest& request, const HttpServer::Reply& reply);

Q_SIGNALS:
    void proxiesChanged(); ///< there is one more, or one less
    /// A request was answered; `error`: what the answer says in place of what was asked for, or empty.
    void answered(const QByteArray& method, const QString& path, int status, const QString& error);

private:
    struct Call;
    struct Route;
    class Populating;
    using Proxy = toxiproxy::Proxy;
    using ApiError = toxiproxy::ApiError;
    using CallPtr = std::shared_ptr<Call>;

    void next();
    void begin(const CallPtr& call);
    void answer(const CallPtr& call, const HttpAnswer& answer);
    void answer(const CallPtr& call, const QJsonObject& object, int status = 200);
    void fail(const CallPtr& call, const ApiError& error);

    void listProxies(const CallPtr& call);
    void createProxy(const CallPtr& call);
    void showProxy(const CallPtr& call);
    void updateProxy(const CallPtr& call);
    void deleteProxy(const CallPtr& call);
    void listToxics(const CallPtr& call);
    void createToxic(const CallPtr& call);
    void showToxic(const CallPtr& call);
    void updateToxic(const CallPtr& call);
    void deleteToxic(const CallPtr& call);
    void populate(const CallPtr& call);
    void reset(const CallPtr& call);
    void version(const CallPtr& call);

    /// The one that the path names; without, the call is answered.
    [[nodiscard]] Proxy* proxyOf(const CallPtr& call);
    [[nodiscard]] Proxy* find(const QString& name) const;
    [[nodiscard]] Proxy* find(const Relay& relay) const;
    [[nodiscard]] toxiproxy::Read<Proxy*> newProxy(const toxiproxy::ProxyBody& body);
    void remove(Proxy* proxy);
    void resetFrom(const CallPtr& call, const QStringList& names, qsizetype at);

    static const std::vector<Route>& routes();

    ProxyRelays& m_relays;
    IoThreads& m_threads;
    std::vector<std::unique_ptr<Proxy>> m_proxies; ///< in the order in which they came
    std::deque<CallPtr> m_calls; ///< the first one is being done
    bool m_isBusy = false;
    HttpServer m_server; ///< ends first
};

} // namespace sockeye
