// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/marks/mark_book.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QProcess>
#include <QPromise>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What the tool of the field makes of our files. Needs tshark (installed by scripts/test).
class TestCaptureTshark : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noComplaints();
    void followEqualsTheBytes_data();
    void followEqualsTheBytes();
    void headsAndComments();
    void marksAreComments();
    void opensWhileItGrows();

private:
    QByteArray tshark(const QStringList& arguments, const QString& file = {}); ///< of m_file, if of none
    static void traffic(CaptureWriter& writer);
    QTemporaryDir m_folder;
    QString m_program;
    QString m_file;
};

void TestCaptureTshark::initTestCase()
{
    m_program = QStandardPaths::findExecutable(QStringLiteral("tshark"));
    QVERIFY2(!m_program.isEmpty(), "tshark is missing: install it with scripts/test, or apt-get install tshark");
    m_file = m_folder.filePath(QStringLiteral("live.pcapng"));
    CaptureOptions options;
    options.title = QStringLiteral("Server 127.0.0.1:65432");
    options.file = m_file;
    const auto capture = Capture::create(options);
    {
        CaptureWriter writer(capture);
        traffic(writer);
    }
    capture->waitUntilIdle();
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
}

QByteArray TestCaptureTshark::tshark(const QStringList& arguments, const QString& file)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(m_program,
        QStringList { QStringLiteral("-r"), file.isEmpty() ? m_file : file, QStringLiteral("-o"),
            QStringLiteral("tcp.check_checksum:TRUE"), QStringLiteral("-o"), QStringLiteral("ip.check_checksum:TRUE"),
            QStringLiteral("-o"), QStringLiteral("udp.check_checksum:TRUE") }
            + arguments);
    if (!process.waitForFinished(100'000) || process.exitCode() != 0) {
        return "tshark failed: " + process.readAllStandardError();
    }
    return process.readAllStandardOutput();
}

