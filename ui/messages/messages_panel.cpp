// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_panel.h"

#include "protocol/hex/hex_reader.h"
#include "ui/comparison/comparison_choice.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_fields.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/lanes/lanes_panel.h"
#include "ui/latency/latency_panel.h"
#include "ui/marks/marks_window.h"
#include "ui/marks/message_marker.h"
#include "ui/marks/note_bar.h"
#include "ui/marks/row_finder.h"
#include "ui/messages/message_finder.h"
#include "ui/messages/messages_connection_box.h"
#include "ui/messages/messages_copier.h"
#include "ui/messages/messages_find_bar.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_table.h"
#include "ui/sendlist/open_lists.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

namespace sockeye {

MessagesPanel::MessagesPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new MessagesModel(this))
    , m_table(new MessagesTable(m_model, this))
    , m_lanes(new LanesPanel(this))
    , m_ladder(new LadderPanel(this))
    , m_latency(new LatencyPanel(this))
    , m_views(new QSplitter(Qt::Vertical, this))
    , m_viewButtons(new QButtonGroup(this))
    , m_fields(new FilterFields(this))
    , m_filterBar(new FilterBar(*m_fields, this))
    , m_findBar(new MessagesFindBar(*m_fields, this))
    , m_connectionBox(new MessagesConnectionBox(this))
    , m_errorsOnly(new QToolButton(this))
    , m_counts(new ElidedLabel(this))
    , m_finder(new MessageFinder(this))
    , m_copier(new MessagesCopier(this))
    , m_marker(new MessageMarker(this))
    , m_noteBar(new NoteBar(*m_marker, this))
    , m_rowFinder(new RowFinder(this))
{
    m_errorsOnly->setText(tr("Errors only"));
    m_errorsOnly->setCheckable(true);
    m_errorsOnly->setToolTip(tr("Show only what went wrong: bad messages, refusals, time-outs, resets"));
    m_counts->setObjectName(QStringLiteral("messageCounts"));
    setEmptyText(tr("Every message that comes or goes gets a line here."));
    buildLayout();
    connectParts();
    connectFilter();
    connectMarks();
    updateCounts();
}

MessagesPanel::~MessagesPanel() = default;

void MessagesPanel::buildLayout()
{
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 4, 8, 0);
    line->addWidget(m_filterBar);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 4, 8, 4);
    top->setSpacing(8);
    addView(MessagesView::Table, tr("Table"), tr("Every message as a row"));
    addView(MessagesView::Lanes, tr("Lanes"),
        tr("One connection as it came: which bytes each read and write carried, and which messages they are"));
    addView(MessagesView::Ladder, tr("Ladder"),
        tr("What happened, step by step between client and server: one connection, or all of them"));
    addView(MessagesView::Latency, tr("Latency"), tr("How long each reply took, over time"));
    for (QAbstractButton* button : m_viewButtons->buttons()) {
        top->addWidget(button);
    }
    viewButton(MessagesView::Table)->setChecked(true);
    m_views->addWidget(m_lanes);
    m_views->addWidget(m_ladder);
    m_views->addWidget(m_latency);
    m_views->addWidget(m_table);
    m_views->setStretchFactor(0, 0);
    m_views->setStretchFactor(1, 2);
    m_views->setStretchFactor(2, 2);
    m_views->setStretchFactor(3, 1);
    m_views->setChildrenCollapsible(false);
    m_lanes->hide();
    m_ladder->hide();
    m_latency->hide();
    top->addWidget(m_counts, 1);
    top->addWidget(m_connectionBox);
    top->addWidget(m_errorsOnly);
    m_counts->setMinimumHeight(m_connectionBox->sizeHint().height()); // nothing moves when the others go
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addLayout(top);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_findBar);
    layout->addWidget(m_noteBar);
    setFocusProxy(m_table);
}

