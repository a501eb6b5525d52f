// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace sockeye::pcapng;

/// TCP connections as captures really hold them, with one oddity each, and what is to be made of them.
class TestCaptureOddities : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void resets_data();
    void resets() { check(); }
    void handshakes_data();
    void handshakes() { check(); }
    void losses_data();
    void losses() { check(); }
    void waitingBehindAGap();
    void bothFamilies();
    void resetWaitsForItsTime();
    void heldBackForItsTime();
    void heldBackForSoManyPackets();

private:
    void check();
    QByteArrayList tell(const QByteArray& file);

    QTemporaryDir m_folder;
};

namespace {

/// One line an event: "#1 in 3 GET", where 3 is the packet's place in the file, which is its time, too.
class Teller : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        static const QStringList endings { QStringLiteral("orderly"), QStringLiteral("reset by peer"),
            QStringLiteral("reset by us"), QStringLiteral("failed") };
        QString line = u'#' + QString::number(event.connection);
        const QString side = event.direction == Direction::In ? QStringLiteral(" in ") : QStringLiteral(" out ");
        const QString time = QString::number(event.time / 1'000'000'000 - 1000);
        switch (event.kind) {
        case EventKind::Opened:
            line += u" opened " + time + (event.facts.midway ? u" midway" : u"");
            break;
        case EventKind::Chunk:
            line += side + time + u' ' + QString::fromLatin1(event.bytes.toByteArray());
            break;
        case EventKind::Finished:
            line += side + time + u" finished";
            break;
        case EventKind::Closed:
            line += u" closed " + time + u' ' + endings[static_cast<qsizetype>(event.closeKind)];
            break;
        case EventKind::Error:
            line += side + time + u' ' + event.code + u' ' + QString::number(event.missing);
            break;
        case EventKind::Note:
            line += side + time + u' ' + event.text.section(u' ', 0, 2);
            break;
        }
        lines += line.toLatin1();
    }
    QByteArrayList lines;
};

QByteArray client(quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload = {})
{
    return ipPacket({ .payload = payload, .flags = flags, .sequence = sequence, .acknowledged = acknowledged });
}

QByteArray server(quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload = {})
{
    return ipPacket({ .payload = payload,
        .flags = flags,
        .sequence = sequence,
        .acknowledged = acknowledged,
        .fromClient = false });
}

/// Packets 0 to 2. The client's first byte is 101, the server's 501.
QByteArrayList handshake()
{
    return { client(syn, 100, 0), server(syn | ack, 500, 101), client(ack, 101, 501) };
}

void row(const char* name, const QByteArrayList& packets, const QByteArrayList& lines)
{
    QTest::newRow(name) << packets << lines;
}

void columns()
{
    QTest::addColumn<QByteArrayList>("packets");
    QTest::addColumn<QByteArrayList>("lines");
}

} // namespace

QByteArrayList TestCaptureOddities::tell(const QByteArray& bytes)
{
    QFile file(m_folder.filePath(QStringLiteral("file")));
    file.remove();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("no file");
    }
    file.close();
    const auto teller = std::make_shared<Teller>();
    CaptureOptions options;
    options.protocol = rawProtocol();
    options.observer = teller;
    Capture::open(file.fileName(), options)->waitUntilIdle();
    return teller->lines;
}

void TestCaptureOddities::check()
{
    QFETCH(const QByteArrayList, packets);
    QFETCH(const QByteArrayList, lines);
    const QByteArrayList told = tell(pcapFile(linkRaw, packets));
    QCOMPARE(told.join('\n'), lines.join('\n'));
}

