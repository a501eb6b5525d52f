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
#include "protocol/content/text_codec.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

namespace sockeye::cli {

namespace {

QString textOf(QByteArrayView reply, const QByteArray& encoding)
{
    return encoding.isEmpty() ? visibleText(reply)
                              : visibleText(textFromUtf8(decodedText(encoding, reply).value_or(QByteArray())));
}

void printReply(Output& output, PrintMode mode, const ExchangeRun& run, const QByteArray& encoding)
{
    const Exchange& exchange = run.last;
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine json(line, "result");
        json.boolean("ok", exchange.ok()).integer("size", exchange.replySize).hex("hex", exchange.reply);
        if (!encoding.isEmpty()) {
            json.string("text", textFromUtf8(decodedText(encoding, exchange.reply).value_or(QByteArray())));
        }
        if (!exchange.ok()) {
            json.string("code", codeName(exchange.failure.code)).string("text", exchange.failure.oneLine());
        }
        addRepeated(json, run);
        json.end();
    } else if (mode == PrintMode::Text) {
        line = exchange.ok() ? textOf(exchange.reply, encoding).toUtf8() + '\n' : QByteArray();
        line += repeatedText(run);
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
    printing.tolerant = !arguments.protocol; // who names one wants to know what is wrong
    const auto tap = std::make_shared<ReplyTap>(arguments);
    Recording recording(arguments, printing, QString(u"Client of " + placeText(arguments.host, arguments.port)), tap);
    if (!recording.fileIsGood() || !tap->open()) {
        return Failed;
    }
    const ExchangeRun run = runExchange(recording.capture(), arguments, replyProtocol(arguments), arguments.bytes);
    const Exchange& exchange = run.last;
    const bool recorded = recording.finish();
    const bool written = tap->finish();
    printReply(recording.output(), arguments.print, run, arguments.encoding);
    if (const auto status = statusOf(run, arguments)) {
        return *status;
    }
    if (!tap->hasFound()) {
        complain(
            tr("A reply of %1 came, but \"%2\" is not in it.").arg(byteCount(exchange.replySize), *arguments.expect));
        return Unexpected;
    }
    return recorded && written ? Done : Failed;
}

} // namespace sockeye::cli
