// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_page.h"

#include "app/net/host_text.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/connections/kernel_panel.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/reread_row.h"
#include "ui/pages/server/catalog_panel.h"
#include "ui/pages/server/server_chat_panel.h"
#include "ui/pages/server/server_send_panel.h"
#include "ui/pages/server/server_settings_bar.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/rules/rules_panel.h"
#include "ui/text/end_title.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr int usualName = 16; // of a protocol, in characters
// More is no catalogue that somebody typed.
constexpr qsizetype maxSavedEntries = 10'000;

QJsonArray catalogState(const Catalog& catalog)
{
    // Pairs, not an object: Qt's objects sort their keys, and people put entries in an order.
    QJsonArray entries;
    for (const Catalog::Entry& entry : catalog.entries().first(std::min(catalog.entries().size(), maxSavedEntries))) {
        entries.append(QJsonArray { entry.first, entry.second });
    }
    return entries;
}

Catalog catalogFromState(const QJsonArray& state)
{
    QList<Catalog::Entry> entries;
    for (const auto& value : state) {
        const QJsonArray pair = value.toArray();
        if (pair.size() == 2 && entries.size() < maxSavedEntries) {
            entries.append({ pair.at(0).toString(), pair.at(1).toString() });
        }
    }
    return Catalog(entries);
}

} // namespace

ServerPage::ServerPage(IoThreads& threads, QWidget* parent)
    : Page(parent)
    , m_threads(threads)
    , m_settings(new ServerSettingsBar(this))
    , m_connections(new ConnectionsPanel(this))
    , m_messages(new MessagesPanel(this))
    , m_catalog(new CatalogPanel(this))
    , m_rules(new RulesPanel(this))
    , m_chat(new ServerChatPanel(this))
    , m_sending(new ServerSendPanel(this))
    , m_kernel(new KernelPanel(this))
    , m_reread(new RereadRow(this))
    , m_protocol(new ProtocolBox(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_tabs(new QTabWidget(this))
{
    m_connections->setActionsOffered(ConnectionsPanel::Offer::All);
    m_connections->setEmptyText(tr("Every client that connects gets a line here. Start the server, then ask it: from a "
                                   "client page (New client), or with any program of yours."));
    m_messages->setEmptyText(
        tr("Every message that comes or goes gets a line here. Select one to see its bytes and what they mean."));
    buildLayout();
    connectPanels();
    showServiceParts();
}

ServerPage::~ServerPage() = default;

void ServerPage::buildLayout()
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_messages, tr("Messages"));
    m_tabs->addTab(m_catalog, tr("Catalogue"));
    m_tabs->addTab(m_chat, tr("Chat"));
    m_tabs->setTabToolTip(1, tr("What “search” finds; used from the next request on"));
    m_tabs->addTab(m_rules, tr("Rules"));
    m_tabs->setTabToolTip(3, tr("What is answered to which messages"));
    m_tabs->addTab(m_sending, tr("Send"));
    m_tabs->setTabToolTip(4, tr("What the server says of itself, to one of its peers or to all"));
    m_tabs->addTab(m_kernel, tr("Kernel"));
    m_tabs->setTabToolTip(5, tr("Queues, round trip and window of the selected connection, over time"));
    auto* corner = new QWidget(m_tabs);
    auto* label = new QLabel(tr("Pr&otocol"), corner);
    label->setBuddy(m_protocol);
    // The longest name of all would take the tabs' room.
    m_protocol->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_protocol->setMinimumContentsLength(usualName);
    auto* cornerLayout = new QHBoxLayout(corner);
    cornerLayout->setContentsMargins(0, 0, 8, 0);
    cornerLayout->setSpacing(8);
    cornerLayout->addWidget(label);
    cornerLayout->addWidget(m_protocol);
    m_tabs->setCornerWidget(corner);
    m_splitter->addWidget(m_connections);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 200, 400 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_settings);
    layout->addWidget(m_reread);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_settings);
}

