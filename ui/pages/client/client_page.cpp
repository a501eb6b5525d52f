// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_page.h"

#include "app/net/host_text.h"
#include "app/net/io_threads.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/composer/composer_send_row.h"
#include "ui/connections/kernel_panel.h"
#include "ui/messages/message_locator.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/client/client_chat.h"
#include "ui/pages/client/client_conversation.h"
#include "ui/pages/client/client_options_panel.h"
#include "ui/pages/client/client_target_bar.h"
#include "ui/pages/client/diagnose_offer.h"
#include "ui/pages/reread_row.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript_view.h"

#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// In characters of the text: the width from which transcript and messages stand side by side.
constexpr int sideBySideWidth = 150;

} // namespace

ClientPage::ClientPage(IoThreads& threads, QWidget* parent)
    : Page(parent)
    , m_conversation(new ClientConversation(threads, this))
    , m_target(new ClientTargetBar(this))
    , m_options(new ClientOptionsPanel(this))
    , m_chat(new ClientChat(this))
    , m_diagnose(new DiagnoseOffer(this))
    , m_composer(new ComposerPanel(this))
    , m_transcript(new TranscriptView(m_conversation->transcript(), this))
    , m_droppedNote(new QLabel(this))
    , m_messages(new MessagesPanel(this))
    , m_kernel(new KernelPanel(this))
    , m_reread(new RereadRow(this))
    , m_tabs(new QTabWidget(this))
    , m_locator(new MessageLocator(this))
    , m_parts(new QSplitter(Qt::Vertical, this))
    , m_results(new QSplitter(Qt::Vertical, this))
{
    buildLayout();
    connectTarget();
    connectComposer();
    connectMessages();
    setFocusProxy(m_composer);
    showClientState();
}

ClientPage::~ClientPage() = default;

void ClientPage::buildLayout()
{
    m_options->hide();
    m_droppedNote->setText(tr("Only the last %1 entries stand here; all messages are in the table.")
                               .arg(groupedNumber(TranscriptModel::maxEntries)));
    m_droppedNote->setWordWrap(true);
    m_droppedNote->hide();
    m_messages->setCapture(capture());
    m_messages->setEmptyText(tr("Each message that goes out or comes in gets a row here."));

    m_talk = new QWidget(m_results);
    auto* talkColumn = new QVBoxLayout(m_talk);
    talkColumn->setContentsMargins(0, 0, 0, 0);
    talkColumn->setSpacing(4);
    talkColumn->addWidget(m_droppedNote);
    talkColumn->addWidget(m_transcript, 1);
    m_results->addWidget(m_talk);
    m_kernel->setCapture(capture());
    m_kernel->setFloodOffered(true);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_messages, tr("Messages"));
    m_tabs->addTab(m_kernel, tr("Kernel"));
    m_tabs->setTabToolTip(1, tr("Queues, round trip and window of the connection, over time"));
    m_results->addWidget(m_tabs);
    m_results->setStretchFactor(0, 3);
    m_results->setStretchFactor(1, 2);
    m_results->setChildrenCollapsible(false);
    m_parts->addWidget(m_composer);
    m_parts->addWidget(m_chat);
    m_chat->hide();
    m_parts->addWidget(m_results);
    m_parts->setStretchFactor(0, 0);
    m_parts->setStretchFactor(1, 1);
    m_parts->setStretchFactor(2, 1);
    m_parts->setChildrenCollapsible(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_target);
    column->addWidget(m_options);
    column->addWidget(m_diagnose);
    column->addWidget(m_reread);
    column->addWidget(m_parts, 1);
}

