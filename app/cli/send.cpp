// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/exchange_run.h"
#include "app/cli/recording.h"
#include "app/cli/reply_tap.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/visible_text.h"

#include <algorithm>

namespace sockeye::cli {

namespace {

/// How long the exchange took, as far as it came: nanoseconds.
qint64 duration(const Exchange& exchange)
{
    return std::max({ qint64(0), exchange.whole, exchange.firstByte, exchange.sent, exchange.connected });
}

void printResult(Output& output, PrintMode mode, const Exchange& exchange, const ReplyValue& result)
{
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine json(line, "result");
        json.boolean("ok", exchange.ok());
        if (exchange.ok()) {
            json.json("result", result.json);
        } else {
            json.string("code", codeName(exchange.failure.code)).string("text", exchange.failure.oneLine());
        }
        json.time("seconds", duration(exchange)).end();
    } else if (mode == PrintMode::Text && exchange.ok()) {
        line = visibleText(result.text).toUtf8() + '\n';
    }
    output.write(line);
    output.flush();
}

} // namespace

int send(const Arguments& arguments)
{
    PrinterOptions printing;
    printing.limits = arguments.limits();
    const ProtocolPtr& chosen = arguments.protocol ? arguments.protocol : defaultProtocol();
    printing.protocol = chosen;
    const ProtocolPtr replies = spokenBy(arguments.udp ? protocolForDatagrams(chosen) : chosen, Sender::Server);
    const auto tap = std::make_shared<ReplyTap>(arguments);
    Recording recording(arguments, printing,
        QString(u"Client of " + arguments.host + u" port " + QString::number(arguments.port)), tap);
    if (!recording.fileIsGood() || !tap->open()) {
        return Failed;
    }
    const QByteArray request = arguments.bytes.isEmpty()
        ? encodeRequest(arguments.action, arguments.value, arguments.byteOrder)
        : arguments.bytes;
    const Exchange exchange = runExchange(recording.capture(), clientOptions(arguments, chosen),
        sendPlan(arguments, request), arguments.linger.has_value());
    const bool recorded = recording.finish();
    const bool written = tap->finish();
    const ReplyValue result =
        exchange.ok() ? replies->replyValue(exchange.replyFrame, exchange.reply, arguments.limits()) : ReplyValue();
    printResult(recording.output(), arguments.print, exchange, result);
    if (!exchange.ok()) {
        if (!Output::hasFailed()) { // which has cancelled the exchange, and said why
            complain(exchange.failure.oneLine());
        }
        return Failed;
    }
    if (arguments.expect && !result.text.contains(*arguments.expect)) {
        complain(tr("The reply came, but \"%1\" is not in it: \"%2\".")
                     .arg(*arguments.expect, visibleText(result.text.left(200))));
        return Unexpected;
    }
    return recorded && written ? Done : Failed;
}

} // namespace sockeye::cli
