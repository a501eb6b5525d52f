// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace sockeye {

class Page;

/// A file name out of a page's title: "Server 65432" → "server-65432".
[[nodiscard]] QString fileNameFor(const QString& title);

// Asking the user for files. None waits: `chosen` is called when, and only if, the user has decided.

void askForFilesToOpen(QWidget* window, const std::function<void(const QStringList&)>& chosen);
void askWhereToSaveCapture(QWidget* window, const Page& page, const std::function<void(const QString&)>& chosen);
/// `count` captures that were left behind: one gets a name, several a folder.
void askWhereToSaveLeftCaptures(QWidget* window, qsizetype count, const std::function<void(const QString&)>& chosen);
/// `name` is proposed, without its suffix.
void askWhereToSaveWiresharkDissector(
    QWidget* window, const QString& name, const std::function<void(const QString&)>& chosen);
void askWhereToSaveWorkspace(QWidget* window, const std::function<void(const QString&)>& chosen);

} // namespace sockeye
