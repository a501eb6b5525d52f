// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_model.h"

#include "app/rules/rule_words.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <numeric>

namespace sockeye {

namespace {

const rules::Rule& ruleAt(const rules::RuleSet& rules, int row)
{
    return rules.rules()[static_cast<std::size_t>(row)];
}

} // namespace

void RulesModel::setRules(const std::shared_ptr<const rules::RuleSet>& rules)
{
    if (rules == m_rules) {
        return;
    }
    beginResetModel();
    m_rules = rules;
    m_hits = QList<qint64>(rules ? static_cast<qsizetype>(rules->rules().size()) : 0, 0);
    endResetModel();
}

void RulesModel::takeHits(const std::function<qint64(const QString& title)>& hits)
{
    for (int row = 0; row < m_hits.size(); ++row) {
        const qint64 count = hits(ruleAt(*m_rules, row).title);
        if (count != m_hits.at(row)) {
            m_hits[row] = count;
            Q_EMIT dataChanged(index(row, Hits), index(row, Hits));
        }
    }
}

qint64 RulesModel::allHits() const
{
    return std::accumulate(m_hits.begin(), m_hits.end(), qint64(0));
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const rules::Rule& rule = ruleAt(*m_rules, index.row());
    const bool isHits = index.column() == Hits;
    if (role == Qt::TextAlignmentRole && isHits) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::FontRole && index.column() == When) {
        return Theme::instance().monospace();
    }
    if (role != Qt::DisplayRole && (role != Qt::ToolTipRole || isHits)) {
        return {};
    }
    switch (index.column()) {
    case Name:
        return rule.title;
    case When:
        return rule.when.text().isEmpty() ? tr("every message") : rule.when.text();
    case What:
        return ruleEffect(rule);
    default:
        return groupedNumber(m_hits.at(index.row()));
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((section == Hits ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == Hits) {
        return tr("How many messages of this recording have met the rule of that name");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Rule");
    case When:
        return tr("When");
    case What:
        return tr("What it does");
    case Hits:
        return tr("Hits");
    default:
        return {};
    }
}

} // namespace sockeye
