// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server_run.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye {

/// What a Server does behind its header: resolves the address, starts runs, and lets the last one finish while the next
/// one may be listening already. Lives in the server's thread.
class ServerCore final : public QObject {
    Q_OBJECT
public:
    explicit ServerCore(Server& server);
    ~ServerCore() override;

    void start(const ServerOptions& options);
    void stop();
    void setCatalog(std::shared_ptr<const Catalog> catalog);
    [[nodiscard]] ServerRun* run() const { return m_run.get(); }
    [[nodiscard]] qint64 exchanges() const { return m_run ? m_run->exchanges() : m_lastExchanges; }

private:
    void listen(const QList<QHostAddress>& addresses);
    void fail(const Failure& failure);
    void setState(Server::State state);
    void endRun();
    void deleteEndedRuns();

    Server& m_server;
    ServerOptions m_options;
    std::shared_ptr<const Service> m_service;
    std::shared_ptr<std::atomic<quint32>> m_lastId;
    std::unique_ptr<ServerRun> m_run;
    std::vector<std::unique_ptr<ServerRun>> m_endingRuns;
    int m_lookup = -1; ///< of QHostInfo, while a name is being resolved
    qint64 m_lastExchanges = 0;
};

} // namespace sockeye
