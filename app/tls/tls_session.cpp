// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_session.h"

#include "app/tls/certificate_reader.h"
#include "app/tls/tls_reasons.h"

#include <QHostAddress>
#include <QUrl>

#include <array>

#include <openssl/err.h>

namespace sockeye {

namespace {

constexpr qsizetype mostStray = 64 * 1024;
constexpr qsizetype tlsRecordHead = 5;

/// As names are looked up and compared: without the final dot, in ASCII.
QByteArray asciiName(const QString& host)
{
    QByteArray name = QUrl::toAce(host);
    if (name.isEmpty()) {
        name = host.toUtf8();
    }
    return name.endsWith('.') ? name.chopped(1) : name;
}

} // namespace

/// What OpenSSL calls back: exceptions end before it, as nothing here throws.
struct TlsSession::Callbacks {
    static TlsSession& of(BIO* bio) { return *static_cast<TlsSession*>(BIO_get_data(bio)); }
    static TlsSession& of(const SSL* session) { return *static_cast<TlsSession*>(SSL_get_app_data(session)); }

    static int read(BIO* bio, char* data, int size)
    {
        BIO_clear_retry_flags(bio);
        TlsSession& session = of(bio);
        const Transfer transfer = session.m_wire.receive(data, size);
        session.m_wireStatus = transfer.status;
        switch (transfer.status) {
        case TransferStatus::Ok:
            session.keepStray({ data, transfer.size });
            return static_cast<int>(transfer.size);
        case TransferStatus::WouldBlock:
            BIO_set_retry_read(bio);
            return -1;
        case TransferStatus::EndOfStream:
            return 0;
        case TransferStatus::Reset:
        case TransferStatus::Failed:
            break;
        }
        return -1;
    }

    static int write(BIO* bio, const char* data, int size)
    {
        BIO_clear_retry_flags(bio);
        TlsSession& session = of(bio);
        const Transfer transfer = session.m_wire.send({ data, size });
        session.m_wireStatus = transfer.status;
        if (transfer.status == TransferStatus::Ok) {
            return static_cast<int>(transfer.size);
        }
        if (transfer.status == TransferStatus::WouldBlock) {
            BIO_set_retry_write(bio);
        }
        return -1;
    }

    static long control(BIO* bio, int command, long /*number*/, void* /*pointer*/)
    {
        switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return of(bio).m_wireStatus == TransferStatus::EndOfStream ? 1 : 0;
        default:
            return 0;
        }
    }

    static const BIO_METHOD* method()
    {
        static const BIO_METHOD* const made = [] {
            BIO_METHOD* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sockeye");
            BIO_meth_set_read(method, &read);
            BIO_meth_set_write(method, &write);
            BIO_meth_set_ctrl(method, &control);
            return method;
        }();
        return made;
    }

    /// Remembers the first thing that is wrong with the chain. Going on with it is what the user asked for, if he did.
    static int verify(int holds, X509_STORE_CTX* store)
    {
        const auto* const ssl =
            static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        TlsSession& session = of(ssl);
        if (holds == 0 && session.m_verifyError == X509_V_OK) {
            session.m_verifyError = X509_STORE_CTX_get_error(store);
            const X509* const certificate = X509_STORE_CTX_get_current_cert(store);
            session.m_verifyDetail = certificateDetail(session.m_verifyError,
                certificate == nullptr ? CertificateFacts() : readCertificate(certificate), session.m_host);
        }
        return session.m_context->acceptsAnything() ? 1 : holds;
    }

    /// The server wants a certificate, and there was none to give.
    static int noCertificate(SSL* session, X509** /*certificate*/, EVP_PKEY** /*key*/)
    {
        of(session).m_wasAskedForCertificate = true;
        return 0;
    }
};

void TlsSession::prepareClient(SSL_CTX* context)
{
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &Callbacks::verify);
    SSL_CTX_set_client_cert_cb(context, &Callbacks::noCertificate);
}

