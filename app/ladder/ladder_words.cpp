// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_words.h"

#include "app/ladder/ladder_lines.h"
#include "app/lanes/lane_words.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qsizetype longestSummary = 200; ///< characters, in a sentence

QString ladderText(const char* text)
{
    return QCoreApplication::translate("sockeye::Ladder", text);
}

/// Who does it, and the one that it is done to.
QString actor(const LadderStep& step)
{
    return (step.toServer ? clientEnd(step.facts) : serverEnd(step.facts)).toString();
}

QString partner(const LadderStep& step)
{
    return (step.toServer ? serverEnd(step.facts) : clientEnd(step.facts)).toString();
}

QString actorName(const LadderStep& step)
{
    return (step.toServer ? ladderText("The client %1") : ladderText("The server %1")).arg(actor(step));
}

QString atTime(const LadderStep& step, qint64 startTime)
{
    return laneTimeText(step.time - startTime);
}

QString shortened(const QString& text)
{
    return text.size() <= longestSummary ? text : QString(text.first(longestSummary) + u'…');
}

QString callsSentence(const LadderStep& step)
{
    const LadderCalls& calls = step.calls;
    const bool in = step.direction == Direction::In;
    if (calls.count == 0) {
        return {};
    }
    if (calls.count > 1) {
        const QString count =
            calls.isAbout ? ladderText("about %1").arg(groupedDigits(calls.count)) : groupedDigits(calls.count);
        return (in ? ladderText("It came in %1 reads, within %2.") : ladderText("It went out in %1 writes, within %2."))
            .arg(count, pauseText(step.time - calls.firstTime));
    }
    if (calls.sharesFirst || calls.sharesLast) {
        return in ? ladderText("It came in one read together with what is beside it.")
                  : ladderText("It went out in one write together with what is beside it.");
    }
    return in ? ladderText("It came in one read of its own.") : ladderText("It went out in one write of its own.");
}

QString messageSentence(const LadderStep& step, qint64 startTime)
{
    QString text = step.kind == LadderKind::BadMessage
        ? ladderText("%1 sent %2 to %3 that are no message, at %4: %5")
              .arg(actorName(step), laneBytesText(step.size), partner(step), atTime(step, startTime), step.text)
        : step.text.isEmpty()
        ? ladderText("%1 sent %2 to %3, at %4.")
              .arg(actorName(step), laneBytesText(step.size), partner(step), atTime(step, startTime))
        : ladderText("%1 sent %2 to %3, at %4: %5.")
              .arg(actorName(step), laneBytesText(step.size), partner(step), atTime(step, startTime),
                  shortened(step.text));
    const QString calls = callsSentence(step);
    return calls.isEmpty() ? text : ladderText("%1 %2").arg(text, calls);
}

QString plainLabel(const LadderStep& step)
{
    switch (step.kind) {
    case LadderKind::Opened:
        return step.facts.tls ? ladderText("connect, accept (TLS)") : ladderText("connect, accept");
    case LadderKind::Message:
        return step.text.isEmpty() ? ladderText("message") : shortened(step.text);
    case LadderKind::BadMessage:
        return ladderText("no message: %1").arg(shortened(step.text));
    case LadderKind::Missing:
        return ladderText("%1 missing in the capture").arg(laneBytesText(step.size));
    case LadderKind::Error:
    case LadderKind::Note:
    case LadderKind::Retransmission:
        return shortened(step.text);
    case LadderKind::Finished:
        return step.isHalf ? ladderText("FIN: sends no more, still receives") : ladderText("FIN: end of stream");
    case LadderKind::Closed:
        return ladderText("closed");
    case LadderKind::Reset:
        return ladderText("RST: connection reset");
    case LadderKind::Lost:
        return step.text.isEmpty() ? ladderText("failed") : ladderText("failed: %1").arg(shortened(step.text));
    case LadderKind::Pause:
        break;
    }
    return ladderText("%1 later").arg(pauseText(step.pause));
}

} // namespace

