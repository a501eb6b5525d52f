// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_words.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

namespace sockeye {

namespace {

QString laneText(const char* text)
{
    return QCoreApplication::translate("sockeye::Lanes", text);
}

/// The same of what comes in and of what goes out.
QString eitherText(Direction direction, const char* in, const char* out)
{
    return laneText(direction == Direction::In ? in : out);
}

QString joined(const QString& first, const QString& second)
{
    return second.isEmpty() ? first : laneText("%1 %2").arg(first, second);
}

QString togetherText(qsizetype count, Direction direction)
{
    return eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 messages came in one read."),
        QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 messages went out in one write."))
        .arg(groupedDigits(count));
}

QString callSentence(const CallFacts& facts, Direction direction)
{
    const bool in = direction == Direction::In;
    const qsizetype whole = facts.whole;
    if (facts.isPart) {
        return {}; // told with its size
    }
    if (facts.endsOne && facts.beginsOne) {
        return whole == 0
            ? eitherText(direction,
                QT_TRANSLATE_NOOP(
                    "sockeye::Lanes", "This read carried the end of one message and the beginning of the next."),
                QT_TRANSLATE_NOOP(
                    "sockeye::Lanes", "This write carried the end of one message and the beginning of the next."))
            : eitherText(direction,
                QT_TRANSLATE_NOOP("sockeye::Lanes",
                    "This read carried the end of one message, %1 whole between, and the beginning of another."),
                QT_TRANSLATE_NOOP("sockeye::Lanes",
                    "This write carried the end of one message, %1 whole between, and the beginning of another."))
                  .arg(groupedDigits(whole));
    }
    if (facts.endsOne || facts.beginsOne) {
        if (whole == 0) {
            return facts.endsOne
                ? eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "This read carried the end of a message."),
                    QT_TRANSLATE_NOOP("sockeye::Lanes", "This write carried the end of a message."))
                : eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "This read carried no whole message yet."),
                    QT_TRANSLATE_NOOP("sockeye::Lanes", "This write carried no whole message yet."));
        }
        if (facts.endsOne) {
            return (
                whole == 1 ? eitherText(direction,
                    QT_TRANSLATE_NOOP("sockeye::Lanes", "This read carried the end of one message and a whole one."),
                    QT_TRANSLATE_NOOP("sockeye::Lanes", "This write carried the end of one message and a whole one."))
                           : eitherText(direction,
                               QT_TRANSLATE_NOOP(
                                   "sockeye::Lanes", "This read carried the end of one message and %1 whole ones."),
                               QT_TRANSLATE_NOOP(
                                   "sockeye::Lanes", "This write carried the end of one message and %1 whole ones."))
                                 .arg(groupedDigits(whole)));
        }
        return whole == 1
            ? eitherText(direction,
                QT_TRANSLATE_NOOP("sockeye::Lanes", "This read carried a whole message and the beginning of another."),
                QT_TRANSLATE_NOOP("sockeye::Lanes", "This write carried a whole message and the beginning of another."))
            : eitherText(direction,
                QT_TRANSLATE_NOOP(
                    "sockeye::Lanes", "This read carried %1 whole messages and the beginning of another."),
                QT_TRANSLATE_NOOP(
                    "sockeye::Lanes", "This write carried %1 whole messages and the beginning of another."))
                  .arg(groupedDigits(whole));
    }
    if (whole == 1) {
        return in ? laneText("This read carried one whole message.")
                  : laneText("This write carried one whole message.");
    }
    return togetherText(whole, direction);
}

QString sentenceOfCall(const LaneBox& box, Direction direction, qint64 startTime)
{
    if (box.call.lost) {
        return laneText("%1 are missing here: the capture does not have them.").arg(laneBytesText(box.size));
    }
    const QString size = laneBytesText(box.size);
    const QString time = laneTimeText(box.time - startTime);
    if (box.call.isPart) {
        return eitherText(direction,
            QT_TRANSLATE_NOOP("sockeye::Lanes", "This read carried a part of one message, %1 of %2, at %3."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "This write carried a part of one message, %1 of %2, at %3."))
            .arg(groupedDigits(box.size), laneBytesText(box.call.of), time);
    }
    return joined(callSentence(box.call, direction),
        eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "The read has %1, at %2."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "The write has %1, at %2."))
            .arg(size, time));
}

