// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_page.h"

#include "app/net/io_threads.h"
#include "app/sendlist/list_run.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/composer/composer_send_row.h"
#include "ui/connections/kernel_panel.h"
#include "ui/messages/message_locator.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/client/client_chat.h"
#include "ui/pages/client/client_conversation.h"
#include "ui/pages/client/client_options_panel.h"
#include "ui/pages/client/client_results.h"
#include "ui/pages/client/client_target_bar.h"
#include "ui/pages/client/diagnose_offer.h"
#include "ui/pages/reread_row.h"
#include "ui/text/end_title.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript_view.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int leastOptions = 4; ///< lines of them that are always seen

/// Takes what others leave: where there is little room, its parts give way before options do.
class YieldingSplitter final : public QSplitter {
public:
    using QSplitter::QSplitter;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }
};

} // namespace

ClientPage::ClientPage(IoThreads& threads, QWidget* parent)
    : Page(parent)
    , m_conversation(new ClientConversation(threads, this))
    , m_target(new ClientTargetBar(this))
    , m_options(new ClientOptionsPanel)
    , m_optionsArea(new FlatScrollArea(m_options, leastOptions, this))
    , m_chat(new ClientChat(this))
    , m_diagnose(new DiagnoseOffer(this))
    , m_composer(new ComposerPanel(this))
    , m_results(new ClientResults(m_conversation->transcript(), this))
    , m_reread(new RereadRow(this))
    , m_locator(new MessageLocator(this))
    , m_parts(new YieldingSplitter(Qt::Vertical, this))
{
    buildLayout();
    connectTarget();
    connectComposer();
    connectMessages();
    setFocusProxy(m_composer);
    showClientState();
}

ClientPage::~ClientPage() = default;

MessagesPanel& ClientPage::messages() const
{
    return m_results->messages();
}

KernelPanel& ClientPage::kernel() const
{
    return m_results->kernel();
}

TranscriptView& ClientPage::transcript() const
{
    return m_results->transcript();
}

void ClientPage::buildLayout()
{
    m_optionsArea->hide();
    messages().setCapture(capture());
    kernel().setCapture(capture());
    kernel().setFloodOffered(true);
    m_parts->addWidget(m_composer);
    m_parts->addWidget(m_chat);
    m_chat->hide();
    m_parts->addWidget(m_results);
    m_parts->setStretchFactor(0, 1);
    m_parts->setStretchFactor(1, 2);
    m_parts->setStretchFactor(2, 2);
    m_parts->setChildrenCollapsible(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_target);
    column->addWidget(m_optionsArea);
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
        kernel().setFloodOffered(isStream);
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
    connect(m_target, &ClientTargetBar::optionsToggled, m_optionsArea, &QWidget::setVisible);
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

void ClientPage::connectMessages()
{
    connect(&transcript(), &TranscriptView::entrySelected, this, &ClientPage::showEntry);
    connect(&transcript(), &TranscriptView::copyWanted, this, &ClientPage::copyEntry);
    connect(&transcript(), &TranscriptView::copyTextWanted, this, &ClientPage::copyEntryText);
    connect(&transcript(), &TranscriptView::editAgainWanted, this, &ClientPage::editEntryAgain);
    connect(m_conversation, &ClientConversation::captureChanged, this, [this] {
        m_locator->cancel();
        messages().showReading(capture());
        kernel().showReading(capture());
        if (isChat()) {
            m_chat->setCapture(capture());
        }
    });
    connect(m_reread, &RereadRow::ready, m_conversation, &ClientConversation::showReading);
    connect(m_reread, &RereadRow::cancelled, this, [this] { m_options->setProtocol(capture()->protocol()); });
    connect(m_locator, &MessageLocator::located, this, &ClientPage::showMessage);
    connect(&messages(), &MessagesPanel::statusMessage, this, &Page::statusMessage);
    connect(&messages(), &MessagesPanel::exportRequested, this, &Page::exportRequested);
    connect(&messages(), &MessagesPanel::bytesSelected, this, &Page::bytesSelected);
    connect(&messages(), &MessagesPanel::currentMessageChanged, this, [this] {
        const MessageRef message = messages().currentMessage();
        if (!m_linking && message.capture) {
            m_locator->cancel();
            m_current = message;
            Q_EMIT currentMessageChanged();
        }
    });
}

bool ClientPage::isChat() const
{
    return m_options->protocol()->talk() == Talk::Lines;
}

void ClientPage::setTarget(const QString& host, quint16 port)
{
    m_target->setTarget(host, port);
}

void ClientPage::setTarget(const Destination& there)
{
    m_target->setTarget(there.host, there.port > 0 ? there.port : m_target->port());
    m_target->setTransport(there.transport);
    if (there.tls) {
        m_target->setTls();
    }
}

void ClientPage::setProtocol(const ProtocolPtr& protocol)
{
    m_options->setProtocol(protocol);
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
    m_results->setTranscriptShown(!isChat());
    m_chat->setVisible(isChat());
    if (isChat()) {
        m_chat->setCapture(capture());
    }
    setFocusProxy(isChat() ? static_cast<QWidget*>(m_chat) : m_composer);
    m_composer->setProtocol(m_options->protocol());
}

void ClientPage::showEntry()
{
    const TranscriptEntry* entry = transcript().currentEntry();
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
    messages().select(message);
    m_linking = false;
    m_current = message;
    Q_EMIT currentMessageChanged();
}

QString ClientPage::title() const
{
    return tr("Client %1").arg(endTitle(m_target->host(), m_target->port()));
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
    return messages().exportableMessages();
}

void ClientPage::focusFind()
{
    m_results->showMessages();
    messages().focusFind();
}

MessagesPanel* ClientPage::messagesPanel(bool inFront)
{
    if (inFront) {
        m_results->showMessages();
    }
    return &messages();
}

void ClientPage::findNext(bool backwards)
{
    m_results->showMessages();
    messages().findNext(backwards);
}

void ClientPage::showBytes(qint64 offset, qint64 size)
{
    messages().showBytes(offset, size);
}

MessagesPanel* ClientPage::messagesPanel() const
{
    return &messages();
}

void ClientPage::showMessagesView(MessagesView view)
{
    m_results->showMessages();
    Page::showMessagesView(view);
}

void ClientPage::focusFilter()
{
    m_results->showMessages();
    messages().focusFilter();
}

void ClientPage::addToFilter(const QString& test, bool also)
{
    m_results->showMessages();
    messages().addToFilter(test, also);
}

void ClientPage::copySelection()
{
    if (transcript().hasFocus()) {
        copyEntryText();
    } else {
        messages().copySelection();
    }
}

} // namespace sockeye
