// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/filling_combo_box.h"

namespace sockeye {

void FillingComboBox::showPopup()
{
    Q_EMIT aboutToShow();
    QComboBox::showPopup();
}

} // namespace sockeye
