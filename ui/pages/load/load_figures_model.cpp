// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_figures_model.h"

#include "ui/text/display_text.h"

namespace sockeye {

void LoadFiguresModel::setFigures(const LoadReport& report)
{
    const LoadFigures now = figuresOf(report);
    std::vector<ComparedFigure> lines = compared(m_before.value_or(now), now);
    if (!m_before) {
        for (ComparedFigure& line : lines) {
            line.before.clear();
            line.change.clear();
        }
    }
    for (std::size_t i = 0; i < loadErrorCount; ++i) {
        if (report.errors[i] > 0) {
            lines.push_back(
                { tr("  %1").arg(loadErrorText(static_cast<LoadError>(i))), {}, groupedNumber(report.errors[i]), {} });
        }
    }
    const LoadDatagrams& datagrams = report.datagrams;
    const std::pair<QString, qint64> others[] { { tr("Late replies"), datagrams.late },
        { tr("Replies that came twice"), datagrams.duplicate }, { tr("Datagrams nobody asked for"), datagrams.foreign },
        { tr("TLS handshakes"), report.handshakes.count() }, { tr("  resumed"), report.handshakes.resumed } };
    for (const auto& [name, number] : others) {
        if (number > 0) {
            lines.push_back({ name, {}, groupedNumber(number), {} });
        }
    }
    if (report.outstanding > 0) {
        lines.push_back({ tr("Outstanding at the end"), {}, groupedNumber(report.outstanding), {} });
    }
    if (report.notSent > 0) {
        lines.push_back({ tr("Due, never sent"), {}, groupedNumber(report.notSent), {} });
    }
    setLines(std::move(lines));
}

void LoadFiguresModel::setBefore(const std::optional<LoadFigures>& before)
{
    m_before = before;
}

void LoadFiguresModel::clear()
{
    setLines({});
}

/// While a run goes on the same lines come again and again: a reset would lose what is selected.
void LoadFiguresModel::setLines(std::vector<ComparedFigure> lines)
{
    if (lines.size() != m_lines.size()) {
        beginResetModel();
        m_lines = std::move(lines);
        endResetModel();
    } else if (!lines.empty()) {
        m_lines = std::move(lines);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int LoadFiguresModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LoadFiguresModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LoadFiguresModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ComparedFigure& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() != Figure) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Figure:
        return line.name;
    case ThisRun:
        return line.after;
    case RunBefore:
        return line.before;
    case Change:
        return line.change;
    default:
        return {};
    }
}

QVariant LoadFiguresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Figure ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Figure:
        return tr("Figure");
    case ThisRun:
        return tr("This run");
    case RunBefore:
        return tr("Run before");
    case Change:
        return tr("Change");
    default:
        return {};
    }
}

} // namespace sockeye
