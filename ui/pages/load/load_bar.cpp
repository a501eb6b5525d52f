// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_bar.h"

#include "app/load/load_figures.h"
#include "app/net/host_text.h"
#include "ui/pages/load/load_requests_panel.h"
#include "ui/pages/load/load_way_panel.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr int longestHost = 255;
constexpr int mostRequests = 1'000'000'000;
constexpr double longestRun = 86'400; // seconds
constexpr int leastPanels = 3; // lines of the panels that a small window shows

QWidget* oneBelowTheOther(QWidget* first, QWidget* second)
{
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(8, 0, 8, 4);
    layout->setSpacing(0);
    layout->addWidget(first);
    layout->addWidget(second);
    return both;
}

} // namespace

LoadBar::LoadBar(QWidget* parent)
    : QWidget(parent)
    , m_host(new QLineEdit(QStringLiteral("127.0.0.1"), this))
    , m_port(new QSpinBox(this))
    , m_transport(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_connections(new QSpinBox(this))
    , m_depth(new QSpinBox(this))
    , m_seconds(new QDoubleSpinBox(this))
    , m_requests(new QSpinBox(this))
    , m_rate(new QSpinBox(this))
    , m_start(new QPushButton(tr("Start load"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_showRequests(new DisclosureButton(tr("&What is asked"), this))
    , m_showWay(new DisclosureButton(tr("How it &connects"), this))
    , m_asked(new LoadRequestsPanel)
    , m_way(new LoadWayPanel)
    , m_panels(new FlatScrollArea(oneBelowTheOther(m_asked, m_way), leastPanels, this))
    , m_state(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_askByHand(new QPushButton(tr("Ask a request made by hand"), this))
{
    buildFields();
    buildLayout();
    connectParts();
    setFocusProxy(m_host);
    showMode();
    showPanels();
    showState(LoadRun::State::Idle, {});
}

QWidget* LoadBar::panels() const
{
    return m_panels;
}

void LoadBar::showPanels()
{
    m_asked->setVisible(m_showRequests->isChecked());
    m_way->setVisible(m_showWay->isChecked());
    m_panels->setVisible(m_showRequests->isChecked() || m_showWay->isChecked());
}

void LoadBar::buildFields()
{
    const LoadPlan defaults;
    m_host->setAccessibleName(tr("Host"));
    m_host->setMaxLength(longestHost);
    m_host->setToolTip(
        tr("A name or an address, or a Unix socket: unix:/path, or @name. Load only servers that are yours to load"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65'535);
    m_port->setValue(defaults.port);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_transport->setAccessibleName(tr("Transport"));
    m_transport->addItem(tr("TCP"), QStringLiteral("tcp"));
    m_transport->addItem(tr("TLS"), QStringLiteral("tls"));
    m_transport->addItem(tr("UDP"), QStringLiteral("udp"));
    m_transport->setToolTip(
        tr("TLS: handshakes are a figure of their own. UDP: each request is a datagram, and what no "
           "reply comes to within the time-out counts as lost. See “How it connects”"));
    m_mode->setAccessibleName(tr("Mode"));
    m_mode->addItem(tr("Fresh: one for each request"), QString(loadModeName(LoadMode::Fresh)));
    m_mode->addItem(tr("Keep: connections stay"), QString(loadModeName(LoadMode::Keep)));
    m_mode->addItem(tr("Pipe: several requests ahead"), QString(loadModeName(LoadMode::Pipe)));
    m_mode->setToolTip(tr("Keep and pipe need a server that keeps connections (Sockeye's: Options, Persistent)"));
    m_connections->setAccessibleName(tr("Connections at once"));
    m_connections->setRange(1, LoadPlan::maxConnections);
    m_connections->setValue(defaults.connections);
    m_depth->setAccessibleName(tr("Depth"));
    m_depth->setRange(1, LoadPlan::maxDepth);
    m_depth->setValue(defaults.depth);
    m_depth->setToolTip(tr("Mode pipe: how many requests are outstanding on each connection"));
    m_seconds->setAccessibleName(tr("Seconds"));
    m_seconds->setRange(0, longestRun);
    m_seconds->setDecimals(1);
    m_seconds->setValue(std::chrono::duration<double>(defaults.duration).count());
    m_seconds->setSpecialValueText(tr("no limit"));
    m_seconds->setToolTip(tr("The run ends after that time, or after so many requests, whichever comes first"));
    m_requests->setAccessibleName(tr("Requests"));
    m_requests->setRange(0, mostRequests);
    m_requests->setGroupSeparatorShown(true);
    m_requests->setSpecialValueText(tr("no limit"));
    m_requests->setToolTip(m_seconds->toolTip());
    m_rate->setAccessibleName(tr("Rate"));
    m_rate->setRange(0, static_cast<int>(LoadPlan::maxRate));
    m_rate->setGroupSeparatorShown(true);
    m_rate->setSpecialValueText(tr("as it answers"));
    m_rate->setToolTip(
        tr("Requests a second, whatever the server does: latencies count from when each was due, so that "
           "a server that stalls cannot hide it. “As it answers”: the next one when a reply has come"));
    m_start->setToolTip(tr("Ask each request once, check the replies, then begin"));
    m_cancel->setToolTip(tr("End the run; what was measured stays"));
    m_cancel->hide();
    m_state->setAccessibleName(tr("Load state"));
    m_problem->setAccessibleName(tr("What went wrong"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_askByHand->setAccessibleName(tr("Ask a request made by hand"));
    m_askByHand->setToolTip(tr("Sets the weights of the others to 0, and shows where its bytes are written"));
    m_askByHand->hide();
    for (QLabel* label : { m_state, m_problem }) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
}

void LoadBar::buildLayout()
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    const auto add = [&](const QString& text, QWidget* field, int row, int column) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        grid->addWidget(label, row, column);
        grid->addWidget(field, row, column + 1);
    };
    add(tr("&Host"), m_host, 0, 0);
    auto* portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);
    auto* port = new QHBoxLayout;
    port->setSpacing(8);
    port->addWidget(m_port); // five digits wide
    port->addWidget(m_transport);
    port->addStretch(1);
    grid->addWidget(portLabel, 0, 2);
    grid->addLayout(port, 0, 3);
    add(tr("&Mode"), m_mode, 1, 0);
    add(tr("Connec&tions"), m_connections, 1, 2);
    add(tr("&Depth"), m_depth, 1, 4);
    add(tr("&Seconds"), m_seconds, 2, 0);
    add(tr("Re&quests"), m_requests, 2, 2);
    add(tr("&Rate"), m_rate, 2, 4);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    grid->addLayout(buttons, 0, 4, 1, 2);
    grid->setColumnStretch(6, 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_state);
    second->addStretch(1);
    second->addWidget(m_showRequests);
    second->addWidget(m_showWay);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(grid);
    layout->addLayout(second);
    auto* problem = new QHBoxLayout;
    problem->setSpacing(8);
    problem->addWidget(m_problem, 1);
    problem->addWidget(m_askByHand);
    layout->addLayout(problem);
}

void LoadBar::connectParts()
{
    connect(m_start, &QPushButton::clicked, this, &LoadBar::startWanted);
    connect(m_cancel, &QPushButton::clicked, this, &LoadBar::cancelWanted);
    connect(m_host, &QLineEdit::returnPressed, this, [this] {
        if (!m_running) {
            Q_EMIT startWanted();
        }
    });
    connect(m_host, &QLineEdit::textChanged, this, [this] {
        showMode();
        Q_EMIT targetChanged();
    });
    connect(m_host, &QLineEdit::editingFinished, this, [this] {
        if (const auto read = readHost(m_host->text()); read && read->port.value_or(0) > 0) {
            m_port->setValue(*read->port);
            m_host->setText(read->host);
        }
    });
    connect(m_port, &QSpinBox::valueChanged, this, &LoadBar::targetChanged);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &LoadBar::showMode);
    connect(m_transport, &QComboBox::currentIndexChanged, this, [this] {
        const QString transport = m_transport->currentData().toString();
        const Transport carrier = transport == u"udp" ? Transport::Udp : Transport::Tcp;
        m_way->setTransport(carrier, transport == u"tls");
        m_asked->setTransport(carrier);
        showMode();
        lookAtWeights();
    });
    connect(m_asked, &LoadRequestsPanel::weightsChanged, this, &LoadBar::lookAtWeights);
    connect(m_askByHand, &QPushButton::clicked, this, [this] {
        m_showRequests->setChecked(true);
        m_asked->askByHand();
    });
    // One of them at a time: a small window has no room for both.
    const std::pair<QToolButton*, QToolButton*> others[] { { m_showRequests, m_showWay },
        { m_showWay, m_showRequests } };
    for (const auto& [button, other] : others) {
        connect(button, &QToolButton::toggled, this, [this, closed = other](bool on) {
            if (on) {
                closed->setChecked(false);
            }
            showPanels();
        });
    }
    connect(&Theme::instance(), &Theme::changed, this, &LoadBar::showColours);
}

QList<QWidget*> LoadBar::fields() const
{
    return { m_host, m_port, m_transport, m_mode, m_connections, m_depth, m_seconds, m_requests, m_rate, m_asked,
        m_way };
}

QString LoadBar::host() const
{
    const auto read = readHost(m_host->text());
    return read ? read->host : m_host->text().trimmed();
}

quint16 LoadBar::port() const
{
    const auto read = readHost(m_host->text());
    if (read && isUnixHost(read->host)) {
        return 0;
    }
    const quint16 written = read ? read->port.value_or(0) : quint16(0);
    return written > 0 ? written : static_cast<quint16>(m_port->value());
}

LoadPlan LoadBar::plan() const
{
    LoadPlan plan;
    plan.host = host();
    plan.port = port();
    plan.mode = mode();
    plan.connections = m_connections->value();
    plan.depth = m_depth->value();
    plan.duration = std::chrono::milliseconds(std::llround(m_seconds->value() * 1'000));
    plan.requests = m_requests->value();
    plan.rate = m_rate->value();
    m_way->applyTo(plan);
    m_asked->applyTo(plan);
    return plan;
}

LoadMode LoadBar::mode() const
{
    return loadModeFromName(m_mode->currentData().toString()).value_or(LoadMode::Fresh);
}

void LoadBar::showMode()
{
    m_depth->setEnabled(!m_running && mode() == LoadMode::Pipe);
    m_port->setEnabled(!m_running && !isUnixHost(host()));
    m_asked->setMode(mode());
}

QString LoadBar::stateWord(LoadRun::State state, const LoadReport& report)
{
    switch (state) {
    case LoadRun::State::Idle:
        break;
    case LoadRun::State::Probing:
        return tr("asking once");
    case LoadRun::State::Opening:
        return tr("connecting");
    case LoadRun::State::Running:
        return tr("running");
    case LoadRun::State::Over:
        return report.failure ? tr("failed") : report.stopped ? tr("cancelled") : tr("done");
    }
    return tr("ready");
}

void LoadBar::showState(LoadRun::State state, const LoadReport& report)
{
    m_running = state != LoadRun::State::Idle && state != LoadRun::State::Over;
    // Focus goes along, so that the keyboard starts and cancels without searching.
    const bool hadFocus = m_start->hasFocus() || m_cancel->hasFocus();
    m_start->setVisible(!m_running);
    m_cancel->setVisible(m_running);
    if (hadFocus) {
        (m_running ? m_cancel : m_start)->setFocus();
    }
    for (QWidget* field : fields()) {
        field->setEnabled(!m_running);
    }
    showMode();
    m_stateText = stateWord(state, report);
    if (report.requests() > 0) {
        m_stateText = tr("%1: %2 requests in %3 s, %4 a second")
                          .arg(m_stateText, groupedNumber(report.requests()), QString::number(report.seconds(), 'f', 1),
                              groupedNumber(std::llround(report.requestsPerSecond())));
    }
    showColours();
}

/// Over UDP nothing ready-made can be asked: that is said where it is chosen, with the way out.
void LoadBar::lookAtWeights()
{
    const bool isStuck = m_transport->currentData().toString() == u"udp" && m_asked->hasReadyMade();
    if (isStuck || !m_askByHand->isHidden()) {
        showProblem(isStuck ? plan().problem() : QString());
    }
}

void LoadBar::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_askByHand->setVisible(
        !text.isEmpty() && m_transport->currentData().toString() == u"udp" && m_asked->hasReadyMade());
}

void LoadBar::showColours()
{
    const Theme& theme = Theme::instance();
    const QColor dot = m_running ? theme.good() : theme.muted();
    m_state->setText(
        QStringLiteral("<span style=\"color:%1\">%2</span> %3")
            .arg(dot.name(), m_running ? QStringLiteral("●") : QStringLiteral("○"), m_stateText.toHtmlEscaped()));
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme.error());
    m_problem->setPalette(palette);
}

QJsonObject LoadBar::saveState() const
{
    return { { QStringLiteral("host"), m_host->text() }, { QStringLiteral("port"), m_port->value() },
        { QStringLiteral("transport"), m_transport->currentData().toString() },
        { QStringLiteral("way"), m_way->saveState() }, { QStringLiteral("showWay"), m_showWay->isChecked() },
        { QStringLiteral("mode"), m_mode->currentData().toString() },
        { QStringLiteral("connections"), m_connections->value() }, { QStringLiteral("depth"), m_depth->value() },
        { QStringLiteral("seconds"), m_seconds->value() }, { QStringLiteral("requests"), m_requests->value() },
        { QStringLiteral("rate"), m_rate->value() }, { QStringLiteral("asked"), m_asked->saveState() },
        { QStringLiteral("showAsked"), m_showRequests->isChecked() } };
}

void LoadBar::restoreState(const QJsonObject& state)
{
    const auto number = [&state](const char* key, QSpinBox* field) {
        field->setValue(state.value(QLatin1StringView(key)).toInt(field->value())); // which keeps it in its range
    };
    m_host->setText(state.value(u"host").toString(m_host->text()).left(longestHost));
    number("port", m_port);
    m_transport->setCurrentIndex(
        std::max(m_transport->findData(state.value(u"transport").toString()), 0)); // before what depends on it
    m_way->restoreState(state.value(u"way").toObject());
    m_showWay->setChecked(state.value(u"showWay").toBool());
    const int mode = m_mode->findData(state.value(u"mode").toString());
    m_mode->setCurrentIndex(mode >= 0 ? mode : m_mode->currentIndex());
    number("connections", m_connections);
    number("depth", m_depth);
    m_seconds->setValue(state.value(u"seconds").toDouble(m_seconds->value()));
    number("requests", m_requests);
    number("rate", m_rate);
    m_asked->restoreState(state.value(u"asked").toObject());
    m_showRequests->setChecked(state.value(u"showAsked").toBool());
}

} // namespace sockeye
