// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/message_pane.h"

#include "protocol/composer/copy_as.h"
#include "ui/exchange/exchange_line.h"
#include "ui/hexview/chunk_marks.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/content_panel.h"
#include "ui/inspector/error_line.h"
#include "ui/inspector/json_view.h"
#include "ui/inspector/message_title.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/tls_facts_view.h"
#include "ui/inspector/value_view.h"
#include "ui/inspector/view_link.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QApplication>
#include <QClipboard>
#include <QDataStream>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr qint32 stateVersion = 1;

/// A view with a small title above it.
QWidget* titled(const QString& title, QWidget* view, QWidget* besideTitle = nullptr)
{
    auto* part = new QWidget;
    auto* caption = new QLabel(title, part);
    QFont font = caption->font();
    font.setBold(true);
    caption->setFont(font);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 4, 8, 2);
    line->setSpacing(8);
    line->addWidget(caption);
    if (besideTitle != nullptr) {
        line->addWidget(besideTitle, 1);
    } else {
        line->addStretch(1);
    }
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(view, 1);
    return part;
}

void colour(QWidget* widget, const QColor& text)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, text);
    widget->setPalette(palette);
}

} // namespace

MessagePane::MessagePane(QWidget* parent)
    : QWidget(parent)
    , m_headline(new ElidedLabel(this))
    , m_details(new ElidedLabel(this))
    , m_loading(new QLabel(tr("loading…"), this))
    , m_copy(new QToolButton(this))
    , m_copyMenu(new QMenu(this))
    , m_exchange(new ExchangeLine(this))
    , m_error(new ErrorLine(this))
    , m_structure(new StructureView(this))
    , m_tlsFacts(new TlsFactsView(this))
    , m_structures(new QStackedWidget(this))
    , m_bytes(new HexView(this))
    , m_chunks(new ElidedLabel(this))
    , m_json(new JsonView(this))
    , m_value(new ValueView(this))
    , m_content(new ContentPanel(this))
    , m_tabs(new QTabWidget(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_path(new ElidedLabel(this))
    , m_link(new ViewLink(m_structure, m_bytes, this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_value, tr("Value"));
    m_tabs->addTab(m_content, tr("Content"));
    m_chunks->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    m_splitter->setChildrenCollapsible(false);
    m_structures->addWidget(m_structure);
    m_structures->addWidget(m_tlsFacts);
    m_splitter->addWidget(titled(tr("Structure"), m_structures));
    m_splitter->addWidget(titled(tr("Bytes"), m_bytes, m_chunks));
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 4);
    m_splitter->setSizes({ 250, 250, 200 });

    m_path->setContentsMargins(8, 4, 8, 4);
    m_error->setContentsMargins(8, 0, 8, 4);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_error);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_path);

    setTabOrder(m_copy, m_structure);
    setTabOrder(m_structure, m_bytes);
    setTabOrder(m_bytes, m_tabs);

    connect(m_link, &ViewLink::pathTextChanged, this, [this] { m_path->setFullText(m_link->pathText()); });
    connect(m_structure, &StructureView::filterRequested, this, &MessagePane::filterRequested);
    connect(m_bytes, &HexView::selectionChanged, this, &MessagePane::updateTabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MessagePane::updateTabs);
    connect(m_copyMenu, &QMenu::aboutToShow, this, &MessagePane::fillCopyMenu);
    connect(m_error, &ErrorLine::offsetActivated, this, [this](qint64 offset) {
        m_bytes->select(offset, 1);
        m_bytes->setFocus();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessagePane::takeTheme);
    takeTheme();
}

QWidget* MessagePane::makeHead()
{
    m_copy->setText(tr("Copy as"));
    m_copy->setAccessibleName(tr("Copy as"));
    m_copy->setToolTip(tr("Copies the selected bytes, or the whole message"));
    m_copy->setMenu(m_copyMenu);
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setFocusPolicy(Qt::TabFocus);
    m_loading->hide();

    auto* head = new QWidget(this);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_headline, 1);
    line->addWidget(m_loading);
    line->addWidget(m_copy);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(m_details);
    layout->addWidget(m_exchange);
    return head;
}

void MessagePane::takeTheme()
{
    QFont bold = font();
    bold.setBold(true);
    m_headline->setFont(bold);
    m_copy->setIcon(Theme::instance().icon(QStringLiteral("copy")));
    for (QWidget* label : { static_cast<QWidget*>(m_details), static_cast<QWidget*>(m_loading),
             static_cast<QWidget*>(m_chunks), static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_exchange) }) {
        colour(label, Theme::instance().muted());
    }
}

void MessagePane::showTitle(const MessageRef& ref)
{
    const MessageTitle title = messageTitle(ref);
    m_headline->setFullText(title.headline);
    m_details->setFullText(title.details);
    m_details->setToolTip(title.hint);
    m_headline->setToolTip(title.hint);
    m_exchange->setMessage(ref);
}

void MessagePane::setMessage(const MessageRef& ref, const InspectedMessagePtr& message, bool sameMessage)
{
    setLoading(false);
    const auto connection = ref.capture->connection(ref.record.connection);
    m_connection = connection ? std::optional(connection->facts) : std::nullopt;
    showTitle(ref);
    if (!message->left.isEmpty()) {
        m_error->setSentence(message->left, false); // that it ends too early is no fault of its own
    } else if (message->told.isEmpty()) {
        m_error->setError(message->annotation.error());
    } else {
        m_error->setSentence(message->told, true);
    }
    m_structures->setCurrentWidget(m_structure);
    m_structure->setMessage(message);
    m_bytes->setMessage(message, sameMessage ? HexView::Keep::Position : HexView::Keep::Nothing);
    if (sameMessage) {
        m_structure->selectRange(m_bytes->selectionOffset(), m_bytes->selectionSize());
    }
    m_chunks->setFullText(chunkSummary(*message));
    m_json->setMessage(message);
    m_copy->setEnabled(!message->bytes().isEmpty());
    m_splitter->show();
    m_path->setFullText(m_link->pathText());
    updateTabs();
}

