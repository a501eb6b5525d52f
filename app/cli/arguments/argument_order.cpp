// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/argument_order.h"

#include "app/net/host_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>

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

/// What are no options, in their order.
class Operands {
public:
    explicit Operands(bool haveTarget) ///< begin with HOST PORT
        : m_haveTarget(haveTarget)
    {
    }

    void add(const std::string& text)
    {
        if (m_texts.size() == 1 && !isNumber(text)) {
            addPortOfHost();
        }
        m_texts.push_back(text);
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

std::vector<std::string> optionsFirst(
    const CLI::App& command, const std::vector<std::string>& arguments, int valueIndex)
{
    std::vector<std::string> options;
    Operands others(command.get_option_no_throw("PORT") != nullptr);
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
        if (takesValue(command, argument) && i + 1 < arguments.size()) {
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
