// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/argument_order.h"

#include "app/net/address.h"
#include "app/net/host_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

namespace sockeye::cli {

namespace {

bool looksNegative(const std::string& text)
{
    return text.size() >= 2 && text[0] == '-' && std::isdigit(static_cast<unsigned char>(text[1])) != 0;
}

bool looksLikeOption(const std::string& text)
{
    return text.size() >= 2 && text[0] == '-';
}

bool takesValue(const CLI::App& command, const std::string& name)
{
    const CLI::Option* option = command.get_option_no_throw(name);
    return option != nullptr && option->get_items_expected_min() > 0;
}

bool isNumber(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// Stands where CLI11 wants a port and there is none.
constexpr const char* noPort = "1";

/// The value of --unix, which may stand behind what is no option.
std::optional<std::string> unixPath(const std::vector<std::string>& arguments)
{
    const std::string assigned = std::string(unixOption) + '=';
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        if (arguments[i] == unixOption && i + 1 < arguments.size()) {
            return arguments[i + 1];
        }
        if (arguments[i].rfind(assigned, 0) == 0) {
            return arguments[i].substr(assigned.size());
        }
    }
    return std::nullopt;
}

/// What are no options, in their order.
class Operands {
public:
    explicit Operands(bool haveTarget) ///< begin with HOST PORT
        : m_haveTarget(haveTarget)
    {
    }

    /// In place of HOST PORT.
    void beginWithUnix(const std::string& path)
    {
        if (m_haveTarget) {
            m_texts = { unixScheme.data() + path, noPort };
        }
    }

    void add(const std::string& text)
    {
        if (m_texts.size() == 1 && !isNumber(text)) {
            addPortOfHost();
        }
        m_texts.push_back(text);
        if (m_haveTarget && m_texts.size() == 1 && isUnixTarget(text)) {
            m_texts.emplace_back(noPort);
        }
    }
    /// All of them have been added.
    std::vector<std::string> take()
    {
        if (m_texts.size() == 1) {
            addPortOfHost();
        }
        return std::move(m_texts);
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_texts.size()); }

private:
    void addPortOfHost()
    {
        if (!m_haveTarget) {
            return;
        }
        if (const auto host = readHost(QString::fromStdString(m_texts.front())); host && host->port) {
            m_texts.push_back(std::to_string(*host->port));
        }
    }

    bool m_haveTarget;
    std::vector<std::string> m_texts;
};

} // namespace

bool isUnixTarget(const std::string& host)
{
    const auto read = readHost(QString::fromStdString(host));
    return read && isUnixHost(read->host);
}

std::vector<std::string> optionsFirst(
    const CLI::App& command, const std::vector<std::string>& arguments, int valueIndex)
{
    std::vector<std::string> options;
    Operands others(command.get_option_no_throw("PORT") != nullptr);
    if (const auto path = unixPath(arguments)) {
        others.beginWithUnix(*path);
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--") {
            std::for_each(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end(),
                [&others](const std::string& text) { others.add(text); });
            break;
        }
        const bool value = looksNegative(argument) && others.count() == valueIndex;
        if (!looksLikeOption(argument) || value) {
            others.add(argument);
            continue;
        }
        options.push_back(argument);
        if (takesValue(command, argument)) {
            if (i + 1 == arguments.size()) {
                return options; // whatever else there is: its value is missing
            }
            options.push_back(arguments[++i]);
        }
    }
    if (const std::vector<std::string> operands = others.take(); !operands.empty()) {
        options.emplace_back("--");
        options.insert(options.end(), operands.begin(), operands.end());
    }
    return options;
}

} // namespace sockeye::cli
