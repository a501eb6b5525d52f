// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_view.h"

#include "app/ladder/ladder_words.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

namespace sockeye {

namespace {

constexpr int wantedSteps = 12; ///< seen, where there is room
constexpr qsizetype mostSeen = LadderReader::mostSteps / 2; ///< of any window

} // namespace

LadderView::LadderView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_fetcher(new LadderFetcher(this))
{
    setAccessibleName(tr("Ladder"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setAccessibleName(tr("Part of the ladder"));
    horizontalScrollBar()->setAccessibleName(tr("Life lines that are seen"));
    connect(m_fetcher, &LadderFetcher::ready, this, &LadderView::take);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

LadderGeometry LadderView::ladderGeometry() const
{
    return { fontMetrics(), m_picture ? m_picture->leftColumns : 1, m_picture ? m_picture->rightColumns : 1,
        viewport()->width() };
}

QSize LadderView::sizeHint() const
{
    const LadderGeometry geometry = ladderGeometry();
    return { LadderGeometry::leastWidth(fontMetrics(), 1, 1),
        geometry.headingHeight() + wantedSteps * geometry.stepHeight() };
}

void LadderView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void LadderView::setConnection(const std::shared_ptr<Capture>& capture, quint32 connection)
{
    m_fetcher->setConnection(capture, connection);
    m_capture = capture;
    m_picture.reset();
    m_isFirst = true;
    m_follows = false;
    m_reveals = m_selectedRow >= 0;
    m_hasScrolled = false;
    m_chooses = false;
    m_marks.hovered = -1;
    m_marks.current = -1;
    updateBars();
    ask();
    viewport()->update();
    told();
    Q_EMIT pictureChanged();
}

void LadderView::refresh(bool onlyNew)
{
    if (!m_fetcher->isBusy()) {
        ask(onlyNew);
    }
}

qsizetype LadderView::firstStep() const
{
    return verticalScrollBar()->value();
}

int LadderView::stepsSeen() const
{
    const LadderGeometry geometry = ladderGeometry();
    return std::max(1, (viewport()->height() - geometry.headingHeight()) / geometry.stepHeight());
}

/// What is seen, and as much before and behind it: one scrolls on while it is read.
void LadderView::ask(bool onlyNew)
{
    const qsizetype seen = std::min<qsizetype>(stepsSeen() + 1, mostSeen);
    LadderRequest request;
    request.first = m_follows ? std::numeric_limits<qsizetype>::max() : firstStep() - seen / 2;
    request.count = seen * 2;
    request.selected = m_selectedRow;
    request.onlyNew = onlyNew;
    m_fetcher->ask(request);
}

void LadderView::take(const LadderPicturePtr& picture)
{
    m_picture = picture;
    if (m_isFirst && picture->progress >= 1) {
        m_isFirst = false;
        // What begins is followed; what is long already is read from its beginning.
        m_follows = picture->total <= stepsSeen();
    }
    updateBars();
    if (picture->progress < 1) {
        ask();
    }
    takeSelected();
    chooseCurrent();
    viewport()->update();
    told();
    Q_EMIT pictureChanged();
}

/// What is selected elsewhere is current here.
void LadderView::takeSelected()
{
    if (!m_reveals || m_picture->selectedRow != m_selectedRow) {
        return;
    }
    m_marks.current = m_picture->selectedStep;
    if (m_picture->selectedStep >= 0) {
        m_reveals = false;
        if (!m_hasScrolled) {
            reveal(m_picture->selectedStep);
        }
    }
}

/// Says which row of the capture the current step is.
void LadderView::chooseCurrent()
{
    const LadderStep* const step = m_picture ? m_picture->step(m_marks.current) : nullptr;
    if (!m_chooses || step == nullptr) {
        return;
    }
    m_chooses = false;
    if (step->row >= 0) {
        m_selectedRow = step->row;
        Q_EMIT chosen(step->row);
    }
}

void LadderView::setSelected(qsizetype row)
{
    if (row == m_selectedRow) {
        return;
    }
    m_selectedRow = row;
    m_marks.current = -1;
    m_chooses = false;
    m_reveals = row >= 0;
    m_hasScrolled = false;
    ask();
    viewport()->update();
    told();
}

void LadderView::updateBars()
{
    const LadderGeometry geometry = ladderGeometry();
    const int seen = stepsSeen();
    const auto most = static_cast<int>(
        std::clamp<qsizetype>(total() - seen, 0, std::numeric_limits<int>::max() / 2)); // no page beyond an int
    m_isMoving = true;
    verticalScrollBar()->setRange(0, most);
    verticalScrollBar()->setPageStep(seen);
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setRange(0, std::max(0, geometry.width() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(16);
    if (m_follows) {
        verticalScrollBar()->setValue(most);
    }
    m_isMoving = false;
}

void LadderView::scrollContentsBy(int /*dx*/, int dy)
{
    viewport()->update();
    if (m_isMoving) {
        return;
    }
    if (dy != 0) {
        m_hasScrolled = true; // whoever has looked elsewhere since stays there
        m_follows = verticalScrollBar()->value() == verticalScrollBar()->maximum();
        setHovered(-1);
        ask();
    }
}

void LadderView::reveal(qsizetype step)
{
    const qsizetype first = firstStep();
    const int seen = stepsSeen();
    if (step < 0 || (step >= first && step < first + seen)) {
        return;
    }
    // One step farther is a step; a place elsewhere is shown with what is around it.
    const qsizetype wanted = step == first - 1 ? step : step == first + seen ? first + 1 : step - seen / 2;
    verticalScrollBar()->setValue(static_cast<int>(std::clamp<qsizetype>(wanted, 0, verticalScrollBar()->maximum())));
}

void LadderView::goTo(qsizetype step)
{
    if (total() == 0) {
        return;
    }
    m_marks.current = std::clamp<qsizetype>(step, 0, total() - 1);
    m_marks.hovered = -1;
    m_reveals = false;
    m_chooses = true;
    reveal(m_marks.current);
    chooseCurrent();
    viewport()->update();
    told();
}

QString LadderView::sentence() const
{
    if (!m_picture) {
        return {};
    }
    const LadderStep* const step = m_picture->step(m_marks.hovered >= 0 ? m_marks.hovered : m_marks.current);
    QString text = step != nullptr ? ladderSentence(*step, m_picture->startTime) : QString();
    if (m_picture->progress < 1) {
        return tr("The messages of the capture are being looked through, %1 % so far. %2")
            .arg(QString::number(static_cast<int>(m_picture->progress * 100)), text);
    }
    return text;
}

void LadderView::told()
{
    const QString text = sentence();
    if (text == m_told) {
        return;
    }
    m_told = text;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    Q_EMIT sentenceChanged();
}

void LadderView::setHovered(qsizetype step)
{
    if (std::exchange(m_marks.hovered, step) != step) {
        viewport()->update();
        told();
    }
}

QRect LadderView::stepRect(qsizetype number) const
{
    const LadderGeometry geometry = ladderGeometry();
    const auto far = static_cast<int>(std::clamp<qsizetype>(number - firstStep(), -mostSeen, mostSeen));
    return { -horizontalScrollBar()->value(), geometry.headingHeight() + far * geometry.stepHeight(), geometry.width(),
        geometry.stepHeight() };
}

qsizetype LadderView::stepAt(QPoint point) const
{
    const LadderGeometry geometry = ladderGeometry();
    const int y = point.y() - geometry.headingHeight();
    const qsizetype step = firstStep() + y / geometry.stepHeight();
    return y < 0 || step >= total() || point.x() + horizontalScrollBar()->value() >= geometry.width() ? -1 : step;
}

void LadderView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    const LadderGeometry geometry = ladderGeometry();
    LadderPainter ladder(painter, geometry, font(), Theme::instance().isDark());
    ladder.paintBackground(viewport()->rect());
    if (!m_picture || m_picture->total == 0) {
        painter.setPen(Theme::instance().muted());
        painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    LadderMarks marks = m_marks;
    marks.hasFocus = hasFocus();
    painter.translate(-horizontalScrollBar()->value(), 0);
    ladder.paintSteps(*m_picture, firstStep(), firstStep() + stepsSeen() + 1, geometry.headingHeight(), marks);
    ladder.paintHeading(*m_picture, firstStep(), 0);
}

} // namespace sockeye
