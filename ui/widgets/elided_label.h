// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace sockeye {

/// One line of text that is cut with an ellipsis where there is no room, never asks for more room than there is, and
/// says the whole in its tool tip, if it has no other. A new text costs no new layout of what is around it, as one of
/// QLabel does: it may change thirty times a second.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text);
    void setElideMode(Qt::TextElideMode mode); ///< where it is cut; at the end unless said otherwise
    [[nodiscard]] int fullWidth() const; ///< in logical pixels: so much room shows all of it
    [[nodiscard]] const QString& fullText() const { return m_full; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();
    QString m_full;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    QString m_shown; ///< of it; the text of QLabel stays empty
};

} // namespace sockeye
