// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "app/formats/reader/repeated_segments.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace sockeye;
using namespace sockeye::pcapng;

namespace {

constexpr quint64 millisecond = 1'000'000; ///< in ticks

struct Segment {
    quint64 time = 0; ///< in ticks
    quint32 sequence = 0;
    QByteArray payload = {};
    quint8 flags = ack;
    quint16 identification = 0;
    bool fromClient = true;
    bool ipv6 = false;
};
using Segments = QList<Segment>;

/// Notes about retransmissions alone.
class Listener : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        if (event.kind == EventKind::Note && event.code == retransmissionCode) {
            told += (event.direction == Direction::In ? u"in " : u"out ") + event.text;
        } else if (event.kind == EventKind::Chunk) {
            bytes += event.bytes.size();
        }
    }
    QStringList told;
    qint64 bytes = 0;
};

} // namespace

/// What a file of packets says of segments that were sent again.
class TestRepeatedSegments : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void told_data();
    void told();
    void bounded();

private:
    std::shared_ptr<Listener> listen(const Segments& segments);

    QTemporaryDir m_folder;
};

std::shared_ptr<Listener> TestRepeatedSegments::listen(const Segments& segments)
{
    const BlockBuilder builder;
    QByteArray file = builder.section() + builder.interface(linkRaw, 9);
    for (const Segment& segment : segments) {
        QByteArray packet = ipPacket({ .payload = segment.payload,
            .flags = segment.flags,
            .sequence = segment.sequence,
            .acknowledged = segment.fromClient ? 501U : 101U,
            .fromClient = segment.fromClient,
            .ipv6 = segment.ipv6 });
        if (!segment.ipv6) {
            qToBigEndian(segment.identification, packet.data() + 4);
        }
        file += builder.enhanced(0, 1'000'000'000'000 + segment.time, packet);
    }
    auto listener = std::make_shared<Listener>();
    CaptureOptions options;
    options.protocol = rawProtocol();
    options.observer = listener;
    QFile target(m_folder.filePath(QStringLiteral("file")));
    if (!target.open(QIODevice::WriteOnly) || target.write(file) != file.size()) {
        qFatal("no file");
    }
    target.close();
    Capture::open(target.fileName(), options)->waitUntilIdle();
    return listener;
}

void TestRepeatedSegments::told_data()
{
    QTest::addColumn<Segments>("segments");
    QTest::addColumn<QStringList>("told");
    const Segment first { .sequence = 101, .payload = "hello", .identification = 1 };
    const Segment next { .time = millisecond, .sequence = 106, .payload = "world", .identification = 2 };
    const QString again = QStringLiteral("in Retransmission: 5 byte(s) from offset 0 on were sent again.");
    const auto later = [](Segment segment, quint64 time, quint16 identification) {
        segment.time = time;
        segment.identification = identification;
        return segment;
    };
    QTest::newRow("each once") << Segments { first, next } << QStringList();
    QTest::newRow("after a time-out") << Segments { first, later(first, 200 * millisecond, 2) } << QStringList(again);
    QTest::newRow("several times") << Segments { first, later(first, 200 * millisecond, 2),
        later(first, 600 * millisecond, 3) }
                                   << QStringList { again, again };
    QTest::newRow("of what is not the last")
        << Segments { first, next, later(first, 200 * millisecond, 3) } << QStringList(again);
    QTest::newRow("the same packet, captured twice")
        << Segments { first, later(first, 200 * millisecond, 1) } << QStringList();
    QTest::newRow("a copy without identification comes at once")
        << Segments { later(first, 0, 0), later(first, 100, 0) } << QStringList();
    QTest::newRow("without identification, after a time-out")
        << Segments { later(first, 0, 0), later(first, 200 * millisecond, 0) } << QStringList(again);
    Segment six = first;
    six.ipv6 = true;
    QTest::newRow("over IPv6") << Segments { six, later(six, 200 * millisecond, 0) } << QStringList(again);
    QTest::newRow("brings more than before") << Segments { first,
        { .time = 200 * millisecond, .sequence = 101, .payload = "hello world", .identification = 2 } }
                                             << QStringList();
    QTest::newRow("comes late, for the first time") << Segments {
        { .sequence = 100, .flags = syn, .identification = 1 }, later(next, 10, 2), later(first, 200 * millisecond, 3)
    } << QStringList();
    QTest::newRow("asks whether anybody is there")
        << Segments { first, { .time = 5000 * millisecond, .sequence = 105, .payload = "o", .identification = 2 } }
        << QStringList();
    const Segment connect { .sequence = 100, .flags = syn, .identification = 1 };
    QTest::newRow("connects again") << Segments { connect, later(connect, 1000 * millisecond, 2) }
                                    << QStringList(QStringLiteral("in Retransmission: the SYN was sent again."));
    const Segment accept { .time = 10, .sequence = 500, .flags = syn | ack, .identification = 1, .fromClient = false };
    QTest::newRow("accepts again") << Segments { connect, accept, later(accept, 1000 * millisecond, 2) }
                                   << QStringList(QStringLiteral("out Retransmission: the SYN, ACK was sent again."));
}

void TestRepeatedSegments::told()
{
    QFETCH(Segments, segments);
    QFETCH(QStringList, told);
    QCOMPARE(listen(segments)->told, told);
}

/// Whoever captured a broken network gets a thousand rows of it, not a million, and all bytes.
void TestRepeatedSegments::bounded()
{
    Segments segments { { .sequence = 101, .payload = "hello", .identification = 1 } };
    for (quint16 i = 2; i < 5000; ++i) {
        segments += { .time = i * millisecond, .sequence = 101, .payload = "hello", .identification = i };
    }
    segments += { .time = 6000 * millisecond, .sequence = 106, .payload = "world", .identification = 6000 };
    const auto heard = listen(segments);
    QCOMPARE(heard->told.size(), RepeatedSegments::mostTold + 1);
    QVERIFY2(heard->told.last().contains(QLatin1String("not listed")), qPrintable(heard->told.last()));
    QCOMPARE(heard->bytes, 10);
}

SOCKEYE_TEST(TestRepeatedSegments)
#include "tst_repeated_segments.moc"
