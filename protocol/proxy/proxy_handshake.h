// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/proxy/proxy_options.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// What a client says to a proxy, and hears, until there is a way through to the server. Asks for no byte beyond the
/// proxy's last word: what follows is the server's. Names are the proxy's to look up.
class ProxyHandshake {
public:
    static constexpr qsizetype longestHead = 64 * 1024; ///< bytes of an HTTP proxy's answer

    ProxyHandshake(const ProxyOptions& proxy, const QString& host, quint16 port);

    [[nodiscard]] QByteArray takeOutput(); ///< what is to be sent now; once
    /// How many bytes may be read for feed(): 0 once it is done or has failed.
    [[nodiscard]] qsizetype wanted() const;
    void feed(QByteArrayView bytes); ///< no more than were wanted

    [[nodiscard]] bool isDone() const { return m_state == State::Done; }
    [[nodiscard]] bool hasFailed() const { return m_state == State::Failed; }
    [[nodiscard]] const QString& problem() const { return m_problem; } ///< why it has failed: sentences

private:
    enum class State : quint8 { Method, Login, ReplyHead, ReplyRest, HttpHead, Done, Failed };

    void beginSocks();
    void beginHttp();
    void askSocks();
    void takeMethod();
    void takeLogin();
    void takeReplyHead();
    void takeHttpHead();
    void await(State state, qsizetype size);
    void fail(const QString& problem);

    ProxyOptions m_proxy;
    QString m_host;
    quint16 m_port;
    QByteArray m_output;
    QByteArray m_input; ///< of what is awaited
    qsizetype m_awaited = 0; ///< bytes of it; not for HttpHead
    State m_state = State::Failed;
    QString m_problem;
};

} // namespace sockeye
