// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_chat.h"

#include "protocol/text/visible_text.h"
#include "ui/models/ticker.h"
#include "ui/transcript/chat_view.h"

#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

/// What one look takes at most: each line is a small read of the spool.
constexpr qsizetype rowsPerLook = 200;
constexpr qint64 maxBytes = 4 * ChatView::maxShown;

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
    connect(m_view, &ChatView::said, this, [this](const QString& text) { Q_EMIT sayWanted(text.toUtf8() + '\n'); });
    connect(&Ticker::instance(), &Ticker::tick, this, &ClientChat::look);
}

void ClientChat::setCapture(std::shared_ptr<Capture> capture)
{
    m_capture = std::move(capture);
    m_seen = 0;
    m_view->clear();
}

void ClientChat::notice(const QString& text)
{
    m_view->append({ ChatLine { captureNow(), {}, text, ChatLine::Tone::Notice } });
}

void ClientChat::showState(Client::State state, const SocketAddress& peer)
{
    if (state == std::exchange(m_state, state) || !m_capture) {
        return;
    }
    if (state == Client::State::Connected) {
        notice(tr("Connected to %1.").arg(peer.toString()));
    } else if (state == Client::State::Disconnected) {
        look(); // what was said before
        notice(tr("Not connected any more."));
    }
}

void ClientChat::look()
{
    if (!m_capture || !isVisible()) {
        return;
    }
    const qsizetype count = m_capture->messageCount();
    // Who falls far behind sees the latest; Messages has all of them.
    m_seen = std::max(m_seen, count - ChatView::maxLines);
    std::vector<ChatLine> lines;
    for (const qsizetype end = std::min(count, m_seen + rowsPerLook); m_seen < end; ++m_seen) {
        const MessageRecord record = m_capture->message(m_seen);
        ChatLine line { record.time, {}, m_capture->text(record.text), ChatLine::Tone::Notice };
        switch (record.kind) {
        case RecordKind::Message: {
            const bool isOurs = record.direction == Direction::Out;
            QByteArray bytes =
                m_capture->read(record.connection, record.direction, record.offset, std::min(record.size, maxBytes));
            while (bytes.endsWith('\n') || bytes.endsWith('\r')) {
                bytes.chop(1);
            }
            line.text = visibleText(bytes);
            line.who = isOurs ? tr("→ you") : tr("←");
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
        lines.push_back(std::move(line));
    }
    m_view->append(lines);
}

} // namespace sockeye
