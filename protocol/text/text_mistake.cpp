// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/text_mistake.h"

#include "protocol/text/terminal_width.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

// Around the place, of a line that may have hundreds of thousands of characters.
constexpr qsizetype shownBefore = 48;
constexpr qsizetype shownAfter = 28;

qsizetype lineBegin(QStringView text, qsizetype at)
{
    return at == 0 ? 0 : text.lastIndexOf(u'\n', at - 1) + 1;
}

/// Without spaces at its end.
qsizetype lineEnd(QStringView text, qsizetype at)
{
    const qsizetype found = text.indexOf(u'\n', at);
    qsizetype end = found < 0 ? text.size() : found;
    while (end > at && text[end - 1].isSpace()) {
        --end;
    }
    return end;
}

} // namespace

TextPlace placeIn(QStringView text, qsizetype at)
{
    const QStringView before = text.first(qBound<qsizetype>(0, at, text.size()));
    return { before.count(u'\n') + 1, before.size() - lineBegin(before, before.size()) + 1 };
}

QString describe(const TextMistake& mistake, QStringView text)
{
    const TextPlace place = placeIn(text, mistake.at);
    return QCoreApplication::translate("sockeye::TextMistake", "Line %1, column %2: %3")
        .arg(QString::number(place.line), QString::number(place.column), mistake.text);
}

QString describe(const TextMistake& mistake, QStringView text, const QString& file)
{
    const TextPlace place = placeIn(text, mistake.at);
    return u"%1:%2:%3: %4"_qs.arg(file, QString::number(place.line), QString::number(place.column), mistake.text);
}

QString withCaret(const TextMistake& mistake, QStringView text)
{
    const qsizetype at = qBound<qsizetype>(0, mistake.at, text.size());
    const qsizetype begin = lineBegin(text, at);
    const qsizetype end = lineEnd(text, at);
    const qsizetype markedEnd = at + qBound<qsizetype>(0, mistake.length, end - at);
    const qsizetype from = qMax(begin, at - shownBefore);
    const qsizetype to = qMin(end, qMax(qMin(markedEnd, at + 2 * shownAfter), at + shownAfter));
    const qsizetype markedTo = qMin(markedEnd, to);
    const QString ellipsis = QStringLiteral("…");
    const QString before = (from > begin ? ellipsis : QString()) + visibleText(text.sliced(from, at - from));
    const QString marked = visibleText(text.sliced(at, markedTo - at));
    const QString after = visibleText(text.sliced(markedTo, to - markedTo)) + (to < end ? ellipsis : QString());
    return before + marked + after + u'\n' + QString(terminalWidth(before), u' ')
        + QString(qMax<qsizetype>(1, terminalWidth(marked)), u'^');
}

} // namespace sockeye
