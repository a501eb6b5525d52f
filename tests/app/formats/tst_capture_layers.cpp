// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace sockeye;
using namespace sockeye::pcapng;

/// What lies below TCP and UDP in files of others: links, tunnels, headers that are cut, fragments of IP packets.
class TestCaptureLayers : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void links_data();
    void links();
    void unshown_data();
    void unshown();
    void cutDatagrams_data();
    void cutDatagrams();
    void undeclaredInterface();
    void fragments_data();
    void fragments();
    void fragmentsOfTcp();
    void fragmentsAreBounded();

private:
    std::shared_ptr<Capture> open(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("file")));
        file.remove();
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("no file");
        }
        file.close();
        CaptureOptions options;
        options.protocol = rawProtocol();
        auto capture = Capture::open(file.fileName(), options);
        capture->waitUntilIdle();
        return capture;
    }
    QTemporaryDir m_folder;
};

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

QByteArray datagram(const QByteArray& payload = "hello", bool ipv6 = false)
{
    return ipPacket({ .payload = payload, .udp = true, .ipv6 = ipv6 });
}

/// An Ethernet frame, or with other addresses whatever is in front of an EtherType.
QByteArray frame(const char* etherType, const QByteArray& behind)
{
    return QByteArray(12, '\x11') + hex(etherType) + behind;
}

/// With macOS's header in front.
QByteArray pktapOf(quint32 link, const QByteArray& packet)
{
    QByteArray head(108, '\0');
    qToLittleEndian<quint32>(108, head.data());
    qToLittleEndian<quint32>(1, head.data() + 4);
    qToLittleEndian<quint32>(link, head.data() + 8);
    return head + packet;
}

QByteArray fragment(const QByteArray& whole, qsizetype offset, qsizetype size, quint16 number = 7)
{
    return ipFragment(whole, offset, size, number);
}

} // namespace

void TestCaptureLayers::links_data()
{
    QTest::addColumn<quint32>("link");
    QTest::addColumn<QByteArray>("packet");
    const QByteArray ip = datagram();
    const QByteArray ip6 = datagram("hello", true);
    const QByteArray sll = QByteArray(14, '\0');
    const auto row = [](const char* name, quint32 link, const QByteArray& packet) {
        QTest::newRow(name) << link << packet;
    };
    row("VLAN", linkEthernet, frame("8100", hex("00050800") + ip));
    row("three VLANs", linkEthernet, frame("88a8", hex("000181000002910000030800") + ip));
    row("cooked, VLAN", linkLinuxCooked, sll + hex("810000050800") + ip);
    row("cooked, two VLANs, IPv6", linkLinuxCooked, sll + hex("88a800058100000686dd") + ip6);
    row("cooked 2, VLAN", linkLinuxCooked2, hex("8100") + QByteArray(18, '\0') + hex("00050800") + ip);
    row("PPP", linkPpp, hex("0021") + ip);
    row("PPP, IPv6", linkPpp, hex("0057") + ip6);
    row("PPP, framed", linkPpp, hex("ff030021") + ip);
    row("PPP, short protocol", linkPpp, hex("21") + ip);
    row("PPP, serial", linkPppSerial, hex("ff030021") + ip);
    row("PPP, with direction", linkPppDirection, hex("01ff030021") + ip);
    row("PFLOG", linkPflog, hex("3d02") + QByteArray(62, '\0') + ip);
    row("PFLOG, IPv6", linkPflog, hex("3d1c") + QByteArray(62, '\0') + ip6);
    const QByteArray mark = hex("0800030000000001"); // an attribute before the packet
    row("NFLOG", linkNflog,
        hex("02000000") + mark + hex("050004006a000000") + QByteArray(hex("2100") + hex("0900")) + ip + hex("000000"));
    row("NFLOG, big-endian", linkNflog, hex("0a000000") + hex("0008000300000001") + hex("00350009") + ip6);
    row("PKTAP, Ethernet", linkPktap, pktapOf(linkEthernet, frame("0800", ip)));
    row("PKTAP, as a private link type", linkUser2, pktapOf(linkEthernet, frame("0800", ip)));
    row("PKTAP, raw", linkPktap, pktapOf(linkRawOpenBsd, ip));
    row("IPv6 extensions", linkRaw,
        ipv6Packet(0, hex("2b00010400000000") + hex("3c00000000000000") + hex("1100010400000000") + ip6.sliced(40)));
    row("IPv6 AH", linkRaw, ipv6Packet(51, hex("1104") + QByteArray(22, '\0') + ip6.sliced(40)));
    row("IPv6, a fragment that is all", linkRaw, ipv6Packet(44, hex("1100000000000007") + ip6.sliced(40)));
}

