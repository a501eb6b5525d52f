// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

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
    /// In percent of the system's text size, 70 to 250.
    void setTextScale(int percent);
    [[nodiscard]] int textScale() const { return m_textScale; }

    [[nodiscard]] QFont monospace() const; ///< for bytes: fixed pitch, slashed zero where the system has one
    [[nodiscard]] QColor accent() const;
    [[nodiscard]] QColor error() const; ///< text colour of errors, readable on the window's background
    [[nodiscard]] QColor good() const; ///< the dot of what runs
    [[nodiscard]] QColor muted() const; ///< text of lesser importance, still 4.5 : 1
    [[nodiscard]] QColor separator() const;
    /// The tint behind the bytes of a field; colour-blind safe (after Okabe and Ito), text on it has at least 4.5 : 1.
    /// Neighbours of the same kind differ by `index` (even, odd).
    [[nodiscard]] QColor fieldTint(FieldKind kind, int index = 0) const;
    /// An icon drawn for Sockeye, in the colour of the text: "server", "client", "open", "save", "start", "stop", …
    [[nodiscard]] QIcon icon(const QString& name) const;

Q_SIGNALS:
    void changed(); ///< colours, fonts or icons are others now

private:
    Theme();
    void apply();
    Mode m_mode = Mode::System;
    bool m_dark = false;
    int m_textScale = 100;
};

} // namespace sockeye
