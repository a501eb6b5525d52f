// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_search.h"

#include <QAbstractTableModel>
#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace sockeye {

class Capture;
class HitDetails;

/// Where bytes are looked for.
struct SearchTarget {
    QString title; ///< of the page
    std::shared_ptr<Capture> capture;
    QPointer<QObject> page; ///< null once it is closed
};

/// What searches found, a row each, in the order in which it was found: append only, read on the shared ticker. What a
/// hit says is read when it is shown.
class HitsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { Page, Connection, Direction, Time, Message, Offset, Bytes, Text };
    static constexpr int columns = 8;

    explicit HitsModel(QObject* parent = nullptr);
    ~HitsModel() override;

    void clear();
    /// Hits of `search` from now on, besides those of others.
    void add(const SearchTarget& target, std::shared_ptr<ByteSearch> search);
    void takeNew(); ///< the ticker calls it

    struct Hit {
        SearchTarget target;
        StreamPlace place;
        qsizetype row = -1; ///< of the capture; -1: not known, or of no message
        qint64 size = 0; ///< 0: not known yet
    };
    [[nodiscard]] Hit hit(int row) const; ///< `row` is in range

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Part {
        SearchTarget target;
        std::shared_ptr<ByteSearch> search;
        qsizetype taken = 0; ///< hits that have rows of the table
        int rowsRevision = 0;
    };
    /// Rows one after the other that are hits of the same search, one after the other.
    struct Run {
        int begin = 0; ///< row
        std::size_t part = 0;
        qsizetype first = 0; ///< hit
    };
    struct Place {
        const Part& part;
        qsizetype hit;
    };
    [[nodiscard]] Place placeOf(int row) const;
    void takeRows();
    [[nodiscard]] const ByteHitDetail* detail(int row) const;
    [[nodiscard]] QString text(int row, Column column) const;

    std::vector<Part> m_parts;
    std::vector<Run> m_runs;
    int m_count = 0;
    HitDetails* m_details;
};

} // namespace sockeye
