// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/tls/test_certificates.h"

#include <QFile>
#include <QTemporaryDir>

#include <openssl/pem.h>

namespace sockeye {

namespace {

void extend(X509* certificate, int nid, const QByteArray& value)
{
    X509V3_CTX context {};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const openssl::ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace

TestCertificate makeCertificate(const CertificateWish& wish, const TestCertificate* issuer)
{
    static long serial = 0;
    TestCertificate made;
    made.key.reset(EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    X509* const certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.validFrom);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.validUntil);
    X509_set_pubkey(certificate, made.key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(wish.subject.constData()), -1, -1, 0);
    X509_set_issuer_name(
        certificate, X509_get_subject_name(issuer == nullptr ? certificate : issuer->certificate.get()));
    extend(certificate, NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!wish.isAuthority) {
        extend(certificate, NID_ext_key_usage, wish.usage);
    }
    if (!wish.names.isEmpty()) {
        extend(certificate, NID_subject_alt_name, wish.names);
    }
    X509_sign(certificate, issuer == nullptr ? made.key.get() : issuer->key.get(), EVP_sha256());
    return made;
}

QString writePem(const QTemporaryDir& folder, const QString& name, const TestCertificate& certificate)
{
    const openssl::BioHandle out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate.certificate.get());
    PEM_write_bio_PrivateKey(out.get(), certificate.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(data, size) != size) {
        qFatal("no certificate written");
    }
    return file.fileName();
}

} // namespace sockeye
