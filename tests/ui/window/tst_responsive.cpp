// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/heartbeat.h"
#include "tests/ui/window/pipelining_peer.h"
#include "tests/ui/window/window_test.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/main_window.h"
#include "ui/window/settings.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace sockeye;

/// The window stays usable, and nothing is lost or out of order, while a server in it is busy.
class TestResponsive : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void windowFollowsABusyServer();
};

namespace {

#ifdef SOCKEYE_SANITIZED
constexpr int questionsPerBatch = 5;
constexpr qint64 longestStall = 250;
#else
constexpr int questionsPerBatch = 50;
constexpr qint64 longestStall = 50;
#endif
constexpr int batches = 3000;
constexpr int rounds = 5;
constexpr qint64 questions = qint64(batches) * questionsPerBatch;

/// Every message of both directions of every connection is there once, back to back.
void checkComplete(const Capture& capture, qsizetype connections)
{
    qint64 counts[2] {};
    QMap<quint32, std::array<qint64, 2>> ends;
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        const MessageRecord record = capture.message(row);
        if (record.kind == RecordKind::Note) {
            continue;
        }
        QCOMPARE(record.kind, RecordKind::Message);
        const auto direction = static_cast<std::size_t>(record.direction);
        QCOMPARE(record.offset, ends[record.connection][direction]);
        ends[record.connection][direction] += record.size;
        ++counts[direction];
    }
    QCOMPARE(counts[0], connections * questions);
    QCOMPARE(counts[1], connections * questions);
    QCOMPARE(ends.size(), connections);
}

} // namespace

void TestResponsive::windowFollowsABusyServer()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    IoThreads threads(2);
    MainWindow window(threads, settings);
    auto* page = new ServerPage(threads);
    window.addPage(page);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    page->restore({ { QStringLiteral("port"), 0 },
        { QStringLiteral("options"), QJsonObject { { QStringLiteral("persistent"), true } } } });
    page->setPort(0);
    page->start();
    QTRY_COMPARE(page->server()->state(), Server::State::Listening);

    // A stall of the program's own comes back in every round; one that the machine causes (another guest has the
    // processor, a font is read from a cold disk) does not.
    const auto* table = page->messages()->model();
    QList<qint64> stalls;
    do {
        const PipeliningPeer peer(
            { page->server()->address().port, batches, questionsPerBatch, std::chrono::milliseconds(1) });
        const Heartbeat heartbeat;
        QTRY_VERIFY_WITH_TIMEOUT(peer.isDone(), 60'000);
        QVERIFY2(peer.failure().isEmpty(), qPrintable(peer.failure()));
        QCOMPARE(peer.answered(), questions);
        QTRY_COMPARE_WITH_TIMEOUT(qint64(table->rowCount()), 2 * questions * (stalls.size() + 1), 30'000);
        QVERIFY(heartbeat.beats() > 10);
        stalls.append(heartbeat.longestGapMs());
    } while (stalls.constLast() > longestStall && stalls.size() < rounds);
    QVERIFY2(stalls.constLast() <= longestStall,
        qPrintable(
            QStringLiteral("The window stood still in every round, at the last for %1 ms.").arg(stalls.constLast())));

    waitUntilIdle(*page->capture());
    checkComplete(*page->capture(), stalls.size());
}

SOCKEYE_TEST(TestResponsive)
#include "tst_responsive.moc"
