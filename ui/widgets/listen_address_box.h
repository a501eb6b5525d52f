// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/filling_combo_box.h"

#include <QJsonValue>

namespace sockeye {

/// The field "Listen address": an address of this machine or a name, typed or chosen of those that there are now.
class ListenAddressBox final : public FillingComboBox {
    Q_OBJECT
public:
    /// `address` is what stands in it at first.
    explicit ListenAddressBox(const QString& address, QWidget* parent = nullptr);

    void restore(const QJsonValue& state); ///< a saved currentText(); anything else is ignored

Q_SIGNALS:
    void returnPressed(); ///< in the field

private:
    void fillAddresses();
};

} // namespace sockeye
