// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/icons.h"

#include <QDebug>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace sockeye {

namespace {

/// Edge lengths in device pixels: 16 to 32 logical ones at ratios 1 to 3.
constexpr int actionSizes[] = { 16, 20, 24, 32, 48, 64, 96 };
constexpr int applicationSizes[] = { 16, 24, 32, 48, 64, 128, 256 };

QByteArray source(const QString& name)
{
    QFile file(u":/sockeye/icons/" + name + u".svg");
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning().noquote() << "No icon is named" << name;
        return {};
    }
    return file.readAll();
}

QPixmap render(QSvgRenderer& renderer, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

void addRendered(QIcon& icon, QByteArray svg, const QColor& colour, QIcon::Mode mode)
{
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    for (const int size : actionSizes) {
        icon.addPixmap(render(renderer, size), mode);
    }
}

} // namespace

QIcon renderIcon(const QString& name, const IconColours& colours)
{
    QIcon icon;
    const QByteArray svg = source(name);
    if (!svg.isEmpty()) {
        addRendered(icon, svg, colours.normal, QIcon::Normal);
        addRendered(icon, svg, colours.disabled, QIcon::Disabled);
        addRendered(icon, svg, colours.selected, QIcon::Selected);
    }
    return icon;
}

QIcon applicationIcon()
{
    QIcon icon;
    QSvgRenderer renderer(source(QStringLiteral("org.sockeye.Sockeye")));
    for (const int size : applicationSizes) {
        icon.addPixmap(render(renderer, size));
    }
    return icon;
}

} // namespace sockeye
