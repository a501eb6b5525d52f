// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/self_signed.h"

#include <QHostAddress>

#include <array>

#include <openssl/rand.h>

namespace sockeye {

namespace {

constexpr long clockTolerance = 3600L; // seconds
constexpr long lifetime = 365L * 24 * 3600;

bool addExtension(X509* certificate, int nid, const QByteArray& value)
{
    X509V3_CTX context {};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const openssl::ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// "DNS:localhost,IP:127.0.0.1": what would not be understood there is left out.
QByteArray alternativeNames(const QStringList& names)
{
    QByteArrayList parts;
    for (const QString& name : names) {
        QHostAddress address(name);
        address.setScopeId({});
        const QByteArray part = address.isNull() ? name.toLatin1() : address.toString().toLatin1();
        if (!part.isEmpty() && !part.contains(',') && !part.contains('?')) {
            parts.append((address.isNull() ? "DNS:" : "IP:") + part);
        }
    }
    return parts.join(',');
}

bool fill(X509* certificate, EVP_PKEY* key, const QStringList& names)
{
    std::array<unsigned char, 16> serial {};
    if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) {
        return false;
    }
    // Positive, and without zeros in front: of a number that is written longer than it has to be, DER says that it is
    // none, and so does everybody who reads the certificate.
    serial[0] = static_cast<unsigned char>((serial[0] & 0x3FU) | 0x40U);
    ASN1_INTEGER* const number = X509_get_serialNumber(certificate);
    if (ASN1_STRING_set(number, serial.data(), static_cast<int>(serial.size())) != 1) {
        return false;
    }
    X509_set_version(certificate, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -clockTolerance);
    X509_gmtime_adj(X509_getm_notAfter(certificate), lifetime);
    X509_set_pubkey(certificate, key);
    X509_NAME* const name = X509_get_subject_name(certificate);
    const auto addName = [name](const char* field, const char* value) {
        return X509_NAME_add_entry_by_txt(
                   name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value), -1, -1, 0)
            == 1;
    };
    return addName("O", "Sockeye self-signed") && addName("CN", "localhost")
        && X509_set_issuer_name(certificate, name) == 1
        && addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate, NID_key_usage, "critical,digitalSignature")
        && addExtension(certificate, NID_ext_key_usage, "serverAuth")
        && addExtension(certificate, NID_subject_key_identifier, "hash")
        && addExtension(certificate, NID_subject_alt_name, alternativeNames(names))
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

} // namespace

SelfSigned makeSelfSigned(const QStringList& names)
{
    SelfSigned made;
    made.key.reset(EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    if (!made.key || !made.certificate || !fill(made.certificate.get(), made.key.get(), names)) {
        return {};
    }
    return made;
}

} // namespace sockeye
