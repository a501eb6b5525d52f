// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/toxiproxy/toxiproxy_api.h"
#include "tests/app/relay/relay_help.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

namespace sockeye {

constexpr int apiPatience = 60'000; // ms

struct HttpReply {
    int status = 0;
    QByteArray body;
    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(body).array(); }
};

/// Relays of a test, and the API over them.
class ApiSetting final : public ProxyRelays {
public:
    ApiSetting() { isUp = !api.listen({ QHostAddress(QHostAddress::LocalHost), 0 }); }

    Relay* newRelay(const QString& name, RelayOptions& options) override
    {
        Q_UNUSED(name)
        options.engine = RelayOptions().engine;
        relays.push_back(std::make_unique<Relay>(threads, watched.capture));
        return relays.back().get();
    }
    void letGo(Relay& relay) override
    {
        std::erase_if(relays, [&relay](const std::unique_ptr<Relay>& each) { return each.get() == &relay; });
    }

    HttpReply ask(const QByteArray& method, const QString& path, const QByteArray& body = {},
        const QByteArray& userAgent = "test/1")
    {
        QNetworkRequest request(
            QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(QString::number(api.address().port), path)));
        request.setRawHeader("User-Agent", userAgent);
        request.setRawHeader("Content-Type", "application/json");
        const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, method, body));
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, apiPatience);
        return { reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll() };
    }
    HttpReply makeProxy(const QString& name = QStringLiteral("echo"))
    {
        return ask("POST", QStringLiteral("/proxies"),
            QJsonDocument(QJsonObject { { QStringLiteral("name"), name },
                              { QStringLiteral("listen"), QStringLiteral("127.0.0.1:0") },
                              { QStringLiteral("upstream"), target.address().toString() } })
                .toJson());
    }
    SocketAddress addressOf(const QString& name)
    {
        const QString listen =
            ask("GET", QStringLiteral("/proxies/") + name).object().value(QStringLiteral("listen")).toString();
        return { QHostAddress(QHostAddress::LocalHost), listen.section(u':', -1).toUShort() };
    }

    PlainListener target;
    Watched watched;
    IoThreads threads { 2 };
    std::vector<std::unique_ptr<Relay>> relays;
    ToxiproxyApi api { *this, threads };
    QNetworkAccessManager network;
    bool isUp = false;
};

} // namespace sockeye
