// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/rule_file.h"

#include "app/filtering/event_fields.h"
#include "app/relay/faults/rule_fault.h"
#include "app/rules/text_file.h"
#include "app/storage/input_bytes.h"
#include "protocol/protocols/registry.h"

#include <QDir>
#include <QFileInfo>

namespace sockeye {

rules::Surroundings surroundings(const RuleUse& use, const QString& file, QStringList* files)
{
    rules::Surroundings around;
    around.protocol = use.transport == Transport::Udp ? protocolForDatagrams(use.protocol) : use.protocol;
    around.schema = eventSchema(*around.protocol);
    around.passesOn = use.passesOn;
    around.checkFault = &checkRuleFault;
    if (!file.isEmpty()) {
        around.readFile = [folder = QFileInfo(file).absoluteDir(), files](const QString& name) {
            const QString path = folder.absoluteFilePath(name);
            if (files != nullptr) {
                files->append(path);
            }
            return inputBytes(path, rules::maxMade);
        };
    }
    return around;
}

QString RuleFile::sentences(const QString& file) const
{
    QStringList lines;
    if (!failure.isEmpty()) {
        lines.append(failure);
    }
    lines += sentencesOf(mistakes, text, file);
    return lines.join(u'\n');
}

RuleFile readRuleText(const QString& text, const QString& file, const RuleUse& use)
{
    RuleFile out;
    out.text = text;
    if (!file.isEmpty() && !keptInput(file)) { // which never changes
        out.files.append(QFileInfo(file).absoluteFilePath());
    }
    auto read = rules::RuleSet::read(text, surroundings(use, file, &out.files));
    if (read) {
        out.mistakes = read->warnings();
        out.rules = std::make_shared<const rules::RuleSet>(*std::move(read));
    } else {
        out.mistakes = read.error();
    }
    return out;
}

RuleFile readRuleFile(const QString& file, const RuleUse& use)
{
    const auto text = fileText(file);
    if (!text) {
        RuleFile out;
        out.files.append(QFileInfo(file).absoluteFilePath());
        out.failure = text.error();
        return out;
    }
    return readRuleText(*text, file, use);
}

} // namespace sockeye
