// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison_view.h"

#include "ui/comparison/comparison_cells.h"
#include "ui/hexview/hex_glyphs.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int signColumns = 5; ///< characters between the sides: three signs and some air

QColor tintOf(const AlignedRun& run)
{
    const FieldKind kind = run.leftSize == 0 ? FieldKind::String
        : run.rightSize == 0                 ? FieldKind::Bad
                                             : FieldKind::Number;
    return Theme::instance().fieldTint(kind);
}

} // namespace

/// Glyphs of one colour are drawn together.
struct ComparisonView::Runs {
    HexGlyphs::Run offsets;
    HexGlyphs::Run plain;
    HexGlyphs::Run dots; ///< unprintable bytes step back in the text column
};

ComparisonView::ComparisonView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Bytes beside each other"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    takeFont();
    connect(&Theme::instance(), &Theme::changed, this, &ComparisonView::takeFont);
}

ComparisonView::~ComparisonView() = default;

void ComparisonView::takeFont()
{
    m_glyphs = std::make_unique<HexGlyphs>(Theme::instance().monospace());
    layOut(m_geometry.lineStart(shownLine(verticalScrollBar()->value())));
    updateGeometry();
}

void ComparisonView::setComparison(ComparisonPtr comparison)
{
    m_comparison = std::move(comparison);
    m_current = -1;
    layOut(0);
    Q_EMIT currentChanged();
}

void ComparisonView::setOnlyDifferences(bool only)
{
    const qint64 top = m_geometry.lineStart(shownLine(verticalScrollBar()->value()));
    m_only = only;
    layOut(top);
}

void ComparisonView::layOut(qint64 keepVisible)
{
    const qint64 cells = m_comparison ? m_comparison->bytes.cells : 0;
    const int side = (viewport()->width() - signColumns * m_glyphs->charWidth()) / 2;
    m_geometry = HexGeometry(cells, side, m_glyphs->charWidth(), m_glyphs->lineHeight());
    chooseLines();
    const int width = rightLeft() + m_geometry.contentWidth();
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(width - viewport()->width(), 0));
    const qint64 page = wholeLines();
    verticalScrollBar()->setPageStep(static_cast<int>(page));
    verticalScrollBar()->setRange(0, static_cast<int>(std::max<qint64>(lineCount() - page, 0)));
    verticalScrollBar()->setValue(static_cast<int>(indexOfLine(m_geometry.lineOf(keepVisible))));
    viewport()->update();
}

void ComparisonView::chooseLines()
{
    m_lines.clear();
    if (!m_only || !m_comparison) {
        return;
    }
    for (const AlignedRun& run : m_comparison->bytes.runs) {
        if (run.isSame) {
            continue;
        }
        const auto first = static_cast<quint32>(m_geometry.lineOf(run.cell));
        const auto last = static_cast<quint32>(m_geometry.lineOf(run.cell + run.cells() - 1));
        for (quint32 line = m_lines.empty() ? first : std::max(first, m_lines.back() + 1); line <= last; ++line) {
            m_lines.push_back(line);
        }
    }
}

qint64 ComparisonView::lineCount() const
{
    if (!m_comparison || m_comparison->bytes.cells == 0) {
        return 0;
    }
    return m_only ? static_cast<qint64>(m_lines.size()) : m_geometry.lineCount();
}

qint64 ComparisonView::shownLine(qint64 index) const
{
    if (!m_only) {
        return index;
    }
    return index >= 0 && index < static_cast<qint64>(m_lines.size()) ? m_lines[static_cast<std::size_t>(index)] : 0;
}

/// Of one that is left out: the next one that is not.
qint64 ComparisonView::indexOfLine(qint64 line) const
{
    return m_only ? std::lower_bound(m_lines.begin(), m_lines.end(), line) - m_lines.begin() : line;
}

int ComparisonView::wholeLines() const
{
    return std::max(1, viewport()->height() / m_geometry.lineHeight());
}

