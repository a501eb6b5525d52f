// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/transfer.h"
#include "app/tls/tls_context.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace sockeye {

/// One side of one TLS connection, over anything that carries bytes: no socket, no thread, no clock. Never waits; what
/// cannot go on says WouldBlock and goes on when it is called again.
///
/// OpenSSL reads and writes through the wire directly, so that nothing is buffered here: write() says that bytes went
/// out only when the wire has taken all of the records that carry them. Until then the same bytes, or more of the same
/// stream, have to be written again.
class TlsSession {
public:
    /// What carries the records. Calls mean what those of Stream mean.
    class Wire {
    public:
        virtual Transfer receive(char* data, qsizetype size) = 0;
        virtual Transfer send(QByteArrayView bytes) = 0;

    protected:
        ~Wire() = default;
    };

    /// `host` is whom a client wants to reach: the name that is sent (SNI) and looked for in the certificate, or an
    /// address.
    TlsSession(std::shared_ptr<const TlsContext> context, Wire& wire, const QString& host = {});
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    /// Before the handshake, of a client: offers to go on with what an earlier session with that server agreed on.
    void offer(SSL_SESSION* earlier);
    /// What a later session may offer; null where the server has given nothing for it (yet).
    [[nodiscard]] openssl::ResumptionHandle resumption() const;
    [[nodiscard]] bool isResumed() const; ///< once it is ready: the server took what was offered

    /// Begins, or goes on with it: true once it is done. isOver() if it never will be.
    bool handshake();
    [[nodiscard]] bool isReady() const { return m_ready; } ///< the handshake is done
    [[nodiscard]] bool isOver() const { return m_over.has_value(); } ///< nothing can be read or written any more
    [[nodiscard]] bool wantsToWrite() const { return m_wantsToWrite; } ///< waits for room in the wire, not for bytes

    // While isReady(), or once isOver().
    [[nodiscard]] Transfer read(char* data, qsizetype size);
    [[nodiscard]] Transfer write(QByteArrayView bytes);
    /// Our end of stream (close_notify); we may still read. False while the wire has no room for it: call again.
    bool finish();
    /// Bytes that have come, or an end, that read() may tell without the wire.
    [[nodiscard]] bool hasMore() const;
    [[nodiscard]] bool isCutOff() const { return m_cutOff; } ///< the stream ended, and no close_notify said so

    /// Why it is over, if it failed, and a sentence about this very case, which may be empty.
    [[nodiscard]] FailureCode failureCode() const { return m_failure; }
    [[nodiscard]] const QString& failureDetail() const { return m_detail; }
    /// After TlsNotSpoken: what came instead, as far as it was read.
    [[nodiscard]] const QByteArray& stray() const { return m_stray; }
    [[nodiscard]] TlsFacts facts() const; ///< once it is ready

    static void prepareClient(SSL_CTX* context); ///< how sessions of a client look at certificates

private:
    struct Callbacks;
    friend struct Callbacks;

    void keepStray(QByteArrayView bytes);
    [[nodiscard]] TransferStatus take(int result);
    void end(TransferStatus status);
    void fail(FailureCode code, const QString& detail);
    void classify();
    [[nodiscard]] bool beginsLikeTls() const;
    [[nodiscard]] QString verdict() const;

    std::shared_ptr<const TlsContext> m_context;
    Wire& m_wire;
    QString m_host; ///< whom a client wants to reach
    openssl::SessionHandle m_session;
    std::optional<TransferStatus> m_over; ///< Failed or Reset
    TransferStatus m_wireStatus = TransferStatus::Ok; ///< of its last call
    FailureCode m_failure = FailureCode::None;
    QString m_detail;
    QByteArray m_stray; ///< during the handshake, as long as it does not look like TLS
    long m_verifyError = X509_V_OK; ///< the first one
    QString m_verifyDetail;
    bool m_ready = false;
    bool m_wantsToWrite = false;
    bool m_isPartlyWritten = false; ///< a record is half in the wire
    bool m_ended = false; ///< the peer's end of stream was read
    bool m_cutOff = false;
    bool m_finished = false; ///< our close_notify is sent
    bool m_wasAskedForCertificate = false;
};

} // namespace sockeye