void ServerPage::connectPanels()
{
    connect(m_settings, &ServerSettingsBar::startWanted, this, &ServerPage::start);
    connect(m_settings, &ServerSettingsBar::stopWanted, this, &ServerPage::stop);
    connect(m_settings, &ServerSettingsBar::settingsChanged, this, &ServerPage::showServiceParts);
    connect(m_protocol, &ProtocolBox::chosen, this, &ServerPage::setProtocol);
    connect(m_reread, &RereadRow::ready, this, &ServerPage::showReading);
    connect(m_reread, &RereadRow::cancelled, this, [this] {
        m_limits = m_capture->limits();
        setProtocol(m_capture->protocol());
    });
    connect(m_catalog, &CatalogPanel::catalogChanged, this, [this] {
        if (m_server) {
            m_server->setCatalog(std::make_shared<const Catalog>(m_catalog->catalog()));
        }
    });
    connect(m_rules, &RulesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_messages, &MessagesPanel::currentMessageChanged, this, [this] {
        m_showsUnfinished = false;
        Q_EMIT currentMessageChanged();
    });
    connect(m_messages, &MessagesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_messages, &MessagesPanel::exportRequested, this, &Page::exportRequested);
    connect(m_messages, &MessagesPanel::bytesSelected, this, &Page::bytesSelected);
    connect(m_connections, &ConnectionsPanel::unfinishedMessageSelected, this, [this] {
        m_showsUnfinished = true;
        Q_EMIT currentMessageChanged();
    });
    connect(m_connections, &ConnectionsPanel::currentConnectionChanged, m_kernel, &KernelPanel::follow);
    connect(m_connections, &ConnectionsPanel::connectionActivated, this, [this](quint32 connection) {
        m_tabs->setCurrentWidget(m_messages);
        m_messages->showConnection(connection);
    });
    const auto toServer = [this](void (Server::*act)(quint32)) {
        return [this, act](quint32 connection) {
            if (m_server) {
                (m_server.get()->*act)(connection);
            }
        };
    };
    connect(m_connections, &ConnectionsPanel::closeRequested, this, toServer(&Server::closeConnection));
    connect(m_connections, &ConnectionsPanel::halfCloseRequested, this, toServer(&Server::halfCloseConnection));
    connect(m_connections, &ConnectionsPanel::resetRequested, this, toServer(&Server::resetConnection));
    connect(m_connections, &ConnectionsPanel::stallRequested, this, [this](quint32 connection, bool stalled) {
        if (m_server) {
            m_server->setStalled(connection, stalled);
        }
    });
    connectSending();
}

void ServerPage::setPort(quint16 port)
{
    m_settings->setPort(port);
}

void ServerPage::start()
{
    const bool isIdle =
        !m_server || m_server->state() == Server::State::Stopped || m_server->state() == Server::State::Failed;
    if (!isIdle) {
        return;
    }
    ServerOptions options = m_settings->options();
    if (const QString problem = hostProblem(options.host); !problem.isEmpty()) {
        Q_EMIT statusMessage(problem);
        return;
    }
    options.serviceOptions.catalog = std::make_shared<const Catalog>(m_catalog->catalog());
    if (goesByRules()) {
        options.serviceOptions.rules = m_rules->shelf();
        options.serviceOptions.protocol = m_chosenProtocol;
        updateRules();
        m_rules->apply();
    }
    const std::shared_ptr<const Service> service = newService(options.service, options.serviceOptions);
    if (!service) {
        return; // the box offers only services that there are
    }
    m_limits = options.serviceOptions.limits;
    if (!m_server) {
        makeServer(options);
    }
    read();
    m_connections->model()->setNoneRead(!service->reads());
    // In a room, who only listens is not silent.
    const std::chrono::milliseconds idle = service->newRoom() ? 0ms : options.idleTimeout;
    m_connections->model()->setPatience(idle, options.linger);
    m_settings->showFailure({});
    m_server->start(options);
    showState();
}

void ServerPage::makeServer(const ServerOptions& options)
{
    CaptureOptions captureOptions;
    captureOptions.protocol = wantedProtocol(*chosenService());
    captureOptions.limits = m_limits;
    captureOptions.title = tr("Server %1").arg(placeText(options.host, options.port));
    const std::shared_ptr<Capture> capture = Capture::create(captureOptions);
    m_server = std::make_unique<Server>(m_threads, capture);
    connect(m_server.get(), &Server::stateChanged, this, &ServerPage::showState);
    connect(m_server.get(), &Server::certificateChanged, this, &ServerPage::showState);
    connect(m_server.get(), &Server::acceptTrouble, m_settings, &ServerSettingsBar::showFailure);
    m_chat->setServer(m_server.get());
    m_sending->setServer(m_server.get());
    showReading(capture);
}

std::shared_ptr<const Service> ServerPage::chosenService() const
{
    return newService(m_settings->service(), {});
}

ProtocolPtr ServerPage::wantedProtocol(const Service& service) const
{
    if (m_chosenProtocol) {
        return m_chosenProtocol;
    }
    // Datagrams are read as such anyway: earlier connections stay as they are.
    return service.protocol()->cutsStreams() || !m_capture ? service.protocol() : m_capture->protocol();
}

void ServerPage::setProtocol(const ProtocolPtr& protocol)
{
    const std::shared_ptr<const Service> service = chosenService();
    m_chosenProtocol = service && service->protocol() == protocol ? nullptr : protocol;
    if (service) {
        m_protocol->setProtocol(wantedProtocol(*service));
    }
    updateRules();
    updateSending();
    read();
}

