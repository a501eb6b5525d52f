// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/reading/capture.h"
#include "protocol/sendlist/send_list.h"
#include "ui/transcript/chat_view.h"

#include <QFutureWatcher>
#include <QWidget>

#include <optional>
#include <vector>

namespace sockeye {

/// A client page in chat mode: the lines that come, and one to say something. What is shown comes from the capture, as
/// everything that was said over the wire does; it is read in a background thread.
class ClientChat : public QWidget {
    Q_OBJECT
public:
    explicit ClientChat(QWidget* parent = nullptr);
    ~ClientChat() override;

    void setCapture(std::shared_ptr<Capture> capture); ///< what was said over another one goes
    /// The line that is being written, as a message of a list; nothing while there is none. Nobody answers it by
    /// itself.
    [[nodiscard]] std::optional<ListMessage> composed() const;
    void edit(const QByteArray& bytes); ///< into the line, if they are one
    void showState(Client::State state, const SocketAddress& peer);

Q_SIGNALS:
    void sayWanted(const QByteArray& line); ///< with its line feed

private:
    void say(const QString& text);
    void look();
    void take();
    void notice(const QString& text); ///< behind what was said before
    void showNotices();

    ChatView* m_view;
    std::shared_ptr<Capture> m_capture;
    qsizetype m_seen = 0; ///< rows that are shown or being read
    QFutureWatcher<std::vector<ChatLine>> m_watcher;
    std::vector<ChatLine> m_notices; ///< not shown yet
    Client::State m_state = Client::State::Disconnected;
};

} // namespace sockeye
