// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/toxiproxy/toxiproxy_api.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace sockeye {

class RelayPage;

/// Toxiproxy's API over relay pages, while it is switched on: each proxy that is made over it is a page, and what
/// becomes of it is seen there. A page stays when its proxy is removed, and is used again by the next one of that name.
class ToxiproxyPages final : public QObject, public ProxyRelays {
    Q_OBJECT
public:
    static constexpr int mostPages = 64;

    explicit ToxiproxyPages(IoThreads& threads, QObject* parent = nullptr);
    ~ToxiproxyPages() override;

    [[nodiscard]] Failure listen(quint16 port); ///< on the loopback
    [[nodiscard]] SocketAddress address() const { return m_api.address(); }

    /// A page that is there already is the proxy of that name from now on, unless it is one; it keeps its title.
    /// `options`: what is entered for its next start.
    void adopt(const QString& name, RelayPage& page, const RelayOptions& options);
    void setOptions(const Relay& relay, const RelayOptions& options) { m_api.setOptions(relay, options); }

    [[nodiscard]] Relay* newRelay(const QString& name, RelayOptions& options) override;
    void start(Relay& relay, const RelayOptions& options) override;
    void letGo(Relay& relay) override;

Q_SIGNALS:
    void pageMade(sockeye::RelayPage* page); ///< to be shown, and owned, by whoever hears it
    void answered(const QByteArray& method, const QString& path, int status, const QString& error); ///< as the API's

private:
    [[nodiscard]] Relay& driven(const QString& name, RelayPage& page);

    IoThreads& m_threads;
    QHash<QString, QPointer<RelayPage>> m_pages; ///< by proxy
    QString m_adopted; ///< the proxy that was a page before; empty: there is none
    ToxiproxyApi m_api;
};

} // namespace sockeye
