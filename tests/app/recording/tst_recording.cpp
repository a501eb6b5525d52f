// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_thread.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <semaphore>
#include <thread>

using namespace sockeye;

namespace {

/// Takes a millisecond for each event.
class Slow : public CaptureObserver {
public:
    void event(const CaptureEvent&) override
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ++events;
    }
    std::atomic<int> events { 0 };
};

/// Lets no event through before it is told to.
class Gate : public CaptureObserver {
public:
    void event(const CaptureEvent&) override
    {
        if (!m_open.load()) {
            m_gate.acquire();
            m_open.store(true);
        }
        ++events;
    }
    void open() { m_gate.release(); }
    std::atomic<qint64> events { 0 };

private:
    std::binary_semaphore m_gate { 0 };
    std::atomic<bool> m_open { false };
};

} // namespace

/// Who writes to a recording, who is told of it, and what becomes of its file.
class TestRecording : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit()); }

    void observerSeesEverythingInOrder();
    void observerOnly();
    void consumerThatStops();
    void consumerThatIsSlow();
    void writersInManyThreads();
    void spoolIsPrivateAndGoes();
    void savesACopy();

private:
    QTemporaryDir m_cache;
};

void TestRecording::observerSeesEverythingInOrder()
{
    CaptureOptions options;
    const auto seen = std::make_shared<EventList>();
    options.observer = seen;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(3, factsFor(40003));
    writer.chunk(3, Direction::In, "abc");
    writer.error(3, QLatin1StringView("reset"), QStringLiteral("Gone."), 7);
    writer.note(0, QStringLiteral("Said."));
    writer.closed(3, CloseKind::ResetByPeer);
    QVERIFY(seen->lines.isEmpty());
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(seen->lines,
        QStringList({ QStringLiteral("opened 3 127.0.0.1:40003"), QStringLiteral("chunk 3 in"),
            QStringLiteral("error 3 reset 7 Gone."), QStringLiteral("note 0 Said."), QStringLiteral("closed 3 1") }));
    QCOMPARE(seen->bytes, QByteArrayList({ "abc" }));
    QVERIFY(std::is_sorted(seen->times.begin(), seen->times.end()));
    QVERIFY(seen->idles > 0);
}

void TestRecording::observerOnly()
{
    CaptureOptions options;
    const auto seen = std::make_shared<EventList>();
    options.observer = seen;
    options.record = false;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::Out, jsonMessage("{}"));
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(seen->lines.size(), 2);
    QCOMPARE(capture->messageCount(), 0);
    QCOMPARE(capture->read(1, Direction::Out, 0, 10), QByteArray());
    QVERIFY(capture->chunks(1, Direction::Out, 0, 10).empty());
    quint64 revision = 0;
    QVERIFY(capture->connectionsSince(revision).isEmpty());
}

