// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// All that is known of the library that reads TOML is here.

#include "protocol/rules/toml_text.h"

#include "protocol/rules/words.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#define TOML_MAX_NESTED_VALUES 64
#include <toml++/impl/preprocessor.h>
// It asserts, or has the compiler take for granted, what a text may well break ("= 1" in a line of its own), and says
// what is wrong all the same.
#undef TOML_ASSERT
#define TOML_ASSERT(expr) static_assert(true)
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expr) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <string_view>

namespace sockeye::rules {

namespace {

/// Where lines begin, to turn the library's places into ours.
class Places {
public:
    explicit Places(QStringView text)
        : m_text(text)
    {
        m_lines.push_back(0);
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] == u'\n') {
                m_lines.push_back(i + 1);
            }
        }
    }

    /// The library counts characters, from 1.
    [[nodiscard]] qsizetype offsetOf(const toml::source_position& position) const
    {
        if (position.line == 0 || position.line > m_lines.size()) {
            return position.line == 0 ? 0 : m_text.size();
        }
        qsizetype at = m_lines[position.line - 1];
        for (toml::source_index column = 1; column < position.column && at < m_text.size(); ++column) {
            at += m_text[at].isHighSurrogate() ? 2 : 1;
        }
        return std::min(at, m_text.size());
    }

    void place(const toml::source_region& region, qsizetype& at, qsizetype& length) const
    {
        at = offsetOf(region.begin);
        length = std::max<qsizetype>(0, offsetOf(region.end) - at);
    }

private:
    QStringView m_text;
    std::vector<qsizetype> m_lines;
};

QString stringOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// The library lets values lie no deeper in each other than TOML_MAX_NESTED_VALUES.
TomlValue convert(const toml::node& node, const Places& places)
{
    TomlValue value;
    places.place(node.source(), value.at, value.length);
    if (const toml::table* const table = node.as_table()) {
        for (const auto& [key, member] : *table) {
            TomlMember& out = value.members.emplace_back();
            out.key = stringOf(key.str());
            places.place(key.source(), out.at, out.length);
            out.value = convert(member, places);
        }
        std::stable_sort(value.members.begin(), value.members.end(),
            [](const TomlMember& a, const TomlMember& b) { return a.at < b.at; });
    } else if (const toml::array* const array = node.as_array()) {
        value.kind = TomlValue::Kind::Array;
        for (const toml::node& item : *array) {
            value.items.push_back(convert(item, places));
        }
    } else if (const auto* const text = node.as_string()) {
        value.kind = TomlValue::Kind::Text;
        value.text = stringOf(text->get());
    } else if (const auto* const integer = node.as_integer()) {
        value.kind = TomlValue::Kind::Integer;
        value.integer = integer->get();
    } else if (const auto* const real = node.as_floating_point()) {
        value.kind = TomlValue::Kind::Real;
        value.real = real->get();
    } else if (const auto* const boolean = node.as_boolean()) {
        value.kind = TomlValue::Kind::Boolean;
        value.integer = boolean->get() ? 1 : 0;
    } else {
        value.kind = TomlValue::Kind::Time;
    }
    return value;
}

} // namespace

const TomlMember* TomlValue::find(QStringView key) const
{
    const auto found =
        std::find_if(members.cbegin(), members.cend(), [key](const TomlMember& each) { return each.key == key; });
    return found == members.cend() ? nullptr : &*found;
}

Result<TomlValue> readToml(QStringView text)
{
    if (text.size() > maxRulesText) {
        return wrong(maxRulesText, 0, say("Rules are no longer than 1 MiB."));
    }
    const QByteArray utf8 = text.toUtf8();
    const toml::parse_result parsed =
        toml::parse(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    const Places places(text);
    if (!parsed) {
        qsizetype at = 0;
        qsizetype length = 0;
        places.place(parsed.error().source(), at, length);
        return wrong(at, length, say("This is no TOML: %1.").arg(stringOf(parsed.error().description())));
    }
    return convert(parsed.table(), places);
}

} // namespace sockeye::rules
