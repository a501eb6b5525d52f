// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/description_edit.h"

#include "ui/protocols/description_highlighter.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <functional>

namespace sockeye {

namespace {
constexpr int gap = 6; // pixels beside the numbers of lines
constexpr qsizetype mostUnderlined = 200;

/// Paints what somebody else says.
class Margin : public QWidget {
public:
    Margin(QWidget* parent, std::function<void(const QRect&)> paint)
        : QWidget(parent)
        , m_paint(std::move(paint))
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override { m_paint(event->rect()); }

private:
    std::function<void(const QRect&)> m_paint;
};

} // namespace

DescriptionEdit::DescriptionEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_numbers(new Margin(this, [this](const QRect& area) { paintNumbers(area); }))
{
    setAccessibleName(tr("Description"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    new DescriptionHighlighter(document());
    connect(&Theme::instance(), &Theme::changed, this, &DescriptionEdit::takeTheme);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(marginWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, m_numbers, qOverload<>(&QWidget::update));
    takeTheme();
}

void DescriptionEdit::takeTheme()
{
    setFont(Theme::instance().monospace());
    setTabStopDistance(2 * fontMetrics().horizontalAdvance(u' '));
    setViewportMargins(marginWidth(), 0, 0, 0);
}

int DescriptionEdit::marginWidth() const
{
    const int digits = static_cast<int>(QString::number(qMax(100, blockCount())).size());
    return digits * fontMetrics().horizontalAdvance(u'9') + 2 * gap;
}

QTextCursor DescriptionEdit::cursorFor(const kaitai::Place& place) const
{
    const QTextBlock block = document()->findBlockByNumber(qMax(0, place.line - 1));
    QTextCursor cursor(block.isValid() ? block : document()->lastBlock());
    const int column = qBound(0, place.column - 1, cursor.block().length() - 1);
    cursor.setPosition(cursor.block().position() + column);
    return cursor;
}

void DescriptionEdit::setMistakes(const QList<kaitai::Mistake>& mistakes)
{
    m_mistakes = mistakes;
    QList<QTextEdit::ExtraSelection> marks;
    for (const kaitai::Mistake& mistake : mistakes.first(qMin(mistakes.size(), mostUnderlined))) {
        if (mistake.place.line <= 0) {
            continue;
        }
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursorFor(mistake.place);
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(mistake.isWarning ? Theme::instance().muted() : Theme::instance().error());
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void DescriptionEdit::goTo(const kaitai::Place& place)
{
    setTextCursor(cursorFor(place));
    centerCursor();
    setFocus();
}

bool DescriptionEdit::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int line = cursorForPosition(help->pos()).blockNumber() + 1;
        QStringList texts;
        for (const kaitai::Mistake& mistake : std::as_const(m_mistakes)) {
            if (mistake.place.line == line) {
                texts.append(mistake.text);
            }
        }
        QToolTip::showText(help->globalPos(), texts.join(u'\n'), this);
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
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
    QPlainTextEdit::keyPressEvent(event);
}

void DescriptionEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), marginWidth(), inside.height());
}

void DescriptionEdit::paintNumbers(const QRect& area)
{
    QPainter painter(m_numbers);
    painter.fillRect(area, palette().color(QPalette::Window));
    painter.setPen(Theme::instance().muted());
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    auto top = static_cast<int>(blockBoundingGeometry(block).translated(contentOffset()).top());
    while (block.isValid() && top <= area.bottom()) {
        const int height = static_cast<int>(blockBoundingRect(block).height());
        painter.drawText(
            0, top, m_numbers->width() - gap, height, Qt::AlignRight, QString::number(block.blockNumber() + 1));
        block = block.next();
        top += height;
    }
}

} // namespace sockeye
