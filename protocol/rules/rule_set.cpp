// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/rule_set.h"

#include "protocol/rules/words.h"

#include <algorithm>

namespace sockeye::rules {

tl::expected<RuleSet, QList<Mistake>> RuleSet::read(QStringView text, const Surroundings& around)
{
    ReadRules read = readRules(text, around);
    const bool isRight =
        std::all_of(read.mistakes.cbegin(), read.mistakes.cend(), [](const Mistake& each) { return each.isWarning; });
    if (!isRight) {
        return tl::unexpected(read.mistakes);
    }
    RuleSet set;
    set.m_rules = std::move(read.rules);
    set.m_warnings = std::move(read.mistakes);
    set.m_protocol = around.protocol;
    return set;
}

Verdict RuleSet::decide(const filter::Row& row, filter::Run& run, Sender sender) const
{
    Verdict verdict;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const Rule& rule = m_rules[i];
        if (!rule.when.matches(row, run)) {
            if (run.gaveUp()) { // each further rule could take as long
                verdict.trouble = say("The message is too large for the filters of rules: none was applied.");
                return verdict;
            }
            continue;
        }
        verdict.rule = static_cast<int>(i);
        verdict.title = rule.title;
        verdict.drop = rule.drop;
        verdict.delay = rule.delay;
        verdict.after = rule.after;
        verdict.fault = rule.fault;
        Met met(rule.when, row, run);
        const auto make = [&](const std::optional<ReplyMaker>& maker, Sender by, std::optional<QByteArray>& out) {
            if (!maker) {
                return;
            }
            auto made = maker->make(met, m_protocol->spokenBy(by), by);
            if (made) {
                out = *std::move(made);
            } else {
                verdict.trouble = say("Rule \"%1\": %2").arg(rule.title, made.error());
            }
        };
        make(rule.reply, sender == Sender::Client ? Sender::Server : Sender::Client, verdict.reply);
        make(rule.replace, sender, verdict.replace);
        return verdict;
    }
    return verdict;
}

} // namespace sockeye::rules
