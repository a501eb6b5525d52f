// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

namespace sockeye {

/// What stands in it has all of the room, and shares it out among its parts, as long as there is enough for the least
/// height of each; in a lower window it keeps that height, and one scrolls. Without a frame, as if it were not there.
class LowPageArea final : public QScrollArea {
    Q_OBJECT
public:
    /// `content` has a layout, and belongs to it.
    explicit LowPageArea(QWidget* content, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override; ///< of some lines

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
};

} // namespace sockeye
