// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"

#include <QDateTime>

namespace sockeye {

QByteArray isoTime(qint64 nanosecondsSinceEpoch)
{
    constexpr qint64 microsecondsASecond = 1'000'000;
    const qint64 microseconds = nanosecondsSinceEpoch / 1'000;
    const QDateTime second = QDateTime::fromSecsSinceEpoch(microseconds / microsecondsASecond, Qt::UTC);
    return second.toString(u"yyyy-MM-ddTHH:mm:ss").toLatin1() + '.'
        + QByteArray::number(microseconds % microsecondsASecond).rightJustified(6, '0') + 'Z';
}

QByteArrayView directionWord(Direction direction)
{
    return direction == Direction::In ? QByteArrayView("in") : QByteArrayView("out");
}

QByteArray commentText(const QString& text)
{
    QString line = text;
    for (QChar& c : line) {
        if (c.category() == QChar::Other_Control || c.unicode() == QChar::LineSeparator
            || c.unicode() == QChar::ParagraphSeparator) {
            c = u' ';
        }
    }
    return line.toUtf8();
}

} // namespace sockeye
