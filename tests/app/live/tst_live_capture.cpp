// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/left_captures.h"
#include "app/live/live_capture.h"
#include "app/storage/spool_file.h"
#include "app/storage/spool_folder.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/live/live_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/storage/full_disk.h"
#include "tests/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <unistd.h>

using namespace sockeye;

/// Real packets of real programs through the loopback interface of a network of our own.
class TestLiveCapture : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void exchangeOfOthers_data();
    void exchangeOfOthers();
    void datagramsOnce();
    void largeSegments();
    void beginsInTheMiddle();
    void startsAnew();
    void otherFraming();
    void countEnds();
    void recordsToAFile();
    void fails_data();
    void fails();
    void diskFull();
    void spoolIsLockedAndRemoved();
    void isLeftBehindWhenKilled();
    void spoolWithoutAName();
    void endsWhileCapturing();

private:
    static void begin(LiveCapture& live, LiveCaptureOptions options, const ProtocolPtr& protocol = appProtocol());
    static void end(LiveCapture& live);
    [[nodiscard]] static QString filterFor(quint16 port) { return QStringLiteral("port %1").arg(port); }
    [[nodiscard]] static QStringList spools()
    {
        return QDir(spoolFolder()).entryList({ QStringLiteral("capture-*.pcapng") }, QDir::Files);
    }
    QTemporaryDir m_cache;
};

void TestLiveCapture::initTestCase()
{
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path())); // other tests have spools as well
}

void TestLiveCapture::begin(LiveCapture& live, LiveCaptureOptions options, const ProtocolPtr& protocol)
{
    if (options.interface.isEmpty()) {
        options.interface = QStringLiteral("lo");
    }
    options.tool = builtCaptureTool();
    CaptureOptions reading;
    reading.protocol = protocol;
    live.start(options, reading);
    QTRY_VERIFY(live.state() != LiveCapture::State::Starting);
    QVERIFY2(live.state() == LiveCapture::State::Capturing, qPrintable(live.failure().oneLine()));
}

void TestLiveCapture::end(LiveCapture& live)
{
    live.stop();
    QTRY_COMPARE(live.state(), LiveCapture::State::Stopped);
    QTRY_VERIFY(!live.capture()->isFollowing());
    QVERIFY2(!live.capture()->failure(), qPrintable(live.capture()->failure().oneLine()));
}

void TestLiveCapture::exchangeOfOthers_data()
{
    QTest::addColumn<QString>("interface");
    QTest::newRow("loopback") << QStringLiteral("lo");
    // There each packet passes twice, out and in.
    QTest::newRow("all interfaces") << QStringLiteral("any");
}

void TestLiveCapture::exchangeOfOthers()
{
    QFETCH(const QString, interface);
    const PeerServer server;
    QVERIFY(server.port() != 0);
    LiveCapture live;
    LiveCaptureOptions options;
    options.interface = interface;
    options.filter = filterFor(server.port());
    begin(live, options);
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("morpheus")));
    QVERIFY(server.ask(QStringLiteral("double"), QStringLiteral("21")));
    QTRY_COMPARE(live.capture()->messageCount(), 4); // while it goes on
    end(live);
    const QString lines = messageLines(*live.capture(), false).join(u'\n');
    QVERIFY2(!lines.contains(QStringLiteral("error")) && !lines.contains(QStringLiteral("note")), qPrintable(lines));
    QCOMPARE(live.capture()->messageCount(), 4);
    const MessageRecord reply = live.capture()->message(1);
    QCOMPARE(reply.direction, Direction::Out);
    QVERIFY(live.capture()->read(reply.connection, reply.direction, 0, reply.size).contains("white rabbit"));
    for (const quint32 connection : { 1U, 2U }) {
        const auto record = live.capture()->connection(connection);
        QVERIFY(record);
        QCOMPARE(record->state, ConnectionState::Closed);
        QCOMPARE(record->facts.local.port, server.port());
        QVERIFY(!record->facts.weConnected);
    }
    QTRY_VERIFY(live.counts().captured >= 16);
    QCOMPARE(live.counts().dropped, 0U);
}

void TestLiveCapture::datagramsOnce()
{
    QUdpSocket server;
    QVERIFY(server.bind(QHostAddress::LocalHost));
    LiveCapture live;
    LiveCaptureOptions options;
    options.interface = QStringLiteral("any");
    options.filter = filterFor(server.localPort());
    begin(live, options, rawProtocol());
    QUdpSocket client;
    for (const char* text : { "one", "two" }) {
        QCOMPARE(client.writeDatagram(text, 3, QHostAddress(QHostAddress::LocalHost), server.localPort()), 3);
    }
    QTRY_COMPARE(live.capture()->messageCount(), 2);
    end(live);
    QCOMPARE(messageLines(*live.capture(), false),
        QStringList({ QStringLiteral("message #1 in 0+3 \"\""), QStringLiteral("message #1 in 3+3 \"\"") }));
}

