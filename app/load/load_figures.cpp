// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_figures.h"
#include "app/words/latency_text.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace sockeye {

namespace {

QString figureText(const char* text)
{
    return QCoreApplication::translate("sockeye::LoadFigures", text);
}

QString changeOf(double before, double after)
{
    if (before <= 0 || after <= 0) {
        return {};
    }
    const double percent = (after / before - 1) * 100;
    return QString((percent >= 0 ? u"+" : u"−") + QString::number(std::abs(percent), 'f', 1) + u" %");
}

bool isOfDatagrams(const LoadFigures& run)
{
    return run.transport == u"udp" || run.transport == u"unix-datagram";
}

QString microsecondsText(double microseconds)
{
    return latencyText(static_cast<qint64>(microseconds * 1000));
}

} // namespace

QString latencyMarkText(qint64 nanoseconds)
{
    const QString text = latencyText(nanoseconds);
    const QString number = text.section(u' ', 0, 0);
    return QString(QString::number(number.toDouble()) + u' ' + text.section(u' ', 1));
}

QString percentileName(double share)
{
    return QString(u'p' + QString::number(share * 100, 'g', 6));
}

LoadFigures figuresOf(const LoadReport& report)
{
    const auto microseconds = [&report](double share) {
        return static_cast<double>(report.latencies.percentile(share)) / 1000;
    };
    LoadFigures figures;
    figures.mode = loadModeName(report.plan.mode);
    figures.transport = loadTransportName(report.plan);
    figures.lost = report.datagrams.lost;
    figures.connections = report.plan.connections;
    figures.depth = report.plan.outstanding();
    figures.rate = report.plan.rate;
    figures.seconds = report.seconds();
    figures.requests = report.requests();
    figures.errors = report.errorCount();
    figures.requestsPerSecond = report.requestsPerSecond();
    figures.p50 = microseconds(0.5);
    figures.p90 = microseconds(0.9);
    figures.p99 = microseconds(0.99);
    figures.p999 = microseconds(0.999);
    figures.p9999 = microseconds(0.9999);
    figures.max = static_cast<double>(report.latencies.max()) / 1000;
    figures.limit = loadLimitName(limitOf(report));
    return figures;
}

tl::expected<LoadFigures, QString> figuresFromJson(const QByteArray& json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        return tl::unexpected(figureText("It is no JSON: %1.").arg(error.errorString()));
    }
    const QJsonObject object = document.object();
    const QJsonObject latency = object.value(u"latency_us").toObject();
    for (const char16_t* key : { u"mode", u"connections", u"requests_per_s" }) {
        if (!object.contains(QStringView(key))) {
            return tl::unexpected(
                figureText("It is no result of a load: there is no \"%1\" in it.").arg(QStringView(key).toString()));
        }
    }
    LoadFigures figures;
    figures.mode = object.value(u"mode").toString();
    figures.transport = object.value(u"transport").toString();
    figures.lost = object.value(u"lost").toInteger();
    figures.connections = object.value(u"connections").toInt();
    figures.depth = object.value(u"depth").toInt();
    figures.rate = object.value(u"rate").toDouble();
    figures.seconds = object.value(u"seconds").toDouble();
    figures.requests = object.value(u"requests").toInteger();
    figures.errors = object.value(u"errors").toInteger();
    figures.requestsPerSecond = object.value(u"requests_per_s").toDouble();
    figures.p50 = latency.value(u"p50").toDouble();
    figures.p90 = latency.value(u"p90").toDouble();
    figures.p99 = latency.value(u"p99").toDouble();
    figures.p999 = latency.value(u"p999").toDouble();
    figures.p9999 = latency.value(u"p9999").toDouble();
    figures.max = latency.value(u"max").toDouble();
    figures.limit = object.value(u"limit").toString();
    return figures;
}

std::vector<ComparedFigure> compared(const LoadFigures& before, const LoadFigures& after)
{
    const auto shape = [](const LoadFigures& run) {
        QString text = QString(run.mode + u", " + groupedDigits(run.connections));
        if (run.depth > 1) {
            text += QString(u" × " + QString::number(run.depth));
        }
        if (!run.transport.isEmpty() && run.transport != u"tcp") {
            text += QString(u", " + run.transport);
        }
        if (run.rate > 0) {
            text += figureText(", %1 a second").arg(groupedDigits(std::llround(run.rate)));
        }
        return text;
    };
    std::vector<ComparedFigure> lines;
    lines.push_back({ figureText("Mode, connections"), shape(before), shape(after), {} });
    lines.push_back({ figureText("Requests a second"), groupedDigits(std::llround(before.requestsPerSecond)),
        groupedDigits(std::llround(after.requestsPerSecond)),
        changeOf(before.requestsPerSecond, after.requestsPerSecond) });
    const auto time = [&](const QString& name, double LoadFigures::*member) {
        lines.push_back({ name, microsecondsText(before.*member), microsecondsText(after.*member),
            changeOf(before.*member, after.*member) });
    };
    time(QStringLiteral("p50"), &LoadFigures::p50);
    time(QStringLiteral("p90"), &LoadFigures::p90);
    time(QStringLiteral("p99"), &LoadFigures::p99);
    time(QStringLiteral("p99.9"), &LoadFigures::p999);
    time(QStringLiteral("p99.99"), &LoadFigures::p9999);
    time(figureText("Longest"), &LoadFigures::max);
    lines.push_back({ figureText("Requests"), groupedDigits(before.requests), groupedDigits(after.requests), {} });
    lines.push_back({ figureText("Errors"), groupedDigits(before.errors), groupedDigits(after.errors), {} });
    if (isOfDatagrams(before) || isOfDatagrams(after)) {
        lines.push_back({ figureText("Lost"), groupedDigits(before.lost), groupedDigits(after.lost), {} });
    }
    return lines;
}

} // namespace sockeye