void ClientPage::connectTarget()
{
    const auto client = [this]() -> Client& { return m_conversation->client(); };
    connect(m_conversation, &ClientConversation::stateChanged, this, &ClientPage::showClientState);
    connect(m_target, &ClientTargetBar::targetChanged, this, &Page::titleChanged);
    connect(m_target, &ClientTargetBar::transportChanged, this, [this] {
        m_options->setTransport(m_target->transport(), m_target->isTls());
        m_composer->sendRow().setTransport(m_target->transport());
        // A line needs its end; a datagram has one.
        const bool isStream = m_target->transport() == Transport::Tcp;
        m_kernel->setFloodOffered(isStream);
        m_composer->model().edit(nullptr, [isStream](RequestDraft& draft) {
            draft.setLineEnd(isStream ? RequestDraft::LineEnd::Lf : RequestDraft::LineEnd::None);
        });
    });
    connect(m_conversation, &ClientConversation::failed, this, [this](const Failure& failure) {
        m_diagnose->showFor(m_target->transport() == Transport::Tcp ? failure : Failure());
    });
    connect(m_diagnose, &DiagnoseOffer::diagnoseWanted, this,
        [this] { Q_EMIT diagnoseRequested(m_target->destination()); });
    connect(m_target, &ClientTargetBar::sendWanted, this, &ClientPage::send);
    connect(m_target, &ClientTargetBar::optionsToggled, m_options, &QWidget::setVisible);
    connect(m_target, &ClientTargetBar::connectWanted, this, [this, client] {
        if (!hasHost()) {
            return;
        }
        m_target->setPersistent(true); // or the first send would close what was just opened
        client().connectOnly(options());
    });
    connect(m_target, &ClientTargetBar::disconnectWanted, this, [this, client] {
        if (m_conversation->isBusy()) {
            client().cancel();
        }
        client().disconnectFromServer();
    });
    connect(m_target, &ClientTargetBar::halfCloseWanted, this, [client] { client().halfClose(); });
    connect(m_target, &ClientTargetBar::manyWanted, this,
        [this] { Q_EMIT manyConnectionsRequested(m_target->destination()); });
    connect(m_target, &ClientTargetBar::resetWanted, this, [client] { client().reset(); });
    connect(m_options, &ClientOptionsPanel::protocolChanged, this, &ClientPage::showProtocol);
    connect(m_chat, &ClientChat::sayWanted, this, &ClientPage::say);
}

void ClientPage::connectComposer()
{
    for (const Qt::Key key : { Qt::Key_Return, Qt::Key_Enter }) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &ClientPage::send);
    }
    ComposerSendRow& row = m_composer->sendRow();
    connect(m_composer, &ComposerPanel::sendWanted, this, &ClientPage::send);
    connect(&row, &ComposerSendRow::cancelWanted, this, [this] { m_conversation->client().cancel(); });
    connect(m_conversation, &ClientConversation::busyChanged, this, [this] {
        m_composer->sendRow().setBusy(m_conversation->isBusy());
        m_kernel->setFloodEnabled(!m_conversation->isBusy());
    });
    connect(m_kernel, &KernelPanel::floodWanted, this, &ClientPage::flood);
    connect(m_conversation, &ClientConversation::exchangeFinished, this,
        [this](const Exchange& exchange) { Q_EMIT exchangeFinished(exchange.ok()); });

    auto* copies = new QMenu(row.copyButton());
    for (const CopyForm form : copyForms()) {
        copies->addAction(copyFormName(form), this, [this, form] { copyRequest(form, draftRequest()); });
    }
    row.copyButton()->setMenu(copies);
}

void ClientPage::connectMessages()
{
    connect(m_transcript, &TranscriptView::entrySelected, this, &ClientPage::showEntry);
    connect(m_transcript, &TranscriptView::copyWanted, this, &ClientPage::copyEntry);
    connect(m_transcript, &TranscriptView::copyTextWanted, this, &ClientPage::copyEntryText);
    connect(m_transcript, &TranscriptView::editAgainWanted, this, &ClientPage::editEntryAgain);
    connect(&m_conversation->transcript(), &TranscriptModel::appended, this,
        [this] { m_droppedNote->setVisible(m_conversation->transcript().hasDropped()); });
    connect(m_conversation, &ClientConversation::captureChanged, this, [this] {
        m_locator->cancel();
        m_messages->showReading(capture());
        m_kernel->showReading(capture());
        if (isChat()) {
            m_chat->setCapture(capture());
        }
    });
    connect(m_reread, &RereadRow::ready, m_conversation, &ClientConversation::showReading);
    connect(m_reread, &RereadRow::cancelled, this, [this] { m_options->setProtocol(capture()->protocol()); });
    connect(m_locator, &MessageLocator::located, this, &ClientPage::showMessage);
    connect(m_messages, &MessagesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_messages, &MessagesPanel::exportRequested, this, &Page::exportRequested);
    connect(m_messages, &MessagesPanel::currentMessageChanged, this, [this] {
        const MessageRef message = m_messages->currentMessage();
        if (!m_linking && message.capture) {
            m_locator->cancel();
            m_current = message;
            Q_EMIT currentMessageChanged();
        }
    });
}

