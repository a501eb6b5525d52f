// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/certificate_reader.h"

#include <QDateTime>
#include <QHostAddress>
#include <QTimeZone>

#include <array>
#include <ctime>

namespace sockeye {

namespace {

QString nameOf(const X509_NAME* name)
{
    const openssl::BioHandle out(BIO_new(BIO_s_mem()));
    // Readable, in one line, with UTF-8 as it is but nothing that commands a terminal.
    X509_NAME_print_ex(out.get(), name, 0, (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB));
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return QString::fromUtf8(data, static_cast<qsizetype>(size));
}

qint64 timeOf(const ASN1_TIME* time)
{
    std::tm parts {};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
        return 0;
    }
    return static_cast<qint64>(::timegm(&parts));
}

QString nameOf(const GENERAL_NAME* name)
{
    int type = 0;
    const void* const value = GENERAL_NAME_get0_value(name, &type);
    if (type == GEN_DNS || type == GEN_EMAIL || type == GEN_URI) {
        const auto* const text = static_cast<const ASN1_IA5STRING*>(value);
        return QString::fromLatin1(
            reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text));
    }
    if (type == GEN_IPADD) {
        const auto* const bytes = static_cast<const ASN1_OCTET_STRING*>(value);
        const unsigned char* const data = ASN1_STRING_get0_data(bytes);
        if (ASN1_STRING_length(bytes) == 4) {
            return QHostAddress((quint32 { data[0] } << 24) | (quint32 { data[1] } << 16) | (quint32 { data[2] } << 8)
                | quint32 { data[3] })
                .toString();
        }
        if (ASN1_STRING_length(bytes) == 16) {
            return QHostAddress(data).toString();
        }
    }
    return {};
}

QStringList namesOf(const X509* certificate)
{
    QStringList names;
    const openssl::GeneralNamesHandle all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const QString name = nameOf(sk_GENERAL_NAME_value(all.get(), i));
        if (!name.isEmpty()) {
            names.append(name);
        }
    }
    return names;
}

} // namespace

CertificateFacts readCertificate(const X509* certificate)
{
    CertificateFacts facts;
    facts.subject = nameOf(X509_get_subject_name(certificate));
    facts.issuer = nameOf(X509_get_issuer_name(certificate));
    facts.names = namesOf(certificate);
    facts.validFrom = timeOf(X509_get0_notBefore(certificate));
    facts.validUntil = timeOf(X509_get0_notAfter(certificate));
    if (const EVP_PKEY* const key = X509_get0_pubkey(certificate)) {
        const char* const kind = EVP_PKEY_get0_type_name(key);
        facts.key = QStringLiteral("%1, %2 bits").arg(QLatin1StringView(kind), QString::number(EVP_PKEY_get_bits(key)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1) {
        const QByteArrayView bytes(digest.data(), static_cast<qsizetype>(size));
        facts.fingerprint = QString::fromLatin1(bytes.toByteArray().toHex(':').toUpper());
    }
    return facts;
}

QString certificateTime(qint64 secondsSinceEpoch)
{
    return QDateTime::fromSecsSinceEpoch(secondsSinceEpoch, Qt::UTC).toString(u"yyyy-MM-dd HH:mm") + u" UTC";
}

} // namespace sockeye