void TestRecording::consumerThatStops()
{
    const auto gate = std::make_shared<Gate>();
    CaptureOptions options;
    options.observer = gate;
    options.protocol = rawProtocol();
    const auto capture = Capture::create(options);
    constexpr int count = 3 * static_cast<int>(CaptureThread::inFlightLimit / 65'536);
    std::atomic<int> written { 0 };
    std::thread producer([&] {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        const QByteArray bytes = noise(65'536);
        for (int i = 0; i < count; ++i) {
            writer.chunk(1, Direction::In, bytes);
            written.store(i + 1);
        }
    });
    // It stops once the bound is reached, or sooner on a machine that is slow; long before its end, and stays there.
    constexpr int bound = static_cast<int>(CaptureThread::inFlightLimit / 65'536);
    QTRY_VERIFY(written.load() > 8);
    int before = -1;
    QTRY_VERIFY([&] {
        const int now = written.load();
        return std::exchange(before, now) == now;
    }());
    QVERIFY2(written.load() < bound + 32, qPrintable(QString::number(written.load())));
    gate->open();
    producer.join();
    capture->waitUntilIdle();
    QCOMPARE(gate->events.load(), count + 1);
    QCOMPARE(capture->messageCount(), count);
    QCOMPARE(capture->byteCount(), qint64(count) * 65'536);
}

void TestRecording::consumerThatIsSlow()
{
    // A millisecond for each event: whoever hands over events faster has to wait for those of half a second ago, so
    // that they are on disk in time.
    const auto slow = std::make_shared<Slow>();
    CaptureOptions options;
    options.observer = slow;
    const auto capture = Capture::create(options);
    constexpr int count = 2000;
    const QByteArray bytes = noise(16 * 1024);
    {
        CaptureWriter writer(capture);
        for (int i = 0; i < count; ++i) {
            writer.chunk(1, Direction::In, bytes);
            writer.flush();
        }
    }
    QVERIFY2(slow->events.load() > count / 2, qPrintable(QString::number(slow->events.load())));
    capture->waitUntilIdle();
    QCOMPARE(slow->events.load(), count);
}

void TestRecording::writersInManyThreads()
{
    const auto capture = Capture::create({});
    constexpr quint32 threads = 4;
    constexpr int messages = 3000;
    std::vector<std::jthread> producers; // joined whatever a check below says
    for (quint32 id = 1; id <= threads; ++id) {
        producers.emplace_back([&capture, id] {
            CaptureWriter writer(capture);
            writer.opened(id, factsFor(static_cast<quint16>(40000 + id)));
            for (int i = 0; i < messages; ++i) {
                writer.chunk(id, Direction::In, jsonMessage(QByteArray::number(i)));
                if (i % 50 == 0) {
                    writer.flush();
                }
            }
        });
    }
    // A reader at the same time: rows that are shown are whole, and stay.
    qsizetype seen = 0;
    quint64 revision = 0;
    QByteArray content;
    const QDeadlineTimer patience(60'000);
    while (seen < messages * threads) {
        QVERIFY2(!patience.hasExpired(), qPrintable(QStringLiteral("only %1 messages came").arg(seen)));
        const qsizetype count = capture->messageCount();
        QVERIFY(count >= seen);
        for (; seen < count; ++seen) {
            const MessageRecord record = capture->message(seen);
            QCOMPARE(record.kind, RecordKind::Message);
            if (seen % 16 == 0) {
                QCOMPARE(
                    capture->read(record.connection, record.direction, record.offset, record.size).size(), record.size);
                QVERIFY(!capture->chunks(record.connection, record.direction, record.offset, 1).empty());
            }
        }
        (void)capture->connectionsSince(revision);
        std::this_thread::yield();
    }
    for (std::jthread& producer : producers) {
        producer.join();
    }
    capture->waitUntilIdle();
    for (quint32 id = 1; id <= threads; ++id) {
        QCOMPARE(capture->connection(id)->messagesIn, messages);
    }
}

void TestRecording::spoolIsPrivateAndGoes()
{
    const QDir folder(m_cache.path() + u"/captures");
    const auto files = [&] {
        return QDir(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/captures")
            .entryInfoList(QDir::Files);
    };
    auto capture = Capture::create({});
    QTRY_COMPARE(files().size(), 1); // those of the tests before are gone, or go now
    QCOMPARE(files().constFirst().permissions() & ~QFile::Permissions(QFile::ReadUser | QFile::WriteUser),
        QFile::Permissions(QFile::ReadOwner | QFile::WriteOwner));
    capture.reset();
    QTRY_VERIFY(files().isEmpty());
}

void TestRecording::savesACopy()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, jsonMessage("{}"));
    writer.flush();
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("copy.pcapng"));
    std::atomic<int> done { 0 };
    Failure failure;
    capture->save(file, [&](const Failure& result) {
        failure = result;
        ++done;
    });
    QTRY_COMPARE(done.load(), 1);
    QVERIFY2(!failure, qPrintable(failure.oneLine()));
    const auto copy = Capture::open(file);
    copy->waitUntilIdle();
    QCOMPARE(messageLines(*copy), messageLines(*capture));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);

    capture->save(folder.filePath(QStringLiteral("no/such/folder.pcapng")), [&](const Failure& result) {
        failure = result;
        ++done;
    });
    QTRY_COMPARE(done.load(), 2);
    QCOMPARE(failure.code, FailureCode::SpoolFull);
}

SOCKEYE_TEST(TestRecording)
#include "tst_recording.moc"
