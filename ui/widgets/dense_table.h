// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
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

    /// Columns of names that may be long, such as paths: their middle is left out where they are cut, and they get what
    /// room there is to spare, in equal parts, until somebody chooses widths. `last` is the widest usual text of the
    /// column that takes what is left then.
    void setNameColumns(const QList<int>& columns, const QString& last);
    /// Shares out the room anew: other columns are shown.
    void fitNames();
    /// What a column takes at least: that of names may have more.
    [[nodiscard]] int leastColumnWidth(int column) const;
    /// The same of a column with a sample that may be hidden: what it takes once it is shown.
    [[nodiscard]] int shownWidth(int column) const;

    /// So many rows are always to be seen below the header, whatever the font.
    void setFewestRows(int rows);

    /// Column widths that the user chose.
    [[nodiscard]] QJsonObject saveColumns() const;
    void restoreColumns(const QJsonObject& state);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitToFont();
    [[nodiscard]] int usualWidth(int column) const;
    [[nodiscard]] bool hasSample(int column) const;
    QString m_emptyText;
    QStringList m_samples;
    QList<int> m_nameColumns;
    QString m_lastSample; ///< of the column that takes what is left
    QHash<int, int> m_hiddenWidths; ///< that hidden columns had, or are to have, which headers do not tell
    int m_fewestRows = 0;
    bool m_widthsChosen = false; ///< by the user: fonts do not change them any more
    bool m_fitting = false;
};

} // namespace sockeye
