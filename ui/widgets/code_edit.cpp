// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/code_edit.h"

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

CodeEdit::CodeEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_numbers(new Margin(this, [this](const QRect& area) { paintNumbers(area); }))
{
    setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(&Theme::instance(), &Theme::changed, this, &CodeEdit::takeTheme);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(marginWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, m_numbers, qOverload<>(&QWidget::update));
    takeTheme();
}

void CodeEdit::takeTheme()
{
    setFont(Theme::instance().monospace());
    setTabStopDistance(2 * fontMetrics().horizontalAdvance(u' '));
    setViewportMargins(marginWidth(), 0, 0, 0);
}

int CodeEdit::marginWidth() const
{
    const int digits = static_cast<int>(QString::number(qMax(100, blockCount())).size());
    return digits * fontMetrics().horizontalAdvance(u'9') + 2 * gap;
}

QTextCursor CodeEdit::cursorFor(int line, int column) const
{
    const QTextBlock block = document()->findBlockByNumber(qMax(0, line - 1));
    QTextCursor cursor(block.isValid() ? block : document()->lastBlock());
    cursor.setPosition(cursor.block().position() + qBound(0, column - 1, cursor.block().length() - 1));
    return cursor;
}

void CodeEdit::setRemarks(const QList<CodeRemark>& remarks)
{
    m_remarks = remarks;
    QList<QTextEdit::ExtraSelection> marks;
    for (const CodeRemark& remark : remarks.first(qMin(remarks.size(), mostUnderlined))) {
        if (remark.line <= 0) {
            continue;
        }
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursorFor(remark.line, remark.column);
        const int last = document()->characterCount() - 1;
        if (remark.length > 0) {
            mark.cursor.setPosition(qMin(mark.cursor.position() + remark.length, last), QTextCursor::KeepAnchor);
        } else {
            mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        }
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(remark.isWarning ? Theme::instance().muted() : Theme::instance().error());
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void CodeEdit::goTo(int line, int column)
{
    setTextCursor(cursorFor(line, column));
    centerCursor();
    setFocus();
}

bool CodeEdit::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int line = cursorForPosition(help->pos()).blockNumber() + 1;
        QStringList texts;
        for (const CodeRemark& remark : std::as_const(m_remarks)) {
            if (remark.line == line) {
                texts.append(remark.text);
            }
        }
        QToolTip::showText(help->globalPos(), texts.join(u'\n'), this);
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), marginWidth(), inside.height());
}

void CodeEdit::paintNumbers(const QRect& area)
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