QString ladderLabel(const LadderStep& step, bool isOfSeveral)
{
    const QString text = plainLabel(step);
    return isOfSeveral && step.connection != 0 ? ladderText("#%1 %2").arg(QString::number(step.connection), text)
                                               : text;
}

QString ladderSize(const LadderStep& step)
{
    return step.kind == LadderKind::Message || step.kind == LadderKind::BadMessage ? laneBytesText(step.size)
                                                                                   : QString();
}

QString ladderRemark(const LadderStep& step)
{
    const bool in = step.direction == Direction::In;
    QString size = ladderSize(step);
    if (size.isEmpty()) {
        return {};
    }
    if (step.calls.count > 1) {
        return (in ? ladderText("%1 in %2 reads") : ladderText("%1 in %2 writes"))
            .arg(size, groupedDigits(step.calls.count));
    }
    if (step.calls.sharesFirst || step.calls.sharesLast) {
        return (in ? ladderText("%1, shared read") : ladderText("%1, shared write")).arg(size);
    }
    return size;
}

QString ladderSentence(const LadderStep& step, qint64 startTime)
{
    const QString time = atTime(step, startTime);
    switch (step.kind) {
    case LadderKind::Opened:
        return ladderText("%1 connected to %2, at %3.")
            .arg(ladderText("The client %1").arg(clientEnd(step.facts).toString()), serverEnd(step.facts).toString(),
                time);
    case LadderKind::Message:
    case LadderKind::BadMessage:
        return messageSentence(step, startTime);
    case LadderKind::Missing:
        return ladderText("Here %1 from %2 to %3 are missing in the capture, at %4. %5")
            .arg(laneBytesText(step.size), actor(step), partner(step), time, step.text);
    case LadderKind::Error:
        return ladderText("Error at %1: %2").arg(time, step.text);
    case LadderKind::Note:
        return ladderText("Note at %1: %2").arg(time, step.text);
    case LadderKind::Retransmission:
        return ladderText("%1 sent a segment again, at %2. %3").arg(actorName(step), time, step.text);
    case LadderKind::Finished:
        return step.isHalf
            ? ladderText("%1 ended its stream (FIN) at %2: it sends no more, and still receives.")
                  .arg(actorName(step), time)
            : ladderText("%1 ended its stream (FIN) at %2, too: both sides are done.").arg(actorName(step), time);
    case LadderKind::Closed:
        return ladderText("The connection of %1 and %2 is closed, at %3: both sides were done.")
            .arg(clientEnd(step.facts).toString(), serverEnd(step.facts).toString(), time);
    case LadderKind::Reset:
        return ladderText("%1 reset the connection (RST) at %2: what was under way is lost.")
            .arg(actorName(step), time);
    case LadderKind::Lost:
        return ladderText("The connection of %1 and %2 failed, at %3. %4")
            .arg(clientEnd(step.facts).toString(), serverEnd(step.facts).toString(), time, step.text)
            .trimmed();
    case LadderKind::Pause:
        break;
    }
    return ladderText("For %1 nothing happened here.").arg(pauseText(step.pause));
}

QString ladderTitle(const LadderPicture& picture)
{
    const QString steps =
        picture.total == 1 ? ladderText("1 step") : ladderText("%1 steps").arg(groupedDigits(picture.total));
    return picture.isOfSeveral()
        ? ladderText("Ladder of all connections: %1").arg(steps)
        : ladderText("Ladder of connection #%1: %2").arg(QString::number(picture.connection), steps);
}

QString ladderHeading(const LadderSpan& span)
{
    if (span.isShared) {
        return span.isServer ? ladderText("several servers") : ladderText("several clients");
    }
    return (span.isServer ? ladderText("server %1") : ladderText("client %1")).arg(span.name);
}

} // namespace sockeye
