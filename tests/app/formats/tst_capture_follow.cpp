// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QDateTime>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Files that another program is still writing.
class TestCaptureFollow : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void init() override;
    void growsBlockByBlock_data();
    void growsBlockByBlock();
    void aLiveSpool();
    void onlyIfItGrows_data();
    void onlyIfItGrows();
    void beginsEmpty();
    void quietTellsGaps();
    void quietTellsWhereItEnds();
    void stops();
    void becomesShorter();

private:
    void add(const QByteArray& bytes)
    {
        QCOMPARE(m_file.write(bytes), bytes.size());
        QVERIFY(m_file.flush());
    }
    [[nodiscard]] std::shared_ptr<Capture> follow(FollowFile how = FollowFile::Always) const
    {
        CaptureOptions options;
        options.protocol = rawProtocol();
        options.follow = how;
        auto capture = Capture::open(m_file.fileName(), options);
        capture->waitUntilIdle();
        return capture;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    QFile m_file;
};

namespace {

QByteArray lastDatagram(const QByteArray& payload)
{
    return ipPacket({ .payload = payload, .udp = true });
}

} // namespace

void TestCaptureFollow::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    m_file.close();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file.setFileName(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(m_file.open(QIODevice::WriteOnly));
}

void TestCaptureFollow::growsBlockByBlock_data()
{
    QTest::addColumn<bool>("pcapng");
    QTest::newRow("pcapng") << true;
    QTest::newRow("pcap") << false;
}

void TestCaptureFollow::growsBlockByBlock()
{
    QFETCH(const bool, pcapng);
    const BlockBuilder build;
    const auto packet = [&](const QByteArray& payload) {
        return pcapng ? build.enhanced(0, 1, lastDatagram(payload))
                      : pcapFile(linkRaw, { lastDatagram(payload) }).sliced(24);
    };
    add(pcapng ? build.section() + build.interface(linkRaw) : pcapFile(linkRaw, {}));
    add(packet("first"));
    const auto capture = follow();
    QVERIFY(capture->isFollowing());
    QCOMPARE(capture->progress(), 1.0);
    QCOMPARE(capture->messageCount(), 1);
    // In pieces that end anywhere.
    const QByteArray more = packet("second") + packet("third");
    for (qsizetype at = 0; at < more.size(); at += 7) {
        add(more.sliced(at, std::min<qsizetype>(7, more.size() - at)));
        QTest::qWait(0);
    }
    QTRY_COMPARE(capture->messageCount(), 3);
    QCOMPARE(capture->read(1, Direction::In, 5, 100), QByteArray("secondthird"));
    QVERIFY(!capture->failure());
    QVERIFY(capture->isFollowing());
}

