// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_send_panel.h"

#include "app/repeat/macro_moment.h"
#include "ui/composer/composer_desk.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/send_keys.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sockeye {

namespace {

constexpr int leastLines = 6; ///< of the composer that are always seen: the tables need the room
constexpr qsizetype named = 5; ///< of the selected connections

} // namespace

ServerSendPanel::ServerSendPanel(QWidget* parent)
    : QWidget(parent)
    , m_desk(new ComposerDesk)
    , m_send(new QPushButton(tr("Send"), this))
    , m_to(new QComboBox(this))
    , m_who(new ElidedLabel(this))
    , m_said(new QLabel(this))
{
    buildLayout();
    connect(m_send, &QPushButton::clicked, this, &ServerSendPanel::send);
    connect(m_desk, &ComposerDesk::sendWanted, this, &ServerSendPanel::send);
    connect(m_desk, &ComposerDesk::encodingChosen, this, &ServerSendPanel::encodingChosen);
    connect(m_to, &QComboBox::currentIndexChanged, this, &ServerSendPanel::showState);
    connect(&Theme::instance(), &Theme::changed, this, &ServerSendPanel::showSaid);
    sendOnKeys(*this, [this] { send(); });
    showState();
}

void ServerSendPanel::buildLayout()
{
    m_send->setAccessibleName(tr("Send by hand"));
    m_send->setToolTip(tr("Ctrl+Enter. It goes out behind what is being answered, never in the middle of it"));
    m_to->addItem(tr("to the selected connections"));
    m_to->addItem(tr("to all connections"));
    m_to->setAccessibleName(tr("To whom"));
    m_to->setToolTip(tr("Those that are selected in the table above, or all that are open"));
    m_who->setObjectName(QStringLiteral("who"));
    m_said->setAccessibleName(tr("What became of it"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->hide();
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_send);
    row->addWidget(m_to);
    row->addWidget(m_who, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    auto* area = new FlatScrollArea(m_desk, leastLines, this);
    area->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding); // the tab has nothing else to fill it
    column->addWidget(area, 1);
    column->addLayout(row);
    column->addWidget(m_said);
    setFocusProxy(m_desk);
}

void ServerSendPanel::setServer(Server* server)
{
    if (m_server) {
        m_server->disconnect(this);
    }
    m_server = server;
    m_underWay = 0;
    if (server) {
        connect(server, &Server::sent, this, &ServerSendPanel::take);
        connect(server, &Server::stateChanged, this, [this] {
            m_underWay = 0; // what was is not reported any more
            showState();
        });
    }
    showState();
}

void ServerSendPanel::setProtocol(const ProtocolPtr& protocol)
{
    if (m_protocol == protocol) {
        return; // what is being typed stays as it is
    }
    const bool isFirst = !m_protocol;
    m_protocol = protocol;
    m_desk->setProtocol(protocol, Sender::Server);
    if (isFirst && protocol->requestShape() == RequestShape::Fields) { // else it would begin with a request
        m_desk->model().edit(
            nullptr, [](RequestDraft& draft) { draft.setContentText(QStringLiteral("{\"result\": \"\"}")); });
    }
}

void ServerSendPanel::setTransport(Transport transport)
{
    m_transport = transport;
}

void ServerSendPanel::setSelected(const QList<quint32>& connections)
{
    m_selected = connections;
    showState();
}

void ServerSendPanel::setOpenCount(int open)
{
    m_open = open;
    showState();
}

void ServerSendPanel::sendToSelected()
{
    m_to->setCurrentIndex(0);
    m_desk->focusContent();
}

bool ServerSendPanel::isToAll() const
{
    return m_to->currentIndex() == 1;
}

void ServerSendPanel::send()
{
    if (!m_send->isEnabled() || !m_server) {
        return;
    }
    const ComposerModel& model = m_desk->model();
    if (!model.obstacle().isEmpty()) {
        say(tr("Nothing was sent. %1").arg(model.obstacle()), true);
        return;
    }
    const QByteArray bytes = model.maker() ? model.maker()(macroMoment(m_made)) : model.draft().bytes();
    if (bytes.isEmpty() && m_transport == Transport::Tcp) {
        say(tr("There is nothing to send: the message has no bytes."), true);
        return;
    }
    std::optional<std::vector<quint32>> to;
    if (!isToAll()) {
        to.emplace(m_selected.cbegin(), m_selected.cend());
    }
    m_underWay = m_server->send(bytes, to);
    if (m_underWay > 0) {
        m_desk->remember();
    }
    showState();
}

void ServerSendPanel::take(quint64 number, const SentReport& report)
{
    if (number == m_underWay) {
        m_underWay = 0;
        m_made += report.sent() > 0 ? 1 : 0;
        say(report.text(), report.sent() == 0 || report.notSent() > 0);
        showState();
    }
}

void ServerSendPanel::say(const QString& text, bool isError)
{
    m_saidIsError = isError;
    m_said->setText(text);
    m_said->show();
    showSaid();
}

void ServerSendPanel::showSaid()
{
    setTextColour(*m_said, m_saidIsError ? Theme::instance().error() : Theme::instance().muted());
}

QString ServerSendPanel::whoText() const
{
    if (!m_server || m_server->state() != Server::State::Listening) {
        return tr("The server is stopped.");
    }
    if (isToAll()) {
        return m_open == 0 ? tr("Nobody is connected.") : tr("%1 open").arg(groupedNumber(m_open));
    }
    if (m_selected.isEmpty()) {
        return tr("Select some in the table above.");
    }
    QStringList names;
    for (const quint32 connection : m_selected.first(std::min(m_selected.size(), named))) {
        names.append(u'#' + QString::number(connection));
    }
    const QString list = names.join(QLatin1StringView(", "));
    return m_selected.size() > named ? tr("%1 and %2 more").arg(list, groupedNumber(m_selected.size() - named)) : list;
}

void ServerSendPanel::showState()
{
    const bool isListening = m_server && m_server->state() == Server::State::Listening;
    const bool hasReceiver = isToAll() ? m_open > 0 : !m_selected.isEmpty();
    m_send->setEnabled(isListening && hasReceiver && m_underWay == 0);
    m_who->setFullText(whoText());
}

QJsonObject ServerSendPanel::saveState() const
{
    QJsonObject state = m_desk->saveState();
    state.insert(QLatin1StringView("toAll"), isToAll());
    return state;
}

void ServerSendPanel::restoreState(const QJsonObject& state)
{
    m_to->setCurrentIndex(state.value(QLatin1StringView("toAll")).toBool() ? 1 : 0);
    if (state.contains(QLatin1StringView("bytes"))) { // else what a server begins with stays
        m_desk->restore(state);
    }
}

} // namespace sockeye
