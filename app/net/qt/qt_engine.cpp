// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/qt/qt_engine.h"

#include "app/net/qt/qt_acceptor.h"
#include "app/net/qt/qt_datagram_socket.h"
#include "app/net/qt/qt_stream.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

class QtEngine final : public Engine {
public:
    [[nodiscard]] QLatin1StringView id() const override { return QLatin1StringView("qt"); }
    [[nodiscard]] QString title() const override
    {
        return QCoreApplication::translate("sockeye::Engine", "Qt (QTcpServer, QTcpSocket, QUdpSocket)");
    }
    [[nodiscard]] const EngineCapabilities& capabilities() const override
    {
        static constexpr EngineCapabilities none { false, false, false, false, false, false, false, false, false };
        return none;
    }
    [[nodiscard]] QStringList limits() const override
    {
        const auto tr = [](const char* text) { return QCoreApplication::translate("sockeye::Engine", text); };
        return {
            tr("It cannot end one direction alone: when one side has ended, the connection is gone, with what the "
               "other side was still owed."),
            tr("It does not tell a reset from an end of stream."),
            tr("It cannot send a reset: a connection is closed instead."),
            tr("What is shown as sent may still be in a buffer of Qt's."),
            tr("It does not notice that the peer of a connection that is not read from has gone."),
            tr("A UDP server that has several IPv4 addresses may answer from another one than it was asked at."),
            tr("It cannot set when keep-alive begins and how often it asks, sets the TTL only of what goes to a group, "
               "and the traffic class only of IPv4."),
            tr("It has no Unix sockets."),
            tr("When no file descriptors are left for new connections, it may not say so, and keeps a core busy until "
               "there are some again."),
        };
    }
    [[nodiscard]] std::unique_ptr<Stream> newStream(Stream::Owner* owner) const override
    {
        return std::make_unique<QtStream>(owner);
    }
    [[nodiscard]] std::unique_ptr<Acceptor> newAcceptor(Acceptor::Owner& owner) const override
    {
        return std::make_unique<QtAcceptor>(owner);
    }
    [[nodiscard]] std::unique_ptr<DatagramSocket> newDatagramSocket(DatagramSocket::Owner* owner) const override
    {
        return std::make_unique<QtDatagramSocket>(owner);
    }
};

} // namespace

const Engine& qtEngine()
{
    static const QtEngine engine;
    return engine;
}

} // namespace sockeye
