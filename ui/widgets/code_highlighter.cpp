// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/code_highlighter.h"

#include "ui/theme/theme.h"

#include <QTextCharFormat>

namespace sockeye {

CodeHighlighter::CodeHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void CodeHighlighter::mark(qsizetype at, qsizetype size, Style style)
{
    const bool isComment = style == Style::Comment;
    QTextCharFormat format;
    format.setForeground(isComment ? Theme::instance().muted() : Theme::instance().accent());
    format.setFontItalic(isComment);
    if (style == Style::Heading) {
        format.setFontWeight(QFont::Bold);
    }
    setFormat(static_cast<int>(at), static_cast<int>(size), format);
}

} // namespace sockeye
