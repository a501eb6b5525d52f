// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_chat.h"

#include "app/threads/background_threads.h"
#include "protocol/content/text_codec.h"
#include "protocol/content/text_stream.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/text/visible_text.h"
#include "ui/models/ticker.h"

#include <QPromise>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// What one look takes at most: each line is a small read of the spool.
constexpr qsizetype rowsPerLook = 200;
constexpr qint64 maxBytes = 4 * ChatView::maxShown;

QString textOf(const Capture& capture, const MessageRecord& record, QByteArray bytes)
{
    const QByteArray encoding = textEncoding(*capture.protocolOf(record.connection, record.direction));
    if (!encoding.isEmpty()) {
        bytes = decodedText(encoding, bytes).value_or(QByteArray()); // as UTF-8
    }
    while (bytes.endsWith('\n') || bytes.endsWith('\r')) {
        bytes.chop(1);
    }
    return visibleText(bytes);
}

ChatLine lineOf(const Capture& capture, const MessageRecord& record)
{
    ChatLine line { record.time, {}, capture.text(record.text), ChatLine::Tone::Notice };
    switch (record.kind) {
    case RecordKind::Message: {
        const bool isOurs = record.direction == Direction::Out;
        const QByteArray bytes =
            capture.read(record.connection, record.direction, record.offset, std::min(record.size, maxBytes));
        line.text = textOf(capture, record, bytes);
        line.who = isOurs ? ClientChat::tr("→ you") : ClientChat::tr("←");
        line.tone = isOurs ? ChatLine::Tone::Ours : ChatLine::Tone::Said;
        break;
    }
    case RecordKind::BadMessage:
    case RecordKind::Error:
        line.tone = ChatLine::Tone::Trouble;
        break;
    case RecordKind::Note:
        break;
    }
    return line;
}

} // namespace

ClientChat::ClientChat(QWidget* parent)
    : QWidget(parent)
    , m_view(new ChatView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    m_view->setCanSay(true, tr("Say something; /name NAME gives you a name. Connect to hear the others"));
    connect(m_view, &ChatView::said, this, &ClientChat::say);
    connect(&Ticker::instance(), &Ticker::tick, this, &ClientChat::look);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ClientChat::take);
}

ClientChat::~ClientChat()
{
    m_watcher.cancel();
}

void ClientChat::setCapture(std::shared_ptr<Capture> capture)
{
    m_capture = std::move(capture);
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_seen = 0;
    m_notices.clear();
    m_view->clear();
}

std::optional<ListMessage> ClientChat::composed() const
{
    if (m_view->typed().isEmpty()) {
        return std::nullopt;
    }
    ListMessage message = ListMessage::of(ListMessage::Content::Text, QString(m_view->typed() + u'\n'));
    message.reply = false;
    return message;
}

void ClientChat::edit(const QByteArray& bytes)
{
    const QByteArray own = m_capture ? textEncoding(*m_capture->protocol()) : QByteArray();
    const auto utf8 = decodedText(own.isEmpty() ? QByteArray("UTF-8") : own, bytes);
    QString line = QString::fromUtf8(utf8.value_or(QByteArray()));
    line.chop(line.endsWith(u"\r\n") ? 2 : line.endsWith(u'\n') ? 1 : 0);
    if (utf8 && visibleText(line) == line) {
        m_view->setTyped(line);
    } else {
        notice(tr("This message is not a line that can be typed."));
    }
}

void ClientChat::say(const QString& text)
{
    const QByteArray encoding = m_capture ? textEncoding(*m_capture->protocol()) : QByteArray();
    const auto line = TextEncoder(encoding).encode(QString(text + u'\n'));
    if (line) {
        Q_EMIT sayWanted(*line);
    } else {
        notice(tr("“%1” was not said: %2 has not all of its characters.")
                   .arg(visibleText(text), QString::fromLatin1(encoding)));
    }
}

void ClientChat::notice(const QString& text)
{
    m_notices.push_back({ captureNow(), {}, text, ChatLine::Tone::Notice });
    look();
}

void ClientChat::showState(Client::State state, const SocketAddress& peer)
{
    if (state == std::exchange(m_state, state) || !m_capture) {
        return;
    }
    if (state == Client::State::Connected) {
        notice(tr("Connected to %1.").arg(peer.toString()));
    } else if (state == Client::State::Disconnected) {
        notice(tr("Not connected any more."));
    }
}

void ClientChat::showNotices()
{
    m_view->append(std::exchange(m_notices, {}));
}

void ClientChat::look()
{
    if (m_watcher.isRunning()) {
        return;
    }
    const qsizetype count = m_capture && isVisible() ? m_capture->messageCount() : 0;
    if (count <= m_seen) {
        if (!m_notices.empty()) {
            showNotices();
        }
        return;
    }
    // Who falls far behind sees the latest; Messages has all of them.
    const qsizetype first = std::max(m_seen, count - ChatView::maxLines);
    m_seen = std::min(count, first + rowsPerLook);
    const auto promise = std::make_shared<QPromise<std::vector<ChatLine>>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture = m_capture, first, end = m_seen] {
        std::vector<ChatLine> lines;
        for (qsizetype row = first; row < end && !promise->isCanceled(); ++row) {
            lines.push_back(lineOf(*capture, capture->message(row)));
        }
        promise->addResult(std::move(lines));
        promise->finish();
    });
}

void ClientChat::take()
{
    QFuture<std::vector<ChatLine>> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    m_view->append(future.takeResult());
    if (!m_notices.empty() && m_seen == m_capture->messageCount()) {
        showNotices();
    }
}

} // namespace sockeye