void MessagesPanel::connectParts()
{
    connect(m_model, &MessagesModel::countsChanged, this, &MessagesPanel::updateCounts);
    connect(m_model, &MessagesModel::busyChanged, this, &MessagesPanel::updateCounts);
    connect(m_model, &MessagesModel::countsChanged, this, &MessagesPanel::selectWanted);
    connect(m_connectionBox, &MessagesConnectionBox::connectionChosen, this, &MessagesPanel::applyFilter);
    connect(m_errorsOnly, &QToolButton::toggled, this, &MessagesPanel::applyFilter);
    connect(m_table, &QWidget::customContextMenuRequested, this, &MessagesPanel::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_hidden = {};
        Q_EMIT currentMessageChanged();
    });
    connect(this, &MessagesPanel::currentMessageChanged, m_lanes, [this] {
        m_lanes->showMessage(currentMessage());
        m_ladder->showMessage(currentMessage());
        m_latency->showMessage(currentMessage());
    });
    connect(m_viewButtons, &QButtonGroup::idToggled, this, [this](int /*id*/, bool isChecked) {
        if (isChecked) {
            arrangeViews();
        }
    });
    connect(m_lanes, &LanesPanel::messageChosen, this, &MessagesPanel::selectFromView);
    connect(m_ladder, &LadderPanel::messageChosen, this, &MessagesPanel::selectFromView);
    connect(m_ladder, &LadderPanel::statusMessage, this, &MessagesPanel::statusMessage);
    connect(m_latency, &LatencyPanel::messageChosen, this, &MessagesPanel::selectFromView);
    connect(m_lanes, &LanesPanel::bytesChosen, this, &MessagesPanel::bytesSelected);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        // The table brings the selection back where it can; here it could not.
        if (!m_table->currentIndex().isValid()) {
            Q_EMIT currentMessageChanged();
        }
    });
    connect(m_findBar, &MessagesFindBar::findRequested, this, &MessagesPanel::findNext);
    connect(m_findBar, &MessagesFindBar::closed, this, [this] {
        m_finder->cancel();
        m_table->setFocus();
    });
    connect(m_findBar, &MessagesFindBar::stopRequested, this, [this] {
        m_finder->cancel();
        m_findBar->showState(tr("stopped"));
    });
    connect(m_finder, &MessageFinder::progress, this, [this](int percent) {
        if (m_finder->isRunning()) {
            m_findBar->showState(tr("searching: %1 %").arg(percent), true);
        }
    });
    connect(m_finder, &MessageFinder::found, this, [this](qsizetype captureRow) {
        m_findBar->showState({});
        const int row = m_model->rowOf(captureRow);
        if (row >= 0) {
            m_table->goToRow(row);
        }
    });
    connect(m_finder, &MessageFinder::notFound, this, [this] { m_findBar->showState(tr("not found")); });
    connect(m_copier, &MessagesCopier::done, this, &MessagesPanel::statusMessage);
    connect(&Theme::instance(), &Theme::changed, this, &MessagesPanel::updateCounts);
}

void MessagesPanel::setCapture(std::shared_ptr<Capture> capture)
{
    m_wantedRow = -1;
    m_finder->cancel();
    m_rowFinder->cancel();
    m_findBar->showState({});
    m_noteBar->finish();
    m_hidden = {};
    m_connectionBox->setCapture(capture);
    m_lanes->setCapture(capture);
    m_ladder->setCapture(capture);
    m_latency->setCapture(capture);
    m_fields->setCapture(capture);
    m_filterBar->checkAnew();
    MessageArrangement arrangement = m_model->arrangement();
    arrangement.filter.connection = 0;
    arrangement.filter.where = m_filterBar->filter();
    arrangement.filter.selected = -1;
    m_model->setCapture(nullptr);
    m_model->arrange(arrangement);
    if (m_marksWindow != nullptr) {
        m_marksWindow->setCapture(capture, capture ? capture->title() : QString());
    }
    m_model->setCapture(std::move(capture));
    m_table->follow();
    Q_EMIT currentMessageChanged();
}

void MessagesPanel::showReading(const std::shared_ptr<Capture>& capture)
{
    const quint32 connection = m_connectionBox->connection();
    setCapture(capture);
    if (connection != 0) {
        showConnection(connection);
    }
}

void MessagesPanel::setEmptyText(const QString& text)
{
    m_emptyText = text;
    m_lanes->setEmptyText(text);
    m_ladder->setEmptyText(text);
    updateCounts();
}

MessageRef MessagesPanel::currentMessage() const
{
    return m_hidden.capture ? m_hidden : m_model->ref(m_table->currentIndex().row());
}

void MessagesPanel::showBytes(qint64 offset, qint64 size)
{
    m_lanes->showBytes(offset, size);
}

void MessagesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrangeViews();
}

void MessagesPanel::select(const MessageRef& message)
{
    if (message.capture && message.capture == m_model->capture() && message.row >= 0) {
        m_wantedRow = message.row;
        m_model->takeNew();
        selectWanted();
    }
}

