// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/load_text.h"
#include "app/cli/terminal/tr.h"
#include "app/words/latency_text.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <vector>

namespace sockeye::cli {

namespace {

constexpr int barWidth = 40; // characters
constexpr double fewest = 0.0005; // a bar of a smaller share is drawn only between larger ones

/// What one line of the histogram holds: times up to `upTo`.
struct Bar {
    qint64 upTo = 0; ///< nanoseconds
    double share = 0;
};

/// Edges at 1, 2 and 5 of each power of ten, from the first that holds any to the last.
std::vector<Bar> barsOf(const LatencyHistogram& latencies)
{
    std::vector<Bar> bars;
    for (qint64 power = 1'000; power < LatencyHistogram::longest; power *= 10) {
        for (const qint64 factor : { 1, 2, 5 }) {
            bars.push_back({ power * factor, 0 });
        }
    }
    const auto all = static_cast<double>(latencies.count());
    latencies.forEach([&](qint64 low, qint64 high, quint64 times) {
        const qint64 middle = low + (high - low) / 2;
        const auto bar = std::find_if(bars.begin(), bars.end(), [&](const Bar& each) { return middle <= each.upTo; });
        (bar == bars.end() ? bars.back() : *bar).share += static_cast<double>(times) / all;
    });
    const auto counts = [](const Bar& bar) { return bar.share >= fewest; };
    bars.erase(std::find_if(bars.rbegin(), bars.rend(), counts).base(), bars.end());
    bars.erase(bars.begin(), std::find_if(bars.begin(), bars.end(), counts));
    return bars;
}

QString histogramText(const LatencyHistogram& latencies)
{
    QString text;
    const std::vector<Bar> bars = barsOf(latencies);
    double most = 0;
    for (const Bar& bar : bars) {
        most = std::max(most, bar.share);
    }
    for (const Bar& bar : bars) {
        const int width = static_cast<int>(std::ceil(bar.share / most * barWidth));
        text += QString(u"  ≤ " + latencyMarkText(bar.upTo).rightJustified(7) + u"  "
            + QString::number(bar.share * 100, 'f', 1).rightJustified(5) + u" %  " + QString(width, u'█') + u'\n');
    }
    return text;
}

QString headline(const LoadReport& report)
{
    QString shape = tr("mode %1, %2 connections")
                        .arg(QString(loadModeName(report.plan.mode)), groupedDigits(report.plan.connections));
    if (report.plan.outstanding() > 1) {
        shape += tr(" × %1 outstanding").arg(report.plan.outstanding());
    }
    if (report.plan.isOpenLoop()) {
        shape += tr(", %1 requests a second asked for").arg(groupedDigits(std::llround(report.plan.rate)));
    }
    return QString(report.serverName() + u", " + shape + u'\n'
        + tr("%1 requests in %2 s: %3 a second, %4 errors\n")
              .arg(groupedDigits(report.requests()), QString::number(report.seconds(), 'f', 2),
                  groupedDigits(std::llround(report.requestsPerSecond())), groupedDigits(report.errorCount())));
}

QString percentilesText(const LatencyHistogram& latencies)
{
    QString names = tr("Latency").leftJustified(10);
    QString values = QString().leftJustified(10);
    for (const double share : loadPercentiles) {
        names += percentileName(share).rightJustified(10);
        values += latencyText(latencies.percentile(share)).rightJustified(10);
    }
    names += tr("longest").rightJustified(10);
    values += latencyText(latencies.max()).rightJustified(10);
    return QString(names + u'\n' + values + u'\n');
}

QString errorsText(const LoadReport& report)
{
    QString text;
    for (std::size_t i = 0; i < loadErrorCount; ++i) {
        if (report.errors[i] > 0) {
            text += QString(
                u"  " + groupedDigits(report.errors[i]) + u"  " + loadErrorText(static_cast<LoadError>(i)) + u'\n');
        }
    }
    if (const auto& wrong = report.firstWrong) {
        const auto byteAt = [&wrong](const QByteArray& bytes) {
            return wrong->difference < bytes.size()
                ? describeByte(static_cast<uchar>(bytes[static_cast<qsizetype>(wrong->difference)]))
                : tr("the end");
        };
        text += tr("First wrong reply: to “%1”, at offset %2 there is %3 instead of %4 (--print json has all of "
                   "its bytes)\n")
                    .arg(visibleText(report.plan.mix.value(wrong->request).name), groupedDigits(wrong->difference),
                        byteAt(wrong->received), byteAt(wrong->expected));
    }
    return text.isEmpty() ? text : QString(tr("Errors\n") + text + u'\n');
}

} // namespace

QByteArray loadText(const LoadReport& report)
{
    QString text = QString(headline(report) + u'\n');
    if (report.requests() > 0) {
        text += QString(percentilesText(report.latencies) + u'\n' + histogramText(report.latencies) + u'\n');
    }
    if (const QString transport = transportText(report); !transport.isEmpty()) {
        text += QString(transport + u"\n\n");
    }
    text += errorsText(report);
    text += QString(costText(report) + u'\n' + verdictText(report) + u'\n');
    return text.toUtf8();
}

QByteArray comparisonText(const LoadFigures& before, const LoadFigures& after)
{
    QString text = QString(u'\n' + QString().leftJustified(20) + tr("before").rightJustified(24)
        + tr("now").rightJustified(24) + tr("change").rightJustified(10) + u'\n');
    for (const ComparedFigure& line : compared(before, after)) {
        text += QString(visibleText(line.name).leftJustified(20) + visibleText(line.before).rightJustified(24)
            + visibleText(line.after).rightJustified(24));
        text += QString((line.change.isEmpty() ? QString() : line.change.rightJustified(10)) + u'\n');
    }
    return text.toUtf8();
}

QByteArray loadProgressText(const LoadReport& report)
{
    return tr("%1 s   %2 requests a second   p50 %3   p99 %4   %5 errors")
        .arg(QString::number(report.seconds(), 'f', 1), groupedDigits(std::llround(report.requestsPerSecond())),
            latencyText(report.latencies.percentile(0.5)), latencyText(report.latencies.percentile(0.99)),
            groupedDigits(report.errorCount()))
        .toUtf8();
}

} // namespace sockeye::cli
