// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

// The colour-blind safe set of Masataka Okabe and Kei Ito.
constexpr QRgb orange = 0xffe69f00;
constexpr QRgb skyBlue = 0xff56b4e9;
constexpr QRgb green = 0xff009e73;
constexpr QRgb yellow = 0xfff0e442;
constexpr QRgb blue = 0xff0072b2;
constexpr QRgb vermilion = 0xffd55e00;
constexpr QRgb purple = 0xffcc79a7;
constexpr QRgb grey = 0xff8a9099;

QRgb hue(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Length:
    case FieldKind::ByteOrderMark:
        return blue;
    case FieldKind::Header:
    case FieldKind::Key:
    case FieldKind::Member:
        return skyBlue;
    case FieldKind::String:
    case FieldKind::Text:
        return green;
    case FieldKind::Number:
    case FieldKind::Integer:
        return orange;
    case FieldKind::Literal:
        return purple;
    case FieldKind::Binary:
    case FieldKind::Content:
        return yellow;
    case FieldKind::Bad:
        return vermilion;
    case FieldKind::Message:
    case FieldKind::Object:
    case FieldKind::Punctuation:
    case FieldKind::Rest:
        break;
    }
    return grey;
}

/// How much of the hue goes into the base. Structure recedes, what is wrong comes forward.
double strength(bool dark, FieldKind kind)
{
    switch (kind) {
    case FieldKind::Message:
    case FieldKind::Object:
    case FieldKind::Punctuation:
    case FieldKind::Rest:
        return 0.20;
    case FieldKind::Header:
    case FieldKind::Content:
    case FieldKind::Member:
        return 0.22;
    case FieldKind::Bad:
        return dark ? 0.55 : 0.50;
    case FieldKind::Length:
    case FieldKind::ByteOrderMark:
        return dark ? 0.55 : 0.36;
    case FieldKind::Binary:
        return dark ? 0.32 : 0.42;
    default:
        return dark ? 0.40 : 0.38;
    }
}

QColor mix(const QColor& base, QRgb hueRgb, double share)
{
    const QColor other(hueRgb);
    const auto channel = [share](
                             int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
    return QColor(
        channel(base.red(), other.red()), channel(base.green(), other.green()), channel(base.blue(), other.blue()));
}

double luminance(const QColor& colour)
{
    const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

Colours lightColours()
{
    return {
        .window = QColor(0xf4, 0xf5, 0xf6),
        .base = QColor(0xff, 0xff, 0xff),
        .alternateBase = QColor(0xf8, 0xf9, 0xfa),
        .button = QColor(0xfb, 0xfb, 0xfc),
        .text = QColor(0x1c, 0x21, 0x28),
        .disabledText = QColor(0x9a, 0xa1, 0xaa),
        .muted = QColor(0x59, 0x62, 0x6d),
        .separator = QColor(0xd5, 0xd9, 0xde),
        .outline = QColor(0xb0, 0xb7, 0xc0),
        .accent = QColor(0x0f, 0x76, 0x6e),
        .highlight = QColor(0x0f, 0x76, 0x6e),
        .highlightedText = QColor(0xff, 0xff, 0xff),
        .error = QColor(0xb3, 0x26, 0x1e),
        .warning = QColor(0x80, 0x5a, 0x00),
        .good = QColor(0x1a, 0x7f, 0x37),
        .notice = QColor(0xfd, 0xec, 0xe8),
    };
}

Colours darkColours()
{
    return {
        .window = QColor(0x20, 0x24, 0x29),
        .base = QColor(0x18, 0x1b, 0x1f),
        .alternateBase = QColor(0x1d, 0x20, 0x25),
        .button = QColor(0x2d, 0x32, 0x39),
        .text = QColor(0xe8, 0xea, 0xed),
        .disabledText = QColor(0x6d, 0x75, 0x80),
        .muted = QColor(0xa3, 0xab, 0xb6),
        .separator = QColor(0x3a, 0x40, 0x48),
        .outline = QColor(0x5b, 0x64, 0x70),
        .accent = QColor(0x4f, 0xd1, 0xc5),
        .highlight = QColor(0x12, 0x6b, 0x64),
        .highlightedText = QColor(0xff, 0xff, 0xff),
        .error = QColor(0xff, 0x8a, 0x7a),
        .warning = QColor(0xf0, 0xc4, 0x40),
        .good = QColor(0x5a, 0xc8, 0x7a),
        .notice = QColor(0x45, 0x28, 0x26),
    };
}

} // namespace

const Colours& colours(bool dark)
{
    static const Colours s_light = lightColours();
    static const Colours s_dark = darkColours();
    return dark ? s_dark : s_light;
}

QPalette makePalette(const Colours& colours)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.base);
    palette.setColor(QPalette::AlternateBase, colours.alternateBase);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Button, colours.button);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, colours.error);
    palette.setColor(QPalette::ToolTipBase, colours.base);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Highlight, colours.highlight);
    palette.setColor(QPalette::HighlightedText, colours.highlightedText);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::LinkVisited, colours.accent);
    palette.setColor(QPalette::Light, colours.button.lighter(110));
    palette.setColor(QPalette::Midlight, colours.separator.lighter(105));
    palette.setColor(QPalette::Mid, colours.separator.darker(110));
    palette.setColor(QPalette::Dark, colours.separator.darker(130));
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0));
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText }) {
        palette.setColor(QPalette::Disabled, role, colours.disabledText);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.separator);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, colours.disabledText);
    return palette;
}

QColor tint(bool dark, FieldKind kind, int index)
{
    const double share = strength(dark, kind) * (index % 2 == 0 ? 1.0 : 0.72);
    return mix(colours(dark).base, hue(kind), share);
}

QColor tint(bool dark, MarkColour colour)
{
    constexpr std::array hues { yellow, orange, vermilion, green, skyBlue, purple };
    static_assert(hues.size() == markColours.size());
    return mix(colours(dark).base, hues.at(static_cast<std::size_t>(colour)), dark ? 0.34 : 0.42);
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace sockeye
