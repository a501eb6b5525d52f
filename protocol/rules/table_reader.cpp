// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/table_reader.h"

#include "protocol/filter/nearest.h"
#include "protocol/rules/toml_place.h"
#include "protocol/rules/words.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockeye::rules {

namespace {

constexpr qsizetype longestTitle = 200; // characters

} // namespace

std::optional<std::chrono::microseconds> readDuration(const QString& text)
{
    constexpr double most = 1e18; // microseconds
    static const QList<std::pair<QString, double>> units { { QStringLiteral("us"), 1 }, { QStringLiteral("ms"), 1e3 },
        { QStringLiteral("s"), 1e6 } };
    const QString said = text.trimmed();
    std::optional<std::chrono::microseconds> time;
    for (const auto& [unit, factor] : units) {
        bool isNumber = false;
        const double number = said.endsWith(unit) ? said.chopped(unit.size()).trimmed().toDouble(&isNumber) : 0;
        if (isNumber && std::isfinite(number) && number >= 0) {
            time = std::chrono::microseconds(static_cast<qint64>(std::min(number * factor, most)));
        }
    }
    return time;
}

void TableReader::mistake(
    qsizetype at, qsizetype length, const QString& text, const QString& suggestion, bool isWarning)
{
    mistake(Mistake { at, length, text, suggestion, isWarning });
}

void TableReader::mistake(const Mistake& mistake)
{
    if (m_mistakes.size() < maxMistakes) {
        m_mistakes.append(mistake);
    }
}

void TableReader::inString(const TomlValue& value, const Mistake& mistake)
{
    const qsizetype begin = placeInString(m_text, value.at, mistake.at);
    const qsizetype end = placeInString(m_text, value.at, mistake.at + mistake.length);
    this->mistake(begin, end - begin, mistake.text, mistake.suggestion, mistake.isWarning);
}

bool TableReader::isTables(const TomlMember& member)
{
    const TomlValue& list = member.value;
    const bool isList = list.kind == TomlValue::Kind::Array
        && std::all_of(list.items.cbegin(), list.items.cend(),
            [](const TomlValue& each) { return each.kind == TomlValue::Kind::Table; });
    if (!isList) {
        mistake(member.at, member.length, say("Each %1 begins with `[[%1]]`, in two brackets.").arg(member.key),
            QString(u"[[" + member.key + u"]]"));
    }
    return isList;
}

void TableReader::onlyKeys(const TomlValue& table, const QStringList& keys, const QString& sentence)
{
    for (const TomlMember& member : table.members) {
        if (!keys.contains(member.key)) {
            mistake(member.at, member.length, sentence.arg(member.key), filter::nearest(member.key, keys));
        }
    }
}

const TomlMember* TableReader::text(const TomlValue& table, QStringView key)
{
    const TomlMember* const member = table.find(key);
    if (member != nullptr && member->value.kind != TomlValue::Kind::Text) {
        mistake(member->value.at, member->value.length, say("`%1` takes a text in quotes.").arg(key));
        return nullptr;
    }
    return member;
}

bool TableReader::flag(const TomlValue& table, QStringView key, bool otherwise)
{
    const TomlMember* const member = table.find(key);
    if (member != nullptr && member->value.kind != TomlValue::Kind::Boolean) {
        mistake(member->value.at, member->value.length, say("`%1` is true or false.").arg(key), QStringLiteral("true"));
        return otherwise;
    }
    return member != nullptr ? member->value.integer != 0 : otherwise;
}

std::optional<std::chrono::microseconds> TableReader::duration(const TomlValue& table, QStringView key)
{
    const TomlMember* const member = table.find(key);
    if (member == nullptr) {
        return std::nullopt;
    }
    const TomlValue& value = member->value;
    const auto time = readDuration(value.text);
    if (value.kind != TomlValue::Kind::Text || !time) {
        mistake(value.at, value.length, say("`%1` takes a number with its unit in quotes: us, ms or s.").arg(key),
            QStringLiteral("\"20ms\""));
        return std::nullopt;
    }
    if (*time > longestDuration) {
        mistake(value.at, value.length, say("`%1` is no longer than an hour.").arg(key), QStringLiteral("\"3600s\""));
        return std::nullopt;
    }
    return time;
}

std::optional<filter::Filter> TableReader::filter(const TomlValue& table, QStringView key, const filter::Schema& schema)
{
    const TomlMember* const member = text(table, key);
    if (member == nullptr) {
        return std::nullopt;
    }
    auto filter = filter::Filter::compile(member->value.text, schema);
    if (!filter) {
        const filter::Mistake& bad = filter.error();
        inString(member->value, { bad.at, bad.length, bad.text, bad.suggestion, false });
        return std::nullopt;
    }
    for (const filter::Mistake& remark : filter->remarks()) {
        inString(member->value, { remark.at, remark.length, remark.text, remark.suggestion, true });
    }
    return *std::move(filter);
}

QString TableReader::title(const TomlValue& table, const QString& otherwise)
{
    const TomlMember* const name = text(table, u"name");
    if (name == nullptr) {
        return otherwise;
    }
    QString title = name->value.text.simplified();
    if (title.isEmpty() || title.size() > longestTitle) {
        mistake(name->value.at, name->value.length, say("A name is there for people: between 1 and 200 characters."));
        return otherwise;
    }
    return title;
}

QList<Mistake> TableReader::takeMistakes()
{
    constexpr qsizetype longest = 500; // a name may be as long as the text, and hold anything
    for (Mistake& mistake : m_mistakes) {
        mistake.text = visibleText(cutTo(mistake.text, longest));
        mistake.at = std::min(mistake.at, m_text.size());
        mistake.length = std::min(mistake.length, m_text.size() - mistake.at);
    }
    std::stable_sort(
        m_mistakes.begin(), m_mistakes.end(), [](const Mistake& a, const Mistake& b) { return a.at < b.at; });
    return std::exchange(m_mistakes, {});
}

} // namespace sockeye::rules
