// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

class DenseTable;

/// Leaves out columns of the table of connections, one after the other, as long as there is no room for all of them
/// beside what a connection waits for, which people come for: first those that are often empty or tell of the past.
class YieldingColumns final {
public:
    explicit YieldingColumns(DenseTable& table)
        : m_table(table)
    {
    }

    /// To be called when the table has another width, or shows other columns.
    void fit();
    [[nodiscard]] static bool isOne(int column); ///< it may be left out

private:
    DenseTable& m_table;
};

} // namespace sockeye
