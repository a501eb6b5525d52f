// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "app/formats/reader/conversation_table.h"
#include "app/reading/reading_index.h"
#include "app/recording/capture_log.h"
#include "app/recording/connection_limit.h"
#include "app/storage/file_store.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Files that others wrote, and files that are broken, on purpose or not.
class TestCaptureFiles : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void linkTypes_data();
    void linkTypes();
    void pcapOfEveryKind_data();
    void pcapOfEveryKind();
    void pcapng_data();
    void pcapng();
    void times_data();
    void times();
    void handshakeAndEnd();
    void endings_data();
    void endings();
    void serverByPort();
    void gapIsShown();
    void cutBySnapLength();
    void foreignComments();
    void hostile_data();
    void hostile();
    void cutAnywhere_data();
    void cutAnywhere();
    void unknownLinkIsNamed();
    void tooManyConnections();
    void unshownIsToldRarely();
    void portUsedAgain();
    void mutations();
    void cancelled();
    void savesPcapAsPcapng();
    void doesNotExist();

private:
    std::shared_ptr<Capture> open(const QByteArray& bytes, const ProtocolPtr& protocol = rawProtocol())
    {
        QFile file(m_folder.filePath(QStringLiteral("file")));
        file.remove(); // some file systems wait for the disk when a file is emptied and filled again
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("no file");
        }
        file.close();
        CaptureOptions options;
        options.protocol = protocol;
        auto capture = Capture::open(file.fileName(), options);
        capture->waitUntilIdle();
        return capture;
    }
    QTemporaryDir m_folder;
};

namespace {

/// SYN, SYN/ACK, ACK; "hello" in two packets; "HELLO"; FIN both ways, ACK.
QByteArrayList conversation(bool ipv6 = false)
{
    const QList<TestPacket> packets {
        { {}, syn, 100, 0, true, false, ipv6 },
        { {}, syn | ack, 500, 101, false, false, ipv6 },
        { {}, ack, 101, 501, true, false, ipv6 },
        { "hel", ack, 101, 501, true, false, ipv6 },
        { "lo", ack | psh, 104, 501, true, false, ipv6 },
        { "HELLO", ack | psh, 501, 106, false, false, ipv6 },
        { {}, fin | ack, 106, 506, true, false, ipv6 },
        { {}, fin | ack, 506, 107, false, false, ipv6 },
        { {}, ack, 107, 507, true, false, ipv6 },
    };
    QByteArrayList result;
    for (const TestPacket& packet : packets) {
        result += ipPacket(packet);
    }
    return result;
}

const QStringList conversationRows { QStringLiteral("message #1 in 0+3 \"\""), QStringLiteral("message #1 in 3+2 \"\""),
    QStringLiteral("message #1 out 0+5 \"\"") };

} // namespace

void TestCaptureFiles::linkTypes_data()
{
    QTest::addColumn<quint32>("linkType");
    QTest::newRow("null") << linkNull;
    QTest::newRow("Ethernet") << linkEthernet;
    QTest::newRow("raw") << linkRaw;
    QTest::newRow("raw, BSD") << linkRawBsd;
    QTest::newRow("loop") << linkLoop;
    QTest::newRow("Linux cooked") << linkLinuxCooked;
    QTest::newRow("Linux cooked 2") << linkLinuxCooked2;
}

void TestCaptureFiles::linkTypes()
{
    QFETCH(const quint32, linkType);
    for (const bool ipv6 : { false, true }) {
        QByteArrayList packets;
        for (const QByteArray& ip : conversation(ipv6)) {
            packets += linkPacket(linkType, ip, ipv6);
        }
        if (linkType == linkEthernet) {
            packets[3].insert(12, QByteArray::fromHex("88a800018100000a")); // two VLAN tags
            packets[4].append(7, '\0'); // padding at the end belongs to nobody
        }
        const auto capture = open(pcapFile(linkType, packets));
        QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
        QCOMPARE(messageLines(*capture, false), conversationRows);
        QCOMPARE(capture->read(1, Direction::In, 0, 10), QByteArray("hello"));
    }
}

