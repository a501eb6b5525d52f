// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"

#include <QTableView>

namespace sockeye {

class ValueModel;

/// The selected bytes as every integer and float width in both byte orders side by side, as text, bits and times.
/// Accessible name "Value inspector". Ctrl+C copies the current cell.
class ValueView : public QTableView {
    Q_OBJECT
public:
    explicit ValueView(QWidget* parent = nullptr);

    /// Reads from `offset` on. `selected` 0: nothing is selected, the bytes at the cursor are read.
    void setBytes(const InspectedMessagePtr& message, qint64 offset, qint64 selected);
    void copyCurrent() const;

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fitRows();

    ValueModel* m_model;
};

} // namespace sockeye
