// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/exchange_run.h"
#include "app/cli/exchange_status.h"
#include "app/cli/recording.h"
#include "app/cli/reply_tap.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
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

void printResult(Output& output, PrintMode mode, const ExchangeRun& run, const ReplyValue& result)
{
    const Exchange& exchange = run.last;
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine json(line, "result");
        json.boolean("ok", exchange.ok());
        if (exchange.ok()) {
            json.json("result", result.json);
        } else {
            json.string("code", codeName(exchange.failure.code)).string("text", exchange.failure.oneLine());
        }
        json.time("seconds", duration(exchange));
        addRepeated(json, run);
        json.end();
    } else if (mode == PrintMode::Text) {
        line = exchange.ok() ? visibleText(result.text).toUtf8() + '\n' : QByteArray();
        line += repeatedText(run);
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
    const ProtocolPtr replies = spokenBy(replyProtocol(arguments), Sender::Server);
    const auto tap = std::make_shared<ReplyTap>(arguments);
    Recording recording(arguments, printing, QString(u"Client of " + placeText(arguments.host, arguments.port)), tap);
    if (!recording.fileIsGood() || !tap->open()) {
        return Failed;
    }
    const ExchangeRun run = runExchange(recording.capture(), arguments, chosen, arguments.bytes);
    const Exchange& exchange = run.last;
    const bool recorded = recording.finish();
    const bool written = tap->finish();
    const ReplyValue result =
        exchange.ok() ? replies->replyValue(exchange.replyFrame, exchange.reply, arguments.limits()) : ReplyValue();
    printResult(recording.output(), arguments.print, run, result);
    if (const auto status = statusOf(run, arguments)) {
        return *status;
    }
    if (arguments.expect && !result.text.contains(*arguments.expect)) {
        complain(tr("The reply came, but \"%1\" is not in it: \"%2\".")
                     .arg(*arguments.expect, visibleText(result.text.left(200))));
        return Unexpected;
    }
    return recorded && written ? Done : Failed;
}

} // namespace sockeye::cli
