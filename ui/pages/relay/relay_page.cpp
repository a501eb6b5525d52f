// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/relay_page.h"

#include "app/net/host_text.h"
#include "app/relay/own_target.h"
#include "app/relay/report/relay_command.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/models/ticker.h"
#include "ui/pages/low_page_area.h"
#include "ui/pages/relay/api_panel.h"
#include "ui/pages/relay/faults_panel.h"
#include "ui/pages/relay/hold_panel.h"
#include "ui/pages/relay/relay_reporter.h"
#include "ui/pages/relay/relay_settings_bar.h"
#include "ui/pages/relay/scenario/scenario_panel.h"
#include "ui/pages/reread_row.h"
#include "ui/rules/rules_panel.h"
#include "ui/text/end_title.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QVBoxLayout>

namespace sockeye {

RelayPage::RelayPage(IoThreads& threads, QWidget* parent)
    : TablesPage(parent)
    , m_threads(threads)
    , m_bar(new RelaySettingsBar(this))
    , m_faults(new FaultsPanel(this))
    , m_hold(new HoldPanel(this))
    , m_rules(new RulesPanel(this))
    , m_scenario(new ScenarioPanel(this))
    , m_api(new ApiPanel(*this, threads, this))
    , m_reporter(new RelayReporter(this))
{
    setEmptyTexts(tr("Each client gets a line here, with its connection to the target. Start the relay, and have your "
                     "client connect to its port instead of the target's."),
        tr("What passes gets a line here, message by message, and so does what went wrong. Select one to see its "
           "bytes and what they mean."));
    connections()->setActionsOffered(ConnectionsPanel::Offer::CloseAndReset);
    buildLayout();
    connectParts();
}

RelayPage::~RelayPage()
{
    m_scenario->follow(nullptr); // which goes after the relay
}

void RelayPage::buildLayout()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar->optionsArea());
    column->addWidget(m_faults);
    column->addWidget(m_hold);
    column->addWidget(&rereadRow());
    column->addWidget(tables(), 1);
    layout->addWidget(m_bar);
    layout->addWidget(new LowPageArea(parts, this), 1); // all of it open is higher than a small window
    addTab(m_rules, tr("Rules"), tr("What is answered, replaced, dropped or held up on its way"));
    addTab(m_scenario, tr("Scenario"), tr("Faults that come and go by themselves"));
    addTab(m_api, tr("API"), tr("Toxiproxy's HTTP API, for test suites that drive this relay"));
    setFocusProxy(m_bar);
}

void RelayPage::connectParts()
{
    connect(m_bar, &RelaySettingsBar::startWanted, this, &RelayPage::start);
    connect(m_bar, &RelaySettingsBar::stopWanted, this, &RelayPage::stop);
    connect(m_bar, &RelaySettingsBar::settingsChanged, this, [this] {
        m_faults->setTransport(m_bar->transport());
        takeProtocol();
        m_api->setOptions(m_bar->options());
        Q_EMIT titleChanged();
    });
    connect(m_faults, &FaultsPanel::applyWanted, this, &RelayPage::applyFaults);
    connect(m_faults, &FaultsPanel::commandWanted, this, [this] {
        QGuiApplication::clipboard()->setText(command());
        Q_EMIT statusMessage(tr("The command was copied: paste it into a terminal."));
    });
    connect(m_faults, &FaultsPanel::reportWanted, this, &RelayPage::saveReport);
    connect(m_reporter, &RelayReporter::saved, this, &Page::statusMessage);
    connect(m_reporter, &RelayReporter::failed, this, &Page::statusMessage);
    connect(m_bar, &RelaySettingsBar::protocolChosen, this, &RelayPage::setProtocol);
    connect(&rereadRow(), &RereadRow::ready, this, [this](const std::shared_ptr<Capture>& capture) {
        if (capture != m_capture) {
            m_capture = capture;
            showReading(capture);
            m_rules->follow(capture);
        }
    });
    connect(&rereadRow(), &RereadRow::cancelled, this, [this] { m_bar->setProtocol(m_capture->protocol()); });
    const auto toRelay = [this](void (Relay::*act)(quint32)) {
        return [this, act](quint32 connection) {
            if (m_relay) {
                (m_relay.get()->*act)(connection);
            }
        };
    };
    connect(connections()->table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (current.isValid()) {
                m_hold->setConnection(connections()->model()->entry(current.row()).record.id);
            }
        });
    connect(connections(), &ConnectionsPanel::closeRequested, this, toRelay(&Relay::closeConnection));
    connect(connections(), &ConnectionsPanel::resetRequested, this, toRelay(&Relay::resetConnection));
    connectTabs();
    takeProtocol();
}

