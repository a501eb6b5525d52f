// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/faults_panel.h"

#include "ui/models/ticker.h"
#include "ui/pages/relay/fault_form.h"
#include "ui/pages/relay/fault_state.h"
#include "ui/pages/relay/fault_text.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flat_scroll_area.h"
#include "ui/widgets/text_button.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace sockeye {

namespace {

constexpr int fewestRows = 2; ///< that the table has room for
constexpr int leastLinesOfFaults = 4; ///< of text that are seen of table and form where there is little room
constexpr int mostRows = 5;

} // namespace

FaultsPanel::FaultsPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new FaultsModel(this))
    , m_table(new DenseTable(this))
    , m_form(new FaultForm(this))
    , m_body(new QWidget(this))
    , m_open(new DisclosureButton(tr("Fa&ults"), this))
    , m_state(new ElidedLabel(this))
    , m_apply(new QPushButton(tr("&Apply"), this))
    , m_copy(newTextButton(this, tr("&Copy command"),
          tr("Copy the sockeye-cli command that does the same as this page, faults and all")))
    , m_report(newTextButton(this, tr("Sa&ve report…"),
          tr("What was done and what came of it, to read later: seed, faults and strikes, rules, scenario, traffic")))
    , m_add(newTextButton(this, tr("Add &fault"), tr("Something that goes wrong from now on")))
    , m_remove(newTextButton(this, tr("Remove"), tr("The selected faults (Del)")))
    , m_up(newTextButton(this, tr("Move up"), tr("Before the fault above: each feeds the next (Alt+Up)")))
    , m_down(newTextButton(this, tr("Move down"), tr("Behind the fault below: each feeds the next (Alt+Down)")))
    , m_seed(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    buildHead();
    buildBody();
    buildActions();
    connect(m_model, &FaultsModel::edited, this, [this] {
        m_remembered.reset();
        showProblem({});
        fitTable();
        showState();
        if (m_isDriven && !isRunning()) {
            Q_EMIT applyWanted();
        }
    });
    connect(m_model, &FaultsModel::refused, this, &FaultsPanel::showProblem);
    connect(m_model, &QAbstractItemModel::modelReset, this, &FaultsPanel::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FaultsPanel::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FaultsPanel::showCurrent);
    connect(m_form, &FaultForm::changed, this,
        [this](const FaultSettings& fault) { m_model->set(m_table->currentIndex().row(), fault); });
    connect(&Theme::instance(), &Theme::changed, this, &FaultsPanel::showState);
    connect(&Theme::instance(), &Theme::changed, this, &FaultsPanel::fitTable);
    connect(&Ticker::instance(), &Ticker::tick, this, &FaultsPanel::takeStrikes);
    fitTable();
    showCurrent();
    showState();
}

void FaultsPanel::buildHead()
{
    m_open->setAccessibleName(tr("Show faults"));
    m_open->setToolTip(tr("What goes wrong between the client and the target"));
    m_apply->setToolTip(tr("Bring what was edited into force, also for conversations that are open"));
    m_problem->setAccessibleName(tr("What is wrong with the faults"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(8, 0, 8, 4);
    m_problem->hide();
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 8, 4);
    head->setSpacing(8);
    head->addWidget(m_open);
    head->addWidget(m_state, 1);
    head->addWidget(m_apply);
    head->addWidget(m_copy);
    head->addWidget(m_report);
    m_report->setEnabled(false); // nothing has happened yet
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_problem);
    m_area = new FlatScrollArea(m_body, leastLinesOfFaults, this);
    layout->addWidget(m_area);
    m_area->hide();
    connect(m_open, &QToolButton::toggled, m_area, &QWidget::setVisible);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        const bool hadFocus = m_apply->hasFocus();
        Q_EMIT applyWanted();
        if (hadFocus && !m_apply->isVisible()) {
            m_table->setFocus(); // whoever pressed it goes on here
        }
    });
    connect(m_copy, &QToolButton::clicked, this, &FaultsPanel::commandWanted);
    connect(m_report, &QToolButton::clicked, this, &FaultsPanel::reportWanted);
}

