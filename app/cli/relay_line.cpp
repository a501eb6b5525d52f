// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/relay_line.h"

#include "app/cli/listening.h"
#include "app/cli/terminal/tr.h"

namespace sockeye::cli {

QString targetText(const RelayOptions& options)
{
    return hostAndPort(options.targetHost, options.targetPort);
}

QByteArray relayingLine(PrintMode mode, const Relay& relay, const QString& proxy)
{
    const RelayOptions& options = relay.options();
    if (mode == PrintMode::Json) {
        return listeningJson(relay, options.transport, QStringLiteral("relay"), [&](JsonLine& json) {
            if (!proxy.isEmpty()) {
                json.string("proxy", proxy);
            }
            json.string("target", targetText(options)).integer("seed", static_cast<qint64>(relay.seed()));
        });
    }
    QByteArray line;
    if (mode == PrintMode::Text) {
        const QString here = relay.address().toString();
        const QString text = proxy.isEmpty()
            ? tr("Listening on %1, passing on to %2. Ctrl+C stops.").arg(here, targetText(options))
            : tr("Proxy %1 listens on %2, passing on to %3.").arg(proxy, here, targetText(options));
        line = text.toUtf8() + '\n';
        if (const auto& certificate = relay.certificate()) {
            line += tr("Its certificate: %1, SHA-256 %2").arg(certificate->subject, certificate->fingerprint).toUtf8()
                + '\n';
        }
        if (!options.faults.isEmpty() && !options.seed) {
            line += tr("To draw the same faults again: --seed %1").arg(relay.seed()).toUtf8() + '\n';
        }
    }
    return line;
}

} // namespace sockeye::cli
