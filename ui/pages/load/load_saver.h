// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_report.h"

#include <functional>

class QWidget;

namespace sockeye {

/// Asks where the result of a load is to go, as JSON or as CSV by the file's name, and writes it in the background.
/// `report` is asked for when the user has decided; `done` gets what to say then: nothing failed, or why.
void askWhereToSaveLoad(QWidget* page, const std::function<const LoadReport&()>& report,
    const std::function<void(const QString& file, const Failure& failure)>& done);

/// Writes it without asking.
void saveLoad(QObject* page, const QString& file, const LoadReport& report,
    const std::function<void(const QString& file, const Failure& failure)>& done);

} // namespace sockeye
