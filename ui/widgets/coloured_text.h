// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QString>

class QLabel;

namespace sockeye {

/// Has all of its text in that colour.
void setTextColour(QLabel& label, const QColor& colour);

/// A dot in that colour before some words, as rich text: ● for what runs, ○ for what does not. The words are taken as
/// they are, whatever stands in them.
[[nodiscard]] QString dotAndWords(bool runs, const QColor& colour, const QString& words);

} // namespace sockeye