/// As it is wanted now. What is shown stays until that is there.
void ServerPage::read()
{
    if (const std::shared_ptr<const Service> service = chosenService(); service && m_capture) {
        m_reread->begin(m_capture, wantedProtocol(*service), m_limits);
    }
}

void ServerPage::showReading(const std::shared_ptr<Capture>& capture)
{
    if (capture == m_capture) {
        return;
    }
    m_capture = capture;
    m_connections->showReading(capture);
    m_messages->showReading(capture);
    m_kernel->showReading(capture);
    m_rules->follow(capture);
    Q_EMIT currentMessageChanged();
}

void ServerPage::stop()
{
    if (m_server) {
        m_server->stop();
        showState();
    }
}

void ServerPage::showState()
{
    m_settings->showState(m_server->state(), m_server->address(), m_server->certificate());
    if (m_server->state() == Server::State::Failed) {
        m_settings->showFailure(m_server->failure());
    } else if (m_server->state() == Server::State::Stopped) {
        m_settings->showFailure({});
    }
    m_rules->setRunning(isActive());
    Q_EMIT titleChanged();
}

QString ServerPage::title() const
{
    const bool isListening = m_server && m_server->state() == Server::State::Listening;
    const quint16 port = isListening ? m_server->address().port : m_settings->port();
    const QString end = endTitle(m_settings->options().host, port);
    return end.isEmpty() ? tr("Server") : tr("Server %1").arg(end);
}

QString ServerPage::stateText() const
{
    return ServerSettingsBar::stateWord(m_server ? m_server->state() : Server::State::Stopped);
}

bool ServerPage::isActive() const
{
    return m_server && m_server->state() == Server::State::Listening;
}

QIcon ServerPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("server"));
}

MessageRef ServerPage::currentMessage() const
{
    if (m_showsUnfinished) {
        MessageRef unfinished = m_connections->unfinishedMessage();
        if (unfinished.capture) {
            return unfinished;
        }
    }
    return m_messages->currentMessage();
}

QJsonObject ServerPage::saveState() const
{
    QJsonObject state = m_settings->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("server"));
    state.insert(QLatin1StringView("rules"), m_rules->saveState());
    state.insert(QLatin1StringView("sending"), m_sending->saveState());
    state.insert(QLatin1StringView("catalog"), catalogState(m_catalog->catalog()));
    state.insert(QLatin1StringView("connections"), m_connections->saveState());
    state.insert(QLatin1StringView("messages"), m_messages->saveState());
    if (m_chosenProtocol) {
        state.insert(QLatin1StringView("protocol"), m_chosenProtocol->id());
    }
    state.insert(QLatin1StringView("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    return state;
}

void ServerPage::restore(const QJsonObject& state)
{
    m_settings->restoreState(state);
    ProtocolLibrary::instance().restore(state.value(QLatin1StringView("protocol")).toString(), this,
        [this](const ProtocolPtr& protocol) { setProtocol(protocol); });
    m_rules->restoreState(state.value(QLatin1StringView("rules")).toObject());
    m_sending->restoreState(state.value(QLatin1StringView("sending")).toObject());
    const QJsonValue catalog = state.value(QLatin1StringView("catalog"));
    if (catalog.isArray()) {
        m_catalog->setCatalog(catalogFromState(catalog.toArray()));
    }
    m_connections->restoreState(state.value(QLatin1StringView("connections")).toObject());
    m_messages->restoreState(state.value(QLatin1StringView("messages")).toObject());
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
}

void ServerPage::showMessagesView(MessagesView view)
{
    m_tabs->setCurrentWidget(m_messages);
    Page::showMessagesView(view);
}

ExportableMessages ServerPage::exportableMessages() const
{
    return m_messages->exportableMessages();
}

void ServerPage::focusFind()
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->focusFind();
}

MessagesPanel* ServerPage::messagesPanel(bool inFront)
{
    if (inFront) {
        m_tabs->setCurrentWidget(m_messages);
    }
    return m_messages;
}

void ServerPage::findNext(bool backwards)
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->findNext(backwards);
}

void ServerPage::showBytes(qint64 offset, qint64 size)
{
    m_messages->showBytes(offset, size);
}

void ServerPage::focusFilter()
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->focusFilter();
}

void ServerPage::addToFilter(const QString& test, bool also)
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->addToFilter(test, also);
}

void ServerPage::copySelection()
{
    if (m_connections->table()->hasFocus()) {
        m_connections->copySelection();
    } else {
        m_messages->copySelection();
    }
}

} // namespace sockeye
