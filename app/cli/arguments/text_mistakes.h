// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/common_arguments.h"
#include "protocol/rules/mistake.h"

#include <QStringList>

namespace sockeye::cli {

/// Says what is wrong with a file in TOML on standard error, each with its place; `sentences` are of `mistakes`, whose
/// places are in `text`, or say why there is no text. The last one becomes the error where the file cannot be used.
[[nodiscard]] Taken takeMistakes(
    const QStringList& sentences, const QList<rules::Mistake>& mistakes, const QString& text, bool isUsable);

} // namespace sockeye::cli
