// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"

#include "app/cli/arguments/hex_option.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/arguments/tls_arguments.h"
#include "app/cli/arguments/typing_arguments.h"
#include "app/cli/arguments/where_option.h"
#include "app/cli/terminal/tr.h"
#include "app/endpoint/many_connections.h"
#include "app/repeat/macro_moment.h"
#include "app/storage/input_bytes.h"
#include "protocol/composer/request_draft.h"
#include "protocol/content/text_codec.h"
#include "protocol/protocols/app/message.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace sockeye::cli {

namespace {

constexpr double longestPause = 24 * 3600 * 1000; ///< milliseconds
constexpr long long mostRepeats = 1'000'000'000;

void addSending(CLI::App& command, OptionWords& words, Arguments& arguments)
{
    command.add_flag("--persistent", arguments.persistent, "Keep the connection until the reply has come");
    addUdp(command, arguments, "One datagram over UDP, or one for each piece");
    addLinger(command, words);
    addClientTls(command, words.tls);
    command
        .add_option("--timeout", words.timeout, "Seconds to wait for the connection, and for the reply; 0: for ever")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    command.add_option("--chunks", words.chunks, "Hand the bytes over in pieces of these sizes; the last size repeats")
        ->delimiter(',')
        ->check(CLI::Range(1LL, biggestSize))
        ->type_name("N,N,…");
    command.add_option("--pause", words.pause, "Milliseconds between the pieces")
        ->check(CLI::Range(0, 3'600'000))
        ->type_name("MS");
    command.add_option("--expect", words.expect, "Exit status 3 if this is not in the reply")->type_name("TEXT");
    addTyping(command, words, arguments);
    command.add_flag("--until-close", arguments.untilClose, "The reply ends when the server closes the connection");
    command.add_option("--reply-to", words.replyTo, "Write the bytes that come back to a file; - is standard output")
        ->type_name("FILE");
    command
        .add_option("--every", words.every,
            "Send it again and again: milliseconds from one request to the next. A reply that takes longer delays the "
            "next one; 0: as soon as the reply is there. 1000 if only --repeat or --until are given")
        ->check(numberWithin(0.0, longestPause))
        ->type_name("MS");
    command.add_option("--repeat", words.repeat, "How many times; 0, or not given: until stopped, by Ctrl+C")
        ->check(CLI::Range(0LL, mostRepeats))
        ->type_name("N");
    command.add_option("--until", words.until, "Send it again until a reply matches; exit status 3 if none does")
        ->type_name("FILTER");
    addSendList(command, words);
    addOwnEnd(command, words.socket);
    addSocketOptions(command, words.socket);
    addGroups(command, words.socket);
    addProxy(command, words.socket);
}

Taken takeRepeat(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (!isGiven(command, "--every") && !isGiven(command, "--repeat") && !isGiven(command, "--until")) {
        return {};
    }
    RepeatArguments& repeat = arguments.repeat.emplace();
    repeat.every = std::chrono::nanoseconds(std::llround(words.every * 1e6));
    repeat.count = words.repeat;
    if (isGiven(command, "--until")) {
        auto until =
            whereFilter(fromUtf8(words.until), *spokenBy(replyProtocol(arguments), Sender::Server), u"--until");
        if (!until) {
            return tl::unexpected(until.error());
        }
        repeat.until = *std::move(until);
    }
    return {};
}

/// Sets what is sent: by `make` if it differs each time, else once.
void setBytes(Arguments& arguments, bool differs, const std::function<QByteArray(const MacroMoment&)>& make)
{
    const auto whole = [make, checksum = arguments.checksum](const MacroMoment& moment) {
        const QByteArray bytes = make(moment);
        return QByteArray(bytes + checksum.of(bytes)); // not a builder of what is gone by then
    };
    arguments.bytes = whole(macroMoment(0));
    if (differs) {
        arguments.made = whole;
    }
}

Taken takeBytes(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (command.count("--text") + command.count("--hex") + command.count("--file") == 0) {
        return tl::unexpected(tr("What is to be sent? Exactly one of --hex, --text, --file and --list is required."));
    }
    if (command.count("--text") > 0) {
        const auto typed = typedText(fromUtf8(words.text), u"--text", arguments,
            arguments.encoding.isEmpty() ? QByteArray("UTF-8") : arguments.encoding);
        if (!typed) {
            return tl::unexpected(typed.error());
        }
        setBytes(arguments, typed->hasMacros(), [text = *typed](const MacroMoment& now) { return text.bytes(now); });
        return {};
    }
    const auto bytes = command.count("--hex") > 0
        ? bytesOfHexOption(fromUtf8(words.hex))
        : inputBytes(fromUtf8(words.input)).map_error([](const QString& why) { return UsageError(why); });
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    setBytes(arguments, false, [bytes](const MacroMoment&) { return *bytes; });
    return {};
}

/// Whether an action of the arithmetic service can be asked for that value; all others take any.
bool isTakenBy(const QString& action, const QString& value)
{
    bool isNumber = true;
    if (action == u"double" || action == u"negate") {
        static_cast<void>(value.toInt(&isNumber));
    }
    return isNumber;
}

/// A value as text: escapes that are bytes have to be UTF-8 together.
QString valueOf(const TypedText& typed, const MacroMoment& now)
{
    return QString::fromUtf8(typed.bytes(now));
}

tl::expected<TypedText, UsageError> typedValue(const QString& text, const Arguments& arguments)
{
    auto typed = typedText(text, u"VALUE", arguments, "UTF-8");
    if (typed && !typed->bytes().isValidUtf8()) {
        return tl::unexpected(
            tr("VALUE: a value is text, and these bytes are no UTF-8. Any bytes can be sent with raw."));
    }
    return typed;
}

/// path=value …
Taken takeFields(const std::vector<std::string>& given, Arguments& arguments)
{
    QList<std::pair<QByteArray, TypedText>> fields;
    bool differs = false;
    for (const std::string& word : given) {
        const QString field = fromUtf8(word);
        const qsizetype equals = field.indexOf(u'=');
        if (equals <= 0) {
            return tl::unexpected(
                tr("“%1” sets no field: expected path=value, like header.id=7.").arg(field.left(100)));
        }
        const auto typed = typedValue(field.sliced(equals + 1), arguments);
        if (!typed) {
            return tl::unexpected(typed.error());
        }
        differs = differs || typed->hasMacros();
        fields.append({ field.first(equals).trimmed().toUtf8(), *typed });
    }
    const auto build = [fields, protocol = spokenBy(arguments.protocol, Sender::Client)](const MacroMoment& now) {
        QList<FieldValue> values;
        for (const auto& [path, typed] : fields) {
            values.append({ path, valueOf(typed, now) });
        }
        return protocol->build(values);
    };
    if (const auto bytes = build(macroMoment(0)); !bytes) {
        return tl::unexpected(UsageError(bytes.error()));
    }
    setBytes(arguments, differs, [build](const MacroMoment& now) { return build(now).value_or(QByteArray()); });
    return {};
}

/// A request of the application protocol whose content is in that encoding.
QByteArray encodedRequest(const QString& action, const QString& value, ByteOrder order, const QByteArray& encoding)
{
    if (encoding.isEmpty()) {
        return encodeRequest(action, value, order);
    }
    RequestDraft draft(order);
    draft.setForm(action, value);
    draft.setHeaderField("content-encoding", encoding);
    return draft.bytes();
}

/// What is to be sent: of the application protocol an action and its value, else fields.
Taken takeRequest(const std::vector<std::string>& given, Arguments& arguments)
{
    if (given.empty()) {
        return tl::unexpected(
            tr("What is to be sent? ACTION VALUE is required: send HOST PORT ACTION VALUE, or --list."));
    }
    if (arguments.protocol && arguments.protocol->requestShape() != RequestShape::Fields) {
        return takeFields(given, arguments);
    }
    if (given.size() != 2) {
        return tl::unexpected(given.size() < 2
                ? tr("VALUE is required: send HOST PORT ACTION VALUE.")
                : tr("There are too many arguments: send HOST PORT ACTION VALUE. A value with spaces "
                     "stands in quotes."));
    }
    arguments.action = fromUtf8(given.front());
    const auto typed = typedValue(fromUtf8(given.back()), arguments);
    if (!typed) {
        return tl::unexpected(typed.error());
    }
    arguments.value = valueOf(*typed, macroMoment(0));
    if (!isTakenBy(arguments.action, arguments.value)) {
        return tl::unexpected(tr("%1 takes a whole number from -2,147,483,648 to 2,147,483,647, and “%2” is none. Any "
                                 "other bytes can be sent with raw.")
                                  .arg(arguments.action, arguments.value));
    }
    if (!arguments.encoding.isEmpty() && !encodedText(arguments.encoding, arguments.value.toUtf8())) {
        return tl::unexpected(
            tr("VALUE: %1 has not all of its characters.").arg(QString::fromLatin1(arguments.encoding)));
    }
    setBytes(arguments, typed->hasMacros(),
        [typed = *typed, action = arguments.action, order = arguments.byteOrder, encoding = arguments.encoding](
            const MacroMoment& now) { return encodedRequest(action, valueOf(typed, now), order, encoding); });
    return {};
}

} // namespace

