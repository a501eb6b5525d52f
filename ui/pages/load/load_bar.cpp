// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_bar.h"

#include "app/load/load_figures.h"
#include "app/net/host_text.h"
#include "ui/pages/load/load_requests_panel.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/disclosure_button.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <cmath>

namespace sockeye {

namespace {

constexpr int longestHost = 255;
constexpr int mostRequests = 1'000'000'000;
constexpr double longestRun = 86'400; // seconds

} // namespace

LoadBar::LoadBar(QWidget* parent)
    : QWidget(parent)
    , m_host(new QLineEdit(QStringLiteral("127.0.0.1"), this))
    , m_port(new QSpinBox(this))
    , m_mode(new QComboBox(this))
    , m_connections(new QSpinBox(this))
    , m_depth(new QSpinBox(this))
    , m_seconds(new QDoubleSpinBox(this))
    , m_requests(new QSpinBox(this))
    , m_rate(new QSpinBox(this))
    , m_start(new QPushButton(tr("Start load"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_showRequests(new DisclosureButton(tr("&What is asked"), this))
    , m_asked(new LoadRequestsPanel(this))
    , m_state(new QLabel(this))
    , m_problem(new QLabel(this))
{
    buildFields();
    buildLayout();
    connectParts();
    setFocusProxy(m_host);
    showMode();
    showState(LoadRun::State::Idle, {});
}

void LoadBar::buildFields()
{
    const LoadPlan defaults;
    m_host->setAccessibleName(tr("Host"));
    m_host->setMaxLength(longestHost);
    m_host->setToolTip(tr("A name or an address. Load only servers that are yours to load"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65'535);
    m_port->setValue(defaults.port);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
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
    m_asked->hide();
    m_cancel->hide();
    m_state->setAccessibleName(tr("Load state"));
    m_problem->setAccessibleName(tr("What went wrong"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
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
    add(tr("&Port"), m_port, 0, 2);
    grid->setAlignment(m_port, Qt::AlignLeft); // five digits wide
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
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(grid);
    layout->addLayout(second);
    layout->addWidget(m_asked);
    layout->addWidget(m_problem);
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
    connect(m_host, &QLineEdit::textChanged, this, &LoadBar::targetChanged);
    connect(m_host, &QLineEdit::editingFinished, this, [this] {
        if (const auto read = readHost(m_host->text()); read && read->port.value_or(0) > 0) {
            m_port->setValue(*read->port);
            m_host->setText(read->host);
        }
    });
    connect(m_port, &QSpinBox::valueChanged, this, &LoadBar::targetChanged);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &LoadBar::showMode);
    connect(m_showRequests, &QToolButton::toggled, m_asked, &QWidget::setVisible);
    connect(&Theme::instance(), &Theme::changed, this, &LoadBar::showColours);
}

QList<QWidget*> LoadBar::fields() const
{
    return { m_host, m_port, m_mode, m_connections, m_depth, m_seconds, m_requests, m_rate, m_asked };
}

QString LoadBar::host() const
{
    const auto read = readHost(m_host->text());
    return read ? read->host : m_host->text().trimmed();
}

quint16 LoadBar::port() const
{
    const auto read = readHost(m_host->text());
    const quint16 written = read ? read->port.value_or(0) : quint16(0);
    return written > 0 ? written : static_cast<quint16>(m_port->value());
}

LoadPlan LoadBar::plan() const
{
    LoadPlan plan;
    plan.host = host();
    plan.port = port();
    plan.mode = loadModeFromName(m_mode->currentData().toString()).value_or(LoadMode::Fresh);
    plan.connections = m_connections->value();
    plan.depth = m_depth->value();
    plan.duration = std::chrono::milliseconds(std::llround(m_seconds->value() * 1'000));
    plan.requests = m_requests->value();
    plan.rate = m_rate->value();
    m_asked->applyTo(plan);
    return plan;
}

void LoadBar::showMode()
{
    m_depth->setEnabled(!m_running && m_mode->currentData().toString() == loadModeName(LoadMode::Pipe));
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

void LoadBar::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
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
