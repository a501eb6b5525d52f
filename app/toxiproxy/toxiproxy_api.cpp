// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/toxiproxy/toxiproxy_api.h"

#include "app/toxiproxy/toxiproxy_call.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr int created = 201;
constexpr int noContent = 204;
constexpr int forbidden = 403;
constexpr int notFound = 404;
constexpr int notAllowed = 405;
constexpr int conflict = 409;
constexpr int unavailable = 503;
const QByteArray plainText = "text/plain; charset=utf-8";

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// "*" stands for a name.
struct ToxiproxyApi::Route {
    QList<QByteArray> methods;
    QStringList path;
    void (ToxiproxyApi::*handle)(const CallPtr& call);
};

const std::vector<ToxiproxyApi::Route>& ToxiproxyApi::routes()
{
    static const QString proxies = QStringLiteral("proxies");
    static const QString toxics = QStringLiteral("toxics");
    static const QString any = QStringLiteral("*");
    static const std::vector<Route> all {
        { { "GET" }, { proxies }, &ToxiproxyApi::listProxies },
        { { "POST" }, { proxies }, &ToxiproxyApi::createProxy },
        { { "GET" }, { proxies, any }, &ToxiproxyApi::showProxy },
        { { "POST", "PATCH" }, { proxies, any }, &ToxiproxyApi::updateProxy },
        { { "DELETE" }, { proxies, any }, &ToxiproxyApi::deleteProxy },
        { { "GET" }, { proxies, any, toxics }, &ToxiproxyApi::listToxics },
        { { "POST" }, { proxies, any, toxics }, &ToxiproxyApi::createToxic },
        { { "GET" }, { proxies, any, toxics, any }, &ToxiproxyApi::showToxic },
        { { "POST", "PATCH" }, { proxies, any, toxics, any }, &ToxiproxyApi::updateToxic },
        { { "DELETE" }, { proxies, any, toxics, any }, &ToxiproxyApi::deleteToxic },
        { { "POST" }, { QStringLiteral("populate") }, &ToxiproxyApi::populate },
        { { "POST" }, { QStringLiteral("reset") }, &ToxiproxyApi::reset },
        { { "GET" }, { QStringLiteral("version") }, &ToxiproxyApi::version },
    };
    return all;
}

ToxiproxyApi::ToxiproxyApi(ProxyRelays& relays, IoThreads& threads, const HttpLimits& limits, QObject* parent)
    : QObject(parent)
    , m_relays(relays)
    , m_threads(threads)
    , m_server([this](const HttpRequest& request, const HttpServer::Reply& reply) { handle(request, reply); }, limits)
{
}

ToxiproxyApi::~ToxiproxyApi() = default;

Failure ToxiproxyApi::listen(const SocketAddress& at)
{
    return m_server.listen(at);
}

void ToxiproxyApi::adopt(const QString& name, Relay& relay, const RelayOptions& options)
{
    m_proxies.push_back(std::make_unique<Proxy>(name, relay, m_threads, options,
        [this](Relay& own, const RelayOptions& asked) { m_relays.start(own, asked); }));
    Proxy* const proxy = m_proxies.back().get();
    connect(&relay, &QObject::destroyed, proxy, [this, proxy] { remove(proxy); });
    Q_EMIT proxiesChanged();
}

void ToxiproxyApi::setOptions(const Relay& relay, const RelayOptions& options)
{
    if (Proxy* const proxy = find(relay)) {
        proxy->setOptions(options);
    }
}

bool ToxiproxyApi::isProxy(const Relay& relay) const
{
    return find(relay) != nullptr;
}

void ToxiproxyApi::handle(const HttpRequest& request, const HttpServer::Reply& reply)
{
    m_calls.push_back(std::make_shared<Call>(Call { request, reply, {}, {}, {} }));
    next();
}

void ToxiproxyApi::next()
{
    if (m_calls.empty() || std::exchange(m_isBusy, true)) {
        return;
    }
    const CallPtr call = m_calls.front(); // answered, it is gone from there
    begin(call);
}

void ToxiproxyApi::begin(const CallPtr& call)
{
    if (call->request.userAgent.startsWith("Mozilla/")) {
        // A page that somebody looks at could otherwise drive it.
        call->error = QStringLiteral("User agent not allowed");
        answer(call, { forbidden, "User agent not allowed\n", plainText });
        return;
    }
    const QStringList& path = call->request.path;
    bool isKnown = false;
    for (const Route& route : routes()) {
        const bool fits = std::ranges::equal(route.path, path, [](const QString& wanted, const QString& given) {
            return wanted == u"*" ? !given.isEmpty() : wanted == given;
        });
        if (!fits) {
            continue;
        }
        isKnown = true;
        if (route.methods.contains(call->request.method)) {
            for (qsizetype i = 0; i < path.size(); ++i) {
                if (route.path[i] == u"*") {
                    call->names.append(path[i]);
                }
            }
            (this->*route.handle)(call);
            return;
        }
    }
    if (isKnown) {
        call->error = QStringLiteral("method not allowed");
        answer(call, { notAllowed, {}, plainText });
    } else {
        call->error = QStringLiteral("404 page not found");
        answer(call, { notFound, "404 page not found\n", plainText });
    }
}

