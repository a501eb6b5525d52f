// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_reasons.h"

#include "app/tls/certificate_reader.h"

#include <QCoreApplication>

#include <openssl/err.h>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::Tls", text);
}

} // namespace

FailureCode certificateFailure(long verifyError)
{
    switch (verifyError) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return FailureCode::CertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return FailureCode::CertificateNotYetValid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return FailureCode::CertificateSelfSigned;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return FailureCode::CertificateUnknownIssuer;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return FailureCode::CertificateWrongName;
    case X509_V_ERR_CERT_REVOKED:
        return FailureCode::CertificateRevoked;
    default:
        return FailureCode::CertificateInvalid;
    }
}

QString certificateDetail(long verifyError, const CertificateFacts& certificate, const QString& host)
{
    switch (certificateFailure(verifyError)) {
    case FailureCode::CertificateExpired:
        return tr("“%1” was valid until %2.").arg(certificate.subject, certificateTime(certificate.validUntil));
    case FailureCode::CertificateNotYetValid:
        return tr("“%1” is valid from %2 on.").arg(certificate.subject, certificateTime(certificate.validFrom));
    case FailureCode::CertificateUnknownIssuer:
        return tr("“%1” was signed by “%2”, which this machine does not trust.")
            .arg(certificate.subject, certificate.issuer);
    case FailureCode::CertificateWrongName:
        return certificate.names.isEmpty()
            ? tr("You asked for %1, and “%2” names no host at all.").arg(host, certificate.subject)
            : tr("You asked for %1, and it is for %2.")
                  .arg(host,
                      certificate.names.first(std::min<qsizetype>(certificate.names.size(), 10))
                          .join(QStringLiteral(", ")));
    case FailureCode::CertificateInvalid:
        return tr("OpenSSL says: %1.").arg(QString::fromUtf8(X509_verify_cert_error_string(verifyError)));
    default:
        return {};
    }
}

FailureCode alertFailure(int alert, bool wanted)
{
    switch (alert) {
    case SSL_AD_HANDSHAKE_FAILURE:
        return wanted ? FailureCode::CertificateWanted : FailureCode::TlsNoCommon;
    case SSL_AD_PROTOCOL_VERSION:
    case SSL_AD_INSUFFICIENT_SECURITY:
        return FailureCode::TlsNoCommon;
    case SSL_AD_CERTIFICATE_REQUIRED:
        return FailureCode::CertificateWanted;
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
        return wanted ? FailureCode::CertificateWanted : FailureCode::CertificateRefused;
    default:
        return FailureCode::TlsAlert;
    }
}

QString alertDetail(int alert)
{
    switch (alert) {
    case SSL_AD_UNKNOWN_CA:
        return tr("It does not know who signed it (alert unknown_ca).");
    case SSL_AD_CERTIFICATE_EXPIRED:
        return tr("It finds it expired (alert certificate_expired).");
    case SSL_AD_PROTOCOL_VERSION:
        return tr("It speaks other versions of TLS than 1.2 and 1.3 (alert protocol_version).");
    case SSL_AD_CERTIFICATE_REQUIRED:
        return {};
    default:
        return tr("It sent the alert %1: %2.")
            .arg(QString::number(alert), QString::fromUtf8(SSL_alert_desc_string_long(alert)));
    }
}

unsigned long firstTlsError()
{
    const unsigned long first = ERR_peek_error();
    for (unsigned long error = ERR_get_error(); error != 0; error = ERR_get_error()) {
        if (ERR_GET_LIB(error) == ERR_LIB_SSL) {
            return error;
        }
    }
    return first;
}

std::optional<int> alertOf(unsigned long error)
{
    const int reason = ERR_GET_REASON(error);
    if (ERR_GET_LIB(error) != ERR_LIB_SSL || reason < SSL_AD_REASON_OFFSET || reason > SSL_AD_REASON_OFFSET + 255) {
        return std::nullopt;
    }
    return reason - SSL_AD_REASON_OFFSET;
}

FailureCode tlsFailure(unsigned long error, bool ready)
{
    switch (ERR_GET_REASON(error)) {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return ready ? FailureCode::TlsBroken : FailureCode::TlsEnded;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SHARED_GROUPS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_UNSUPPORTED_SSL_VERSION:
    case SSL_R_INAPPROPRIATE_FALLBACK:
        return FailureCode::TlsNoCommon;
    default:
        return FailureCode::TlsBroken;
    }
}

QString reasonOf(unsigned long error)
{
    const char* const reason = ERR_reason_error_string(error);
    return reason == nullptr ? QString() : tr("OpenSSL says: %1.").arg(QString::fromUtf8(reason));
}

bool isClientHello(QByteArrayView bytes)
{
    return bytes.size() > 5 && bytes[0] == SSL3_RT_HANDSHAKE && bytes[1] == SSL3_VERSION_MAJOR && bytes[2] <= 4
        && bytes[2] >= 0 && bytes[5] == SSL3_MT_CLIENT_HELLO;
}

bool isTlsAlert(QByteArrayView bytes)
{
    // One record: its type, the version, its length, the level and the alert.
    return bytes.size() >= 7 && bytes[0] == SSL3_RT_ALERT && bytes[1] == SSL3_VERSION_MAJOR && bytes[2] >= 0
        && bytes[2] <= 4 && bytes[3] == 0 && bytes[4] == 2 && (bytes[5] == 1 || bytes[5] == 2);
}

QString notSpokenDetail(QByteArrayView bytes)
{
    for (const char* const word : { "GET ", "POST ", "HEAD ", "PUT ", "OPTIONS ", "HTTP/" }) {
        if (bytes.startsWith(word)) {
            return tr("What came is HTTP without TLS.");
        }
    }
    return {};
}

QString echoDetail()
{
    return tr("It sent the beginning of our handshake back, as an echo server without TLS does.");
}

} // namespace sockeye
