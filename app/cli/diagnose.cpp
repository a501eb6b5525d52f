// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/diagnose/diagnosis.h"
#include "app/diagnose/diagnosis_report.h"
#include "app/events/event.h"
#include "app/lines/json_line.h"
#include "app/platform/stop_signals.h"
#include "protocol/text/visible_text.h"

#include <QEventLoop>

namespace sockeye::cli {

namespace {

QByteArray quoted(const QList<QHostAddress>& addresses)
{
    QByteArray json("[");
    for (const QHostAddress& address : addresses) {
        json += (json.size() > 1 ? ",\"" : "\"") + address.toString().toLatin1() + '"';
    }
    return json + ']';
}

/// {"event":"step", …}: one line when a step has ended.
QByteArray jsonLine(const DiagnosisStep& step)
{
    QByteArray line;
    JsonLine json(line, "step");
    json.time("time", step.startedAt).string("step", kindName(step.kind)).string("subject", step.subject);
    json.string("state", stateName(step.state)).string("code", codeName(step.code)).string("text", step.text);
    if (step.kind == DiagnosisStep::Kind::Resolve) {
        json.json("addresses", quoted(step.addresses));
    }
    json.time("seconds", step.took).end();
    return line;
}

/// {"event":"verdict", …}: the last line.
QByteArray jsonLine(const Diagnosis& diagnosis)
{
    const Failure& text = diagnosis.verdict().text;
    QByteArray line;
    JsonLine json(line, "verdict");
    json.time("time", captureNow()).boolean("ok", diagnosis.verdict().connected());
    if (diagnosis.verdict().connected()) {
        json.string("code", QLatin1StringView("connected"));
    } else {
        json.string("code", codeName(text.code));
    }
    json.string("what", text.what).string("meaning", text.meaning).string("advice", text.advice);
    json.time("seconds", diagnosis.took()).end();
    return line;
}

} // namespace

int diagnose(const Arguments& arguments)
{
    Output output(&StopSignals::ask);
    StopSignals stopSignals;
    Diagnosis diagnosis;
    QEventLoop loop;
    bool stopped = false;
    QObject::connect(&diagnosis, &Diagnosis::stepEnded, &loop, [&](qsizetype at) {
        const DiagnosisStep& step = diagnosis.steps()[at];
        if (arguments.print == PrintMode::Json) {
            output.write(jsonLine(step));
        } else if (arguments.print == PrintMode::Text) {
            output.write(QByteArray(visibleText(reportLine(step)).toUtf8() + '\n'));
        }
        output.flush();
    });
    QObject::connect(&diagnosis, &Diagnosis::finished, &loop, &QEventLoop::quit);
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &loop, [&] {
        stopped = true;
        loop.quit();
    });
    Diagnosis::Target target { arguments.host, arguments.port, arguments.family, {} };
    target.tls = arguments.tlsClient.on;
    target.timeout = arguments.timeout.value_or(Diagnosis::Target().timeout);
    diagnosis.start(target);
    loop.exec();
    if (stopped) {
        diagnosis.cancel();
        if (!Output::hasFailed()) { // which has stopped it, and said why
            complain(tr("Stopped before there was a verdict."));
        }
        return Failed;
    }
    const Failure& verdict = diagnosis.verdict().text;
    if (arguments.print == PrintMode::Json) {
        output.write(jsonLine(diagnosis));
    }
    if (!diagnosis.verdict().connected()) {
        output.flush();
        complain(verdict.oneLine());
        return Failed;
    }
    if (arguments.print == PrintMode::Text) {
        output.write(QByteArray(visibleText(verdict.oneLine()).toUtf8() + '\n'));
    }
    return Done;
}

} // namespace sockeye::cli
