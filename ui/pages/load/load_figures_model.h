// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_figures.h"

#include <QAbstractTableModel>

#include <optional>

namespace sockeye {

/// The figures of a load, beside those of the run before it where there was one.
class LoadFiguresModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { Figure, ThisRun, RunBefore, Change, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setFigures(const LoadReport& report);
    void setBefore(const std::optional<LoadFigures>& before);
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void setLines(std::vector<ComparedFigure> lines);

    std::vector<ComparedFigure> m_lines;
    std::optional<LoadFigures> m_before;
};

} // namespace sockeye
