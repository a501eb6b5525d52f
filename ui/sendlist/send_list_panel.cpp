// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/send_list_panel.h"

#include "protocol/sendlist/list_reader.h"
#include "ui/sendlist/key_edit.h"
#include "ui/sendlist/list_complaints.h"
#include "ui/sendlist/message_keys.h"
#include "ui/sendlist/open_lists.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/text_button.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr int restBeforeReading = 250; ///< milliseconds

} // namespace

SendListPanel::SendListPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new SendListModel(this))
    , m_table(new DenseTable(this))
    , m_reading(new SendListReading(this))
    , m_keys(new MessageKeys(this))
    , m_complaints(new ListComplaints(this))
    , m_all(newTextButton(this, tr("Send all"),
          tr("All messages, one after the other, each when the reply to the one "
             "before has come")))
    , m_from(newTextButton(this, tr("From here"), tr("The current message and those below it, once")))
    , m_one(newTextButton(this, tr("This one"), tr("The current message alone (Enter)")))
    , m_stop(
          newTextButton(this, tr("Stop"), tr("Once the reply that is awaited has come; “Cancel” does not wait for it")))
    , m_loop(new QSpinBox(this))
    , m_goesOn(new QCheckBox(tr("go on after a failure"), this))
    , m_add(newTextButton(this, tr("Add"), tr("What the composer holds, behind the current message")))
    , m_replace(newTextButton(this, tr("Replace"), tr("What the composer holds, in the place of the current message")))
    , m_edit(newTextButton(this, tr("Edit"), tr("The current message into the composer")))
    , m_remove(newTextButton(this, tr("Remove"), tr("The selected messages (Del)")))
    , m_up(newTextButton(this, tr("Up"), tr("Before the message above (Alt+Up)")))
    , m_down(newTextButton(this, tr("Down"), tr("Behind the message below (Alt+Down)")))
    , m_fileMenu(newTextButton(this, tr("List"), tr("Open, save and import lists")))
    , m_name(new ElidedLabel(this))
    , m_state(new ElidedLabel(this))
{
    buildLayout();
    buildFileMenu();
    connectParts();
    showState();
    OpenLists::instance().add(this);
}

void SendListPanel::buildLayout()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Send list"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setEmptyText(tr("Messages that are sent one after the other: write one above, and add it."));
    m_table->setSampleTexts(
        { QStringLiteral("message 10 "), QString(), QStringLiteral("json.result ~ "), QStringLiteral("00.0s "),
            QStringLiteral("00ms "), QStringLiteral("Ctrl+F12 "), QStringLiteral("waiting, 00.0 s ") });
    m_table->setTextElideMode(Qt::ElideMiddle); // messages often begin alike
    m_table->setItemDelegateForColumn(SendListModel::Key, new KeyDelegate(m_table));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(SendListModel::Message, QHeaderView::Stretch);
    m_run = new QHBoxLayout;
    buildRun(*m_run);
    auto* const edit = new QHBoxLayout;
    buildEdit(*edit);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addLayout(m_run);
    column->addWidget(m_table, 1);
    column->addWidget(m_complaints);
    column->addLayout(edit);
    setFocusProxy(m_table);
}

void SendListPanel::buildRun(QHBoxLayout& row)
{
    m_loop->setRange(0, static_cast<int>(maxListLoops));
    m_loop->setValue(1);
    m_loop->setSpecialValueText(tr("without end"));
    m_loop->setSuffix(QStringLiteral(" ×"));
    m_loop->setGroupSeparatorShown(true);
    m_loop->setMaximumWidth(
        fontMetrics().averageCharWidth() * 11); // the most that there may be needs more, and is rare
    m_loop->setAccessibleName(tr("How many times"));
    m_loop->setToolTip(tr("How many times all messages are sent. 0: until it is stopped."));
    m_goesOn->setToolTip(tr("Also after a failure, or a reply that was not expected"));
    m_goesOn->setAccessibleName(tr("Go on after a failure"));
    m_state->setObjectName(QStringLiteral("sendListState"));
    m_all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    row.setSpacing(4);
    for (QWidget* const part : std::initializer_list<QWidget*> { m_all, m_stop, m_from, m_one, m_loop, m_goesOn }) {
        row.addWidget(part);
    }
    m_name->setObjectName(QStringLiteral("sendListFile"));
    m_name->setElideMode(Qt::ElideMiddle);
    m_name->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.addStretch(0); // in the name's place where that has a line of its own
    row.addWidget(m_name, 1);
    row.addWidget(m_fileMenu);
}