void TestCaptureFiles::pcapOfEveryKind_data()
{
    QTest::addColumn<bool>("bigEndian");
    QTest::addColumn<bool>("nanoseconds");
    QTest::newRow("little, micro") << false << false;
    QTest::newRow("little, nano") << false << true;
    QTest::newRow("big, micro") << true << false;
    QTest::newRow("big, nano") << true << true;
}

void TestCaptureFiles::pcapOfEveryKind()
{
    QFETCH(const bool, bigEndian);
    QFETCH(const bool, nanoseconds);
    const auto capture = open(pcapFile(linkRaw, conversation(), bigEndian, nanoseconds));
    QCOMPARE(messageLines(*capture, false), conversationRows);
    QCOMPARE(capture->startTime(), 1000'000'000'000 + (nanoseconds ? 5 : 5000));
}

void TestCaptureFiles::pcapng_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const bool bigEndian : { false, true }) {
        const BlockBuilder build(bigEndian);
        const QByteArray start = build.section() + build.interface(linkRaw);
        QByteArray enhanced = start;
        QByteArray simple = start;
        QByteArray obsolete = start;
        QByteArray sections;
        QByteArray interfaces =
            build.section() + build.interface(999) + build.interface(linkEthernet) + build.interface(linkRaw);
        quint64 ticks = 0;
        for (const QByteArray& packet : conversation()) {
            ++ticks;
            enhanced += build.block(0x12345, "unknown") + build.enhanced(0, ticks, packet)
                + build.block(0x80000001, QByteArray(100, 'x'));
            simple += build.simple(packet);
            obsolete += build.obsolete(0, ticks, packet);
            const BlockBuilder other(ticks % 2 == 0);
            sections += other.section() + other.interface(linkRaw) + other.enhanced(0, ticks, packet);
            interfaces += ticks % 2 == 0 ? build.enhanced(1, ticks, linkPacket(linkEthernet, packet))
                                         : build.enhanced(2, ticks, packet);
        }
        const char* order = bigEndian ? "big" : "little";
        QTest::addRow("enhanced, unknown blocks, %s", order) << enhanced;
        QTest::addRow("simple, %s", order) << simple;
        QTest::addRow("obsolete, %s", order) << obsolete;
        QTest::addRow("many sections, %s", order) << sections;
        QTest::addRow("many interfaces, %s", order) << interfaces;
    }
}

void TestCaptureFiles::pcapng()
{
    QFETCH(const QByteArray, file);
    const auto capture = open(file);
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
    QCOMPARE(messageLines(*capture, false), conversationRows);
    QCOMPARE(capture->connection(1)->state, ConnectionState::Closed);
    // Cut anywhere, it gives what it holds.
    for (qsizetype size = 1; size < file.size(); size += 13) {
        const auto cut = open(file.first(size));
        QVERIFY(cut->messageCount() <= 4);
    }
}

