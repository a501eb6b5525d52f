// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_edit.h"

#include "ui/widgets/code_highlighter.h"

namespace sockeye {

namespace {

/// Colours names, the beginnings of rules, texts in quotes and comments. What goes over several lines stays plain.
class TomlHighlighter final : public CodeHighlighter {
public:
    using CodeHighlighter::CodeHighlighter;

protected:
    void highlightBlock(const QString& text) override
    {
        if (text.trimmed().startsWith(u'[')) {
            mark(0, Style::Heading);
            return;
        }
        qsizetype word = -1; // where the one begins that may become a name
        for (qsizetype i = 0; i < text.size();) {
            const QChar c = text[i];
            if (c == u'"' || c == u'\'') {
                i = endOfString(text, i);
                word = -1;
            } else if (c == u'#') {
                mark(i, Style::Comment);
                return;
            } else if (c == u'=') {
                if (word >= 0) {
                    mark(word, i - word, Style::Word);
                }
                word = -1;
                ++i;
            } else {
                word = c.isSpace() || c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.'
                    ? (word < 0 ? i : word)
                    : -1;
                ++i;
            }
        }
    }

private:
    /// One past the quote that ends it.
    static qsizetype endOfString(const QString& text, qsizetype at)
    {
        const QChar quote = text[at];
        for (++at; at < text.size() && text[at] != quote; ++at) {
            at += quote == u'"' && text[at] == u'\\' ? 1 : 0;
        }
        return qMin(at + 1, text.size());
    }
};

} // namespace

RulesEdit::RulesEdit(QWidget* parent)
    : CodeEdit(parent)
{
    setAccessibleName(tr("Text of the rules"));
    setTabChangesFocus(true); // TOML has no use for tabs
    new TomlHighlighter(document());
}

} // namespace sockeye
