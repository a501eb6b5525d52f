// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"

#include <QHostAddress>

#include <memory>

namespace sockeye {

/// A capture that a test writes by hand, as an endpoint would.
struct CaptureFixture {
    explicit CaptureFixture(const ProtocolPtr& protocol = appProtocol())
        : capture(Capture::create(readAs(protocol)))
        , writer(std::make_unique<CaptureWriter>(capture))
    {
    }

    [[nodiscard]] static CaptureOptions readAs(const ProtocolPtr& protocol)
    {
        CaptureOptions options;
        options.protocol = protocol;
        options.title = QStringLiteral("test");
        return options;
    }

    void open(quint32 connection, bool weConnected = false)
    {
        ConnectionFacts facts;
        facts.local = { QHostAddress(QHostAddress::LocalHost), 65432 };
        facts.peer = { QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(40'000 + connection % 20'000) };
        facts.weConnected = weConnected;
        writer->opened(connection, facts);
    }

    void in(quint32 connection, const QByteArray& bytes) { writer->chunk(connection, Direction::In, bytes); }
    void out(quint32 connection, const QByteArray& bytes) { writer->chunk(connection, Direction::Out, bytes); }

    /// Hands everything over and waits until it is in the index.
    void settle()
    {
        writer->flush();
        capture->waitUntilIdle();
    }

    static QByteArray search(const QString& query)
    {
        return encodeRequest(QStringLiteral("search"), query, ByteOrder::Little);
    }

    static QByteArray binary(const QByteArray& content)
    {
        QByteArray message;
        appendMessage(message, "binary/custom-client-binary-type", "binary", ByteOrder::Little, content);
        return message;
    }

    std::shared_ptr<Capture> capture;
    std::unique_ptr<CaptureWriter> writer;
};

} // namespace sockeye
