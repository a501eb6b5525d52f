// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/rule_reader.h"

#include "protocol/filter/nearest.h"
#include "protocol/rules/table_reader.h"
#include "protocol/rules/words.h"

namespace sockeye::rules {

namespace {

const QStringList& ruleKeys()
{
    static const QStringList keys { QStringLiteral("name"), QStringLiteral("when"), QStringLiteral("reply"),
        QStringLiteral("replace"), QStringLiteral("drop"), QStringLiteral("delay"), QStringLiteral("close"),
        QStringLiteral("reset"), QStringLiteral("fault") };
    return keys;
}

class RuleReader {
public:
    RuleReader(QStringView text, const Surroundings& around)
        : m_in(text)
        , m_around(around)
    {
    }

    ReadRules read()
    {
        const auto root = readToml(m_in.wholeText());
        if (root) {
            for (const TomlMember& member : root->members) {
                if (member.key == u"rule") {
                    rules(member);
                } else {
                    m_in.mistake(member.at, member.length,
                        say("Only rules stand here, each below `[[rule]]`; there is no `%1`.").arg(member.key),
                        ruleKeys().contains(member.key) ? QString()
                                                        : filter::nearest(member.key, { QStringLiteral("rule") }));
                }
            }
        } else {
            m_in.mistake(root.error());
        }
        m_read.mistakes = m_in.takeMistakes();
        return std::move(m_read);
    }

private:
    void rules(const TomlMember& member)
    {
        if (!m_in.isTables(member)) {
            return;
        }
        for (const TomlValue& table : member.value.items) {
            if (m_read.rules.size() == maxRules) {
                m_in.mistake(table.at, table.length, say("There are no more than 1,000 rules."));
                return;
            }
            m_read.rules.push_back(rule(table));
        }
    }

    Rule rule(const TomlValue& table)
    {
        Rule rule;
        m_in.onlyKeys(table, ruleKeys(),
            say("A rule has no `%1`, only `when`, `name`, `reply`, `replace`, `drop`, `delay`, `close`, "
                "`reset` "
                "and `fault`."));
        rule.title = m_in.title(table, say("rule %1").arg(m_read.rules.size() + 1));
        rule.when = m_in.filter(table, u"when", m_around.schema).value_or(filter::Filter());
        rule.drop = m_in.flag(table, u"drop");
        rule.after = m_in.flag(table, u"reset") ? After::Reset
            : m_in.flag(table, u"close")        ? After::Close
                                                : After::Keep;
        rule.delay = m_in.duration(table, u"delay").value_or(rule.delay);
        fault(table, rule);
        content(table, u"reply", rule, rule.reply);
        content(table, u"replace", rule, rule.replace);
        together(table, rule);
        return rule;
    }

    void fault(const TomlValue& table, Rule& rule)
    {
        const TomlMember* const member = m_in.text(table, u"fault");
        if (member == nullptr) {
            return;
        }
        const QString sentence =
            m_around.checkFault ? m_around.checkFault(member->value.text) : say("There are no faults here.");
        if (!sentence.isEmpty()) {
            m_in.mistake(member->value.at, member->value.length, sentence);
            return;
        }
        rule.fault = member->value.text;
    }

    void content(const TomlValue& table, QStringView key, const Rule& rule, std::optional<ReplyMaker>& out)
    {
        const TomlMember* const member = table.find(key);
        if (member == nullptr) {
            return;
        }
        // A filter that is wrong would only lead to more mistakes.
        auto maker = ReplyMaker::read(member->value, m_in.wholeText(), m_around, rule.when.groupCount());
        if (maker) {
            out = *std::move(maker);
        } else {
            m_in.mistake(maker.error());
        }
    }

    /// What cannot be asked for at once.
    void together(const TomlValue& table, const Rule& rule)
    {
        const TomlMember* first = nullptr;
        for (const QStringView key : { QStringView(u"reply"), QStringView(u"replace"), QStringView(u"drop") }) {
            const TomlMember* const member = table.find(key);
            if (member == nullptr || (key == u"drop" && !rule.drop)) {
                continue;
            }
            if (first != nullptr) {
                m_in.mistake(member->at, member->length,
                    say("`%1` and `%2` cannot both be done with one message.").arg(first->key, member->key));
            }
            first = member;
        }
        if (const TomlMember* const replace = table.find(u"replace"); replace != nullptr && !m_around.passesOn) {
            m_in.mistake(replace->at, replace->length,
                say("A server passes nothing on that could be replaced: this rule answers nothing. In a relay it "
                    "works."),
                QStringLiteral("reply"), true);
        }
        if (const TomlMember* const reset = table.find(u"reset");
            reset != nullptr && rule.after == After::Reset && table.find(u"reply") != nullptr) {
            m_in.mistake(reset->at, reset->length,
                say("A reset throws away what is being sent, the reply, too. To end in order behind it: `close`."),
                QStringLiteral("close"));
        }
    }

    TableReader m_in;
    const Surroundings& m_around;
    ReadRules m_read;
};

} // namespace

ReadRules readRules(QStringView text, const Surroundings& around)
{
    return RuleReader(text, around).read();
}

} // namespace sockeye::rules
