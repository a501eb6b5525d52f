// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_report.h"

#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr double busyShare = 0.9; // of a core
constexpr qint64 lateNanoseconds = 1'000'000; // a schedule that slips by more for one request in a hundred

QString loadReportText(const char* text)
{
    return QCoreApplication::translate("sockeye::LoadReport", text);
}

QString percent(double share)
{
    return QString(QString::number(share * 100, 'f', 0) + u" %");
}

} // namespace

void LoadReport::add(const LoadSlice& slice)
{
    latencies.merge(slice.latencies);
    for (std::size_t i = 0; i < loadErrorCount; ++i) {
        errors[i] += slice.errors[i];
    }
    if (slice.slips) {
        slips.merge(*slice.slips);
    }
    if (slice.handshakes) {
        handshakes.add(*slice.handshakes);
    }
    datagrams.add(slice.datagrams);
    timeline.add(slice);
    bytesOut += slice.bytesOut;
    bytesIn += slice.bytesIn;
    processorTime += slice.processorTime;
    if (slice.firstWrong && !firstWrong) {
        firstWrong = slice.firstWrong;
    }
    if (threadsEnded == 0) {
        nanoseconds = std::max(nanoseconds, (slice.index + 1) * LoadSlice::length);
    }
}

void LoadReport::add(const LoadEnd& end)
{
    if (threadsEnded++ == 0) {
        nanoseconds = 0; // from here on it is known exactly
        processorTime = 0;
    }
    nanoseconds = std::max(nanoseconds, end.nanoseconds);
    processorTime += end.processorTime;
    runDelay += end.runDelay;
    notSent += end.notSent;
    outstanding += end.outstanding;
    if (end.nanoseconds > 0) {
        busiest = std::max(busiest, static_cast<double>(end.processorTime) / static_cast<double>(end.nanoseconds));
    }
}

double LoadReport::requestsPerSecond() const
{
    return nanoseconds > 0 ? static_cast<double>(requests()) / seconds() : 0;
}

double LoadReport::processorTimePerRequest() const
{
    const qint64 all = requests() + errorCount() + datagrams.lost;
    return all > 0 ? static_cast<double>(processorTime) / static_cast<double>(all) : 0;
}

double LoadReport::coresUsed() const
{
    return nanoseconds > 0 ? static_cast<double>(processorTime) / static_cast<double>(nanoseconds) : 0;
}

QString LoadReport::serverName() const
{
    return peer.isNull() || plan.proxy ? placeText(plan.host, plan.port) : peer.placeText();
}

LoadLimit limitOf(const LoadReport& report)
{
    if (report.requests() == 0) {
        return LoadLimit::Nothing;
    }
    const auto happened = [&report](LoadError error) { return report.errors[static_cast<std::size_t>(error)] > 0; };
    if (happened(LoadError::NoPorts) || happened(LoadError::NoDescriptors) || happened(LoadError::NoMemory)) {
        return LoadLimit::Resources;
    }
    if (report.busiest > busyShare) {
        return LoadLimit::Generator;
    }
    const double time = static_cast<double>(report.nanoseconds) * report.threads;
    const double delay = static_cast<double>(report.runDelay) / time;
    if (delay > 1 - busyShare && static_cast<double>(report.processorTime) / time + delay > busyShare) {
        return LoadLimit::Machine;
    }
    if (report.plan.isOpenLoop()) {
        if (report.notSent > 0) {
            return LoadLimit::Connections;
        }
        if (report.slips.percentile(0.99) > lateNanoseconds) {
            return LoadLimit::Schedule;
        }
    }
    return LoadLimit::None;
}

