// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/text_format.h"
#include "app/cli/terminal/tr.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QDateTime>

#include <algorithm>

namespace sockeye::cli {

namespace {

QString count(qint64 bytes)
{
    return bytes == 1 ? tr("1 byte") : tr("%1 bytes").arg(groupedDigits(bytes));
}

QString arrow(Direction direction)
{
    return direction == Direction::In ? QString(u"← " + tr("in ")) : QString(u"→ " + tr("out"));
}

/// The first bytes in hexadecimal and as text.
QString preview(QByteArrayView bytes)
{
    constexpr qsizetype most = 16;
    const QByteArrayView head = bytes.first(std::min(most, bytes.size()));
    QString text;
    for (const char byte : head) {
        const auto value = static_cast<unsigned char>(byte);
        text += value >= 0x20 && value < 0x7F ? QChar(char16_t(value)) : QChar(u'·');
    }
    const QString more = bytes.size() > most ? QStringLiteral(" …") : QString();
    return QString::fromLatin1(head.toByteArray().toHex(' ')) + more + u"  " + text + more;
}

} // namespace

TextFormat::TextFormat(bool colour, const Limits& limits, ChosenFields fields, bool isRelay)
    : m_colour(colour)
    , m_isRelay(isRelay)
    , m_limits(limits)
    , m_fields(std::move(fields))
{
}

QByteArray TextFormat::clock(qint64 time)
{
    const qint64 second = time / 1'000'000'000;
    if (second != m_second) {
        m_second = second;
        m_clock = QDateTime::fromSecsSinceEpoch(second).toString(u"HH:mm:ss").toLatin1();
    }
    return m_clock + '.' + QByteArray::number(time / 1'000'000 % 1'000).rightJustified(3, '0');
}

void TextFormat::line(QByteArray& out, qint64 time, quint32 connection, Tone tone, const QString& text)
{
    const char* const on[] = { "", "\033[2m", "\033[32m", "\033[31m" };
    const bool colour = m_colour && tone != Tone::Plain;
    out.append(clock(time));
    out.append("  ");
    out.append((connection == 0 ? QByteArray("-") : '#' + QByteArray::number(connection)).leftJustified(6, ' '));
    out.append(colour ? on[static_cast<int>(tone)] : "");
    out.append(visibleText(text).toUtf8());
    out.append(colour ? "\033[0m" : "");
    out.append('\n');
}

void TextFormat::opened(QByteArray& out, const CaptureEvent& event)
{
    const QString peer = event.facts.peer.toString();
    if (event.facts.transport == Transport::Udp) {
        line(out, event.time, event.connection, Tone::Good,
            event.facts.weConnected ? tr("datagrams to %1").arg(peer) : tr("datagrams from %1").arg(peer));
        return;
    }
    line(out, event.time, event.connection, Tone::Good,
        event.facts.weConnected ? tr("connected to %1").arg(peer) : tr("opened by %1").arg(peer));
}

void TextFormat::bytes(QByteArray& out, const CaptureEvent& event)
{
    line(out, event.time, event.connection, Tone::Quiet,
        arrow(event.direction) + u"  " + count(event.bytes.size()) + u"  " + preview(event.bytes));
    m_told = { event.time, event.connection, event.direction, event.bytes.size() };
}

void TextFormat::message(QByteArray& out, const PrintedMessage& message)
{
    if (!m_fields.isEmpty()) {
        const DecodedMessage decoded = message.protocol.decoded(message.frame, message.bytes, m_limits);
        line(out, message.time, message.connection, Tone::Plain,
            QString(arrow(message.direction) + u"  " + m_fields.text(decoded)));
        return;
    }
    // Without a structure a message that is a chunk would be the line above once more.
    const Told same { message.time, message.connection, message.direction, message.bytes.size() };
    if (message.protocol.hasStructure() || m_told != same || !message.rule.isEmpty() || !message.fault.isEmpty()) {
        constexpr qsizetype maxChars = 200;
        const QString size = count(message.bytes.size());
        const QString head = !message.rule.isEmpty() && !message.fault.isEmpty()
            ? tr("message of %1, rule \"%2\", fault %3:").arg(size, message.rule, message.fault)
            : !message.rule.isEmpty()  ? tr("message of %1, rule \"%2\":").arg(size, message.rule)
            : !message.fault.isEmpty() ? tr("message of %1, fault %2:").arg(size, message.fault)
                                       : tr("message of %1:").arg(size);
        line(out, message.time, message.connection, Tone::Plain,
            arrow(message.direction) + u"  " + head + u" "
                + message.protocol.saying(message.frame, message.bytes, maxChars).text);
    }
}

void TextFormat::finished(QByteArray& out, const CaptureEvent& event)
{
    const bool isIn = event.direction == Direction::In;
    line(out, event.time, event.connection, Tone::Quiet,
        m_isRelay  ? isIn ? tr("the client closed its side") : tr("the target closed its side")
             : isIn ? tr("the peer closed its side")
                   : tr("we closed our side"));
}

void TextFormat::closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut)
{
    QString how;
    switch (event.closeKind) {
    case CloseKind::Orderly:
        how = tr("closed");
        break;
    case CloseKind::ResetByPeer:
        how = tr("reset by the peer");
        break;
    case CloseKind::ResetByUs:
        how = tr("reset by us");
        break;
    case CloseKind::Failed:
        how = tr("failed");
        break;
    }
    line(out, event.time, event.connection, event.closeKind == CloseKind::Orderly ? Tone::Good : Tone::Bad,
        how + u", " + tr("%1 in, %2 out").arg(count(bytesIn), count(bytesOut)));
}

void TextFormat::error(QByteArray& out, const CaptureEvent& event)
{
    const QString place = event.offset < 0 ? QString() : tr(" (at byte %1)").arg(groupedDigits(event.offset));
    line(out, event.time, event.connection, Tone::Bad, tr("error:") + u" " + event.text + place);
}

void TextFormat::note(QByteArray& out, const CaptureEvent& event)
{
    line(out, event.time, event.connection, Tone::Quiet, tr("note:") + u" " + event.text);
}

void TextFormat::tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts)
{
    const bool isAccepted = !facts.ours && facts.verdict != u"ok";
    line(out, event.time, event.connection, isAccepted ? Tone::Bad : Tone::Good, tr("TLS:") + u" " + summary(facts));
}

} // namespace sockeye::cli
