// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace sockeye {

class DenseTable;
class ElidedLabel;
class FaultForm;
class FaultsModel;
class FlatScrollArea;
struct FaultKind;

/// What goes wrong in a relay: the faults in a table, the numbers of the current one in a form, and a line that says
/// whether that is in force. Only the line is seen until it is opened.
class FaultsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit FaultsPanel(QWidget* parent = nullptr);

    [[nodiscard]] FaultList faults() const; ///< as they are edited
    /// Which faults somebody else brings and takes away, by their names: they are not shown here.
    void setOthers(const std::function<bool(const QString& name)>& isOthers);
    void setHasOthers(bool hasOthers); ///< rules or a scenario are there, which do things, too
    void remember(); ///< what stands here: somebody else may take away some of it for a time
    void giveBack(); ///< what was remembered, unless it was edited since
    [[nodiscard]] std::optional<quint64> seed() const; ///< as entered; nothing: a new one at each start
    void setTransport(Transport transport); ///< faults that it does not know are not offered
    /// Follows a relay: what is in force, and how often it strikes. It must live as long as this.
    void follow(const Relay* relay);
    void showRelay(); ///< its state or its faults are others than before

    /// Somebody else may change its faults while it is stopped, too: then they are shown, and what is edited here is
    /// the relay's at once.
    void setDriven();

    void open(); ///< more than the line is seen

    void showProblem(const QString& text); ///< empty: there is none

    [[nodiscard]] FaultsModel* model() const { return m_model; }
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    void applyWanted();
    void commandWanted(); ///< to be copied
    void reportWanted(); ///< to be saved

private:
    void buildHead();
    void buildBody();
    void buildActions();
    void fillMenu();
    void add(const FaultKind& kind);
    void removeSelected();
    void move(int by);
    void showCurrent();
    void showState();
    void fitTable();
    void takeStrikes();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] bool isApplied() const; ///< what is edited is what is in force
    [[nodiscard]] FaultList inForce() const; ///< of the relay, but for those of others

    FaultsModel* m_model;
    DenseTable* m_table;
    FaultForm* m_form;
    QWidget* m_body;
    FlatScrollArea* m_area = nullptr;
    QToolButton* m_open;
    ElidedLabel* m_state;
    QPushButton* m_apply;
    QToolButton* m_copy;
    QToolButton* m_report;
    QToolButton* m_add;
    QToolButton* m_remove;
    QToolButton* m_up;
    QToolButton* m_down;
    QLineEdit* m_seed;
    QLabel* m_problem;
    std::function<bool(const QString& name)> m_isOthers; ///< null: none is
    std::optional<FaultList> m_remembered;
    const Relay* m_relay = nullptr;
    FaultList m_applied; ///< in force, or were when the relay ran last
    Transport m_transport = Transport::Tcp;
    bool m_hasOthers = false;
    bool m_isDriven = false;
};

} // namespace sockeye