void TestCaptureFiles::times_data()
{
    QTest::addColumn<int>("resolution");
    QTest::addColumn<quint64>("ticks");
    QTest::addColumn<qint64>("time");
    QTest::newRow("micro by default") << -1 << quint64(5) << qint64(5000);
    QTest::newRow("seconds") << 0 << quint64(3) << qint64(3'000'000'000);
    QTest::newRow("nano") << 9 << quint64(1'700'000'000'123'456'789) << qint64(1'700'000'000'123'456'789);
    QTest::newRow("pico") << 12 << quint64(5'000'700) << qint64(5000);
    QTest::newRow("finest") << 127 << quint64(1) << qint64(0);
    QTest::newRow("binary") << (0x80 | 10) << quint64(1536) << qint64(1'500'000'000);
    QTest::newRow("binary, fine") << (0x80 | 48) << (quint64(3) << 47) << qint64(1'500'000'000);
    QTest::newRow("binary, finest") << 0xFF << quint64(1) << qint64(0);
}

void TestCaptureFiles::times()
{
    QFETCH(const int, resolution);
    QFETCH(const quint64, ticks);
    QFETCH(const qint64, time);
    const BlockBuilder build;
    const auto capture = open(build.section() + build.interface(linkRaw, resolution)
        + build.enhanced(0, ticks, ipPacket({ .payload = "x", .udp = true })));
    QCOMPARE(capture->messageCount(), 1);
    QCOMPARE(capture->message(0).time, time);
}

void TestCaptureFiles::handshakeAndEnd()
{
    const auto capture = open(pcapFile(linkRaw, conversation()));
    const auto record = capture->connection(1);
    QVERIFY(record);
    QCOMPARE(record->facts.local.toString(), QStringLiteral("10.0.0.2:80")); // where the server stands
    QCOMPARE(record->facts.peer.toString(), QStringLiteral("10.0.0.1:50000"));
    QVERIFY(!record->facts.weConnected);
    QCOMPARE(record->state, ConnectionState::Closed);
    QCOMPARE(record->closedAt - record->openedAt, 8'000'000'000);
}

void TestCaptureFiles::endings_data()
{
    QTest::addColumn<QByteArrayList>("packets");
    QTest::addColumn<ConnectionState>("state");
    const QByteArrayList begin = conversation().first(3);
    QTest::newRow("still open") << begin << ConnectionState::Open;
    QTest::newRow("client done") << (begin
        + QByteArrayList { ipPacket({ .payload = {}, .flags = fin | ack, .sequence = 101, .acknowledged = 501 }) })
                                 << ConnectionState::PeerFinished;
    QTest::newRow("reset by the client") << (begin
        + QByteArrayList { ipPacket({ .payload = {}, .flags = rst, .sequence = 101 }) })
                                         << ConnectionState::Reset;
    QTest::newRow("refused") << QByteArrayList { begin[0],
        ipPacket({ .payload = {}, .flags = rst | ack, .acknowledged = 101, .fromClient = false }) }
                             << ConnectionState::Failed;
}

void TestCaptureFiles::endings()
{
    QFETCH(const QByteArrayList, packets);
    QFETCH(const ConnectionState, state);
    const auto capture = open(pcapFile(linkRaw, packets));
    QCOMPARE(capture->connection(1)->state, state);
    QCOMPARE(capture->messageCount(), state == ConnectionState::Reset ? 1 : 0); // a row for the RST
}

void TestCaptureFiles::serverByPort()
{
    // The capture began in the middle: the lower port is the server.
    const auto capture = open(pcapFile(linkRaw,
        { ipPacket({ .payload = "out", .sequence = 7, .fromClient = false }),
            ipPacket({ .payload = "in", .sequence = 9 }) }));
    const QStringList lines = messageLines(*capture, false);
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith(QStringLiteral("note #1")) && lines[0].contains(QStringLiteral("in the middle")),
        qPrintable(lines[0]));
    QCOMPARE(lines.sliced(1),
        QStringList({ QStringLiteral("message #1 out 0+3 \"\""), QStringLiteral("message #1 in 0+2 \"\"") }));
}

void TestCaptureFiles::gapIsShown()
{
    QByteArrayList packets = conversation();
    packets.removeAt(3); // "hel"
    const auto capture = open(pcapFile(linkRaw, packets), linesProtocol());
    const QStringList lines = messageLines(*capture, false);
    QVERIFY2(lines.join(u'\n').contains(QStringLiteral("error #1 in 0+0 \"gap: 3 byte(s) missing")),
        qPrintable(lines.join(u'\n')));
    QVERIFY2(lines.contains(QStringLiteral("message #1 in 3+2 \"\"")), qPrintable(lines.join(u'\n')));
    QCOMPARE(capture->read(1, Direction::In, 0, 10), QByteArray());
    QCOMPARE(capture->read(1, Direction::In, 3, 10), QByteArray("lo"));
    QCOMPARE(capture->chunks(1, Direction::In, 0, 10).size(), std::size_t(1));
}

void TestCaptureFiles::cutBySnapLength()
{
    const auto capture = open(pcapFile(linkRaw, conversation(), false, false, 42));
    const QString lines = messageLines(*capture, false).join(u'\n');
    QVERIFY2(lines.contains(QStringLiteral("message #1 in 0+2")), qPrintable(lines));
    QVERIFY2(lines.contains(QStringLiteral("error #1 in 2+0 \"gap: 1 ")), qPrintable(lines));
    QVERIFY2(lines.contains(QStringLiteral("error #1 out 2+0 \"gap: 3 ")), qPrintable(lines));
    QCOMPARE(capture->connection(1)->state, ConnectionState::Closed);
}

void TestCaptureFiles::foreignComments()
{
    const BlockBuilder build;
    const auto capture = open(build.section() + build.interface(linkRaw)
        + build.enhanced(0, 1, ipPacket({ .payload = "x", .udp = true }), build.option(commentOption, "Look here.")));
    QCOMPARE(messageLines(*capture, false),
        QStringList({ QStringLiteral("message #1 in 0+1 \"\""), QStringLiteral("note #1 in 0+0 \"Look here.\"") }));
}

void TestCaptureFiles::hostile_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("rows"); // what was readable before
    QTest::addColumn<bool>("fails");
    const BlockBuilder build;
    const QByteArray packet = ipPacket({ .payload = "x", .udp = true });
    const QByteArray good = build.section() + build.interface(linkRaw) + build.enhanced(0, 1, packet);
    const auto head = [&](quint32 type, quint32 size) { return QByteArray(build.number(type) + build.number(size)); };
    QTest::newRow("empty") << QByteArray() << 0 << true;
    QTest::newRow("one byte") << QByteArray("\n") << 0 << true;
    QTest::newRow("wrong magic") << QByteArray("\x89PNG\r\n\x1a\n and so on") << 0 << true;
    QTest::newRow("text") << QByteArray("hello, world\n").repeated(100) << 0 << true;
    QTest::newRow("block of length 0") << good + head(6, 0) + QByteArray(100, '\0') << 1 << true;
    QTest::newRow("block of length 8") << good + head(6, 8) + QByteArray(100, '\0') << 1 << true;
    QTest::newRow("block of odd length") << good + head(6, 61) + QByteArray(100, '\0') << 1 << true;
    QTest::newRow("block of 4 GiB") << good + head(6, 0xFFFFFFFC) + QByteArray(100, '\0') << 1 << true;
    QTest::newRow("unknown block of 4 GiB") << good + head(77, 0xFFFFFFFC) + QByteArray(100, '\0') << 1 << true;
    QTest::newRow("cut head") << good + QByteArray("\6\0\0", 3) << 1 << true;
    QTest::newRow("cut block") << good + build.enhanced(0, 1, packet).chopped(4) << 1 << true;
    QTest::newRow("lengths differ") << good + build.enhanced(0, 1, packet).chopped(4) + build.number(4) << 1 << true;
    QTest::newRow("section without mark") << head(sectionHeaderBlock, 28) + QByteArray(20, '\0') << 0 << true;
    QTest::newRow("section too short") << head(sectionHeaderBlock, 16) + build.number(byteOrderMagic) + build.number(16)
                                       << 0 << true;
    QTest::newRow("interface too short") << good + build.block(1, {}) << 1 << true;
    QTest::newRow("packet of no interface")
        << good + build.enhanced(7, 1, packet) + build.enhanced(0, 1, packet) << 3 << false; // a note
    QTest::newRow("packet longer than its block") << good
            + build.block(6,
                build.number(0) + build.number(0) + build.number(0) + build.number(0xFFFFFFFF)
                    + build.number(0xFFFFFFFF)) << 2
                                                  << false; // a note
    QTest::newRow("empty packet block") << good + build.block(6, {}) << 2 << false; // a note
    QTest::newRow("option longer than its block")
        << good + build.enhanced(0, 1, packet, build.number16(commentOption) + build.number16(60000)) << 2 << false;
    QTest::newRow("unknown link type") << build.section() + build.interface(4711) + build.enhanced(0, 1, packet) << 1
                                       << false; // a note
    const BlockBuilder big(true);
    QTest::newRow("interface in the other byte order") << build.section() + big.interface(linkRaw) << 0 << true;
    QTest::newRow("packet in the other byte order")
        << build.section() + build.interface(linkRaw) + big.enhanced(0, 1, packet) << 0 << true;
    QTest::newRow("section in the other byte order")
        << good + big.section() + big.interface(linkRaw) + big.enhanced(0, 1, packet) << 2 << false;
    QTest::newRow("section of length 0") << head(sectionHeaderBlock, 0) + build.number(byteOrderMagic) << 0 << true;
    QTest::newRow("no interface at all") << build.section() + build.enhanced(0, 1, packet) + build.simple(packet) << 1
                                         << false; // a note
    const QByteArray pcap = pcapFile(linkRaw, { packet });
    QTest::newRow("pcap: cut head") << pcap.first(20) << 0 << true;
    QTest::newRow("pcap: only a head") << pcap.first(24) << 0 << false;
    QTest::newRow("pcap: cut record head") << pcap + QByteArray(15, '\0') << 1 << true;
    QTest::newRow("pcap: cut record") << pcap.chopped(1) << 0 << true;
    QTest::newRow("pcap: record of 4 GiB") << pcap + QByteArray(16, '\xFF') << 1 << true;
    QTest::newRow("pcap: records in the other byte order")
        << pcap.first(24) + pcapFile(linkRaw, { packet }, true).sliced(24) << 0 << true;
    QTest::newRow("pcap: unknown link type") << pcapFile(4711, { packet, packet }) << 1 << false; // a note
    QTest::newRow("pcap: empty records") << pcap + QByteArray(160, '\0') << 2 << false; // a note
}

void TestCaptureFiles::hostile()
{
    QFETCH(const QByteArray, file);
    QFETCH(const int, rows);
    QFETCH(const bool, fails);
    const auto capture = open(file);
    QVERIFY2(bool(capture->failure()) == fails, qPrintable(capture->failure().oneLine()));
    QCOMPARE(capture->messageCount(), rows);
    QCOMPARE(capture->progress(), 1.0);
}

void TestCaptureFiles::cutAnywhere_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArrayList>("parts"); // one datagram each
    for (const bool bigEndian : { false, true }) {
        const BlockBuilder build(bigEndian);
        QByteArrayList enhanced;
        QByteArrayList records;
        for (int i = 0; i < 3; ++i) {
            const QByteArray packet = ipPacket({ .payload = QByteArray(i + 1, 'x'), .udp = true });
            enhanced += build.enhanced(0, 1, packet, build.option(commentOption, {}));
            records += pcapFile(linkRaw, { packet }, bigEndian).sliced(24);
        }
        const char* order = bigEndian ? "big" : "little";
        QTest::addRow("pcapng, %s", order) << build.section() + build.interface(linkRaw) << enhanced;
        QTest::addRow("pcap, %s", order) << pcapFile(linkRaw, {}, bigEndian) << records;
    }
}

void TestCaptureFiles::cutAnywhere()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArrayList, parts);
    const QByteArray whole = head + parts.join();
    QList<qsizetype> ends { head.size() };
    for (const QByteArray& part : parts) {
        ends += ends.last() + part.size();
    }
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        const auto capture = open(whole.first(size));
        qsizetype packets = 0;
        while (packets < parts.size() && ends.at(packets + 1) <= size) {
            ++packets;
        }
        qsizetype messages = 0;
        for (qsizetype row = 0; row < capture->messageCount(); ++row) {
            messages += capture->message(row).kind == RecordKind::Message ? 1 : 0;
        }
        QCOMPARE(messages, packets);
        // Said in one clear line, unless the cut leaves a whole file.
        const bool isWhole = ends.contains(size) || (head.size() > 28 && size == 28);
        QVERIFY2(bool(capture->failure()) != isWhole, qPrintable(capture->failure().oneLine()));
        QVERIFY(!capture->failure().oneLine().contains(u'\n'));
    }
}

