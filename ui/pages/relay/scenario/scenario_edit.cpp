// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/scenario/scenario_edit.h"

#include "ui/widgets/code_highlighter.h"

#include <QRegularExpression>

namespace sockeye {

namespace {

/// Colours the words of the language, the kinds of faults, and comments.
class ScenarioHighlighter final : public CodeHighlighter {
public:
    using CodeHighlighter::CodeHighlighter;

protected:
    void highlightBlock(const QString& text) override
    {
        static const QRegularExpression words(
            QStringLiteral("^\\s*(at|every)\\b|\\bremove\\b|\\bfor\\b(?=\\s+[\\d.]+(ms|s|m|h)\\s*(#|$))"),
            QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression comment(QStringLiteral("(^|\\s)#[^\"]*$"));
        for (auto found = words.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            mark(match.capturedStart(), match.capturedLength(), Style::Word);
        }
        if (const QRegularExpressionMatch match = comment.match(text); match.hasMatch()) {
            mark(match.capturedStart(), match.capturedLength(), Style::Comment);
        }
    }
};

} // namespace

ScenarioEdit::ScenarioEdit(QWidget* parent)
    : CodeEdit(parent)
{
    setAccessibleName(tr("Text of the scenario"));
    setTabChangesFocus(true);
    new ScenarioHighlighter(document());
}

} // namespace sockeye
