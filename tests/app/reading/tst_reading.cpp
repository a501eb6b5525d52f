// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace sockeye;

/// A recording can be read by another protocol at any time, and says then what it would have said from the beginning.
class TestReading : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItWouldHaveSaid_data();
    void saysWhatItWouldHaveSaid();
    void readsAFileThatIsStillRead();
    void goesOnWithTheRecording();
    void missesNothingThatComesMeanwhile();
    void leavesTheFirstAsItIs();
    void canBeCancelled();
    void twoAtOnce();
    void outlivesTheFirst();
    void needsNoReadingToRecord();
    void takesTheLimitsOfItsOwn();
    void emptyAndWhatNobodyKeeps();

private:
    QTemporaryDir m_folder;
};

namespace {

/// What happens at an endpoint with several connections, made up: messages in pieces of any size, several in one read,
/// broken ones, gaps, errors, notes, half-closes, resets, datagrams.
class Conversations {
public:
    Conversations(CaptureWriter& writer, quint32 seed)
        : m_writer(writer)
        , m_random(seed)
    {
    }
    void play(int steps)
    {
        for (int step = 0; step < steps; ++step) {
            act();
        }
    }

private:
    enum class State { New, Open, Closed };
    struct Connection {
        State state = State::New;
        bool udp = false;
        bool finished[2] {};
        QByteArray waiting[2]; ///< what is still to come of a message that was begun
    };

