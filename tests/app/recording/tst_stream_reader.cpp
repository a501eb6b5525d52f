// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/stream_reader.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <random>

using namespace sockeye;

/// Reading many pieces of streams one after the other, against what is known to have passed.
class TestStreamReader : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit()); }
    void reads_data();
    void reads();

private:
    QTemporaryDir m_cache;
};

namespace {

constexpr quint32 connections = 5;

/// What passed so far, by connection and direction.
using Passed = std::array<std::array<QByteArray, 2>, connections>;

class Traffic {
public:
    explicit Traffic(quint32 seed)
        : m_random(seed)
        , m_recording(Capture::create({}))
        , m_writer(m_recording)
    {
        for (quint32 id = 1; id <= connections; ++id) {
            m_writer.opened(id, factsFor(static_cast<quint16>(40000 + id)));
        }
    }
    [[nodiscard]] qint64 upTo(qint64 most) { return std::uniform_int_distribution<qint64>(0, most)(m_random); }
    void pass(int chunks, qint64 largest)
    {
        for (int i = 0; i < chunks; ++i) {
            const QByteArray bytes = noise(1 + upTo(largest - 1), static_cast<quint32>(upTo(1'000'000)));
            const auto id = static_cast<quint32>(upTo(connections - 1));
            const auto direction = static_cast<std::size_t>(upTo(1));
            m_passed.at(id).at(direction) += bytes;
            m_writer.chunk(id + 1, static_cast<Direction>(direction), bytes);
        }
        m_writer.flush();
        waitUntilIdle(*m_recording);
    }
    [[nodiscard]] const Passed& passed() const { return m_passed; }
    [[nodiscard]] const Recording& recording() const { return *m_recording; }

private:
    std::mt19937 m_random;
    std::shared_ptr<Capture> m_recording;
    CaptureWriter m_writer;
    Passed m_passed;
};

} // namespace

void TestStreamReader::reads_data()
{
    QTest::addColumn<qint64>("largestChunk");
    QTest::addColumn<qint64>("largestRead");
    QTest::addColumn<bool>("inOrder");
    QTest::newRow("messages in a chunk each, in order") << qint64(50) << qint64(40) << true;
    QTest::newRow("messages over many chunks, in order") << qint64(20) << qint64(900) << true;
    QTest::newRow("many messages in a chunk, in order") << qint64(100'000) << qint64(60) << true;
    QTest::newRow("longer than what is kept ahead, in order") << qint64(100'000) << qint64(150'000) << true;
    QTest::newRow("anywhere") << qint64(300) << qint64(500) << false;
}

void TestStreamReader::reads()
{
    QFETCH(const qint64, largestChunk);
    QFETCH(const qint64, largestRead);
    QFETCH(const bool, inOrder);
    Traffic traffic(static_cast<quint32>(largestChunk));
    StreamReader reader(traffic.recording());
    std::array<std::array<qint64, 2>, connections> next {};
    for (int round = 0; round < 4; ++round) { // the recording grows while it is read
        traffic.pass(60, largestChunk);
        for (int i = 0; i < 400; ++i) {
            const auto id = static_cast<std::size_t>(traffic.upTo(connections - 1));
            const auto direction = static_cast<std::size_t>(traffic.upTo(1));
            const QByteArray& all = traffic.passed().at(id).at(direction);
            qint64& at = next.at(id).at(direction);
            const qint64 offset = inOrder ? at : traffic.upTo(all.size() + 5);
            const qint64 size = 1 + traffic.upTo(largestRead - 1);
            at = std::min(offset + size, all.size());
            QCOMPARE(reader.read(static_cast<quint32>(id + 1), static_cast<Direction>(direction), offset, size)
                         .toByteArray(),
                all.mid(offset, size));
        }
    }
    QVERIFY(reader.read(connections + 1, Direction::In, 0, 10).isEmpty());
}

SOCKEYE_TEST(TestStreamReader)
#include "tst_stream_reader.moc"
