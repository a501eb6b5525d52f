// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/arguments.h"

#include <charconv>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

namespace sockeye::tool {

namespace {

using Words = std::vector<std::string_view>;

// More is no filter that anybody wrote, and the kernel takes no more instructions than a few thousand.
constexpr std::size_t longestFilter = 16'384;
constexpr std::size_t longestInterface = 255;
constexpr int smallestSnapLength = 64;

template <typename Number> bool readNumber(std::string_view text, Number smallest, Number largest, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= smallest && number <= largest;
}

bool takeInterface(std::string_view word, Arguments& arguments, std::string& complaint)
{
    if (word.empty() || word.size() > longestInterface) {
        complaint = "the name of the interface is empty or too long";
        return false;
    }
    arguments.interface = word;
    return true;
}

bool takeFilter(std::string_view word, Arguments& arguments, std::string& complaint)
{
    if (word.size() > longestFilter) {
        complaint = "the filter is too long";
        return false;
    }
    arguments.filter = word;
    return true;
}

bool takeOption(std::string_view name, std::string_view value, Arguments& arguments, std::string& complaint)
{
    if (name == "--filter") {
        return takeFilter(value, arguments, complaint);
    }
    if (name == "--snap-length") {
        complaint = "--snap-length takes a number from 64 to 262144";
        return readNumber(value, smallestSnapLength, Arguments::largestSnapLength, arguments.snapLength);
    }
    if (name == "--count") {
        complaint = "--count takes a number from 1";
        return readNumber<std::uint64_t>(value, 1, std::numeric_limits<std::uint64_t>::max(), arguments.count);
    }
    complaint = "there is no option " + std::string(name);
    return false;
}

bool takeCapture(const Words& words, Arguments& arguments, std::string& complaint)
{
    if (words.size() < 2) {
        complaint = "capture: which interface?";
        return false;
    }
    if (!takeInterface(words[1], arguments, complaint)) {
        return false;
    }
    for (std::size_t i = 2; i < words.size(); i += 2) {
        if (i + 1 == words.size()) {
            complaint = std::string(words[i]) + " needs a value";
            return false;
        }
        if (!takeOption(words[i], words[i + 1], arguments, complaint)) {
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<Arguments> parseArguments(int argc, const char* const* argv, std::string& complaint)
{
    const Words words(argv + (argc > 0 ? 1 : 0), argv + argc);
    Arguments arguments;
    if (words.empty()) {
        complaint = "which command?";
        return std::nullopt;
    }
    const std::string_view command = words.front();
    bool good = words.size() == 1;
    if (command == "--help" || command == "-h") {
        arguments.command = Command::Help;
    } else if (command == "--version") {
        arguments.command = Command::Version;
    } else if (command == "interfaces") {
        arguments.command = Command::Interfaces;
    } else if (command == "check") {
        arguments.command = Command::Check;
        good = words.size() == 3;
        if (good && !(takeInterface(words[1], arguments, complaint) && takeFilter(words[2], arguments, complaint))) {
            return std::nullopt;
        }
    } else if (command == "capture") {
        arguments.command = Command::Capture;
        if (!takeCapture(words, arguments, complaint)) {
            return std::nullopt;
        }
        good = true;
    } else {
        complaint = "there is no command " + std::string(command);
        return std::nullopt;
    }
    if (!good) {
        complaint = std::string(command) + ": too few or too many arguments";
        return std::nullopt;
    }
    return arguments;
}

} // namespace sockeye::tool
