// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_run.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace sockeye {

class FlatScrollArea;
class LoadRequestsPanel;
class LoadWayPanel;

/// The top of the page of a load: which server, how it is asked and for how long, start and cancel, and how it is
/// going.
class LoadBar : public QWidget {
    Q_OBJECT
public:
    explicit LoadBar(QWidget* parent = nullptr);

    [[nodiscard]] LoadPlan plan() const;
    [[nodiscard]] QString host() const;
    [[nodiscard]] quint16 port() const;

    /// What is asked, and how it connects: to stand below it, where a small window scrolls it.
    [[nodiscard]] QWidget* panels() const;

    void showState(LoadRun::State state, const LoadReport& report);
    void showProblem(const QString& text); ///< next to the fields; empty: there is none

    [[nodiscard]] static QString stateWord(LoadRun::State state, const LoadReport& report);

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void cancelWanted();
    void targetChanged();

private:
    void buildFields();
    void buildLayout();
    void connectParts();
    void showMode();
    void showPanels();
    void lookAtWeights();
    [[nodiscard]] LoadMode mode() const;
    void showColours();
    [[nodiscard]] QList<QWidget*> fields() const;

    QLineEdit* m_host;
    QSpinBox* m_port;
    QComboBox* m_transport;
    QComboBox* m_mode;
    QSpinBox* m_connections;
    QSpinBox* m_depth;
    QDoubleSpinBox* m_seconds;
    QSpinBox* m_requests;
    QSpinBox* m_rate;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QToolButton* m_showRequests;
    QToolButton* m_showWay;
    LoadRequestsPanel* m_asked;
    LoadWayPanel* m_way;
    FlatScrollArea* m_panels;
    QLabel* m_state;
    QLabel* m_problem;
    QPushButton* m_askByHand; ///< the way out of one of them
    QString m_stateText;
    bool m_running = false;
};

} // namespace sockeye
