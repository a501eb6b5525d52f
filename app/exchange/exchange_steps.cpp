// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exchange/exchange_steps.h"

#include "app/endpoint/client.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {

QString stepText(const char* text)
{
    return QCoreApplication::translate("sockeye::ExchangeSteps", text);
}

QString stepMilliseconds(qint64 nanoseconds)
{
    const double ms = static_cast<double>(nanoseconds) / 1e6;
    return QString::number(ms, 'f', ms < 10 ? 2 : ms < 100 ? 1 : 0) + QStringLiteral(" ms");
}

qint64 fromTo(qint64 from, qint64 to)
{
    return to < 0 ? -1 : std::max<qint64>(0, to - std::max<qint64>(0, from));
}

} // namespace

void ExchangeSteps::setMessages(qint64 begin, qint64 end, qint64 firstByte, qint64 whole)
{
    const qint64 asked = end < 0 ? firstByte : firstByte < 0 ? end : std::min(end, firstByte);
    durations[Request] = fromTo(begin, asked);
    durations[Wait] = fromTo(asked, firstByte);
    durations[Reply] = fromTo(firstByte, whole);
}

ExchangeSteps ExchangeSteps::of(const Exchange& exchange)
{
    ExchangeSteps steps;
    if (!exchange.reused) {
        steps.durations[Resolve] = exchange.resolved;
        steps.durations[Connect] = fromTo(exchange.resolved, exchange.connected);
        steps.durations[Tls] = fromTo(exchange.connected, exchange.secured);
    }
    steps.setMessages(
        std::max(exchange.connected, exchange.secured), exchange.sent, exchange.firstByte, exchange.whole);
    return steps;
}

qint64 ExchangeSteps::total() const
{
    qint64 sum = 0;
    for (const qint64 duration : durations) {
        sum += std::max<qint64>(0, duration);
    }
    return sum;
}

int ExchangeSteps::count() const
{
    return static_cast<int>(
        std::count_if(durations.cbegin(), durations.cend(), [](qint64 duration) { return duration >= 0; }));
}

QString ExchangeSteps::text() const
{
    const std::array names { stepText("resolve"), stepText("connect"), stepText("TLS"), stepText("request"),
        stepText("wait"), stepText("reply") };
    static_assert(std::tuple_size_v<decltype(names)> == stepCount);
    QStringList words;
    for (std::size_t i = 0; i < stepCount; ++i) {
        if (durations[i] >= 0) {
            words.append(names[i] + u' ' + stepMilliseconds(durations[i]));
        }
    }
    if (words.size() > 1) {
        words.append(stepText("total") + u' ' + stepMilliseconds(total()));
    }
    return words.join(u" · ");
}

QString stepHint(ExchangeSteps::Step step)
{
    switch (step) {
    case ExchangeSteps::Resolve:
        return stepText("resolve: looking up the address of the name");
    case ExchangeSteps::Connect:
        return stepText("connect: until the connection was there");
    case ExchangeSteps::Tls:
        return stepText("TLS: the handshake");
    case ExchangeSteps::Request:
        return stepText("request: from its first byte to its last");
    case ExchangeSteps::Wait:
        return stepText("wait: until the first byte of the reply");
    case ExchangeSteps::Reply:
        return stepText("reply: from its first byte to its last");
    }
    return {};
}

} // namespace sockeye
