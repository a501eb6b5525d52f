// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace sockeye {

/// Something that a file should have, and that is about to go.
struct Unsaved {
    QString title; ///< of the question
    QString what; ///< is not saved, in a sentence
    QString why; ///< it is about to go, in a sentence
};

/// "“rules.toml” has changes that are not saved."; `file` may have its folder.
[[nodiscard]] QString changesNotSaved(const QString& file);

/// Asks what is to become of it, and does that; nothing if it is to be kept as it is. Comes back at once. The question
/// belongs to `parent`, and goes with it.
void askAboutUnsaved(
    QWidget* parent, const Unsaved& unsaved, const std::function<void()>& save, const std::function<void()>& discard);

} // namespace sockeye
