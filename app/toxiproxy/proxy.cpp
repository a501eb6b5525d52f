// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/toxiproxy/proxy.h"

#include "app/lines/json_line.h"
#include "app/net/host_text.h"
#include "app/net/io_barrier.h"
#include "app/net/io_threads.h"

#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace sockeye::toxiproxy {

namespace {

using namespace std::chrono_literals;

/// For a name to be looked up and a port to be opened.
constexpr auto startPatience = 10s;
constexpr int notFound = 404;
constexpr int conflict = 409;
const QString downKind = QStringLiteral("down");

/// HOST:PORT, :PORT, or nothing at all, as Go's net.Listen() takes it.
std::optional<HostText> readListen(const QString& text)
{
    if (text.isEmpty() || text.startsWith(u':')) {
        bool ok = text.isEmpty();
        const quint16 port = ok ? quint16(0) : QStringView(text).sliced(1).toUShort(&ok);
        return ok ? std::optional(HostText { QStringLiteral("::"), port }) : std::nullopt;
    }
    const auto host = readHost(text);
    return host && host->port ? std::optional(*host) : std::nullopt;
}

std::optional<ApiError> noSuchToxic()
{
    return ApiError { QStringLiteral("toxic not found"), notFound };
}

} // namespace

Proxy::Proxy(QString name, Relay& relay, IoThreads& threads, const RelayOptions& options, Start start, QObject* parent)
    : QObject(parent)
    , m_name(std::move(name))
    , m_relay(&relay)
    , m_threads(threads)
    , m_recorder(relay.recording())
    , m_start(std::move(start))
{
    setOptions(options);
    connect(&relay, &Relay::stateChanged, this, &Proxy::takeEnds);
    takeEnds();
}

void Proxy::takeEnds()
{
    if (m_relay == nullptr || m_relay->state() != Relay::State::Listening) {
        return;
    }
    m_options.host = m_relay->options().host;
    m_options.ipv6Only = m_relay->options().ipv6Only;
    m_options.port = m_relay->address().port; // the same one when it is enabled again
    m_options.targetHost = m_relay->options().targetHost;
    m_options.targetPort = m_relay->options().targetPort;
    showEnds();
    m_listen = m_relay->address().toString();
}

void Proxy::setOptions(const RelayOptions& options)
{
    m_options = options;
    m_options.transport = Transport::Tcp;
    m_options.faults.clear();
    showEnds();
}

void Proxy::showEnds()
{
    m_listen = hostAndPort(m_options.host, m_options.port);
    m_upstream = hostAndPort(m_options.targetHost, m_options.targetPort);
}

bool Proxy::isEnabled() const
{
    return m_relay != nullptr && m_relay->state() == Relay::State::Listening
        && std::ranges::none_of(
            m_relay->faults(), [](const FaultSettings& fault) { return fault.enabled && fault.kind == downKind; });
}

QString Proxy::listen() const
{
    return m_listen;
}

std::optional<ApiError> Proxy::checkEnds(const QString& listen, const QString& upstream)
{
    if (!readListen(listen)) {
        return badBody(QStringLiteral("listen is HOST:PORT, not %1").arg(listen));
    }
    const auto there = readHost(upstream);
    if (!there || !there->port || *there->port == 0) {
        return badBody(QStringLiteral("upstream is HOST:PORT, not %1").arg(upstream));
    }
    return std::nullopt;
}

std::optional<ApiError> Proxy::setEnds(const QString& listen, const QString& upstream)
{
    if (std::optional<ApiError> wrong = checkEnds(listen, upstream)) {
        return wrong;
    }
    const std::optional<HostText> here = readListen(listen);
    const auto there = readHost(upstream);
    m_options.host = here->host;
    m_options.port = *here->port;
    m_options.targetHost = there->host;
    m_options.targetPort = *there->port;
    m_listen = listen;
    m_upstream = upstream;
    return std::nullopt;
}

bool Proxy::hasEnds(const QString& listen, const QString& upstream) const
{
    const std::optional<HostText> here = readListen(listen);
    const bool isSameListen =
        listen == m_listen || (here && here->host == m_options.host && *here->port == m_options.port);
    return isSameListen && upstream == m_upstream;
}

void Proxy::enable(const Done& done)
{
    if (m_relay == nullptr || isEnabled()) {
        settle(done);
        return;
    }
    RelayOptions options = m_options;
    options.faults = others(downKind);
    auto* const wait = new QObject(this); // as long as nobody knows how it ends
    const auto finish = [this, wait, done](const std::optional<ApiError>& error) {
        if (m_relay != nullptr) {
            m_relay->disconnect(wait);
        }
        wait->deleteLater();
        done(error);
    };
    connect(m_relay, &QObject::destroyed, wait,
        [finish] { finish(ApiError { QStringLiteral("the relay was closed meanwhile") }); });
    connect(m_relay, &Relay::stateChanged, wait, [this, finish] {
        if (m_relay->state() == Relay::State::Listening) {
            finish({});
        } else if (m_relay->state() == Relay::State::Failed) {
            finish(ApiError { m_relay->failure().oneLine() });
        }
    });
    QTimer::singleShot(startPatience, wait, [finish, this] {
        finish(ApiError { QStringLiteral("%1: the address to listen on was not found in time").arg(m_listen) });
    });
    m_start(*m_relay, options);
}