void TestCaptureLayers::links()
{
    QFETCH(const quint32, link);
    QFETCH(const QByteArray, packet);
    const auto capture = open(pcapFile(link, { packet }));
    QCOMPARE(messageLines(*capture, false), QStringList({ QStringLiteral("message #1 in 0+5 \"\"") }));
    QCOMPARE(capture->read(1, Direction::In, 0, 10), QByteArray("hello"));
    // However short it is cut, it is no other packet.
    for (qsizetype size = 0; size < packet.size() - 8; ++size) {
        const auto cut = open(pcapFile(link, { packet }, false, false, static_cast<int>(size)));
        QVERIFY2(cut->messageCount() <= 2, qPrintable(messageLines(*cut).join(u'\n')));
        QVERIFY(!cut->failure());
    }
}

void TestCaptureLayers::unshown_data()
{
    QTest::addColumn<quint32>("link");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, quint32 link, const QByteArray& packet, const QString& what) {
        QTest::newRow(name) << link << packet << what;
    };
    const QByteArray ip = datagram();
    const auto inside = [](const char* name) {
        return QStringLiteral("inside %1, which").arg(QLatin1StringView(name));
    };
    const QString neither = QStringLiteral("hold neither TCP nor UDP");
    const QString cut = QStringLiteral("headers are cut short");
    row("PPPoE", linkEthernet, frame("8864", hex("1100000100230021") + ip), inside("PPPoE"));
    row("PPPoE discovery", linkEthernet, frame("8863", hex("110900000000")), inside("PPPoE"));
    row("PPPoE in a VLAN", linkEthernet, frame("8100", hex("00058864") + ip), inside("PPPoE"));
    row("MPLS", linkEthernet, frame("8847", hex("00010140") + ip), inside("MPLS"));
    row("MPLS, multicast, cooked", linkLinuxCooked, QByteArray(14, '\0') + hex("884800010140") + ip, inside("MPLS"));
    row("SNAP", linkEthernet, frame("0029", hex("aaaa030000000800") + ip), inside("SNAP (IEEE 802.2)"));
    row("SNAP, cooked", linkLinuxCooked, QByteArray(14, '\0') + hex("0004aaaa030000000800") + ip,
        inside("SNAP (IEEE 802.2)"));
    row("MACsec", linkEthernet, frame("88e5", ip), inside("MACsec"));
    row("GRE", linkRaw, ipv4Packet(47, hex("00000800") + ip), inside("GRE"));
    row("GRE over IPv6", linkRaw, ipv6Packet(47, hex("00000800") + ip), inside("GRE"));
    row("IPv4 in IPv4", linkRaw, ipv4Packet(4, ip), inside("IP-in-IP"));
    row("IPv6 in IPv4", linkRaw, ipv4Packet(41, ip), inside("IP-in-IP"));
    row("AH", linkRaw, ipv4Packet(51, hex("1104") + QByteArray(22, '\0') + ip.sliced(20)), inside("AH"));
    row("ESP", linkRaw, ipv4Packet(50, ip), inside("ESP"));
    row("ARP", linkEthernet, frame("0806", QByteArray(28, '\0')), neither);
    row("spanning tree", linkEthernet, frame("0026", hex("424203") + QByteArray(35, '\0')), neither);
    row("ICMP", linkRaw, ipv4Packet(1, hex("0800f7ff00000000")), neither);
    row("a PPP control packet", linkPpp, hex("c021010100040000"), neither);
    row("no IP", linkRaw, QByteArray(40, '\x77'), neither);
    row("a cut frame", linkEthernet, frame("08", {}), cut);
    row("a cut VLAN tag", linkEthernet, frame("8100", hex("000508")), cut);
    row("a cut IP head", linkEthernet, frame("0800", ip.first(19)), cut);
    row("a cut IPv6 head", linkRaw, datagram({}, true).first(39), cut);
    row("a cut UDP head", linkRaw, ip.first(27), cut);
    row("a cut TCP head", linkRaw, ipPacket({ .payload = "x" }).first(39), cut);
    row("nothing at all", linkRaw, {}, cut);
    row("too short for itself", linkRaw, ipv4Packet(6, QByteArray(20, '\0')), neither);
    row("a private link", linkUser2, ip, QStringLiteral("of link type 149, which"));
    row("a private link in its own header", linkPktap, pktapOf(linkUser2, ip), neither);
    row("an unknown link", 105, ip, QStringLiteral("of link type 105 (IEEE 802.11), which"));
}

void TestCaptureLayers::unshown()
{
    QFETCH(const quint32, link);
    QFETCH(const QByteArray, packet);
    QFETCH(const QString, what);
    const auto capture = open(pcapFile(link, { packet, packet }));
    QCOMPARE(capture->messageCount(), 1);
    const QString text = capture->text(capture->message(0).text);
    QVERIFY2(text.startsWith(QStringLiteral("2 packet(s) ")) && text.contains(what), qPrintable(text));
}

