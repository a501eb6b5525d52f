// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/capture/live_page.h"

#include "app/live/network_interface.h"
#include "app/live/tool_run.h"
#include "ui/connections/connections_panel.h"
#include "ui/models/ticker.h"
#include "ui/pages/capture/grant_notice.h"
#include "ui/pages/capture/live_bar.h"
#include "ui/pages/reread_row.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace sockeye {

LivePage::LivePage(const QString& tool, QWidget* parent)
    : TablesPage(parent)
    , m_tool(tool)
    , m_bar(new LiveBar(this))
    , m_grant(new GrantNotice(this))
{
    setEmptyTexts(tr("Every connection whose packets pass the interface gets a line here, whichever "
                     "programs it is between. Choose the interface and start the capture."),
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
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_grant);
    layout->addWidget(&rereadRow());
    layout->addWidget(tables(), 1);
    setFocusProxy(m_bar);
}

void LivePage::connectParts()
{
    connect(m_bar, &LiveBar::startWanted, this, &LivePage::start);
    connect(m_bar, &LiveBar::stopWanted, this, &LivePage::stop);
    connect(m_bar, &LiveBar::interfacesWanted, this, &LivePage::listInterfaces);
    connect(m_bar, &LiveBar::filterEntered, this, &LivePage::checkFilter);
    connect(m_bar, &LiveBar::protocolChosen, this, [this](const ProtocolPtr& protocol) {
        if (m_live.capture()) {
            rereadRow().begin(m_live.capture(), protocol);
        }
    });
    connect(&rereadRow(), &RereadRow::ready, this, [this](const std::shared_ptr<Capture>& capture) {
        if (capture != m_live.capture()) {
            m_shown = capture;
            showReading(capture);
            m_live.setReading(capture);
        }
    });
    connect(&rereadRow(), &RereadRow::cancelled, this, [this] { m_bar->setProtocol(m_live.capture()->protocol()); });
    connect(m_bar, &LiveBar::interfaceChanged, this, &Page::titleChanged);
    connect(m_grant, &GrantNotice::copied, this, [this] { Q_EMIT statusMessage(tr("The command was copied.")); });
    connect(&m_live, &LiveCapture::stateChanged, this, &LivePage::showState);
    connect(&m_live, &LiveCapture::countsChanged, this, [this] { m_bar->showState(m_live); });
    connect(&Ticker::instance(), &Ticker::tick, this, &LivePage::showFailure);
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
    reading.protocol = m_bar->protocol();
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
    showLiveCapture();
    showFailure();
    Q_EMIT titleChanged();
}

void LivePage::showLiveCapture()
{
    if (m_shown.lock() == m_live.capture()) {
        return;
    }
    m_shown = m_live.capture();
    showCapture(m_live.capture(), false);
    connections()->setFollowing(true);
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

QJsonObject LivePage::saveState() const
{
    QJsonObject state = m_bar->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("live"));
    saveTables(state);
    return state;
}

void LivePage::restore(const QJsonObject& state)
{
    m_bar->restoreState(state);
    restoreTables(state);
}

} // namespace sockeye
