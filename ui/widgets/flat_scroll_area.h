// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

namespace sockeye {

/// Shows something at its full height where there is room, and scrolls it up and down where there is not. Without a
/// frame, as if it were not there.
class FlatScrollArea final : public QScrollArea {
    Q_OBJECT
public:
    /// `content` belongs to it. `leastLines` of text are always to be seen, or all of a lower content.
    explicit FlatScrollArea(QWidget* content, int leastLines, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] int contentHeight() const;

    int m_leastLines;
};

} // namespace sockeye
