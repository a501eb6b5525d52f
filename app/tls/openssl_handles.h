// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// OpenSSL's objects, freed by who owns them.
namespace sockeye::openssl {

template <auto release> struct Deleter {
    template <typename T> void operator()(T* object) const { release(object); }
};

using ContextHandle = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using SessionHandle = std::unique_ptr<SSL, Deleter<SSL_free>>;
using ResumptionHandle = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>; ///< what a session agreed on
using CertificateHandle = std::unique_ptr<X509, Deleter<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using BioHandle = std::unique_ptr<BIO, Deleter<BIO_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using GeneralNamesHandle = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

} // namespace sockeye::openssl
