// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/waiting_text.h"

#include "ui/connections/relay_waiting.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

class WaitingTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::WaitingTexts)
public:
    WaitingTexts(const ConnectionRecord& connection, const WaitingContext& context)
        : m_connection(connection)
        , m_context(context)
    {
    }
    [[nodiscard]] Waiting make() const;

private:
    [[nodiscard]] Waiting over() const;
    [[nodiscard]] Waiting unfinished(const Progress& progress, bool incoming) const;
    [[nodiscard]] QString unfinishedPart(const Progress& progress, bool incoming) const;
    [[nodiscard]] Waiting betweenMessages() const;
    [[nodiscard]] Waiting betweenDatagrams() const;
    [[nodiscard]] Waiting atEnd() const;
    [[nodiscard]] Waiting untilWhen(Waiting waiting) const;
    [[nodiscard]] QString withSilence(const QString& text, qint64 since) const;

    const ConnectionRecord& m_connection;
    const WaitingContext& m_context;
};

Waiting WaitingTexts::make() const
{
    const ConnectionState state = m_connection.state;
    const bool isOpen = state == ConnectionState::Open || state == ConnectionState::PeerFinished
        || state == ConnectionState::WeFinished;
    if (!isOpen || !m_context.live) {
        return over();
    }
    if (m_context.target) {
        if (std::optional<Waiting> relayed = waitingInRelay(m_connection, m_context)) {
            return *std::move(relayed);
        }
    }
    if (m_connection.facts.transport == Transport::Udp) {
        return untilWhen(betweenDatagrams());
    }
    if (m_connection.waitingIn.hasFailed()) {
        return { tr("nothing more: what came cannot be read as messages"),
            (m_connection.error.isEmpty() ? QString() : QString(m_connection.error + QLatin1Char(' ')))
                + tr("Look at the error in Messages: its bytes show where the sender and the protocol part ways.") };
    }
    if (m_context.notReading) {
        return { tr("nothing: not being read"),
            tr("What the peer sends stays in the kernel's buffers, first here, then at its side, until its writes "
               "block. Choose “Go on reading” to let it continue, if reading was stopped by hand.") };
    }
    if (m_context.stuckBytes > 0) {
        return { tr("room – the peer's window is full: it is not reading"),
            tr("%1 that we wrote wait in our kernel: its own receive buffer is full, because its program does not call "
               "recv(). What is written beyond that waits in this program. It goes on when the peer reads.")
                .arg(byteCountText(m_context.stuckBytes)) };
    }
    if (m_connection.waitingIn.isWithin()) {
        return untilWhen(unfinished(m_connection.waitingIn, true));
    }
    if (m_connection.waitingOut.isWithin()) {
        return untilWhen(unfinished(m_connection.waitingOut, false));
    }
    return untilWhen(state == ConnectionState::Open ? betweenMessages() : atEnd());
}

/// Says how long our server goes on waiting, if it does so within limits.
Waiting WaitingTexts::untilWhen(Waiting waiting) const
{
    const ConnectionRecord& c = m_connection;
    if (c.facts.weConnected) {
        return waiting;
    }
    const qint64 silence = m_context.now - std::max({ c.lastInAt, c.lastOutAt, c.openedAt });
    const bool lingers = m_context.linger > 0 && c.state == ConnectionState::WeFinished;
    const qint64 limit = lingers ? m_context.linger : m_context.idleLimit;
    if (limit <= 0) {
        return waiting;
    }
    const QString left = durationText(std::max<qint64>(0, limit - std::clamp<qint64>(silence, 0, limit)));
    if (lingers) {
        waiting.text = tr("the peer's end, lingering: %1 left").arg(left);
        waiting.advice =
            tr("We have said our last word and sent our end of stream. What still comes is taken until the "
               "peer closes, too; if it is silent, the connection is let go in %1.")
                .arg(left);
    } else {
        const QString text = c.facts.transport == Transport::Udp
            ? tr("If it stays silent, it counts as gone in %1 (idle time-out).")
            : tr("If it stays silent, it is closed in %1 (idle time-out).");
        waiting.advice += QLatin1Char(' ') + text.arg(left);
    }
    return waiting;
}

Waiting WaitingTexts::over() const
{
    // What it died of stays readable where one looked while it lived.
    return { m_connection.error, {} };
}

QString WaitingTexts::withSilence(const QString& text, qint64 since) const
{
    return since > 0 ? tr("%1, silent for %2").arg(text, durationText(m_context.now - since)) : text;
}

QString WaitingTexts::unfinishedPart(const Progress& progress, bool incoming) const
{
    const QString text = m_context.protocol->waitingFor(progress);
    return incoming ? text : tr("the rest of what we send: %1").arg(text);
}