ProtocolPtr replyProtocol(const Arguments& arguments)
{
    ProtocolPtr protocol = arguments.protocol;
    if (!protocol && arguments.command == Command::Raw) {
        // What is recognized as a message is answered with one; else as much comes back as was sent.
        protocol = arguments.untilClose ? nullptr : protocolOf(arguments.bytes, arguments.limits());
        protocol = protocol ? protocol : plainProtocol();
    } else if (!protocol) {
        protocol = defaultProtocol();
    } else if (arguments.command == Command::Raw) {
        return protocol;
    }
    return arguments.udp ? protocolForDatagrams(protocol) : protocol;
}

void addSend(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("send", "Send one request and print the reply");
    addCommon(command, words);
    addByteOrder(command, words);
    addTarget(command, words);
    command
        .add_option("ACTION VALUE", words.request,
            "What is asked: search, double, negate or anything else, and of what. With --protocol: path=value …, the "
            "fields of the message")
        ->type_name("");
    addSending(command, words, arguments);
    addProtocol(command, words, "Whose message it is: a name, or the .ksy file of a description (default: app)");
}

void addRaw(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("raw", "Send any bytes and print what comes back");
    addCommon(command, words);
    addTarget(command, words);
    CLI::Option_group& what = *command.add_option_group("What to send");
    what.add_option("--hex", words.hex, "Bytes in hexadecimal")->type_name("HEX");
    what.add_option("--text", words.text, "Text, as UTF-8 or in --encoding")->type_name("TEXT");
    what.add_option("--file", words.input, "The bytes of a file; - is standard input")->type_name("F");
    what.require_option(0, 1);
    addSending(command, words, arguments);
    command.add_flag("--half-close", arguments.halfClose, "End our side of the connection once everything is sent");
    addProtocol(command, words, "When the reply is whole: after a message, a line, or as many bytes as were sent");
}

