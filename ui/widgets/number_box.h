// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QSpinBox>

namespace sockeye {

/// A field for a whole number, typed, with its thousands apart.
class NumberBox final : public QSpinBox {
    Q_OBJECT
public:
    /// `name` is its accessible name.
    NumberBox(const QString& name, int minimum, int maximum, int value, QWidget* parent = nullptr);

    void restore(const QJsonValue& state); ///< what is no number, or none that can be, changes little
};

} // namespace sockeye
