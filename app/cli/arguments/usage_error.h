// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye::cli {

/// What is wrong with the command line.
struct UsageError {
    // Most errors are a sentence and nothing else.
    UsageError(QString sentence, QString picture = {}) // NOLINT(google-explicit-constructor)
        : text(std::move(sentence))
        , shown(std::move(picture))
    {
    }

    QString text;
    QString shown; ///< lines that show the place, with a caret below it; empty where there is none
};

} // namespace sockeye::cli
