// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_edit.h"

#include "protocol/hex/hex_error.h"
#include "ui/theme/theme.h"

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

namespace sockeye {

namespace {

/// Colours names, the beginnings of rules, texts in quotes and comments. What goes over several lines stays plain.
class TomlHighlighter final : public QSyntaxHighlighter {
public:
    explicit TomlHighlighter(QTextDocument* document)
        : QSyntaxHighlighter(document)
    {
        connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
    }

protected:
    void highlightBlock(const QString& text) override
    {
        const Theme& theme = Theme::instance();
        QTextCharFormat key;
        key.setForeground(theme.accent());
        QTextCharFormat muted;
        muted.setForeground(theme.muted());
        muted.setFontItalic(true);
        if (text.trimmed().startsWith(u'[')) {
            key.setFontWeight(QFont::Bold);
            setFormat(0, static_cast<int>(text.size()), key);
            return;
        }
        qsizetype word = -1; // where the one begins that may become a name
        for (qsizetype i = 0; i < text.size();) {
            const QChar c = text[i];
            if (c == u'"' || c == u'\'') {
                i = endOfString(text, i);
                word = -1;
            } else if (c == u'#') {
                setFormat(static_cast<int>(i), static_cast<int>(text.size() - i), muted);
                return;
            } else if (c == u'=') {
                if (word >= 0) {
                    setFormat(static_cast<int>(word), static_cast<int>(i - word), key);
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
    setAccessibleName(tr("Rules"));
    setTabChangesFocus(true); // TOML has no use for tabs
    new TomlHighlighter(document());
}

void RulesEdit::setMistakes(const QList<rules::Mistake>& mistakes)
{
    const QString text = toPlainText();
    QList<CodeRemark> remarks;
    for (const rules::Mistake& mistake : mistakes) {
        const TextPlace place = placeIn(text, qMin(mistake.at, text.size()));
        remarks.append({ static_cast<int>(place.line), static_cast<int>(place.column),
            static_cast<int>(qMax<qsizetype>(1, mistake.length)), mistake.text, mistake.isWarning });
    }
    setRemarks(remarks);
}

} // namespace sockeye
