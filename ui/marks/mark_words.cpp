// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/mark_words.h"

#include "protocol/text/visible_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>

namespace sockeye {

namespace {

constexpr int iconSize = 16;

QString wordFor(const char* text)
{
    return QCoreApplication::translate("Marks", text);
}

} // namespace

QString colourName(MarkColour colour)
{
    switch (colour) {
    case MarkColour::Yellow:
        return wordFor("yellow");
    case MarkColour::Orange:
        return wordFor("orange");
    case MarkColour::Red:
        return wordFor("red");
    case MarkColour::Green:
        return wordFor("green");
    case MarkColour::Blue:
        return wordFor("blue");
    case MarkColour::Purple:
        return wordFor("purple");
    }
    return {};
}

QString markText(const MessageMark& mark)
{
    if (mark.note.isEmpty()) {
        return wordFor("⚑ %1").arg(colourName(mark.colour));
    }
    return wordFor("⚑ %1: %2").arg(colourName(mark.colour), visibleText(mark.note));
}

QIcon markIcon(MarkColour colour)
{
    QPixmap picture(iconSize, iconSize);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setPen(Theme::instance().outline());
    painter.setBrush(Theme::instance().markTint(colour));
    painter.drawRect(1, 1, iconSize - 3, iconSize - 3);
    return QIcon(picture);
}

} // namespace sockeye
