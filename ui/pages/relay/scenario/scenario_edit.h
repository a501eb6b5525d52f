// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/code_edit.h"

namespace sockeye {

/// The text of a scenario: a line for each fault that comes or goes.
class ScenarioEdit final : public CodeEdit {
    Q_OBJECT
public:
    explicit ScenarioEdit(QWidget* parent = nullptr);
};

} // namespace sockeye