void FaultsPanel::buildBody()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Faults"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setEmptyText(tr("Everything passes as it came. Add a fault: late, slow, cut, lost, wrong."));
    m_table->setSampleTexts({ QStringLiteral("☐ bandwidth_2 "), QString(), QStringLiteral("000,000") });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(FaultsModel::What, QHeaderView::Stretch);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(new QMenu(m_add));
    m_add->menu()->setToolTipsVisible(true);
    connect(m_add->menu(), &QMenu::aboutToShow, this, &FaultsPanel::fillMenu);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("What all that is drawn follows from: with the same seed the same bytes are struck again. "
                          "Empty: a new one at each start. A change counts from the next start"));
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,18}")), m_seed));
    m_seed->setFixedWidth(m_seed->fontMetrics().horizontalAdvance(QStringLiteral("0000000000")) + 16);
    m_seed->setPlaceholderText(tr("new"));
    auto* seedLabel = new QLabel(tr("Seed"), m_body);
    seedLabel->setBuddy(m_seed);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 0, 8, 4);
    buttons->setSpacing(4);
    for (QToolButton* button : { m_add, m_remove, m_up, m_down }) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    buttons->addWidget(seedLabel);
    buttons->addWidget(m_seed);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addLayout(buttons);
    body->addWidget(m_table);
    body->addWidget(m_form);
}

void FaultsPanel::buildActions()
{
    const auto addAction = [this](
                               const QToolButton* button, const QKeySequence& keys, const std::function<void()>& act) {
        auto* action = new QAction(button->text(), this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, act);
        connect(button, &QToolButton::clicked, this, act);
        m_table->addAction(action);
    };
    addAction(m_remove, Qt::Key_Delete, [this] { removeSelected(); });
    addAction(m_up, Qt::ALT | Qt::Key_Up, [this] { move(-1); });
    addAction(m_down, Qt::ALT | Qt::Key_Down, [this] { move(1); });
}

void FaultsPanel::fillMenu()
{
    QMenu* const menu = m_add->menu();
    menu->clear();
    for (const FaultKind& kind : faultKinds()) {
        if (m_transport == Transport::Udp ? !kind.onDatagrams : !kind.onStreams) {
            continue;
        }
        QAction* const action = menu->addAction(kind.id);
        action->setToolTip(kind.sentence());
        action->setStatusTip(kind.sentence());
        connect(action, &QAction::triggered, this, [this, &kind] { add(kind); }); // kinds live as long as the program
    }
}

void FaultsPanel::add(const FaultKind& kind)
{
    const int row = m_model->add(newFault(kind));
    if (row < 0) {
        showProblem(tr("There are %1 faults already: remove one first.").arg(FaultsModel::most));
        return;
    }
    m_table->setCurrentIndex(m_model->index(row, FaultsModel::Name));
    m_form->focusFirst();
    // Once it is laid out: all of the form, or its beginning where there is no room for all of it.
    constexpr std::chrono::milliseconds afterLayout { 1 }; // which takes several turns of posted events
    QTimer::singleShot(afterLayout, m_form, [this] {
        const QRect form(m_form->mapTo(m_body, QPoint()), m_form->size());
        m_area->ensureVisible(0, form.bottom(), 0, 0);
        m_area->ensureVisible(0, form.top(), 0, 0);
        if (QWidget* const field = m_form->focusWidget()) {
            m_area->ensureWidgetVisible(field, 0, 0);
        }
    });
}

void FaultsPanel::removeSelected()
{
    const bool isByButton = m_remove->hasFocus(); // which loses it while nothing is selected
    const bool isByKey = m_table->hasFocus();
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        rows.append(index.row());
    }
    // From below, so that the rows above keep their numbers.
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows)) {
        m_model->removeRows(row, 1);
    }
    // The next one is at hand, and the focus has a place where it can stay.
    const int next = rows.isEmpty() ? -1 : std::min(rows.constLast(), m_model->rowCount() - 1);
    if (next >= 0) {
        m_table->setCurrentIndex(m_model->index(next, FaultsModel::Name));
    }
    showCurrent();
    if (isByButton && m_remove->isEnabled()) {
        m_remove->setFocus();
    } else if ((isByButton || isByKey) && m_model->rowCount() == 0) {
        m_add->setFocus();
    }
}

void FaultsPanel::move(int by)
{
    m_model->move(m_table->currentIndex().row(), by);
    showCurrent();
}

/// The form, and which buttons can be pressed.
void FaultsPanel::showCurrent()
{
    const int row = m_table->currentIndex().row();
    const int rows = m_model->rowCount();
    const bool isOne = row >= 0 && row < rows;
    if (isOne) {
        m_form->showFault(m_model->faults().at(row));
    }
    m_form->setVisible(isOne);
    m_remove->setEnabled(m_table->selectionModel()->hasSelection());
    m_up->setEnabled(isOne && row > 0);
    m_down->setEnabled(isOne && row < rows - 1);
}

