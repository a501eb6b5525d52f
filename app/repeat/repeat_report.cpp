// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/repeat_report.h"

#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>
#include <utility>

namespace sockeye {

namespace {

QString repeatText(const char* text, int count = -1)
{
    return QCoreApplication::translate("sockeye::RepeatReport", text, nullptr, count);
}

} // namespace

void RepeatReport::add(const Exchange& exchange)
{
    if (exchange.sent >= 0) {
        ++m_sent;
        const qint64 sentAt = exchange.startedAt + exchange.sent;
        if (const qint64 before = std::exchange(m_lastSentAt, sentAt); before >= 0) {
            m_intervals.add(sentAt - before);
        }
    }
    if (exchange.failure) {
        if (exchange.failure.code != FailureCode::Other) { // which is: given up
            ++m_failures;
            m_lastFailure = exchange.failure;
        }
        return;
    }
    if (exchange.whole >= 0) {
        ++m_replies;
        m_latencies.add(exchange.whole - std::max<qint64>(exchange.sent, 0));
    }
}

QString describeCounts(const RepeatReport& report)
{
    const auto sent = static_cast<int>(std::min<qint64>(report.sent(), std::numeric_limits<int>::max()));
    QString text = repeatText("Sent %n time(s): %1 answered, %2 failed.", sent)
                       .arg(groupedDigits(report.replies()), groupedDigits(report.failures()));
    if (report.lastFailure()) {
        text += u' ' + repeatText("The last failure: %1").arg(report.lastFailure().oneLine());
    }
    return text;
}

QString describeSpreads(const RepeatReport& report)
{
    QStringList sentences;
    const auto spread = [](const char* text, const LatencyHistogram& times) {
        return repeatText(text).arg(
            latencyText(times.percentile(0.5)), latencyText(times.percentile(0.99)), latencyText(times.max()));
    };
    if (report.intervals().count() > 0) {
        sentences += spread("From one to the next: %1 at the median, 99 % within %2, at most %3.", report.intervals());
    }
    if (report.replies() > 0) {
        sentences += spread("From request to reply: %1 at the median, 99 % within %2, at most %3.", report.latencies());
    }
    return sentences.join(u' ');
}

QString describe(const RepeatReport& report)
{
    return QString(describeCounts(report) + u' ' + describeSpreads(report)).trimmed();
}

} // namespace sockeye
