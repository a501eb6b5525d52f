// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/where_option.h"

#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/filtering/event_fields.h"

namespace sockeye::cli {

tl::expected<filter::Filter, UsageError> whereFilter(const QString& text, const Protocol& protocol, QStringView option)
{
    const QString place = option + u": ";
    auto filter = filter::Filter::compile(text, eventSchema(protocol));
    if (!filter) {
        return tl::unexpected(UsageError(place + filter.error().text, withCaret(filter.error(), text)));
    }
    for (const filter::Mistake& remark : filter->remarks()) {
        complain(place + remark.text, withCaret(remark, text));
    }
    return *std::move(filter);
}

QString whereHelp()
{
    return tr("FILTER of --where: tests joined by && (and), || (or), ! (not) and parentheses.\n"
              "  tests    FIELD (is there), == != < <= > >=, contains, ~ r\"regex\" (matches), in {1, 3, 10..20}\n"
              "  fields   conn dir time size offset kind number peer peer.port local local.port transport endpoint\n"
              "           bytes content text reads writes glued latency gap error tls, fault rule (of relays),\n"
              "           header.… json.… and the fields of the protocol\n"
              "  parts    json.items[0].id, json.items[*].id (any one), bytes[0:2] (two from the first)\n"
              "  values   7 0x1f -1.5 50ms 2s 10KiB \"text\" 00:67:ff 10.0.0.0/8 ::1 true false null in out\n"
              "  of them  len() lower() count() text() any() all()\n"
              "  kind     opened bytes message finished closed error note tls\n"
              "Examples:\n"
              "  dir == in && size > 1KiB               header.content-type contains \"json\"\n"
              "  kind == \"message\" && latency > 50ms    bytes[0:2] == 00:67 and not glued\n"
              "  peer in {127.0.0.0/8, ::1}             all(json.items[*].id) > 0 && count(json.items) in {1..10}");
}

} // namespace sockeye::cli
