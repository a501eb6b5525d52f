// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/proxy/proxy_options.h"

#include <QCoreApplication>
#include <QUrl>

namespace sockeye {

namespace {

constexpr int usualSocksPort = 1080;
constexpr int usualHttpPort = 8080;
constexpr qsizetype longestName = 255; ///< of SOCKS5: a byte has the length

} // namespace

tl::expected<ProxyOptions, QString> readProxy(const QString& text)
{
    const auto say = [](const char* sentence) { return QCoreApplication::translate("sockeye::Proxy", sentence); };
    const QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || (scheme != u"socks5" && scheme != u"http") || url.host().isEmpty()) {
        return tl::unexpected(say(
            "That is no proxy: expected socks5://HOST:PORT or http://HOST:PORT, with USER:PASSWORD@ before the host "
            "if it wants them."));
    }
    if ((!url.path().isEmpty() && url.path() != u"/") || url.hasQuery() || url.hasFragment()) {
        return tl::unexpected(say("A proxy has no path: nothing may stand behind its port."));
    }
    ProxyOptions options;
    options.kind = scheme == u"http" ? ProxyOptions::Kind::Http : ProxyOptions::Kind::Socks5;
    options.host = url.host();
    options.port =
        static_cast<quint16>(url.port(options.kind == ProxyOptions::Kind::Http ? usualHttpPort : usualSocksPort));
    options.user = url.userName(QUrl::FullyDecoded).toUtf8();
    options.password = url.password(QUrl::FullyDecoded).toUtf8();
    if (options.port == 0) {
        return tl::unexpected(say("A proxy has a port from 1 to 65535."));
    }
    if (options.user.size() > longestName || options.password.size() > longestName) {
        return tl::unexpected(say("A user and a password have at most 255 bytes."));
    }
    if (options.user.isEmpty() && !options.password.isEmpty()) {
        return tl::unexpected(say("A password needs a user before it."));
    }
    if (options.kind == ProxyOptions::Kind::Http && options.user.contains(':')) {
        return tl::unexpected(say("A user of an HTTP proxy has no colon in its name."));
    }
    return options;
}

QString proxyText(const ProxyOptions& options)
{
    const bool isBracketed = options.host.contains(u':');
    return QStringLiteral("%1://%2:%3")
        .arg(options.kind == ProxyOptions::Kind::Http ? QStringLiteral("http") : QStringLiteral("socks5"),
            isBracketed ? QString(u'[' + options.host + u']') : options.host, QString::number(options.port));
}

} // namespace sockeye
