// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/export/export_help.h"

#include "tests/app/reading/capture_help.h"

#include <QFile>
#include <QProcess>

namespace sockeye {

std::shared_ptr<Capture> sampleCapture(const QString& file)
{
    CaptureOptions options;
    options.title = QStringLiteral("Server 127.0.0.1:65432");
    options.file = file;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    const QByteArray request = jsonMessage(R"({"action": "search", "value": "morpheus \"?? 🐰"})");
    writer.opened(1, factsFor(40001));
    writer.opened(2, factsFor(40002, Transport::Tcp, true, true));
    // Connection 1: cut in three, then two glued; 2: large.
    writer.chunk(1, Direction::In, request.first(1));
    writer.chunk(2, Direction::Out, binaryMessage(noise(300'001)));
    writer.chunk(1, Direction::In, request.sliced(1, 50));
    writer.chunk(1, Direction::In, request.sliced(51));
    writer.note(1, QStringLiteral("A note\nin two lines */ \"\"\" '."));
    writer.chunk(1, Direction::Out, jsonMessage(R"({"result": "=1+1"})"));
    writer.chunk(2, Direction::In, QByteArray(jsonMessage("\"one\"") + jsonMessage("[2, 3]") + binaryMessage({})));
    writer.closed(1, CloseKind::Orderly);
    writer.opened(3, factsFor(40003));
    writer.chunk(3, Direction::In, QByteArray(binaryMessage("first") + QByteArray("\0\0", 2) + noise(270'000, 3)));
    writer.closed(3, CloseKind::ResetByPeer);
    writer.error(9, QLatin1StringView("refused"), QStringLiteral("Nothing listens there."));
    writer.opened(4, factsFor(40004, Transport::Udp));
    writer.chunk(4, Direction::In, "hello");
    writer.chunk(4, Direction::Out, QByteArray());
    writer.chunk(4, Direction::Out, "=HELLO");
    writer.closed(4, CloseKind::Orderly);
    writer.closed(2, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    return capture;
}

RowChoice allRows(const Capture& capture)
{
    return { { { 0, capture.messageCount() } }, nullptr };
}

QByteArray streamBytes(const Capture& capture, quint32 connection, Direction direction)
{
    return capture.read(connection, direction, 0, 100'000'000);
}

QByteArray contentOf(const QString& file)
{
    QFile reader(file);
    return reader.open(QIODevice::ReadOnly) ? reader.readAll() : QByteArray("cannot be read");
}

QByteArray run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(100'000) || process.exitCode() != 0) {
        return program.toUtf8() + " failed: " + process.readAllStandardError();
    }
    return process.readAllStandardOutput();
}

} // namespace sockeye
