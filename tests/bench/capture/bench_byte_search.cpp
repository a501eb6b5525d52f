// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes found in everything that a capture holds, beside grep and tshark on the same file; and RE2 and Hyperscan, which
// look for expressions, by themselves. tests/bench/README.md says how to read
// the figures.

#include "capture_generator.h"

#include "app/bytesearch/byte_search.h"
#include "app/bytesearch/byte_sieve.h"
#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

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
    { "regular expression without a rare letter", true, "[a-z]+@[a-z]+\\.com" },
    { "regular expression of alternatives", true, "(fox|hare|rabb+)it?x" },
    { "regular expression of digits", true, "[0-9]{12}" },
};

void findIn(const std::shared_ptr<Capture>& capture, const Sought& each)
{
    const QString text = QString::fromUtf8(each.text);
    const ByteNeedle needle = each.isPattern ? *ByteNeedle::ofPattern(text) : *ByteNeedle::ofText(text, "UTF-8");
    ByteSearch search(capture, needle);
    QElapsedTimer watch;
    watch.start();
    // As a window does: another thread asks now and then what there is.
    std::atomic<bool> isOver { false };
    double first = -1;
    std::thread asks([&] {
        while (!isOver && search.hitCount() == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        first = search.hitCount() > 0 ? static_cast<double>(watch.nsecsElapsed()) / 1e6 : -1;
    });
    search.run();
    const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    isOver = true;
    asks.join();
    std::printf("  %-42s %9lld hits, %6.2f s, %8.0f MB/s", each.what, static_cast<long long>(search.hitCount()),
        seconds, static_cast<double>(search.bytesLooked()) / 1e6 / seconds);
    std::printf(first < 0 ? "\n" : ", the first after %.1f ms\n", first);
}

/// Whether it is in blocks of 64 KiB, asked again and again.
template <typename IsIn> double blocksIn(const QByteArray& bytes, const IsIn& isIn)
{
    constexpr qsizetype block = 64 * 1024;
    constexpr int rounds = 4;
    qint64 count = 0;
    QElapsedTimer watch;
    watch.start();
    for (int round = 0; round < rounds; ++round) {
        for (qsizetype at = 0; at + block <= bytes.size(); at += block) {
            count += isIn(QByteArrayView(bytes).sliced(at, block)) ? 1 : 0;
        }
    }
    const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    return count < 0 ? 0 : rounds * static_cast<double>(bytes.size()) / 1e6 / seconds;
}

void compareEngines(const QByteArray& bytes, const Sought& each)
{
    filter::Pattern::Problem problem;
    const auto pattern = filter::Pattern::make(each.text, problem);
    const auto sieve = ByteSieve::make(each.text);
    std::printf("    RE2 alone %33s %8.0f MB/s\n", "",
        blocksIn(bytes, [&pattern](QByteArrayView block) { return pattern->isInBytes(block); }));
    if (sieve) {
        std::printf("    Hyperscan alone %27s %8.0f MB/s\n", "",
            blocksIn(bytes, [&sieve](QByteArrayView block) { return sieve->mayBeIn(block); }));
    }
}

void timed(const char* what, const QString& program, const QStringList& arguments, const QString& file)
{
    QProcess process;
    process.setEnvironment({ QStringLiteral("LC_ALL=C"), QStringLiteral("PATH=/usr/bin:/bin") });
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    QElapsedTimer watch;
    watch.start();
    process.start(program, arguments);
    if (process.waitForFinished(-1)) {
        const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
        std::printf("    %-40s %20.2f s, %8.0f MB/s of the file\n", what, seconds,
            static_cast<double>(QFileInfo(file).size()) / 1e6 / seconds);
    }
}

void othersIn(const QString& file, const Sought& each, bool withTshark)
{
    const QString text = QString::fromUtf8(each.text);
    timed("grep -c", QStringLiteral("grep"),
        { QStringLiteral("-c"), QStringLiteral("-a"), each.isPattern ? QStringLiteral("-E") : QStringLiteral("-F"),
            text, file },
        file);
    if (withTshark) {
        const QString test =
            each.isPattern ? QStringLiteral("frame matches \"%1\"") : QStringLiteral("frame contains \"%1\"");
        timed("tshark -Y frame …", QStringLiteral("tshark"),
            { QStringLiteral("-n"), QStringLiteral("-r"), file, QStringLiteral("-Y"),
                test.arg(QString(text).replace(u'\\', QStringLiteral("\\\\"))) },
            file);
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

void measure(const char* what, const QString& file, bool withTshark)
{
    const auto capture = Capture::open(file);
    capture->waitUntilIdle();
    std::printf("%s: %lld messages, %.0f MB\n", what, static_cast<long long>(capture->messageCount()),
        static_cast<double>(capture->byteCount()) / 1e6);
    for (const Sought& each : sought) {
        findIn(capture, each);
        if (each.isPattern) {
            compareEngines(capture->read(1, Direction::In, 0, 16 * 1024 * 1024), each);
        }
        othersIn(file, each, withTshark);
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
    const bool withTshark = argc > 2 && qstrcmp(argv[2], "tshark") == 0;
    measure("256 connections, small messages", many, withTshark);
    measure("one stream", one, withTshark);
    return 0;
}