TlsSession::TlsSession(std::shared_ptr<const TlsContext> context, Wire& wire, const QString& host)
    : m_context(std::move(context))
    , m_wire(wire)
    , m_host(host)
    , m_session(SSL_new(m_context->handle()))
{
    BIO* const bio = BIO_new(Callbacks::method());
    if (!m_session || bio == nullptr) {
        BIO_free(bio);
        fail(FailureCode::TlsBroken, reasonOf(ERR_peek_last_error()));
        return;
    }
    SSL* const session = m_session.get();
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(session, bio, bio);
    SSL_set_app_data(session, this);
    if (m_context->isServer()) {
        SSL_set_accept_state(session);
        return;
    }
    SSL_set_connect_state(session);
    QHostAddress address(host);
    if (!address.isNull()) {
        address.setScopeId({});
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), address.toString().toLatin1().constData());
    } else if (const QByteArray name = asciiName(host); !name.isEmpty()) {
        SSL_set_tlsext_host_name(session, name.constData());
        SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(session, name.constData());
    }
}

void TlsSession::offer(SSL_SESSION* earlier)
{
    if (m_session && earlier != nullptr && SSL_SESSION_is_resumable(earlier) == 1) {
        SSL_set_session(m_session.get(), earlier);
    }
}

openssl::ResumptionHandle TlsSession::resumption() const
{
    openssl::ResumptionHandle session(m_ready ? SSL_get1_session(m_session.get()) : nullptr);
    return session && SSL_SESSION_is_resumable(session.get()) == 1 ? std::move(session) : nullptr;
}

bool TlsSession::isResumed() const
{
    return SSL_session_reused(m_session.get()) == 1;
}

bool TlsSession::handshake()
{
    if (m_ready || m_over) {
        return m_ready;
    }
    ERR_clear_error();
    const int result = SSL_do_handshake(m_session.get());
    if (result == 1) {
        m_ready = true;
        m_wantsToWrite = false;
        m_stray = {};
        return true;
    }
    end(take(result));
    return false;
}

/// What a call of OpenSSL that did not succeed came to.
TransferStatus TlsSession::take(int result)
{
    m_wantsToWrite = false;
    switch (SSL_get_error(m_session.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return TransferStatus::WouldBlock;
    case SSL_ERROR_WANT_WRITE:
        m_wantsToWrite = true;
        return TransferStatus::WouldBlock;
    case SSL_ERROR_ZERO_RETURN:
        if (!m_ready) {
            fail(beginsLikeTls() || m_stray.isEmpty() ? FailureCode::TlsEnded : FailureCode::TlsNotSpoken, {});
            return TransferStatus::Failed;
        }
        m_ended = true;
        m_cutOff = m_wireStatus == TransferStatus::EndOfStream;
        return TransferStatus::EndOfStream;
    case SSL_ERROR_SYSCALL:
        if (m_wireStatus == TransferStatus::Reset || m_wireStatus == TransferStatus::Failed) {
            // Of writing not the end: the peer's last words, an alert perhaps, may be here already.
            return m_wireStatus;
        }
        break;
    default:
        break;
    }
    classify();
    return TransferStatus::Failed;
}

/// The system tells of a lost connection only once; we say it again.
void TlsSession::end(TransferStatus status)
{
    if (!m_over && (status == TransferStatus::Reset || status == TransferStatus::Failed)) {
        m_over = status;
    }
}

void TlsSession::fail(FailureCode code, const QString& detail)
{
    ERR_clear_error();
    m_over = TransferStatus::Failed;
    m_failure = code;
    m_detail = detail;
}

void TlsSession::classify()
{
    const unsigned long error = firstTlsError();
    const int reason = ERR_GET_REASON(error);
    if (!m_ready && !m_stray.isEmpty() && !beginsLikeTls()) {
        if (m_context->isServer()) {
            // OpenSSL says nothing to who does not speak TLS, who would see no more than an end of stream.
            constexpr std::array<char, 7> alert { SSL3_RT_ALERT, SSL3_VERSION_MAJOR, 1, 0, 2, SSL3_AL_FATAL,
                SSL_AD_PROTOCOL_VERSION };
            (void)m_wire.send({ alert.data(), alert.size() });
        }
        fail(FailureCode::TlsNotSpoken, notSpokenDetail(m_stray));
    } else if (!m_ready && !m_context->isServer() && isClientHello(m_stray)) {
        fail(FailureCode::TlsNotSpoken, echoDetail());
    } else if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        fail(certificateFailure(m_verifyError), m_verifyDetail);
    } else if (const std::optional<int> alert = alertOf(error)) {
        fail(alertFailure(*alert, m_wasAskedForCertificate), alertDetail(*alert));
    } else {
        fail(tlsFailure(error, m_ready), reasonOf(error));
    }
}

