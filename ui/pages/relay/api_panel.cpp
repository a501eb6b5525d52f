// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/api_panel.h"

#include "ui/pages/relay/api_requests_model.h"
#include "ui/pages/relay/relay_page.h"
#include "ui/pages/relay/toxiproxy_pages.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/text_button.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace sockeye {

namespace {

const QString ownProxy = QStringLiteral("relay"); // as the command line calls it
constexpr int fewestRequests = 2;

} // namespace

ApiPanel::ApiPanel(RelayPage& page, IoThreads& threads, QWidget* parent)
    : QWidget(parent)
    , m_page(page)
    , m_threads(threads)
    , m_on(new QCheckBox(tr("Listen for clients of To&xiproxy's API"), this))
    , m_port(new NumberBox(tr("Port of Toxiproxy's API"), 0, 65'535, ToxiproxyApi::usualPort, this))
    , m_copy(
          newTextButton(this, tr("Copy e&xample"), tr("Copy a command that adds a fault to this relay over the API")))
    , m_state(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_requests(new ApiRequestsModel(this))
    , m_table(new DenseTable(this))
{
    buildLayout();
    connect(m_on, &QCheckBox::toggled, this, &ApiPanel::setOn);
    connect(m_port, &QSpinBox::editingFinished, this, [this] {
        if (m_failure) { // another port may be free
            setOn(true);
        }
    });
    connect(m_copy, &QToolButton::clicked, this, &ApiPanel::copyExample);
    connect(&Theme::instance(), &Theme::changed, this, &ApiPanel::showState);
    showState();
}

ApiPanel::~ApiPanel() = default;

void ApiPanel::buildLayout()
{
    m_on->setToolTip(
        tr("Test suites that drive Toxiproxy drive this relay, unchanged: it is their proxy \"relay\", and "
           "its faults are their toxics. Only programs of this machine can"));
    m_port->setToolTip(
        tr("%1 is where clients of Toxiproxy look for it; 0 takes any free one and shows which one it is")
            .arg(ToxiproxyApi::usualPort));
    m_port->setGroupSeparatorShown(false);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_state->setAccessibleName(tr("State of Toxiproxy's API"));
    m_problem->setAccessibleName(tr("What is wrong with Toxiproxy's API"));
    m_problem->setTextFormat(Qt::PlainText);
    for (QLabel* const label : { m_state, m_problem }) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setContentsMargins(8, 0, 8, 0);
    }
    m_table->setModel(m_requests);
    m_table->setAccessibleName(tr("Requests of Toxiproxy's API"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEmptyText(tr("What a client asks for gets a line here."));
    m_table->setSampleTexts({ QStringLiteral("00:00:00.000"), QString(), QStringLiteral("409 proxy already exists ") });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(ApiRequestsModel::Request, QHeaderView::Stretch);
    m_table->setFewestRows(fewestRequests);
    auto* portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 8, 0);
    head->setSpacing(8);
    head->addWidget(m_on);
    head->addWidget(portLabel);
    head->addWidget(m_port);
    head->addStretch(1);
    head->addWidget(m_copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_state);
    layout->addWidget(m_problem);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_on);
}

bool ApiPanel::isOn() const
{
    return m_on->isChecked() && m_on->isEnabled();
}

quint16 ApiPanel::port() const
{
    return m_api ? m_api->address().port : static_cast<quint16>(m_port->value());
}

void ApiPanel::setPort(quint16 port)
{
    m_port->setValue(port);
}

void ApiPanel::setOn(bool on)
{
    const QSignalBlocker blocker(m_on);
    m_on->setChecked(on);
    stopListening();
    if (on) {
        listen();
    }
    showState();
}

void ApiPanel::listen()
{
    if (m_options.transport == Transport::Udp) {
        return;
    }
    auto api = std::make_unique<ToxiproxyPages>(m_threads);
    m_failure = api->listen(static_cast<quint16>(m_port->value()));
    if (m_failure) {
        return;
    }
    m_asked = m_port->value();
    m_api = std::move(api);
    connect(m_api.get(), &ToxiproxyPages::pageMade, this, &ApiPanel::pageMade);
    connect(m_api.get(), &ToxiproxyPages::answered, m_requests, &ApiRequestsModel::add);
    connect(m_api.get(), &ToxiproxyPages::answered, m_table, &QTableView::scrollToBottom);
    m_api->adopt(ownProxy, m_page, m_options);
}

void ApiPanel::stopListening()
{
    if (m_api) {
        m_port->setValue(m_asked);
    }
    m_api.reset();
    m_failure = {};
}

void ApiPanel::setOptions(const RelayOptions& options)
{
    const bool isOther = options.transport != m_options.transport;
    m_options = options;
    if (m_api && m_page.relay() != nullptr) {
        m_api->setOptions(*m_page.relay(), options);
    }
    if (isOther) { // Toxiproxy's proxies are for TCP
        m_on->setEnabled(options.transport == Transport::Tcp);
        stopListening();
        showState();
    }
}

void ApiPanel::showRelay()
{
    const Relay* const relay = m_page.relay();
    const bool begins =
        relay != nullptr && (relay->state() == Relay::State::Starting || relay->state() == Relay::State::Listening);
    if (!begins || !isOn()) {
        return;
    }
    if (!m_api && !m_failure) {
        listen();
        showState();
    } else if (m_api) {
        m_api->adopt(ownProxy, m_page, m_options); // a client may have removed it
    }
}

QString ApiPanel::stateText() const
{
    return !isOn()  ? QString()
        : m_api     ? tr("Active", "Toxiproxy's API")
        : m_failure ? tr("Failed", "Toxiproxy's API")
                    : tr("Waits", "Toxiproxy's API");
}

QString ApiPanel::stateLine() const
{
    if (m_options.transport == Transport::Udp) {
        return tr("off: Toxiproxy's proxies are for TCP");
    }
    if (m_api) {
        return tr(
            "listening on %1; this relay is the proxy \"%2\", and proxies that are made over the API get pages of "
            "their own")
            .arg(m_api->address().toString(), ownProxy);
    }
    if (m_failure) {
        return tr("not listening");
    }
    return isOn() ? tr("waits until the relay is started") : tr("off");
}

void ApiPanel::showState()
{
    const Theme& theme = Theme::instance();
    m_state->setText(dotAndWords(isListening(),
        isListening()   ? theme.good()
            : m_failure ? theme.error()
                        : theme.muted(),
        stateLine()));
    m_problem->setText(m_failure.oneLine());
    m_problem->setVisible(m_failure.code != FailureCode::None);
    setTextColour(*m_problem, theme.error());
    m_port->setEnabled(!isListening());
    if (isListening()) {
        m_port->setValue(port());
    }
    m_copy->setEnabled(isListening());
    Q_EMIT stateChanged();
}

void ApiPanel::copyExample()
{
    QGuiApplication::clipboard()->setText(
        QStringLiteral("curl -d '{\"type\": \"latency\", \"attributes\": {\"latency\": 300}}' "
                       "http://127.0.0.1:%1/proxies/%2/toxics")
            .arg(QString::number(port()), ownProxy));
    Q_EMIT statusMessage(tr("The command was copied: paste it into a terminal."));
}

QJsonObject ApiPanel::saveState() const
{
    return { { QStringLiteral("on"), m_on->isChecked() },
        { QStringLiteral("port"), m_api ? m_asked : m_port->value() } };
}

void ApiPanel::restoreState(const QJsonObject& state)
{
    stopListening();
    m_port->restore(state.value(QLatin1StringView("port")));
    const QSignalBlocker blocker(m_on);
    m_on->setChecked(state.value(QLatin1StringView("on")).toBool());
    showState();
}

} // namespace sockeye
