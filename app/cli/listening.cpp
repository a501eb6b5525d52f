// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/listening.h"

#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"

#include <QEventLoop>

namespace sockeye::cli {

StopTriggers::StopTriggers(StopSignals& stopSignals, const Arguments& arguments,
    const std::function<qint64()>& exchanges, const std::function<void()>& stop)
{
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &m_clock, stop);
    if (arguments.count) {
        // Looked at often enough that nobody waits for it; what runs itself knows of no limit.
        constexpr std::chrono::milliseconds interval { 5 };
        QObject::connect(&m_counter, &QTimer::timeout, &m_counter, [this, exchanges, stop, most = *arguments.count] {
            if (exchanges() >= most) {
                m_counter.stop();
                stop();
            }
        });
        m_counter.start(interval);
    }
    if (arguments.seconds) {
        m_clock.setSingleShot(true);
        QObject::connect(&m_clock, &QTimer::timeout, &m_clock, [this, stop] {
            m_ranOut = true;
            stop();
        });
        m_clock.start(*arguments.seconds);
    }
}

bool stoppedBeforeListening(const StopTriggers& triggers)
{
    if (triggers.ranOut()) {
        complain(tr("Nothing has listened: --seconds were over before it began to. Allow it more time."));
    }
    return !triggers.ranOut();
}

bool listenUntilAsked(ListeningEndpoint& endpoint, StopSignals& stopSignals, const Arguments& arguments,
    Recording& recording, const std::function<void()>& start, const std::function<QByteArray()>& listeningLine)
{
    using State = ListeningEndpoint::State;
    QEventLoop loop;
    bool listened = false;
    Failure failure;
    QObject::connect(&endpoint, &ListeningEndpoint::stateChanged, &loop, [&] {
        switch (endpoint.state()) {
        case State::Listening:
            listened = true;
            recording.output().release(listeningLine());
            break;
        case State::Failed:
            failure = endpoint.failure();
            loop.quit();
            break;
        case State::Stopped:
            loop.quit();
            break;
        case State::Starting:
        case State::Stopping:
            break;
        }
    });
    QObject::connect(&endpoint, &ListeningEndpoint::acceptTrouble, &loop, [](const Failure& trouble) {
        complain(trouble ? trouble.oneLine() : tr("New connections are accepted again."));
    });
    const StopTriggers triggers(
        stopSignals, arguments, [&] { return endpoint.exchanges(); }, [&] { endpoint.stop(); });
    recording.output().hold();
    start();
    loop.exec();
    recording.output().release();
    if (failure) {
        complain(failure.oneLine());
    }
    return !failure && (listened || stoppedBeforeListening(triggers));
}

QByteArray listeningJson(const ListeningEndpoint& endpoint, Transport transport, const QString& service,
    const std::function<void(JsonLine& json)>& more)
{
    const auto& certificate = endpoint.certificate();
    const SocketAddress& address = endpoint.address();
    QByteArray line;
    JsonLine json(line, "listening");
    json.time("time", captureNow())
        .string("service", service)
        .string(
            "transport", QString(certificate ? QLatin1StringView("tls") : transportName(transport, address.isUnix())))
        .string("host", address.hostText())
        .integer("port", address.port);
    if (address.isUnix()) {
        json.string("unix", address.unixName.text());
    }
    if (more) {
        more(json);
    }
    if (certificate) {
        json.string("certificate", certificate->subject).string("certificate_sha256", certificate->fingerprint);
    }
    json.end();
    return line;
}

} // namespace sockeye::cli