QLatin1StringView loadLimitName(LoadLimit limit)
{
    switch (limit) {
    case LoadLimit::None:
        return QLatin1StringView("none");
    case LoadLimit::Nothing:
        return QLatin1StringView("no-reply");
    case LoadLimit::Resources:
        return QLatin1StringView("resources");
    case LoadLimit::Generator:
        return QLatin1StringView("generator");
    case LoadLimit::Machine:
        return QLatin1StringView("machine");
    case LoadLimit::Schedule:
        return QLatin1StringView("schedule");
    case LoadLimit::Connections:
        return QLatin1StringView("connections");
    }
    return QLatin1StringView("none");
}

QString verdictText(const LoadReport& report)
{
    switch (limitOf(report)) {
    case LoadLimit::Nothing:
        return loadReportText("There was no right reply, so there is nothing to measure.");
    case LoadLimit::Resources:
        return loadReportText(
            "This machine was the limit: it had no free port, or no file descriptor, to connect from. "
            "The server can do more.");
    case LoadLimit::Generator:
        return loadReportText("The generator was the limit: a thread of it was busy %1 of the time. The server can do "
                              "more. Take more threads, or generate the load on another machine.")
            .arg(percent(report.busiest));
    case LoadLimit::Machine:
        return loadReportText(
            "This machine was the limit: the generator's threads were ready to go on, but waited for a "
            "core %1 of the time. Generate the load on another machine than the server's.")
            .arg(percent(
                static_cast<double>(report.runDelay) / (static_cast<double>(report.nanoseconds) * report.threads)));
    case LoadLimit::Schedule:
        return loadReportText(
            "The generator was the limit: it sent late although connections were free, one request in a "
            "hundred by more than %1 ms. The latencies hold that, too.")
            .arg(QString::number(static_cast<double>(report.slips.percentile(0.99)) / 1e6, 'f', 1));
    case LoadLimit::Connections:
        return loadReportText("The server did not keep up with that rate on %1 connections: %2 requests were due and "
                              "never sent, because no connection was free. Their time is in no latency.")
            .arg(groupedDigits(report.plan.connections), groupedDigits(report.notSent));
    case LoadLimit::None:
        break;
    }
    if (report.plan.isOpenLoop()) {
        return loadReportText("The generator kept its schedule: what was measured is the server and the way to it.");
    }
    return loadReportText("The generator was not the limit: what was measured is the server and the way to it.");
}

QString transportText(const LoadReport& report)
{
    if (report.plan.transport == Transport::Udp) {
        const LoadDatagrams& datagrams = report.datagrams;
        const QString lost =
            loadReportText("Lost: %1 requests without a reply within %2. Replies that came late: %3, twice: %4, that "
                           "nothing had asked for: %5.")
                .arg(groupedDigits(datagrams.lost), latencyText(std::chrono::nanoseconds(report.plan.timeout).count()),
                    groupedDigits(datagrams.late), groupedDigits(datagrams.duplicate),
                    groupedDigits(datagrams.foreign));
        return report.outstanding == 0 ? lost
                                       : loadReportText("%1 Outstanding when it ended, neither answered nor lost: %2.")
                                             .arg(lost, groupedDigits(report.outstanding));
    }
    const LoadHandshakes& handshakes = report.handshakes;
    if (handshakes.count() == 0) {
        return {};
    }
    return loadReportText("TLS handshakes: %1, of them resumed: %2; half of them within %3, 99 % within %4 (%5).")
        .arg(groupedDigits(handshakes.count()), groupedDigits(handshakes.resumed),
            latencyText(handshakes.times.percentile(0.5)), latencyText(handshakes.times.percentile(0.99)),
            report.tls ? report.tls->version : QString());
}

QString costText(const LoadReport& report)
{
    const QString threads =
        report.threads == 1 ? loadReportText("1 thread") : loadReportText("%1 threads").arg(report.threads);
    return loadReportText("The generator itself took %1 µs of processor time a request, %2 of a core in all (%3).")
        .arg(QString::number(report.processorTimePerRequest() / 1000, 'f', 1), percent(report.coresUsed()), threads);
}

} // namespace sockeye
