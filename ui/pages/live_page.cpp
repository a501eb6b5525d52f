// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/live_page.h"

#include "app/live/network_interface.h"
#include "app/live/tool_run.h"
#include "ui/models/ticker.h"
#include "ui/pages/connections_panel.h"
#include "ui/pages/grant_notice.h"
#include "ui/pages/live_bar.h"
#include "ui/pages/messages_panel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSplitter>
#include <QVBoxLayout>

namespace sockeye {

LivePage::LivePage(const QString& tool, QWidget* parent)
    : Page(parent)
    , m_tool(tool)
    , m_bar(new LiveBar(this))
    , m_grant(new GrantNotice(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_connections(new ConnectionsPanel)
    , m_messages(new MessagesPanel)
{
    m_connections->setEmptyText(tr("Every connection whose packets pass the interface gets a line here, whichever "
                                   "programs it is between. Choose the interface and start the capture."));
    m_messages->setEmptyText(
        tr("What those packets carry is put together again: every message gets a line here. Select one to see its "
           "bytes and what they mean."));
    buildLayout();
    connectParts();
    showState();
    listInterfaces();
}

void LivePage::buildLayout()
{
    m_grant->hide();
    m_splitter->addWidget(m_connections);
    m_splitter->addWidget(m_messages);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_grant);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_bar);
}

void LivePage::connectParts()
{
    connect(m_bar, &LiveBar::startWanted, this, &LivePage::start);
    connect(m_bar, &LiveBar::stopWanted, this, &LivePage::stop);
    connect(m_bar, &LiveBar::interfacesWanted, this, &LivePage::listInterfaces);
    connect(m_bar, &LiveBar::filterEntered, this, &LivePage::checkFilter);
    connect(m_bar, &LiveBar::framingChosen, &m_live, &LiveCapture::setFraming);
    connect(m_bar, &LiveBar::interfaceChanged, this, &Page::titleChanged);
    connect(m_grant, &GrantNotice::copied, this, [this] { Q_EMIT statusMessage(tr("The command was copied.")); });
    connect(&m_live, &LiveCapture::stateChanged, this, &LivePage::showState);
    connect(&m_live, &LiveCapture::countsChanged, this, [this] { m_bar->showState(m_live); });
    connect(&Ticker::instance(), &Ticker::tick, this, &LivePage::showFailure);
    connect(m_messages, &MessagesPanel::currentMessageChanged, this, [this] {
        m_showsUnfinished = false;
        Q_EMIT currentMessageChanged();
    });
    connect(m_messages, &MessagesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_messages, &MessagesPanel::exportRequested, this, &Page::exportRequested);
    connect(m_connections, &ConnectionsPanel::connectionActivated, m_messages, &MessagesPanel::showConnection);
    connect(m_connections, &ConnectionsPanel::unfinishedMessageSelected, this, [this] {
        m_showsUnfinished = true;
        Q_EMIT currentMessageChanged();
    });
}

void LivePage::listInterfaces()
{
    runCaptureTool(m_tool, { QStringLiteral("interfaces") }, this, [this](const ToolResult& result) {
        m_bar->setInterfaces(parseInterfaces(result.output));
        if (result.failure) {
            m_bar->showFailure(result.failure.oneLine());
        }
    });
}

void LivePage::checkFilter()
{
    const QString filter = m_bar->filter();
    if (filter.isEmpty()) {
        return;
    }
    runCaptureTool(m_tool, { QStringLiteral("check"), m_bar->interface(), filter }, this,
        [this, filter](const ToolResult& result) {
            if (filter == m_bar->filter() && result.failure.code == FailureCode::BadFilter) {
                m_bar->showFilterError(result.failure.oneLine());
            }
        });
}

void LivePage::start()
{
    if (m_bar->interface().isEmpty() || m_live.isRunning()) {
        return;
    }
    LiveCaptureOptions options;
    options.interface = m_bar->interface();
    options.filter = m_bar->filter();
    options.tool = m_tool;
    CaptureOptions reading;
    reading.framing = m_bar->framing();
    reading.title = tr("Capture from %1").arg(options.interface);
    m_bar->showFilterError({});
    m_live.start(options, reading);
}

void LivePage::stop()
{
    m_live.stop();
}

void LivePage::showState()
{
    m_bar->showState(m_live);
    showCapture();
    showFailure();
    Q_EMIT titleChanged();
}

void LivePage::showCapture()
{
    if (m_shown.lock() == m_live.capture()) {
        return;
    }
    m_shown = m_live.capture();
    m_showsUnfinished = false;
    m_connections->setCapture(m_live.capture(), false);
    m_messages->setCapture(m_live.capture());
    Q_EMIT currentMessageChanged();
}

void LivePage::showFailure()
{
    if (m_live.state() == LiveCapture::State::Idle) {
        return; // what listing the interfaces said stays
    }
    Failure failure = m_live.failure();
    const bool mayNot = failure.code == FailureCode::NotPermitted;
    if (mayNot && m_grant->isHidden()) {
        m_grant->tell(failure, m_tool);
    }
    m_grant->setVisible(mayNot);
    if (failure.code == FailureCode::BadFilter) {
        m_bar->showFilterError(failure.oneLine());
    } else if (!failure && m_live.capture()) {
        failure = m_live.capture()->failure(); // what the reader of the packets has to say
    }
    const bool elsewhere = mayNot || failure.code == FailureCode::BadFilter;
    m_bar->showFailure(elsewhere ? QString() : failure.oneLine());
}

QString LivePage::title() const
{
    const QString name = m_live.state() == LiveCapture::State::Idle ? m_bar->interface() : m_live.options().interface;
    return name.isEmpty() ? tr("Capture") : tr("Capture %1").arg(name);
}

QString LivePage::stateText() const
{
    return LiveBar::stateWord(m_live.state());
}

bool LivePage::isActive() const
{
    return m_live.state() == LiveCapture::State::Capturing;
}

QIcon LivePage::icon() const
{
    return Theme::instance().icon(QStringLiteral("capture"));
}

MessageRef LivePage::currentMessage() const
{
    return m_showsUnfinished ? m_connections->unfinishedMessage() : m_messages->currentMessage();
}

QJsonObject LivePage::saveState() const
{
    QJsonObject state = m_bar->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("live"));
    state.insert(QLatin1StringView("connections"), m_connections->saveState());
    state.insert(QLatin1StringView("messages"), m_messages->saveState());
    state.insert(QLatin1StringView("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    return state;
}

void LivePage::restore(const QJsonObject& state)
{
    m_bar->restoreState(state);
    m_connections->restoreState(state.value(QLatin1StringView("connections")).toObject());
    m_messages->restoreState(state.value(QLatin1StringView("messages")).toObject());
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
}

ExportableMessages LivePage::exportableMessages() const
{
    return m_messages->exportableMessages();
}

void LivePage::focusFind()
{
    m_messages->focusFind();
}

void LivePage::findNext(bool backwards)
{
    m_messages->findNext(backwards);
}

void LivePage::copySelection()
{
    const QWidget* focused = QApplication::focusWidget();
    if (focused != nullptr && m_connections->isAncestorOf(focused)) {
        m_connections->copySelection();
    } else {
        m_messages->copySelection();
    }
}

} // namespace sockeye
