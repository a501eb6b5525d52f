// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace sockeye {

/// What `sockeye` was asked to do at its start.
struct CommandLine {
    bool newServer = false;
    bool newClient = false;
    bool newRelay = false;
    bool demo = false; ///< play the first exchange
    bool quitAfterFirstPaint = false; ///< for benchmarks
    QStringList files; ///< captures and workspaces

    /// Nothing particular: what was open last comes back.
    [[nodiscard]] bool isPlain() const { return !newServer && !newClient && !newRelay && !demo && files.isEmpty(); }
};

/// What to do with a command line: start the window, or print `text` and exit with `exitStatus`.
struct CommandLineOutcome {
    CommandLine commandLine;
    bool start = true;
    int exitStatus = 0; ///< 2: the command line is wrong
    QString text; ///< to standard output, or to standard error if exitStatus is not 0
};

/// `arguments` with the program's name first. Needs no application object: --help works without a display.
[[nodiscard]] CommandLineOutcome readCommandLine(const QStringList& arguments, const QString& version);

} // namespace sockeye
