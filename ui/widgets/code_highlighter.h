// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSyntaxHighlighter>

namespace sockeye {

/// Colours a text that programs read, in the colours of the theme. What stands where is the language's to say:
/// highlightBlock() calls mark().
class CodeHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit CodeHighlighter(QTextDocument* document); ///< which owns it

protected:
    enum class Style : quint8 {
        Heading, ///< begins a part
        Word, ///< of the language, or a name
        Comment,
    };
    void mark(qsizetype at, qsizetype size, Style style); ///< in the line, in UTF-16 units
    /// From there to the end of the line.
    void mark(qsizetype at, Style style) { mark(at, currentBlock().length() - at, style); }
};

} // namespace sockeye
