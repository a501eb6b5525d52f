// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/sockets/sockets_page.h"

#include "app/system/socket_meaning.h"
#include "app/system/socket_watch.h"
#include "ui/pages/sockets/sockets_table.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int meaningLines = 4;

/// A field as wide as what goes into it.
void setColumns(QLineEdit* field, int characters)
{
    constexpr int frame = 20;
    field->setFixedWidth(field->fontMetrics().horizontalAdvance(QString(characters, u'0')) + frame);
}

} // namespace

SocketsPage::SocketsPage(QWidget* parent)
    : Page(parent)
    , m_watch(new SocketWatch(this))
    , m_scope(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_port(new QLineEdit(this))
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_table(new SocketsTable(this))
    , m_meaning(new QLabel(this))
{
    m_scope->addItems({ tr("Sockeye's ports"), tr("Everything") });
    m_scope->setAccessibleName(tr("Show"));
    m_scope->setToolTip(tr("Sockeye's ports: what Sockeye's programs hold, both ends of their connections, and what is "
                           "left of them. Everything: every TCP, UDP and Unix socket of this machine"));
    m_kind->addItem(tr("All kinds"), static_cast<int>(SocketKind::Any));
    m_kind->addItem(tr("TCP"), static_cast<int>(SocketKind::Tcp));
    m_kind->addItem(tr("UDP"), static_cast<int>(SocketKind::Udp));
    m_kind->addItem(tr("Unix"), static_cast<int>(SocketKind::Unix));
    m_kind->setAccessibleName(tr("Kind"));
    m_kind->setToolTip(tr("Unix sockets are those of programs of this machine that talk by paths and names"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setValidator(new QIntValidator(0, 65'535, m_port));
    m_port->setPlaceholderText(tr("any"));
    m_port->setToolTip(tr("At either end"));
    m_text->setAccessibleName(tr("Filter sockets"));
    m_text->setPlaceholderText(tr("Filter: address, path, state, process"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(200);
    m_meaning->setAccessibleName(tr("What the state means"));
    m_meaning->setObjectName(QStringLiteral("meaning"));
    m_meaning->setTextFormat(Qt::PlainText);
    m_meaning->setWordWrap(true);
    m_meaning->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_meaning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    buildLayout();
    connectParts();
    m_table->showOrder(m_watch->query().column, m_watch->query().descending);
    setFocusProxy(m_table);
    showMeaning();
}

void SocketsPage::buildLayout()
{
    setColumns(m_port, 5);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->setSpacing(8);
    auto* portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);
    top->addWidget(m_scope);
    top->addWidget(m_kind);
    top->addWidget(portLabel);
    top->addWidget(m_port);
    top->addWidget(m_text, 1);
    top->addWidget(m_count);
    m_meaning->setContentsMargins(8, 8, 8, 8);
    m_meaning->setMinimumHeight(fontMetrics().lineSpacing() * meaningLines + 16);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_meaning);
}

void SocketsPage::connectParts()
{
    connect(m_watch, &SocketWatch::looked, this, &SocketsPage::showSockets);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &SocketsPage::ask);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SocketsPage::ask);
    connect(m_port, &QLineEdit::textChanged, this, &SocketsPage::ask);
    connect(m_text, &QLineEdit::textChanged, this, &SocketsPage::ask);
    connect(m_table, &SocketsTable::currentSocketChanged, this, &SocketsPage::showMeaning);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SocketsPage::showMeaning);
    auto* copy = new QAction(tr("Copy rows"), m_table);
    connect(copy, &QAction::triggered, this, &SocketsPage::copySelection);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addAction(copy);
    connect(m_table, &SocketsTable::orderWanted, this, [this](SocketColumn column, bool descending) {
        SocketQuery query = m_watch->query();
        query.column = column;
        query.descending = descending;
        m_watch->setQuery(query);
    });
}

/// For what the fields say; the order stays.
void SocketsPage::ask()
{
    SocketQuery query = m_watch->query();
    query.all = m_scope->currentIndex() == 1;
    query.kind = static_cast<SocketKind>(m_kind->currentData().toInt());
    query.port = m_port->text().toUShort();
    query.text = m_text->text().trimmed();
    m_watch->setQuery(query);
}

void SocketsPage::showSockets()
{
    m_table->setRows(m_watch->rows());
    const auto shown = static_cast<qint64>(m_watch->rows().size());
    m_count->setText(tr("%1 of %2 sockets").arg(groupedNumber(shown), groupedNumber(m_watch->count())));
    const SocketQuery& query = m_watch->query();
    const QString note = sourceNote(m_watch->source());
    m_count->setToolTip(note);
    QString empty = tr("No socket is Sockeye's at this moment. Start a server or connect a client, and what the kernel "
                       "keeps for it stands here. “Everything” shows the sockets of all programs.");
    if (m_watch->source() == SocketTable::Source::None) {
        empty = note;
    } else if (query.port != 0 || !query.text.isEmpty() || query.kind != SocketKind::Any) {
        empty = tr("No socket fits. Clear the fields above to see more.");
    }
    if (m_table->emptyText() != empty) {
        m_table->setEmptyText(empty);
    }
}

void SocketsPage::showMeaning()
{
    QString text = tr("Select a socket to read what its state means, who must act, and what to do.");
    if (const SocketRow* row = m_table->currentSocket()) {
        const SocketMeaning meaning = meaningOf(*row);
        text = tr(
            "%1 – %2\nWho must act: %3\nWhat to do: %4\n%5", "state – what it means, who must act, what to do, queues")
                   .arg(stateName(row->entry), meaning.means, meaning.who, meaning.advice, queuesText(row->entry));
    }
    // Told the same again a label lays the page out again.
    if (m_meaning->text() != text) {
        m_meaning->setText(text);
    }
}

void SocketsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_watch->setRunning(true);
    Q_EMIT titleChanged();
}

void SocketsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_watch->setRunning(false);
    Q_EMIT titleChanged();
}

