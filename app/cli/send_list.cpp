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
#include "app/sendlist/list_step.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/visible_text.h"

#include <array>

namespace sockeye::cli {

namespace {

/// Prints what becomes of each message, behind what it led to, and counts.
class StepPrinter {
public:
    StepPrinter(Recording& recording, PrintMode mode, const ListPlan& plan)
        : m_recording(recording)
        , m_mode(mode)
        , m_plan(plan)
    {
    }

    void print(const Exchange& exchange)
    {
        const ListStep step = stepOf(m_plan, exchange);
        const QString& title = m_plan.list->messages[static_cast<std::size_t>(step.message)].title;
        ++m_counts.at(static_cast<std::size_t>(step.outcome));
        if (step.outcome == ListStep::Outcome::Unmet) {
            m_unmet = tr("\"%1\": %2").arg(title, step.reason);
        } else if (step.outcome == ListStep::Outcome::GivenUp) {
            m_givenUp = tr("\"%1\": %2").arg(title, step.reason);
        }
        if (m_mode == PrintMode::None) {
            return;
        }
        m_recording.capture()->waitUntilIdle();
        QByteArray line;
        if (m_mode == PrintMode::Json) {
            JsonLine json(line, "step");
            json.time("time", exchange.startedAt).integer("step", exchange.number + 1);
            json.integer("message", step.message + 1).integer("round", step.round + 1).string("name", title);
            json.boolean("ok", step.isGood()).string("outcome", outcomeName(step.outcome));
            json.integer("sent", exchange.sent >= 0 ? exchange.requestSize : 0).integer("size", exchange.replySize);
            if (step.latency >= 0) {
                json.time("latency", step.latency);
            }
            if (!exchange.ok()) {
                json.string("code", codeName(exchange.failure.code));
            }
            if (!step.isGood()) {
                json.string("text", step.reason);
            }
            json.end();
        } else {
            line =
                visibleText(tr("%1. %2: %3").arg(QString::number(exchange.number + 1), title, describe(step, exchange)))
                    .toUtf8()
                + '\n';
        }
        m_recording.output().write(line);
        m_recording.output().flush();
    }

    void printResult(const ExchangeRun& run)
    {
        QByteArray line;
        if (m_mode == PrintMode::Json) {
            JsonLine json(line, "result");
            json.boolean("ok", count(ListStep::Outcome::Failed) == 0 && m_unmet.isNull() && m_givenUp.isNull());
            json.integer("sent", run.report.sent());
            for (const auto outcome : { ListStep::Outcome::Replied, ListStep::Outcome::Met, ListStep::Outcome::Unmet,
                     ListStep::Outcome::Failed, ListStep::Outcome::GivenUp }) {
                json.integer(outcomeName(outcome), count(outcome));
            }
            addRepeated(json, run);
            json.end();
        } else if (m_mode == PrintMode::Text) {
            line = repeatedText(run);
        }
        m_recording.output().write(line);
        m_recording.output().flush();
    }

    [[nodiscard]] const QString& unmet() const { return m_unmet; } ///< the last one; null: there is none
    [[nodiscard]] const QString& givenUp() const { return m_givenUp; } ///< likewise

private:
    [[nodiscard]] qint64 count(ListStep::Outcome outcome) const
    {
        return m_counts.at(static_cast<std::size_t>(outcome));
    }

    Recording& m_recording;
    PrintMode m_mode;
    const ListPlan& m_plan;
    std::array<qint64, static_cast<std::size_t>(ListStep::Outcome::GivenUp) + 1> m_counts {};
    QString m_unmet;
    QString m_givenUp;
};

} // namespace

int sendList(const Arguments& arguments)
{
    PrinterOptions printing;
    printing.limits = arguments.limits();
    printing.protocol = arguments.protocol ? arguments.protocol : defaultProtocol();
    printing.tolerant = arguments.command == Command::Raw && !arguments.protocol;
    const auto tap = std::make_shared<ReplyTap>(arguments);
    Recording recording(arguments, printing,
        QString(u"Client of " + arguments.host + u" port " + QString::number(arguments.port)), tap);
    if (!recording.fileIsGood() || !tap->open()) {
        return Failed;
    }
    const ListPlan plan = allOf(arguments.list);
    StepPrinter steps(recording, arguments.print, plan);
    ExchangeRun run =
        runList(recording.capture(), arguments, plan, [&steps](const Exchange& exchange) { steps.print(exchange); });
    if (run.end == RepeatEnd::Matched) {
        run.end = RepeatEnd::Stopped; // by what was not expected; it waited for no match
    }
    const bool recorded = recording.finish();
    const bool written = tap->finish();
    steps.printResult(run);
    if (run.report.lastFailure()) {
        complain(run.report.lastFailure().oneLine());
        return Failed;
    }
    if (!steps.givenUp().isNull()) {
        complain(steps.givenUp());
        return Failed;
    }
    if (!steps.unmet().isNull()) {
        complain(steps.unmet());
        return Unexpected;
    }
    return recorded && written ? Done : Failed;
}

} // namespace sockeye::cli
