// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/rules_reload.h"

namespace sockeye::cli {

RulesReload::RulesReload(const Arguments& arguments)
    : m_arguments(arguments)
{
    if (arguments.rules.rules) {
        m_shelf = std::make_shared<RuleShelf>(arguments.rules.rules);
    }
}

void RulesReload::follow(const std::shared_ptr<sockeye::Recording>& recording)
{
    if (!m_shelf) {
        return;
    }
    m_recorder.emplace(recording);
    m_watch.emplace(m_shelf, m_arguments.rulesFile, ruleUse(m_arguments));
    m_watch->take(m_arguments.rules); // and what they name
    QObject::connect(&*m_watch, &RuleWatch::read, &*m_recorder, [this](const RuleFile& read) {
        const QString text = reloadText(read, m_arguments.rulesFile);
        read.rules ? m_recorder->note(0, text) : m_recorder->error(0, QLatin1StringView("bad-rules"), text);
    });
}

void RulesReload::stop()
{
    m_watch.reset();
    m_recorder.reset();
}

} // namespace sockeye::cli