int ComparisonView::signsLeft() const
{
    return m_geometry.contentWidth() + m_glyphs->charWidth();
}

int ComparisonView::rightLeft() const
{
    return m_geometry.contentWidth() + signColumns * m_glyphs->charWidth();
}

QSize ComparisonView::sizeHint() const
{
    constexpr int lines = 20;
    constexpr int bytes = 16;
    const int side = HexGeometry::widthFor(bytes, 4, m_glyphs->charWidth());
    return { 2 * side + (signColumns + 1) * m_glyphs->charWidth(), lines * m_glyphs->lineHeight() };
}

void ComparisonView::showCell(qint64 cell)
{
    const qint64 index = indexOfLine(m_geometry.lineOf(cell));
    QScrollBar* bar = verticalScrollBar();
    if (index < bar->value() || index >= bar->value() + wholeLines()) {
        bar->setValue(static_cast<int>(std::max<qint64>(index - wholeLines() / 3, 0)));
    }
}

void ComparisonView::setCurrent(int run)
{
    m_current = run;
    viewport()->update();
    Q_EMIT currentChanged();
}

void ComparisonView::goToNext(bool backwards)
{
    if (!m_comparison || m_comparison->bytes.places == 0) {
        return;
    }
    const std::vector<AlignedRun>& runs = m_comparison->bytes.runs;
    const auto count = static_cast<int>(runs.size());
    int at = m_current < 0 && backwards ? count : m_current;
    do {
        at = backwards ? (at > 0 ? at - 1 : count - 1) : (at + 1) % count;
    } while (runs[static_cast<std::size_t>(at)].isSame);
    showCell(runs[static_cast<std::size_t>(at)].cell);
    setCurrent(at);
}

void ComparisonView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        takeFont();
    }
}

void ComparisonView::resizeEvent(QResizeEvent* event)
{
    const qint64 top = m_geometry.lineStart(shownLine(verticalScrollBar()->value()));
    QAbstractScrollArea::resizeEvent(event);
    layOut(top);
}

void ComparisonView::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* bar = verticalScrollBar();
    if (event->key() == Qt::Key_Home) {
        bar->setValue(0);
    } else if (event->key() == Qt::Key_End) {
        bar->setValue(bar->maximum());
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void ComparisonView::mousePressEvent(QMouseEvent* event)
{
    const qint64 index = verticalScrollBar()->value() + event->pos().y() / m_geometry.lineHeight();
    if (index >= lineCount()) {
        return;
    }
    const int x = event->pos().x() + horizontalScrollBar()->value();
    const bool isRight = x >= rightLeft();
    const QPoint point(x - (isRight ? rightLeft() : 0), 0);
    const HexGeometry::Hit hit = m_geometry.hit(point, shownLine(index));
    if (hit.offset < 0) {
        return;
    }
    const std::size_t run = runAt(m_comparison->bytes, hit.offset);
    if (!m_comparison->bytes.runs[run].isSame) {
        setCurrent(static_cast<int>(run));
    }
}

void ComparisonView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (!m_comparison) {
        return;
    }
    painter.translate(-horizontalScrollBar()->value(), 0);
    const Theme& theme = Theme::instance();
    Runs runs { HexGlyphs::Run(*m_glyphs), HexGlyphs::Run(*m_glyphs), HexGlyphs::Run(*m_glyphs) };
    painter.setFont(theme.monospace());
    const qint64 first = verticalScrollBar()->value();
    const qint64 last = std::min<qint64>(first + wholeLines() + 1, lineCount());
    for (qint64 index = first; index < last; ++index) {
        const int top = static_cast<int>(index - first) * m_geometry.lineHeight();
        paintLine(painter, runs, shownLine(index), top);
        paintCurrent(painter, shownLine(index), top);
    }
    runs.offsets.draw(painter, theme.muted());
    runs.plain.draw(painter, palette().color(QPalette::Text));
    runs.dots.draw(painter, theme.muted());
}

