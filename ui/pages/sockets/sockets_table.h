// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_query.h"
#include "ui/widgets/dense_table.h"

namespace sockeye {

class SocketsModel;

/// The table of sockets: what one reads stays where it is when the sockets around it come and go. Accessible name
/// "Sockets".
class SocketsTable final : public DenseTable {
    Q_OBJECT
public:
    explicit SocketsTable(QWidget* parent = nullptr);

    void setRows(const std::vector<SocketRow>& rows);
    [[nodiscard]] const SocketRow* currentSocket() const; ///< null: none; valid until setRows()
    [[nodiscard]] QString selectedText() const; ///< the selected rows, tabs between their cells

    void showOrder(SocketColumn column, bool descending);

Q_SIGNALS:
    void orderWanted(sockeye::SocketColumn column, bool descending);
    void currentSocketChanged(); ///< another one, or its figures

private:
    void titleClicked(int column);

    SocketsModel* m_model;
    SocketColumn m_column = SocketColumn::Local;
    bool m_descending = false;
};

} // namespace sockeye
