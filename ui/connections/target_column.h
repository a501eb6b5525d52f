// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace sockeye {

class DenseTable;

/// The column of a relay's other side in the table of connections: hidden until it is shown, and then beside the peer.
class TargetColumn final : public QObject {
    Q_OBJECT
public:
    explicit TargetColumn(DenseTable& table, QObject* parent);

    void show();

private:
    void fitToFont();
    DenseTable& m_table;
};

} // namespace sockeye
