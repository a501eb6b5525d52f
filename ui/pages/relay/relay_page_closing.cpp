// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What would be lost with a relay's page.

#include "ui/pages/relay/relay_page.h"
#include "ui/pages/relay/scenario/scenario_panel.h"
#include "ui/rules/rules_panel.h"

namespace sockeye {

bool RelayPage::hasUnsaved() const
{
    return m_rules->hasUnsaved() || m_scenario->hasUnsaved();
}

/// One after the other: a question about each, under what it is about.
void RelayPage::whenClosable(const std::function<void()>& act)
{
    if (m_rules->hasUnsaved()) {
        showTab(m_rules);
    }
    m_rules->whenClosable([this, act] {
        if (m_scenario->hasUnsaved()) {
            showTab(m_scenario);
        }
        m_scenario->whenClosable(act);
    });
}

} // namespace sockeye
