// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/typing_arguments.h"

#include "app/cli/terminal/tr.h"
#include "protocol/content/text_codec.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/registry.h"
#include "protocol/services/service.h"
#include "protocol/text/visible_text.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void addEncoding(CLI::App& command, OptionWords& words)
{
    command
        .add_option("--encoding", words.encoding,
            "The encoding of text in and out: GBK, GB18030, Big5, Shift_JIS, EUC-KR, UTF-16LE, … (default: UTF-8)")
        ->type_name("NAME");
}

void addTyping(CLI::App& command, OptionWords& words, Arguments& arguments)
{
    command.add_flag(
        "--escapes", arguments.escapes, "\\r \\n \\t \\0 \\xNN \\uNNNN \\\\ in what is typed mean what they say");
    command.add_flag("--macros", arguments.macros,
        "{{time}} {{time ms}} {{uuid}} {{counter}} {{counter 100}} {{random 8}} in what is typed are made anew each "
        "time that it is sent");
    addEncoding(command, words);
    command
        .add_option("--append-checksum", words.checksum,
            "Append a checksum over what is sent: crc-16/modbus, crc-32/iso-hdlc, sum-8, xor-8, md5, …; with :little "
            "behind the name least significant byte first")
        ->type_name("NAME");
}

Taken takeTyping(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (isGiven(command, "--append-checksum")) {
        const auto checksum = appendedChecksum(fromUtf8(words.checksum));
        if (!checksum) {
            return tl::unexpected(UsageError(u"--append-checksum: " + checksum.error()));
        }
        arguments.checksum = *checksum;
    }
    if (!isGiven(command, "--encoding")) {
        return {};
    }
    const QByteArray name = QByteArray::fromStdString(words.encoding);
    if (!isKnownEncoding(name)) {
        return tl::unexpected(
            tr("--encoding: no encoding is called “%1”: there are UTF-8, UTF-16LE, UTF-16BE, GBK, GB18030, Big5, "
               "Shift_JIS, EUC-JP, EUC-KR, ISO-8859-1, windows-1252, KOI8-R and more.")
                .arg(visibleText(QString::fromUtf8(name.left(60)))));
    }
    arguments.encoding = canonicalEncoding(name);
    if (!arguments.protocol && arguments.command == Command::Raw) {
        arguments.protocol = plainProtocol();
    }
    const bool isServer = arguments.command == Command::Serve;
    if (!arguments.protocol && isServer) {
        const QString service = words.rules.empty() ? fromUtf8(words.service) : QStringLiteral("rules");
        arguments.protocol = newService(service, {})->protocol();
    }
    // A client's request has a header that says it.
    if (arguments.protocol && (isServer || arguments.protocol->requestShape() != RequestShape::Fields)) {
        const ProtocolPtr encoded = protocolInEncoding(arguments.protocol, arguments.encoding);
        if (encoded == arguments.protocol && arguments.encoding != textEncoding(*encoded)
            && arguments.encoding != "UTF-8") {
            return tl::unexpected(
                tr("--encoding: messages of the protocol \"%1\" say themselves what their text is in.")
                    .arg(arguments.protocol->id()));
        }
        arguments.protocol = encoded;
    }
    return {};
}

tl::expected<TypedText, UsageError> typedText(
    const QString& text, QStringView option, const Arguments& arguments, const QByteArray& encoding)
{
    auto typed = TypedText::read(text, { arguments.escapes, arguments.macros, encoding });
    if (!typed) {
        return tl::unexpected(UsageError(QString(option + u": " + typed.error().text), withCaret(typed.error(), text)));
    }
    return *std::move(typed);
}

} // namespace sockeye::cli
