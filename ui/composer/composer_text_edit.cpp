// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_text_edit.h"

#include "ui/theme/theme.h"

#include <QTextCursor>

namespace sockeye {

ComposerTextEdit::ComposerTextEdit(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing) {
            Q_EMIT edited();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &ComposerTextEdit::showTheme);
    showTheme();
}

void ComposerTextEdit::showTheme()
{
    setFont(Theme::instance().monospace());
}

void ComposerTextEdit::showText(const QString& text)
{
    const QString present = toPlainText();
    if (present == text) {
        return;
    }
    const qsizetype shorter = qMin(present.size(), text.size());
    qsizetype front = 0;
    while (front < shorter && present[front] == text[front]) {
        ++front;
    }
    qsizetype back = 0;
    while (back < shorter - front && present[present.size() - 1 - back] == text[text.size() - 1 - back]) {
        ++back;
    }
    m_showing = true;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(front));
    cursor.setPosition(static_cast<int>(present.size() - back), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(front, text.size() - back - front));
    m_showing = false;
}

QSize ComposerTextEdit::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 32, fontMetrics().lineSpacing() * 4 };
}

QSize ComposerTextEdit::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 16, fontMetrics().lineSpacing() * 2 };
}

} // namespace sockeye
