// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/description_highlighter.h"

namespace sockeye {

namespace {

/// Where a comment begins: at a "#" outside of quotes that has nothing or a space before it; -1 for none.
qsizetype commentIn(QStringView text)
{
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull()) {
            quote = c == quote ? QChar() : quote;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
        } else if (c == u'#' && (i == 0 || text[i - 1].isSpace())) {
            return i;
        }
    }
    return -1;
}

/// Where a key ends, its colon not included; 0 for none.
qsizetype keyEndIn(QStringView text, qsizetype begin)
{
    qsizetype at = begin;
    while (at < text.size() && (text[at].isLetterOrNumber() || text[at] == u'_' || text[at] == u'-')) {
        ++at;
    }
    return at < text.size() && at > begin && text[at] == u':' ? at : 0;
}

} // namespace

void DescriptionHighlighter::highlightBlock(const QString& text)
{
    qsizetype begin = 0;
    while (begin < text.size() && (text.at(begin).isSpace() || text.at(begin) == u'-')) {
        // "- id" is an element of a list, "-max" a key.
        if (text.at(begin) == u'-' && begin + 1 < text.size() && !text.at(begin + 1).isSpace()) {
            break;
        }
        ++begin;
    }
    if (const qsizetype end = keyEndIn(text, begin); end > 0) {
        mark(begin, end - begin, Style::Word);
    }
    if (const qsizetype comment = commentIn(text); comment >= 0) {
        mark(comment, Style::Comment);
    }
}

} // namespace sockeye
