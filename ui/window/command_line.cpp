// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr int wrongCommandLine = 2;

QString commandLineText(const char* text)
{
    return QCoreApplication::translate("sockeye::CommandLine", text);
}

CommandLineOutcome leave(int exitStatus, const QString& text)
{
    CommandLineOutcome outcome;
    outcome.start = false;
    outcome.exitStatus = exitStatus;
    outcome.text = text;
    return outcome;
}

} // namespace

CommandLineOutcome readCommandLine(const QStringList& arguments, const QString& version)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(commandLineText("Sockeye: an eye on your sockets. Opens the window."));
    const QCommandLineOption help(
        { QStringLiteral("h"), QStringLiteral("help") }, commandLineText("Show this text and exit."));
    const QCommandLineOption showVersion(
        { QStringLiteral("v"), QStringLiteral("version") }, commandLineText("Show the version and exit."));
    const QCommandLineOption newServer(QStringLiteral("new-server"), commandLineText("Open a server page."));
    const QCommandLineOption newClient(QStringLiteral("new-client"), commandLineText("Open a client page."));
    const QCommandLineOption newRelay(QStringLiteral("new-relay"), commandLineText("Open a relay page."));
    const QCommandLineOption demo(QStringLiteral("demo"),
        commandLineText("Start a server and a client, and let the client ask a first question."));
    const QCommandLineOption firstPaint(QStringLiteral("quit-after-first-paint"),
        commandLineText(
            "For benchmarks: print the milliseconds from the start of the process to the first painted window to "
            "standard "
            "error, and quit."));
    parser.addOptions({ help, showVersion, newServer, newClient, newRelay, demo, firstPaint });
    parser.addPositionalArgument(QStringLiteral("FILE"),
        commandLineText("Captures (.pcapng, .pcap) and workspaces (.sockeye) to open."), QStringLiteral("[FILE …]"));

    if (!parser.parse(arguments)) {
        return leave(wrongCommandLine, commandLineText("sockeye: %1 Try “sockeye --help”.").arg(parser.errorText()));
    }
    if (parser.isSet(help)) {
        // The parser would name the program by its path, or not at all without an application object.
        const QString text = parser.helpText();
        return leave(0,
            QString(commandLineText("Usage: sockeye") + text.sliced(qMax(qsizetype(0), text.indexOf(u" [options]")))));
    }
    if (parser.isSet(showVersion)) {
        return leave(0, QString(u"sockeye " + version));
    }
    if (int(parser.isSet(newServer)) + int(parser.isSet(newClient)) + int(parser.isSet(newRelay)) > 1) {
        return leave(wrongCommandLine,
            commandLineText(
                "sockeye: --new-server, --new-client and --new-relay exclude each other. Try “sockeye --help”."));
    }
    CommandLineOutcome outcome;
    outcome.commandLine.newServer = parser.isSet(newServer);
    outcome.commandLine.newClient = parser.isSet(newClient);
    outcome.commandLine.newRelay = parser.isSet(newRelay);
    outcome.commandLine.demo = parser.isSet(demo);
    outcome.commandLine.quitAfterFirstPaint = parser.isSet(firstPaint);
    outcome.commandLine.files = parser.positionalArguments();
    return outcome;
}

} // namespace sockeye
