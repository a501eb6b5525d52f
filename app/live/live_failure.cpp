// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/live_failure.h"

#include "app/live/capture_tool.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LiveCapture", text);
}

/// libpcap's words as a sentence.
QString sentence(QString text)
{
    if (!text.isEmpty() && text.back().isLetterOrNumber()) {
        text += u'.';
    }
    return text;
}

} // namespace

Failure liveFailure(const ToolError& error, const QString& tool, const QString& interface, const QString& filter)
{
    if (error.code == u"right") {
        return { FailureCode::NotPermitted, tr("Capturing from an interface is not permitted."),
            tr("The packets of other programs are only for those who were given the right. Sockeye itself needs none: "
               "the small program that captures for it does."),
            tr("Grant it once, then start again: %1").arg(grantCommand(tool)) };
    }
    if (error.code == u"interface") {
        return { FailureCode::Other, tr("Nothing can be captured from the interface %1.").arg(interface),
            sentence(error.text), tr("Check that it is there and up, or choose another one.") };
    }
    if (error.code == u"filter") {
        return makeFailure(FailureCode::BadFilter, filter, tr("libpcap says: %1").arg(error.text));
    }
    if (error.code == u"write") {
        return { FailureCode::SpoolFull, tr("The captured packets cannot be written: %1").arg(sentence(error.text)),
            tr("The capture has ended; what was captured before stays."), tr("Make room, then start again.") };
    }
    return { FailureCode::Other, tr("Capturing failed: %1").arg(sentence(error.text)), {}, {} };
}

Failure toolNotStarted(const QString& tool, const QString& reason)
{
    return { FailureCode::Other, tr("%1 cannot be started: %2").arg(tool, sentence(reason)),
        tr("This program captures for Sockeye and belongs beside it."), tr("Install Sockeye again.") };
}

Failure liveNotAvailable()
{
    return { FailureCode::Other, tr("Capturing from an interface is not available in this build."),
        tr("It was made without sockeye-capture, the program that captures."),
        tr("Capture with another program, such as tcpdump or Wireshark, and open its file here: also while it "
           "grows.") };
}

Failure toolEnded(const QString& tool)
{
    return { FailureCode::Other, tr("%1 ended without saying why.").arg(tool), {},
        tr("Start it in a terminal to see what the system says.") };
}

} // namespace sockeye
