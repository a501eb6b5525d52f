// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/connections_panel.h"

#include "ui/comparison/comparison_window.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/kernel_columns.h"
#include "ui/connections/target_column.h"
#include "ui/conversation/conversation_window.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/follow_end.h"
#include "ui/widgets/roomy_label.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace sockeye {

ConnectionsPanel::ConnectionsPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ConnectionsModel(this))
    , m_table(new DenseTable(this))
    , m_kernel(nullptr)
    , m_targets(nullptr)
    , m_counts(new ElidedLabel(this))
    , m_why(new RoomyLabel(this))
    , m_clear(new QToolButton(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Connections"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->horizontalHeader()->setSectionsClickable(true);
    // Narrow enough that what a connection waits for is seen beside an inspector at 1280 pixels.
    m_table->setSampleTexts(
        { QStringLiteral("000"), QStringLiteral("127.0.0.1:65535"), tr("○ closed, TLS"), QStringLiteral("00,000"),
            QStringLiteral("00,000"), QStringLiteral("00k / 00k"), tr("%1 kB/s").arg(99), tr("%1 min").arg(59) });
    m_table->setNameColumns({ int(ConnectionColumn::Peer) }, tr("the content: 23 of 41 bytes, for 12 s"));
    m_kernel = new KernelColumns(*m_table, *m_model, this);
    m_targets = new TargetColumn(*m_table, this);
    m_clear->setText(tr("Clear closed"));
    m_clear->setToolTip(tr("Closed connections leave the list; their messages stay"));
    m_why->setWordWrap(true);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_why->setContentsMargins(8, 4, 8, 4);
    m_why->setObjectName(QStringLiteral("why"));
    m_why->setAccessibleName(tr("Why is nothing happening?"));
    m_why->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_followEnd = new FollowEnd(m_table);
    buildLayout();
    buildActions();
    connectParts();
    updateCounts();
    updateActions();
}

void ConnectionsPanel::buildLayout()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 4, 8, 4);
    top->setSpacing(8);
    top->addWidget(m_counts, 1);
    top->addWidget(m_clear);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_why);
    setFocusProxy(m_table);
}

QAction* ConnectionsPanel::addConnectionAction(
    const QString& text, const QString& toolTip, const std::function<void(quint32)>& act)
{
    auto* action = new QAction(text, this);
    action->setToolTip(toolTip);
    action->setStatusTip(toolTip);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, act] {
        const QList<quint32> connections = selectedConnections();
        for (const quint32 connection : connections) {
            act(connection);
        }
        updateActions();
    });
    m_table->addAction(action);
    return action;
}

void ConnectionsPanel::buildActions()
{
    m_show = addConnectionAction(tr("Show only its messages"), tr("Enter or a double click does the same"),
        [this](quint32 connection) { Q_EMIT connectionActivated(connection); });
    addConnectionAction(tr("Follow conversation"), tr("What both sides said, in turns"),
        [this](quint32 connection) { ConversationWindow::open(m_model->capture(), connection, window()); });
    addConnectionAction(tr("Compare its directions"), tr("What both sides said, beside each other"),
        [this](quint32 connection) { ComparisonWindow::openDirections(m_model->capture(), connection, window()); });
    auto* copy = new QAction(tr("Copy rows"), this);
    connect(copy, &QAction::triggered, this, &ConnectionsPanel::copySelection);
    m_table->addAction(copy);
    auto* separator = new QAction(this);
    separator->setSeparator(true);
    m_table->addAction(separator);

    m_close = addConnectionAction(tr("Close"), tr("In good order, after what is being written"),
        [this](quint32 connection) { Q_EMIT closeRequested(connection); });
    m_close->setShortcut(Qt::Key_Delete);
    QAction* halfClose = addConnectionAction(
        tr("Half-close"), tr("Send our end of stream (FIN) and go on reading"), [this](quint32 connection) {
            m_model->setHalfClosed(connection);
            Q_EMIT halfCloseRequested(connection);
        });
    QAction* reset = addConnectionAction(tr("Reset"), tr("Throw it away (RST): what is on its way is lost"),
        [this](quint32 connection) { Q_EMIT resetRequested(connection); });
    reset->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    m_stall = addConnectionAction(
        tr("Stop reading"), tr("Leave what the peer sends in the kernel's buffers"), [this](quint32 connection) {
            m_model->setNotReading(connection, true);
            Q_EMIT stallRequested(connection, true);
        });
    m_goOn = addConnectionAction(tr("Go on reading"), tr("Read what has been waiting"), [this](quint32 connection) {
        m_model->setNotReading(connection, false);
        Q_EMIT stallRequested(connection, false);
    });
    auto* send = new QAction(tr("Send to it…"), this);
    send->setStatusTip(tr("Write something that goes to the selected connections"));
    connect(send, &QAction::triggered, this, &ConnectionsPanel::sendRequested);
    m_table->insertAction(m_close, send);
    m_connectionActions = { separator, send, m_close, halfClose, reset, m_stall, m_goOn };
    m_serverActions = { send, halfClose, m_stall, m_goOn };
    m_streamActions = { halfClose, reset, m_stall, m_goOn };
    auto* clear = new QAction(tr("Clear closed"), this);
    connect(clear, &QAction::triggered, m_clear, &QToolButton::click);
    m_table->addAction(clear);
}