void ToxiproxyApi::answer(const CallPtr& call, const HttpAnswer& answer)
{
    if (call->touched != nullptr && call->request.method != "GET") {
        call->touched->tell(call->request.method, u'/' + call->request.path.join(u'/'), answer.status);
    }
    call->reply(answer);
    m_calls.pop_front();
    m_isBusy = false;
    Q_EMIT answered(call->request.method, u'/' + call->request.path.join(u'/'), answer.status, call->error);
    // From the event loop: a long row of them is no deep stack.
    QMetaObject::invokeMethod(this, &ToxiproxyApi::next, Qt::QueuedConnection);
}

void ToxiproxyApi::answer(const CallPtr& call, const QJsonObject& object, int status)
{
    answer(call, HttpAnswer { status, compact(object) });
}

void ToxiproxyApi::fail(const CallPtr& call, const ApiError& error)
{
    call->error = error.text;
    answer(call, HttpAnswer { error.status, compact(errorJson(error)) + '\n' });
}

ToxiproxyApi::Proxy* ToxiproxyApi::find(const QString& name) const
{
    const auto found =
        std::ranges::find_if(m_proxies, [&name](const std::unique_ptr<Proxy>& each) { return each->name() == name; });
    return found != m_proxies.end() ? found->get() : nullptr;
}

ToxiproxyApi::Proxy* ToxiproxyApi::find(const Relay& relay) const
{
    const auto found = std::ranges::find_if(
        m_proxies, [&relay](const std::unique_ptr<Proxy>& each) { return each->relay() == &relay; });
    return found != m_proxies.end() ? found->get() : nullptr;
}

ToxiproxyApi::Proxy* ToxiproxyApi::proxyOf(const CallPtr& call)
{
    Proxy* const proxy = find(call->names.front());
    if (proxy == nullptr) {
        fail(call, { QStringLiteral("proxy not found"), notFound });
    }
    call->touched = proxy;
    return proxy;
}

void ToxiproxyApi::remove(Proxy* proxy)
{
    const auto found = std::ranges::find(m_proxies, proxy, &std::unique_ptr<Proxy>::get);
    if (found == m_proxies.end()) {
        return;
    }
    found->release()->deleteLater(); // it may be on the stack
    m_proxies.erase(found);
    Q_EMIT proxiesChanged();
}

/// With its relay, which is not started.
toxiproxy::Read<ToxiproxyApi::Proxy*> ToxiproxyApi::newProxy(const toxiproxy::ProxyBody& body)
{
    const ApiError tooMany { QStringLiteral("too many proxies: no more than %1").arg(mostProxies), unavailable };
    if (m_proxies.size() >= mostProxies) {
        return tl::unexpected(tooMany);
    }
    const QString listen = body.listen.value_or(QString());
    if (std::optional<ApiError> wrong = Proxy::checkEnds(listen, *body.upstream)) {
        return tl::unexpected(*std::move(wrong));
    }
    RelayOptions options;
    Relay* const relay = m_relays.newRelay(*body.name, options);
    if (relay == nullptr) {
        return tl::unexpected(tooMany);
    }
    adopt(*body.name, *relay, options);
    Proxy* const proxy = m_proxies.back().get();
    (void)proxy->setEnds(listen, *body.upstream);
    return proxy;
}

void ToxiproxyApi::listProxies(const CallPtr& call)
{
    QJsonObject all;
    for (const std::unique_ptr<Proxy>& proxy : m_proxies) {
        all.insert(proxy->name(), proxy->json());
    }
    answer(call, all);
}

void ToxiproxyApi::createProxy(const CallPtr& call)
{
    const toxiproxy::Read<toxiproxy::ProxyBody> body = toxiproxy::readProxy(call->request.body);
    if (!body) {
        fail(call, body.error());
        return;
    }
    for (const auto& [name, value] :
        { std::pair(QStringLiteral("name"), &body->name), std::pair(QStringLiteral("upstream"), &body->upstream) }) {
        if (value->value_or(QString()).isEmpty()) {
            fail(call, toxiproxy::missingField(name));
            return;
        }
    }
    if (find(*body->name) != nullptr) {
        fail(call, { QStringLiteral("proxy already exists"), conflict });
        return;
    }
    const toxiproxy::Read<Proxy*> proxy = newProxy(*body);
    if (!proxy) {
        fail(call, proxy.error());
        return;
    }
    call->touched = *proxy;
    if (!body->enabled.value_or(true)) {
        answer(call, (*proxy)->json(), created);
        return;
    }
    (*proxy)->enable([this, call](const std::optional<ApiError>& error) {
        Proxy* const made = call->touched;
        if (made == nullptr || error) {
            const ApiError wrong = error.value_or(ApiError { QStringLiteral("proxy not found"), notFound });
            if (made != nullptr) {
                Relay* const relay = made->relay();
                remove(made);
                if (relay != nullptr) {
                    m_relays.letGo(*relay);
                }
            }
            fail(call, wrong);
            return;
        }
        answer(call, made->json(), created);
    });
}

