// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/tables_page.h"

#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/reread_row.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QApplication>
#include <QSplitter>
#include <QTabWidget>

#include <algorithm>

namespace sockeye {

TablesPage::TablesPage(QWidget* parent)
    : Page(parent)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_connections(new ConnectionsPanel)
    , m_messages(new MessagesPanel)
    , m_reread(new RereadRow(this))
{
    m_splitter->addWidget(m_connections);
    m_splitter->addWidget(m_messages);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    connect(m_messages, &MessagesPanel::currentMessageChanged, this, [this] {
        m_showsUnfinished = false;
        Q_EMIT currentMessageChanged();
    });
    connect(m_messages, &MessagesPanel::statusMessage, this, &Page::statusMessage);
    connect(m_messages, &MessagesPanel::exportRequested, this, &Page::exportRequested);
    connect(m_messages, &MessagesPanel::bytesSelected, this, &Page::bytesSelected);
    connect(m_connections, &ConnectionsPanel::connectionActivated, this, [this](quint32 connection) {
        bringMessagesToFront();
        m_messages->showConnection(connection);
    });
    connect(m_connections, &ConnectionsPanel::unfinishedMessageSelected, this, [this] {
        m_showsUnfinished = true;
        Q_EMIT currentMessageChanged();
    });
}

QWidget* TablesPage::tables() const
{
    return m_splitter;
}

void TablesPage::setEmptyTexts(const QString& connections, const QString& messages)
{
    m_connections->setEmptyText(connections);
    m_messages->setEmptyText(messages);
}

void TablesPage::addTab(QWidget* beside, const QString& title, const QString& toolTip)
{
    if (m_tabs == nullptr) {
        m_tabs = new QTabWidget(m_splitter);
        m_tabs->setDocumentMode(true);
        m_tabs->addTab(m_messages, tr("Messages"));
        m_splitter->insertWidget(1, m_tabs);
        m_splitter->setStretchFactor(1, 2);
        m_splitter->setCollapsible(1, false);
    }
    // Above the tables there may be much else: a low window scrolls what is high.
    constexpr int leastLines = 6;
    m_tabs->setTabToolTip(m_tabs->addTab(new FlatScrollArea(beside, leastLines), title), toolTip);
}

int TablesPage::tabOf(const QWidget* beside) const
{
    for (int tab = 1; tab < m_tabs->count(); ++tab) {
        if (m_tabs->widget(tab)->isAncestorOf(beside)) {
            return tab;
        }
    }
    return -1;
}

void TablesPage::setTabTitle(const QWidget* beside, const QString& title)
{
    const int tab = tabOf(beside);
    if (m_tabs->tabText(tab) != title) {
        m_tabs->setTabText(tab, title);
    }
}

void TablesPage::showTab(const QWidget* beside)
{
    m_tabs->setCurrentIndex(tabOf(beside));
}

void TablesPage::bringMessagesToFront()
{
    if (m_tabs != nullptr) {
        m_tabs->setCurrentIndex(0);
    }
}

void TablesPage::showMessagesView(MessagesView view)
{
    bringMessagesToFront();
    Page::showMessagesView(view);
}

void TablesPage::showCapture(const std::shared_ptr<Capture>& capture, bool live)
{
    m_reread->giveUp(); // of what was shown
    m_showsUnfinished = false;
    m_live = live;
    m_connections->setCapture(capture, live);
    m_messages->setCapture(capture);
    Q_EMIT currentMessageChanged();
}

void TablesPage::showReading(const std::shared_ptr<Capture>& capture)
{
    m_showsUnfinished = false;
    m_connections->showReading(capture, m_live);
    m_messages->showReading(capture);
    Q_EMIT currentMessageChanged();
}

MessageRef TablesPage::currentMessage() const
{
    return m_showsUnfinished ? m_connections->unfinishedMessage() : m_messages->currentMessage();
}

ExportableMessages TablesPage::exportableMessages() const
{
    return m_messages->exportableMessages();
}

void TablesPage::focusFind()
{
    bringMessagesToFront();
    m_messages->focusFind();
}

MessagesPanel* TablesPage::messagesPanel(bool inFront)
{
    if (inFront) {
        bringMessagesToFront();
    }
    return m_messages;
}

void TablesPage::findNext(bool backwards)
{
    bringMessagesToFront();
    m_messages->findNext(backwards);
}

void TablesPage::showBytes(qint64 offset, qint64 size)
{
    m_messages->showBytes(offset, size);
}

void TablesPage::focusFilter()
{
    bringMessagesToFront();
    m_messages->focusFilter();
}

void TablesPage::addToFilter(const QString& test, bool also)
{
    bringMessagesToFront();
    m_messages->addToFilter(test, also);
}

void TablesPage::copySelection()
{
    const QWidget* focused = QApplication::focusWidget();
    if (focused != nullptr && m_connections->isAncestorOf(focused)) {
        m_connections->copySelection();
    } else {
        m_messages->copySelection();
    }
}

void TablesPage::saveTables(QJsonObject& state) const
{
    state.insert(QLatin1StringView("connections"), m_connections->saveState());
    state.insert(QLatin1StringView("messages"), m_messages->saveState());
    state.insert(QLatin1StringView("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    if (m_tabs != nullptr) {
        state.insert(QLatin1StringView("tab"), m_tabs->currentIndex());
    }
}

void TablesPage::restoreTables(const QJsonObject& state)
{
    m_connections->restoreState(state.value(QLatin1StringView("connections")).toObject());
    m_messages->restoreState(state.value(QLatin1StringView("messages")).toObject());
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
    if (m_tabs != nullptr) {
        m_tabs->setCurrentIndex(std::clamp(state.value(QLatin1StringView("tab")).toInt(), 0, m_tabs->count() - 1));
    }
}

} // namespace sockeye
