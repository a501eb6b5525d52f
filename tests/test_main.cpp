// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PROGRAM TEST [OPTIONS OF QT TEST]: runs one of the test classes that are linked into it.

#include "tests/testcase.h"

#ifdef SOCKEYE_TEST_WIDGETS
#include "ui/window/gui_thread_watch.h"

#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif

#include <QTest>

#include <cstdio>

int main(int argc, char** argv)
{
    const Application application(argc, argv);
#ifdef SOCKEYE_TEST_WIDGETS
    sockeye::watchGuiThread();
#endif
    const std::unique_ptr<QObject> test = argc > 1 ? sockeye::TestEntry::make(argv[1]) : nullptr;
    if (!test) {
        std::fprintf(stderr, "Name one of these tests first:\n");
        for (const QByteArray& name : sockeye::TestEntry::names()) {
            std::fprintf(stderr, "  %s\n", name.constData());
        }
        return 2;
    }
    return QTest::qExec(test.get(), argc - 1, argv + 1);
}
