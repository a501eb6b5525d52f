// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule_set.h"

#include <memory>
#include <mutex>

namespace sockeye {

/// Where the rules in force lie, for whoever goes by them; whoever watches a file puts others there. Any thread.
class RuleShelf final : public RuleSource {
public:
    explicit RuleShelf(std::shared_ptr<const rules::RuleSet> first = std::make_shared<const rules::RuleSet>())
        : m_rules(std::move(first))
    {
    }
    [[nodiscard]] std::shared_ptr<const rules::RuleSet> rules() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_rules;
    }
    void put(std::shared_ptr<const rules::RuleSet> rules) ///< not null
    {
        const std::lock_guard lock(m_mutex);
        m_rules.swap(rules); // the old ones go when the lock is free again
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const rules::RuleSet> m_rules;
};

} // namespace sockeye
