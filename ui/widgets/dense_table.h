// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QTableView>

namespace sockeye {

/// A table of many rows that never change their height: no grid, whole rows selected, widths made for what stands in
/// the columns, and a word about what belongs there while it is empty.
class DenseTable : public QTableView {
    Q_OBJECT
public:
    explicit DenseTable(QWidget* parent = nullptr);

    /// Shown in the middle while there are no rows.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }
    /// The widest usual text of each column; an empty one, or none, for the column that takes what is left.
    void setSampleTexts(const QStringList& samples);

    /// Column widths that the user chose.
    [[nodiscard]] QJsonObject saveColumns() const;
    void restoreColumns(const QJsonObject& state);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitToFont();
    [[nodiscard]] bool hasSample(int column) const;
    QString m_emptyText;
    QStringList m_samples;
    bool m_widthsChosen = false; ///< by the user: fonts do not change them any more
    bool m_fitting = false;
};

} // namespace sockeye
