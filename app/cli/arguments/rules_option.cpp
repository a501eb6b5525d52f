// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/input_file.h"
#include "app/cli/arguments/text_mistakes.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void addRules(CLI::App& command, OptionWords& words, const char* about)
{
    checkInputFile(*command.add_option("--rules", words.rules, about)->type_name("FILE.toml"));
}

RuleUse ruleUse(const Arguments& arguments)
{
    const bool isUdp = arguments.udp || serviceTransport(arguments.service) == Transport::Udp;
    return { arguments.protocol ? arguments.protocol : defaultProtocol(), isUdp ? Transport::Udp : Transport::Tcp,
        arguments.command == Command::Relay };
}

Taken takeRules(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    Q_UNUSED(command)
    if (words.rules.empty()) {
        return {};
    }
    arguments.rulesFile = fromUtf8(words.rules);
    arguments.rules = readRuleFile(arguments.rulesFile, ruleUse(arguments));
    const RuleFile& read = arguments.rules;
    return takeMistakes(read.sentences(arguments.rulesFile).split(u'\n', Qt::SkipEmptyParts), read.mistakes, read.text,
        read.rules != nullptr);
}

} // namespace sockeye::cli
