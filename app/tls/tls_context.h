// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/tls/openssl_handles.h"
#include "app/tls/tls_facts.h"
#include "app/tls/tls_options.h"

#include <memory>

#include <tl/expected.hpp>

namespace sockeye {

/// What all TLS sessions of one server or client share: certificate, key, whom to trust, and what is spoken (TLS 1.2
/// and 1.3, no renegotiation). Immutable; sessions of any thread use it.
class TlsContext {
public:
    using Made = tl::expected<std::shared_ptr<const TlsContext>, Failure>;

    /// Reads the files (a failure is TlsSetup and names the file), or makes a certificate for `names`, which are names
    /// and addresses.
    [[nodiscard]] static Made forServer(const TlsServerOptions& options, const QStringList& names);
    [[nodiscard]] static Made forClient(const TlsClientOptions& options);

    [[nodiscard]] bool isServer() const { return m_isServer; }
    [[nodiscard]] bool acceptsAnything() const { return m_acceptsAnything; }
    [[nodiscard]] const QList<CertificateFacts>& ownChain() const { return m_ownChain; }
    [[nodiscard]] SSL_CTX* handle() const { return m_context.get(); }

private:
    TlsContext();

    openssl::ContextHandle m_context;
    QList<CertificateFacts> m_ownChain; ///< what we show; empty: nothing
    bool m_isServer = false;
    bool m_acceptsAnything = false;
};

} // namespace sockeye