void SendListPanel::buildEdit(QHBoxLayout& row)
{
    row.setSpacing(4);
    for (QWidget* const part : std::initializer_list<QWidget*> { m_add, m_replace, m_edit, m_remove, m_up, m_down }) {
        row.addWidget(part);
    }
    row.addWidget(m_state, 1);
    const auto action = [this](const QToolButton* button, const QKeySequence& keys, const std::function<void()>& act) {
        auto* const made = new QAction(button->text(), this);
        made->setShortcut(keys);
        made->setShortcutContext(Qt::WidgetShortcut);
        connect(made, &QAction::triggered, this, act);
        connect(button, &QToolButton::clicked, this, act);
        m_table->addAction(made);
    };
    action(m_one, Qt::Key_Return, [this] { sendOne(currentRow()); });
    action(m_from, {}, [this] { sendFrom(currentRow()); });
    action(m_edit, {}, [this] {
        const int edited = currentRow();
        whenReady([this, edited](const ListFile& read) {
            const auto at = static_cast<std::size_t>(edited);
            if (edited >= 0 && at < read.list.messages.size() && read.prepared) {
                Q_EMIT editWanted(read.list.messages[at], read.prepared->messages[at]);
            }
        });
    });
    action(m_replace, {}, [this] { replaceFromComposer(); });
    action(m_remove, Qt::Key_Delete, [this] { removeSelected(); });
    action(m_up, Qt::ALT | Qt::Key_Up, [this] { move(-1); });
    action(m_down, Qt::ALT | Qt::Key_Down, [this] { move(1); });
}

void SendListPanel::connectParts()
{
    connect(m_all, &QToolButton::clicked, this, &SendListPanel::sendAll);
    connect(m_stop, &QToolButton::clicked, this, &SendListPanel::stopWanted);
    connect(m_add, &QToolButton::clicked, this, &SendListPanel::addFromComposer);
    connect(m_loop, &QSpinBox::valueChanged, this, [this](int loop) { m_model->setLoop(loop); });
    connect(m_goesOn, &QCheckBox::toggled, m_model, &SendListModel::setGoesOn);
    connect(m_table->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_followsSteps = false; });
    connect(m_model, &SendListModel::edited, this, &SendListPanel::edited);
    connect(m_model, &SendListModel::refused, this, [this](const QString& why) { say(why, true); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SendListPanel::showState);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SendListPanel::showState);
    connect(m_reading, &SendListReading::prepared, this, &SendListPanel::takePrepared);
    connect(m_reading, &SendListReading::opened, this, &SendListPanel::takeOpened);
    connect(m_reading, &SendListReading::imported, this, &SendListPanel::takeImported);
    connect(m_reading, &SendListReading::saved, this, &SendListPanel::takeSaved);
    connect(m_complaints, &ListComplaints::rowChosen, this, [this](int row) {
        m_table->setCurrentIndex(m_model->index(row, SendListModel::Name));
        m_table->setFocus(Qt::OtherFocusReason);
    });
    m_model->setKeyCheck([this](const QString& key) { return m_keys->objection(key); });
    connect(m_keys, &MessageKeys::pressed, this, &SendListPanel::sendOne);
    connect(&Theme::instance(), &Theme::changed, this, &SendListPanel::showState);
    m_pause.setSingleShot(true);
    m_pause.setInterval(restBeforeReading);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_reading->prepare(m_model->list(), m_file, m_use); });
}

int SendListPanel::currentRow() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

void SendListPanel::setUse(const ListUse& use)
{
    if (m_use.protocol != use.protocol || m_use.transport != use.transport) {
        m_use = use;
        if (m_model->rowCount() > 0) {
            m_pause.start(); // its filters and fields are of another protocol now
        }
    }
}

void SendListPanel::edited()
{
    m_isChanged = true;
    ++m_revision;
    m_reading->forget(); // rows have moved since, perhaps
    m_loop->setValue(static_cast<int>(m_model->list().loop));
    m_goesOn->setChecked(m_model->list().goesOn);
    m_whenReady = nullptr; // of a list that is another one now
    m_pause.start();
    makeKeys();
    say({});
    showState();
}

void SendListPanel::add(const ListMessage& message)
{
    const int row = currentRow() >= 0 ? currentRow() + 1 : m_model->rowCount();
    if (!m_model->insert(row, message)) {
        say(tr("There are %1 messages already: remove one first.").arg(groupedNumber(m_model->rowCount())), true);
        return;
    }
    m_table->setCurrentIndex(m_model->index(row, SendListModel::Name));
}

