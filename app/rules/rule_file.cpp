// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/rule_file.h"

#include "app/filtering/event_fields.h"
#include "app/relay/faults/rule_fault.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/utf8.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sockeye {

namespace {

QString ruleFileText(const char* text)
{
    return QCoreApplication::translate("sockeye::RuleFile", text);
}

/// All of a file, up to a bound.
tl::expected<QByteArray, QString> contentOf(const QString& name, qint64 most)
{
    QFile file(name);
    if (QFileInfo(name).isDir()) {
        return tl::unexpected(ruleFileText("%1 is a folder.").arg(name));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(ruleFileText("%1 cannot be read: %2.").arg(name, file.errorString()));
    }
    QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most) {
        return tl::unexpected(ruleFileText("%1 is too large for rules.").arg(name));
    }
    return bytes;
}

} // namespace

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
            return contentOf(path, rules::maxMade);
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
    for (const rules::Mistake& mistake : mistakes) {
        QString line = describe(mistake, text, file);
        if (!mistake.suggestion.isEmpty() && !mistake.text.contains(QString(u'`' + mistake.suggestion + u"`?"))) {
            line += u' ' + ruleFileText("Did you mean `%1`?").arg(mistake.suggestion);
        }
        lines.append(line);
    }
    return lines.join(u'\n');
}

RuleFile readRuleText(const QString& text, const QString& file, const RuleUse& use)
{
    RuleFile out;
    out.text = text;
    if (!file.isEmpty()) {
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
    RuleFile out;
    out.files.append(QFileInfo(file).absoluteFilePath());
    const auto bytes = contentOf(file, qint64(4) * rules::maxRulesText);
    if (!bytes) {
        out.failure = bytes.error();
        return out;
    }
    if (const qsizetype right = validUtf8Prefix(*bytes); right < bytes->size()) {
        out.failure = ruleFileText("%1 is no UTF-8 text: see byte %2.").arg(file, QString::number(right));
        return out;
    }
    return readRuleText(textFromUtf8(*bytes), file, use);
}

} // namespace sockeye
