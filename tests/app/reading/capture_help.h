// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"

#include <QByteArray>
#include <QStringList>

namespace sockeye {

/// A whole message of the application protocol.
[[nodiscard]] QByteArray jsonMessage(const QByteArray& content);
[[nodiscard]] QByteArray binaryMessage(const QByteArray& content);

/// Between two ends on this machine; `peerPort` tells connections apart.
[[nodiscard]] ConnectionFacts factsFor(
    quint16 peerPort, Transport transport = Transport::Tcp, bool weConnected = false, bool ipv6 = false);

/// One line for each row of the messages table, each connection and each chunk: what two captures of the same traffic
/// have to agree on.
[[nodiscard]] QStringList messageLines(const Capture& capture, bool withTimes = true);
[[nodiscard]] QStringList connectionLines(const Capture& capture);
[[nodiscard]] QStringList chunkLines(const Capture& capture);

/// Bytes that repeat late and look like nothing.
[[nodiscard]] QByteArray noise(qsizetype size, quint32 seed = 1);

/// Keeps every event, with a copy of its bytes.
class EventList : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override;
    void idle() override { ++idles; }

    QStringList lines; ///< "chunk 1 in abc"
    QByteArrayList bytes; ///< of chunks
    QList<qint64> times;
    int idles = 0;
};

} // namespace sockeye
