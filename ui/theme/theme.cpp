// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/theme.h"

#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/system_scheme.h"

#include <QApplication>
#include <QPointer>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int smallestScale = 70;
constexpr int largestScale = 250;

bool isDarkPalette(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme& Theme::instance()
{
    static QPointer<Theme> s_theme;
    if (s_theme == nullptr) {
        // A child of the application: icons must not outlive it.
        s_theme = new Theme(QCoreApplication::instance());
        // Not before there is an instance: widgets that exist already are told of the style, and may ask for colours.
        QApplication::setStyle(new Style);
        s_theme->apply();
    }
    return *s_theme;
}

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_platformDark(isDarkPalette(QApplication::palette()))
    , m_systemFont(QApplication::font())
{
}

void Theme::setMode(Mode mode)
{
    if (m_mode != mode) {
        m_mode = mode;
        apply();
    }
}

void Theme::assumeDesktop(std::optional<bool> dark)
{
    m_desktopDark = dark;
    if (wantsDark() != m_dark) {
        apply();
    }
}

void Theme::followDesktop()
{
    auto* scheme = new SystemScheme(this);
    connect(scheme, &SystemScheme::darkChanged, this, [this](bool dark) { assumeDesktop(dark); });
    connect(scheme, &SystemScheme::unknown, this, [this] { assumeDesktop(std::nullopt); });
    scheme->follow();
}

void Theme::platformChanged()
{
    // Without a palette of our own for a moment, the platform's shows.
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    m_platformDark = isDarkPalette(QApplication::palette());
    QApplication::setPalette(ours);
    if (wantsDark() != m_dark) {
        apply();
    }
}

void Theme::setTextScale(int percent)
{
    percent = std::clamp(percent, smallestScale, largestScale);
    if (m_textScale != percent) {
        m_textScale = percent;
        apply();
    }
}

QFont Theme::monospace() const
{
    QFont font(QApplication::font());
    // Those with a slashed or dotted zero first; fontconfig is asked only for the ones that are there.
    font.setFamilies({ QStringLiteral("DejaVu Sans Mono"), QStringLiteral("JetBrains Mono"),
        QStringLiteral("Source Code Pro"), QStringLiteral("Hack"), QStringLiteral("Cascadia Mono"),
        QStringLiteral("Menlo"), QStringLiteral("Consolas"), QStringLiteral("monospace") });
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

QColor Theme::accent() const
{
    return colours(m_dark).accent;
}

QColor Theme::error() const
{
    return colours(m_dark).error;
}

QColor Theme::warning() const
{
    return colours(m_dark).warning;
}

QColor Theme::good() const
{
    return colours(m_dark).good;
}

QColor Theme::muted() const
{
    return colours(m_dark).muted;
}

QColor Theme::separator() const
{
    return colours(m_dark).separator;
}

QColor Theme::outline() const
{
    return colours(m_dark).outline;
}

QColor Theme::notice() const
{
    return colours(m_dark).notice;
}

QColor Theme::fieldTint(FieldKind kind, int index) const
{
    return tint(m_dark, kind, index);
}

QColor Theme::markTint(MarkColour colour) const
{
    return tint(m_dark, colour);
}

QIcon Theme::icon(const QString& name) const
{
    auto found = m_icons.find(name);
    if (found == m_icons.end()) {
        const Colours& present = colours(m_dark);
        found = m_icons.insert(name, renderIcon(name, { present.text, present.disabledText, present.highlightedText }));
    }
    return *found;
}

bool Theme::wantsDark() const
{
    if (m_mode != Mode::System) {
        return m_mode == Mode::Dark;
    }
    return m_desktopDark.value_or(m_platformDark);
}

void Theme::apply()
{
    m_dark = wantsDark();
    m_icons.clear();
    QApplication::setPalette(makePalette(colours(m_dark)));
    QFont font(m_systemFont);
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(m_systemFont.pointSizeF() * m_textScale / 100.0);
    } else {
        font.setPixelSize(m_systemFont.pixelSize() * m_textScale / 100);
    }
    if (font != QApplication::font()) {
        QApplication::setFont(font);
    }
    Q_EMIT changed();
}

} // namespace sockeye
