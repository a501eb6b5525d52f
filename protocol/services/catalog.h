// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QPair>

namespace sockeye {

/// What `search` finds: query → answer, in the order in which people entered them. Matches are exact and
/// case-sensitive.
class Catalog {
public:
    using Entry = QPair<QString, QString>;

    Catalog() = default;
    explicit Catalog(QList<Entry> entries); ///< of several entries with the same query the last one counts

    /// The three entries of the wire protocol.
    [[nodiscard]] static Catalog standard();
    /// From a JSON object of strings: query → answer.
    [[nodiscard]] static Result<Catalog> fromJson(QByteArrayView json);
    [[nodiscard]] QByteArray toJson() const; ///< readable, one entry a line

    [[nodiscard]] const QList<Entry>& entries() const { return m_entries; }
    /// The answer as UTF-8, or null; the pointer lives as long as the catalogue.
    [[nodiscard]] const QByteArray* find(QByteArrayView query) const;

private:
    QList<Entry> m_entries;
    QHash<QByteArray, QByteArray> m_answers;
};

} // namespace sockeye