void addMulti(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("multi", "Open many connections, and close each when its bytes came back");
    addCommon(command, words);
    addTarget(command, words);
    command.add_option("CONNECTIONS", arguments.connections, "How many, at the same time")
        ->required()
        ->check(CLI::Range(1, ManyConnections::maxConnections));
    command.add_option("--message", words.messages, "What is sent on each; may be given again and again")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->capture_default_str();
    addClientTls(command, words.tls);
    command
        .add_option("--timeout", words.timeout, "Seconds to wait for a connection, and for its next byte; 0: for ever")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addOwnEnd(command, words.socket);
    addSocketOptions(command, words.socket);
    addProxy(command, words.socket);
}

Taken takeExchange(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (arguments.command == Command::Multi && arguments.connections > 1 && arguments.socket.bindTo.port != 0) {
        return tl::unexpected(
            tr("--bind: connections to one place cannot have the same port at the same time: give an address alone."));
    }
    const bool isList = !words.sendList.empty();
    if (arguments.command == Command::Send && !isList) {
        if (auto taken = takeRequest(words.request, arguments); !taken) {
            return taken;
        }
    }
    if (!arguments.encoding.isEmpty() && arguments.expect
        && !encodedText(arguments.encoding, arguments.expect->toUtf8())) {
        return tl::unexpected(tr("--expect: %1 has not all of its characters, so that no reply could have it.")
                                  .arg(QString::fromLatin1(arguments.encoding)));
    }
    arguments.replyTo = fromUtf8(words.replyTo);
    if (arguments.replyTo == u"-") {
        if (isGiven(command, "--print") && arguments.print != PrintMode::None) {
            return tl::unexpected(tr("--reply-to -: standard output is the reply's; --print would write there, too."));
        }
        arguments.print = PrintMode::None;
    }
    if (!arguments.replyTo.isEmpty() && isOneFile(arguments.replyTo, arguments.capture)) {
        return tl::unexpected(tr("--reply-to and --capture name the same file: one would write over the other."));
    }
    if (arguments.udp && arguments.untilClose) {
        return tl::unexpected(tr("--until-close: over UDP there is no connection that could be closed."));
    }
    if (arguments.udp && arguments.halfClose) {
        return tl::unexpected(tr("--half-close: UDP has no end of stream that could be sent."));
    }
    if (isList) {
        return takeSendList(command, words, arguments);
    }
    if (arguments.command == Command::Raw) {
        if (auto taken = takeBytes(command, words, arguments); !taken) {
            return taken;
        }
    }
    return takeRepeat(command, words, arguments);
}

} // namespace sockeye::cli
