// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"
#include "protocol/protocols/lines/lines_protocol.h"

#include <QHostAddress>

#include <ctime>
#include <memory>

namespace sockeye {

/// Of this process, in nanoseconds: whatever else the machine does, a frame costs as much.
inline qint64 processorTime()
{
    return static_cast<qint64>(std::clock()) * (1'000'000'000 / CLOCKS_PER_SEC);
}

/// Lines of many lengths, three to a read, so that about every second read cuts one: in connection 1.
inline std::shared_ptr<Capture> oneConnection(qint64 messages)
{
    CaptureOptions options;
    options.protocol = linesProtocol();
    constexpr quint32 connection = 1;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    ConnectionFacts facts;
    facts.local = { QHostAddress(QHostAddress::LocalHost), 65'432 };
    facts.peer = { QHostAddress(QHostAddress::LocalHost), 40'001 };
    writer.opened(connection, facts);
    QByteArray gathered;
    for (qint64 i = 0; i < messages / 2; ++i) {
        gathered += "line " + QByteArray::number(i) + QByteArray(static_cast<qsizetype>(i % 23), '.') + '\n';
        if (i % 3 == 2) {
            const qsizetype cut = i % 2 == 0 ? gathered.size() : gathered.size() - 7;
            writer.chunk(connection, Direction::In, gathered.first(cut));
            gathered.remove(0, cut);
        }
        writer.chunk(connection, Direction::Out, QByteArray("OK " + QByteArray::number(i) + '\n'));
    }
    writer.chunk(connection, Direction::In, gathered);
    writer.flush();
    capture->waitUntilIdle();
    return capture;
}

} // namespace sockeye