void TestCaptureFiles::unknownLinkIsNamed()
{
    const BlockBuilder build;
    const QByteArray packet = ipPacket({ .payload = "x", .udp = true });
    const auto capture = open(build.section() + build.interface(105) + build.interface(4711)
        + build.enhanced(0, 1, packet) + build.enhanced(1, 1, packet) + build.enhanced(0, 1, packet));
    QCOMPARE(messageLines(*capture, false),
        QStringList(
            { QStringLiteral("note #0 in 0+0 \"2 packet(s) of link type 105 (IEEE 802.11), which Sockeye cannot "
                             "read, are not shown.\""),
                QStringLiteral("note #0 in 0+0 \"1 packet(s) of link type 4711, which Sockeye cannot read, are not "
                               "shown.\"") }));
}

void TestCaptureFiles::tooManyConnections()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    CaptureLog log({}, std::make_unique<FileStore>(file.fileName()));
    const auto reading = readFromBeginning(log, defaultProtocol(), {});
    ImportPipe pipe(log);
    ConversationTable table(pipe, 2);
    for (quint16 port = 50'000; port < 50'005; ++port) {
        Packet packet;
        const QByteArray bytes = ipPacket({ .payload = "x", .udp = true, .clientPort = port });
        packet.linkType = linkRaw;
        packet.bytes = bytes;
        table.add(packet, false);
        QCOMPARE(table.isFull(), port >= 50'002);
    }
    table.settle({});
    pipe.drain();
    const MessageLog& messages = reading->messages();
    QCOMPARE(messages.count(), 3);
    QCOMPARE(messages.text(messages.at(2).text),
        QStringLiteral("3 packet(s) of further connections are not shown: the memory holds no more."));
    table.settle({});
    pipe.drain();
    QCOMPARE(messages.count(), 3); // said once
    QVERIFY(connectionsInMemory() >= 100'000);
}

void TestCaptureFiles::unshownIsToldRarely()
{
    // A capture that goes on, of a network with packets that are none of ours.
    QTemporaryFile file;
    QVERIFY(file.open());
    CaptureLog log({}, std::make_unique<FileStore>(file.fileName()));
    const auto reading = readFromBeginning(log, defaultProtocol(), {});
    ImportPipe pipe(log);
    ConversationTable table(pipe, connectionsInMemory());
    Packet packet;
    packet.linkType = linkEthernet;
    packet.bytes = QByteArrayView("no IP in here, but an EtherType of its own");
    QList<int> told;
    for (int count = 1; count <= 9; ++count) {
        table.add(packet, false);
        table.settle({}, false);
        pipe.drain();
        if (reading->messages().count() > told.size()) {
            told.append(count);
        }
    }
    QCOMPARE(told, QList<int>({ 1, 2, 4, 8 }));
    table.settle({});
    pipe.drain();
    const MessageLog& messages = reading->messages();
    QCOMPARE(messages.count(), 5);
    QVERIFY(messages.text(messages.at(4).text).startsWith(QStringLiteral("9 packet(s) that hold neither")));
}

void TestCaptureFiles::portUsedAgain()
{
    // The same two ends connect again, after an end, and after none; between them come repeated last words.
    QByteArrayList packets = conversation();
    packets += conversation().last();
    for (const quint32 start : { 9000U, 20'000U }) {
        packets += ipPacket({ .payload = {}, .flags = syn, .sequence = start });
        packets += ipPacket({ .payload = "again", .flags = ack | psh, .sequence = start + 1 });
    }
    const auto capture = open(pcapFile(linkRaw, packets));
    QCOMPARE(connectionLines(*capture).size(), 3);
    QCOMPARE(capture->connection(1)->state, ConnectionState::Closed);
    QCOMPARE(capture->read(2, Direction::In, 0, 10), QByteArray("again"));
    QCOMPARE(capture->read(3, Direction::In, 0, 10), QByteArray("again"));
}

void TestCaptureFiles::mutations()
{
    // Files of ours and others with bytes changed: whatever comes of it, it ends, and rows are inside their streams.
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("live.pcapng"));
    const auto live = Capture::create(options);
    {
        CaptureWriter writer(live);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, jsonMessage("{}"));
        writer.error(1, QLatin1StringView("idle"), QStringLiteral("Silent."), 3);
        writer.chunk(1, Direction::Out, noise(100'000));
        writer.opened(2, factsFor(40001, Transport::Udp));
        writer.chunk(2, Direction::In, "x");
        writer.closed(2, CloseKind::Orderly);
        writer.closed(1, CloseKind::Orderly);
    }
    live->waitUntilIdle();
    QFile file(options.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> originals { file.readAll(), pcapFile(linkEthernet, conversation()),
        pcapFile(linkRaw, conversation()) };
    quint32 random = 42;
    const auto next = [&random](qsizetype below) {
        random = random * 1664525 + 1013904223;
        return static_cast<qsizetype>((random >> 8) % static_cast<quint32>(below));
    };
    for (int round = 0; round < 600; ++round) {
        QByteArray bytes = originals[round % originals.size()];
        for (int changes = 0; changes < 8; ++changes) {
            // Heads are where it hurts: most changes go to the first part.
            const qsizetype at = next(changes % 2 == 0 ? std::min<qsizetype>(bytes.size(), 900) : bytes.size());
            bytes[at] = static_cast<char>(next(256));
        }
        const auto capture = open(bytes, appProtocol());
        for (qsizetype row = 0; row < capture->messageCount(); ++row) {
            const MessageRecord record = capture->message(row);
            QVERIFY(record.offset >= 0 && record.size >= 0);
            (void)capture->read(
                record.connection, record.direction, record.offset, std::min<qint64>(record.size, 1000));
            (void)capture->chunks(record.connection, record.direction, record.offset, 1000);
        }
    }
}

void TestCaptureFiles::cancelled()
{
    QByteArrayList packets;
    for (int i = 0; i < 20'000; ++i) {
        packets += ipPacket({ .payload = "hello", .udp = true });
    }
    QFile file(m_folder.filePath(QStringLiteral("long")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(pcapFile(linkRaw, packets));
    file.close();
    const auto capture = Capture::open(file.fileName());
    capture->cancelReading();
    capture->waitUntilIdle();
    QCOMPARE(capture->progress(), 1.0);
    QVERIFY(!capture->failure());
    const qsizetype rows = capture->messageCount();
    QVERIFY(rows <= packets.size());
    (void)Capture::open(file.fileName()); // thrown away at once
}

void TestCaptureFiles::savesPcapAsPcapng()
{
    const auto capture = open(pcapFile(linkEthernet, [] {
        QByteArrayList packets;
        for (const QByteArray& ip : conversation()) {
            packets += linkPacket(linkEthernet, ip);
        }
        return packets;
    }()));
    std::atomic<bool> done { false };
    const QString name = m_folder.filePath(QStringLiteral("saved.pcapng"));
    capture->save(name, [&](const Failure&) { done = true; });
    QTRY_VERIFY(done.load());
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.read(4).toHex(), QByteArray("0a0d0d0a"));
    CaptureOptions options;
    options.protocol = rawProtocol();
    const auto saved = Capture::open(name, options);
    saved->waitUntilIdle();
    QCOMPARE(messageLines(*saved), messageLines(*capture));
    QCOMPARE(connectionLines(*saved), connectionLines(*capture));
}

void TestCaptureFiles::doesNotExist()
{
    for (const QString& name :
        { m_folder.filePath(QStringLiteral("nothing")), m_folder.path(), QStringLiteral("/dev/null") }) {
        const auto capture = Capture::open(name);
        capture->waitUntilIdle();
        QVERIFY(capture->failure());
        QVERIFY(capture->failure().oneLine().contains(name));
        QCOMPARE(capture->messageCount(), 0);
    }
}

SOCKEYE_TEST(TestCaptureFiles)
#include "tst_capture_files.moc"
