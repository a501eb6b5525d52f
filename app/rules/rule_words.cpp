// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/rule_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace sockeye {

namespace {

QString ruleWord(const char* text)
{
    return QCoreApplication::translate("sockeye::RuleWords", text);
}

} // namespace

QString ruleEffect(const rules::Rule& rule)
{
    QStringList parts;
    if (rule.delay.count() > 0) {
        parts.append(ruleWord("waits %1 ms").arg(static_cast<double>(rule.delay.count()) / 1000.0));
    }
    if (rule.reply) {
        parts.append(ruleWord("replies"));
    } else if (rule.replace) {
        parts.append(ruleWord("passes on something else"));
    } else if (rule.drop) {
        parts.append(ruleWord("drops it"));
    }
    if (!rule.fault.isEmpty()) {
        parts.append(ruleWord("strikes with %1").arg(rule.fault));
    }
    if (rule.after == After::Close) {
        parts.append(ruleWord("closes"));
    } else if (rule.after == After::Reset) {
        parts.append(ruleWord("resets"));
    }
    return parts.isEmpty()
        ? ruleWord("nothing")
        : parts.join(QCoreApplication::translate("sockeye::RuleWords", ", ", "between what a rule does"));
}

} // namespace sockeye
