// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/reading/capture.h"

#include <QWidget>

namespace sockeye {

class ChatView;

/// A client page in chat mode: the lines that come, and one to say something. What is shown comes from the capture, as
/// everything that was said over the wire does.
class ClientChat : public QWidget {
    Q_OBJECT
public:
    explicit ClientChat(QWidget* parent = nullptr);

    void setCapture(std::shared_ptr<Capture> capture); ///< what was said over another one goes
    void showState(Client::State state, const SocketAddress& peer);

Q_SIGNALS:
    void sayWanted(const QByteArray& line); ///< with its line feed

private:
    void look();
    void notice(const QString& text);

    ChatView* m_view;
    std::shared_ptr<Capture> m_capture;
    qsizetype m_seen = 0; ///< rows
    Client::State m_state = Client::State::Disconnected;
};

} // namespace sockeye