void Proxy::disable(const Done& done)
{
    if (!isEnabled()) {
        settle(done);
        return;
    }
    FaultList faults = m_relay->faults();
    FaultSettings down;
    down.kind = downKind;
    faults.append(down);
    setFaults(faults, done);
}

void Proxy::end(const Done& done)
{
    if (m_relay != nullptr) {
        // At once, as there: what stops by itself lets what is under way arrive.
        const FaultList faults = m_relay->faults();
        disable([](const std::optional<ApiError>& error) { Q_UNUSED(error) });
        m_relay->stop();
        (void)m_relay->setFaults(faults);
    }
    settle(done);
}

FaultList Proxy::others(QStringView but) const
{
    FaultList faults = m_relay != nullptr ? m_relay->faults() : FaultList();
    faults.removeIf([but](const FaultSettings& fault) { return fault.kind == but; });
    return faults;
}

FaultList Proxy::toxics() const
{
    FaultList faults = others(downKind);
    std::stable_partition(
        faults.begin(), faults.end(), [](const FaultSettings& fault) { return fault.stream == FaultStream::Upstream; });
    return faults;
}

std::optional<FaultSettings> Proxy::toxic(const QString& name) const
{
    const FaultList all = others(downKind);
    const auto found = std::ranges::find(all, name, &FaultSettings::name);
    return found != all.end() ? std::optional(*found) : std::nullopt;
}

void Proxy::addToxic(const FaultSettings& toxic, const Done& done)
{
    FaultList faults = m_relay != nullptr ? m_relay->faults() : FaultList();
    if (std::ranges::find(faults, toxic.name, &FaultSettings::name) != faults.end()) {
        settle(done, ApiError { QStringLiteral("toxic already exists"), conflict });
        return;
    }
    constexpr qsizetype most = 100;
    if (faults.size() >= most) {
        settle(done, ApiError { QStringLiteral("too many toxics: no more than %1 fit a proxy").arg(most), conflict });
        return;
    }
    faults.append(toxic);
    setFaults(faults, done);
}

void Proxy::setToxic(const FaultSettings& toxic, const Done& done)
{
    FaultList faults = m_relay != nullptr ? m_relay->faults() : FaultList();
    const auto found = std::ranges::find(faults, toxic.name, &FaultSettings::name);
    if (found == faults.end()) {
        settle(done, noSuchToxic());
        return;
    }
    *found = toxic;
    setFaults(faults, done);
}

void Proxy::removeToxic(const QString& name, const Done& done)
{
    FaultList faults = m_relay != nullptr ? m_relay->faults() : FaultList();
    if (!toxic(name)) {
        settle(done, noSuchToxic());
        return;
    }
    faults.removeIf([&name](const FaultSettings& fault) { return fault.name == name; });
    setFaults(faults, done);
}

void Proxy::removeToxics(const Done& done)
{
    FaultList faults = m_relay != nullptr ? m_relay->faults() : FaultList();
    faults.removeIf([](const FaultSettings& fault) { return fault.kind != downKind; });
    setFaults(faults, done);
}

void Proxy::setFaults(const FaultList& faults, const Done& done)
{
    const QString wrong = m_relay != nullptr ? m_relay->setFaults(faults) : QString();
    settle(done, wrong.isEmpty() ? std::nullopt : std::optional(badBody(wrong)));
}

/// Who is answered may count on it: what was asked of the I/O threads is done.
void Proxy::settle(const Done& done, const std::optional<ApiError>& error)
{
    afterAllThreads(m_threads, this, [done, error] { done(error); });
}

QJsonObject Proxy::json() const
{
    QJsonArray list;
    for (const FaultSettings& fault : toxics()) {
        list.append(toxicJson(fault));
    }
    return { { QStringLiteral("name"), m_name }, { QStringLiteral("listen"), listen() },
        { QStringLiteral("upstream"), m_upstream }, { QStringLiteral("enabled"), isEnabled() },
        { QStringLiteral("toxics"), list } };
}

void Proxy::tell(const QByteArray& method, const QString& path, int status)
{
    QByteArray line;
    JsonLine(line, "api")
        .time("time", captureNow())
        .string("proxy", m_name)
        .string("method", method)
        .string("path", path)
        .integer("status", status)
        .end();
    m_recorder.told(0,
        tr("%1 %2 over Toxiproxy's API, for proxy %3: answered with %4.")
            .arg(QString::fromLatin1(method), path, m_name, QString::number(status)),
        line);
}

} // namespace sockeye::toxiproxy