void RelayPage::connectTabs()
{
    connect(m_rules, &RulesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_rules, &RulesPanel::switched, this, [this] {
        if (m_relay && isActive()) {
            m_relay->setRules(rulesInForce());
        }
    });
    connect(m_rules, &RulesPanel::stateChanged, this, [this] {
        setTabTitle(
            m_rules, m_rules->isOn() ? tr("Rules: %1", "and their state").arg(m_rules->stateText()) : tr("Rules"));
        m_faults->setHasOthers(m_rules->isOn() || m_scenario->isOn());
    });
    connect(m_scenario, &ScenarioPanel::statusMessage, this, &Page::statusMessage);
    connect(m_scenario, &ScenarioPanel::stateChanged, this, [this] {
        setTabTitle(m_scenario,
            m_scenario->isPlaying()  ? tr("Scenario: Active")
                : m_scenario->isOn() ? tr("Scenario: Waits")
                                     : tr("Scenario"));
        m_faults->setHasOthers(m_rules->isOn() || m_scenario->isOn());
    });
    connect(m_api, &ApiPanel::statusMessage, this, &Page::statusMessage);
    connect(m_api, &ApiPanel::pageMade, this, &Page::pageMade);
    connect(m_api, &ApiPanel::stateChanged, this, [this] {
        const QString state = m_api->stateText();
        setTabTitle(m_api, state.isEmpty() ? tr("API") : tr("API: %1", "and its state").arg(state));
    });
    // Its faults are in its table; what it takes away of those here comes back when it is over.
    m_faults->setOthers([this](const QString& name) { return m_scenario->brings(name); });
    connect(m_scenario, &ScenarioPanel::playingChanged, this,
        [this](bool plays) { plays ? m_faults->remember() : m_faults->giveBack(); });
}

std::shared_ptr<const RuleSource> RelayPage::rulesInForce() const
{
    return m_rules->isOn() ? m_rules->shelf() : nullptr;
}

void RelayPage::setListenPort(quint16 port)
{
    m_bar->setListenPort(port);
}

void RelayPage::setTarget(const QString& host, quint16 port)
{
    m_bar->setTarget(host, port);
}

void RelayPage::setProtocol(const ProtocolPtr& protocol)
{
    m_bar->setProtocol(protocol);
    takeProtocol();
    if (m_capture) {
        rereadRow().begin(m_capture, protocol);
    }
}

/// What is held is a message of the protocol that the relay was started with.
void RelayPage::takeProtocol()
{
    if (!isActive()) {
        const bool isDatagrams = m_bar->transport() == Transport::Udp;
        m_hold->setProtocol(isDatagrams ? protocolForDatagrams(m_bar->protocol()) : m_bar->protocol());
        m_rules->setUse({ m_bar->protocol(), m_bar->transport(), true });
        m_scenario->setUse(m_bar->transport(), m_bar->protocol());
    }
}

void RelayPage::start()
{
    const bool isIdle =
        !m_relay || m_relay->state() == Relay::State::Stopped || m_relay->state() == Relay::State::Failed;
    if (!isIdle) {
        return;
    }
    takeProtocol();
    const RelayOptions options = startOptions();
    QString problem = hostProblem(options.host);
    if (problem.isEmpty()) {
        problem = hostProblem(options.targetHost);
    }
    if (problem.isEmpty() && relaysToItself(options)) {
        problem = tr("The target is where the relay itself listens: each connection would lead to another one, without "
                     "end. Let the relay listen on another port, and have clients connect to that.");
    }
    m_bar->showProblem(problem);
    m_bar->showTargetProblem({});
    if (problem.isEmpty()) {
        begin(options);
    }
}

