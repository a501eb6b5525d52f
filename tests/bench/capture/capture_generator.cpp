// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture_generator.h"

#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"

#include <QtEndian>

#include <cstdio>

namespace sockeye {

namespace {

QByteArray message(const QByteArray& content)
{
    const QByteArray header = R"({"byteorder": "little", "content-type": "text/json", "content-encoding": "utf-8", )"
                              R"("content-length": )"
        + QByteArray::number(content.size()) + '}';
    QByteArray prefix(2, Qt::Uninitialized);
    qToBigEndian(static_cast<quint16>(header.size()), prefix.data());
    return prefix + header + content;
}

} // namespace

bool generateCapture(const QString& file, qint64 messages)
{
    CaptureOptions options;
    options.file = file;
    options.title = QStringLiteral("Server 127.0.0.1:65432");
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    constexpr quint32 connections = 256;
    for (quint32 id = 1; id <= connections; ++id) {
        ConnectionFacts facts;
        facts.local = { QHostAddress(QHostAddress::LocalHost), 65'432 };
        facts.peer = { QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(40'000 + id) };
        writer.opened(id, facts);
    }
    const QByteArray request = message(R"({"action": "search", "value": "morpheus"})");
    for (qint64 i = 0; i < messages / 2; ++i) {
        const auto id = static_cast<quint32>(1 + i % connections);
        writer.chunk(id, Direction::In, request);
        // No two replies alike, so that nothing is quick because it was seen before.
        writer.chunk(
            id, Direction::Out, message(R"({"result": "Follow the white rabbit )" + QByteArray::number(i) + R"("})"));
    }
    for (quint32 id = 1; id <= connections; ++id) {
        writer.closed(id, CloseKind::Orderly);
    }
    writer.flush();
    capture->waitUntilIdle();
    if (const Failure failure = capture->failure()) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(failure.oneLine()));
        return false;
    }
    return true;
}

} // namespace sockeye
