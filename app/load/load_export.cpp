// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_export.h"

#include "app/lines/json_line.h"
#include "app/load/load_figures.h"

namespace sockeye {

namespace {

/// A number with at most so many decimals.
QByteArray decimal(double value, int digits)
{
    return QByteArray::number(value, 'f', digits);
}

QByteArray inMicroseconds(qint64 nanoseconds)
{
    return decimal(static_cast<double>(nanoseconds) / 1000, 1);
}

QByteArray latencyJson(const LoadReport& report)
{
    const LatencyHistogram& latencies = report.latencies;
    const auto at = [&latencies](double share) { return inMicroseconds(latencies.percentile(share)); };
    return "{\"min\":" + inMicroseconds(latencies.min())
        + ",\"mean\":" + inMicroseconds(static_cast<qint64>(latencies.mean())) + ",\"p50\":" + at(0.5)
        + ",\"p90\":" + at(0.9) + ",\"p95\":" + at(0.95) + ",\"p99\":" + at(0.99) + ",\"p999\":" + at(0.999)
        + ",\"p9999\":" + at(0.9999) + ",\"max\":" + inMicroseconds(latencies.max()) + '}';
}

QByteArray errorsJson(const LoadErrors& errors)
{
    QByteArray json("{");
    for (std::size_t i = 0; i < loadErrorCount; ++i) {
        if (errors[i] > 0) {
            json += json.size() > 1 ? "," : "";
            json += '"' + QByteArray(loadErrorName(static_cast<LoadError>(i)).data())
                + "\":" + QByteArray::number(errors[i]);
        }
    }
    return json + '}';
}

QByteArray tlsJson(const LoadReport& report)
{
    const CoarseHistogram& times = report.handshakes.times;
    const auto at = [&times](double share) { return inMicroseconds(times.percentile(share)); };
    const TlsFacts facts = report.tls.value_or(TlsFacts());
    return "{\"version\":\"" + facts.version.toLatin1() + "\",\"cipher\":\"" + facts.cipher.toLatin1()
        + "\",\"verdict\":\"" + facts.verdict.toLatin1()
        + "\",\"handshakes\":" + QByteArray::number(report.handshakes.count())
        + ",\"resumed\":" + QByteArray::number(report.handshakes.resumed) + ",\"handshake_us\":{\"p50\":" + at(0.5)
        + ",\"p90\":" + at(0.9) + ",\"p99\":" + at(0.99) + ",\"max\":" + inMicroseconds(times.max()) + "}}";
}

QByteArray generatorJson(const LoadReport& report)
{
    QByteArray json = "{\"threads\":" + QByteArray::number(report.threads)
        + ",\"cpu_us_per_request\":" + decimal(report.processorTimePerRequest() / 1000, 3)
        + ",\"cores\":" + decimal(report.coresUsed(), 3) + ",\"busiest\":" + decimal(report.busiest, 3)
        + ",\"waited_s\":" + decimal(static_cast<double>(report.runDelay) / 1e9, 3);
    if (report.plan.isOpenLoop()) {
        json += ",\"slip_us\":{\"p50\":" + inMicroseconds(report.slips.percentile(0.5)) + ",\"p99\":"
            + inMicroseconds(report.slips.percentile(0.99)) + ",\"max\":" + inMicroseconds(report.slips.max()) + '}';
    }
    return json + '}';
}

QByteArray timelineJson(const LoadReport& report)
{
    QByteArray json("[");
    const auto& points = report.timeline.points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        json += (i > 0 ? "," : "");
        json += '[' + QByteArray::number(points[i].latencies.count()) + ',' + QByteArray::number(points[i].errors) + ','
            + inMicroseconds(points[i].latencies.percentile(0.5)) + ','
            + inMicroseconds(points[i].latencies.percentile(0.99)) + ',' + inMicroseconds(points[i].latencies.max())
            + ']';
    }
    return json + ']';
}

} // namespace

QByteArray loadJson(const LoadReport& report)
{
    QByteArray line;
    JsonLine json(line, "load");
    json.time("time", report.startedAt)
        .string("host", report.plan.host)
        .integer("port", report.plan.port)
        .string("peer", !report.peer.isNull() ? report.peer.toString() : QString())
        .string("mode", QString(loadModeName(report.plan.mode)))
        .integer("connections", report.plan.connections)
        .integer("depth", report.plan.outstanding())
        .string("transport", QString(loadTransportName(report.plan)))
        .boolean("until_close", report.plan.untilClose);
    if (report.plan.proxy) {
        json.string("proxy", proxyText(*report.plan.proxy));
    }
    if (report.plan.isOpenLoop()) {
        json.json("rate", decimal(report.plan.rate, 3));
    } else {
        json.null("rate");
    }
    json.time("seconds", report.nanoseconds)
        .integer("requests", report.requests())
        .integer("errors", report.errorCount())
        .json("requests_per_s", decimal(report.requestsPerSecond(), 1))
        .json("latency_us", latencyJson(report))
        .json("errors_by_kind", errorsJson(report.errors))
        .integer("not_sent", report.notSent)
        .integer("bytes_out", report.bytesOut)
        .integer("bytes_in", report.bytesIn)
        .boolean("stopped", report.stopped)
        .string("limit", QString(loadLimitName(limitOf(report))))
        .json("generator", generatorJson(report));
    if (report.plan.transport == Transport::Udp) {
        json.integer("lost", report.datagrams.lost)
            .integer("late", report.datagrams.late)
            .integer("duplicate", report.datagrams.duplicate)
            .integer("foreign", report.datagrams.foreign)
            .integer("outstanding", report.outstanding);
    }
    if (report.plan.tls.on) {
        json.json("tls", tlsJson(report));
    }
    if (report.failure) {
        json.string("code", QString(codeName(report.failure.code))).string("text", report.failure.oneLine());
    }
    if (report.firstWrong) {
        json.string("wrong_request", report.plan.mix.value(report.firstWrong->request).name)
            .hex("wrong_sent_hex", report.firstWrong->sent)
            .hex("wrong_expected_hex", report.firstWrong->expected)
            .hex("wrong_received_hex", report.firstWrong->received)
            .integer("wrong_offset", report.firstWrong->difference);
    }
    json.time("timeline_step", report.timeline.span())
        .json("timeline_columns", "[\"requests\",\"errors\",\"p50_us\",\"p99_us\",\"max_us\"]")
        .json("timeline", timelineJson(report));
    json.end();
    return line;
}

QByteArray loadCsv(const LoadReport& report)
{
    QByteArray csv("seconds,requests,errors,requests_per_s,p50_us,p99_us,max_us\r\n");
    const auto& points = report.timeline.points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const CoarseHistogram& latencies = points[i].latencies;
        const double seconds = report.timeline.seconds(i, report.nanoseconds);
        const double rate = seconds > 0 ? static_cast<double>(latencies.count()) / seconds : 0;
        csv += decimal(static_cast<double>(report.timeline.span()) * static_cast<double>(i) / 1e9, 3) + ','
            + QByteArray::number(latencies.count()) + ',' + QByteArray::number(points[i].errors) + ','
            + decimal(rate, 1) + ',' + inMicroseconds(latencies.percentile(0.5)) + ','
            + inMicroseconds(latencies.percentile(0.99)) + ',' + inMicroseconds(latencies.max()) + "\r\n";
    }
    return csv;
}

} // namespace sockeye
