// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QComboBox>

namespace sockeye {

/// A combo box whose list is made when it is opened, because making it costs something or what belongs in it changes.
class FillingComboBox : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;
    void showPopup() override;

Q_SIGNALS:
    void aboutToShow(); ///< the list is about to open: fill it now
};

} // namespace sockeye
