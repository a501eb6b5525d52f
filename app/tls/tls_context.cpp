// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_context.h"

#include "app/tls/certificate_reader.h"
#include "app/tls/pem_files.h"
#include "app/tls/self_signed.h"
#include "app/tls/tls_session.h"

#include <QCoreApplication>

#include <openssl/err.h>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::Tls", text);
}

openssl::ContextHandle newContext()
{
    // OpenSSL would clean up at exit(), while threads that used it may still be on their way out: QThread::wait()
    // returns before what they keep in thread-local storage is freed, and that is then freed twice.
    OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
    return openssl::ContextHandle(SSL_CTX_new(TLS_method()));
}

tl::expected<QList<CertificateFacts>, Failure> useFiles(
    SSL_CTX* context, const QString& certificateFile, const QString& keyFile)
{
    auto certificates = readCertificates(certificateFile);
    if (!certificates) {
        return tl::unexpected(certificates.error());
    }
    const auto key = readKey(keyFile.isEmpty() ? certificateFile : keyFile);
    if (!key) {
        return tl::unexpected(key.error());
    }
    if (X509_check_private_key(certificates->front().get(), key->get()) != 1) {
        ERR_clear_error();
        return tl::unexpected(setupFailure(keyFile.isEmpty() ? certificateFile : keyFile,
            tr("Its key is not the one of the certificate in %1.").arg(certificateFile)));
    }
    if (SSL_CTX_use_certificate(context, certificates->front().get()) != 1
        || SSL_CTX_use_PrivateKey(context, key->get()) != 1) {
        return tl::unexpected(setupFailure(certificateFile, tr("OpenSSL says: %1.").arg(opensslReason())));
    }
    QList<CertificateFacts> chain { readCertificate(certificates->front().get()) };
    for (std::size_t i = 1; i < certificates->size(); ++i) {
        openssl::CertificateHandle& link = (*certificates)[i];
        chain.append(readCertificate(link.get()));
        if (SSL_CTX_add0_chain_cert(context, link.get()) == 1) {
            (void)link.release(); // the context has it
        }
    }
    return chain;
}

tl::expected<void, Failure> trust(SSL_CTX* context, const QString& authorityFile)
{
    if (authorityFile.isEmpty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else { // it stands alone: whoever names one means that no other authority has a say
        const auto authorities = readCertificates(authorityFile);
        if (!authorities) {
            return tl::unexpected(authorities.error());
        }
        X509_STORE* const store = SSL_CTX_get_cert_store(context);
        for (const openssl::CertificateHandle& authority : *authorities) {
            X509_STORE_add_cert(store, authority.get());
        }
        // What the user names is trusted as it is, also where it is no authority but the server's own certificate.
        X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    }
    ERR_clear_error();
    return {};
}

} // namespace

TlsContext::TlsContext()
    : m_context(newContext())
{
    SSL_CTX* const context = m_context.get();
    if (context == nullptr) {
        return;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // That a stream ended without close_notify is for us to tell: OpenSSL would not let us send any more either.
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(
        context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

TlsContext::Made TlsContext::forServer(const TlsServerOptions& options, const QStringList& names)
{
    const std::shared_ptr<TlsContext> made(new TlsContext);
    SSL_CTX* const context = made->m_context.get();
    if (context == nullptr) {
        return tl::unexpected(setupFailure(QStringLiteral("OpenSSL"), opensslReason()));
    }
    made->m_isServer = true;
    if (options.certificate == TlsServerOptions::Certificate::Own) {
        auto chain = useFiles(context, options.certificateFile, options.keyFile);
        if (!chain) {
            return tl::unexpected(chain.error());
        }
        made->m_ownChain = std::move(*chain);
        return made;
    }
    const SelfSigned own = makeSelfSigned(names);
    if (!own.certificate || SSL_CTX_use_certificate(context, own.certificate.get()) != 1
        || SSL_CTX_use_PrivateKey(context, own.key.get()) != 1) {
        return tl::unexpected(
            setupFailure(tr("The certificate that Sockeye makes"), tr("OpenSSL says: %1.").arg(opensslReason())));
    }
    made->m_ownChain = { readCertificate(own.certificate.get()) };
    return made;
}

TlsContext::Made TlsContext::forClient(const TlsClientOptions& options)
{
    const std::shared_ptr<TlsContext> made(new TlsContext);
    SSL_CTX* const context = made->m_context.get();
    if (context == nullptr) {
        return tl::unexpected(setupFailure(QStringLiteral("OpenSSL"), opensslReason()));
    }
    made->m_acceptsAnything = options.acceptAnything;
    const auto trusted = trust(context, options.authorityFile);
    if (!trusted) {
        return tl::unexpected(trusted.error());
    }
    if (!options.certificateFile.isEmpty()) {
        auto chain = useFiles(context, options.certificateFile, options.keyFile);
        if (!chain) {
            return tl::unexpected(chain.error());
        }
        made->m_ownChain = std::move(*chain);
    }
    TlsSession::prepareClient(context);
    return made;
}

} // namespace sockeye
