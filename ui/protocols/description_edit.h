// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/mistake.h"
#include "ui/widgets/code_edit.h"

namespace sockeye {

/// The text of a description.
class DescriptionEdit : public CodeEdit {
    Q_OBJECT
public:
    explicit DescriptionEdit(QWidget* parent = nullptr);

    void setMistakes(const QList<kaitai::Mistake>& mistakes);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace sockeye
