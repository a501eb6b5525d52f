// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/host_text.h"
#include "app/repeat/macro_moment.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/composer/composer_send_row.h"
#include "ui/composer/send_keys.h"
#include "ui/connections/kernel_panel.h"
#include "ui/pages/client/client_conversation.h"
#include "ui/pages/client/client_options_panel.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/client_results.h"
#include "ui/pages/client/client_target_bar.h"
#include "ui/sending/repeat_row.h"

#include <QMenu>
#include <QToolButton>

// What the client page sends: from its composer, as a line of a chat, or as a flood.
namespace sockeye {

void ClientPage::connectComposer()
{
    sendOnKeys(*this, [this] { send(); });
    ComposerSendRow& row = m_composer->sendRow();
    connect(m_composer, &ComposerPanel::encodingChosen, m_options, &ClientOptionsPanel::setEncoding);
    connect(m_composer, &ComposerPanel::sendWanted, this, &ClientPage::send);
    connect(&row, &ComposerSendRow::cancelWanted, this, [this] { m_conversation->client().cancel(); });
    connect(m_conversation, &ClientConversation::busyChanged, this, [this] {
        m_composer->sendRow().setBusy(m_conversation->isBusy());
        kernel().setFloodEnabled(!m_conversation->isBusy());
    });
    connect(&kernel(), &KernelPanel::floodWanted, this, &ClientPage::flood);
    connect(m_conversation, &ClientConversation::exchangeFinished, this,
        [this](const Exchange& exchange) { Q_EMIT exchangeFinished(exchange.ok()); });

    connectRepeat();
    connectSendList();
    auto* copies = new QMenu(row.copyButton());
    for (const CopyForm form : copyForms()) {
        copies->addAction(copyFormName(form), this, [this, form] { copyRequest(form, draftRequest()); });
    }
    row.copyButton()->setMenu(copies);
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
    if (isUnixHost(request.host)) {
        request.unixName = request.host.sliced(unixScheme.size());
    }
    request.transport = m_target->transport();
    request.protocol = m_options->protocol();
    request.bytes = m_composer->model().maker() ? m_composer->model().maker()(macroMoment(m_made)) : draft.bytes();
    if (request.protocol->requestShape() == RequestShape::Fields && draft.formFits()) {
        request.action = draft.action();
        request.value = draft.value();
    }
    request.chunks = m_composer->sendRow().chunks();
    request.pauseMs = m_composer->sendRow().pauseMs();
    return request;
}

bool ClientPage::maySend(const CopiedRequest& request)
{
    if (const QString& obstacle = m_composer->model().obstacle(); !obstacle.isEmpty()) {
        Q_EMIT statusMessage(tr("Nothing was sent. %1").arg(obstacle));
        return false;
    }
    if (request.bytes.isEmpty() && request.transport == Transport::Tcp) { // a datagram may be empty
        Q_EMIT statusMessage(tr("There is nothing to send: the request has no bytes."));
        return false;
    }
    return hasHost();
}

SendPlan ClientPage::planOf(const CopiedRequest& request) const
{
    SendPlan plan;
    plan.bytes = request.bytes;
    plan.chunks = request.chunks;
    plan.pause = std::chrono::milliseconds(request.pauseMs);
    m_options->apply(plan);
    return plan;
}

void ClientPage::send()
{
    const CopiedRequest request = draftRequest();
    if (maySend(request)) {
        ++m_made;
        m_composer->remember();
        m_conversation->send(options(), planOf(request), request);
    }
}

void ClientPage::connectRepeat()
{
    RepeatRow& row = m_composer->repeatRow();
    row.setCapture(capture());
    connect(m_conversation, &ClientConversation::captureChanged, this,
        [this] { m_composer->repeatRow().setCapture(capture()); });
    connect(&row, &RepeatRow::startWanted, this, &ClientPage::repeat);
    connect(&row, &RepeatRow::stopWanted, this, [this] { m_conversation->client().stopRepeating(); });
    connect(m_conversation, &ClientConversation::repeatFinished, &row, [this](RepeatEnd end) {
        m_made += static_cast<quint64>(m_conversation->repeated().sent());
        m_composer->repeatRow().end(end);
    });
}

void ClientPage::repeat()
{
    const CopiedRequest request = draftRequest();
    const ClientOptions target = options();
    auto repetition = m_composer->repeatRow().repetition(target);
    if (m_conversation->isRepeating() || !repetition || !maySend(request)) {
        return;
    }
    m_composer->remember();
    if (const ComposerModel::Maker& maker = m_composer->model().maker()) {
        repetition->prepare = [maker, first = m_made](qint64 number, ClientOptions&, SendPlan& plan) {
            plan.bytes = maker(macroMoment(first + static_cast<quint64>(number)));
            return Failure();
        };
    }
    m_conversation->repeat(target, planOf(request), *repetition, request);
    m_composer->repeatRow().begin(
        [conversation = m_conversation]() -> const RepeatReport& { return conversation->repeated(); });
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

void ClientPage::sendRequest(const QString& action, const QString& value)
{
    m_composer->model().edit(nullptr, [&](RequestDraft& draft) { draft.setForm(action, value); });
    send();
}

} // namespace sockeye