void SendListPanel::addFromComposer()
{
    if (const std::optional<ListMessage> message = m_composed ? m_composed() : std::nullopt) {
        add(*message);
    }
}

void SendListPanel::replaceFromComposer()
{
    const std::optional<ListMessage> message = m_composed ? m_composed() : std::nullopt;
    if (message && currentRow() >= 0) {
        m_model->setContent(currentRow(), *message);
    }
}

void SendListPanel::removeSelected()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() > b.row(); });
    for (const QModelIndex& row : rows) {
        m_model->removeRows(row.row(), 1);
    }
}

void SendListPanel::move(int by)
{
    if (m_model->move(currentRow(), by)) {
        showState();
    }
}

void SendListPanel::whenReady(const std::function<void(const ListFile&)>& act)
{
    m_pause.stop();
    m_whenReady = act;
    m_reading->prepare(m_model->list(), m_file, m_use);
}

void SendListPanel::takePrepared(const ListFile& read, const QStringList& previews)
{
    showProblems(read);
    m_model->setPreviews(previews);
    if (const auto act = std::exchange(m_whenReady, nullptr)) {
        act(read);
    }
}

/// What is wrong with each message, in its row.
void SendListPanel::showProblems(const ListFile& read)
{
    QList<QStringList> problems(static_cast<qsizetype>(read.list.messages.size()));
    QString ofNoMessage;
    qsizetype wrong = 0;
    for (const rules::Mistake& mistake : read.mistakes) {
        qsizetype row = -1;
        for (const ListMessage& message : read.list.messages) {
            if (message.at > mistake.at) {
                break;
            }
            ++row;
        }
        if (mistake.isWarning) {
            continue;
        }
        if (row >= 0) {
            problems[row].append(mistake.text);
            ++wrong;
        } else if (ofNoMessage.isEmpty()) {
            ofNoMessage = mistake.text;
        }
    }
    m_model->setProblems(problems);
    m_complaints->show(*m_model);
    if (m_model->rowCount() > 0 && !read.prepared) {
        say(ofNoMessage.isEmpty() ? tr("Nothing can be sent: %n mistake(s).", nullptr, static_cast<int>(wrong))
                                  : ofNoMessage,
            true);
        m_saysMistakes = true;
    } else if (m_saysMistakes) {
        say({});
    }
}

void SendListPanel::say(const QString& text, bool isError)
{
    QPalette palette = this->palette();
    if (isError) {
        palette.setColor(QPalette::WindowText, Theme::instance().error());
    }
    m_saysMistakes = false;
    m_state->setPalette(palette);
    m_state->setFullText(text);
}

void SendListPanel::showState()
{
    const int row = currentRow();
    const int rows = m_model->rowCount();
    const bool hasFocus = m_all->hasFocus() || m_stop->hasFocus();
    m_all->setVisible(!m_isRunning);
    m_stop->setVisible(m_isRunning);
    if (hasFocus) {
        (m_isRunning ? m_stop : m_all)->setFocus(Qt::OtherFocusReason);
    }
    m_all->setEnabled(rows > 0);
    m_from->setEnabled(!m_isRunning && row >= 0);
    m_one->setEnabled(!m_isRunning && row >= 0);
    m_loop->setEnabled(!m_isRunning);
    m_goesOn->setEnabled(!m_isRunning);
    m_table->setEditTriggers(m_isRunning ? QAbstractItemView::NoEditTriggers
                                         : QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_add->setEnabled(!m_isRunning);
    m_fileMenu->setEnabled(!m_isRunning);
    showFile();
    for (QToolButton* const button : { m_replace, m_edit, m_remove }) {
        button->setEnabled(!m_isRunning && row >= 0);
    }
    m_up->setEnabled(!m_isRunning && row > 0);
    m_down->setEnabled(!m_isRunning && row >= 0 && row + 1 < rows);
    for (QAction* const action : m_table->actions()) {
        action->setEnabled(!m_isRunning && row >= 0);
    }
    m_all->setIcon(Theme::instance().icon(QStringLiteral("start")));
    m_stop->setIcon(Theme::instance().icon(QStringLiteral("stop")));
}

void SendListPanel::setKeysFor(QWidget* page)
{
    m_keys->setPage(page);
    makeKeys();
}

void SendListPanel::makeKeys()
{
    m_model->setKeyProblems(m_keys->make(m_model->list().messages));
    m_complaints->show(*m_model);
}

/// What keys of the window do is known once it has its page.
void SendListPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    makeKeys();
}

} // namespace sockeye