void TestCaptureOddities::resets_data()
{
    columns();
    const QByteArrayList begin =
        handshake() + QByteArrayList { client(ack, 101, 501, "GET"), server(ack, 501, 104, "one") }; // 3, 4
    const QByteArrayList began { "#1 opened 0", "#1 in 3 GET", "#1 out 4 one" };
    const QByteArray late = server(ack, 504, 104, "two");
    row("data in flight", begin + QByteArrayList { client(rst | ack, 104, 504), late, client(rst, 104, 0) },
        began + QByteArrayList { "#1 in 5 Connection reset: the", "#1 out 6 two", "#1 closed 7 reset by peer" });
    row("its reason inside", begin + QByteArrayList { server(rst | ack, 504, 104, "banned") },
        began + QByteArrayList { "#1 out 5 banned", "#1 out 5 Connection reset: this", "#1 closed 5 reset by us" });
    row("forged, its sender writes on",
        begin + QByteArrayList { client(rst, 104, 0), late, client(ack, 104, 507, "more"), server(ack, 507, 108) },
        began
            + QByteArrayList {
                "#1 in 5 Connection reset: the", "#1 out 6 two", "#1 in 7 The connection goes", "#1 in 7 more" });
    row("forged, its sender reads on",
        begin + QByteArrayList { client(rst, 104, 0), late, client(ack, 104, 507), server(ack, 507, 104, "three") },
        began
            + QByteArrayList {
                "#1 in 5 Connection reset: the", "#1 out 6 two", "#1 in 7 The connection goes", "#1 out 8 three" });
    row("forged without the right numbers",
        begin + QByteArrayList { client(rst, 3'000'000'000, 0), client(rst, 3'000'000'000, 0), late },
        began + QByteArrayList { "#1 in 5 A RST was", "#1 out 7 two" });
    row("captured before the last bytes", begin + QByteArrayList { client(rst, 107, 0), client(ack, 104, 504, "end") },
        began + QByteArrayList { "#1 in 5 Connection reset: the", "#1 in 6 end", "#1 closed 6 reset by peer" });
    row("a word from before it, of bytes that are not here",
        handshake() + QByteArrayList { client(ack, 101, 521), client(rst, 101, 0), client(ack, 101, 521) },
        { "#1 opened 0", "#1 in 4 Connection reset: the", "#1 out 5 gap 20", "#1 closed 5 reset by peer" });
    row("after both ends",
        begin
            + QByteArrayList { client(fin | ack, 104, 504), server(fin | ack, 504, 105), client(rst, 105, 0),
                client(rst, 105, 0) },
        began + QByteArrayList { "#1 in 5 finished", "#1 out 6 finished", "#1 closed 7 orderly" });
    row("the port used again",
        begin
            + QByteArrayList { client(rst, 104, 0), client(syn, 9000, 0), server(syn | ack, 7000, 9001),
                client(ack, 9001, 7001, "again") },
        began
            + QByteArrayList {
                "#1 in 5 Connection reset: the", "#1 closed 5 reset by peer", "#2 opened 6", "#2 in 8 again" });
    const QByteArray refusal = server(rst | ack, 0, 101);
    row("refused", { client(syn, 100, 0), refusal }, { "#1 opened 0", "#1 closed 1 failed" });
    row("refused twice", { client(syn, 100, 0), refusal, client(syn, 100, 0), refusal },
        { "#1 opened 0", "#1 closed 1 failed", "#2 opened 2", "#2 closed 3 failed" });
    row("a forged refusal",
        QByteArrayList { client(syn, 100, 0), refusal } + handshake().sliced(1)
            + QByteArrayList { client(ack, 101, 501, "GET"), server(ack, 501, 104, "one") },
        { "#1 opened 0", "#1 in 4 GET", "#1 out 5 The connection goes", "#1 out 5 one" });
    row("a refusal of another SYN",
        { client(syn, 100, 0), server(rst | ack, 0, 77'000'000), server(syn | ack, 500, 101) },
        { "#1 opened 0", "#1 out 1 A RST was" });
}

