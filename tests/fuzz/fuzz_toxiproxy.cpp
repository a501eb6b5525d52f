// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_kinds.h"
#include "app/toxiproxy/api_json.h"
#include "fuzz_target.h"

#include <QJsonDocument>

// Bodies of Toxiproxy's API: each is refused with a sentence and a status, or gives something that a relay can have,
// and that is read again as the same from what is answered.

using namespace sockeye;

namespace {

void checkError(const toxiproxy::ApiError& error)
{
    require(error.status >= 400 && error.status < 600, "an error that is none");
    require(!error.text.isEmpty(), "an error without a word");
    require(toxiproxy::errorJson(error).value(QStringLiteral("status")).toInt() == error.status, "another status");
}

void checkToxic(const FaultSettings& toxic)
{
    require(checkFault(toxic, Transport::Tcp).isEmpty(), "a toxic that cannot be");
    require(!toxic.name.isEmpty(), "a toxic without a name");
    const QByteArray written = QJsonDocument(toxiproxy::toxicJson(toxic)).toJson();
    const auto again = toxiproxy::readToxic(written);
    require(again.has_value(), "what is answered cannot be asked for");
    require(again->name == toxic.name && again->kind == toxic.kind && again->stream == toxic.stream, "another toxic");
    require(toxiproxy::toxicJson(*again) == toxiproxy::toxicJson(toxic), "other numbers");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto proxy = toxiproxy::readProxy(body);
    if (!proxy) {
        checkError(proxy.error());
    }
    if (const auto proxies = toxiproxy::readProxies(body)) {
        for (const toxiproxy::ProxyBody& each : *proxies) {
            require(each.name && !each.name->isEmpty(), "a proxy without a name");
            require(each.upstream && !each.upstream->isEmpty(), "a proxy without an upstream");
        }
    } else {
        checkError(proxies.error());
    }
    FaultSettings before;
    before.name = QStringLiteral("t");
    before.kind = QStringLiteral("slicer");
    if (const auto toxic = toxiproxy::readToxic(body)) {
        checkToxic(*toxic);
        before = *toxic;
    } else {
        checkError(toxic.error());
    }
    if (const auto changed = toxiproxy::readToxicUpdate(body, before)) {
        require(changed->name == before.name && changed->kind == before.kind, "an update makes another toxic of it");
        checkToxic(*changed);
    } else {
        checkError(changed.error());
    }
    return 0;
}
