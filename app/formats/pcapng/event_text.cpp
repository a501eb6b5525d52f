// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/event_text.h"

#include <QList>

namespace sockeye::pcapng {

namespace {

constexpr char errorStart[] = "Error [";
constexpr char noteStart[] = "Note: ";
constexpr char tlsStart[] = "TLS handshake: "; // and TlsFacts as JSON
constexpr char lineStart[] = "sockeye";
constexpr qsizetype maxLine = 200;

const QByteArray inWord = "in";
const QByteArray outWord = "out";
const QByteArray openedWord = "opened-udp";
const QByteArray finishedWord = "finished";
const QByteArray closedWord = "closed";
const QByteArray commentWord = "comment";
const QByteArrayList closeWords { "orderly", "reset-by-peer", "reset-by-us", "failed" };

const QByteArray& wordOf(Direction direction)
{
    return direction == Direction::In ? inWord : outWord;
}

} // namespace

QByteArray commentOf(const CaptureEvent& event)
{
    if (event.kind != EventKind::Error) {
        return (event.code == tlsCode ? tlsStart : noteStart) + event.text.toUtf8();
    }
    QByteArray result = errorStart + event.code.toUtf8() + "] " + wordOf(event.direction);
    if (event.offset >= 0) {
        result += ", byte " + QByteArray::number(event.offset);
    }
    return result + ": " + event.text.toUtf8();
}

bool parseComment(QByteArrayView comment, CaptureEvent& event)
{
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
