// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/protocol_files.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"
#include "app/platform/standard_streams.h"
#include "app/words/english_plurals.h"
#include "ui/protocols/protocol_library.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible_combo.h"
#include "ui/window/appearance.h"
#include "ui/window/command_line.h"
#include "ui/window/first_paint.h"
#include "ui/window/gui_thread_watch.h"
#include "ui/window/main_window.h"
#include "ui/window/settings.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

namespace {

QStringList toStrings(int argc, char** argv)
{
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments.append(QString::fromLocal8Bit(argv[index]));
    }
    return arguments;
}

void open(sockeye::MainWindow& window, const sockeye::CommandLine& commandLine)
{
    if (commandLine.isPlain()) {
        window.restorePages();
    }
    for (const QString& file : commandLine.files) {
        window.openFile(file);
    }
    if (commandLine.newServer) {
        window.newServer();
    }
    if (commandLine.newClient) {
        window.newClient();
    }
    if (commandLine.newRelay) {
        window.newRelay();
    }
}

int run(QApplication& application, const sockeye::CommandLine& commandLine)
{
    sockeye::raiseFileLimit(); // each connection takes one
    sockeye::watchGuiThread();
    sockeye::nameComboBoxesByTheirLabels();
    sockeye::Settings settings;
    sockeye::readAppearance(settings);
    sockeye::useProtocolFiles();
    sockeye::ProtocolLibrary::instance().load();
    sockeye::IoThreads threads;
    sockeye::MainWindow window(threads, settings);
    open(window, commandLine);
    window.show();
    window.offerLeftCaptures();
    if (commandLine.demo) {
        window.playFirstExchange();
    }
    if (commandLine.quitAfterFirstPaint) {
        new sockeye::FirstPaint(&window);
    }
    QTimer::singleShot(0, &application, [] { sockeye::Theme::instance().followDesktop(); });
    return QApplication::exec();
}

/// Qt ends the program with a core dump where it finds no display; we say so first.
bool hasDisplay(const QStringList& arguments)
{
    for (const char* variable : { "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM" }) {
        if (!qEnvironmentVariableIsEmpty(variable)) {
            return true;
        }
    }
    return arguments.contains(QStringLiteral("-platform")) || arguments.contains(QStringLiteral("--platform"));
}

int leave(const sockeye::CommandLineOutcome& outcome)
{
    std::fprintf(outcome.exitStatus == 0 ? stdout : stderr, "%s\n", qUtf8Printable(outcome.text));
    return outcome.exitStatus;
}

} // namespace

int main(int argc, char** argv)
{
    sockeye::reserveStandardStreams();
    const QString version = QStringLiteral(SOCKEYE_VERSION);
    const QStringList given = toStrings(argc, argv);
    const sockeye::CommandLineOutcome first = sockeye::readCommandLine(given, version);
    if (!hasDisplay(given)) {
        if (!first.start) {
            return leave(first);
        }
        std::fputs(
            "sockeye: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it from a desktop, "
            "or use sockeye-cli, which needs none.\n",
            stderr);
        return 1;
    }
    if (!first.start && first.exitStatus == 0) {
        return leave(first);
    }

    // Qt takes its own arguments (-platform, -style, …) out; what is left must be ours.
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sockeye"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sockeye"));
    QApplication::setOrganizationName(QStringLiteral("Sockeye"));
    sockeye::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    QApplication::setApplicationVersion(version);
    QGuiApplication::setDesktopFileName(QStringLiteral("org.sockeye.Sockeye"));
    const sockeye::CommandLineOutcome outcome = sockeye::readCommandLine(QApplication::arguments(), version);
    return outcome.start ? run(application, outcome.commandLine) : leave(outcome);
}
