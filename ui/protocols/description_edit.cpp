// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/description_edit.h"

#include "ui/protocols/description_highlighter.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace sockeye {

DescriptionEdit::DescriptionEdit(QWidget* parent)
    : CodeEdit(parent)
{
    setAccessibleName(tr("Description"));
    new DescriptionHighlighter(document());
}

void DescriptionEdit::setMistakes(const QList<kaitai::Mistake>& mistakes)
{
    QList<CodeRemark> remarks;
    for (const kaitai::Mistake& mistake : mistakes) {
        remarks.append({ mistake.place.line, mistake.place.column, 0, mistake.text, mistake.isWarning });
    }
    setRemarks(remarks);
}

/// YAML is indented with spaces: a new line begins where the one before does, Tab goes on by two.
void DescriptionEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return && event->modifiers() == Qt::NoModifier) {
        const QString line = textCursor().block().text();
        qsizetype indent = 0;
        while (indent < line.size() && line.at(indent) == u' ') {
            ++indent;
        }
        if (line.trimmed().startsWith(u"- ") || line.trimmed().endsWith(u':')) {
            indent += 2;
        }
        insertPlainText(QString(u'\n' + QString(indent, u' ')));
        ensureCursorVisible();
        return;
    }
    if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        insertPlainText(QStringLiteral("  "));
        return;
    }
    CodeEdit::keyPressEvent(event);
}

} // namespace sockeye
