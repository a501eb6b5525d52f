// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/hold_panel.h"

#include "app/relay/fault_timer.h"
#include "ui/filter/filter_edit.h"
#include "ui/models/ticker.h"
#include "ui/pages/relay/held_editor.h"
#include "ui/pages/relay/held_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int leastLinesOfHeld = 4; ///< of text that are seen of table and editor where there is little room
constexpr int longestLimit = 3600; ///< s

} // namespace

HoldPanel::HoldPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HeldModel(this))
    , m_table(new DenseTable(this))
    , m_editor(new HeldEditor(this))
    , m_body(new QWidget(this))
    , m_open(new DisclosureButton(QString(), this))
    , m_on(new QCheckBox(tr("&Hold"), this))
    , m_where(new FilterEdit(m_fields, this))
    , m_limit(new QSpinBox(this))
    , m_state(new ElidedLabel(this))
    , m_all(new QToolButton(this))
    , m_problem(new QLabel(this))
    , m_protocol(defaultProtocol())
{
    buildHead();
    buildBody();
    connect(m_on, &QCheckBox::toggled, this, &HoldPanel::apply);
    connect(m_where, &FilterEdit::accepted, this, &HoldPanel::apply);
    connect(m_where, &QLineEdit::editingFinished, this, &HoldPanel::apply);
    connect(m_where, &FilterEdit::checked, this, &HoldPanel::showState);
    connect(m_limit, &QSpinBox::valueChanged, this, &HoldPanel::apply);
    connect(m_all, &QToolButton::clicked, this, &HoldPanel::letAllGo);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HoldPanel::showCurrent);
    connect(m_editor, &HeldEditor::decided, this, [this](const HoldDecision& decision) {
        if (m_relay != nullptr) {
            m_relay->decide(decision);
        }
    });
    connect(m_editor, &HeldEditor::insertWanted, this,
        [this](quint32 connection, Direction direction, const QByteArray& message) {
            if (m_relay != nullptr) {
                m_relay->insert(connection, direction, message);
            }
        });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        fitState();
        showState();
    });
    connect(&Ticker::instance(), &Ticker::tick, this, &HoldPanel::takeHeld);
    fitState();
    showState();
}

/// As wide as its widest words: the filter before it has the rest.
void HoldPanel::fitState()
{
    int width = 0;
    for (const QString& text :
        { tr("nothing held"), tr("%n held", "", 9999), tr("all pass at once"), tr("from the start on") }) {
        width = std::max(width, m_state->fontMetrics().horizontalAdvance(text));
    }
    m_state->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_state->setFixedWidth(width + 2);
}

void HoldPanel::buildHead()
{
    m_open->setAccessibleName(tr("Show what is held"));
    m_open->setToolTip(tr("What is held, and what becomes of it; one more message into a live connection"));
    m_on->setToolTip(
        tr("Messages that match wait here until you decide on them. Switched off, all of them are let go"));
    m_where->setAccessibleName(tr("Hold filter"));
    m_where->setPlaceholderText(tr("all messages"));
    m_where->setToolTip(tr("A filter: which messages are held, dir == in && json.action == \"search\". Counts with "
                           "Return, for what comes from then on"));
    m_limit->setAccessibleName(tr("Let go after"));
    m_limit->setToolTip(tr("Then a message is let go by itself, as it came. 0: it waits as long as it takes"));
    m_limit->setRange(0, longestLimit);
    m_limit->setKeyboardTracking(false);
    m_limit->setSpecialValueText(tr("no limit"));
    m_limit->setSuffix(tr(" s"));
    m_limit->setValue(static_cast<int>(
        std::chrono::seconds(std::chrono::duration_cast<std::chrono::seconds>(HoldSettings().limit)).count()));
    m_all->setText(tr("Let all go"));
    m_all->setAccessibleName(tr("Let all go"));
    m_all->setToolTip(tr("Each held message goes on as it came"));
    m_all->setFocusPolicy(Qt::StrongFocus);
    m_state->setAccessibleName(tr("Hold state"));
    m_problem->setAccessibleName(tr("What is wrong with the hold"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(8, 0, 8, 4);
    m_problem->hide();
    auto* limitLabel = new QLabel(tr("at most"), this);
    limitLabel->setBuddy(m_limit);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 8, 4);
    head->setSpacing(8);
    head->addWidget(m_open);
    head->addWidget(m_on);
    head->addWidget(m_where, 3);
    head->addWidget(limitLabel);
    head->addWidget(m_limit);
    head->addWidget(m_state);
    head->addWidget(m_all);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_problem);
    auto* area = new FlatScrollArea(m_body, leastLinesOfHeld, this);
    layout->addWidget(area);
    area->hide();
    connect(m_open, &QToolButton::toggled, area, &QWidget::setVisible);
}