void TestCaptureOddities::handshakes_data()
{
    columns();
    const QByteArray hello = client(ack, 101, 501, "hello");
    const QByteArray world = server(ack, 501, 106, "world");
    const QByteArrayList plain { "#1 opened 0", "#1 in 3 hello", "#1 out 4 world" };
    const QByteArray other = server(syn | ack, 3'000'000'000, 101);
    row("two answers, the second counts", { client(syn, 100, 0), other, server(syn | ack, 500, 101), hello, world },
        plain);
    row("two answers, the first counts", { client(syn, 100, 0), server(syn | ack, 500, 101), other, hello, world },
        plain);
    row("two answers, one after the choice", handshake() + QByteArrayList { other, hello, world },
        { "#1 opened 0", "#1 in 4 hello", "#1 out 5 world" });
    row("three answers, the first counts",
        { client(syn, 100, 0), server(syn | ack, 500, 101), other, server(syn | ack, 77, 101), hello, world },
        { "#1 opened 0", "#1 in 4 hello", "#1 out 5 world" });
    row("two answers, the bytes choose",
        { client(syn, 100, 0), server(syn | ack, 500, 101), other, server(ack, 501, 101, "world") },
        { "#1 opened 0", "#1 out 3 world" });
    row("an old connection's answer",
        { client(syn, 100, 0), server(ack, 900, 2'000'000'000), client(rst, 2'000'000'000, 0), client(syn, 100, 0),
            server(syn | ack, 500, 101), client(ack, 101, 501), hello, world },
        { "#1 opened 0", "#1 in 2 A RST was", "#1 in 3 Retransmission: the SYN", "#1 in 6 hello", "#1 out 7 world" });
    row("an old connection's answer, near",
        { client(syn, 100, 0), server(ack, 900, 5000), client(syn, 100, 0), server(syn | ack, 500, 101), hello, world },
        { "#1 opened 0", "#1 in 2 Retransmission: the SYN", "#1 in 4 hello", "#1 out 5 world" });
    row("both open",
        { client(syn, 100, 0), server(syn, 500, 0), client(syn | ack, 100, 501), server(syn | ack, 500, 101), hello,
            world },
        { "#1 opened 0", "#1 in 4 hello", "#1 out 5 world" });
    row("both open, an answer before its SYN",
        { client(syn, 100, 0), server(syn | ack, 500, 101), server(syn, 500, 0), hello, world }, plain);
    row("the answer first", { server(syn | ack, 500, 101), client(syn, 100, 0), client(ack, 101, 501), hello, world },
        plain);
    row("SYN repeated", { client(syn, 100, 0), client(syn, 100, 0), server(syn | ack, 500, 101), hello, world },
        { "#1 opened 0", "#1 in 1 Retransmission: the SYN", "#1 in 3 hello", "#1 out 4 world" });
    row("another SYN, answered",
        { client(syn, 100, 0), client(syn, 9000, 0), server(syn | ack, 500, 9001), client(ack, 9001, 501, "hello") },
        { "#1 opened 0", "#2 opened 1", "#2 in 3 hello" });
    row("another SYN, the first is answered",
        { client(syn, 100, 0), client(syn, 9000, 0), server(syn | ack, 500, 101), hello, world }, plain);
    row("other SYNs, none answered", { client(syn, 100, 0), client(syn, 9000, 0), client(syn, 70'000, 0) },
        { "#1 opened 0", "#2 opened 1", "#3 opened 2" });
    row("a SYN forged into a connection",
        handshake()
            + QByteArrayList { hello, client(syn, 70'000, 0), server(ack, 501, 106), client(ack, 106, 501, "and on"),
                server(ack, 501, 112, "world") },
        { "#1 opened 0", "#1 in 3 hello", "#1 in 6 and on", "#1 out 7 world" });
    row("a new connection after no end",
        handshake() + QByteArrayList { hello, client(syn, 9000, 0), client(ack, 9001, 7001, "again") },
        { "#1 opened 0", "#1 in 3 hello", "#2 opened 4", "#2 in 5 again" });
    row("bytes of a connection after an end, without a SYN",
        handshake()
            + QByteArrayList { client(fin | ack, 101, 501), server(fin | ack, 501, 102), client(ack, 102, 502),
                client(fin | ack, 101, 501), client(ack, 800'000'000, 502, "new") },
        { "#1 opened 0", "#1 in 3 finished", "#1 out 4 finished", "#1 closed 5 orderly", "#2 opened 7 midway",
            "#2 in 7 The beginning of", "#2 in 7 new" });
}

void TestCaptureOddities::losses_data()
{
    columns();
    const QByteArray c = client(ack, 121, 501, "CCCC");
    QByteArrayList given = handshake() + QByteArrayList { c };
    for (int i = 0; i < 40; ++i) {
        given += server(ack, 501, 111);
    }
    row("given up no further than acknowledged",
        given + QByteArrayList { client(ack, 111, 501, "BBBBBBBBBB"), server(ack, 501, 125) },
        { "#1 opened 0", "#1 in 3 gap 10", "#1 in 44 BBBBBBBBBB", "#1 in 44 CCCC" });
    row("own time and place behind a loss",
        handshake()
            + QByteArrayList { client(ack, 104, 501, "two"), server(ack, 501, 107, "seen"),
                client(ack, 107, 505, "three"), server(ack, 505, 112, "too") },
        { "#1 opened 0", "#1 in 3 gap 3", "#1 in 3 two", "#1 out 4 seen", "#1 in 5 three", "#1 out 6 too" });
    row("losses on both sides",
        handshake()
            + QByteArrayList { client(ack, 104, 501, "two"), server(ack, 503, 107, "seen"),
                client(ack, 107, 507, "three") },
        { "#1 opened 0", "#1 in 3 gap 3", "#1 in 3 two", "#1 out 4 gap 2", "#1 out 4 seen", "#1 in 5 three" });
    row("captured in another order: nothing is lost",
        handshake()
            + QByteArrayList { client(ack, 104, 501, "two"), server(ack, 501, 107, "seen"),
                client(ack, 101, 501, "one") },
        { "#1 opened 0", "#1 out 4 seen", "#1 in 5 one", "#1 in 5 two" });
    row("sent again before it was acknowledged",
        handshake()
            + QByteArrayList { client(ack, 104, 501, "two"), server(ack, 501, 101, "?"), client(ack, 101, 502, "one"),
                server(ack, 502, 107) },
        { "#1 opened 0", "#1 out 4 ?", "#1 in 5 one", "#1 in 5 two" });
    const QByteArrayList get = handshake() + QByteArrayList { client(ack, 101, 501, "GET") };
    row("one byte at the end, acknowledged", get + QByteArrayList { server(ack, 501, 105) },
        { "#1 opened 0", "#1 in 3 GET", "#1 in 4 gap 1" });
    row("one byte at the end, gone by", get + QByteArrayList { server(ack, 501, 104, "no"), client(ack, 105, 503) },
        { "#1 opened 0", "#1 in 3 GET", "#1 out 4 no", "#1 in 5 gap 1" });
    row("one byte before the FIN", get + QByteArrayList { client(fin | ack, 105, 501) },
        { "#1 opened 0", "#1 in 3 GET", "#1 in 4 gap 1", "#1 in 4 finished" });
    row("one byte before a RST", get + QByteArrayList { client(rst | ack, 105, 501) },
        { "#1 opened 0", "#1 in 3 GET", "#1 in 4 Connection reset: the", "#1 in 4 gap 1",
            "#1 closed 4 reset by peer" });
    row("the FIN alone", get + QByteArrayList { server(fin | ack, 501, 105), client(ack, 105, 502) },
        { "#1 opened 0", "#1 in 3 GET", "#1 out 4 finished", "#1 in 5 One byte more" });
    row("the FIN, or the last byte before one",
        get + QByteArrayList { server(ack, 501, 105), server(fin | ack, 501, 105) },
        { "#1 opened 0", "#1 in 3 GET", "#1 out 5 finished", "#1 in 5 One byte more" });
    row("a FIN from the past", get + QByteArrayList { client(fin | ack, 101, 501), client(ack, 104, 501, "more") },
        { "#1 opened 0", "#1 in 3 GET", "#1 in 5 more" });
    row("forged bytes far away",
        get + QByteArrayList { client(ack, 1'000'000'000, 501, "evil"), server(ack, 501, 104, "fine") },
        { "#1 opened 0", "#1 in 3 GET", "#1 out 5 fine", "#1 in 5 4 byte(s) are" });
    row("a pause in the capture",
        get + QByteArrayList { client(ack, 100'000'101, 501, "far"), server(ack, 501, 100'000'104, "fine") },
        { "#1 opened 0", "#1 in 3 GET", "#1 in 4 gap 99999997", "#1 in 4 far", "#1 out 5 fine" });
    row("a loss, and then a RST",
        handshake()
            + QByteArrayList { client(ack, 104, 501, "two"), server(rst | ack, 501, 107, "bye"),
                client(ack, 107, 501, "x") },
        { "#1 opened 0", "#1 in 3 gap 3", "#1 in 3 two", "#1 out 4 bye", "#1 out 4 Connection reset: this", "#1 in 5 x",
            "#1 closed 5 reset by us" });
}

/// Nothing is owed of a message that a gap has cut; what is owed of the next one is counted from its own beginning.
void TestCaptureOddities::waitingBehindAGap()
{
    const QByteArray whole = jsonMessage("{\"value\": 1}");
    const auto waitingIn = [this](const QByteArrayList& packets) {
        const QString name = m_folder.filePath(QStringLiteral("waiting.pcap"));
        QFile file(name);
        const QByteArray bytes = pcapFile(linkRaw, packets);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("The file could not be written.");
        }
        file.close();
        const auto capture = Capture::open(name);
        capture->waitUntilIdle();
        return capture->connection(1).value_or(ConnectionRecord()).waitingIn;
    };
    QByteArrayList packets = handshake() + QByteArrayList { client(ack, 101, 501, whole.first(30)) };
    QVERIFY(waitingIn(packets).isWithin());
    packets += server(ack, 501, 101 + 5000); // which has what the file lacks
    QCOMPARE(waitingIn(packets).part, Progress::between);
    packets += client(ack, 101 + 5000, 501, whole.first(40));
    const Progress waiting = waitingIn(packets);
    QVERIFY(waiting.isWithin());
    QCOMPARE(waiting.messageOffset, 5000);
}

void TestCaptureOddities::bothFamilies()
{
    // Addresses whose bytes are the same: 32.1.13.184 and 2001:db8::.
    QByteArray four = ipPacket({ .payload = "four", .udp = true });
    QByteArray six = ipPacket({ .payload = "six", .udp = true, .ipv6 = true });
    const QByteArray source = QByteArray::fromHex("20010db8") + QByteArray(12, '\0');
    four.replace(12, 4, source.first(4)).replace(16, 4, source.first(4));
    six.replace(8, 16, source).replace(24, 16, source);
    QCOMPARE(tell(pcapFile(linkRaw, { four, six })),
        QByteArrayList({ "#1 opened 0", "#1 in 0 four", "#2 opened 1", "#2 in 1 six" }));
}

void TestCaptureOddities::resetWaitsForItsTime()
{
    // Whoever else goes on for a minute: it is over by then, and no sooner.
    QByteArrayList packets = handshake() + QByteArrayList { client(rst | ack, 101, 501) };
    const QByteArray datagram = ipPacket({ .payload = "-", .udp = true });
    for (int i = 0; i < 70; ++i) {
        packets += datagram;
    }
    const QByteArrayList lines = tell(pcapFile(linkRaw, packets));
    QCOMPARE(lines.indexOf("#1 closed 3 reset by peer"), lines.indexOf("#2 in 64 -") - 1);
    // Bytes after that are not left out.
    packets += server(ack, 501, 101, "late");
    packets += client(rst | ack, 101, 501);
    QVERIFY(tell(pcapFile(linkRaw, packets)).contains("#3 out 74 late"));
}

void TestCaptureOddities::heldBackForItsTime()
{
    QByteArrayList packets = handshake() + QByteArrayList { client(ack, 104, 501, "two"), server(ack, 501, 107) };
    const QByteArray datagram = ipPacket({ .payload = "-", .udp = true });
    for (int i = 0; i < 9; ++i) {
        packets += datagram;
    }
    const QByteArrayList lines = tell(pcapFile(linkRaw, packets));
    QCOMPARE(lines.indexOf("#1 in 3 two"), lines.indexOf("#2 in 10 -") - 1);
}

void TestCaptureOddities::heldBackForSoManyPackets()
{
    // All within a moment: what is missing comes late, and then too late.
    for (const int between : { 32, 33 }) {
        QByteArrayList packets = handshake() + QByteArrayList { client(ack, 104, 501, "two") };
        for (int i = 0; i < between; ++i) {
            packets += server(ack, 501, 107);
        }
        packets += client(ack, 101, 501, "one");
        const BlockBuilder build;
        QByteArray file = build.section() + build.interface(linkRaw);
        for (const QByteArray& packet : packets) {
            file += build.enhanced(0, 1'000'000'000, packet);
        }
        const QByteArrayList lines = tell(file);
        QCOMPARE(lines.sliced(1),
            between == 32 ? QByteArrayList({ "#1 in 0 one", "#1 in 0 two" })
                          : QByteArrayList({ "#1 in 0 gap 3", "#1 in 0 two" }));
    }
}

SOCKEYE_TEST(TestCaptureOddities)
#include "tst_capture_oddities.moc"