    [[nodiscard]] int upTo(int most) { return static_cast<int>(m_random.bounded(most + 1)); }
    [[nodiscard]] QByteArray message()
    {
        switch (upTo(9)) {
        case 0:
            return QByteArray("one line\nand another\nand a third without an end");
        case 1:
            return QByteArray("\0\0 broken\n", 11);
        case 2:
            return noise(upTo(3000), m_random.generate());
        case 3:
            return jsonMessage("{\"wrong\": }");
        case 4:
            return binaryMessage(noise(upTo(200'000), m_random.generate()));
        default:
            return jsonMessage("{\"value\": \"" + QByteArray(upTo(50), 'x') + "\"}");
        }
    }
    void act()
    {
        const auto id = static_cast<quint32>(1 + upTo(11));
        Connection& connection = m_connections[id];
        if (connection.state == State::New) {
            connection.udp = upTo(3) == 0;
            m_writer.opened(id,
                factsFor(static_cast<quint16>(40000 + id), connection.udp ? Transport::Udp : Transport::Tcp,
                    upTo(1) == 0, upTo(3) == 0));
            connection.state = State::Open;
            return;
        }
        const auto direction = static_cast<Direction>(upTo(1));
        const auto at = static_cast<std::size_t>(direction);
        const int what = upTo(99);
        if (what < 3) {
            m_writer.note(id, QStringLiteral("Note %1.").arg(what));
        } else if (what < 6) {
            m_writer.error(id, QLatin1StringView("idle"), QStringLiteral("Error %1.").arg(what), upTo(100), direction);
        } else if (what < 7) {
            m_writer.error(0, QLatin1StringView("listen"), QStringLiteral("Of the endpoint."));
        } else if (connection.state == State::Closed) {
            return;
        } else if (what < 9) {
            m_writer.closed(id, static_cast<CloseKind>(upTo(3)));
            connection.state = State::Closed;
        } else if (what < 12 && !connection.udp) {
            m_writer.finished(id, direction);
            connection.finished[at] = true;
        } else if (!connection.finished[at]) {
            say(id, connection, direction);
        }
    }
    void say(quint32 id, Connection& connection, Direction direction)
    {
        QByteArray& waiting = connection.waiting[static_cast<std::size_t>(direction)];
        if (connection.udp) {
            m_writer.chunk(id, direction, message().left(60'000));
            if (upTo(9) == 0) {
                m_writer.chunk(id, direction, {});
            }
            return;
        }
        while (waiting.isEmpty() || upTo(3) == 0) {
            waiting += message();
        }
        const qsizetype size = upTo(2) == 0 ? waiting.size() : 1 + upTo(static_cast<int>(waiting.size()) - 1);
        m_writer.chunk(id, direction, waiting.first(size));
        waiting.remove(0, size);
    }

    CaptureWriter& m_writer;
    QRandomGenerator m_random;
    QHash<quint32, Connection> m_connections;
};

CaptureOptions readAs(const ProtocolPtr& protocol)
{
    CaptureOptions options;
    options.protocol = protocol;
    return options;
}

void compare(const Capture& one, const Capture& other)
{
    QCOMPARE(messageLines(one), messageLines(other));
    QCOMPARE(connectionLines(one), connectionLines(other));
    QCOMPARE(chunkLines(one), chunkLines(other));
}

} // namespace

void TestReading::saysWhatItWouldHaveSaid_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TestReading::saysWhatItWouldHaveSaid()
{
    QFETCH(const quint32, seed);
    const QList<ProtocolPtr> protocols { appProtocol(), linesProtocol(), rawProtocol() };
    const QString file = m_folder.filePath(QStringLiteral("seed%1.pcapng").arg(seed));
    CaptureOptions options = readAs(appProtocol());
    options.file = file;
    const std::shared_ptr<Capture> recorded = Capture::create(options);
    {
        CaptureWriter writer(recorded);
        Conversations(writer, seed).play(1500);
    }
    recorded->waitUntilIdle();
    for (const ProtocolPtr& protocol : protocols) {
        const std::shared_ptr<Capture> again = recorded->readAnew(protocol, {});
        again->waitUntilIdle();
        QCOMPARE(again->progress(), 1.0);
        QCOMPARE(again->protocol(), protocol);
        const std::shared_ptr<Capture> fromFile = Capture::open(file, readAs(protocol));
        fromFile->waitUntilIdle();
        QVERIFY(again->messageCount() > 100);
        QCOMPARE(messageLines(*again), messageLines(*fromFile));
        QCOMPARE(chunkLines(*again), chunkLines(*fromFile));
        if (protocol == recorded->protocol()) {
            compare(*again, *recorded);
        }
        // And the file, opened by one protocol, can be read anew by the other ones.
        const std::shared_ptr<Capture> fileAgain = fromFile->readAnew(appProtocol(), {});
        fileAgain->waitUntilIdle();
        QCOMPARE(messageLines(*fileAgain), messageLines(*recorded));
    }
}

void TestReading::readsAFileThatIsStillRead()
{
    const QString file = m_folder.filePath(QStringLiteral("large.pcapng"));
    {
        CaptureOptions options;
        options.file = file;
        const std::shared_ptr<Capture> recorded = Capture::create(options);
        CaptureWriter writer(recorded);
        Conversations(writer, 77).play(20'000);
        writer.flush();
        recorded->waitUntilIdle();
    }
    const std::shared_ptr<Capture> first = Capture::open(file, readAs(appProtocol()));
    const std::shared_ptr<Capture> again = first->readAnew(linesProtocol(), {});
    again->waitUntilIdle();
    QTRY_COMPARE(again->progress(), 1.0);
    const std::shared_ptr<Capture> opened = Capture::open(file, readAs(linesProtocol()));
    opened->waitUntilIdle();
    compare(*again, *opened);
}

void TestReading::goesOnWithTheRecording()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    CaptureWriter writer(first);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, "half a ");
    writer.flush();
    const std::shared_ptr<Capture> lines = first->readAnew(linesProtocol(), {});
    lines->waitUntilIdle();
    QCOMPARE(lines->messageCount(), 0);
    QCOMPARE(lines->connection(1)->waitingIn.messageOffset, qint64(0));
    writer.chunk(1, Direction::In, "line\nand one\n");
    writer.flush();
    lines->waitUntilIdle();
    QCOMPARE(messageLines(*lines, false),
        QStringList({ QStringLiteral("message #1 in 0+12 \"\""), QStringLiteral("message #1 in 12+8 \"\"") }));
    QCOMPARE(first->connection(1)->bytesIn, lines->connection(1)->bytesIn);
}

void TestReading::missesNothingThatComesMeanwhile()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(linesProtocol()));
    std::atomic<bool> stop { false };
    std::vector<std::thread> endpoints;
    for (quint32 id = 1; id <= 2; ++id) {
        endpoints.emplace_back([&, id] {
            CaptureWriter writer(first);
            writer.opened(id, factsFor(static_cast<quint16>(40000 + id)));
            for (int i = 0; i < 400'000 && !(stop && i > 50'000); ++i) {
                writer.chunk(id, i % 2 == 0 ? Direction::In : Direction::Out,
                    QByteArray(QByteArray::number(i) + (i % 3 == 0 ? "\n" : " and more\nfurther ")));
            }
        });
    }
    QList<std::shared_ptr<Capture>> readings;
    for (int i = 0; i < 5; ++i) {
        readings.append(first->readAnew(linesProtocol(), {}));
        QTRY_COMPARE_WITH_TIMEOUT(readings.constLast()->progress(), 1.0, 60'000);
    }
    stop = true;
    for (std::thread& endpoint : endpoints) {
        endpoint.join();
    }
    first->waitUntilIdle();
    QVERIFY(first->messageCount() > 100'000);
    for (const std::shared_ptr<Capture>& reading : readings) {
        reading->waitUntilIdle();
        QCOMPARE(reading->messageCount(), first->messageCount());
        for (qsizetype row = 0; row < first->messageCount(); ++row) {
            const MessageRecord one = reading->message(row);
            const MessageRecord other = first->message(row);
            if (one.offset != other.offset || one.size != other.size || one.connection != other.connection
                || one.time != other.time || one.direction != other.direction) {
                QFAIL(qPrintable(QStringLiteral("Row %1 is another one.").arg(row)));
            }
        }
        QCOMPARE(connectionLines(*reading), connectionLines(*first));
    }
}

void TestReading::leavesTheFirstAsItIs()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    CaptureWriter writer(first);
    Conversations(writer, 5).play(2000);
    writer.flush();
    first->waitUntilIdle();
    const QStringList before = messageLines(*first);
    for (int i = 0; i < 5; ++i) {
        const std::shared_ptr<Capture> gone = first->readAnew(rawProtocol(), {});
        QCOMPARE(messageLines(*first), before);
    }
    QCOMPARE(messageLines(*first), before);
    QCOMPARE(first->progress(), 1.0);
}

void TestReading::canBeCancelled()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(linesProtocol()));
    {
        CaptureWriter writer(first);
        writer.opened(1, factsFor(40000));
        for (int i = 0; i < 300'000; ++i) {
            writer.chunk(1, Direction::In, "a line\n");
        }
    }
    first->waitUntilIdle();
    const std::shared_ptr<Capture> again = first->readAnew(rawProtocol(), {});
    again->cancelReading();
    again->waitUntilIdle(); // does not wait for ever
    QVERIFY(again->progress() < 1.0);
    QVERIFY(again->messageCount() < 300'000);
    QVERIFY(again->isReadAnew());
    QCOMPARE(first->messageCount(), 300'000);
    QCOMPARE(first->progress(), 1.0);
}

void TestReading::twoAtOnce()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    CaptureWriter writer(first);
    Conversations(writer, 9).play(3000);
    writer.flush();
    const std::shared_ptr<Capture> lines = first->readAnew(linesProtocol(), {});
    const std::shared_ptr<Capture> raw = first->readAnew(rawProtocol(), {});
    writer.opened(100, factsFor(50000));
    writer.chunk(100, Direction::In, "last\n");
    writer.flush();
    lines->waitUntilIdle();
    raw->waitUntilIdle();
    const std::shared_ptr<Capture> linesAgain = raw->readAnew(linesProtocol(), {}); // of any of them
    linesAgain->waitUntilIdle();
    compare(*lines, *linesAgain);
    QVERIFY(messageLines(*raw) != messageLines(*lines));
    QCOMPARE(raw->connection(100)->messagesIn, qint64(1));
    QCOMPARE(first->connection(100)->messagesIn, qint64(0));
}

void TestReading::outlivesTheFirst()
{
    std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    CaptureWriter writer(first);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, "one\n");
    writer.flush();
    const std::shared_ptr<Capture> lines = first->readAnew(linesProtocol(), {});
    lines->waitUntilIdle();
    const std::weak_ptr<Capture> gone = first;
    first.reset();
    QVERIFY(gone.expired()); // who writes does not keep it
    writer.chunk(1, Direction::In, "two\n");
    writer.flush();
    lines->waitUntilIdle();
    QCOMPARE(lines->messageCount(), 2);
    QCOMPARE(lines->read(1, Direction::In, 0, 100), QByteArray("one\ntwo\n"));
}

