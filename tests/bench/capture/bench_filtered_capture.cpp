// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Filters over a capture of ten million messages: what finds the rows, beside tshark on the same file, and the window
// while it shows them. tests/bench/README.md says how to read the figures.

#include "capture_generator.h"
#include "figures.h"

#include "app/filtering/capture_scan.h"
#include "app/filtering/event_fields.h"
#include "ui/filter/filter_bar.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/capture/capture_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockeye;

namespace {

struct Measured {
    const char* what;
    const char* where;
    const char* tshark; ///< the same, more or less; null: it cannot say it
    bool perByte;
    const char* wanted;
};
constexpr Measured filters[] = {
    { "row facts", "size > 100 && dir == in", "tcp.len > 100 && tcp.dstport == 65432", false, "5,000,000 a second" },
    { "row facts, with latency", "latency > 1s", nullptr, false, "" },
    { "ends", "peer in {127.0.0.0/8} && peer.port == 40007", "tcp.port == 40007", false, "" },
    { "decoded fields", "json.action == \"search\"", nullptr, false, "2,000,000 a second" },
    { "decoded header", "header.content-length > 100000", nullptr, false, "2,000,000 a second" },
    { "bytes, contained", "bytes contains \"rabbit\"", "tcp.payload contains \"rabbit\"", true, "" },
    { "bytes, regular expression", "bytes ~ r\"rab+it\"", "tcp.payload matches \"rab+it\"", true, "500 MB/s" },
};

/// In a process of its own, so that what it takes in memory is not counted.
bool generateFiltered(const QString& file, qint64 messages)
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

filter::Filter compiledFor(const Capture& capture, const char* text)
{
    const auto filter = filter::Filter::compile(QString::fromUtf8(text), eventSchema(*capture.protocol()));
    if (!filter) {
        std::fprintf(stderr, "%s: %s\n", text, qUtf8Printable(filter.error().text));
        std::exit(1);
    }
    return *filter;
}

void scanAll(const std::shared_ptr<Capture>& capture, const Measured& measured)
{
    CaptureScan scan(capture, compiledFor(*capture, measured.where), -1, {});
    const qsizetype rows = capture->messageCount();
    QElapsedTimer watch;
    watch.start();
    const auto never = [] { return false; };
    const auto found = scan.scan(rows, never).rows.size();
    const double seconds = static_cast<double>(watch.nsecsElapsed()) / 1e9;
    const double rate = static_cast<double>(rows) / seconds;
    std::printf("%-36s %.2f s: %.0f rows a second", measured.what, seconds, rate);
    if (measured.perByte) {
        std::printf(", %.0f MB/s", static_cast<double>(capture->byteCount()) / seconds / 1e6);
    }
    std::printf("; %zu of %lld match%s%s%s\n", found, static_cast<long long>(rows),
        *measured.wanted != 0 ? " (wanted: " : "", measured.wanted, *measured.wanted != 0 ? ")" : "");
    std::fflush(stdout);
}

void tshark(const QString& file, const Measured& measured)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("tshark"));
    if (program.isEmpty() || measured.tshark == nullptr) {
        return;
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer watch;
    watch.start();
    process.start(program,
        { QStringLiteral("-n"), QStringLiteral("-r"), file, QStringLiteral("-Y"), QString::fromUtf8(measured.tshark),
            QStringLiteral("-w"), QStringLiteral("/dev/null") });
    process.waitForFinished(-1);
    std::printf("%-36s %.2f s\n", "  tshark -Y on the same file", static_cast<double>(watch.nsecsElapsed()) / 1e9);
    std::fflush(stdout);
}

void showFiltered(MessagesPanel& panel, const char* where)
{
    auto* bar = panel.findChild<FilterBar*>();
    MessagesModel& model = *panel.model();
    QElapsedTimer watch;
    watch.start();
    bar->setText(QString::fromUtf8(where));
    const qint64 applied = watch.nsecsElapsed();
    qint64 first = 0;
    qint64 longestTurn = applied;
    QObject context;
    QObject::connect(&model, &QAbstractItemModel::modelReset, &context, [&] { first = watch.nsecsElapsed(); });
    while (model.isBusy()) {
        QElapsedTimer turn;
        turn.start();
        QApplication::processEvents(QEventLoop::AllEvents, 10);
        longestTurn = std::max(longestTurn, turn.nsecsElapsed());
        QThread::usleep(200);
    }
    std::printf("%-36s first rows after %.0f ms (wanted: < 100 ms), all after %.2f s, %d rows; longest turn of the "
                "window %.1f ms (wanted: < 50 ms)\n",
        where, static_cast<double>(first) / 1e6, static_cast<double>(watch.nsecsElapsed()) / 1e9, model.rowCount(),
        static_cast<double>(longestTurn) / 1e6);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const qint64 messages = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
    const QTemporaryDir folder(argc > 2 ? QString::fromLocal8Bit(argv[2]) + u"/bench-XXXXXX" : QString());
    const bool withTshark = argc <= 3 || qstrcmp(argv[3], "alone") != 0;
    const QString file = folder.filePath(QStringLiteral("large.pcapng"));
    if (messages < 1000 || !folder.isValid() || !generateFiltered(file, messages)) {
        std::fprintf(
            stderr, "usage: bench_filtered_capture [MESSAGES, at least 1000] [FOLDER] [alone: without tshark]\n");
        return 1;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    CapturePage page(file);
    page.setFollowing(false);
    page.resize(1280, 800);
    page.show();
    while (page.isReading()) {
        QApplication::processEvents(QEventLoop::AllEvents, 10);
        QThread::msleep(1);
    }
    auto* panel = page.findChild<MessagesPanel*>();
    while (panel->model()->rowCount() < messages) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    std::printf("%-36s %lld messages, %lld MB of payload\n", "file", static_cast<long long>(messages),
        static_cast<long long>(page.capture()->byteCount() / 1'000'000));
    for (const Measured& measured : filters) {
        scanAll(page.capture(), measured);
        if (withTshark) {
            tshark(file, measured);
        }
    }
    const Resident before = Resident::now();
    for (const char* where : { "size > 100 && dir == in", "json.action == \"search\"", "bytes ~ r\"rab+it\"" }) {
        showFiltered(*panel, where);
    }
    std::printf(
        "%-36s %.0f MiB before, %.0f MiB after (wanted: < 1,024 MiB)\n", "resident", before.all, Resident::now().all);
    return 0;
}
