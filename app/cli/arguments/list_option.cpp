// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/text_mistakes.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/filtering/event_row.h"
#include "app/sendlist/packet_sender.h"
#include "protocol/text/visible_text.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

namespace {

Transport transportOf(const Arguments& arguments)
{
    return arguments.udp ? Transport::Udp : Transport::Tcp;
}

/// Of a send list, or of what Packet Sender keeps, which says by its name that it is none.
ListFile readFor(const Arguments& arguments, const QString& file)
{
    if (!file.endsWith(u".ini", Qt::CaseInsensitive) && !file.endsWith(u".json", Qt::CaseInsensitive)) {
        return readListFile(file, replyProtocol(arguments), transportOf(arguments));
    }
    const auto imported = importPacketSender(file);
    if (!imported) {
        ListFile out;
        out.failure = imported.error();
        return out;
    }
    if (!imported->note.isEmpty()) {
        complain(imported->note);
    }
    return readListText(sendListText(imported->list), file, replyProtocol(arguments), transportOf(arguments));
}

/// What the list says itself, or what makes no sense with several messages.
Taken withoutOthers(const CLI::App& command)
{
    for (const char* const option : { "ACTION VALUE", "--every", "--repeat", "--until", "--expect", "--escapes",
             "--macros", "--hex", "--text", "--file", "--append-checksum", "--until-close", "--half-close" }) {
        if (isGiven(command, option)) {
            return tl::unexpected(
                tr("%1 cannot be given with --list: the file says what is sent, how often, and what is expected.")
                    .arg(QLatin1StringView(option)));
        }
    }
    return {};
}

} // namespace

void addSendList(CLI::App& command, OptionWords& words)
{
    command
        .add_option("--list", words.sendList,
            "Send the messages of a send list, one after the other on one connection; exit status 3 if a reply is not "
            "what the list expects. How it is written: sockeye-sending(7). Also Packet Sender's packets.ini, and its "
            "export "
            "as .json")
        ->type_name("FILE.toml");
}

Taken takeSendList(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (auto taken = withoutOthers(command); !taken) {
        return taken;
    }
    const QString file = fromUtf8(words.sendList);
    ListFile read = readFor(arguments, file);
    if (read.prepared && !arguments.protocol && arguments.command == Command::Raw) {
        // As with one message: what is recognized as one is answered with one.
        const auto first = read.prepared->messages.front().make(EventRow(), *replyProtocol(arguments), {});
        arguments.bytes = first.value_or(QByteArray());
        read = readListText(read.text, file, replyProtocol(arguments), transportOf(arguments)); // a pipe has it once
    }
    if (auto taken = takeMistakes(read.sentences(file), read.mistakes, read.text, read.prepared != nullptr); !taken) {
        return taken;
    }
    arguments.list = read.prepared;
    arguments.persistent = true;
    return {};
}

} // namespace sockeye::cli