void TestLiveCapture::largeSegments()
{
    // What one write hands to the loopback interface is cut into packets of up to 64 KiB, with no checksums.
    const QByteArray bytes = noise(3'000'000);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.serverPort());
    begin(live, options, rawProtocol());
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QVERIFY(server.waitForNewConnection(-1));
    QTcpSocket* peer = server.nextPendingConnection();
    client.write(bytes);
    QByteArray got;
    connect(peer, &QTcpSocket::readyRead, this, [&] { got += peer->readAll(); });
    QTRY_COMPARE(got.size(), bytes.size());
    client.close();
    peer->close();
    QTRY_COMPARE(live.capture()->byteCount(), bytes.size());
    end(live);
    QCOMPARE(live.capture()->read(1, Direction::In, 0, bytes.size()), bytes);
    const QString lines = messageLines(*live.capture(), false).join(u'\n');
    QVERIFY2(!lines.contains(QStringLiteral("gap")), qPrintable(lines));
}

void TestLiveCapture::beginsInTheMiddle()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QVERIFY(server.waitForNewConnection(-1));
    QTcpSocket* peer = server.nextPendingConnection();
    const auto exchange = [&](const char* question, const char* answer) {
        client.write(question);
        QTRY_VERIFY(peer->canReadLine());
        QCOMPARE(peer->readLine(), QByteArray(question));
        peer->write(answer);
        QTRY_VERIFY(client.canReadLine());
        QCOMPARE(client.readLine(), QByteArray(answer));
    };
    exchange("before\n", "unseen\n");
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.serverPort());
    begin(live, options, linesProtocol());
    exchange("question\n", "answer\n");
    client.close();
    peer->close();
    QTRY_VERIFY(live.capture()->connection(1) && live.capture()->connection(1)->state == ConnectionState::Closed);
    end(live);
    const QStringList lines = messageLines(*live.capture(), false);
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith(QStringLiteral("note #1"))
            && lines[0].contains(QStringLiteral("begins somewhere in the middle")),
        qPrintable(lines[0]));
    QVERIFY2(lines[1].contains(QStringLiteral(" 0+9 ")), qPrintable(lines[1]));
    QVERIFY2(lines[2].contains(QStringLiteral(" 0+7 ")), qPrintable(lines[2]));
}

void TestLiveCapture::startsAnew()
{
    const PeerServer server;
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.port());
    begin(live, options);
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(live.capture()->messageCount(), 2);
    end(live);
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring"))); // nobody looks
    const std::weak_ptr<Capture> first = live.capture();
    QCOMPARE(live.capture()->messageCount(), 2);
    begin(live, options);
    QVERIFY(first.expired());
    QCOMPARE(live.capture()->messageCount(), 0);
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("morpheus")));
    QTRY_COMPARE(live.capture()->messageCount(), 2);
    end(live);
}

void TestLiveCapture::otherFraming()
{
    const PeerServer server;
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.port());
    begin(live, options, rawProtocol());
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(live.capture()->messageCount(), 2);
    live.setReading(live.capture()->readAnew(appProtocol(), {}));
    QTRY_COMPARE(live.capture()->progress(), 1.0);
    QCOMPARE(live.capture()->protocol(), appProtocol());
    QTRY_COMPARE(live.capture()->messageCount(), 2); // from the first packet on
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(live.capture()->messageCount(), 4); // and further
    end(live);
    live.setReading(live.capture()->readAnew(linesProtocol(), {}));
    QTRY_COMPARE(live.capture()->progress(), 1.0);
    QCOMPARE(live.capture()->protocol(), linesProtocol());
}

void TestLiveCapture::countEnds()
{
    const PeerServer server;
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.port());
    options.count = 5;
    begin(live, options);
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(live.state(), LiveCapture::State::Stopped);
    QCOMPARE(live.counts().captured, 5U);
}

void TestLiveCapture::recordsToAFile()
{
    const PeerServer server;
    const QTemporaryDir folder;
    LiveCaptureOptions options;
    options.filter = filterFor(server.port());
    options.file = folder.filePath(QStringLiteral("live.pcapng"));
    {
        LiveCapture live;
        begin(live, options);
        QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
        QTRY_COMPARE(live.capture()->messageCount(), 2);
        end(live);
    }
    const auto again = Capture::open(options.file);
    again->waitUntilIdle();
    QVERIFY2(!again->failure(), qPrintable(again->failure().oneLine()));
    QCOMPARE(again->messageCount(), 2);
}

