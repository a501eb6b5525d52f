// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/code_edit.h"

namespace sockeye {

/// The text of rules, in TOML.
class RulesEdit : public CodeEdit {
    Q_OBJECT
public:
    explicit RulesEdit(QWidget* parent = nullptr);
};

} // namespace sockeye
