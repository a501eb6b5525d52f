// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye::cli {

class Output;

// Files for what a run comes to. Why they cannot be written, is complained of: false. Nothing is done for an empty
// name.

/// Whether that file can be written, asked before the run. Leaves nothing behind; "-" is standard output.
[[nodiscard]] bool canBeWritten(const QString& name);
/// Writes it whole, or not at all. What goes wrong with standard output is said when that ends.
[[nodiscard]] bool writeResult(Output& output, const QString& name, const QByteArray& bytes);

} // namespace sockeye::cli