void HoldPanel::buildBody()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Held messages"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEmptyText(tr("Nothing is held."));
    m_table->setSampleTexts({ QStringLiteral("#00000"), tr("to target") + u' ', QStringLiteral("00,000"), QString(),
        tr("Time left") + u' ' });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(HeldModel::Summary, QHeaderView::Stretch);
    m_table->setFewestRows(2);
    auto* splitter = new QSplitter(Qt::Vertical, m_body);
    splitter->addWidget(m_table);
    splitter->addWidget(m_editor);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->addWidget(splitter);
}

HoldSettings HoldPanel::settings() const
{
    return { m_on->isChecked(), m_where->text().trimmed(), std::chrono::seconds(m_limit->value()) };
}

void HoldPanel::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol = protocol;
    m_model->setProtocol(protocol);
    m_editor->setProtocol(protocol);
}

void HoldPanel::follow(Relay* relay, const std::shared_ptr<Capture>& capture)
{
    m_relay = relay;
    m_fields.setCapture(capture);
    showRelay();
}

bool HoldPanel::isRunning() const
{
    return m_relay != nullptr && m_relay->state() == Relay::State::Listening;
}

void HoldPanel::showRelay()
{
    m_editor->setRunning(isRunning());
    if (isRunning()) { // perhaps by somebody who knows nothing of this page
        apply();
    }
    showState();
}

void HoldPanel::setConnection(quint32 connection)
{
    m_editor->setConnection(connection);
}

/// What is entered is in force at once, if it can be.
void HoldPanel::apply()
{
    FaultPlan plan;
    plan.protocol = m_protocol;
    QString wrong = plan.take(settings());
    if (wrong.isEmpty() && isRunning() && m_relay->hold() != settings()) {
        wrong = m_relay->setHold(settings());
    }
    m_problem->setText(wrong);
    m_problem->setVisible(!wrong.isEmpty());
    showState();
}

void HoldPanel::takeHeld()
{
    if (m_relay == nullptr) {
        return;
    }
    m_model->setTime(FaultTimer::now());
    const quint64 revision = m_relay->held().revision();
    if (revision == m_revision) {
        return;
    }
    m_revision = revision;
    const bool wasEmpty = m_model->rowCount() == 0;
    m_isTaking = true;
    m_model->take(m_relay->held().all());
    m_isTaking = false;
    if (wasEmpty && m_model->rowCount() > 0) {
        m_open->setChecked(true);
    }
    showCurrent();
    showState();
}

/// In the editor; without one, the first that nobody has decided on.
void HoldPanel::showCurrent()
{
    if (m_isTaking) {
        return;
    }
    QModelIndex current = m_table->currentIndex();
    const auto isOpen = [this](int row) { return row >= 0 && !m_model->message(row).isDecided; };
    if (!isOpen(current.row())) {
        int next = 0;
        while (next < m_model->rowCount() && !isOpen(next)) {
            ++next;
        }
        current = next < m_model->rowCount() ? m_model->index(next, HeldModel::Summary) : QModelIndex();
        if (current.isValid()) {
            m_table->setCurrentIndex(current); // comes here again
            return;
        }
    }
    if (current.isValid()) {
        m_editor->showMessage(m_model->message(current.row()));
    } else {
        m_editor->showNone();
    }
}

void HoldPanel::letAllGo()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const HeldMessage& each = m_model->message(row);
        m_relay->decide({ each.id, each.connection, each.direction, HoldDecision::Kind::LetGo, each.bytes });
    }
}

void HoldPanel::showState()
{
    const int held = m_model->rowCount();
    QString text = tr("nothing held");
    if (held > 0) {
        text = tr("%n held", "", held);
    } else if (!m_on->isChecked()) {
        text = tr("all pass at once");
    } else if (!isRunning()) {
        text = tr("from the start on");
    }
    m_state->setFullText(text);
    const Theme& theme = Theme::instance();
    setTextColour(*m_state, held > 0 ? theme.warning() : theme.muted());
    setTextColour(*m_problem, theme.error());
    m_all->setVisible(held > 0);
}

QJsonObject HoldPanel::saveState() const
{
    return { { QStringLiteral("on"), m_on->isChecked() }, { QStringLiteral("where"), m_where->text() },
        { QStringLiteral("seconds"), m_limit->value() }, { QStringLiteral("shown"), m_open->isChecked() } };
}

void HoldPanel::restoreState(const QJsonObject& state)
{
    constexpr qsizetype longestFilter = 4'000;
    m_where->setText(state.value(QLatin1StringView("where")).toString().left(longestFilter));
    m_where->setCursorPosition(0);
    m_limit->setValue(state.value(QLatin1StringView("seconds")).toInt(m_limit->value()));
    m_on->setChecked(state.value(QLatin1StringView("on")).toBool());
    m_open->setChecked(state.value(QLatin1StringView("shown")).toBool());
}

} // namespace sockeye
