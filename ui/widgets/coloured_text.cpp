// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/coloured_text.h"

#include <QLabel>

namespace sockeye {

void setTextColour(QLabel& label, const QColor& colour)
{
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, colour);
    label.setPalette(palette);
}

QString dotAndWords(bool runs, const QColor& colour, const QString& words)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span> %3")
        .arg(colour.name(), runs ? QStringLiteral("●") : QStringLiteral("○"), words.toHtmlEscaped());
}

} // namespace sockeye
