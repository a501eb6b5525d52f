// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/list_step.h"

#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString stepText(const char* text)
{
    return QCoreApplication::translate("sockeye::ListStep", text);
}

} // namespace

ListStep stepOf(const ListPlan& plan, const Exchange& exchange)
{
    ListStep step;
    step.message = plan.messageOf(exchange.number);
    step.round = plan.roundOf(exchange.number);
    if (exchange.whole >= 0) {
        step.latency = exchange.whole - std::max<qint64>(exchange.sent, 0);
    }
    const PreparedMessage& message = plan.list->messages[static_cast<std::size_t>(step.message)];
    if (!exchange.ok()) {
        step.outcome =
            exchange.failure.code == FailureCode::Other ? ListStep::Outcome::GivenUp : ListStep::Outcome::Failed;
        step.reason = exchange.failure.oneLine();
    } else if (!exchange.objection.isNull()) {
        step.outcome = ListStep::Outcome::Unmet;
        step.reason = exchange.objection;
    } else {
        step.outcome = !message.reply    ? ListStep::Outcome::Sent
            : message.expectsSomething() ? ListStep::Outcome::Met
                                         : ListStep::Outcome::Replied;
    }
    return step;
}

QLatin1StringView outcomeName(ListStep::Outcome outcome)
{
    switch (outcome) {
    case ListStep::Outcome::Sent:
        return QLatin1StringView("sent");
    case ListStep::Outcome::Replied:
        return QLatin1StringView("replied");
    case ListStep::Outcome::Met:
        return QLatin1StringView("met");
    case ListStep::Outcome::Unmet:
        return QLatin1StringView("unmet");
    case ListStep::Outcome::Failed:
        return QLatin1StringView("failed");
    case ListStep::Outcome::GivenUp:
        return QLatin1StringView("given-up");
    }
    return {};
}

QString describe(const ListStep& step, const Exchange& exchange)
{
    if (!step.isGood()) {
        return step.reason;
    }
    const QString sent = byteCount(exchange.requestSize);
    const QString came = byteCount(exchange.replySize);
    const QString latency = step.latency >= 0 ? latencyText(step.latency) : QString();
    switch (step.outcome) {
    case ListStep::Outcome::Met:
        return latency.isEmpty() ? stepText("Sent %1; a reply of %2, as expected.").arg(sent, came)
                                 : stepText("Sent %1; a reply of %2 after %3, as expected.").arg(sent, came, latency);
    case ListStep::Outcome::Replied:
        return latency.isEmpty() ? stepText("Sent %1; a reply of %2.").arg(sent, came)
                                 : stepText("Sent %1; a reply of %2 after %3.").arg(sent, came, latency);
    default:
        return stepText("Sent %1.").arg(sent);
    }
}

} // namespace sockeye
