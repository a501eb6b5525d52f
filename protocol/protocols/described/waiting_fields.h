// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

#include <mutex>

namespace sockeye {

/// Numbers for the fields that messages of one description wait for (Progress::part), given out as they are met. Any
/// thread may ask.
class WaitingFields {
public:
    /// The number of the field at that path; those of an array's elements share one.
    [[nodiscard]] quint16 partOf(const QByteArray& path);
    /// The path without places in arrays; empty where the number was not given out.
    [[nodiscard]] QByteArray pathOf(quint16 part) const;

private:
    mutable std::mutex m_mutex;
    QHash<QByteArray, quint16> m_parts;
    QList<QByteArray> m_paths; ///< by number, from 1
};

} // namespace sockeye
