// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A capture of ten million messages: opened, scrolled from end to end, messages shown. tests/bench/README.md says how
// to read the figures.

#include "capture_generator.h"
#include "figures.h"

#include "app/reading/capture.h"
#include "ui/inspector/inspector.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/capture/capture_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>

#include <cstdlib>
#include <ctime>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockeye;

namespace {

/// In a process of its own, so that what it takes in memory is not counted.
bool generate(const QString& file, qint64 messages)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const bool done = generateCapture(file, messages);
        std::fflush(nullptr);
        ::_exit(done ? 0 : 1);
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

double loadOfTheMachine()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : -1;
}

void openAndWait(CapturePage& page)
{
    QElapsedTimer watch;
    watch.start();
    const std::clock_t started = std::clock();
    int steps = 0;
    double last = 0;
    qint64 longestTurn = 0;
    while (page.isReading()) {
        QElapsedTimer turn;
        turn.start();
        QApplication::processEvents(QEventLoop::AllEvents, 10);
        longestTurn = std::max(longestTurn, turn.nsecsElapsed());
        if (page.capture()->progress() > last) {
            last = page.capture()->progress();
            ++steps;
        }
        QThread::msleep(1);
    }
    const double processor = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    std::printf("%-36s %.2f s (%.2f s of processor), %.0f messages a second, %d steps of progress (wanted: < 10 s)\n",
        "opened in", seconds, processor, static_cast<double>(page.capture()->messageCount()) / seconds, steps);
    std::printf("%-36s %.1f ms\n", "longest turn of the window meanwhile", static_cast<double>(longestTurn) / 1e6);
}

/// The reader's share of opening.
void openWithoutWindow(const QString& file)
{
    QElapsedTimer watch;
    watch.start();
    const auto capture = Capture::open(file);
    capture->waitUntilIdle();
    std::printf("%-36s %.2f s\n", "read without a window", static_cast<double>(watch.nsecsElapsed()) / 1e9);
}

void cancel(const QString& file)
{
    const auto capture = Capture::open(file);
    while (capture->progress() < 0.2) {
        QThread::msleep(1);
    }
    QElapsedTimer watch;
    watch.start();
    capture->cancelReading();
    capture->waitUntilIdle();
    std::printf("%-36s %.1f ms, with %lld messages kept\n", "cancelled at 20 % in",
        static_cast<double>(watch.nsecsElapsed()) / 1e6, static_cast<long long>(capture->messageCount()));
}

/// As the wheel or the bar of the table does it: a new place, then everything that it leads to is painted.
void scroll(QTableView& table, int frames)
{
    Times times;
    QScrollBar* bar = table.verticalScrollBar();
    for (int frame = 0; frame <= frames; ++frame) {
        QElapsedTimer watch;
        watch.start();
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * frame / frames));
        QApplication::processEvents();
        table.viewport()->repaint();
        times.add(watch.nsecsElapsed());
    }
    times.print("frames while scrolled end to end", 33);
}

void showMessages(const std::shared_ptr<Capture>& capture, int count)
{
    Inspector inspector;
    inspector.resize(420, 800);
    inspector.show();
    QApplication::processEvents();
    Times times;
    for (int i = 0; i < count; ++i) {
        const qsizetype row = (static_cast<qsizetype>(i) * 7'919'993) % capture->messageCount();
        QEventLoop loop;
        QObject::connect(&inspector, &Inspector::shown, &loop, &QEventLoop::quit);
        QElapsedTimer watch;
        watch.start();
        inspector.show({ capture, row, capture->message(row) });
        loop.exec();
        inspector.repaint();
        times.add(watch.nsecsElapsed());
    }
    times.print("messages shown, anywhere in the file", 20);
}

} // namespace

int main(int argc, char** argv)
{
    const qint64 messages = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
    const QTemporaryDir folder(argc > 2 ? QString::fromLocal8Bit(argv[2]) + u"/bench-XXXXXX" : QString());
    const QString file = folder.filePath(QStringLiteral("large.pcapng"));
    if (messages < 1000 || !folder.isValid() || !generate(file, messages)) {
        std::fprintf(stderr, "usage: bench_large_capture [MESSAGES, at least 1000] [FOLDER]\n");
        return 1;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    std::printf("%-36s %lld messages, %lld MiB; load of the machine %.2f\n", "file", static_cast<long long>(messages),
        static_cast<long long>(QFileInfo(file).size() >> 20), loadOfTheMachine());
    openWithoutWindow(file);
    const Resident before = Resident::now();
    CapturePage page(file);
    page.setFollowing(false);
    page.resize(1280, 800);
    page.show();
    openAndWait(page);
    const Resident after = Resident::now();
    std::printf("%-36s %.0f MiB, %.0f MiB of its own, %.1f bytes a message (wanted: < 1,536 MiB)\n", "resident",
        after.all, after.own,
        (after.own - before.own) * 1024 * 1024 / static_cast<double>(page.capture()->messageCount()));
    if (page.capture()->failure() || page.capture()->messageCount() != messages) {
        std::fprintf(stderr, "the capture is not whole: %s\n", qUtf8Printable(page.capture()->failure().oneLine()));
        return 1;
    }
    auto* table = page.findChild<MessagesPanel*>()->findChild<QTableView*>();
    while (table->model()->rowCount() < messages) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    scroll(*table, 3000);
    showMessages(page.capture(), 500);
    std::printf(
        "%-36s %.0f MiB, %.0f MiB of its own\n", "resident at the end", Resident::now().all, Resident::now().own);
    cancel(file);
    return 0;
}
