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

/// What searches found, a row each: append only, read on the shared ticker. What a hit says is read when it is shown.
class HitsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { Page, Connection, Direction, Time, Message, Offset, Bytes, Text };
    static constexpr int columns = 8;

    explicit HitsModel(QObject* parent = nullptr);
    ~HitsModel() override;

    void clear();
    /// Hits of `search` from now on; of the one before no more come.
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
        int begin = 0; ///< its first row
        bool hasRows = false;
    };
    [[nodiscard]] const Part& partOf(int row) const;
    [[nodiscard]] const ByteHitDetail* detail(int row) const;
    [[nodiscard]] QString text(int row, Column column) const;

    std::vector<Part> m_parts;
    int m_count = 0;
    HitDetails* m_details;
};

} // namespace sockeye