void RelayPage::startDriven(const RelayOptions& asked)
{
    takeProtocol();
    RelayOptions options = startOptions();
    options.host = asked.host;
    options.port = asked.port;
    options.ipv6Only = asked.ipv6Only;
    options.targetHost = asked.targetHost;
    options.targetPort = asked.targetPort;
    options.transport = asked.transport;
    options.faults = asked.faults;
    begin(options);
}

RelayOptions RelayPage::startOptions() const
{
    RelayOptions options = m_bar->options();
    options.faults = m_faults->faults();
    options.hold = m_hold->settings();
    options.rules = rulesInForce();
    // Short enough to be typed again, and known to the command that can be copied.
    options.seed = m_faults->seed().value_or(QRandomGenerator::global()->generate());
    return options;
}

void RelayPage::begin(const RelayOptions& options)
{
    if (!m_relay) {
        makeRelay(options);
    }
    if (m_rules->isOn()) {
        m_rules->apply();
    }
    m_before = connections()->model()->latest();
    m_relay->start(options);
    showState();
}

Relay& RelayPage::drivenRelay(const QString& proxy)
{
    m_isDriven = true;
    if (!m_relay) {
        makeRelay(m_bar->options());
    }
    m_faults->setDriven();
    if (!proxy.isEmpty()) {
        m_proxy = proxy;
        m_faults->open();
        Q_EMIT titleChanged();
    }
    return *m_relay;
}

void RelayPage::makeRelay(const RelayOptions& options)
{
    CaptureOptions captureOptions;
    captureOptions.protocol = m_bar->protocol();
    captureOptions.title =
        tr("Relay %1 to %2")
            .arg(hostAndPort(options.host, options.port), hostAndPort(options.targetHost, options.targetPort));
    m_capture = Capture::create(captureOptions);
    m_relay = std::make_unique<Relay>(m_threads, m_capture);
    connect(m_relay.get(), &Relay::stateChanged, this, &RelayPage::showState);
    connect(m_relay.get(), &Relay::certificateChanged, this, &RelayPage::showState);
    connect(m_relay.get(), &Relay::acceptTrouble, this,
        [this](const Failure& failure) { m_bar->showProblem(failure.oneLine()); });
    connections()->showTargets({ [this](quint32 connection) { return m_relay->target(connection); },
        [this] { return m_relay->targetsRevision(); } });
    connect(&Ticker::instance(), &Ticker::tick, this, &RelayPage::lookAtTarget);
    m_faults->follow(m_relay.get());
    m_hold->follow(m_relay.get(), m_capture);
    m_rules->follow(m_capture);
    m_scenario->follow(m_relay.get());
    showCapture(m_capture, true);
}

void RelayPage::applyFaults()
{
    if (m_relay && (isActive() || m_isDriven)) {
        FaultList faults = m_faults->faults();
        for (const FaultSettings& fault : m_relay->faults()) {
            if (m_scenario->brings(fault.name)) {
                faults.append(fault);
            }
        }
        m_faults->showProblem(m_relay->setFaults(faults));
    }
}

QString RelayPage::command() const
{
    return repeated().text();
}

RelayCommand RelayPage::repeated() const
{
    RelayOptions options = m_bar->options();
    options.faults = m_faults->faults();
    options.seed = m_faults->seed();
    if (isActive()) {
        options.port = m_relay->address().port;
        options.seed = m_relay->seed();
    }
    RelayCommand command { options, {}, {}, {} };
    if (m_rules->isOn()) {
        command.rules = { m_rules->file(), m_rules->text() };
    }
    if (m_scenario->isOn()) {
        command.scenario = { m_scenario->file(), m_scenario->text() };
    }
    if (m_api->isOn()) {
        command.api = QString::number(m_api->port());
    }
    return command;
}

