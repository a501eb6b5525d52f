// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/cli/listening.h"
#include "app/cli/recording.h"
#include "app/net/io_threads.h"
#include "app/relay/scenario/scenario_player.h"
#include "app/toxiproxy/toxiproxy_api.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye::cli {

/// The relays that one command runs: the one that it names, and those that are made over the API. What they record is
/// one recording, so that their connections have numbers of one row.
class RelaySet final : public QObject, public ProxyRelays {
    Q_OBJECT
public:
    RelaySet(const Arguments& arguments, Recording& recording);
    ~RelaySet() override;

    void begin();
    void stop(); ///< lets what is on its way arrive; ends in ended()

    [[nodiscard]] bool hasWorked() const { return m_listened && !m_failure; } ///< what was asked for came to listen
    [[nodiscard]] const Failure& failure() const { return m_failure; }
    [[nodiscard]] qint64 exchanges() const; ///< of all of them
    /// The one that the command names; null: it names none.
    [[nodiscard]] const Relay* own() const
    {
        return m_arguments.relay.hasEnds && !m_relays.empty() ? m_relays.front().relay.get() : nullptr;
    }
    [[nodiscard]] quint16 ownPort() const { return m_ownPort; } ///< where that listened

    // What the API wants.
    [[nodiscard]] Relay* newRelay(const QString& name, RelayOptions& options) override;
    void letGo(Relay& relay) override;

Q_SIGNALS:
    void ended(); ///< all of them have stopped, or it cannot even begin

private:
    struct Named {
        QString name; ///< of the proxy; "relay" for the one that the command names
        std::unique_ptr<Relay> relay;
    };

    Relay& add(const QString& name);
    void follow(Relay& relay, const QString& name);
    void letApiListen();
    void say(const QByteArray& line);
    void checkEnd();

    const Arguments& m_arguments;
    Recording& m_recording;
    IoThreads m_threads;
    RelayOptions m_options; ///< of each relay
    std::vector<Named> m_relays;
    std::unique_ptr<ScenarioPlayer> m_player; ///< on the first of them, where the command names it
    std::unique_ptr<ToxiproxyApi> m_api;
    Failure m_failure;
    qint64 m_before = 0; ///< exchanges of relays that are gone
    quint16 m_ownPort = 0;
    bool m_listened = false;
    bool m_isStopping = false;
};

/// `relay --toxiproxy-api`, until it is told to stop. Returns false if what was asked for never listened; why, was
/// complained of.
[[nodiscard]] bool relaysUntilAsked(StopSignals& stopSignals, const Arguments& arguments, Recording& recording);

} // namespace sockeye::cli
