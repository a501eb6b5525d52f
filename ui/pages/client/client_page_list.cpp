// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/macro_moment.h"
#include "app/repeat/reply_row.h"
#include "app/sendlist/list_step.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/pages/client/client_chat.h"
#include "ui/pages/client/client_conversation.h"
#include "ui/pages/client/client_options_panel.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/client_results.h"
#include "ui/pages/client/client_target_bar.h"
#include "ui/sendlist/composed_message.h"
#include "ui/sendlist/send_list_panel.h"

// The send list of a client page.
namespace sockeye {

SendListPanel& ClientPage::sendList() const
{
    return m_results->sendList();
}

bool ClientPage::hasUnsaved() const
{
    return sendList().hasChanges();
}

void ClientPage::whenClosable(const std::function<void()>& act)
{
    sendList().whenClosable(act);
}

void ClientPage::connectSendList()
{
    SendListPanel& list = sendList();
    const auto use = [this] { sendList().setUse({ m_options->protocol(), m_target->transport() }); };
    use();
    connect(m_options, &ClientOptionsPanel::protocolChanged, this, use);
    connect(m_target, &ClientTargetBar::transportChanged, this, use);
    list.setKeysFor(this);
    list.setOwner([this] { return title(); });
    list.setComposed([this]() -> std::optional<ListMessage> {
        if (isChat()) {
            std::optional<ListMessage> line = m_chat->composed();
            if (!line) {
                Q_EMIT statusMessage(tr("Nothing was added. Type the line first, and do not send it."));
            }
            return line;
        }
        if (const QString& obstacle = m_composer->model().obstacle(); !obstacle.isEmpty()) {
            Q_EMIT statusMessage(tr("Nothing was added. %1").arg(obstacle));
            return std::nullopt;
        }
        std::optional<ListMessage> message = composedMessage(m_composer->model());
        if (!message) {
            Q_EMIT statusMessage(tr("This is too large for a list: have the list name a file with it."));
        }
        return message;
    });
    connect(&list, &SendListPanel::statusMessage, this, &Page::statusMessage);
    connect(&list, &SendListPanel::runWanted, this, &ClientPage::runList);
    connect(&list, &SendListPanel::selectedWanted, this,
        [this] { sendList().take(capture(), exportableMessages().selected); });
    connect(&list, &SendListPanel::stopWanted, this, [this] { m_conversation->client().stopRepeating(); });
    connect(
        &list, &SendListPanel::editWanted, this, [this](const ListMessage& message, const PreparedMessage& prepared) {
            if (isChat()) {
                const auto bytes = prepared.make(ReplyRow::none(), *m_options->protocol(), macroMoment(0));
                m_chat->edit(bytes.value_or(QByteArray()));
            } else {
                compose(*m_composer, message, prepared);
            }
        });
    connect(m_conversation, &ClientConversation::exchangeFinished, &list, [this](const Exchange& exchange) {
        if (m_list && exchange.repeats) {
            sendList().show(stepOf(*m_list, exchange));
        }
    });
    connect(m_conversation, &ClientConversation::repeatFinished, &list, [this](RepeatEnd end) {
        m_list.reset();
        sendList().end(end);
    });
}

void ClientPage::takeMessages(const std::shared_ptr<const Capture>& capture, const RowChoice& rows)
{
    m_results->showSendList();
    sendList().take(capture, rows);
}

void ClientPage::runList(const ListPlan& plan)
{
    if (m_conversation->isRepeating()) {
        Q_EMIT statusMessage(tr("A request is being repeated: stop that first."));
        return;
    }
    if (!hasHost()) {
        return;
    }
    ClientOptions target = options();
    target.persistent = true; // one connection for all of it
    m_target->setPersistent(true);
    CopiedRequest request;
    request.host = target.host;
    request.port = target.port;
    request.transport = target.transport;
    request.protocol = m_options->protocol();
    SendPlan send;
    m_options->apply(send);
    send.untilClose = false;
    send.finishAfter = false;
    m_list = std::make_unique<ListPlan>(plan);
    const auto progress = std::make_shared<ListProgress>();
    m_conversation->repeat(target, send, listRepetition(plan, target, m_made, progress), request);
    sendList().begin(plan, progress);
}

} // namespace sockeye
