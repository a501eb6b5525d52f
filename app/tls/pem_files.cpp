// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/pem_files.h"

#include "app/storage/input_bytes.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace sockeye {

namespace {

constexpr std::size_t mostCertificates = 1000;

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::Tls", text);
}

tl::expected<QByteArray, Failure> readFile(const QString& name)
{
    if (auto kept = keptInput(name)) {
        return *std::move(kept);
    }
    // A pipe or a device would have us wait.
    if (QFileInfo::exists(name) && !QFileInfo(name).isFile()) {
        return tl::unexpected(setupFailure(name, tr("It is no ordinary file.")));
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(setupFailure(name, tr("It cannot be read: %1.").arg(file.errorString())));
    }
    if (file.size() > largestPemFile) {
        return tl::unexpected(setupFailure(name, tr("It is far too large for a PEM file.")));
    }
    return file.read(largestPemFile);
}

openssl::BioHandle bioOf(const QByteArray& bytes)
{
    return openssl::BioHandle(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

/// Nobody is asked for a password; that one was needed is remembered.
int noPassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* wanted)
{
    *static_cast<bool*>(wanted) = true;
    return -1;
}

} // namespace

Failure setupFailure(const QString& file, const QString& why)
{
    return makeFailure(FailureCode::TlsSetup, file, why);
}

QString opensslReason()
{
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    const char* const reason = ERR_reason_error_string(error);
    return reason == nullptr ? tr("unknown reason") : QString::fromUtf8(reason);
}

tl::expected<std::vector<openssl::CertificateHandle>, Failure> readCertificates(const QString& file)
{
    const auto bytes = readFile(file);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    std::vector<openssl::CertificateHandle> certificates;
    const openssl::BioHandle bio = bioOf(*bytes);
    bool wanted = false;
    while (certificates.size() < mostCertificates) {
        openssl::CertificateHandle certificate(PEM_read_bio_X509(bio.get(), nullptr, &noPassword, &wanted));
        if (!certificate) {
            break;
        }
        certificates.push_back(std::move(certificate));
    }
    if (certificates.empty()) {
        ERR_clear_error();
        return tl::unexpected(
            setupFailure(file, tr("It holds no certificate in PEM form (“-----BEGIN CERTIFICATE-----”).")));
    }
    ERR_clear_error(); // the end of the file is one
    return certificates;
}

tl::expected<openssl::KeyHandle, Failure> readKey(const QString& file)
{
    const auto bytes = readFile(file);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    bool wanted = false;
    openssl::KeyHandle key(PEM_read_bio_PrivateKey(bioOf(*bytes).get(), nullptr, &noPassword, &wanted));
    if (key) {
        return key;
    }
    ERR_clear_error();
    if (wanted) {
        return tl::unexpected(setupFailure(file,
            tr("Its key is encrypted with a password, which Sockeye does not ask for: “openssl pkey -in FILE -out "
               "NEW-FILE” writes it without one.")));
    }
    return tl::unexpected(
        setupFailure(file, tr("It holds no private key in PEM form (“-----BEGIN PRIVATE KEY-----”).")));
}

} // namespace sockeye
