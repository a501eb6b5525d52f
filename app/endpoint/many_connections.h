// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"
#include "app/net/io_threads.h"
#include "app/recording/recording.h"
#include "app/tls/tls_options.h"
#include "protocol/proxy/proxy_options.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QList>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace sockeye {

class ManyCore;

struct ManyOptions {
    QString host = QStringLiteral("127.0.0.1"); ///< a name or an address
    quint16 port = 65432;
    QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
    TlsClientOptions tls;
    const Engine* engine = &defaultEngine(); ///< what their sockets are made by; never null
    SocketOptions socket;
    std::optional<ProxyOptions> proxy; ///< makes the connections; looks names up
    int connections = 1; ///< 1 to maxConnections
    QList<QByteArray> messages; ///< sent on each, in order, each with a write of its own
    std::chrono::milliseconds connectTimeout { 5'000 }; ///< 0: as long as the system tries
    std::chrono::milliseconds replyTimeout { 10'000 }; ///< without a byte, of each connection; 0: for ever
};

/// What became of them. Each connection counts once.
struct ManySummary {
    int waiting = 0; ///< not begun, or under way
    int intact = 0; ///< exactly the bytes came back that were sent
    int changed = 0; ///< as many came back, but others
    int tooShort = 0; ///< fewer came back before the other side closed, or was silent for too long
    int failed = 0; ///< never opened, or lost; also those that were given up
    qint64 bytesOut = 0;
    qint64 bytesIn = 0;
    qint64 nanoseconds = 0; ///< from start() to the end of the last one
    SocketAddress peer; ///< really connected to
    Failure failure; ///< the first one, if any
};

/// The classic client of many connections (wire protocol §2): opens them all to one place, sends the same messages on
/// each, and closes each once as many bytes came back as it sent. Lives in the thread that made it, its sockets in one
/// I/O thread; what goes over the wire is in the capture, where connections count from 1.
class ManyConnections final : public QObject {
    Q_OBJECT
public:
    static constexpr int maxConnections = 10'000;

    ManyConnections(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    ~ManyConnections() override; ///< everything is closed at once, in the I/O thread; nobody waits for that

    void start(const ManyOptions& options); ///< once; ends in finished()
    void cancel(); ///< gives up what is not over; ends in finished()

Q_SIGNALS:
    void progressed(const sockeye::ManySummary& summary); ///< a few times a second, while anything is under way
    void finished(const sockeye::ManySummary& summary);

private:
    IoThreads::Stay m_stay;
    ManyCore* m_core; ///< lives in the I/O thread, deleted there
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::ManySummary)
