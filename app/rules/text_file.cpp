// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/text_file.h"

#include "app/storage/input_bytes.h"
#include "protocol/rules/toml_text.h"
#include "protocol/text/utf8.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString textFileText(const char* text)
{
    return QCoreApplication::translate("sockeye::RuleFile", text);
}

} // namespace

tl::expected<QString, QString> fileText(const QString& name)
{
    const auto bytes = inputBytes(name, qint64(4) * rules::maxRulesText);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    if (const qsizetype right = validUtf8Prefix(*bytes); right < bytes->size()) {
        return tl::unexpected(textFileText("%1 is no UTF-8 text: see byte %2.").arg(name, QString::number(right)));
    }
    return textFromUtf8(*bytes);
}

QStringList sentencesOf(const QList<rules::Mistake>& mistakes, const QString& text, const QString& file)
{
    QStringList lines;
    for (const rules::Mistake& mistake : mistakes) {
        QString line = describe(mistake, text, file);
        if (!mistake.suggestion.isEmpty() && !mistake.text.contains(QString(u'`' + mistake.suggestion + u'`'))) {
            line += u' ' + textFileText("Did you mean `%1`?").arg(mistake.suggestion);
        }
        lines.append(line);
    }
    return lines;
}

} // namespace sockeye