QString pausesText(const MessageFacts& facts)
{
    const QString most = pauseText(facts.greatestPause);
    if (facts.leastPause < 0) {
        return laneText("within %1").arg(most);
    }
    const QString least = pauseText(facts.leastPause);
    return facts.greatestPause > facts.leastPause + facts.leastPause / 2 && least != most
        ? laneText("%1 to %2 apart").arg(least, most)
        : laneText("%1 apart").arg(most);
}

QString sharingText(const MessageFacts& facts, Direction direction)
{
    if (facts.sharesFirst && facts.sharesLast) {
        return eitherText(direction,
            QT_TRANSLATE_NOOP(
                "sockeye::Lanes", "The first of these reads ended what was before it, the last began what follows."),
            QT_TRANSLATE_NOOP(
                "sockeye::Lanes", "The first of these writes ended what was before it, the last began what follows."));
    }
    if (facts.sharesFirst) {
        return eitherText(direction,
            QT_TRANSLATE_NOOP("sockeye::Lanes", "The first of these reads carried what was before it, too."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "The first of these writes carried what was before it, too."));
    }
    if (facts.sharesLast) {
        return eitherText(direction,
            QT_TRANSLATE_NOOP("sockeye::Lanes", "The last of these reads carried what follows it, too."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "The last of these writes carried what follows it, too."));
    }
    return {};
}

QString sentenceOfMessage(const LaneBox& box, Direction direction)
{
    const MessageFacts& facts = box.message;
    if (box.isUnfinished) {
        return eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 have come that are no whole message yet."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 have gone out that are no whole message yet."))
            .arg(laneBytesText(box.size));
    }
    QString wrong = box.isBad ? laneText("These %1 are no message: %2").arg(laneBytesText(box.size), box.told)
        : facts.lost          ? laneText("Some bytes of this message are missing in the capture.")
                              : QString();
    if (facts.calls == 0) {
        return wrong.isEmpty() ? laneText("This message has %1.").arg(laneBytesText(box.size)) : wrong;
    }
    if (facts.calls > 1) {
        const QString how =
            eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "This message came in %1 reads, %2."),
                QT_TRANSLATE_NOOP("sockeye::Lanes", "This message went out in %1 writes, %2."))
                .arg(groupedDigits(facts.calls), pausesText(facts));
        return joined(wrong.isEmpty() ? how : wrong, sharingText(facts, direction));
    }
    if (!wrong.isEmpty()) {
        return wrong;
    }
    if (facts.together > 1) {
        return joined(togetherText(facts.together, direction),
            facts.withParts ? laneText("This is number %1 of them; a part of another came with them.")
                                  .arg(groupedDigits(facts.place))
                            : laneText("This is number %1 of them.").arg(groupedDigits(facts.place)));
    }
    if (facts.withParts) {
        return eitherText(direction,
            QT_TRANSLATE_NOOP("sockeye::Lanes", "This message came in one read, with a part of another."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "This message went out in one write, with a part of another."));
    }
    return eitherText(direction, QT_TRANSLATE_NOOP("sockeye::Lanes", "This message came in one read of its own."),
        QT_TRANSLATE_NOOP("sockeye::Lanes", "This message went out in one write of its own."));
}

