// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;

namespace sockeye {

class EngineBox;
class FamilyBox;
class ProtocolBox;
class SocketOptionsPanel;
class TlsClientPanel;

/// What seldom changes from one request to the next: time-outs, address family, protocol, what happens after sending.
class ClientOptionsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ClientOptionsPanel(QWidget* parent = nullptr);

    void apply(ClientOptions& options) const;
    void apply(SendPlan& plan) const;
    /// Over UDP each datagram is a message: there is no protocol to choose then, and no end of stream.
    void setTransport(Transport transport, bool isTls = false);
    [[nodiscard]] const ProtocolPtr& protocol() const; ///< over the transport that is chosen
    [[nodiscard]] const ProtocolPtr& streamProtocol() const; ///< as chosen
    void setProtocol(const ProtocolPtr& protocol);
    void setEncoding(const QByteArray& encoding); ///< of texts, where the protocol is one of text

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state); ///< ignores what it cannot read

Q_SIGNALS:
    void protocolChanged();

private:
    void chooseProtocol();

    QDoubleSpinBox* m_connectTimeout;
    QDoubleSpinBox* m_replyTimeout;
    QDoubleSpinBox* m_linger;
    FamilyBox* m_family;
    ProtocolBox* m_protocol;
    QComboBox* m_encoding;
    ProtocolPtr m_encoded; ///< what is chosen in the two
    EngineBox* m_engine;
    QCheckBox* m_expectReply;
    QCheckBox* m_finishAfter;
    TlsClientPanel* m_tls;
    SocketOptionsPanel* m_socket;
    Transport m_transport = Transport::Tcp;
    bool m_isTls = false;
};

} // namespace sockeye
