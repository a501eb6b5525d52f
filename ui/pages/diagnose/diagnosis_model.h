// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>

namespace sockeye {

class Diagnosis;

enum class DiagnosisColumn : quint8 { State, Step, Subject, Time, Text };
inline constexpr int diagnosisColumnCount = 5;

/// The steps of a diagnosis as a table, which grows while it runs.
class DiagnosisModel : public QAbstractTableModel {
    Q_OBJECT
public:
    DiagnosisModel(Diagnosis& diagnosis, QObject* parent); ///< `diagnosis` lives longer

    void reset(); ///< before another run begins

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Diagnosis& m_diagnosis;
    int m_rows = 0; ///< what views were told of
};

} // namespace sockeye
