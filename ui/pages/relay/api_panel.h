// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/relay/relay_options.h"

#include <QJsonObject>
#include <QWidget>

#include <memory>
#include <optional>

class QCheckBox;
class QLabel;
class QToolButton;

namespace sockeye {

class ApiRequestsModel;
class DenseTable;
class IoThreads;
class NumberBox;
class RelayPage;
class ToxiproxyPages;

/// The switch of Toxiproxy's API over a relay page: where it listens, whether it does, and what it was asked. The
/// page's relay is the proxy "relay" then; further proxies that are made over it become pages of their own.
class ApiPanel final : public QWidget {
    Q_OBJECT
public:
    /// `page` must live as long as this.
    ApiPanel(RelayPage& page, IoThreads& threads, QWidget* parent = nullptr);
    ~ApiPanel() override; ///< the relays live on

    /// Switched on it listens, or says why it cannot; off, it does not.
    void setOn(bool on);
    [[nodiscard]] bool isOn() const; ///< switched on, and for TCP, whether it listens or not
    [[nodiscard]] bool isListening() const { return m_api != nullptr; }
    [[nodiscard]] quint16 port() const; ///< really bound while it listens, else as entered; 0: any free one
    void setPort(quint16 port); ///< for when it is switched on next
    [[nodiscard]] QString stateText() const; ///< a word for the tab; empty while it is off

    void setOptions(const RelayOptions& options); ///< what is entered for the relay's next start
    void showRelay(); ///< it is in another state than before

    [[nodiscard]] QJsonObject saveState() const;
    /// Anything may stand in it. One that was switched on listens from the relay's next start on.
    void restoreState(const QJsonObject& state);

    [[nodiscard]] const ApiRequestsModel& requests() const { return *m_requests; }

Q_SIGNALS:
    void stateChanged();
    void pageMade(sockeye::RelayPage* page); ///< to be shown, and owned, by whoever hears it
    void statusMessage(const QString& text);

private:
    void buildLayout();
    void listen();
    void stopListening();
    void showState();
    [[nodiscard]] QString stateLine() const;
    void copyExample();

    RelayPage& m_page;
    IoThreads& m_threads;
    QCheckBox* m_on;
    NumberBox* m_port;
    QToolButton* m_copy;
    QLabel* m_state;
    QLabel* m_problem;
    ApiRequestsModel* m_requests;
    DenseTable* m_table;
    RelayOptions m_options;
    std::unique_ptr<ToxiproxyPages> m_api; ///< null: it does not listen
    int m_asked = 0; ///< the port field shows the real one while it listens
    Failure m_failure; ///< why it does not, although it is switched on
};

} // namespace sockeye
