// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "protocol/filter/mistake.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sockeye::cli {

namespace {

/// The line of a mistake, with carets below it.
QString picture(const rules::Mistake& mistake, const QString& text)
{
    const qsizetype begin = mistake.at == 0 ? 0 : text.lastIndexOf(u'\n', mistake.at - 1) + 1;
    const qsizetype found = text.indexOf(u'\n', mistake.at);
    const qsizetype end = found < 0 ? text.size() : found;
    const QString line = text.sliced(begin, end - begin);
    return withCaret(filter::Mistake { mistake.at - begin, std::min(mistake.length, end - mistake.at), {}, {} }, line);
}

} // namespace

void addRules(CLI::App& command, OptionWords& words, const char* about)
{
    command.add_option("--rules", words.rules, about)->check(CLI::ExistingFile)->type_name("FILE.toml");
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
    QStringList lines = read.sentences(arguments.rulesFile).split(u'\n', Qt::SkipEmptyParts);
    QStringList pictures;
    for (const rules::Mistake& mistake : read.mistakes) {
        pictures.append(picture(mistake, read.text));
    }
    if (read.rules) {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            complain(lines[i], pictures.value(i));
        }
        return {};
    }
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        complain(lines[i], pictures.value(i));
    }
    return tl::unexpected(UsageError(lines.value(lines.size() - 1), pictures.value(pictures.size() - 1)));
}

} // namespace sockeye::cli
