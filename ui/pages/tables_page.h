// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/page.h"

class QSplitter;
class QTabWidget;

namespace sockeye {

class ConnectionsPanel;
class MessagesPanel;
class RereadRow;

/// A page that shows a capture as its connections over its messages, and shows nothing else in them.
class TablesPage : public Page {
    Q_OBJECT
public:
    [[nodiscard]] MessageRef currentMessage() const final;
    [[nodiscard]] ExportableMessages exportableMessages() const final;
    void focusFind() final;
    void findNext(bool backwards) final;
    void focusFilter() final;
    void addToFilter(const QString& test, bool also) final;
    [[nodiscard]] MessagesPanel* messagesPanel(bool inFront) final;
    void copySelection() final;
    void showBytes(qint64 offset, qint64 size) final;
    [[nodiscard]] MessagesPanel* messagesPanel() const final { return m_messages; }
    void showMessagesView(MessagesView view) final;

protected:
    explicit TablesPage(QWidget* parent);

    [[nodiscard]] QWidget* tables() const; ///< both of them, for the layout
    [[nodiscard]] ConnectionsPanel* connections() const { return m_connections; }
    [[nodiscard]] MessagesPanel* messages() const { return m_messages; }
    void setEmptyTexts(const QString& connections, const QString& messages);
    /// What stands in the messages' room as well, beside them in a tab. Where nobody adds one there are no tabs.
    void addTab(QWidget* beside, const QString& title, const QString& toolTip);
    void setTabTitle(const QWidget* beside, const QString& title);
    void showTab(const QWidget* beside);
    /// `live`: false for what was not made here, where nobody of ours waits.
    void showCapture(const std::shared_ptr<Capture>& capture, bool live);
    /// Another reading of the same recording: what was chosen in the tables stays, as far as it is still there.
    void showReading(const std::shared_ptr<Capture>& capture);
    /// Makes such a reading; for the layout, above the tables.
    [[nodiscard]] RereadRow& rereadRow() const { return *m_reread; }

    void saveTables(QJsonObject& state) const; ///< as "connections", "messages", "splitter" and "tab"
    void restoreTables(const QJsonObject& state);

private:
    void bringMessagesToFront();
    [[nodiscard]] int tabOf(const QWidget* beside) const;

    QSplitter* m_splitter;
    QTabWidget* m_tabs = nullptr; ///< null: the messages alone
    ConnectionsPanel* m_connections;
    MessagesPanel* m_messages;
    RereadRow* m_reread;
    bool m_live = true; ///< what is shown was made here
    bool m_showsUnfinished = false; ///< the inspector is to show what the selected connection is in the middle of
};

} // namespace sockeye