void MessagesPanel::selectLast(Direction direction)
{
    m_model->takeNew();
    for (int row = m_model->rowCount() - 1; row >= 0; --row) {
        const MessageRecord record = m_model->record(row);
        if (hasDirection(record) && record.direction == direction) {
            m_wantedRow = -1;
            m_table->selectRow(row);
            return;
        }
    }
}

void MessagesPanel::selectWanted()
{
    const int row = m_model->rowOf(m_wantedRow);
    if (row >= 0) {
        m_wantedRow = -1;
        m_table->selectRow(row);
    }
}

void MessagesPanel::clearSelection()
{
    m_table->selectionModel()->clear();
    Q_EMIT currentMessageChanged();
}

void MessagesPanel::focusFind()
{
    m_noteBar->hide();
    m_findBar->activate();
}

void MessagesPanel::findNext(bool backwards)
{
    if (m_findBar->isHidden() || m_findBar->text().isEmpty()) {
        m_findBar->activate();
        return;
    }
    FindRequest request;
    if (!m_findBar->fill(request)) {
        return; // it says why
    }
    request.selected = currentMessage().row;
    request.count = m_model->rowCount();
    if (request.count == 0) {
        m_findBar->showState(tr("not found"));
        return;
    }
    request.capture = m_model->capture();
    request.rows = m_model->rowsSnapshot();
    request.backwards = backwards;
    const int current = m_table->currentIndex().row();
    request.start = backwards ? (current > 0 ? current - 1 : request.count - 1) : (current + 1) % request.count;
    m_finder->find(request);
}

void MessagesPanel::copySelection()
{
    m_copier->copyRows(m_model->capture(), exportableMessages().selected);
}

ExportableMessages MessagesPanel::exportableMessages() const
{
    ExportableMessages messages;
    const std::shared_ptr<Capture>& capture = m_model->capture();
    if (!capture) {
        return messages;
    }
    messages.all = capture->messageCount();
    messages.isFiltered = !m_model->arrangement().filter.isEmpty();
    messages.shownCount = m_model->rowCount();
    messages.shown = { { { 0, messages.shownCount } }, m_model->rowsSnapshot() };
    messages.selected.shown = messages.shown.shown;
    const QItemSelection selection = m_table->selectionModel()->selection();
    for (const QItemSelectionRange& range : selection) {
        messages.selected.spans.push_back({ range.top(), range.bottom() + 1 });
        messages.selectedCount += range.height();
    }
    return messages;
}

std::vector<MessageRef> MessagesPanel::comparedMessages() const
{
    const ExportableMessages messages = exportableMessages();
    return comparable(currentMessage(), messages.selected, messages.selectedCount);
}

void MessagesPanel::addToList(SendListPanel* list)
{
    const RowChoice rows = exportableMessages().selected;
    if (list == nullptr) {
        Q_EMIT OpenLists::instance().newListWanted({ m_model->capture(), rows, currentMessage().record.connection });
        return;
    }
    connect(
        list, &SendListPanel::taken, this, [this](const QString& said) { Q_EMIT statusMessage(said); },
        Qt::SingleShotConnection);
    list->take(m_model->capture(), rows);
}

void MessagesPanel::showMenu(const QPoint& position)
{
    auto* menu = new MessagesMenu(*m_table, *m_model, m_table->columnAt(position.x()), comparedMessages().size(), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &MessagesMenu::copyRowsChosen, this, &MessagesPanel::copySelection);
    connect(
        menu, &MessagesMenu::copyBytesChosen, this, [this](ByteForm form) { m_copier->copy(currentMessage(), form); });
    connect(menu, &MessagesMenu::connectionChosen, this, &MessagesPanel::showConnection);
    connect(menu, &MessagesMenu::filterChosen, this, &MessagesPanel::addToFilter);
    connectMarkMenu(*menu);
    connect(menu, &MessagesMenu::listChosen, this, &MessagesPanel::addToList);
    connect(menu, &MessagesMenu::exportChosen, this, &MessagesPanel::exportRequested);
    connect(menu, &MessagesMenu::compareChosen, this, [this] {
        if (const QString text = ComparisonChoice::instance().choose(comparedMessages(), window()); !text.isEmpty()) {
            Q_EMIT statusMessage(text);
        }
    });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace sockeye
