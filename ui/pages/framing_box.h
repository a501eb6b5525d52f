// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

#include <QComboBox>

namespace sockeye {

/// The choice "Read as": the rule by which captured streams are cut into messages.
class FramingBox : public QComboBox {
    Q_OBJECT
public:
    explicit FramingBox(QWidget* parent = nullptr);

    void setFraming(FramingKind framing);
    [[nodiscard]] FramingKind framing() const;

Q_SIGNALS:
    void chosen(FramingKind framing); ///< by the user
};

} // namespace sockeye
