// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A capture of ten million messages in the page that the window shows, read anew by another protocol while the page
// goes on. tests/bench/README.md says how to read the figures.

#include "capture_generator.h"
#include "figures.h"

#include "protocol/protocols/registry.h"
#include "tests/ui/window/heartbeat.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/pages/reread_row.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>

#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockeye;

namespace {

/// In a process of its own, so that what it takes in memory is not counted.
bool generateApart(const QString& file, qint64 messages)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(generateCapture(file, messages) ? 0 : 1);
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

double secondsOf(const QElapsedTimer& watch)
{
    return static_cast<double>(watch.nsecsElapsed()) / 1e9;
}

/// Goes on with the window until its page shows another reading, or `enough` of it is there.
class Reread {
public:
    Reread(CapturePage& page, const ProtocolPtr& protocol)
        : m_row(*page.findChild<RereadRow*>())
        , m_bar(*m_row.findChild<QProgressBar*>())
    {
        m_watch.start();
        page.setProtocol(protocol);
    }
    void goOn(int enough = std::numeric_limits<int>::max())
    {
        while (m_row.isUnderWay() && m_bar.value() < enough) {
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (m_bar.value() != m_last) {
                m_last = m_bar.value();
                ++m_steps;
            }
            m_most = std::max(m_most, Resident::now().own);
        }
    }
    /// As a click on “Keep as it is” does it.
    void cancel() { m_row.findChild<QPushButton*>()->click(); }
    [[nodiscard]] double seconds() const { return secondsOf(m_watch); }
    [[nodiscard]] int steps() const { return m_steps; }
    [[nodiscard]] double mostOwn() const { return m_most; } ///< MiB
    [[nodiscard]] const Heartbeat& heart() const { return m_heart; }

private:
    RereadRow& m_row;
    QProgressBar& m_bar;
    QElapsedTimer m_watch;
    Heartbeat m_heart;
    int m_last = 0;
    int m_steps = 0;
    double m_most = 0;
};

void printStillness(const char* what, const Heartbeat& heart)
{
    std::printf("%-40s %lld ms; 99 %% of its timers came within %.1f ms (wanted: < 50 ms)\n", what,
        static_cast<long long>(heart.longestGapMs()), heart.lagMs(0.99));
}

bool isWhole(const CapturePage& page, qint64 messages, const ProtocolPtr& protocol)
{
    return page.capture()->messageCount() == messages && page.capture()->protocol() == protocol;
}

/// Three readings of a page that has read its file: one given up, one by the other protocol, and back.
bool readAnew(CapturePage& page, const ProtocolPtr& other)
{
    const ProtocolPtr first = page.capture()->protocol();
    const qint64 messages = page.capture()->messageCount();
    constexpr int fifth = 200; // of the bar's thousand steps
    {
        Reread reread(page, other);
        reread.goOn(fifth);
        QElapsedTimer watch;
        watch.start();
        reread.cancel();
        std::printf("%-40s %.1f ms, with all rows of before: %s\n", "cancelled at 20 % in", secondsOf(watch) * 1000,
            isWhole(page, messages, first) ? "yes" : "no");
        printStillness("stood still until cancelled", reread.heart());
    }
    for (const ProtocolPtr& protocol : { other, first }) {
        Reread reread(page, protocol);
        reread.goOn();
        const double seconds = reread.seconds();
        std::printf("%-40s %.2f s, %.0f messages a second, %d steps of progress; %lld rows\n",
            qPrintable(QStringLiteral("read anew as \"%1\" in").arg(protocol->id())), seconds,
            static_cast<double>(messages) / seconds, reread.steps(),
            static_cast<long long>(page.capture()->messageCount()));
        printStillness(qPrintable(QStringLiteral("stood still, read as \"%1\"").arg(protocol->id())), reread.heart());
        std::printf("%-40s %.0f MiB of its own at most, %.0f MiB after it\n", "resident", reread.mostOwn(),
            Resident::now().own);
    }
    return isWhole(page, messages, first);
}

} // namespace

int main(int argc, char** argv)
{
    const qint64 messages = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
    const QTemporaryDir folder(argc > 2 ? QString::fromLocal8Bit(argv[2]) + u"/bench-XXXXXX" : QString());
    const QString file = folder.filePath(QStringLiteral("large.pcapng"));
    const auto other = protocolFromName(argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral("raw"));
    if (messages < 1000 || !folder.isValid() || !other || !generateApart(file, messages)) {
        std::fprintf(stderr, "usage: bench_reread [MESSAGES, at least 1000] [FOLDER] [PROTOCOL]\n");
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
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    if (page.capture()->messageCount() != messages) {
        std::fprintf(stderr, "the capture is not whole: %s\n", qUtf8Printable(page.capture()->failure().oneLine()));
        return 1;
    }
    std::printf(
        "%-40s %lld messages; %.0f MiB of its own\n", "opened", static_cast<long long>(messages), Resident::now().own);
    return readAnew(page, *other) ? 0 : 1;
}
