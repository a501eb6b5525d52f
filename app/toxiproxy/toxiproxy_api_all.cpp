// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the API does to many proxies at once.

#include "app/toxiproxy/toxiproxy_api.h"
#include "app/toxiproxy/toxiproxy_call.h"

#include <QJsonArray>

#include <utility>

namespace sockeye {

namespace {

constexpr int populated = 201;
constexpr int resetDone = 204;

} // namespace

/// All proxies of a list, one after the other, until one cannot be.
class ToxiproxyApi::Populating final : public std::enable_shared_from_this<Populating> {
public:
    Populating(ToxiproxyApi& api, CallPtr call, QList<toxiproxy::ProxyBody> list)
        : m_api(api)
        , m_call(std::move(call))
        , m_list(std::move(list))
    {
    }

    void next()
    {
        if (m_at == m_list.size()) {
            finish({});
            return;
        }
        const toxiproxy::ProxyBody& body = m_list[m_at];
        if (Proxy* const existing = m_api.find(*body.name)) {
            if (existing->hasEnds(body.listen.value_or(QString()), *body.upstream)) {
                take(*existing); // as it is, switched off or not: so does Toxiproxy
            } else {
                replace(*existing);
            }
            return;
        }
        make();
    }

private:
    /// The one of that name begins anew: elsewhere, and without toxics.
    void replace(Proxy& existing)
    {
        const toxiproxy::ProxyBody& body = m_list[m_at];
        const QPointer<Proxy> proxy(&existing);
        existing.disable([self = shared_from_this(), proxy, body](const std::optional<ApiError>& stopped) {
            Q_UNUSED(stopped)
            if (const auto wrong = proxy->setEnds(body.listen.value_or(QString()), *body.upstream)) {
                self->finish(wrong);
                return;
            }
            proxy->removeToxics([self, proxy, body](const std::optional<ApiError>& removed) {
                Q_UNUSED(removed)
                self->begin(*proxy, body.enabled.value_or(true));
            });
        });
    }

    void make()
    {
        const toxiproxy::ProxyBody& body = m_list[m_at];
        const toxiproxy::Read<Proxy*> proxy = m_api.newProxy(body);
        if (!proxy) {
            finish(proxy.error());
            return;
        }
        begin(**proxy, body.enabled.value_or(true));
    }

    void begin(Proxy& proxy, bool enabled)
    {
        if (!enabled) {
            take(proxy);
            return;
        }
        const QPointer<Proxy> begun(&proxy);
        proxy.enable([self = shared_from_this(), begun](const std::optional<ApiError>& error) {
            if (error) {
                self->finish(error);
            } else {
                self->take(*begun);
            }
        });
    }

    void take(Proxy& proxy)
    {
        proxy.tell(m_call->request.method, QStringLiteral("/populate"), populated);
        m_done.append(proxy.json());
        ++m_at;
        QMetaObject::invokeMethod(
            &m_api, [self = shared_from_this()] { self->next(); }, Qt::QueuedConnection);
    }

    void finish(const std::optional<ApiError>& error)
    {
        QJsonObject all = error ? errorJson(*error) : QJsonObject();
        all.insert(QStringLiteral("proxies"), m_done.isEmpty() ? QJsonValue() : QJsonValue(m_done)); // null, as there
        m_api.answer(m_call, all, error ? error->status : populated);
    }

    ToxiproxyApi& m_api;
    CallPtr m_call;
    QList<toxiproxy::ProxyBody> m_list;
    QJsonArray m_done;
    qsizetype m_at = 0;
};

void ToxiproxyApi::populate(const CallPtr& call)
{
    const toxiproxy::Read<QList<toxiproxy::ProxyBody>> list = toxiproxy::readProxies(call->request.body);
    if (!list) {
        QJsonObject error = errorJson(list.error());
        error.insert(QStringLiteral("proxies"), QJsonValue());
        answer(call, error, list.error().status);
        return;
    }
    std::make_shared<Populating>(*this, call, *list)->next();
}

void ToxiproxyApi::reset(const CallPtr& call)
{
    QStringList names;
    for (const std::unique_ptr<Proxy>& proxy : m_proxies) {
        names.append(proxy->name());
    }
    resetFrom(call, names, 0);
}

void ToxiproxyApi::resetFrom(const CallPtr& call, const QStringList& names, qsizetype at)
{
    Proxy* const proxy = at < names.size() ? find(names[at]) : nullptr;
    if (at == names.size()) {
        answer(call, HttpAnswer { resetDone, {} });
        return;
    }
    const auto on = [this, call, names, at](const std::optional<ApiError>& error) {
        if (error) {
            fail(call, *error);
            return;
        }
        QMetaObject::invokeMethod(
            this, [this, call, names, at] { resetFrom(call, names, at + 1); }, Qt::QueuedConnection);
    };
    if (proxy == nullptr) {
        on({});
        return;
    }
    proxy->tell(call->request.method, QStringLiteral("/reset"), resetDone);
    // As there: first on again, then without toxics.
    const QPointer<Proxy> kept(proxy);
    proxy->enable([kept, on](const std::optional<ApiError>& error) {
        if (error || kept == nullptr) {
            on(error);
        } else {
            kept->removeToxics(on);
        }
    });
}

} // namespace sockeye
