// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture.h"
#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "tests/ui/window/heartbeat.h"
#include "tests/ui/window/pipelining_peer.h"
#include "tests/ui/window/window_test.h"
#include "ui/models/messages_model.h"
#include "ui/pages/messages_panel.h"
#include "ui/pages/server_page.h"
#include "ui/window/main_window.h"
#include "ui/window/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// The window stays usable, and nothing is lost or out of order, while a server in it is busy.
class TestResponsive : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void windowFollowsABusyServer();
};

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int questionsPerBatch = 5;
constexpr qint64 longestStall = 250;
#else
constexpr int questionsPerBatch = 50;
constexpr qint64 longestStall = 50;
#endif
constexpr int batches = 3000;
constexpr qint64 questions = qint64(batches) * questionsPerBatch;

/// Every message of both directions is there once, back to back.
void checkComplete(const Capture& capture)
{
    qint64 counts[2] {};
    qint64 ends[2] {};
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        const MessageRecord record = capture.message(row);
        if (record.kind == RecordKind::Note) {
            continue;
        }
        QCOMPARE(record.kind, RecordKind::Message);
        const auto direction = static_cast<std::size_t>(record.direction);
        QCOMPARE(record.offset, ends[direction]);
        ends[direction] += record.size;
        ++counts[direction];
    }
    QCOMPARE(counts[0], questions);
    QCOMPARE(counts[1], questions);
}

} // namespace

void TestResponsive::windowFollowsABusyServer()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    IoThreads threads;
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

    const PipeliningPeer peer(
        { page->server()->address().port, batches, questionsPerBatch, std::chrono::milliseconds(1) });
    const Heartbeat heartbeat;
    QTRY_VERIFY_WITH_TIMEOUT(peer.isDone(), 60'000);
    QVERIFY2(peer.failure().isEmpty(), qPrintable(peer.failure()));
    QCOMPARE(peer.answered(), questions);

    const auto* table = page->messages()->model();
    QTRY_COMPARE_WITH_TIMEOUT(qint64(table->rowCount()), 2 * questions, 30'000);
    const qint64 stall = heartbeat.longestGapMs();
    QVERIFY2(stall <= longestStall, qPrintable(QStringLiteral("The window stood still for %1 ms.").arg(stall)));
    QVERIFY(heartbeat.beats() > 100);

    page->capture()->waitUntilIdle();
    checkComplete(*page->capture());
}

QTEST_MAIN(TestResponsive)
#include "tst_responsive.moc"
