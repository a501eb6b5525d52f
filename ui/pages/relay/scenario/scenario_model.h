// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/scenario/scenario_course.h"

#include <QAbstractTableModel>

#include <functional>

namespace sockeye {

/// Where a scenario is, as a table asks for it.
struct ScenarioMoment {
    const ScenarioCourse* course = nullptr; ///< null: it does not play
    ScenarioTime now { 0 }; ///< since it began
    std::function<bool(const QString& fault)> isInForce; ///< may be null
    std::function<qint64(const QString& fault)> strikes; ///< may be null
};

/// The lines of a scenario: what each does, when it is due next, and how often its fault has struck.
class ScenarioModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Line, What, Next, Strikes };
    static constexpr int columns = 4;

    using QAbstractTableModel::QAbstractTableModel;

    void setScenario(const Scenario& scenario);
    void take(const ScenarioMoment& moment);
    void setProblem(std::size_t step, const QString& problem); ///< why its last turn had no effect; empty: it had one
    [[nodiscard]] int nextRow() const { return m_next; } ///< whose turn is next; -1: nobody's
    [[nodiscard]] qint64 strikes(int row) const { return m_rows.at(row).strikes; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString next;
        qint64 strikes = 0;
        QString problem;
    };
    /// `turn`: its next one; null: there is none.
    [[nodiscard]] QString nextText(std::size_t step, const ScenarioTurn* turn, const ScenarioMoment& moment) const;
    void setNextRow(int row);

    Scenario m_scenario;
    QList<Row> m_rows; ///< one for each step
    int m_next = -1;
};

} // namespace sockeye
