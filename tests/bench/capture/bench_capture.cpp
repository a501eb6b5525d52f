// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the capture costs: events into batches, batches through spool and index, a file opened again. Prints a line
// each; tests/bench/README.md says how to read them.

#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/reading/capture_help.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>

using namespace sockeye;

namespace {

/// Wall clock and the processor time of all threads: on a busy machine only the second one says something.
class Watch {
public:
    Watch() { m_wall.start(); }
    void print(const char* what, qint64 count) const
    {
        const auto wall = static_cast<double>(m_wall.nsecsElapsed());
        const double processor = static_cast<double>(std::clock() - m_processor) * 1e9 / CLOCKS_PER_SEC;
        const auto each = static_cast<double>(count);
        std::printf("%-46s %9lld in %8.1f ms: %10.0f/s, %8.1f ns each, %8.1f ns of processor\n", what,
            static_cast<long long>(count), wall / 1e6, each * 1e9 / wall, wall / each, processor / each);
    }

private:
    QElapsedTimer m_wall;
    std::clock_t m_processor = std::clock();
};

/// Sees everything and does nothing: what is left is the batches.
class Blind : public CaptureObserver {
public:
    void event(const CaptureEvent&) override { }
};

void intoChunks()
{
    CaptureOptions options;
    options.record = false;
    options.observer = std::make_shared<Blind>();
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    constexpr qint64 count = 5'000'000;
    const QByteArray bytes = jsonMessage("{}");
    const Watch watch;
    for (qint64 i = 0; i < count; ++i) {
        writer.chunk(1, Direction::In, bytes);
    }
    watch.print("events into batches, one thread", count);
    capture->waitUntilIdle();
}

void throughSpoolAndIndex(const QString& file)
{
    CaptureOptions options;
    options.file = file;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    constexpr quint32 connections = 256;
    constexpr qint64 count = 2'000'000;
    for (quint32 id = 1; id <= connections; ++id) {
        writer.opened(id, factsFor(static_cast<quint16>(40'000 + id)));
    }
    const QByteArray request = jsonMessage("{\"action\": \"search\", \"value\": \"morpheus\"}");
    const QByteArray reply = jsonMessage("{\"result\": \"Follow the white rabbit.\"}");
    const Watch watch;
    for (qint64 i = 0; i < count / 2; ++i) {
        const auto id = static_cast<quint32>(1 + i % connections);
        writer.chunk(id, Direction::In, request);
        writer.chunk(id, Direction::Out, reply);
    }
    writer.flush();
    capture->waitUntilIdle();
    watch.print("chunks through batches, spool and index", count);

    const Watch opening;
    const auto again = Capture::open(file);
    again->waitUntilIdle();
    opening.print("messages of a file opened", again->messageCount());
    std::printf("    file: %lld bytes\n", static_cast<long long>(QFileInfo(file).size()));

    const Watch reading;
    constexpr qint64 reads = 100'000;
    for (qint64 i = 0; i < reads; ++i) {
        const MessageRecord record = again->message(i * 7919 % again->messageCount());
        if (again->read(record.connection, record.direction, record.offset, record.size).size() != record.size) {
            std::printf("a message could not be read\n");
        }
    }
    reading.print("messages read in any order", reads);
}

void largeRead(const QString& file, qsizetype piece, const char* what)
{
    CaptureOptions options;
    options.file = file;
    options.protocol = rawProtocol();
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    constexpr qint64 size = 64 * 1024 * 1024;
    const QByteArray bytes = noise(piece);
    for (qint64 done = 0; done < size; done += piece) {
        writer.chunk(1, Direction::In, bytes);
    }
    writer.flush();
    capture->waitUntilIdle();
    const Watch watch;
    const qint64 got = capture->read(1, Direction::In, 0, size).size();
    watch.print(what, got);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("bench.pcapng"));
    intoChunks();
    throughSpoolAndIndex(file);
    largeRead(file, 64 * 1024, "bytes of 64 MiB in chunks of 64 KiB read");
    largeRead(file, 128, "bytes of 64 MiB in chunks of 128 bytes read");
    return 0;
}
