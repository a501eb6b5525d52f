// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/argument_order.h"

#include <CLI/CLI.hpp>

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

} // namespace

std::vector<std::string> optionsFirst(
    const CLI::App& command, const std::vector<std::string>& arguments, int valueIndex)
{
    std::vector<std::string> options;
    std::vector<std::string> others;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--") {
            others.insert(others.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
            break;
        }
        const bool value = looksNegative(argument) && static_cast<int>(others.size()) == valueIndex;
        if (!looksLikeOption(argument) || value) {
            others.push_back(argument);
            continue;
        }
        options.push_back(argument);
        if (takesValue(command, argument) && i + 1 < arguments.size()) {
            options.push_back(arguments[++i]);
        }
    }
    if (!others.empty()) {
        options.emplace_back("--");
        options.insert(options.end(), others.begin(), others.end());
    }
    return options;
}

} // namespace sockeye::cli
