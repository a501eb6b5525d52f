// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export.h"

#include <QByteArray>

#include <memory>

namespace sockeye {

/// What happened, in rows: three TCP connections and one of UDP, messages whole, cut and glued, a bad message of many
/// pieces, an error and a note. Kept in `file`.
[[nodiscard]] std::shared_ptr<Capture> sampleCapture(const QString& file);

/// Every row.
[[nodiscard]] RowChoice allRows(const Capture& capture);

/// What one direction of a connection carried.
[[nodiscard]] QByteArray streamBytes(const Capture& capture, quint32 connection, Direction direction);

[[nodiscard]] QByteArray contentOf(const QString& file);

/// Runs a program and gives what it prints; its complaints where it fails.
[[nodiscard]] QByteArray run(const QString& program, const QStringList& arguments);

} // namespace sockeye