void MessagePane::setText(const MessageRef& ref, const QString& text)
{
    setLoading(false);
    m_connection.reset();
    showTitle(ref);
    m_error->setSentence(text, ref.record.kind == RecordKind::Error);
    m_structure->setMessage(nullptr);
    showTlsFacts(ref);
    m_bytes->setMessage(nullptr);
    m_chunks->setFullText({});
    m_json->setMessage(nullptr);
    m_copy->setEnabled(false);
    m_path->setFullText(tr("This row has no bytes of its own."));
    m_value->setBytes(nullptr, 0, 0);
    m_content->setBytes(nullptr, 0, 0);
}

void MessagePane::showTlsFacts(const MessageRef& ref)
{
    const bool isTls = ref.record.kind == RecordKind::Note && ref.capture->fault(ref.record.text).code == tlsCode;
    const auto connection = isTls ? ref.capture->connection(ref.record.connection) : std::nullopt;
    const bool hasFacts = connection && connection->tls;
    if (hasFacts) {
        m_tlsFacts->setFacts(*connection->tls);
    }
    m_structures->setCurrentWidget(hasFacts ? static_cast<QWidget*>(m_tlsFacts) : m_structure);
}

void MessagePane::setLoading(bool loading)
{
    m_loading->setVisible(loading);
}

void MessagePane::fillCopyMenu()
{
    m_copyMenu->clear();
    m_bytes->addCopyActions(m_copyMenu);
    addProgramActions();
}

/// What sends the whole message again, to where it went.
void MessagePane::addProgramActions()
{
    constexpr qint64 largest = 64 * 1024; // bytes; nobody reads the code of more
    const InspectedMessagePtr message = m_bytes->message();
    if (!message || !m_connection) {
        return;
    }
    const SocketAddress& to = message->direction == Direction::Out ? m_connection->peer : m_connection->local;
    CopiedRequest request;
    request.host = to.host.toString();
    request.port = to.port;
    request.unixName = to.unixName.isNull() ? QString() : to.unixName.text();
    request.transport = m_connection->transport;
    request.protocol = message->protocol;
    request.bytes = message->bytes();
    m_copyMenu->addSeparator();
    for (const CopyForm form : copyForms()) {
        if (form == CopyForm::Hex) {
            continue; // is there already
        }
        QAction* action = m_copyMenu->addAction(copyFormName(form), this,
            [form, request] { QGuiApplication::clipboard()->setText(copyAs(form, request)); });
        action->setToolTip(tr("Sends the whole message to %1").arg(to.toString()));
        action->setEnabled(!request.bytes.isEmpty() && request.bytes.size() <= largest && !to.unixName.isUnnamed());
    }
}

void MessagePane::updateTabs()
{
    if (m_tabs->currentWidget() == m_value) {
        m_value->setBytes(m_bytes->message(), m_bytes->selectionOffset(), m_bytes->selectionSize());
    } else if (m_tabs->currentWidget() == m_content) {
        m_content->setBytes(m_bytes->message(), m_bytes->selectionOffset(), m_bytes->selectionSize());
    }
}

void MessagePane::copySelection()
{
    QWidget* focus = QApplication::focusWidget();
    if (focus == m_value) {
        m_value->copyCurrent();
    } else if (auto* text = qobject_cast<QPlainTextEdit*>(focus); text != nullptr && isAncestorOf(text)) {
        text->copy();
    } else {
        m_bytes->copyAs(ByteForm::Hex);
    }
}

bool MessagePane::focusNextPart(bool backwards)
{
    const QWidgetList parts { m_structure, m_bytes, m_tabs };
    QWidget* focus = QApplication::focusWidget();
    int at = -1;
    for (int i = 0; i < parts.size(); ++i) {
        if (parts[i] == focus || parts[i]->isAncestorOf(focus)) {
            at = i;
        }
    }
    const int next = at < 0 ? (backwards ? static_cast<int>(parts.size()) - 1 : 0) : at + (backwards ? -1 : 1);
    if (next < 0 || next >= parts.size()) {
        return false;
    }
    parts[next]->setFocus(backwards ? Qt::BacktabFocusReason : Qt::TabFocusReason);
    return true;
}

QByteArray MessagePane::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << stateVersion << m_splitter->saveState() << static_cast<qint32>(m_tabs->currentIndex())
           << m_json->showsTree() << m_content->view();
    return state;
}

void MessagePane::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 version = 0;
    QByteArray splitter;
    qint32 tab = 0;
    bool tree = false;
    stream >> version >> splitter >> tab >> tree;
    if (stream.status() != QDataStream::Ok || version != stateVersion) {
        return;
    }
    m_splitter->restoreState(splitter);
    m_tabs->setCurrentIndex(qBound(0, tab, m_tabs->count() - 1));
    m_json->setShowsTree(tree);
    QString view; // states of before it have none
    stream >> view;
    m_content->setView(view);
}

} // namespace sockeye