void TestCaptureLayers::cutDatagrams_data()
{
    QTest::addColumn<QByteArrayList>("packets");
    QTest::addColumn<int>("cutAt");
    QTest::addColumn<QString>("text");
    const QByteArray whole = datagram(QByteArray(200, 'x'));
    QTest::newRow("in the middle") << QByteArrayList { whole } << 28 + 58 << QStringLiteral("58 of 200 bytes");
    QTest::newRow("its last byte") << QByteArrayList { whole } << 28 + 199 << QStringLiteral("199 of 200 bytes");
    QTest::newRow("all of it") << QByteArrayList { whole } << 28 << QStringLiteral("0 of 200 bytes");
    QTest::newRow("IPv6") << QByteArrayList { datagram(QByteArray(200, 'x'), true) } << 48 + 3
                          << QStringLiteral("3 of 200 bytes");
    QTest::newRow("not cut") << QByteArrayList { whole } << 28 + 200 << QString();
    QTest::newRow("every fragment") << QByteArrayList { fragment(whole, 0, 104), fragment(whole, 104, 104) } << 20 + 64
                                    << QStringLiteral("56 of 200 bytes");
}

void TestCaptureLayers::cutDatagrams()
{
    QFETCH(const QByteArrayList, packets);
    QFETCH(const int, cutAt);
    QFETCH(const QString, text);
    const auto capture = open(pcapFile(linkRaw, packets, false, false, cutAt));
    QCOMPARE(capture->messageCount(), text.isEmpty() ? 1 : 2);
    QCOMPARE(capture->message(0).kind, RecordKind::Message);
    if (!text.isEmpty()) {
        const MessageRecord record = capture->message(1);
        QCOMPARE(record.kind, RecordKind::Error);
        const QString told = capture->text(record.text);
        QVERIFY2(told.contains(u' ' + text), qPrintable(told));
        const RecordFault fault = capture->fault(record.text);
        QCOMPARE(fault.code, cutCode);
        QCOMPARE(fault.missing, 200 - capture->message(0).size);
    }
}

void TestCaptureLayers::undeclaredInterface()
{
    const BlockBuilder build;
    const QByteArray packet = datagram();
    const QByteArray start = build.section() + build.interface(linkRaw);
    const auto capture = open(start + build.enhanced(1, 1, packet) + build.enhanced(0, 1, packet)
        + build.obsolete(9, 1, packet) + build.section() + build.simple(packet));
    QCOMPARE(messageLines(*capture, false),
        QStringList({ QStringLiteral("message #1 in 0+5 \"\""),
            QStringLiteral("note #0 in 0+0 \"3 packet(s) of an interface that the file does not declare are not "
                           "shown.\"") }));
    const auto broken = open(start + build.block(6, {}) + build.block(3, {}) + build.block(6, QByteArray(20, '\xff')));
    QCOMPARE(messageLines(*broken, false).join(u'\n'),
        QStringLiteral("note #0 in 0+0 \"1 packet(s) of an interface that the file does not declare are not shown.\"\n"
                       "note #0 in 0+0 \"2 packet(s) whose block in the file contradicts itself are not shown.\""));
}

