// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/rule_reader.h"

#include "protocol/filter/nearest.h"
#include "protocol/rules/toml_place.h"
#include "protocol/rules/toml_text.h"
#include "protocol/rules/words.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <algorithm>
#include <cmath>

namespace sockeye::rules {

namespace {

constexpr qsizetype longestTitle = 200; // characters
constexpr std::chrono::hours longestDelay { 1 };

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
        : m_text(text)
        , m_around(around)
    {
    }

    ReadRules read()
    {
        const auto root = readToml(m_text);
        if (!root) {
            m_read.mistakes.append(root.error());
            return std::move(m_read);
        }
        for (const TomlMember& member : root->members) {
            if (member.key == u"rule") {
                rules(member);
            } else {
                mistake(member.at, member.length,
                    say("Only rules stand here, each below `[[rule]]`; there is no `%1`.").arg(member.key),
                    ruleKeys().contains(member.key) ? QString()
                                                    : filter::nearest(member.key, { QStringLiteral("rule") }));
            }
        }
        return std::move(m_read);
    }

private:
    void mistake(
        qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {}, bool isWarning = false)
    {
        if (m_read.mistakes.size() < maxMistakes) {
            m_read.mistakes.append({ at, length, text, suggestion, isWarning });
        }
    }

    void rules(const TomlMember& member)
    {
        const TomlValue& list = member.value;
        const bool isList = list.kind == TomlValue::Kind::Array
            && std::all_of(list.items.cbegin(), list.items.cend(),
                [](const TomlValue& each) { return each.kind == TomlValue::Kind::Table; });
        if (!isList) {
            mistake(member.at, member.length, say("Each rule begins with `[[rule]]`, in two brackets."),
                QStringLiteral("[[rule]]"));
            return;
        }
        for (const TomlValue& table : list.items) {
            if (m_read.rules.size() == maxRules) {
                mistake(table.at, table.length, say("There are no more than 1,000 rules."));
                return;
            }
            m_read.rules.push_back(rule(table));
        }
    }

    Rule rule(const TomlValue& table)
    {
        Rule rule;
        rule.title = say("rule %1").arg(m_read.rules.size() + 1);
        for (const TomlMember& member : table.members) {
            if (!ruleKeys().contains(member.key)) {
                mistake(member.at, member.length,
                    say("A rule has no `%1`, only `when`, `name`, `reply`, `replace`, `drop`, `delay`, `close`, "
                        "`reset` "
                        "and `fault`.")
                        .arg(member.key),
                    filter::nearest(member.key, ruleKeys()));
            }
        }
        if (const TomlMember* const name = text(table, u"name"); name != nullptr) {
            const QString title = name->value.text.simplified();
            if (title.isEmpty() || title.size() > longestTitle) {
                mistake(name->value.at, name->value.length,
                    say("A name is there for people: between 1 and 200 characters."));
            } else {
                rule.title = title;
            }
        }
        when(table, rule);
        rule.drop = flag(table, u"drop");
        rule.after = flag(table, u"reset") ? After::Reset : flag(table, u"close") ? After::Close : After::Keep;
        delay(table, rule);
        fault(table, rule);
        content(table, u"reply", rule, rule.reply);
        content(table, u"replace", rule, rule.replace);
        together(table, rule);
        return rule;
    }

    const TomlMember* text(const TomlValue& table, QStringView key)
    {
        const TomlMember* const member = table.find(key);
        if (member != nullptr && member->value.kind != TomlValue::Kind::Text) {
            mistake(member->value.at, member->value.length, say("`%1` takes a text in quotes.").arg(key));
            return nullptr;
        }
        return member;
    }

    bool flag(const TomlValue& table, QStringView key)
    {
        const TomlMember* const member = table.find(key);
        if (member != nullptr && member->value.kind != TomlValue::Kind::Boolean) {
            mistake(
                member->value.at, member->value.length, say("`%1` is true or false.").arg(key), QStringLiteral("true"));
            return false;
        }
        return member != nullptr && member->value.integer != 0;
    }

    /// Something about a part of a string of TOML.
    void inString(const TomlValue& value, qsizetype at, qsizetype length, const QString& sentence,
        const QString& suggestion, bool isWarning)
    {
        const qsizetype begin = placeInString(m_text, value.at, at);
        const qsizetype end = placeInString(m_text, value.at, at + length);
        mistake(begin, end - begin, sentence, suggestion, isWarning);
    }

