// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/exchange_run.h"
#include "app/cli/recording.h"
#include "app/cli/reply_tap.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

namespace sockeye::cli {

namespace {

void printReply(Output& output, PrintMode mode, const Exchange& exchange)
{
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine json(line, "result");
        json.boolean("ok", exchange.ok()).integer("size", exchange.replySize).hex("hex", exchange.reply);
        if (!exchange.ok()) {
            json.string("code", codeName(exchange.failure.code)).string("text", exchange.failure.oneLine());
        }
        json.end();
    } else if (mode == PrintMode::Text && exchange.ok()) {
        line = visibleText(exchange.reply).toUtf8() + '\n';
    }
    output.write(line);
    output.flush();
}

} // namespace

int raw(const Arguments& arguments)
{
    PrinterOptions printing;
    printing.limits = arguments.limits();
    printing.protocol = arguments.protocol ? arguments.protocol : defaultProtocol();
    printing.tolerant = true;
    // What is recognized as a message is answered with one; else as much comes back as was sent.
    ProtocolPtr replies = arguments.protocol ? arguments.protocol
        : arguments.untilClose               ? plainProtocol()
                                             : protocolOf(arguments.bytes, arguments.limits());
    if (!replies) {
        replies = plainProtocol();
    }
    if (arguments.udp && !arguments.protocol) {
        replies = protocolForDatagrams(replies);
    }

    const auto tap = std::make_shared<ReplyTap>(arguments);
    Recording recording(arguments, printing,
        QString(u"Client of " + arguments.host + u" port " + QString::number(arguments.port)), tap);
    if (!recording.fileIsGood() || !tap->open()) {
        return Failed;
    }
    const Exchange exchange = runExchange(recording.capture(), clientOptions(arguments, replies),
        sendPlan(arguments, arguments.bytes), arguments.linger.has_value());
    const bool recorded = recording.finish();
    const bool written = tap->finish();
    printReply(recording.output(), arguments.print, exchange);
    if (!exchange.ok()) {
        if (!Output::hasFailed()) { // which has cancelled the exchange, and said why
            complain(exchange.failure.oneLine());
        }
        return Failed;
    }
    if (!tap->hasFound()) {
        complain(
            tr("A reply of %1 came, but \"%2\" is not in it.").arg(byteCount(exchange.replySize), *arguments.expect));
        return Unexpected;
    }
    return recorded && written ? Done : Failed;
}

} // namespace sockeye::cli