void ToxiproxyApi::showProxy(const CallPtr& call)
{
    if (const Proxy* const proxy = proxyOf(call)) {
        answer(call, proxy->json());
    }
}

void ToxiproxyApi::updateProxy(const CallPtr& call)
{
    Proxy* const proxy = proxyOf(call);
    if (proxy == nullptr) {
        return;
    }
    const toxiproxy::Read<toxiproxy::ProxyBody> body = toxiproxy::readProxy(call->request.body);
    if (!body) {
        fail(call, body.error());
        return;
    }
    const bool wanted = body->enabled.value_or(proxy->isEnabled());
    const QString listen = body->listen.value_or(proxy->listen());
    const QString upstream = body->upstream.value_or(proxy->upstream());
    const auto done = [this, call](const std::optional<ApiError>& error) {
        if (error) {
            fail(call, *error);
        } else if (call->touched == nullptr) {
            fail(call, { QStringLiteral("proxy not found"), notFound });
        } else {
            answer(call, call->touched->json());
        }
    };
    const bool isSame = proxy->hasEnds(listen, upstream);
    const auto then = [proxy, wanted, done](const std::optional<ApiError>& error) {
        if (error || !wanted) {
            done(error);
        } else {
            proxy->enable(done);
        }
    };
    if (!isSame) {
        if (const std::optional<ApiError> wrong = proxy->setEnds(listen, upstream)) {
            fail(call, *wrong);
            return;
        }
    }
    if (!isSame || !wanted) {
        proxy->disable(then);
    } else {
        proxy->enable(done);
    }
}

void ToxiproxyApi::deleteProxy(const CallPtr& call)
{
    Proxy* const proxy = proxyOf(call);
    if (proxy == nullptr) {
        return;
    }
    proxy->end([this, call](const std::optional<ApiError>& error) {
        Q_UNUSED(error)
        Proxy* const ended = call->touched;
        Relay* const relay = ended->relay();
        answer(call, HttpAnswer { noContent, {} });
        remove(ended);
        if (relay != nullptr) {
            m_relays.letGo(*relay);
        }
    });
}

void ToxiproxyApi::listToxics(const CallPtr& call)
{
    if (const Proxy* const proxy = proxyOf(call)) {
        const QJsonArray toxics = proxy->json().value(QLatin1StringView("toxics")).toArray();
        answer(call, HttpAnswer { 200, QJsonDocument(toxics).toJson(QJsonDocument::Compact) });
    }
}

void ToxiproxyApi::createToxic(const CallPtr& call)
{
    Proxy* const proxy = proxyOf(call);
    if (proxy == nullptr) {
        return;
    }
    const toxiproxy::Read<FaultSettings> toxic = toxiproxy::readToxic(call->request.body);
    if (!toxic) {
        fail(call, toxic.error());
        return;
    }
    proxy->addToxic(*toxic, [this, call, made = *toxic](const std::optional<ApiError>& error) {
        if (error) {
            fail(call, *error);
        } else {
            answer(call, toxiproxy::toxicJson(made));
        }
    });
}

void ToxiproxyApi::showToxic(const CallPtr& call)
{
    if (const Proxy* const proxy = proxyOf(call)) {
        if (const std::optional<FaultSettings> toxic = proxy->toxic(call->names.back())) {
            answer(call, toxiproxy::toxicJson(*toxic));
        } else {
            fail(call, { QStringLiteral("toxic not found"), notFound });
        }
    }
}

void ToxiproxyApi::updateToxic(const CallPtr& call)
{
    Proxy* const proxy = proxyOf(call);
    if (proxy == nullptr) {
        return;
    }
    const std::optional<FaultSettings> before = proxy->toxic(call->names.back());
    if (!before) {
        fail(call, { QStringLiteral("toxic not found"), notFound });
        return;
    }
    const toxiproxy::Read<FaultSettings> toxic = toxiproxy::readToxicUpdate(call->request.body, *before);
    if (!toxic) {
        fail(call, toxic.error());
        return;
    }
    proxy->setToxic(*toxic, [this, call, made = *toxic](const std::optional<ApiError>& error) {
        if (error) {
            fail(call, *error);
        } else {
            answer(call, toxiproxy::toxicJson(made));
        }
    });
}

void ToxiproxyApi::deleteToxic(const CallPtr& call)
{
    Proxy* const proxy = proxyOf(call);
    if (proxy == nullptr) {
        return;
    }
    proxy->removeToxic(call->names.back(), [this, call](const std::optional<ApiError>& error) {
        if (error) {
            fail(call, *error);
        } else {
            answer(call, HttpAnswer { noContent, {} });
        }
    });
}

void ToxiproxyApi::version(const CallPtr& call)
{
    // Client libraries look at it: what we understand, not what we are.
    answer(call, { { QStringLiteral("version"), QStringLiteral("2.12.0") } });
}

} // namespace sockeye