bool TlsSession::beginsLikeTls() const
{
    return !m_stray.isEmpty() && (m_stray[0] == SSL3_RT_HANDSHAKE || m_stray[0] == SSL3_RT_ALERT)
        && (m_stray.size() < 2 || m_stray[1] == SSL3_VERSION_MAJOR);
}

void TlsSession::keepStray(QByteArrayView bytes)
{
    if (m_ready || m_stray.size() >= mostStray) {
        return;
    }
    // Of what looks like TLS, its first record's head and the kind of its message are enough.
    if (beginsLikeTls() && m_stray.size() > tlsRecordHead) {
        return;
    }
    m_stray += bytes.first(std::min(bytes.size(), mostStray - m_stray.size()));
    if (beginsLikeTls()) {
        m_stray.truncate(tlsRecordHead + 1);
    }
}

Transfer TlsSession::read(char* data, qsizetype size)
{
    if (m_over) {
        return { *m_over, 0 };
    }
    if (m_ended) {
        return { TransferStatus::EndOfStream, 0 };
    }
    qsizetype done = 0;
    while (done < size) {
        ERR_clear_error();
        std::size_t count = 0;
        const int result = SSL_read_ex(m_session.get(), data + done, static_cast<std::size_t>(size - done), &count);
        if (result == 1) {
            done += static_cast<qsizetype>(count);
            if (SSL_has_pending(m_session.get()) != 1) {
                break;
            }
            continue;
        }
        const TransferStatus status = take(result);
        end(status);
        if (done > 0) {
            break; // what ended it is told by the next call
        }
        return { status, 0 };
    }
    return { TransferStatus::Ok, done };
}

Transfer TlsSession::write(QByteArrayView bytes)
{
    if (m_over) {
        return { *m_over, 0 };
    }
    qsizetype done = 0;
    while (done < bytes.size()) {
        ERR_clear_error();
        std::size_t count = 0;
        const int result =
            SSL_write_ex(m_session.get(), bytes.data() + done, static_cast<std::size_t>(bytes.size() - done), &count);
        if (result != 1) {
            const TransferStatus status = take(result);
            m_isPartlyWritten = status == TransferStatus::WouldBlock;
            if (done > 0) {
                break;
            }
            return { status, 0 };
        }
        m_isPartlyWritten = false;
        done += static_cast<qsizetype>(count);
    }
    return { TransferStatus::Ok, done };
}

bool TlsSession::finish()
{
    if (m_finished || m_over || !m_ready || m_isPartlyWritten) {
        return true; // behind half a record nothing else can be sent: the stream ends cut off
    }
    ERR_clear_error();
    const int result = SSL_shutdown(m_session.get());
    if (result < 0 && SSL_get_error(m_session.get(), result) == SSL_ERROR_WANT_WRITE) {
        return false;
    }
    ERR_clear_error();
    m_finished = true;
    return true;
}

bool TlsSession::hasMore() const
{
    return m_ended || m_over || SSL_has_pending(m_session.get()) == 1;
}

QString TlsSession::verdict() const
{
    if (m_context->isServer()) {
        return QStringLiteral("not-checked");
    }
    return m_verifyError == X509_V_OK ? QStringLiteral("ok") : QString(codeName(certificateFailure(m_verifyError)));
}

TlsFacts TlsSession::facts() const
{
    const SSL* const session = m_session.get();
    TlsFacts facts;
    facts.version = QString::fromLatin1(SSL_get_version(session));
    facts.cipher = QString::fromLatin1(SSL_CIPHER_get_name(SSL_get_current_cipher(session)));
    facts.serverName = QString::fromUtf8(SSL_get_servername(session, TLSEXT_NAMETYPE_host_name));
    const unsigned char* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(session, &protocol, &size);
    facts.applicationProtocol =
        QString::fromUtf8(reinterpret_cast<const char*>(protocol), static_cast<qsizetype>(size));
    facts.verdict = verdict();
    facts.ours = m_context->isServer();
    if (facts.ours) {
        facts.chain = m_context->ownChain();
        return facts;
    }
    const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(session);
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        facts.chain.append(readCertificate(sk_X509_value(chain, i)));
    }
    return facts;
}

} // namespace sockeye
