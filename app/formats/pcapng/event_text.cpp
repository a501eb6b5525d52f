// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/event_text.h"

#include <QByteArrayMatcher>
#include <QList>

#include <algorithm>
#include <array>
#include <limits>

namespace sockeye::pcapng {

namespace {

constexpr char errorStart[] = "Error [";
constexpr char noteStart[] = "Note: ";
constexpr char tlsStart[] = "TLS handshake: "; // and TlsFacts as JSON
constexpr char faultStart[] = "Fault "; // and where, then its name
constexpr char ruleStart[] = "Rule "; // and where, then its title
constexpr qint64 farthestByte = std::numeric_limits<qint64>::max() / 4; // places of two can be added
constexpr qsizetype longestStruckName = 300; // of faults and rules, in bytes
constexpr char lineStart[] = "sockeye";
constexpr qsizetype maxLine = 200;
constexpr qsizetype longestUnixMark = 1000; // two names, each byte as %XX

const QByteArray inWord = "in";
const QByteArray outWord = "out";
const QByteArray openedWord = "opened-udp";
const QByteArray finishedWord = "finished";
const QByteArray closedWord = "closed";
const QByteArray commentWord = "comment";
const QByteArrayList closeWords { "orderly", "reset-by-peer", "reset-by-us", "failed" };

constexpr char tlsMark[] = "TLS: the bytes of this conversation are what TLS carried, decrypted.";
constexpr char unixMark[] = "Unix socket: the addresses and ports of this conversation are made up. local=";
constexpr char peerMark[] = " peer=";
constexpr char unnamedWord[] = "unnamed:"; // and its process; a path has no colon here

/// One word, whatever the name holds.
QByteArray wordOf(const UnixName& name)
{
    if (name.isUnnamed()) {
        return unnamedWord + QByteArray::number(name.pid());
    }
    return name.isAbstract() ? '@' + name.bytes().sliced(1).toPercentEncoding("/")
                             : name.bytes().toPercentEncoding("/");
}

UnixName unixNameOf(QByteArrayView word)
{
    if (word.startsWith(unnamedWord)) {
        return UnixName::unnamed(word.sliced(static_cast<qsizetype>(qstrlen(unnamedWord))).toLongLong());
    }
    const QByteArray bytes = QByteArray::fromPercentEncoding(word.toByteArray());
    return UnixName::fromBytes(word.startsWith('@') ? '\0' + bytes.sliced(1) : bytes);
}

/// What such a line says; false if it is none.
bool takeUnixMark(QByteArrayView line, ConnectionFacts& facts)
{
    const qsizetype start = static_cast<qsizetype>(qstrlen(unixMark));
    const qsizetype peer = line.indexOf(peerMark);
    if (!line.startsWith(unixMark) || peer < start || line.size() > longestUnixMark) {
        return false;
    }
    facts.local = { {}, 0, unixNameOf(line.sliced(start, peer - start)) };
    facts.peer = { {}, 0, unixNameOf(line.sliced(peer + static_cast<qsizetype>(qstrlen(peerMark)))) };
    return true;
}

const QByteArray& wordOf(Direction direction)
{
    return direction == Direction::In ? inWord : outWord;
}

/// "in, byte 120, 30 bytes: latency" or "in, byte 120: search"; false if it is neither.
bool takeStruck(QByteArrayView words, bool hasSize, CaptureEvent& event)
{
    const qsizetype colon = words.indexOf(": ");
    if (colon < 0) {
        return false;
    }
    const QByteArrayView name = words.sliced(colon + 2);
    const QByteArrayList parts = words.first(colon).toByteArray().split(',');
    if (parts.size() != (hasSize ? 3 : 2) || (parts[0] != inWord && parts[0] != outWord) || name.isEmpty()
        || name.size() > longestStruckName) {
        return false;
    }
    const auto number = [](QByteArrayView text, QByteArrayView before, QByteArrayView behind) {
        if (!text.startsWith(before) || !text.endsWith(behind) || text.size() <= before.size() + behind.size()) {
            return qint64(-1);
        }
        bool ok = false;
        const qint64 value = text.sliced(before.size()).chopped(behind.size()).toLongLong(&ok);
        return ok && value <= farthestByte ? value : qint64(-1);
    };
    const qint64 offset = number(parts[1], " byte ", {});
    const qint64 size = hasSize ? number(parts[2], " ", " bytes") : 0;
    if (offset < 0 || size < 0) {
        return false;
    }
    event.kind = EventKind::Note;
    event.code = hasSize ? strikeCode : ruleCode;
    event.direction = parts[0] == inWord ? Direction::In : Direction::Out;
    event.offset = offset;
    event.missing = size;
    event.text = QString::fromUtf8(name);
    return true;
}

QByteArray struckHead(bool isRule, Direction direction)
{
    return (isRule ? ruleStart : faultStart) + wordOf(direction) + ", byte ";
}

QByteArray struckText(const CaptureEvent& event)
{
    const bool isRule = event.code == ruleCode;
    QByteArray result = struckHead(isRule, event.direction) + QByteArray::number(std::max<qint64>(event.offset, 0));
    if (!isRule) {
        result += ", " + QByteArray::number(event.missing) + " bytes";
    }
    return result + ": " + event.text.left(longestStruckName / 3).toUtf8();
}

} // namespace

QByteArray commentOf(const CaptureEvent& event)
{
    if (event.kind == EventKind::Note && (event.code == ruleCode || event.code == strikeCode)) {
        return struckText(event);
    }
    if (event.kind != EventKind::Error) {
        return (event.code == tlsCode ? tlsStart : noteStart) + event.text.toUtf8();
    }
    QByteArray result = errorStart + event.code.toUtf8() + "] " + wordOf(event.direction);
    if (event.offset >= 0) {
        result += ", byte " + QByteArray::number(event.offset);
    }
    return result + ": " + event.text.toUtf8();
}

bool mayHoldStrikes(QByteArrayView bytes)
{
    static const std::array heads { QByteArrayMatcher(struckHead(false, Direction::In)),
        QByteArrayMatcher(struckHead(false, Direction::Out)), QByteArrayMatcher(struckHead(true, Direction::In)),
        QByteArrayMatcher(struckHead(true, Direction::Out)) };
    return std::any_of(heads.begin(), heads.end(),
        [bytes](const QByteArrayMatcher& head) { return head.indexIn(bytes.data(), bytes.size()) >= 0; });
}

bool parseComment(QByteArrayView comment, CaptureEvent& event)
{
    for (const bool isFault : { true, false }) {
        const QByteArrayView start(isFault ? faultStart : ruleStart);
        if (comment.startsWith(start) && takeStruck(comment.sliced(start.size()), isFault, event)) {
            return true;
        }
    }
    if (comment.startsWith(noteStart)) {
        event.kind = EventKind::Note;
        event.text = QString::fromUtf8(comment.sliced(static_cast<qsizetype>(qstrlen(noteStart))));
        return true;
    }
    if (comment.startsWith(tlsStart)) {
        event.kind = EventKind::Note;
        event.code = tlsCode;
        event.text = QString::fromUtf8(comment.sliced(static_cast<qsizetype>(qstrlen(tlsStart))));
        return true;
    }
    if (!comment.startsWith(errorStart)) {
        return false;
    }
    comment = comment.sliced(static_cast<qsizetype>(qstrlen(errorStart)));
    const qsizetype bracket = comment.indexOf("] ");
    const qsizetype colon = comment.indexOf(": ", bracket < 0 ? 0 : bracket);
    if (bracket < 0 || colon < 0) {
        return false;
    }
    const QByteArrayView code = comment.first(bracket);
    QByteArrayView where = comment.sliced(bracket + 2, colon - bracket - 2);
    event.offset = -1;
    const qsizetype comma = where.indexOf(", byte ");
    if (comma >= 0) {
        bool ok = false;
        event.offset = where.sliced(comma + 7).toLongLong(&ok);
        if (!ok || event.offset < 0) {
            return false;
        }
        where = where.first(comma);
    }
    if (where != inWord && where != outWord) {
        return false;
    }
    event.kind = EventKind::Error;
    event.direction = where == inWord ? Direction::In : Direction::Out;
    event.code = QString::fromUtf8(code);
    event.text = QString::fromUtf8(comment.sliced(colon + 2));
    return true;
}

QByteArray marksOf(const ConnectionFacts& facts)
{
    QByteArrayList lines;
    if (facts.tls) {
        lines += tlsMark;
    }
    if (facts.local.isUnix() || facts.peer.isUnix()) {
        lines += unixMark + wordOf(facts.local.unixName) + peerMark + wordOf(facts.peer.unixName);
    }
    return lines.join('\n');
}

QByteArrayView takeMarks(QByteArrayView comment, ConnectionFacts& facts)
{
    for (;;) {
        const qsizetype end = comment.indexOf('\n');
        const QByteArrayView line = end < 0 ? comment : comment.first(end);
        if (line == tlsMark) {
            facts.tls = true;
        } else if (!takeUnixMark(line, facts)) {
            return comment;
        }
        comment = end < 0 ? QByteArrayView() : comment.sliced(end + 1);
    }
}

QByteArray toText(const EventLine& line)
{
    const QByteArray start = QByteArray(lineStart) + ' ' + QByteArray::number(line.connection) + ' ';
    switch (line.kind) {
    case EventKind::Opened:
        return start + openedWord + ' ' + wordOf(line.weConnected ? Direction::Out : Direction::In) + ' '
            + QByteArray::number(line.localPort) + ' ' + QByteArray::number(line.peerPort);
    case EventKind::Finished:
        return start + finishedWord + ' ' + wordOf(line.direction);
    case EventKind::Closed:
        return start + closedWord + ' ' + closeWords[static_cast<qsizetype>(line.closeKind)];
    case EventKind::Chunk:
    case EventKind::Error:
    case EventKind::Note:
        break;
    }
    return start + commentWord;
}

std::optional<EventLine> parseEventLine(QByteArrayView payload)
{
    if (payload.size() > maxLine) {
        return std::nullopt;
    }
    const QByteArrayList words = payload.toByteArray().split(' ');
    if (words.size() < 3 || words[0] != lineStart) {
        return std::nullopt;
    }
    bool ok = false;
    EventLine line;
    line.connection = words[1].toUInt(&ok);
    if (!ok) {
        return std::nullopt;
    }
    const QByteArray& word = words[2];
    if (word == commentWord) {
        return line;
    }
    if (words.size() < 4) {
        return std::nullopt;
    }
    if (word == finishedWord) {
        line.kind = EventKind::Finished;
        line.direction = words[3] == inWord ? Direction::In : Direction::Out;
        return line;
    }
    if (word == closedWord && closeWords.contains(words[3])) {
        line.kind = EventKind::Closed;
        line.closeKind = static_cast<CloseKind>(closeWords.indexOf(words[3]));
        return line;
    }
    if (word == openedWord && words.size() == 6) {
        line.kind = EventKind::Opened;
        line.weConnected = words[3] == outWord;
        line.localPort = words[4].toUShort(&ok);
        bool peerOk = false;
        line.peerPort = words[5].toUShort(&peerOk);
        if (ok && peerOk) {
            return line;
        }
    }
    return std::nullopt;
}

} // namespace sockeye::pcapng
