// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QJsonObject>
#include <QList>

#include <tl/expected.hpp>

namespace sockeye {

/// One open page of a workspace.
struct WorkspaceEntry {
    QJsonObject page; ///< what Page::saveState() gave: has a "kind"
    int side = 0; ///< of the main window: 0 or 1
    QByteArray window; ///< geometry of the window that it is torn off into; empty: in the main window
};

/// Which pages are open, and where: what a `.sockeye` file holds, and what comes back at the next start.
struct Workspace {
    QList<WorkspaceEntry> entries;
    qsizetype current = 0;
    Qt::Orientation split = Qt::Horizontal; ///< how two sides lie
};

[[nodiscard]] QJsonObject toJson(const Workspace& workspace);

/// Anything may be in a file: fails with words for people where `object` is no workspace, leaves out entries that are
/// none.
[[nodiscard]] tl::expected<Workspace, Failure> workspaceFromJson(const QJsonObject& object, const QString& subject);

[[nodiscard]] tl::expected<Workspace, Failure> readWorkspaceFile(const QString& file);
[[nodiscard]] Failure writeWorkspaceFile(const QString& file, const Workspace& workspace); ///< None: done

/// True for `.sockeye`.
[[nodiscard]] bool isWorkspaceFile(const QString& file);

} // namespace sockeye
