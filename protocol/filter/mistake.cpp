// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/mistake.h"

#include "protocol/text/visible_text.h"

namespace sockeye::filter {

QString withCaret(const Mistake& mistake, QStringView text)
{
    // Around the place, of a text that may be thousands of characters long.
    constexpr qsizetype shownBefore = 56;
    constexpr qsizetype shownAfter = 56;
    const qsizetype at = qBound<qsizetype>(0, mistake.at, text.size());
    const qsizetype end = qBound<qsizetype>(at, at + mistake.length, text.size());
    const qsizetype from = qMax<qsizetype>(0, at - shownBefore);
    const qsizetype to = qMin(text.size(), qMax(qMin(end, at + shownAfter), at + shownAfter / 2));
    const qsizetype under = qMin(end, to);
    const QString before = (from > 0 ? QStringLiteral("…") : QString()) + visibleText(text.sliced(from, at - from));
    const QString marked = visibleText(text.sliced(at, under - at));
    const QString after =
        visibleText(text.sliced(under, to - under)) + (to < text.size() ? QStringLiteral("…") : QString());
    return before + marked + after + u'\n' + QString(before.size(), u' ')
        + QString(qMax<qsizetype>(1, marked.size()), u'^');
}

} // namespace sockeye::filter
