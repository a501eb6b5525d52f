// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPlainTextEdit>

namespace sockeye {

/// A text field of the composer: Tab leaves it, and what is set while the user types keeps the cursor where it is.
class ComposerTextEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ComposerTextEdit(QWidget* parent = nullptr);

    /// Replaces only the part that differs; emits no edited().
    void showText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited(); ///< by the user

private:
    void showTheme();
    bool m_showing = false;
};

} // namespace sockeye