void ConnectionsPanel::connectParts()
{
    connect(m_clear, &QToolButton::clicked, m_model, &ConnectionsModel::clearClosed);
    connect(m_model, &ConnectionsModel::countsChanged, this, &ConnectionsPanel::updateCounts);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ConnectionsPanel::updateWhy);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &ConnectionsPanel::keepSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ConnectionsPanel::returnSelection);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &ConnectionsPanel::titleClicked);
    connect(m_table, &QAbstractItemView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT connectionActivated(m_model->entry(index.row()).record.id); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateWhy();
        updateActions();
        Q_EMIT selectionChanged();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        updateWhy();
        const int row = m_table->currentIndex().row();
        Q_EMIT currentConnectionChanged(row >= 0 && row < m_model->rowCount() ? m_model->entry(row).record.id : 0);
        if (unfinishedMessage().capture) {
            Q_EMIT unfinishedMessageSelected();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &ConnectionsPanel::updateWhy);
}

void ConnectionsPanel::setCapture(std::shared_ptr<Capture> capture, bool live)
{
    setFollowing(live); // before its rows come
    m_model->setCapture(std::move(capture), live);
    m_kernel->setLive(live);
    updateWhy();
}

void ConnectionsPanel::showReading(const std::shared_ptr<Capture>& capture, bool live)
{
    const QModelIndex current = m_table->currentIndex();
    const quint32 connection =
        current.isValid() && current.row() < m_model->rowCount() ? m_model->entry(current.row()).record.id : 0;
    setCapture(capture, live);
    for (int row = 0; connection != 0 && row < m_model->rowCount(); ++row) {
        if (m_model->entry(row).record.id == connection) {
            m_table->setCurrentIndex(m_model->index(row, 0));
            break;
        }
    }
}

void ConnectionsPanel::setFollowing(bool follows)
{
    m_follows = follows;
    m_followEnd->setOn(follows && m_sortColumn < 0);
}

void ConnectionsPanel::setEmptyText(const QString& text)
{
    m_table->setEmptyText(text);
}

void ConnectionsPanel::setActionsOffered(Offer offer)
{
    m_offer = offer;
    updateActions();
}

void ConnectionsPanel::showTargets(const TargetSource& targets)
{
    m_model->setTargets(targets);
    m_targets->show();
}

QList<quint32> ConnectionsPanel::selectedConnections() const
{
    QList<quint32> connections;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : rows) {
        connections.append(m_model->entry(index.row()).record.id);
    }
    return connections;
}

void ConnectionsPanel::keepSelection()
{
    m_keptSelection = selectedConnections();
}

