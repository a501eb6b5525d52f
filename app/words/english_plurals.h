// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTranslator>

namespace sockeye {

/// The plural forms of the sources' own language. A text with a number is written with "(s)" where an s depends on it,
/// and as for several where a verb does: "%n packet(s) are not shown." Other languages have translations of it; without
/// one it would be shown as it is written. The number has its thousands grouped, as all others have. Each program
/// installs one of these first, so that a translation comes before it.
class EnglishPlurals : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(
        const char* context, const char* sourceText, const char* disambiguation, int n) const override;
};

} // namespace sockeye