void TestCaptureLayers::fragments_data()
{
    QTest::addColumn<QByteArrayList>("packets");
    QTest::addColumn<QList<qint64>>("datagrams"); // their sizes
    QTest::addColumn<QString>("note");
    for (const bool ipv6 : { false, true }) {
        const char* family = ipv6 ? "IPv6" : "IPv4";
        const auto row = [&](const char* name, const QByteArrayList& packets, const QList<qint64>& datagrams,
                             const QString& note = {}) {
            QTest::addRow("%s: %s", family, name) << packets << datagrams << note;
        };
        const QByteArray whole = datagram(noise(2992), ipv6); // 3,000 bytes with the head
        const QByteArray a = fragment(whole, 0, 1000);
        const QByteArray b = fragment(whole, 1000, 1000);
        const QByteArray c = fragment(whole, 2000, 1000);
        const QByteArray other = datagram(noise(2992, 5), ipv6);
        row("in order", { a, b, c }, { 2992 });
        row("reversed", { c, b, a }, { 2992 });
        row("repeated", { a, a, b, b, c, c, a, b, c }, { 2992 });
        row("overlapping", { a, fragment(whole, 496, 1000), c, b }, { 2992 });
        row("one contains the other", { fragment(whole, 0, 2000), b, a, c }, { 2992 });
        row("a hole filled by a larger one", { a, c, fragment(whole, 504, 1600) }, { 2992 });
        row("two at a time",
            { a, fragment(other, 0, 1000, 8), c, fragment(other, 2000, 1000, 8), b, fragment(other, 1000, 1000, 8) },
            { 2992, 2992 });
        row("the number used again", { a, b, c, fragment(other, 0, 1000), fragment(other, 1000, 2000) },
            { 2992, 2992 });
        row("one is missing", { a, c }, {}, QStringLiteral("2 fragment(s) of IP packets are not shown: other"));
        row("only the first", { a }, {}, QStringLiteral("1 fragment(s) of IP packets are not shown: other"));
        row("contradicting", { a, fragment(other, 496, 1000), b, c }, {},
            QStringLiteral("4 fragment(s) of IP packets are not shown: they contradict"));
        row("two ends", { a, fragment(whole.chopped(8), 2000, 992), c }, {},
            QStringLiteral("3 fragment(s) of IP packets are not shown: they contradict"));
        row("odd size", { fragment(whole, 0, 1001), fragment(whole, 1000, 2000) }, {},
            QStringLiteral("2 fragment(s) of IP packets are not shown: they contradict"));
        const QByteArray tail = whole + QByteArray(8, '!');
        row("beyond the end", { a, c, fragment(tail, 3000, 8) }, {},
            QStringLiteral("3 fragment(s) of IP packets are not shown: they contradict"));
        QByteArray icmp = whole;
        icmp[ipv6 ? 6 : 9] = 1;
        row("of something else", { fragment(icmp, 0, 1000), fragment(icmp, 1000, 2000) }, {},
            QStringLiteral("2 packet(s) that hold neither"));
        row("the largest",
            [&] {
                const QByteArray large = datagram(noise(ipv6 ? 65'527 : 65'507), ipv6);
                QByteArrayList parts;
                for (qsizetype at = 0; at < large.size() - (ipv6 ? 40 : 20); at += 1480) {
                    parts.prepend(fragment(large, at, 1480));
                }
                return parts;
            }(),
            { ipv6 ? 65'527 : 65'507 });
    }
}

void TestCaptureLayers::fragments()
{
    QFETCH(const QByteArrayList, packets);
    QFETCH(const QList<qint64>, datagrams);
    QFETCH(const QString, note);
    const auto capture = open(pcapFile(linkRaw, packets));
    qint64 end = 0;
    qsizetype row = 0;
    for (const qint64 size : datagrams) {
        const MessageRecord record = capture->message(row);
        QCOMPARE(record.kind, RecordKind::Message);
        QCOMPARE(record.size, size);
        QCOMPARE(capture->read(1, Direction::In, end, size), noise(size, row == 0 ? 1 : 5));
        end += size;
        ++row;
    }
    QCOMPARE(capture->messageCount(), row + (note.isEmpty() ? 0 : 1));
    if (!note.isEmpty()) {
        const QString told = capture->text(capture->message(row).text);
        QVERIFY2(told.startsWith(note), qPrintable(told));
    }
}

void TestCaptureLayers::fragmentsOfTcp()
{
    // A segment in pieces is one row, however much of it was there before.
    const QByteArray bytes = noise(3000);
    const auto segment = [&](qsizetype at, qsizetype size) {
        return ipPacket({ .payload = bytes.mid(at, size), .sequence = static_cast<quint32>(at) });
    };
    const QByteArray first = segment(0, 2000);
    const QByteArray second = segment(2000, 1000);
    const auto capture = open(pcapFile(linkRaw,
        { fragment(first, 1000, 1020, 1), segment(0, 500), fragment(first, 0, 1000, 1), fragment(second, 504, 600, 2),
            fragment(second, 0, 504, 2) }));
    QCOMPARE(messageLines(*capture, false).sliced(1),
        QStringList({ QStringLiteral("message #1 in 0+500 \"\""), QStringLiteral("message #1 in 500+1500 \"\""),
            QStringLiteral("message #1 in 2000+1000 \"\"") }));
    QCOMPARE(capture->read(1, Direction::In, 0, 4000), bytes);
}

void TestCaptureLayers::fragmentsAreBounded()
{
    // First fragments of a great many packets, and then a whole one.
    const QByteArray whole = datagram(noise(2000));
    QByteArrayList packets;
    for (int i = 0; i < 20'000; ++i) {
        packets += fragment(whole, 0, 1000, static_cast<quint16>(i + 100));
    }
    packets += fragment(whole, 0, 1000);
    packets += fragment(whole, 1000, 1008);
    const auto capture = open(pcapFile(linkRaw, packets));
    QCOMPARE(capture->messageCount(), 2);
    QCOMPARE(capture->read(1, Direction::In, 0, 4000), noise(2000));
    QVERIFY(capture->text(capture->message(1).text).startsWith(QStringLiteral("20000 fragment(s) of IP packets")));
}

SOCKEYE_TEST(TestCaptureLayers)
#include "tst_capture_layers.moc"
