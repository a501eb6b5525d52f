// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule_set.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>

namespace sockeye {

/// Rules in their order: which messages each matches, what it does with them, and how many have met it.
class RulesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Hits, When, What };
    static constexpr int columns = 4;

    using QAbstractTableModel::QAbstractTableModel;

    void setRules(const std::shared_ptr<const rules::RuleSet>& rules); ///< null: none
    [[nodiscard]] const std::shared_ptr<const rules::RuleSet>& rules() const { return m_rules; }
    /// Asks how many messages have met the rule of each title.
    void takeHits(const std::function<qint64(const QString& title)>& hits);
    [[nodiscard]] qint64 allHits() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const rules::RuleSet> m_rules;
    QList<qint64> m_hits; ///< one for each
};

} // namespace sockeye