void TestCaptureTshark::traffic(CaptureWriter& writer)
{
    // Stream 0: requests and replies, with remarks; 1: large, IPv6; 2 to 4: one pair of ends again and again; 5: one
    // way; then UDP.
    writer.opened(1, factsFor(40000));
    for (int i = 0; i < 50; ++i) {
        writer.chunk(1, Direction::In, jsonMessage(QByteArray::number(i)));
        writer.note(1, QStringLiteral("Note %1.").arg(i));
        writer.note(1, QStringLiteral("Another note."));
        writer.chunk(1, Direction::Out, jsonMessage("\"reply\""));
    }
    writer.error(1, QLatin1StringView("idle"), QStringLiteral("Silent 沉默."), 5);
    writer.error(0, QLatin1StringView("address-in-use"), QStringLiteral("Taken."));
    writer.finished(1, Direction::In);
    writer.chunk(1, Direction::Out, jsonMessage("\"after\""));
    writer.note(1, QStringLiteral("Half closed."));
    writer.finished(1, Direction::Out);
    writer.closed(1, CloseKind::Orderly);

    writer.opened(2, factsFor(40001, Transport::Tcp, true, true));
    writer.chunk(2, Direction::Out, noise(3'000'000));
    writer.chunk(2, Direction::In, noise(70'001, 2));
    writer.closed(2, CloseKind::Orderly);

    for (quint32 id = 3; id <= 5; ++id) {
        writer.opened(id, factsFor(40000));
        writer.chunk(id, Direction::In, QByteArray(1, static_cast<char>('0' + id)));
        writer.closed(id, id == 3 ? CloseKind::Orderly : id == 4 ? CloseKind::ResetByPeer : CloseKind::ResetByUs);
    }
    writer.opened(0xFFFFFFF0, factsFor(40002)); // soon wraps around
    for (int i = 0; i < 500; ++i) {
        writer.chunk(0xFFFFFFF0, Direction::Out, noise(1 + i, static_cast<quint32>(i)));
    }
    writer.finished(0xFFFFFFF0, Direction::Out);
    writer.finished(0xFFFFFFF0, Direction::In);
    writer.closed(0xFFFFFFF0, CloseKind::Orderly);

    writer.opened(7, factsFor(40003, Transport::Udp));
    writer.chunk(7, Direction::In, "hello");
    writer.chunk(7, Direction::Out, noise(60'000));
    writer.opened(8, factsFor(40004, Transport::Udp, false, true));
    writer.chunk(8, Direction::In, "hello over IPv6");
    writer.closed(7, CloseKind::Orderly);
}

void TestCaptureTshark::noComplaints()
{
    // Every expert remark but those that only say what happened: SYN, FIN, RST, ports used again, window changed,
    // comments.
    const QByteArray complaints = tshark({ QStringLiteral("-Y"),
        QStringLiteral("_ws.malformed || tcp.analysis.retransmission || tcp.analysis.fast_retransmission || "
                       "tcp.analysis.spurious_retransmission || tcp.analysis.out_of_order || "
                       "tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment || tcp.analysis.duplicate_ack || "
                       "tcp.analysis.keep_alive || tcp.analysis.zero_window || tcp.analysis.window_full || "
                       "tcp.checksum_bad.expert || ip.checksum_bad.expert || udp.checksum.status == \"Bad\" || "
                       "tcp.checksum.status == \"Bad\" || ip.checksum.status == \"Bad\" || "
                       "_ws.expert.severity >= \"Error\"") });
    QCOMPARE(complaints, QByteArray());
    const QByteArray packets = tshark(
        { QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.number") });
    QVERIFY(packets.count('\n') > 700);
}

void TestCaptureTshark::followEqualsTheBytes_data()
{
    QTest::addColumn<int>("stream");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("server");
    QByteArray in;
    QByteArray out;
    for (int i = 0; i < 50; ++i) {
        in += jsonMessage(QByteArray::number(i));
        out += jsonMessage("\"reply\"");
    }
    QTest::newRow("exchanges") << 0 << in << QByteArray(out + jsonMessage("\"after\""));
    QTest::newRow("large, we connected") << 1 << noise(3'000'000) << noise(70'001, 2);
    QTest::newRow("same ends, first") << 2 << QByteArray("3") << QByteArray();
    QTest::newRow("same ends, second") << 3 << QByteArray("4") << QByteArray();
    QTest::newRow("same ends, third") << 4 << QByteArray("5") << QByteArray();
    out.clear();
    for (int i = 0; i < 500; ++i) {
        out += noise(1 + i, static_cast<quint32>(i));
    }
    QTest::newRow("one way, wrapping") << 5 << QByteArray() << out;
}

void TestCaptureTshark::followEqualsTheBytes()
{
    QFETCH(const int, stream);
    QFETCH(const QByteArray, client);
    QFETCH(const QByteArray, server);
    const QByteArray output =
        tshark({ QStringLiteral("-q"), QStringLiteral("-z"), QStringLiteral("follow,tcp,raw,%1").arg(stream) });
    QByteArray sent;
    QByteArray returned;
    for (const QByteArray& line : output.split('\n')) {
        if (line.startsWith("\t")) {
            returned += QByteArray::fromHex(line.trimmed());
        } else if (!line.isEmpty() && line.at(0) != '=' && !line.contains(':')) {
            sent += QByteArray::fromHex(line.trimmed());
        }
    }
    // "Client" is to tshark whoever sent first: where only we spoke, that is us.
    const bool swapped = client.isEmpty() && !server.isEmpty() && sent.size() == server.size();
    QVERIFY(sent == (swapped ? server : client));
    QVERIFY(returned == (swapped ? client : server));
}

void TestCaptureTshark::headsAndComments()
{
    const QByteArray comments = tshark({ QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-Y"),
        QStringLiteral("frame.comment"), QStringLiteral("-e"), QStringLiteral("frame.comment") });
    QCOMPARE(comments.count('\n'), 103);
    QVERIFY(comments.contains("Error [idle] in, byte 5: Silent 沉默."));
    QVERIFY(comments.contains("Error [address-in-use] in: Taken."));
    const QByteArray heads = tshark({ QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-c"),
        QStringLiteral("1"), QStringLiteral("-e"), QStringLiteral("frame.interface_name"), QStringLiteral("-e"),
        QStringLiteral("frame.packet_flags_direction"), QStringLiteral("-e"), QStringLiteral("tcp.flags.str") });
    QVERIFY2(heads.startsWith("Server 127.0.0.1:65432\t0x00000001\t"), heads.constData());
    const QByteArray pushes = tshark({ QStringLiteral("-Y"), QStringLiteral("tcp.stream == 1 && tcp.flags.push == 1"),
        QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.number") });
    QCOMPARE(pushes.count('\n'), 2); // one write, one read
}

void TestCaptureTshark::marksAreComments()
{
    const auto capture = Capture::create({});
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, jsonMessage("1"));
        writer.chunk(1, Direction::Out, QByteArray(jsonMessage("2") + jsonMessage("3")));
    }
    capture->waitUntilIdle();
    const qint64 second = jsonMessage("2").size();
    capture->marks().set({ { 1, Direction::In, 0 }, 0, MarkColour::Orange, QStringLiteral("the request 沉默") });
    capture->marks().set({ { 1, Direction::Out, 0 }, 0, MarkColour::Green, {} });
    capture->marks().set({ { 1, Direction::Out, second }, 0, MarkColour::Red, QStringLiteral("inside") });
    const QString file = m_folder.filePath(QStringLiteral("marked.pcapng"));
    const auto saved = std::make_shared<QPromise<bool>>();
    QFuture<bool> isSaved = saved->future();
    saved->start();
    capture->save(file, [saved](const Failure& failure) {
        saved->addResult(!failure);
        saved->finish();
    });
    QVERIFY(isSaved.result());
    const QByteArray comments =
        tshark({ QStringLiteral("-Y"), QStringLiteral("frame.comment"), QStringLiteral("-T"), QStringLiteral("fields"),
                   QStringLiteral("-E"), QStringLiteral("aggregator=|"), QStringLiteral("-e"),
                   QStringLiteral("tcp.len"), QStringLiteral("-e"), QStringLiteral("frame.comment") },
            file);
    const qsizetype head = 40; // IPv4 and TCP
    QCOMPARE(comments,
        QByteArray::number(second) + "\tMark (orange): the request 沉默\n" + QByteArray::number(2 * second)
            + "\tMark (green)|Mark (red), byte " + QByteArray::number(head + second) + ": inside\n");
}

void TestCaptureTshark::opensWhileItGrows()
{
    CaptureOptions options;
    options.file = m_file;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    QCOMPARE(tshark({}), QByteArray()); // no packets, no complaint
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, "x");
    writer.flush();
    // It reaches the file by itself, soon.
    QTRY_COMPARE(
        tshark({ QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.number") })
            .count('\n'),
        4);
}

SOCKEYE_TEST(TestCaptureTshark)
#include "tst_capture_tshark.moc"
