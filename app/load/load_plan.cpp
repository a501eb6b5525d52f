// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_plan.h"

#include "app/net/host_text.h"
#include "protocol/protocols/app/message.h"
#include "protocol/services/service.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>

namespace sockeye {

namespace {

QString planText(const char* text)
{
    return QCoreApplication::translate("sockeye::LoadPlan", text);
}

/// What our own service answers, which the golden vectors hold to the wire protocol.
QByteArray goldenReply(const QByteArray& request)
{
    const std::shared_ptr<const Service> service = newService(u"app", {});
    const std::unique_ptr<Framing> framing = service->protocol()->newFraming();
    Frames frames;
    framing->feed(request, frames);
    QByteArray reply;
    if (frames.size() != 1 || !service->newSession()->answer(frames.front(), request, reply)) {
        return {};
    }
    return reply;
}

void appendReadyMade(
    QList<LoadRequest>& list, int weight, std::initializer_list<std::pair<QStringView, QStringView>> requests)
{
    for (const auto& [action, value] : requests) {
        if (weight > 0) {
            const QByteArray bytes = encodeRequest(action, value);
            list.append({ QString(action.toString() + u' ' + value), bytes, goldenReply(bytes),
                weight * (LoadPlan::weightUnit / static_cast<int>(requests.size())) });
        }
    }
}

} // namespace

QLatin1StringView loadModeName(LoadMode mode)
{
    switch (mode) {
    case LoadMode::Fresh:
        return QLatin1StringView("fresh");
    case LoadMode::Keep:
        return QLatin1StringView("keep");
    case LoadMode::Pipe:
        return QLatin1StringView("pipe");
    }
    return QLatin1StringView("fresh");
}

std::optional<LoadMode> loadModeFromName(QStringView name)
{
    for (const LoadMode mode : { LoadMode::Fresh, LoadMode::Keep, LoadMode::Pipe }) {
        if (name == loadModeName(mode)) {
            return mode;
        }
    }
    return std::nullopt;
}

QLatin1StringView loadTransportName(const LoadPlan& plan)
{
    return plan.transport == Transport::Tcp && plan.tls.on ? QLatin1StringView("tls")
                                                           : transportName(plan.transport, isUnixHost(plan.host));
}

QList<LoadRequest> readyMadeRequests(const LoadMix& mix)
{
    QList<LoadRequest> list;
    appendReadyMade(
        list, mix.search, { { u"search", u"morpheus" }, { u"search", u"ring" }, { u"search", u"nobody knows" } });
    appendReadyMade(list, mix.binary, { { u"anything", u"else" } });
    appendReadyMade(list, mix.arithmetic, { { u"double", u"7654321" }, { u"negate", u"21" } });
    return list;
}

int LoadPlan::threadCount() const
{
    const int wanted = threads > 0 ? threads : std::max(1, QThread::idealThreadCount() / 2);
    return std::clamp(wanted, 1, std::min(connections, 8));
}

QString LoadPlan::transportProblem() const
{
    if (untilClose && mode != LoadMode::Fresh) {
        return planText("A reply that ends with the connection takes a connection for each request: mode fresh.");
    }
    if (resume && !tls.on) {
        return planText("There are sessions to resume over TLS only.");
    }
    if (transport == Transport::Tcp) {
        return {};
    }
    if (tls.on) {
        return planText("TLS needs TCP, it does not go over UDP.");
    }
    if (proxy) {
        return planText("A proxy makes connections, and UDP has none.");
    }
    if (untilClose) {
        return planText("Over UDP a reply is one datagram: there is no connection that could end it.");
    }
    if (socket.bindTo.port != 0) {
        return planText("Over UDP each socket needs a port of its own: give the own address without one.");
    }
    for (const LoadRequest& request : mix) {
        if (!request.golden.isNull()) {
            return planText(
                "The ready-made requests are of the application protocol, which goes over TCP: over UDP say "
                "by hand what is asked.");
        }
        if (request.bytes.size() > maxDatagram) {
            return planText("A datagram carries at most %1.").arg(byteCount(maxDatagram));
        }
    }
    return {};
}

QString LoadPlan::problem() const
{
    if (const QString wrong = hostProblem(host); !wrong.isEmpty()) {
        return wrong;
    }
    if (port == 0 && !isUnixHost(host)) {
        return planText("A load needs a host and a port.");
    }
    if (isUnixHost(host) && (proxy || socket.bindTo != SocketAddress())) {
        return planText("To a Unix socket there is neither a proxy nor an own address.");
    }
    if (connections < 1 || connections > maxConnections) {
        return planText("Connections: from 1 to %1.").arg(groupedDigits(maxConnections));
    }
    if (mode == LoadMode::Pipe && (depth < 1 || depth > maxDepth)) {
        return planText("Depth: from 1 to %1.").arg(groupedDigits(maxDepth));
    }
    if (static_cast<qint64>(connections) * outstanding() > maxOutstanding) {
        return planText("Connections times depth: at most %1 requests outstanding.").arg(groupedDigits(maxOutstanding));
    }
    if (duration.count() <= 0 && requests <= 0) {
        return planText("A load needs an end: a number of seconds, or of requests.");
    }
    if (requests > maxRequests || rate > maxRate || rate < 0) {
        return planText("More requests than a run can have.");
    }
    if (mix.isEmpty()) {
        return planText("There is nothing to ask: every weight is 0.");
    }
    for (const LoadRequest& request : mix) {
        if (request.bytes.isEmpty() || request.bytes.size() > maxRequestSize) {
            return planText("A request has from 1 byte to %1.").arg(byteCount(maxRequestSize));
        }
    }
    return transportProblem();
}

} // namespace sockeye
