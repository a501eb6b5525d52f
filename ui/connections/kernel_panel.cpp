// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/kernel_panel.h"

#include "app/platform/socket_source.h"
#include "ui/connections/kernel_plot.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimerEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int kernelPanelInterval = 250; // ms
constexpr double nanosecondsPerSecond = 1e9;

QString milliseconds(quint32 microseconds)
{
    return QString::number(microseconds / 1000.0, 'f', microseconds < 10'000 ? 2 : 0);
}

bool isOpen(ConnectionState state)
{
    return state == ConnectionState::Open || state == ConnectionState::PeerFinished
        || state == ConnectionState::WeFinished;
}

QString stateOf(const KernelFacts& facts)
{
    SocketEntry entry;
    entry.state = facts.state;
    return stateName(entry);
}

} // namespace

KernelPanel::KernelPanel(QWidget* parent)
    : QWidget(parent)
    , m_watch(new KernelWatch(this))
    , m_facts(new QLabel(this))
    , m_meaning(new QLabel(this))
    , m_flood(new QPushButton(tr("Flood"), this))
{
    m_facts->setAccessibleName(tr("Kernel facts"));
    m_meaning->setAccessibleName(tr("What the kernel waits for"));
    for (QLabel* label : { m_facts, m_meaning }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_flood->setAccessibleName(tr("Flood"));
    m_flood->setToolTip(
        tr("Send 16 MiB as fast as the peer takes them, and watch the queues: against “stall” both fill "
           "up, and the writer has to wait"));
    m_flood->hide();
    m_plots = { new KernelPlot(tr("Recv-Q"), this), new KernelPlot(tr("Send-Q"), this),
        new KernelPlot(tr("Round trip"), this), new KernelPlot(tr("Congestion window"), this) };
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_facts, 1);
    top->addWidget(m_flood, 0, Qt::AlignTop);
    auto* grid = new QGridLayout;
    grid->setSpacing(8);
    for (int i = 0; i < 4; ++i) {
        grid->addWidget(m_plots[static_cast<std::size_t>(i)], i / 2, i % 2);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_meaning);
    layout->addLayout(grid, 1);
    connect(m_watch, &KernelWatch::sampled, this, &KernelPanel::take);
    connect(m_flood, &QPushButton::clicked, this, &KernelPanel::floodWanted);
    say({}, {});
}

void KernelPanel::setCapture(std::shared_ptr<Capture> capture)
{
    m_capture = std::move(capture);
    m_revision = 0;
    m_newest = 0;
    m_wanted = 0;
    m_shown = 0;
    for (KernelPlot* plot : m_plots) {
        plot->clear();
    }
    say({}, {});
}

void KernelPanel::showReading(std::shared_ptr<Capture> capture)
{
    m_capture = std::move(capture);
    m_revision = 0;
}

void KernelPanel::follow(quint32 connection)
{
    m_wanted = connection;
    if (isVisible()) {
        look();
    }
}

void KernelPanel::setFloodOffered(bool offered)
{
    m_flood->setVisible(offered);
}

void KernelPanel::setFloodEnabled(bool enabled)
{
    m_flood->setEnabled(enabled);
}

QString KernelPanel::factsText() const
{
    return m_facts->text();
}

quint32 KernelPanel::chosen()
{
    for (const ConnectionRecord& record : m_capture->connectionsSince(m_revision)) {
        m_newest = std::max(m_newest, record.id);
    }
    return m_wanted != 0 ? m_wanted : m_newest;
}

void KernelPanel::look()
{
    if (!m_capture) {
        return;
    }
    const quint32 connection = chosen();
    if (connection != m_shown) {
        m_shown = connection;
        for (KernelPlot* plot : m_plots) {
            plot->clear();
        }
    }
    const std::optional<ConnectionRecord> record = m_capture->connection(connection);
    if (!record) {
        say({}, {});
    } else if (!isOpen(record->state)) {
        say(tr("Connection #%1 is over: the kernel has nothing more of it.").arg(connection), {});
    } else if (record->facts.transport != Transport::Tcp) {
        say(tr("Only TCP has queues to show for each connection."), {});
    } else if (!asksForSockets()) {
        say(tr("Not available in this build: it cannot ask this system what its kernel does for a connection."), {});
    } else if (!tellsKernelFacts()) {
        say(tr("This system does not tell what its kernel does for a connection (Linux with sock_diag does)."), {});
    } else {
        m_watch->look({ { connection, { record->facts.local, record->facts.peer } } });
    }
}

void KernelPanel::take(const QList<KernelSample>& samples)
{
    for (const KernelSample& sample : samples) {
        if (sample.connection == m_shown && sample.facts) {
            add(*sample.facts, sample.time);
        }
    }
    Q_EMIT sampled(samples);
}

void KernelPanel::add(const KernelFacts& facts, qint64 time)
{
    const double seconds = static_cast<double>(time) / nanosecondsPerSecond;
    const QString receive = groupedNumber(facts.receiveQueue);
    const QString send = groupedNumber(facts.sendQueue);
    m_plots[0]->add(seconds, static_cast<double>(facts.receiveQueue), tr("%1 bytes not read by us").arg(receive));
    m_plots[1]->add(seconds, static_cast<double>(facts.sendQueue), tr("%1 bytes not confirmed by the peer").arg(send));
    m_plots[2]->add(seconds, facts.roundTrip / 1000.0, tr("%1 ms").arg(milliseconds(facts.roundTrip)));
    m_plots[3]->add(seconds, facts.congestionWindow, tr("%1 segments").arg(groupedNumber(facts.congestionWindow)));
    QString text = tr("Connection #%1  %2 · round trip %3 ± %4 ms · segments of %5 bytes, %6 sent again")
                       .arg(QString::number(m_shown), stateOf(facts), milliseconds(facts.roundTrip),
                           milliseconds(facts.roundTripVariation), groupedNumber(facts.segmentSize),
                           groupedNumber(facts.retransmissions));
    if (facts.peerWindow >= 0) {
        text += tr(" · the peer has room for %1 bytes").arg(groupedNumber(facts.peerWindow));
    }
    QString meaning;
    if (facts.peerIsFull()) {
        meaning =
            tr("The peer's window is full: it is not reading. Its receive buffer is full, so that %1 bytes wait in "
               "ours; once ours is full, too, the writing program blocks. Nothing is lost: it goes on when the "
               "peer reads.")
                .arg(send);
    } else if (facts.receiveQueue > 0) {
        meaning = tr("%1 bytes have come that this side has not read yet.").arg(receive);
    }
    say(text, meaning);
}

void KernelPanel::say(const QString& facts, const QString& meaning)
{
    const QString text = !facts.isEmpty() ? facts
                                          : tr("While a connection is open, the kernel's side of it stands here: what "
                                               "waits in its queues, how long a round trip takes, how much may be on "
                                               "its way.");
    // A label that is told the same again lays the page out again.
    if (m_facts->text() != text) {
        m_facts->setText(text);
    }
    if (m_meaning->text() != meaning) {
        m_meaning->setText(meaning);
    }
}

void KernelPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_timer.start(kernelPanelInterval, this);
    look();
}

void KernelPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void KernelPanel::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        look();
    }
}

} // namespace sockeye