ClientOptions ClientPage::options() const
{
    ClientOptions options;
    options.host = m_target->host();
    options.port = m_target->port();
    options.persistent = m_target->isPersistent() || isChat();
    m_options->apply(options);
    return options;
}

bool ClientPage::hasHost()
{
    const QString problem = hostProblem(m_target->host());
    if (!problem.isEmpty()) {
        Q_EMIT statusMessage(problem);
    }
    return problem.isEmpty();
}

CopiedRequest ClientPage::draftRequest() const
{
    const RequestDraft& draft = m_composer->model().draft();
    CopiedRequest request;
    request.host = m_target->host();
    request.port = m_target->port();
    request.transport = m_target->transport();
    request.protocol = m_options->protocol();
    request.bytes = draft.bytes();
    if (draft.formFits()) {
        request.action = draft.action();
        request.value = draft.value();
    }
    request.chunks = m_composer->sendRow().chunks();
    request.pauseMs = m_composer->sendRow().pauseMs();
    return request;
}

void ClientPage::send()
{
    if (const QString& obstacle = m_composer->model().obstacle(); !obstacle.isEmpty()) {
        Q_EMIT statusMessage(tr("Nothing was sent. %1").arg(obstacle));
        return;
    }
    const CopiedRequest request = draftRequest();
    if (request.bytes.isEmpty() && request.transport == Transport::Tcp) { // a datagram may be empty
        Q_EMIT statusMessage(tr("There is nothing to send: the request has no bytes."));
        return;
    }
    if (!hasHost()) {
        return;
    }
    SendPlan plan;
    plan.bytes = request.bytes;
    plan.chunks = request.chunks;
    plan.pause = std::chrono::milliseconds(request.pauseMs);
    m_options->apply(plan);
    m_composer->remember();
    m_conversation->send(options(), plan, request);
}

bool ClientPage::isChat() const
{
    return m_options->protocol()->talk() == Talk::Lines;
}

void ClientPage::say(const QByteArray& line)
{
    CopiedRequest request;
    request.host = m_target->host();
    request.port = m_target->port();
    request.protocol = m_options->protocol();
    request.bytes = line;
    m_conversation->send(options(), { line, {}, std::chrono::milliseconds(0), false, false }, request);
}

/// More than any two kernels hold for a peer that does not read; sent without a reply being waited for, until it is all
/// taken or cancelled.
void ClientPage::flood()
{
    constexpr qsizetype size = 16 * 1024 * 1024;
    SendPlan plan;
    plan.bytes = QByteArray(size, '#');
    plan.expectReply = false;
    ClientOptions unhurried = options();
    unhurried.replyTimeout = std::chrono::milliseconds(0);
    unhurried.persistent = true;
    m_target->setPersistent(true); // the connection stays, to be looked at
    CopiedRequest request;
    request.host = unhurried.host;
    request.port = unhurried.port;
    request.protocol = m_options->protocol();
    request.bytes = plan.bytes;
    m_conversation->send(unhurried, plan, request);
}

void ClientPage::setTarget(const QString& host, quint16 port)
{
    m_target->setTarget(host, port);
}

void ClientPage::sendRequest(const QString& action, const QString& value)
{
    m_composer->model().edit(nullptr, [&](RequestDraft& draft) { draft.setForm(action, value); });
    send();
}

void ClientPage::showClientState()
{
    const Client& client = m_conversation->client();
    m_target->showState(client.state(), client.peer());
    m_chat->showState(client.state(), client.peer());
    Q_EMIT titleChanged();
}