void TestReading::needsNoReadingToRecord()
{
    std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    const std::shared_ptr<Recording> recording = first->alone();
    const std::weak_ptr<Capture> gone = first;
    CaptureWriter writer(first);
    first.reset();
    QVERIFY(gone.expired());
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, "one\n");
    writer.flush();
    recording->waitUntilIdle();
    QCOMPARE(recording->byteCount(), 4);
    QCOMPARE(recording->read(1, Direction::In, 0, 100), QByteArray("one\n"));
}

void TestReading::takesTheLimitsOfItsOwn()
{
    const std::shared_ptr<Capture> first = Capture::create(readAs(appProtocol()));
    CaptureWriter writer(first);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, jsonMessage("\"" + QByteArray(100, 'x') + "\""));
    writer.flush();
    Limits narrow;
    narrow.maxContent = 50;
    const std::shared_ptr<Capture> again = first->readAnew(appProtocol(), narrow);
    again->waitUntilIdle();
    QCOMPARE(again->limits().maxContent, qint64(50));
    QCOMPARE(again->message(0).kind, RecordKind::BadMessage);
    QCOMPARE(first->message(0).kind, RecordKind::Message);
}

void TestReading::emptyAndWhatNobodyKeeps()
{
    const std::shared_ptr<Capture> empty = Capture::create({});
    const std::shared_ptr<Capture> again = empty->readAnew(rawProtocol(), {});
    again->waitUntilIdle();
    QCOMPARE(again->progress(), 1.0);
    QCOMPARE(again->messageCount(), 0);
    CaptureOptions options;
    options.record = false;
    const std::shared_ptr<Capture> unkept = Capture::create(options);
    const std::shared_ptr<Capture> nothing = unkept->readAnew(rawProtocol(), {});
    nothing->waitUntilIdle();
    QCOMPARE(nothing->progress(), 1.0);
    QCOMPARE(nothing->messageCount(), 0);
}

SOCKEYE_TEST(TestReading)
#include "tst_reading.moc"
