// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "ui/pages/tables_page.h"

#include <memory>

namespace sockeye {

class FaultsPanel;
class HoldPanel;
class IoThreads;
class RelaySettingsBar;

/// A relay: where it listens, where it passes on to, what goes wrong on the way, and both sides of each conversation.
class RelayPage final : public TablesPage {
    Q_OBJECT
public:
    explicit RelayPage(IoThreads& threads, QWidget* parent = nullptr);
    ~RelayPage() override; ///< closes everything at once

    void setListenPort(quint16 port); ///< for the next start; 0: any free one
    void setTarget(const QString& host, quint16 port); ///< for the next start
    void start();
    void stop();
    /// Brings back what saveState() saved; the relay comes back stopped. Anything may stand in it.
    void restore(const QJsonObject& state);
    /// Has what was recorded and what will be read by this protocol.
    void setProtocol(const ProtocolPtr& protocol);

    /// Its relay, for somebody else to start, stop and give faults to: the proxy of that name of Toxiproxy's API. The
    /// page shows what becomes of it.
    Relay& drivenRelay(const QString& proxy);

    /// Null until the first start.
    [[nodiscard]] Relay* relay() const { return m_relay.get(); }
    [[nodiscard]] FaultsPanel& faults() const { return *m_faults; }
    [[nodiscard]] HoldPanel& hold() const { return *m_hold; }
    void applyFaults(); ///< as they are edited; while it is stopped they count from the next start anyway
    [[nodiscard]] QString command() const; ///< that does the same without a window

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    /// Null until the first start. Another one once what was recorded is read by another protocol.
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_capture; }
    [[nodiscard]] QJsonObject saveState() const override;

    using TablesPage::connections;
    using TablesPage::messages;

private:
    void buildLayout();
    void connectParts();
    void makeRelay(const RelayOptions& options);
    void showState();
    void lookAtTarget();
    void takeProtocol();

    IoThreads& m_threads;
    std::unique_ptr<Relay> m_relay;
    std::shared_ptr<Capture> m_capture; ///< what m_relay records, as it is shown
    RelaySettingsBar* m_bar;
    FaultsPanel* m_faults;
    HoldPanel* m_hold;
    QString m_proxy; ///< what the API calls it; empty: nobody else drives it
    quint32 m_before = 0; ///< the last connection before this start
};

} // namespace sockeye
