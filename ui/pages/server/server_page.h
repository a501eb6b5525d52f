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
class ServerChatPanel;
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

    /// Null until the first start. Another one after a start that reads messages by another rule (another service, or
    /// another limit of content): then a new capture begins, too.
    [[nodiscard]] Server* server() const { return m_server.get(); }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override; ///< null until the first start
    [[nodiscard]] MessageRef currentMessage() const override;
    [[nodiscard]] QJsonObject saveState() const override;
    [[nodiscard]] ExportableMessages exportableMessages() const override;
    void focusFind() override;
    void findNext(bool backwards) override;
    void copySelection() override;

    [[nodiscard]] MessagesPanel* messages() const { return m_messages; }
    [[nodiscard]] ConnectionsPanel* connections() const { return m_connections; }
    [[nodiscard]] CatalogPanel* catalog() const { return m_catalog; }

private:
    void buildLayout();
    void connectPanels();
    void connectServer();
    void newServer(const ServerOptions& options, const ProtocolPtr& protocol);
    void showState();
    void showServiceParts();

    IoThreads& m_threads;
    std::unique_ptr<Server> m_server;
    Limits m_captureLimits; ///< those that the capture of m_server reads messages with
    ServerSettingsBar* m_settings;
    ConnectionsPanel* m_connections;
    MessagesPanel* m_messages;
    CatalogPanel* m_catalog;
    ServerChatPanel* m_chat;
    KernelPanel* m_kernel;
    QSplitter* m_splitter;
    QTabWidget* m_tabs;
    bool m_showsUnfinished = false; ///< the last selection was a connection in the middle of a message
};

} // namespace sockeye
