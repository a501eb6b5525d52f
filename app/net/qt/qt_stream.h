// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"

#include <memory>
#include <optional>

namespace sockeye {

class QtSocket;

/// A stream over QTcpSocket: signals and buffers of Qt beneath the interface that all engines have.
///
/// What the class hides stays hidden: its descriptor is gone as soon as the peer's end of stream has come, a reset
/// looks like that end, and written bytes are in its buffer. Both buffers are bounded: QTcpSocket stops reading at
/// readBufferSize, and write() takes nothing while mostUnsent bytes wait.
class QtStream final : public Stream {
public:
    static constexpr qsizetype readBufferSize = 64 * 1024;
    static constexpr qsizetype mostUnsent = 256 * 1024;

    explicit QtStream(Owner* owner);
    explicit QtStream(std::unique_ptr<QtSocket> accepted); ///< connected; without an owner
    ~QtStream() override;

    void moveTo(QThread* thread) override;
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) override;
    [[nodiscard]] FailureCode connectResult() override { return m_failure; }
    [[nodiscard]] Transfer read(char* data, qsizetype size) override;
    [[nodiscard]] Transfer write(QByteArrayView bytes) override;
    void shutdownWrite() override;
    void close() override; ///< what waits to be sent is still sent, for a while
    void reset() override; ///< no RST, but at once: what waits to be sent is lost
    void setReading(bool on) override;
    void setWriting(bool on) override;
    void callLater() override;

    [[nodiscard]] bool isOpen() const override { return m_socket != nullptr; }
    [[nodiscard]] SocketAddress local() const override { return m_local; }
    [[nodiscard]] SocketAddress peer() const override { return m_peer; }
    [[nodiscard]] bool peerIsGone() const override { return m_end.has_value(); }
    [[nodiscard]] const EngineCapabilities& capabilities() const override;
    [[nodiscard]] FailureCode lastFailure() const override { return m_failure; }

private:
    friend class QtSocket;

    // From the socket.
    void established();
    void haveBytes();
    void haveRoom();
    void failed();
    void ended();
    void later();

    [[nodiscard]] bool isReadable() const;
    [[nodiscard]] bool isWritable() const;
    void tellOwner();
    void tellLater();
    void letGo();

    std::unique_ptr<QtSocket> m_socket; ///< null while closed
    SocketAddress m_local;
    SocketAddress m_peer;
    std::optional<Status> m_end; ///< EndOfStream or Failed: what read() tells once the buffer is empty
    FailureCode m_failure = FailureCode::None;
    bool m_isConnecting = false;
    bool m_noDelay = true;
    bool m_isBusy = false; ///< a call of the owner is on the stack: it is not told in the middle of it
    bool m_isCalledLater = false; ///< an event to the socket is on its way
    bool m_wasAsked = false; ///< by callLater()
    bool m_endIsTold = false;
    bool m_wantsReading = false;
    bool m_wantsWriting = false;
};

} // namespace sockeye
