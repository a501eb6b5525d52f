// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "protocol/annotation/annotation.h"

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>
#include <QString>

#include <optional>

namespace sockeye {

/// Colours, fonts and icons: the one place that knows light from dark. GUI thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode : quint8 { System, Light, Dark };

    static Theme& instance();

    void setMode(Mode mode); ///< takes effect at once, in all windows
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    /// What the desktop's settings said of light (false) and dark (true), if anything: remembered from the last start,
    /// so that the window does not begin in the wrong one.
    void assumeDesktop(std::optional<bool> dark);
    [[nodiscard]] std::optional<bool> desktopDark() const { return m_desktopDark; }
    void followDesktop(); ///< asks the desktop, now and whenever it changes, without waiting for it
    void platformChanged(); ///< a window was told that the platform's theme is another one

    /// In percent of the system's text size, 70 to 250.
    void setTextScale(int percent);
    [[nodiscard]] int textScale() const { return m_textScale; }

    [[nodiscard]] QFont monospace() const; ///< for bytes: fixed pitch, slashed zero where the system has one
    [[nodiscard]] QColor accent() const;
    [[nodiscard]] QColor error() const; ///< text colour of errors, readable on the window's background
    [[nodiscard]] QColor warning() const; ///< text colour of what is right and surprising
    [[nodiscard]] QColor good() const; ///< the dot of what runs
    [[nodiscard]] QColor muted() const; ///< text of lesser importance, still 4.5 : 1
    [[nodiscard]] QColor separator() const;
    [[nodiscard]] QColor outline() const; ///< around fields and buttons
    [[nodiscard]] QColor notice() const; ///< behind a line that tells of something that went wrong
    /// The tint behind the bytes of a field; colour-blind safe (after Okabe and Ito), text on it has at least 4.5 : 1.
    /// Neighbours of the same kind differ by `index` (even, odd).
    [[nodiscard]] QColor fieldTint(FieldKind kind, int index = 0) const;
    [[nodiscard]] QColor markTint(MarkColour colour) const; ///< likewise, behind a message that is marked
    /// An icon drawn for Sockeye, in the colour of the text: "server", "client", "open", "save", "start", "stop", …
    [[nodiscard]] QIcon icon(const QString& name) const;

Q_SIGNALS:
    void changed(); ///< colours, fonts or icons are others now

private:
    explicit Theme(QObject* parent);
    void apply();
    [[nodiscard]] bool wantsDark() const;

    Mode m_mode = Mode::System;
    bool m_dark = false;
    bool m_platformDark = false; ///< by the lightness of the platform's own palette
    std::optional<bool> m_desktopDark; ///< what the desktop's settings say, if it has been heard
    int m_textScale = 100;
    QFont m_systemFont;
    mutable QHash<QString, QIcon> m_icons; ///< rendered in the present colours
};

} // namespace sockeye