void RelayPage::stop()
{
    if (m_relay) {
        m_relay->stop();
        showState();
    }
}

void RelayPage::showState()
{
    if (m_isDriven && m_relay->state() == Relay::State::Starting) {
        const RelayOptions& asked = m_relay->options();
        m_bar->setListenHost(asked.host);
        m_bar->setListenPort(asked.port);
        m_bar->setTarget(asked.targetHost, asked.targetPort);
    }
    m_bar->showState(*m_relay);
    m_faults->showRelay();
    m_hold->showRelay();
    m_rules->setRunning(isActive());
    m_scenario->showRelay();
    m_api->showRelay();
    if (isActive()) { // perhaps by somebody who knows nothing of this page
        m_relay->setRules(rulesInForce());
    }
    RelayOptions bound = m_relay->options();
    bound.port = m_relay->address().port;
    if (isActive() && m_relay->options().port == 0 && relaysToItself(bound)) {
        // Any free port was asked for, and it was the one where nobody listens: the target's.
        m_relay->start(m_relay->options());
        return;
    }
    if (m_relay->state() == Relay::State::Failed) {
        m_bar->showProblem(m_relay->failure().oneLine());
    } else if (m_relay->state() == Relay::State::Stopped) {
        m_bar->showProblem({});
        m_bar->showTargetProblem({});
    }
    Q_EMIT titleChanged();
}

/// What went wrong with the target stands by its fields until a later client gets through.
void RelayPage::lookAtTarget()
{
    const quint32 latest = connections()->model()->latest();
    if (latest <= m_before || !isActive()) {
        return;
    }
    const std::optional<TargetLeg> target = m_relay->target(latest);
    if (target && target->state != TargetLeg::State::Connecting) {
        const bool hasFailed = target->state == TargetLeg::State::Failed;
        m_bar->showTargetProblem(hasFailed
                ? tr("The target, for connection #%1: %2").arg(QString::number(latest), target->failure.oneLine())
                : QString());
    }
}

QString RelayPage::title() const
{
    if (!m_proxy.isEmpty()) {
        constexpr qsizetype longest = 40;
        return tr("Proxy %1").arg(m_proxy.left(longest));
    }
    const bool isListening = isActive();
    const quint16 port = isListening ? m_relay->address().port : m_bar->listenPort();
    const QString end = endTitle(m_bar->options().host, port);
    return end.isEmpty() ? tr("Relay") : tr("Relay %1").arg(end);
}

QString RelayPage::stateText() const
{
    return RelaySettingsBar::stateWord(m_relay ? m_relay->state() : Relay::State::Stopped);
}

bool RelayPage::isActive() const
{
    return m_relay && m_relay->state() == Relay::State::Listening;
}

std::optional<Destination> RelayPage::whereToReach() const
{
    if (!isActive()) {
        return std::nullopt;
    }
    const SocketAddress address = m_relay->address();
    return Destination { reachableHost(address), address.port, false, m_relay->options().transport };
}

QIcon RelayPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("relay"));
}

QJsonObject RelayPage::saveState() const
{
    QJsonObject state = m_bar->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("relay"));
    state.insert(QLatin1StringView("faults"), m_faults->saveState());
    state.insert(QLatin1StringView("hold"), m_hold->saveState());
    state.insert(QLatin1StringView("rules"), m_rules->saveState());
    state.insert(QLatin1StringView("scenario"), m_scenario->saveState());
    state.insert(QLatin1StringView("api"), m_api->saveState());
    saveTables(state);
    return state;
}

void RelayPage::restore(const QJsonObject& state)
{
    m_bar->restoreState(state);
    m_faults->restoreState(state.value(QLatin1StringView("faults")).toObject());
    m_hold->restoreState(state.value(QLatin1StringView("hold")).toObject());
    m_rules->restoreState(state.value(QLatin1StringView("rules")).toObject());
    m_scenario->restoreState(state.value(QLatin1StringView("scenario")).toObject());
    m_api->restoreState(state.value(QLatin1StringView("api")).toObject());
    restoreTables(state);
}

} // namespace sockeye