QString SocketsPage::title() const
{
    return tr("Sockets");
}

QString SocketsPage::stateText() const
{
    return isVisible() ? tr("live") : tr("resting");
}

bool SocketsPage::isActive() const
{
    return isVisible();
}

QIcon SocketsPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("connection"));
}

void SocketsPage::focusFind()
{
    m_text->setFocus();
    m_text->selectAll();
}

void SocketsPage::copySelection()
{
    const QString text = m_table->selectedText();
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT statusMessage(tr("Copied"));
    }
}

QJsonObject SocketsPage::saveState() const
{
    const SocketQuery& query = m_watch->query();
    return {
        { QStringLiteral("kind"), QStringLiteral("sockets") },
        { QStringLiteral("all"), query.all },
        { QStringLiteral("socketKind"), int(query.kind) },
        { QStringLiteral("port"), query.port },
        { QStringLiteral("text"), query.text },
        { QStringLiteral("sortedBy"), int(query.column) },
        { QStringLiteral("descending"), query.descending },
        { QStringLiteral("columns"), m_table->saveColumns() },
    };
}

void SocketsPage::restore(const QJsonObject& state)
{
    m_scope->setCurrentIndex(state.value(u"all").toBool() ? 1 : 0);
    m_kind->setCurrentIndex(std::max(m_kind->findData(state.value(u"socketKind").toInt()), 0));
    const int port = state.value(u"port").toInt();
    m_port->setText(port > 0 && port <= 65'535 ? QString::number(port) : QString());
    m_text->setText(state.value(u"text").toString());
    m_table->restoreColumns(state.value(u"columns").toObject());
    const int column = state.value(u"sortedBy").toInt(int(SocketColumn::Local));
    if (column >= 0 && column < socketColumnCount) {
        SocketQuery query = m_watch->query();
        query.column = static_cast<SocketColumn>(column);
        query.descending = state.value(u"descending").toBool();
        m_table->showOrder(query.column, query.descending);
        m_watch->setQuery(query);
    }
}

} // namespace sockeye
