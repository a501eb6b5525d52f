// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/relay_set.h"

#include "app/cli/relay_line.h"
#include "app/cli/relay_report_file.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"

#include <QEventLoop>

#include <algorithm>

namespace sockeye::cli {

namespace {

QByteArray apiLine(PrintMode mode, const SocketAddress& at)
{
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine(line, "listening")
            .time("time", captureNow())
            .string("service", QByteArrayView("toxiproxy-api"))
            .string("transport", QByteArrayView("tcp"))
            .string("host", at.hostText())
            .integer("port", at.port)
            .end();
    } else if (mode == PrintMode::Text) {
        line = tr("Toxiproxy's API listens on %1. Ctrl+C stops.").arg(at.toString()).toUtf8() + '\n';
    }
    return line;
}

} // namespace

RelaySet::RelaySet(const Arguments& arguments, Recording& recording)
    : m_arguments(arguments)
    , m_recording(recording)
    , m_options(arguments.relay.options)
{
    m_options.connectionIds = std::make_shared<std::atomic<quint32>>(0);
}

RelaySet::~RelaySet() = default;

void RelaySet::begin()
{
    letApiListen();
    if (m_failure) {
        Q_EMIT ended();
    } else if (m_arguments.relay.hasEnds) {
        const QString name = QStringLiteral("relay");
        Relay& relay = add(name);
        m_api->adopt(name, relay, m_options);
        m_player = std::make_unique<ScenarioPlayer>(relay, m_arguments.relay.scenario);
        relay.start(m_options);
    }
}

void RelaySet::letApiListen()
{
    m_api = std::make_unique<ToxiproxyApi>(*this, m_threads);
    m_failure = m_api->listen(*m_arguments.relay.api);
    if (!m_failure) {
        say(apiLine(m_arguments.print, m_api->address()));
        m_listened = !m_arguments.relay.hasEnds;
    }
}

Relay& RelaySet::add(const QString& name)
{
    m_relays.push_back({ name, std::make_unique<Relay>(m_threads, m_recording.capture()) });
    Relay& relay = *m_relays.back().relay;
    follow(relay, name);
    return relay;
}

void RelaySet::follow(Relay& relay, const QString& name)
{
    connect(&relay, &Relay::stateChanged, this, [this, &relay, name] {
        const bool isOwn = m_arguments.relay.hasEnds && &relay == m_relays.front().relay.get();
        switch (relay.state()) {
        case Relay::State::Listening:
            m_listened = true;
            m_ownPort = isOwn ? relay.address().port : m_ownPort;
            say(relayingLine(m_arguments.print, relay, name));
            break;
        case Relay::State::Failed:
            if (isOwn && !m_listened) { // later ones are answers of the API
                m_failure = relay.failure();
                Q_EMIT ended();
            }
            break;
        case Relay::State::Stopped:
            checkEnd();
            break;
        case Relay::State::Starting:
        case Relay::State::Stopping:
            break;
        }
    });
    connect(&relay, &Relay::acceptTrouble, this, [](const Failure& trouble) {
        complain(trouble ? trouble.oneLine() : tr("New connections are accepted again."));
    });
}

/// The first line comes before whatever the first connection did, although another thread writes that.
void RelaySet::say(const QByteArray& line)
{
    m_recording.output().release(line);
}

void RelaySet::stop()
{
    m_isStopping = true;
    m_api.reset();
    for (const Named& each : m_relays) {
        each.relay->stop();
    }
    checkEnd();
}

void RelaySet::checkEnd()
{
    const bool isOver = std::ranges::all_of(m_relays, [](const Named& each) {
        return each.relay->state() == Relay::State::Stopped || each.relay->state() == Relay::State::Failed;
    });
    if (m_isStopping && isOver) {
        Q_EMIT ended();
    }
}

qint64 RelaySet::exchanges() const
{
    qint64 all = m_before;
    for (const Named& each : m_relays) {
        all += each.relay->exchanges();
    }
    return all;
}

Relay* RelaySet::newRelay(const QString& name, RelayOptions& options)
{
    options = m_options;
    options.tls = {};
    options.tlsTarget = {};
    return &add(name);
}

void RelaySet::letGo(Relay& relay)
{
    const auto found =
        std::ranges::find_if(m_relays, [&relay](const Named& each) { return each.relay.get() == &relay; });
    if (found == m_relays.end() || (m_arguments.relay.hasEnds && found == m_relays.begin())) {
        return;
    }
    m_before += relay.exchanges();
    relay.disconnect(this);
    found->relay.release()->deleteLater(); // one of its signals may be who called us
    m_relays.erase(found);
}

bool relaysUntilAsked(StopSignals& stopSignals, const Arguments& arguments, Recording& recording)
{
    RelaySet relays(arguments, recording);
    QEventLoop loop;
    // Also when it ends before the loop begins.
    QObject::connect(&relays, &RelaySet::ended, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    const StopTriggers triggers(
        stopSignals, arguments, [&] { return relays.exchanges(); }, [&] { relays.stop(); });
    recording.output().hold();
    relays.begin();
    loop.exec();
    recording.output().release();
    if (relays.failure()) {
        complain(relays.failure().oneLine());
    }
    if (!relays.hasWorked()) {
        return !relays.failure() && stoppedBeforeListening(triggers);
    }
    const Relay* const own = relays.own();
    return own == nullptr || writeReport(arguments, *own, relays.ownPort(), recording, true);
}

} // namespace sockeye::cli