    void when(const TomlValue& table, Rule& rule)
    {
        const TomlMember* const member = text(table, u"when");
        if (member == nullptr) {
            return;
        }
        auto filter = filter::Filter::compile(member->value.text, m_around.schema);
        if (!filter) {
            const filter::Mistake& bad = filter.error();
            inString(member->value, bad.at, bad.length, bad.text, bad.suggestion, false);
            return;
        }
        for (const filter::Mistake& remark : filter->remarks()) {
            inString(member->value, remark.at, remark.length, remark.text, remark.suggestion, true);
        }
        rule.when = *std::move(filter);
    }

    void delay(const TomlValue& table, Rule& rule)
    {
        const TomlMember* const member = table.find(u"delay");
        if (member == nullptr) {
            return;
        }
        const TomlValue& value = member->value;
        static const QList<std::pair<QString, double>> units { { QStringLiteral("us"), 1 },
            { QStringLiteral("ms"), 1e3 }, { QStringLiteral("s"), 1e6 } };
        std::optional<double> microseconds;
        for (const auto& [unit, factor] : units) {
            const QString said = value.text.trimmed();
            bool isNumber = false;
            const double number = said.endsWith(unit) ? said.chopped(unit.size()).trimmed().toDouble(&isNumber) : 0;
            if (isNumber && std::isfinite(number) && number >= 0) {
                microseconds = number * factor;
            }
        }
        if (value.kind != TomlValue::Kind::Text || !microseconds) {
            mistake(value.at, value.length, say("A delay is a number with its unit in quotes: us, ms or s."),
                QStringLiteral("\"20ms\""));
            return;
        }
        if (*microseconds > static_cast<double>(std::chrono::microseconds(longestDelay).count())) {
            mistake(value.at, value.length, say("A delay is no longer than an hour."), QStringLiteral("\"3600s\""));
            return;
        }
        rule.delay = std::chrono::microseconds(static_cast<qint64>(*microseconds));
    }

    void fault(const TomlValue& table, Rule& rule)
    {
        const TomlMember* const member = text(table, u"fault");
        if (member == nullptr) {
            return;
        }
        const QString sentence =
            m_around.checkFault ? m_around.checkFault(member->value.text) : say("There are no faults here.");
        if (!sentence.isEmpty()) {
            mistake(member->value.at, member->value.length, sentence);
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
        auto maker = ReplyMaker::read(member->value, m_text, m_around, rule.when.groupCount());
        if (maker) {
            out = *std::move(maker);
        } else {
            const Mistake& bad = maker.error();
            mistake(bad.at, bad.length, bad.text, bad.suggestion);
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
                mistake(member->at, member->length,
                    say("`%1` and `%2` cannot both be done with one message.").arg(first->key, member->key));
            }
            first = member;
        }
        if (const TomlMember* const replace = table.find(u"replace"); replace != nullptr && !m_around.passesOn) {
            mistake(replace->at, replace->length,
                say("A server passes nothing on that could be replaced: this rule answers nothing. In a relay it "
                    "works."),
                QStringLiteral("reply"), true);
        }
        if (const TomlMember* const reset = table.find(u"reset");
            reset != nullptr && rule.after == After::Reset && table.find(u"reply") != nullptr) {
            mistake(reset->at, reset->length,
                say("A reset throws away what is being sent, the reply, too. To end in order behind it: `close`."),
                QStringLiteral("close"));
        }
    }

    QStringView m_text;
    const Surroundings& m_around;
    ReadRules m_read;
};

} // namespace

ReadRules readRules(QStringView text, const Surroundings& around)
{
    ReadRules read = RuleReader(text, around).read();
    constexpr qsizetype longest = 500; // a name may be as long as the text, and hold anything
    for (Mistake& mistake : read.mistakes) {
        mistake.text = visibleText(cutTo(mistake.text, longest));
        mistake.at = std::min(mistake.at, text.size());
        mistake.length = std::min(mistake.length, text.size() - mistake.at);
    }
    std::stable_sort(
        read.mistakes.begin(), read.mistakes.end(), [](const Mistake& a, const Mistake& b) { return a.at < b.at; });
    return read;
}

} // namespace sockeye::rules