QString sentenceOfMany(const LaneBox& box, LaneKind kind, Direction direction)
{
    const QString number = groupedDigits(box.count);
    const QString count = box.isAbout ? laneText("About %1").arg(number) : number;
    switch (kind) {
    case LaneKind::Calls:
        return eitherText(direction,
            QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 reads lie here, too close together to be drawn each."),
            QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 writes lie here, too close together to be drawn each."))
            .arg(count);
    case LaneKind::Messages:
        if (box.message.together >= box.count) {
            return togetherText(box.message.together, direction);
        }
        return joined(laneText("%1 messages lie here, too close together to be drawn each.").arg(count),
            box.isBad ? laneText("Some of them are bad.") : QString());
    case LaneKind::Fields:
        return laneText("%1 fields lie here, too close together to be drawn each.").arg(count);
    }
    return {};
}

QStringList longestFirst(QStringList texts)
{
    std::stable_sort(
        texts.begin(), texts.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    return texts;
}

QString unstruckSentence(const LaneBox& box, LaneKind kind, Direction direction, qint64 startTime)
{
    if (box.count > 1) {
        return sentenceOfMany(box, kind, direction);
    }
    switch (kind) {
    case LaneKind::Calls:
        return sentenceOfCall(box, direction, startTime);
    case LaneKind::Messages:
        return sentenceOfMessage(box, direction);
    case LaneKind::Fields:
        return laneText("%1 (%2)").arg(box.told, laneBytesText(box.size));
    }
    return {};
}

} // namespace

QString laneSentence(const LaneBox& box, LaneKind kind, Direction direction, qint64 startTime)
{
    const QString text = unstruckSentence(box, kind, direction, startTime);
    return box.struckBy.isEmpty() ? text : joined(text, laneText("Faults have struck it: %1.").arg(box.struckBy));
}

QString pauseText(qint64 nanoseconds)
{
    struct Unit {
        double size;
        const char* text;
    };
    static constexpr std::array<Unit, 4> units { { { 1e9, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 s") },
        { 1e6, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 ms") }, { 1e3, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 µs") },
        { 1, QT_TRANSLATE_NOOP("sockeye::Lanes", "%1 ns") } } };
    const auto span = static_cast<double>(std::max<qint64>(0, nanoseconds));
    const auto unit =
        std::find_if(units.begin(), units.end() - 1, [span](const Unit& each) { return span >= each.size * 0.9995; });
    const double value = span / unit->size;
    const bool isWhole = value >= 9.95 || unit->size == 1;
    return laneText(unit->text).arg(QLocale().toString(value, 'f', isWhole ? 0 : 1));
}

QString laneTimeText(qint64 nanoseconds)
{
    const qint64 microseconds = std::max<qint64>(0, nanoseconds) / 1000;
    return laneText("%1%2%3 s")
        .arg(QString::number(microseconds / 1'000'000), QLocale().decimalPoint(),
            QStringLiteral("%1").arg(microseconds % 1'000'000, 6, 10, QLatin1Char('0')));
}

QString laneBytesText(qint64 bytes)
{
    return bytes == 1 ? laneText("1 byte") : laneText("%1 bytes").arg(groupedDigits(bytes));
}

QString laneTitle(LaneKind kind, Direction direction)
{
    switch (kind) {
    case LaneKind::Calls:
        return direction == Direction::In ? laneText("Reads") : laneText("Writes");
    case LaneKind::Messages:
        return laneText("Messages");
    case LaneKind::Fields:
        return laneText("Fields");
    }
    return {};
}

QStringList callTexts(const LaneBox& box, Direction direction, qint64 startTime)
{
    const QString size = laneBytesText(box.size);
    const QString digits = groupedDigits(box.size);
    if (box.call.lost) {
        return { laneText("%1 missing").arg(size), laneText("missing"), QStringLiteral("?") };
    }
    const QString time = laneTimeText(box.time - startTime);
    QStringList texts;
    if (box.call.whole > 1) {
        const QString count = laneText("%1 messages").arg(groupedDigits(box.call.whole));
        texts << laneText("%1 in one %2, %3, %4")
                     .arg(count, direction == Direction::In ? laneText("read") : laneText("write"), size, time)
              << laneText("%1, %2").arg(count, size) << count;
    }
    texts << laneText("%1, %2").arg(size, time) << size << digits;
    return longestFirst(std::move(texts));
}

QStringList messageTexts(const LaneBox& box, Direction direction, const QString& summary)
{
    const QString size = laneBytesText(box.size);
    QStringList texts;
    if (box.message.calls > 1) {
        const QString calls = (direction == Direction::In ? laneText("%1 reads") : laneText("%1 writes"))
                                  .arg(groupedDigits(box.message.calls));
        if (!summary.isEmpty()) {
            texts << laneText("%1, in %2, %3").arg(summary, calls, size) << laneText("%1, in %2").arg(summary, calls);
        }
        texts << laneText("%1, %2").arg(calls, size) << calls;
    } else {
        if (!summary.isEmpty()) {
            texts << laneText("%1, %2").arg(summary, size) << summary;
        }
        texts << size;
    }
    texts << groupedDigits(box.size);
    return longestFirst(std::move(texts));
}

} // namespace sockeye
