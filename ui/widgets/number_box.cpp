// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/number_box.h"

namespace sockeye {

NumberBox::NumberBox(const QString& name, int minimum, int maximum, int value, QWidget* parent)
    : QSpinBox(parent)
{
    setAccessibleName(name);
    setRange(minimum, maximum);
    setValue(value);
    setGroupSeparatorShown(true);
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setAlignment(Qt::AlignRight);
}

void NumberBox::restore(const QJsonValue& state)
{
    setValue(state.toInt(value())); // which keeps to its range
}

} // namespace sockeye
