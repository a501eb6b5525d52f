// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace sockeye {

/// Takes two lines, which hardly any sentence needs more than, before there is one: nothing moves when it comes. Where
/// there is no room it makes none. Until there is a sentence it may say what will stand there.
class RoomyLabel final : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;

    void setHint(const QString& hint); ///< seen while text() is empty
    [[nodiscard]] QString hint() const { return m_hint; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int twoLines() const;

    QString m_hint;
};

} // namespace sockeye
