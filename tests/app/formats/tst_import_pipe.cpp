// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/import_pipe.h"
#include "app/reading/capture.h"
#include "app/reading/reading_index.h"
#include "app/recording/capture_log.h"
#include "app/recording/capture_writer.h"
#include "app/storage/file_store.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <atomic>
#include <semaphore>
#include <thread>

using namespace sockeye;

class TestImportPipe : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfEventArrives();
    void waitsAtTheBound();
    void observerLetsGoOfTheCapture();
};

namespace {

struct Seen final : CaptureObserver {
    void event(const CaptureEvent& event) override
    {
        lines.append(QStringLiteral("%1 #%2 at %3 %4 %5 '%6'")
                         .arg(QString::number(static_cast<int>(event.kind)), QString::number(event.connection),
                             QString::number(event.time), QString::number(static_cast<int>(event.direction)),
                             QString::number(static_cast<int>(event.closeKind)),
                             event.kind == EventKind::Chunk ? QString::fromLatin1(event.bytes) : event.text));
    }
    QStringList lines;
};

/// Holds up whoever tells it anything.
struct Gate final : CaptureObserver {
    void event(const CaptureEvent&) override
    {
        reached.release();
        open.acquire();
        open.release();
        ++seen;
    }
    std::binary_semaphore reached { 0 };
    std::binary_semaphore open { 0 };
    std::atomic<int> seen { 0 };
};

CaptureEvent eventOf(EventKind kind, qint64 time, QByteArrayView bytes = {})
{
    CaptureEvent result;
    result.kind = kind;
    result.connection = 1;
    result.time = time;
    result.bytes = bytes;
    return result;
}

CaptureOptions with(std::shared_ptr<CaptureObserver> observer)
{
    CaptureOptions options;
    options.protocol = rawProtocol();
    options.observer = std::move(observer);
    return options;
}

} // namespace

void TestImportPipe::everyKindOfEventArrives()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("abcdefgh");
    file.flush();
    const auto seen = std::make_shared<Seen>();
    CaptureLog log(with(seen), std::make_unique<FileStore>(file.fileName()));
    const auto reading = readFromBeginning(log, rawProtocol(), {});
    ImportPipe pipe(log);
    pipe.add(eventOf(EventKind::Opened, 1), {});
    const std::vector<PayloadPiece> first { { 0, 2 }, { 2, 1 } };
    pipe.add(eventOf(EventKind::Chunk, 2, "abc"), first);
    CaptureEvent gap = eventOf(EventKind::Error, 3);
    gap.text = QStringLiteral("gap");
    gap.missing = 100;
    pipe.add(gap, {});
    const std::vector<PayloadPiece> second { { 3, 5 } };
    pipe.add(eventOf(EventKind::Chunk, 4, "defgh"), second);
    CaptureEvent note = eventOf(EventKind::Note, 5);
    note.text = QStringLiteral("note");
    pipe.add(note, {});
    CaptureEvent finished = eventOf(EventKind::Finished, 6);
    finished.direction = Direction::Out;
    pipe.add(finished, {});
    CaptureEvent closed = eventOf(EventKind::Closed, 7);
    closed.closeKind = CloseKind::ResetByPeer;
    pipe.add(closed, {});
    pipe.setProgress(0.5);
    pipe.drain();
    const QStringList expected { QStringLiteral("0 #1 at 1 0 0 ''"), QStringLiteral("1 #1 at 2 0 0 'abc'"),
        QStringLiteral("4 #1 at 3 0 0 'gap'"), QStringLiteral("1 #1 at 4 0 0 'defgh'"),
        QStringLiteral("5 #1 at 5 0 0 'note'"), QStringLiteral("2 #1 at 6 1 0 ''"),
        QStringLiteral("3 #1 at 7 0 1 ''") };
    QCOMPARE(seen->lines, expected);
    QCOMPARE(log.progress(), 0.5);
    QCOMPARE(log.read(1, Direction::In, 0, 100), QByteArray("abc"));
    QCOMPARE(log.read(1, Direction::In, 103, 100), QByteArray("defgh"));
    QCOMPARE(reading->messages().count(), 4); // two pieces, what is missing, the note
}

void TestImportPipe::waitsAtTheBound()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const auto gate = std::make_shared<Gate>();
    CaptureLog log(with(gate), std::make_unique<FileStore>(file.fileName()));
    constexpr int count = 4096;
    std::atomic<int> added { 0 };
    std::binary_semaphore over { 0 };
    std::thread adding([&] {
        ImportPipe pipe(log);
        const QByteArray bytes(1024, 'x');
        for (int i = 0; i < count; ++i) {
            pipe.add(eventOf(EventKind::Chunk, i, bytes), {});
            added.store(i + 1);
        }
        over.release();
    });
    gate->reached.acquire();
    QTRY_VERIFY(added.load() > 1024); // one batch is being delivered, and about 1 MiB waits behind it
    QVERIFY(!over.try_acquire_for(std::chrono::milliseconds(100)));
    QVERIFY(added.load() < 2048);
    gate->open.release();
    adding.join();
    QCOMPARE(gate->seen.load(), count); // and delivers what was added before it ends
}

void TestImportPipe::observerLetsGoOfTheCapture()
{
    struct Holder final : CaptureObserver {
        void event(const CaptureEvent&) override
        {
            ready.acquire();
            ready.release();
            if (std::shared_ptr<Capture> last = std::exchange(capture, nullptr)) {
                last.reset();
                done.release();
            }
        }
        std::shared_ptr<Capture> capture;
        std::binary_semaphore ready { 0 };
        std::binary_semaphore done { 0 };
    };
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.pcapng"));
    {
        CaptureOptions options;
        options.file = file;
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        writer.opened(1, {});
        writer.chunk(1, Direction::In, "abc");
        writer.flush();
        capture->waitUntilIdle();
    }
    const auto holder = std::make_shared<Holder>();
    holder->capture = Capture::open(file, with(holder));
    holder->ready.release();
    QVERIFY(holder->done.try_acquire_for(std::chrono::seconds(10)));
}

SOCKEYE_TEST(TestImportPipe)
#include "tst_import_pipe.moc"