Waiting WaitingTexts::unfinished(const Progress& progress, bool incoming) const
{
    const qint64 last = incoming ? m_connection.lastInAt : m_connection.lastOutAt;
    Waiting waiting { withSilence(unfinishedPart(progress, incoming), last), m_context.protocol->adviceOn(progress),
        last > 0 ? std::max<qint64>(0, m_context.now - last) : 0 };
    if (incoming && m_connection.state == ConnectionState::PeerFinished) {
        waiting.advice = tr("The peer has closed its side: the rest will never come. ") + waiting.advice;
    }
    if (!incoming) {
        waiting.advice =
            tr("We have sent only a part of a message, so the other side waits for the rest. ") + waiting.advice;
    }
    return waiting;
}

Waiting WaitingTexts::betweenMessages() const
{
    const ConnectionRecord& c = m_connection;
    const qint64 last = std::max({ c.lastInAt, c.lastOutAt, c.openedAt });
    const bool countsExchanges = m_context.protocol->answersEach();
    if (countsExchanges && c.facts.weConnected && c.messagesOut > c.messagesIn) {
        const qint64 owed = c.messagesOut - c.messagesIn;
        return { withSilence(owed == 1 ? tr("a reply") : tr("%1 replies").arg(groupedNumber(owed)), last),
            tr("Messages sent: %1, replies: %2. Has the server read what we sent? One that takes several messages for "
               "one, because they came in one read, answers only the first.")
                .arg(groupedNumber(c.messagesOut), groupedNumber(c.messagesIn)) };
    }
    if (c.bytesIn == 0 && !c.facts.weConnected) {
        return { withSilence(tr("a first byte"), c.openedAt),
            tr("The peer has connected and sent nothing. Does it flush what it wrote, or does it wait for us to "
               "speak first?") };
    }
    if (countsExchanges && !c.facts.weConnected && c.messagesIn > c.messagesOut) {
        return { withSilence(tr("our answer"), c.lastInAt),
            tr("The last message has come and its answer is not on its way yet. If this lasts, the peer may not be "
               "reading what we sent before.") };
    }
    return { withSilence(m_context.protocol->nextMessage(), last),
        tr("Everything that came is complete and nothing is owed. Either side may send or close.") };
}

Waiting WaitingTexts::betweenDatagrams() const
{
    const ConnectionRecord& c = m_connection;
    const qint64 last = std::max({ c.lastInAt, c.lastOutAt, c.openedAt });
    if (c.facts.weConnected && c.messagesOut > c.messagesIn) {
        const qint64 owed = c.messagesOut - c.messagesIn;
        return { withSilence(owed == 1 ? tr("an answer") : tr("%1 answers").arg(groupedNumber(owed)), last),
            tr("Datagrams sent: %1, answers: %2. UDP does not say whether a datagram arrived, whether anybody listens "
               "there, or whether the answer was lost on its way. Does the server run, and does it listen on UDP at "
               "that port? Send again: a program over UDP has to.")
                .arg(groupedNumber(c.messagesOut), groupedNumber(c.messagesIn)) };
    }
    if (c.facts.weConnected && c.messagesOut == 0) {
        return { withSilence(tr("us to send"), c.openedAt),
            tr("The socket is open. UDP knows no connection: the other side hears of us with the first datagram.") };
    }
    if (!c.facts.weConnected && c.messagesIn > c.messagesOut) {
        return { withSilence(tr("our answer"), c.lastInAt),
            tr("A datagram has come and nothing went back. If an error stands in Messages, it says why.") };
    }
    return { withSilence(tr("the next datagram"), last),
        tr("Everything that came is answered. UDP has no end that a peer could send: one that is silent for the idle "
           "time-out counts as gone.") };
}

Waiting WaitingTexts::atEnd() const
{
    if (m_connection.state == ConnectionState::PeerFinished) {
        return { withSilence(tr("our end: the peer has finished sending"),
                     std::max(m_connection.lastInAt, m_connection.lastOutAt)),
            tr("The peer has closed its sending side and can still read. Send what is left, or close.") };
    }
    return { withSilence(tr("the peer's end: we have finished sending"),
                 std::max(m_connection.lastInAt, m_connection.lastOutAt)),
        tr("We have closed our sending side (half-close). The peer sees the end of the stream once it has read "
           "everything; a peer that reads until the end closes then. Does it read until the end?") };
}

} // namespace

Waiting waitingText(const ConnectionRecord& connection, const WaitingContext& context)
{
    return WaitingTexts(connection, context).make();
}

} // namespace sockeye
