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

QString LoadPlan::problem() const
{
    if (const QString wrong = hostProblem(host); !wrong.isEmpty()) {
        return wrong;
    }
    if (port == 0) {
        return planText("A load needs a host and a port.");
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
    return {};
}

} // namespace sockeye
