// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_engine.h"

#include "app/net/native/native_acceptor.h"
#include "app/net/native/native_datagram_socket.h"
#include "app/net/native/native_passer.h"
#include "app/net/native/native_stream.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

class NativeEngine final : public Engine {
public:
    [[nodiscard]] QLatin1StringView id() const override { return QLatin1StringView("native"); }
    [[nodiscard]] QString title() const override
    {
        return QCoreApplication::translate("sockeye::Engine", "Native (the system's sockets)");
    }
    [[nodiscard]] const EngineCapabilities& capabilities() const override { return m_capabilities; }
    [[nodiscard]] QStringList limits() const override { return {}; }
    [[nodiscard]] std::unique_ptr<Stream> newStream(Stream::Owner* owner) const override
    {
        return std::make_unique<NativeStream>(owner);
    }
    [[nodiscard]] std::unique_ptr<Acceptor> newAcceptor(Acceptor::Owner& owner) const override
    {
        return std::make_unique<NativeAcceptor>(owner);
    }
    [[nodiscard]] std::unique_ptr<DatagramSocket> newDatagramSocket(DatagramSocket::Owner* owner) const override
    {
        return std::make_unique<NativeDatagramSocket>(owner);
    }
    [[nodiscard]] std::unique_ptr<Passer> newPasser() const override { return std::make_unique<NativePasser>(); }

private:
    EngineCapabilities m_capabilities;
};

} // namespace

const Engine& nativeEngine()
{
    static const NativeEngine engine;
    return engine;
}

} // namespace sockeye
