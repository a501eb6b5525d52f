// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"
#include "protocol/content/views/view_functions.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

namespace sockeye {

QStringList viewEncodings()
{
    return { QStringLiteral("UTF-8"), QStringLiteral("UTF-16LE"), QStringLiteral("UTF-16BE"), QStringLiteral("GBK"),
        QStringLiteral("GB18030"), QStringLiteral("Big5"), QStringLiteral("Shift_JIS"), QStringLiteral("EUC-JP"),
        QStringLiteral("EUC-KR"), QStringLiteral("ISO-8859-1"), QStringLiteral("windows-1252"),
        QStringLiteral("KOI8-R") };
}

ShownContent showAsText(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    ShownContent shown;
    const qsizetype looked = std::min(content.size(), limits.maxBytes);
    shown.isCut = looked < content.size();
    const QByteArray encoding = parameter.isEmpty() ? QByteArray("UTF-8") : parameter.toLatin1();
    const auto utf8 = decodedText(encoding, content.first(looked));
    if (!utf8) {
        shown.problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "No encoding is called \"%1\"."))
                            .arg(visibleText(QStringView(parameter), 60));
        return shown;
    }
    QString text = textFromUtf8(*utf8);
    if (shown.isCut && text.endsWith(QChar(QChar::ReplacementCharacter))) {
        text.chop(1); // a character that only the cut divides
    }
    const qsizetype strange = text.count(QChar(QChar::ReplacementCharacter));
    if (strange > 0) {
        shown.problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView",
                                     "Bytes at %1 place(s) are no characters of %2: they are shown as \ufffd."))
                            .arg(QString::number(strange), QString::fromLatin1(encoding));
    }
    shown.isCut = shown.isCut || text.size() > limits.maxChars;
    shown.text = visibleLines(QStringView(text).left(limits.maxChars));
    return shown;
}

} // namespace sockeye