void ConnectionsPanel::returnSelection()
{
    for (const quint32 connection : std::as_const(m_keptSelection)) {
        const int row = m_model->rowOf(connection);
        if (row >= 0) {
            m_table->selectionModel()->select(
                m_model->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    updateWhy();
    updateActions();
    Q_EMIT selectionChanged(); // a reset tells nobody
}

MessageRef ConnectionsPanel::unfinishedMessage() const
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || current.row() >= m_model->rowCount() || !m_model->entry(current.row()).isMidMessage()) {
        return {};
    }
    const ConnectionRecord& record = m_model->entry(current.row()).record;
    MessageRef message { m_model->capture(), -1, {} };
    message.record.time = record.lastInAt;
    message.record.offset = record.waitingIn.messageOffset;
    // Not of the bytes that came: where a gap is, they are fewer than the stream is long.
    const std::vector<ChunkMark> chunks = message.capture->chunks(
        record.id, Direction::In, message.record.offset, std::numeric_limits<qint64>::max() - message.record.offset);
    message.record.size = chunks.empty() ? 0 : chunks.back().offset + chunks.back().size - message.record.offset;
    message.record.connection = record.id;
    message.record.direction = Direction::In;
    return message;
}

void ConnectionsPanel::updateCounts()
{
    const int all = m_model->rowCount();
    m_counts->setFullText(all == 1 && m_model->openCount() == 1 ? tr("1 connection, open")
            : all == 1                                          ? tr("1 connection, closed")
                       : tr("%1 connections, %2 open").arg(groupedNumber(all), groupedNumber(m_model->openCount())));
    m_clear->setEnabled(all > m_model->openCount());
    updateWhy();
    updateActions();
}

void ConnectionsPanel::updateWhy()
{
    const QModelIndex current = m_table->currentIndex();
    const bool isOne = current.isValid() && current.row() < m_model->rowCount()
        && m_table->selectionModel()->isRowSelected(current.row());
    const Waiting waiting = isOne ? m_model->waiting(current.row()) : Waiting();
    const Theme& theme = Theme::instance();
    QString text;
    QColor colour = theme.muted();
    if (!waiting.text.isEmpty()) {
        const ConnectionEntry& entry = m_model->entry(current.row());
        const QString subject = tr("Connection #%1").arg(entry.record.id);
        text = entry.isOpen() ? tr("%1 waits for %2. %3").arg(subject, waiting.text, waiting.advice)
                              : tr("%1: %2").arg(subject, waiting.text);
        colour = entry.record.error.isEmpty() ? theme.muted() : theme.error();
    }
    const bool isSomething = m_model->rowCount() > 0;
    m_why->setHint(isOne  ? tr("Connection #%1 waits for nothing.").arg(m_model->entry(current.row()).record.id)
            : isSomething ? tr("Select a connection: what it waits for, and why, stands here.")
                          : QString());
    // Called for every change of the table: a label that is told the same again lays the page out again.
    if (m_why->text() != text || m_why->palette().color(QPalette::WindowText) != colour) {
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, colour);
        m_why->setPalette(colours);
        m_why->setText(text);
    }
}

void ConnectionsPanel::updateActions()
{
    const QList<quint32> connections = selectedConnections();
    m_show->setEnabled(connections.size() == 1);
    bool anyOpen = false;
    bool anyStream = false;
    bool anyRead = false;
    bool anyNotRead = false;
    for (const quint32 connection : connections) {
        const ConnectionEntry& entry = m_model->entry(m_model->rowOf(connection));
        anyOpen = anyOpen || entry.isOpen();
        anyStream = anyStream || (entry.isOpen() && entry.record.facts.transport == Transport::Tcp);
        anyRead = anyRead || (entry.isOpen() && !entry.notReading);
        anyNotRead = anyNotRead || (entry.isOpen() && entry.notReading);
    }
    const bool all = m_offer == Offer::All;
    for (QAction* action : std::as_const(m_connectionActions)) {
        const bool offered = all || (m_offer == Offer::CloseAndReset && !m_serverActions.contains(action));
        action->setVisible(offered);
        action->setEnabled(offered && anyOpen);
    }
    for (QAction* action : std::as_const(m_streamActions)) {
        action->setEnabled(action->isVisible() && anyStream); // datagrams know no end and no reset
    }
    m_stall->setVisible(all && (anyRead || !anyNotRead));
    m_goOn->setVisible(all && anyNotRead);
}

void ConnectionsPanel::titleClicked(int column)
{
    const bool same = m_sortColumn == column;
    if (same && m_sortOrder == Qt::DescendingOrder) {
        sortBy(-1, Qt::AscendingOrder);
    } else {
        sortBy(column, same ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

void ConnectionsPanel::sortBy(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    m_table->horizontalHeader()->setSortIndicatorShown(column >= 0);
    m_table->horizontalHeader()->setSortIndicator(column, order);
    m_model->sort(column, order);
    setFollowing(m_follows);
}

void ConnectionsPanel::copySelection()
{
    constexpr qsizetype maxCopiedRows = 10'000;
    QStringList lines;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows.first(std::min(rows.size(), maxCopiedRows))) {
        QStringList cells;
        for (int column = 0; column < connectionColumnCount; ++column) {
            cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    if (!lines.isEmpty()) {
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    }
}

QJsonObject ConnectionsPanel::saveState() const
{
    QJsonObject state = m_table->saveColumns();
    state.insert(QLatin1StringView("kernel"), m_kernel->saveState());
    if (m_sortColumn >= 0) {
        state.insert(QLatin1StringView("sortedBy"), m_sortColumn);
        state.insert(QLatin1StringView("descending"), m_sortOrder == Qt::DescendingOrder);
    }
    return state;
}

void ConnectionsPanel::restoreState(const QJsonObject& state)
{
    m_table->restoreColumns(state);
    if (const QJsonValue kernel = state.value(QLatin1StringView("kernel")); kernel.isArray()) {
        m_kernel->restoreState(kernel.toArray());
    }
    const int column = state.value(QLatin1StringView("sortedBy")).toInt(-1);
    if (column >= 0 && column < connectionColumnCount) {
        const bool descending = state.value(QLatin1StringView("descending")).toBool();
        sortBy(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

} // namespace sockeye