/// As high as its rows, within bounds: the connections and messages below need the room.
void FaultsPanel::fitTable()
{
    const int rows = std::clamp(m_model->rowCount(), fewestRows, mostRows);
    m_table->setFixedHeight(
        rows * m_table->verticalHeader()->defaultSectionSize() + m_table->horizontalHeader()->sizeHint().height() + 2);
}

FaultList FaultsPanel::faults() const
{
    return m_model->faults();
}

std::optional<quint64> FaultsPanel::seed() const
{
    bool ok = false;
    const quint64 seed = m_seed->text().toULongLong(&ok);
    return ok ? std::optional(seed) : std::nullopt;
}

void FaultsPanel::setTransport(Transport transport)
{
    m_transport = transport;
    m_form->setTransport(transport);
}

void FaultsPanel::follow(const Relay* relay)
{
    m_relay = relay;
    m_report->setEnabled(true);
    connect(relay, &Relay::faultsChanged, this, &FaultsPanel::showRelay);
    showRelay();
}

bool FaultsPanel::isRunning() const
{
    return m_relay != nullptr && m_relay->state() != Relay::State::Stopped && m_relay->state() != Relay::State::Failed;
}

bool FaultsPanel::isApplied() const
{
    return m_model->faults() == m_applied;
}

void FaultsPanel::setOthers(const std::function<bool(const QString& name)>& isOthers)
{
    m_isOthers = isOthers;
}

FaultList FaultsPanel::inForce() const
{
    FaultList faults = m_relay->faults();
    if (m_isOthers) {
        faults.removeIf([this](const FaultSettings& fault) { return m_isOthers(fault.name); });
    }
    return faults;
}

void FaultsPanel::remember()
{
    m_remembered = m_model->faults();
}

void FaultsPanel::giveBack()
{
    if (const auto faults = std::exchange(m_remembered, std::nullopt); faults && *faults != m_model->faults()) {
        m_model->setFaults(*faults);
        fitTable();
        showState();
    }
}

void FaultsPanel::showRelay()
{
    const bool wasApplied = isApplied();
    if (const FaultList now = isRunning() || m_isDriven ? inForce() : m_applied; now != m_applied) {
        m_applied = now;
        if (wasApplied && !isApplied()) {
            m_model->setFaults(m_applied); // not by the user, who has nothing to lose
            fitTable();
        }
    }
    m_seed->setPlaceholderText(isRunning() ? QString::number(m_relay->seed()) : tr("new"));
    showState();
}

void FaultsPanel::takeStrikes()
{
    if (m_relay == nullptr || !isVisible()) {
        return;
    }
    const qint64 before = m_model->allStrikes();
    m_model->takeStrikes([this](const QString& name) { return m_relay->strikes(name); });
    if (m_model->allStrikes() != before) {
        showState();
    }
}

void FaultsPanel::setHasOthers(bool hasOthers)
{
    if (std::exchange(m_hasOthers, hasOthers) != hasOthers) {
        showState();
    }
}

void FaultsPanel::showState()
{
    const FaultsState state { m_model->faults(), isRunning(), isApplied(), m_model->allStrikes(), m_hasOthers };
    m_state->setFullText(faultsStateText(state));
    const Theme& theme = Theme::instance();
    const bool isActive = state.isRunning && state.isApplied && !m_model->faults().isEmpty();
    const bool isPending = state.isRunning && !state.isApplied;
    setTextColour(*m_state, isPending ? theme.warning() : isActive ? theme.good() : theme.muted());
    setTextColour(*m_problem, theme.error());
    m_apply->setVisible(isPending);
}

void FaultsPanel::setDriven()
{
    if (!std::exchange(m_isDriven, true) && !isRunning()) {
        Q_EMIT applyWanted();
    }
}

void FaultsPanel::open()
{
    m_open->setChecked(true);
}

void FaultsPanel::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

QJsonObject FaultsPanel::saveState() const
{
    return { { QStringLiteral("list"), faultsToJson(faults()) }, { QStringLiteral("seed"), m_seed->text() },
        { QStringLiteral("shown"), m_open->isChecked() } };
}

void FaultsPanel::restoreState(const QJsonObject& state)
{
    constexpr qsizetype longestSeed = 18;
    m_model->setFaults(faultsFromJson(state.value(QLatin1StringView("list"))));
    const QString seed = state.value(QLatin1StringView("seed")).toString().left(longestSeed);
    m_seed->setText(std::ranges::all_of(seed, [](QChar c) { return c >= u'0' && c <= u'9'; }) ? seed : QString());
    m_open->setChecked(state.value(QLatin1StringView("shown")).toBool());
    fitTable();
    showState();
}

} // namespace sockeye