void ComparisonView::paintLine(QPainter& painter, Runs& runs, qint64 line, int top) const
{
    const qint64 from = m_geometry.lineStart(line);
    const qint64 to = std::min(m_geometry.lineStart(line + 1), m_geometry.size());
    const QColor muted = Theme::instance().muted();
    DifferenceSigns signs;
    paintOffsets(runs, from, to, top);
    forEachRun(m_comparison->bytes, from, to, [&](const AlignedRun& run, qint64 first, qint64 count) {
        signs.add(run);
        for (qint64 cell = first; cell < first + count; ++cell) {
            const int column = m_geometry.columnOf(cell);
            const qint64 number = cell - run.cell;
            for (const bool isRight : { false, true }) {
                const int shift = isRight ? rightLeft() : 0;
                const QRect hex = m_geometry.hexRect(column, 1, top).translated(shift, 0);
                const QRect text = m_geometry.textRect(column, 1, top).translated(shift, 0);
                if (number >= (isRight ? run.rightSize : run.leftSize)) { // the other side has more
                    painter.fillRect(hex, QBrush(muted, Qt::BDiagPattern));
                    continue;
                }
                if (!run.isSame) {
                    painter.fillRect(hex, tintOf(run));
                    painter.fillRect(text, tintOf(run));
                    // A line under it: to be told apart without colours.
                    painter.fillRect(hex.left(), hex.bottom(), hex.width(), 1, palette().color(QPalette::Text));
                }
                const auto byte = static_cast<uchar>(isRight ? m_comparison->rightBytes[run.right + number]
                                                             : m_comparison->leftBytes[run.left + number]);
                runs.plain.addHex(byte, m_geometry.hexGlyphLeft(column) + shift, top);
                (HexGlyphs::isPrintable(byte) ? runs.plain : runs.dots)
                    .addText(byte, m_geometry.textLeft(column) + shift, top);
            }
        }
    });
    if (signs.isAny()) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRect(signsLeft(), top, 3 * m_glyphs->charWidth(), m_geometry.lineHeight()),
            Qt::AlignLeft | Qt::AlignVCenter, signs.text());
    }
}

/// Of the first byte that each side has in the line.
void ComparisonView::paintOffsets(Runs& runs, qint64 from, qint64 to, int top) const
{
    bool isLeftDone = false;
    bool isRightDone = false;
    forEachRun(m_comparison->bytes, from, to, [&](const AlignedRun& run, qint64 first, qint64) {
        const qint64 number = first - run.cell;
        if (!isLeftDone && number < run.leftSize) {
            isLeftDone = true;
            runs.offsets.addDigits(
                static_cast<quint64>(run.left + number), m_geometry.offsetDigits(), m_geometry.offsetLeft(), top);
        }
        if (!isRightDone && number < run.rightSize) {
            isRightDone = true;
            runs.offsets.addDigits(static_cast<quint64>(run.right + number), m_geometry.offsetDigits(),
                m_geometry.offsetLeft() + rightLeft(), top);
        }
    });
}

void ComparisonView::paintCurrent(QPainter& painter, qint64 line, int top) const
{
    if (m_current < 0) {
        return;
    }
    const AlignedRun& run = m_comparison->bytes.runs[static_cast<std::size_t>(m_current)];
    const qint64 first = std::max(run.cell, m_geometry.lineStart(line));
    const qint64 last = std::min(run.cell + run.cells(), m_geometry.lineStart(line + 1));
    if (first >= last) {
        return;
    }
    painter.setPen(QPen(Theme::instance().accent(), 2));
    for (const int shift : { 0, rightLeft() }) {
        const QRect hex = m_geometry.hexRect(m_geometry.columnOf(first), static_cast<int>(last - first), top);
        painter.drawRect(hex.translated(shift, 0).adjusted(0, 1, -1, -1));
    }
}

} // namespace sockeye