void TestCaptureFollow::aLiveSpool()
{
    CaptureOptions options;
    options.file = m_folder->filePath(QStringLiteral("live"));
    const auto live = Capture::create(options);
    CaptureOptions reading;
    reading.follow = FollowFile::IfGrowing;
    const auto seen = Capture::open(options.file, reading);
    {
        CaptureWriter writer(live);
        writer.opened(1, factsFor(40'000));
        for (int i = 0; i < 300; ++i) {
            writer.chunk(1, Direction::In, jsonMessage("{}"));
            writer.chunk(1, Direction::Out, noise(10'000).prepend(binaryMessage("x")));
            if (i % 50 == 0) {
                writer.flush();
                live->waitUntilIdle();
            }
        }
        writer.closed(1, CloseKind::Orderly);
    }
    live->waitUntilIdle();
    QTRY_COMPARE(seen->messageCount(), live->messageCount());
    QCOMPARE(messageLines(*seen), messageLines(*live));
    QCOMPARE(chunkLines(*seen), chunkLines(*live));
    QCOMPARE(seen->connection(1)->state, ConnectionState::Closed);
}

void TestCaptureFollow::onlyIfItGrows_data()
{
    QTest::addColumn<int>("secondsOld");
    QTest::addColumn<FollowFile>("how");
    QTest::addColumn<bool>("follows");
    QTest::newRow("just written") << 0 << FollowFile::IfGrowing << true;
    QTest::newRow("written a minute ago") << 60 << FollowFile::IfGrowing << false;
    QTest::newRow("old, but wanted") << 60 << FollowFile::Always << true;
    QTest::newRow("new, but not wanted") << 0 << FollowFile::Never << false;
}

void TestCaptureFollow::onlyIfItGrows()
{
    QFETCH(const int, secondsOld);
    QFETCH(const FollowFile, how);
    QFETCH(const bool, follows);
    add(pcapFile(linkRaw, { lastDatagram("x") }));
    QVERIFY(m_file.setFileTime(QDateTime::currentDateTime().addSecs(-secondsOld), QFileDevice::FileModificationTime));
    QCOMPARE(follow(how)->isFollowing(), follows);
}

void TestCaptureFollow::beginsEmpty()
{
    const auto capture = follow();
    QVERIFY(capture->isFollowing());
    QVERIFY(!capture->failure());
    const QByteArray file = pcapFile(linkRaw, { lastDatagram("x") });
    add(file.first(10));
    add(file.sliced(10));
    QTRY_COMPARE(capture->messageCount(), 1);
    capture->stopFollowing();
    QTRY_VERIFY(!capture->isFollowing());
    QVERIFY(!capture->failure());
}

void TestCaptureFollow::quietTellsGaps()
{
    // The second packet is missing; nothing more comes.
    add(pcapFile(linkRaw,
        { ipPacket({ .payload = {}, .flags = syn, .sequence = 9 }), ipPacket({ .payload = "a", .sequence = 10 }),
            ipPacket({ .payload = "c", .sequence = 12 }) }));
    const auto capture = follow();
    QTRY_COMPARE(capture->messageCount(), 3);
    QVERIFY(capture->isFollowing());
    QCOMPARE(capture->message(1).kind, RecordKind::Error);
    QCOMPARE(capture->progress(), 1.0); // it is not being read again
    add(pcapFile(linkRaw, { ipPacket({ .payload = "d", .sequence = 13 }) }).sliced(24));
    QTRY_COMPARE(capture->messageCount(), 4);
    QCOMPARE(capture->read(1, Direction::In, 2, 10), QByteArray("cd"));
}

void TestCaptureFollow::quietTellsWhereItEnds()
{
    const BlockBuilder build;
    const QByteArray block = build.enhanced(0, 1, lastDatagram("x"));
    add(build.section() + build.interface(linkRaw) + block.chopped(5));
    const auto capture = follow();
    QTRY_VERIFY(capture->failure());
    QVERIFY(capture->isFollowing());
    // It was only slow.
    add(block.last(5));
    QTRY_COMPARE(capture->messageCount(), 1);
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
}

void TestCaptureFollow::stops()
{
    add(pcapFile(linkRaw, { lastDatagram("x") }));
    const auto capture = follow();
    add(QByteArray("half a head"));
    capture->stopFollowing();
    QTRY_VERIFY(!capture->isFollowing());
    QVERIFY2(capture->failure().oneLine().contains(QStringLiteral("it ends in the middle of a packet")),
        qPrintable(capture->failure().oneLine()));
    QCOMPARE(capture->messageCount(), 1);
    (void)follow(); // thrown away while it waits
}

void TestCaptureFollow::becomesShorter()
{
    add(pcapFile(linkRaw, { lastDatagram("x") }));
    const auto capture = follow();
    QVERIFY(m_file.resize(24));
    QTRY_VERIFY(capture->failure());
    QVERIFY2(capture->failure().oneLine().contains(QStringLiteral("became shorter")),
        qPrintable(capture->failure().oneLine()));
    QTRY_VERIFY(!capture->isFollowing());
}

SOCKEYE_TEST(TestCaptureFollow)
#include "tst_capture_follow.moc"
