// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/endpoint/connector.h"
#include "app/endpoint/many_connections.h"
#include "app/endpoint/many_link.h"
#include "app/tls/tls_context.h"

#include <QBasicTimer>

#include <list>
#include <memory>

namespace sockeye {

/// What ManyConnections does behind its header, in its I/O thread. The first connection finds the address, as any
/// client does; the others go there, not more than some hundreds at a time on their way.
class ManyCore final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype scratchSize = 64 * 1024;
    static constexpr int maxConnecting = 256; ///< a server's queue of connections is not endless

    explicit ManyCore(const std::shared_ptr<Recording>& recording);

    // In the I/O thread.
    void start(const ManyOptions& options);
    void cancel();
    void shutDown(); ///< closes everything at once; nothing is told any more

    // For its links.
    [[nodiscard]] const ManyOptions& options() const { return m_options; }
    [[nodiscard]] const std::shared_ptr<const TlsContext>& tls() const { return m_tls; } ///< null without TLS
    [[nodiscard]] Connector::Target target() const; ///< for connections that a proxy makes
    [[nodiscard]] const QByteArray& expected() const { return m_expected; } ///< all messages, end to end
    [[nodiscard]] Recorder& recorder() { return m_recorder; }
    [[nodiscard]] char* scratch() { return m_scratch.get(); } ///< scratchSize bytes for one read
    void opened(ManyLink& link);
    void touch(ManyLink& link); ///< something came or went
    void sent(ManyLink& link, qint64 size);
    void received(ManyLink& link, qint64 size);
    void noteShort(const ManyLink& link, FailureCode code);
    void noteFailure(quint32 connection, const Failure& failure);
    [[nodiscard]] QString subject() const; ///< who they talk to, for texts
    void ended(ManyLink& link, ManyLink::End end); ///< it is deleted from the event loop

Q_SIGNALS:
    void progressed(const sockeye::ManySummary& summary);
    void finished(const sockeye::ManySummary& summary);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    using Links = std::list<ManyLink>;
    void beginMore();
    [[nodiscard]] Links::iterator newLink();
    void expire();
    void failAll(const Failure& failure);
    void finish();

    ManyOptions m_options;
    QByteArray m_expected;
    std::shared_ptr<const TlsContext> m_tls;
    Recorder m_recorder;
    Connector m_connector;
    std::unique_ptr<char[]> m_scratch;
    Links m_connecting; ///< by age
    Links m_talking; ///< by last activity
    Links m_over; ///< wait to be deleted
    int m_begun = 0;
    ManySummary m_summary;
    std::chrono::steady_clock::time_point m_startedAt;
    QBasicTimer m_timer; ///< time-outs and progress
    QBasicTimer m_moreTimer; ///< from the event loop: links end, new ones begin
    bool m_finished = true;
};

} // namespace sockeye