void ClientPage::showProtocol()
{
    m_reread->begin(capture(), m_options->streamProtocol());
    m_composer->setVisible(!isChat());
    m_talk->setVisible(!isChat());
    m_chat->setVisible(isChat());
    if (isChat()) {
        m_chat->setCapture(capture());
    }
    setFocusProxy(isChat() ? static_cast<QWidget*>(m_chat) : m_composer);
    m_composer->setProtocol(m_options->protocol());
}

void ClientPage::showEntry()
{
    const TranscriptEntry* entry = m_transcript->currentEntry();
    if (!entry || !entry->capture || entry->connection == 0 || entry->size == 0) {
        return;
    }
    MessageRef wanted;
    wanted.capture = entry->capture;
    wanted.record.time = entry->time;
    wanted.record.connection = entry->connection;
    wanted.record.direction = entry->direction;
    wanted.record.offset = entry->offset;
    wanted.record.size = entry->size;
    m_locator->locate(wanted, entry->rowHint);
}

void ClientPage::showMessage(const MessageRef& message)
{
    m_linking = true;
    m_messages->select(message);
    m_linking = false;
    m_current = message;
    Q_EMIT currentMessageChanged();
}

QString ClientPage::title() const
{
    return tr("Client %1").arg(m_target->port());
}

QString ClientPage::stateText() const
{
    return ClientTargetBar::stateWord(m_conversation->client().state());
}

bool ClientPage::isActive() const
{
    return m_conversation->client().state() != Client::State::Disconnected;
}

QIcon ClientPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("client"));
}

std::shared_ptr<Capture> ClientPage::capture() const
{
    return m_conversation->capture();
}

ExportableMessages ClientPage::exportableMessages() const
{
    return m_messages->exportableMessages();
}

void ClientPage::focusFind()
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->focusFind();
}

void ClientPage::findNext(bool backwards)
{
    m_tabs->setCurrentWidget(m_messages);
    m_messages->findNext(backwards);
}

void ClientPage::copySelection()
{
    if (m_transcript->hasFocus()) {
        copyEntryText();
    } else {
        m_messages->copySelection();
    }
}

QJsonObject ClientPage::saveState() const
{
    return {
        { QStringLiteral("kind"), QStringLiteral("client") },
        { QStringLiteral("host"), m_target->host() },
        { QStringLiteral("port"), m_target->port() },
        { QStringLiteral("persistent"), m_target->isPersistent() },
        { QStringLiteral("udp"), m_target->transport() == Transport::Udp },
        { QStringLiteral("tls"), m_target->isTls() },
        { QStringLiteral("showsOptions"), m_target->showsOptions() },
        { QStringLiteral("options"), m_options->saveState() },
        { QStringLiteral("composer"), m_composer->saveState() },
        { QStringLiteral("messages"), m_messages->saveState() },
        { QStringLiteral("parts"), QString::fromLatin1(m_parts->saveState().toBase64()) },
    };
}

void ClientPage::restore(const QJsonObject& state)
{
    const int port = state.value(u"port").toInt(m_target->port());
    if (port > 0 && port <= 65'535) {
        m_target->setTarget(state.value(u"host").toString(m_target->host()), static_cast<quint16>(port));
    }
    m_target->setPersistent(state.value(u"persistent").toBool());
    m_target->setTransport(state.value(u"udp").toBool() ? Transport::Udp : Transport::Tcp);
    if (state.value(u"tls").toBool()) {
        m_target->setTls();
    }
    m_target->setShowsOptions(state.value(u"showsOptions").toBool());
    m_options->restore(state.value(u"options").toObject());
    m_composer->restore(state.value(u"composer").toObject());
    m_messages->restoreState(state.value(u"messages").toObject());
    m_parts->restoreState(QByteArray::fromBase64(state.value(u"parts").toString().toLatin1()));
}

void ClientPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    const bool sideBySide = width() >= fontMetrics().averageCharWidth() * sideBySideWidth;
    m_results->setOrientation(sideBySide ? Qt::Horizontal : Qt::Vertical);
}

} // namespace sockeye
