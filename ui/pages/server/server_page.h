// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "ui/pages/page.h"

#include <memory>

class QSplitter;
class QTabWidget;

namespace sockeye {

class CatalogPanel;
class ConnectionsPanel;
class IoThreads;
class KernelPanel;
class MessagesPanel;
class ProtocolBox;
class RereadRow;
class RulesPanel;
class ServerChatPanel;
class ServerSendPanel;
class ServerSettingsBar;

/// A server: its settings, its connections, its messages and what `search` finds.
class ServerPage final : public Page {
    Q_OBJECT
public:
    explicit ServerPage(IoThreads& threads, QWidget* parent = nullptr);
    ~ServerPage() override; ///< closes everything at once

    void setPort(quint16 port); ///< for the next start; 0: any free one
    void start();
    void stop();
    /// Brings back what saveState() saved; the server comes back stopped. Anything may stand in it.
    void restore(const QJsonObject& state);

    /// Has what was recorded and what will be read by this protocol, instead of that of the service. Null: by that
    /// again.
    void setProtocol(const ProtocolPtr& protocol);

    /// Null until the first start.
    [[nodiscard]] Server* server() const { return m_server.get(); }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] std::optional<Destination> whereToReach() const override;
    [[nodiscard]] QIcon icon() const override;
    /// Null until the first start. Another one once what was recorded is read by another protocol.
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_capture; }
    [[nodiscard]] MessageRef currentMessage() const override;
    [[nodiscard]] QJsonObject saveState() const override;
    [[nodiscard]] bool hasUnsaved() const override; ///< its rules
    void whenClosable(const std::function<void()>& act) override;
    [[nodiscard]] ExportableMessages exportableMessages() const override;
    void focusFind() override;
    void findNext(bool backwards) override;
    void focusFilter() override;
    void addToFilter(const QString& test, bool also) override;
    [[nodiscard]] MessagesPanel* messagesPanel(bool inFront) override;
    void copySelection() override;
    void showBytes(qint64 offset, qint64 size) override;

    [[nodiscard]] MessagesPanel* messages() const { return m_messages; }
    [[nodiscard]] MessagesPanel* messagesPanel() const override { return m_messages; }
    void showMessagesView(MessagesView view) override;
    [[nodiscard]] ConnectionsPanel* connections() const { return m_connections; }
    [[nodiscard]] CatalogPanel* catalog() const { return m_catalog; }
    [[nodiscard]] RulesPanel* rules() const { return m_rules; }
    [[nodiscard]] ServerSendPanel* sending() const { return m_sending; }

private:
    void buildLayout();
    void connectPanels();
    void connectSending();
    void makeServer(const ServerOptions& options);
    /// By which the streams of this service are to be read.
    [[nodiscard]] ProtocolPtr wantedProtocol(const Service& service) const;
    void read();
    void showReading(const std::shared_ptr<Capture>& capture);
    [[nodiscard]] std::shared_ptr<const Service> chosenService() const;
    void showState();
    void showServiceParts();
    void showServiceTabs();
    void updateRules();
    void updateSending();
    [[nodiscard]] bool goesByRules() const;

    IoThreads& m_threads;
    std::unique_ptr<Server> m_server;
    std::shared_ptr<Capture> m_capture; ///< what m_server records, as it is shown
    ProtocolPtr m_chosenProtocol; ///< by the user; null: that of the service
    Limits m_limits; ///< of the last start
    ServerSettingsBar* m_settings;
    ConnectionsPanel* m_connections;
    MessagesPanel* m_messages;
    CatalogPanel* m_catalog;
    RulesPanel* m_rules;
    ServerChatPanel* m_chat;
    ServerSendPanel* m_sending;
    KernelPanel* m_kernel;
    RereadRow* m_reread;
    ProtocolBox* m_protocol;
    QSplitter* m_splitter;
    QTabWidget* m_tabs;
    bool m_showsUnfinished = false; ///< the last selection was a connection in the middle of a message
};

} // namespace sockeye
