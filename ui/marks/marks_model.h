// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark_book.h"
#include "app/reading/capture.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace sockeye {

/// The marks of a capture as a table, by time; looks for changes on the shared ticker. Notes can be edited.
class MarksModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { Mark, Note, Connection, Direction, Time, Offset };
    static constexpr int columns = 6;

    explicit MarksModel(QObject* parent = nullptr);

    void setCapture(std::shared_ptr<Capture> capture); ///< null: an empty table
    void takeNew(); ///< what has changed; the ticker calls it
    [[nodiscard]] const MessageMark& mark(int row) const { return m_marks.at(static_cast<std::size_t>(row)); }
    [[nodiscard]] int rowOf(const StreamPlace& place) const; ///< -1 where there is none
    void remove(int row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const MessageMark& mark, Column column) const;

    std::shared_ptr<Capture> m_capture;
    std::vector<MessageMark> m_marks;
    quint64 m_revision = 0;
};

} // namespace sockeye
