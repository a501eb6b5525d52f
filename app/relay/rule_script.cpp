// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/rule_script.h"

#include "app/channel/recorder.h"
#include "app/lines/json_line.h"
#include "app/relay/relay_script.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString ruleScriptText(const char* text)
{
    return QCoreApplication::translate("sockeye::RuleScript", text);
}

/// What became of the message; empty where it passes as it came.
QString whatItDid(const rules::Verdict& verdict, qint64 size)
{
    QStringList done;
    if (verdict.reply) {
        done.append(
            ruleScriptText("answered it with %1 in the other side's place").arg(byteCount(verdict.reply->size())));
    } else if (verdict.replace) {
        done.append(ruleScriptText("replaced its %1 by %2").arg(byteCount(size), byteCount(verdict.replace->size())));
    } else if (verdict.drop) {
        done.append(ruleScriptText("dropped it"));
    }
    if (verdict.delay.count() > 0) {
        done.append(ruleScriptText("delayed it by %1 ms").arg(static_cast<double>(verdict.delay.count()) / 1000.0));
    }
    if (!verdict.fault.isEmpty()) {
        done.append(ruleScriptText("struck it with %1").arg(verdict.fault));
    }
    if (verdict.after != After::Keep) {
        done.append(
            verdict.after == After::Reset ? ruleScriptText("reset both sides") : ruleScriptText("closed both sides"));
    }
    return done.join(ruleScriptText(", "));
}

} // namespace

void recordVerdict(Recorder& recorder, quint32 connection, Direction direction, qint64 offset, qint64 size,
    const rules::Verdict& verdict)
{
    recorder.met(connection, direction, offset, verdict.title);
    if (!verdict.fault.isEmpty() && verdict.trouble.isEmpty()) {
        recorder.struck(connection, direction, offset, size, verdict.fault.section(u':', 0, 0));
    }
    if (!verdict.trouble.isEmpty()) {
        recorder.error(connection, QLatin1StringView("bad-rule"), verdict.trouble);
    }
    const QString did = whatItDid(verdict, size);
    if (did.isEmpty()) {
        return;
    }
    QByteArray line;
    JsonLine json(line, "rule");
    json.time("time", captureNow())
        .integer("connection", connection)
        .string("direction", direction == Direction::In ? QByteArrayView("in") : QByteArrayView("out"))
        .string("rule", verdict.title)
        .integer("offset", offset)
        .integer("size", size);
    if (verdict.reply) {
        json.hex("reply_hex", *verdict.reply);
    }
    if (verdict.replace) {
        json.hex("replace_hex", *verdict.replace);
    }
    json.string("text", did).end();
    QString text = ruleScriptText("Rule \"%1\" has met the message at byte %2 and %3.")
                       .arg(verdict.title, groupedDigits(offset), did);
    if (verdict.reply || verdict.replace) {
        text += u' ' + sentInPlaceText(verdict.reply ? *verdict.reply : *verdict.replace, verdict.reply.has_value());
    }
    recorder.told(connection, text, line);
}

} // namespace sockeye
