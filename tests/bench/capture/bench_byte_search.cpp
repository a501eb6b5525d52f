// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes found in everything that a capture holds, beside grep on the same file. tests/bench/README.md says how to read
// the figures.

#include "capture_generator.h"

#include "app/bytesearch/byte_search.h"
#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace sockeye;

namespace {

struct Sought {
    const char* what;
    bool isPattern;
    const char* text;
};
constexpr Sought sought[] = {
    { "text, nowhere", false, "nowhere to be found" },
    { "text, now and then", false, "rabbit" },
    { "text of frequent letters", false, "content-content" },
    { "regular expression, nowhere", true, "qu+x[0-9]{3}" },
    { "regular expression, now and then", true, "rab+it" },
};

void findIn(const std::shared_ptr<Capture>& capture, const Sought& each)
{
    const QString text = QString::fromUtf8(each.text);
    const ByteNeedle needle = each.isPattern ? *ByteNeedle::ofPattern(text) : *ByteNeedle::ofText(text, "UTF-8");
    ByteSearch search(capture, needle);
    QElapsedTimer watch;
    watch.start();
    search.run();
    const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    std::printf("  %-34s %9lld hits, %6.2f s, %8.0f MB/s\n", each.what, static_cast<long long>(search.hitCount()),
        seconds, static_cast<double>(search.bytesLooked()) / 1e6 / seconds);
}

void grepIn(const QString& file, const Sought& each)
{
    QProcess grep;
    grep.setEnvironment({ QStringLiteral("LC_ALL=C") });
    QElapsedTimer watch;
    watch.start();
    grep.start(QStringLiteral("/bin/grep"),
        { QStringLiteral("-c"), QStringLiteral("-a"), each.isPattern ? QStringLiteral("-E") : QStringLiteral("-F"),
            QString::fromUtf8(each.text), file });
    if (grep.waitForFinished(-1)) {
        const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
        std::printf("    grep -c                          %9s lines, %5.2f s, %8.0f MB/s of the file\n",
            grep.readAllStandardOutput().trimmed().constData(), seconds,
            static_cast<double>(QFileInfo(file).size()) / 1e6 / seconds);
    }
}

/// One connection that carries so many MB in large writes.
bool writeStream(const QString& file, int megabytes)
{
    CaptureOptions options;
    options.file = file;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(1, {});
    QByteArray piece;
    for (int i = 0; piece.size() < 1'000'000; ++i) {
        piece += "line " + QByteArray::number(i) + " of what a program says, content-content no\n";
    }
    for (int i = 0; i < megabytes; ++i) {
        writer.chunk(1, Direction::In, piece);
    }
    writer.flush();
    capture->waitUntilIdle();
    return !capture->failure();
}

void measure(const char* what, const QString& file)
{
    const auto capture = Capture::open(file);
    capture->waitUntilIdle();
    std::printf("%s: %lld messages, %.0f MB\n", what, static_cast<long long>(capture->messageCount()),
        static_cast<double>(capture->byteCount()) / 1e6);
    for (const Sought& each : sought) {
        findIn(capture, each);
        grepIn(file, each);
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const qint64 messages = argc > 1 ? QByteArray(argv[1]).toLongLong() : 2'000'000;
    const QTemporaryDir folder;
    const QString many = folder.filePath(QStringLiteral("many.pcapng"));
    const QString one = folder.filePath(QStringLiteral("one.pcapng"));
    if (!generateCapture(many, messages) || !writeStream(one, 1000)) {
        std::fputs("The captures cannot be written.\n", stderr);
        return 1;
    }
    measure("256 connections, small messages", many);
    measure("one stream", one);
    return 0;
}
