// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sockeye's server in the whole window, everything recorded on disk and followed by the messages table.
//
// bench_window_server one|keep: prints the port that it listens on, serves until it is killed.

#include "app/platform/file_limit.h"
#include "tests/bench/window/served_window.h"

#include <QApplication>

#include <cstdio>

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_window_server one|keep\n", stderr);
        return 2;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    sockeye::raiseFileLimit();
    const QApplication application(argc, argv);
    const sockeye::ServedWindow window(qstrcmp(argv[1], "keep") == 0);
    std::printf("%d\n", window.port());
    std::fflush(stdout);
    return QApplication::exec();
}
