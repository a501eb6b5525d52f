// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "ui/pages/tables_page.h"

#include <memory>

namespace sockeye {

class ApiPanel;
class FaultsPanel;
class HoldPanel;
class IoThreads;
struct RelayCommand;
struct RelayReport;
class RelayReporter;
class RelaySettingsBar;
class RulesPanel;
class ScenarioPanel;

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

    /// Its relay, for somebody else to start, stop and give faults to, too: the proxy of that name of Toxiproxy's API,
    /// which is the page's title then, unless it is empty. The page shows what becomes of it.
    Relay& drivenRelay(const QString& proxy);
    /// Starts it with ends and faults of somebody else; everything else is as it stands in the page.
    void startDriven(const RelayOptions& asked);

    /// Null until the first start.
    [[nodiscard]] Relay* relay() const { return m_relay.get(); }
    [[nodiscard]] FaultsPanel& faults() const { return *m_faults; }
    [[nodiscard]] HoldPanel& hold() const { return *m_hold; }
    [[nodiscard]] RulesPanel& rules() const { return *m_rules; }
    [[nodiscard]] ScenarioPanel& scenario() const { return *m_scenario; }
    [[nodiscard]] ApiPanel& api() const { return *m_api; }
    void applyFaults(); ///< as they are edited; while it is stopped they count from the next start anyway
    [[nodiscard]] QString command() const; ///< that does the same without a window
    void saveReport(); ///< asks where
    /// Writes what was done and what came of it, in Markdown; `withCapture`: and the capture beside it. Nothing before
    /// the first start. Says what became of it in the status bar.
    void reportTo(const QString& file, bool withCapture);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] std::optional<Destination> whereToReach() const override;
    [[nodiscard]] QIcon icon() const override;
    /// Null until the first start. Another one once what was recorded is read by another protocol.
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_capture; }
    [[nodiscard]] QJsonObject saveState() const override;
    [[nodiscard]] bool hasUnsaved() const override; ///< rules, or a scenario
    void whenClosable(const std::function<void()>& act) override;

    using TablesPage::connections;
    using TablesPage::messages;
    using TablesPage::showTab;

private:
    void buildLayout();
    void connectParts();
    void connectTabs();
    [[nodiscard]] std::shared_ptr<const RuleSource> rulesInForce() const; ///< null: none
    [[nodiscard]] RelayCommand repeated() const; ///< what does the same without a window
    [[nodiscard]] RelayReport report() const;
    [[nodiscard]] RelayOptions startOptions() const;
    void begin(const RelayOptions& options);
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
    RulesPanel* m_rules;
    ScenarioPanel* m_scenario;
    ApiPanel* m_api;
    RelayReporter* m_reporter;
    QString m_proxy; ///< what the API calls it, and so does the title; empty: it has one of its own
    bool m_isDriven = false; ///< somebody else may start it, too
    quint32 m_before = 0; ///< the last connection before this start
};

} // namespace sockeye