void TestLiveCapture::fails_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<FailureCode>("code");
    QTest::addColumn<QString>("words");
    const QByteArray real = "exec '" + QFile::encodeName(builtCaptureTool()) + "' \"$@\"";
    const auto lo = QStringLiteral("lo");
    QTest::newRow("no right") << FakeTool::withoutRight() << lo << QString() << FailureCode::NotPermitted
                              << QStringLiteral("sudo setcap cap_net_raw+ep ");
    QTest::newRow("no such interface") << real << QStringLiteral("none77") << QString() << FailureCode::Other
                                       << QStringLiteral("from the interface none77");
    QTest::newRow("no filter") << real << lo << QStringLiteral("tcp prot 1") << FailureCode::BadFilter
                               << QStringLiteral("syntax error");
    QTest::newRow("ends without a word") << QByteArray("exit 7") << lo << QString() << FailureCode::Other
                                         << QStringLiteral("without saying why");
    QTest::newRow("killed") << QByteArray("kill -9 $$") << lo << QString() << FailureCode::Other
                            << QStringLiteral("without saying why");
    QTest::newRow("nonsense") << QByteArray("head -c 100000 /dev/zero >&2; echo error >&2; exit 1") << lo << QString()
                              << FailureCode::Other << QStringLiteral("without saying why");
    QTest::newRow("a last line without an end")
        << QByteArray("printf 'error other out of luck' >&2; exit 1") << lo << QString() << FailureCode::Other
        << QStringLiteral("Capturing failed: out of luck.");
    QTest::newRow("no tool") << QByteArray() << lo << QString() << FailureCode::Other
                             << QStringLiteral("cannot be started");
}

void TestLiveCapture::fails()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QString, interface);
    QFETCH(const QString, filter);
    QFETCH(const QString, words);
    const FakeTool tool(script);
    if (script.isEmpty()) {
        QVERIFY(QFile::remove(tool.path()));
    }
    LiveCapture live;
    LiveCaptureOptions options;
    options.interface = interface;
    options.filter = filter;
    options.tool = tool.path();
    live.start(options, {});
    QTRY_COMPARE(live.state(), LiveCapture::State::Failed);
    QVERIFY(!live.isRunning());
    QTEST(live.failure().code, "code");
    QVERIFY2(live.failure().oneLine().contains(words), qPrintable(live.failure().oneLine()));
    QVERIFY(!live.capture());
    QCOMPARE(live.startedAt(), 0);
}

void TestLiveCapture::diskFull()
{
    constexpr int room = 64 * 1024;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.serverPort());
    {
        const FullDisk full(room);
        begin(live, options, rawProtocol());
    }
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QVERIFY(server.waitForNewConnection(-1));
    QTcpSocket* peer = server.nextPendingConnection();
    QByteArray got;
    connect(peer, &QTcpSocket::readyRead, this, [&] { got += peer->readAll(); });
    client.write(noise(1000));
    QTRY_COMPARE(live.capture()->byteCount(), 1000);
    client.write(noise(1'000'000));
    QTRY_COMPARE(live.state(), LiveCapture::State::Failed);
    QCOMPARE(live.failure().code, FailureCode::SpoolFull);
    QTRY_VERIFY(!live.capture()->isFollowing());
    QVERIFY2(!live.capture()->failure(), qPrintable(live.capture()->failure().oneLine())); // it ends with a whole block
    QCOMPARE(live.capture()->read(1, Direction::In, 0, 1000), noise(1000));
    QTRY_COMPARE(got.size(), 1'001'000); // the others do not notice
}

void TestLiveCapture::spoolIsLockedAndRemoved()
{
    {
        LiveCapture live;
        begin(live, {});
        QCOMPARE(spools().size(), 1);
        const QString file = spoolFolder() + u'/' + spools().first();
        QVERIFY(!LeftCapture::claim(file));
        QCOMPARE(
            QFile::permissions(file) & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
        end(live);
        QVERIFY(!LeftCapture::claim(file)); // it is still shown
    }
    QTRY_COMPARE(spools(), QStringList());
}

void TestLiveCapture::isLeftBehindWhenKilled()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    // As LiveCapture starts it, but our end goes without a word.
    SpoolFile spool = createSpoolFile({});
    QProcess tool;
    tool.setChildProcessModifier([&spool] { (void)::dup2(spool.file.number(), STDOUT_FILENO); });
    tool.start(builtCaptureTool(),
        { QStringLiteral("capture"), QStringLiteral("lo"), QStringLiteral("--filter"),
            filterFor(server.serverPort()) });
    QByteArray told;
    QTRY_VERIFY((told += tool.readAllStandardError()).startsWith("capturing"));
    spool.file.close();
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QTRY_VERIFY((told += tool.readAllStandardError()).contains("packets"));
    QVERIFY(!LeftCapture::claim(spool.path)); // somebody is still writing it
    tool.closeWriteChannel();
    QTRY_COMPARE(tool.state(), QProcess::NotRunning);
    const auto left = claimLeftCaptures(spoolFolder(), {});
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left[0]->file(), spool.path);
    QVERIFY(left[0]->holdsAnything());
    QVERIFY(!left[0]->discard());
}

void TestLiveCapture::spoolWithoutAName()
{
    const PeerServer server;
    LiveCapture live;
    LiveCaptureOptions options;
    options.filter = filterFor(server.port());
    options.leaveBehind = false;
    begin(live, options);
    QCOMPARE(spools(), QStringList());
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(live.capture()->messageCount(), 2);
    end(live);
}

void TestLiveCapture::endsWhileCapturing()
{
    {
        LiveCapture live;
        begin(live, {});
    }
    QTRY_COMPARE(spools(), QStringList());
}

SOCKEYE_TEST(TestLiveCapture)
#include "tst_live_capture.moc"
