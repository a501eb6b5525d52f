// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/tls_arguments.h"

#include "app/cli/arguments/common_arguments.h"
#include "app/cli/arguments/input_file.h"
#include "app/cli/terminal/tr.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

namespace {

void addCertificate(CLI::App& command, TlsWords& words, const char* about)
{
    checkInputFile(*command.add_option("--tls-cert", words.certificate, about)->type_name("F"));
    checkInputFile(
        *command.add_option("--tls-key", words.key, "Its key, in PEM; without it the key is in the same file")
             ->type_name("F"));
}

} // namespace

void addServerTls(CLI::App& command, TlsWords& words)
{
    command.add_flag("--tls", words.on, "TLS; with a certificate made for this start unless --tls-cert names one");
    command.add_flag("--tls-self-signed", words.selfSigned, "TLS with a certificate made for this start");
    addCertificate(command, words, "TLS with this certificate: PEM, then those of its issuers");
}

void addClientTls(CLI::App& command, TlsWords& words)
{
    command.add_flag("--tls", words.on, "TLS; the server's certificate is verified");
    checkInputFile(
        *command.add_option("--tls-ca", words.authority, "Certificates to trust instead of the system's, in PEM")
             ->type_name("F"));
    command.add_flag("--tls-insecure", words.insecure, "Go on whatever is wrong with the server's certificate");
    addCertificate(command, words, "A certificate to show to servers that want one, in PEM");
}

Taken takeTls(const CLI::App& command, const OptionWords& given, Arguments& arguments)
{
    Q_UNUSED(command)
    const TlsWords& words = given.tls;
    const bool isOn = words.on || words.selfSigned || words.insecure || !words.certificate.empty() || !words.key.empty()
        || !words.authority.empty();
    if (!isOn) {
        return {};
    }
    const bool isServer = arguments.command == Command::Serve;
    if (arguments.udp || (isServer && serviceTransport(arguments.service) == Transport::Udp)) {
        return tl::unexpected(tr("--tls: TLS needs TCP, it does not go over UDP."));
    }
    if (words.certificate.empty() && !words.key.empty()) {
        return tl::unexpected(tr("--tls-key: the key alone says nothing; --tls-cert has to name its certificate."));
    }
    if (words.selfSigned && !words.certificate.empty()) {
        return tl::unexpected(tr("--tls-self-signed and --tls-cert: the server can show only one certificate."));
    }
    if (words.insecure && !words.authority.empty()) {
        return tl::unexpected(
            tr("--tls-insecure and --tls-ca: either any certificate will do, or it has to be verified."));
    }
    if (auto kept = keepPemStreams({ words.certificate, words.key, words.authority }); !kept) {
        return kept;
    }
    if (isServer) {
        arguments.tlsServer.certificate =
            words.certificate.empty() ? TlsServerOptions::Certificate::SelfSigned : TlsServerOptions::Certificate::Own;
        arguments.tlsServer.certificateFile = QString::fromStdString(words.certificate);
        arguments.tlsServer.keyFile = QString::fromStdString(words.key);
        return {};
    }
    arguments.tlsClient.on = true;
    arguments.tlsClient.authorityFile = QString::fromStdString(words.authority);
    arguments.tlsClient.acceptAnything = words.insecure;
    arguments.tlsClient.certificateFile = QString::fromStdString(words.certificate);
    arguments.tlsClient.keyFile = QString::fromStdString(words.key);
    return {};
}

} // namespace sockeye::cli
