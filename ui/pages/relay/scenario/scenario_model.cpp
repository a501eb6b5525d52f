// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/scenario/scenario_model.h"

#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QFont>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace sockeye {

namespace {

QString timeText(ScenarioTime time)
{
    return durationText(std::chrono::nanoseconds(time).count());
}

} // namespace

void ScenarioModel::setScenario(const Scenario& scenario)
{
    beginResetModel();
    m_scenario = scenario;
    m_rows = QList<Row>(static_cast<qsizetype>(scenario.size()));
    m_next = -1;
    endResetModel();
}

QString ScenarioModel::nextText(std::size_t step, const ScenarioTurn* turn, const ScenarioMoment& moment) const
{
    const Row& row = m_rows.at(static_cast<qsizetype>(step));
    if (!row.problem.isEmpty()) {
        return row.problem;
    }
    if (moment.course == nullptr) {
        return {};
    }
    if (turn == nullptr) {
        const ScenarioStep& its = m_scenario[step];
        const bool isThere = !its.removes && moment.isInForce && moment.isInForce(its.fault.name);
        return isThere ? tr("in force") : tr("over");
    }
    const QString wait = timeText(std::max(turn->due - moment.now, ScenarioTime(0)));
    return turn->ends ? tr("in force, ends in %1").arg(wait) : tr("in %1").arg(wait);
}

void ScenarioModel::take(const ScenarioMoment& moment)
{
    std::vector<const ScenarioTurn*> turns(m_scenario.size(), nullptr);
    if (moment.course != nullptr) {
        for (const ScenarioTurn& turn : moment.course->pending()) {
            turns[turn.step] = turns[turn.step] == nullptr ? &turn : turns[turn.step];
        }
    }
    for (std::size_t step = 0; step < m_scenario.size(); ++step) {
        const int at = static_cast<int>(step);
        const ScenarioStep& its = m_scenario[step];
        const qint64 strikes = its.removes || !moment.strikes ? 0 : moment.strikes(its.fault.name);
        const QString next = nextText(step, turns[step], moment);
        Row& row = m_rows[at];
        if (next != row.next || strikes != row.strikes) {
            row.next = next;
            row.strikes = strikes;
            Q_EMIT dataChanged(index(at, Next), index(at, Strikes));
        }
    }
    const bool hasNext = moment.course != nullptr && !moment.course->pending().empty();
    setNextRow(hasNext ? static_cast<int>(moment.course->pending().begin()->step) : -1);
}

void ScenarioModel::setNextRow(int row)
{
    const int before = std::exchange(m_next, row);
    for (const int changed : { before, row }) {
        if (before != row && changed >= 0 && changed < rowCount()) {
            Q_EMIT dataChanged(index(changed, 0), index(changed, columns - 1), { Qt::FontRole });
        }
    }
}

void ScenarioModel::setProblem(std::size_t step, const QString& problem)
{
    const auto row = static_cast<qsizetype>(step);
    if (row < m_rows.size()) {
        m_rows[row].problem = problem;
    }
}

int ScenarioModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ScenarioModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ScenarioModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const ScenarioStep& step = m_scenario[static_cast<std::size_t>(index.row())];
    const Row& row = m_rows.at(index.row());
    const bool isNumber = index.column() == Line || index.column() == Strikes;
    switch (role) {
    case Qt::DisplayRole:
        break;
    case Qt::ToolTipRole:
        return index.column() == What ? step.text : index.column() == Next ? row.next : QString();
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont font = index.column() == What ? Theme::instance().monospace() : QFont();
        font.setBold(index.row() == m_next);
        return font;
    }
    case Qt::ForegroundRole:
        return index.column() == Next && !row.problem.isEmpty() ? QVariant(Theme::instance().error()) : QVariant();
    default:
        return {};
    }
    switch (index.column()) {
    case Line:
        return step.line;
    case What:
        return step.text;
    case Next:
        return row.next;
    default:
        return step.removes ? QString() : groupedNumber(row.strikes);
    }
}

QVariant ScenarioModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == Line || section == Strikes;
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Line:
        return tr("Line");
    case What:
        return tr("What happens");
    case Next:
        return tr("When");
    case Strikes:
        return tr("Strikes");
    default:
        return {};
    }
}

} // namespace sockeye
