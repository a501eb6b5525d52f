// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/dense_table.h"

#include "ui/theme/theme.h"
#include "ui/widgets/cell_delegate.h"

#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr int rowPadding = 4;
constexpr int cellPadding = 12;
constexpr int narrowestColumn = 16;
constexpr int widestColumn = 4000;
constexpr int widestName = 60; ///< characters: names get no more of their own accord

} // namespace

DenseTable::DenseTable(QWidget* parent)
    : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    setItemDelegate(new CellDelegate(this));
    // Rows by item: the header keeps no pixel positions, and a new row below never moves the ones above.
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(narrowestColumn);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int section, int before, int now) {
        const bool isShownOrHidden = before == 0 || now == 0; // nobody chose a width then
        m_widthsChosen = m_widthsChosen || (!m_fitting && !isShownOrHidden && hasSample(section));
        if (now == 0) {
            m_hiddenWidths.insert(section, before);
        }
    });
    fitToFont();
}

void DenseTable::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void DenseTable::setSampleTexts(const QStringList& samples)
{
    m_samples = samples;
    fitToFont();
}

void DenseTable::setFewestRows(int rows)
{
    m_fewestRows = rows;
    fitToFont();
}

void DenseTable::fitToFont()
{
    m_fitting = true;
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowPadding);
    if (m_fewestRows > 0) {
        const int rows = m_fewestRows * verticalHeader()->defaultSectionSize() + 2 * frameWidth();
        setMinimumHeight(std::max(minimumSizeHint().height(), horizontalHeader()->sizeHint().height() + rows));
    }
    if (model() && !m_widthsChosen) {
        for (int column = 0; column < m_samples.size(); ++column) {
            if (hasSample(column)) {
                setColumnWidth(column, usualWidth(column));
            }
        }
        fitNames();
    }
    m_fitting = false;
}

int DenseTable::usualWidth(int column) const
{
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    const int text = fontMetrics().horizontalAdvance(m_samples.at(column));
    return std::max(text, horizontalHeader()->fontMetrics().horizontalAdvance(title)) + cellPadding;
}

void DenseTable::setNameColumns(const QList<int>& columns, const QString& last)
{
    m_nameColumns = columns;
    m_lastSample = last;
    for (const int column : columns) {
        setItemDelegateForColumn(column, new CellDelegate(this, Qt::ElideMiddle));
    }
    fitToFont();
}

int DenseTable::leastColumnWidth(int column) const
{
    const bool isSpread = m_nameColumns.contains(column) && !m_widthsChosen && !isColumnHidden(column);
    return isSpread ? usualWidth(column) : columnWidth(column);
}

int DenseTable::shownWidth(int column) const
{
    if (!isColumnHidden(column) || !hasSample(column)) {
        return leastColumnWidth(column);
    }
    return m_widthsChosen ? m_hiddenWidths.value(column, usualWidth(column)) : usualWidth(column);
}

/// What is left beside all other columns, for those of names.
void DenseTable::fitNames()
{
    if (m_nameColumns.isEmpty() || m_widthsChosen || model() == nullptr) {
        return;
    }
    const QScopedValueRollback<bool> fitting(m_fitting, true);
    const QHeaderView& header = *horizontalHeader();
    int spare = viewport()->width() - fontMetrics().horizontalAdvance(m_lastSample) - cellPadding;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const bool takesTheRest = header.sectionResizeMode(column) == QHeaderView::Stretch
            || (header.stretchLastSection() && header.visualIndex(column) == header.count() - 1);
        spare -= takesTheRest ? 0 : leastColumnWidth(column);
    }
    const int widest = fontMetrics().averageCharWidth() * widestName;
    const int share = std::max(0, spare / static_cast<int>(m_nameColumns.size()));
    for (const int column : std::as_const(m_nameColumns)) {
        const int usual = usualWidth(column);
        setColumnWidth(column, std::max(usual, std::min(usual + share, widest)));
    }
}

void DenseTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitNames();
}

bool DenseTable::hasSample(int column) const
{
    return column < m_samples.size() && !m_samples.at(column).isEmpty();
}

void DenseTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitToFont();
    }
}

void DenseTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || !model() || model()->rowCount() > 0) {
        return;
    }
    QPainter painter(viewport());
    painter.setPen(Theme::instance().muted());
    painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

QJsonObject DenseTable::saveColumns() const
{
    if (!m_widthsChosen) {
        return {};
    }
    QJsonArray widths;
    for (int column = 0; column < m_samples.size(); ++column) {
        widths.append(isColumnHidden(column) ? shownWidth(column) : columnWidth(column));
    }
    return { { QStringLiteral("widths"), widths } };
}

void DenseTable::restoreColumns(const QJsonObject& state)
{
    // From a file that anybody may have written: widths are clamped, what does not fit the columns is left out.
    const QJsonArray widths = state.value(QLatin1StringView("widths")).toArray();
    if (widths.size() != m_samples.size()) {
        return;
    }
    for (int column = 0; column < m_samples.size(); ++column) {
        if (!hasSample(column)) {
            continue;
        }
        const int width = std::clamp(widths.at(column).toInt(columnWidth(column)), narrowestColumn, widestColumn);
        setColumnWidth(column, width);
        m_hiddenWidths.insert(column, width);
    }
    m_widthsChosen = true;
}

} // namespace sockeye
