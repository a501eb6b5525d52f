// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/many_page.h"

#include "ui/pages/client/many_bar.h"
#include "ui/pages/reread_row.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace sockeye {

ManyPage::ManyPage(IoThreads& threads, QWidget* parent)
    : TablesPage(parent)
    , m_threads(threads)
    , m_bar(new ManyBar(this))
{
    setEmptyTexts(tr("Every connection gets a line here as soon as it is open. The other side should send back what it "
                     "gets, as the service echo does."),
        tr("What goes out and what comes back gets a line here. Select one to see its bytes."));
    buildLayout();
    connectParts();
}

ManyPage::~ManyPage() = default;

void ManyPage::buildLayout()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(&rereadRow());
    layout->addWidget(tables(), 1);
    setFocusProxy(m_bar);
}

void ManyPage::connectParts()
{
    connect(m_bar, &ManyBar::startWanted, this, &ManyPage::start);
    connect(m_bar, &ManyBar::cancelWanted, this, &ManyPage::cancel);
    connect(m_bar, &ManyBar::changed, this, &Page::titleChanged);
    connect(m_bar, &ManyBar::protocolChosen, this, [this](const ProtocolPtr& protocol) {
        if (m_capture) {
            rereadRow().begin(m_capture, protocol);
        }
    });
    connect(&rereadRow(), &RereadRow::ready, this, [this](const std::shared_ptr<Capture>& capture) {
        if (capture != m_capture) {
            m_capture = capture;
            showReading(capture);
        }
    });
    connect(&rereadRow(), &RereadRow::cancelled, this, [this] { m_bar->setProtocol(m_capture->protocol()); });
}

void ManyPage::setTarget(const Destination& there)
{
    m_bar->setTarget(there);
}

void ManyPage::start()
{
    if (m_many || !m_bar->obstacle().isEmpty()) {
        return;
    }
    m_options = m_bar->options();
    m_summary = {};
    m_summary.waiting = m_options.connections;
    CaptureOptions recording;
    recording.protocol = m_bar->protocol();
    recording.title = tr("%1 connections to %2")
                          .arg(QString::number(m_options.connections), placeText(m_options.host, m_options.port));
    m_capture = Capture::create(recording);
    showCapture(m_capture, true);

    m_many = std::make_unique<ManyConnections>(m_threads, m_capture);
    connect(m_many.get(), &ManyConnections::progressed, this, [this](const ManySummary& summary) {
        m_summary = summary;
        m_bar->showSummary(summary, m_options.connections, false);
    });
    connect(m_many.get(), &ManyConnections::finished, this, &ManyPage::finish);
    m_bar->setRunning(true);
    m_bar->showSummary(m_summary, m_options.connections, false);
    m_many->start(m_options);
    Q_EMIT titleChanged();
}

void ManyPage::cancel()
{
    if (m_many) {
        m_many->cancel();
    }
}

void ManyPage::finish(const ManySummary& summary)
{
    m_summary = summary;
    m_many.release()->deleteLater(); // it is telling us
    m_bar->setRunning(false);
    m_bar->showSummary(summary, m_options.connections, true);
    Q_EMIT titleChanged();
}

QString ManyPage::title() const
{
    return tr("Connections to %1").arg(m_bar->options().port);
}

QString ManyPage::stateText() const
{
    if (m_many) {
        return tr("under way");
    }
    return m_capture ? tr("done") : tr("not started");
}

QIcon ManyPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("connection"));
}

QJsonObject ManyPage::saveState() const
{
    QJsonObject state = m_bar->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("many"));
    saveTables(state);
    return state;
}

void ManyPage::restore(const QJsonObject& state)
{
    m_bar->restoreState(state);
    restoreTables(state);
}

} // namespace sockeye
