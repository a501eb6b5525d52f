// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What passes through a relay when nobody looks at it, by an engine that has a way to do that and by one that has not;
// the same where somebody looks is TestRelay's.

#include "app/relay/faults/fault_kinds.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/relay/counted_engine.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QTest>

#include <future>

using namespace sockeye;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;

/// A recording that neither keeps nor tells anything, as that of `relay --print none`, or one that tells.
std::shared_ptr<Capture> recordingOf(bool isSeen)
{
    CaptureOptions options;
    options.record = false;
    options.observer = isSeen ? std::make_shared<Witness>() : nullptr;
    return Capture::create(options);
}

struct Unseen {
    explicit Unseen(bool isSeen = false)
        : recording(recordingOf(isSeen))
    {
        RelayOptions options = relayTo(target.address());
        options.engine = &engine;
        isUp = startAndWait(relay, options);
    }

    CountedEngine engine;
    PlainListener target;
    std::shared_ptr<Capture> recording;
    IoThreads threads { 1 };
    Relay relay { threads, recording };
    bool isUp = false;
};

FaultList slices()
{
    FaultSettings fault;
    if (const QString wrong = readFault(QStringLiteral("slicer:stream=upstream,average_size=50000,delay=0"), fault);
        !wrong.isEmpty()) {
        qFatal("%s", qPrintable(wrong));
    }
    return { fault };
}

} // namespace

class TestRelayPassing : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void muchPassesIntactBothWaysAtOnce_data();
    void muchPassesIntactBothWaysAtOnce();
    void littleIsCopied();
    void anEndComesBehindAllOfIt();
    void aResetInTheMiddleGoesThrough_data();
    void aResetInTheMiddleGoesThrough();
    void faultsComeAndGoInTheMiddle();
    void aTargetThatDoesNotReadHoldsTheClientBack();
    void urgentDataDoNotStandInTheWay();
};

void TestRelayPassing::muchPassesIntactBothWaysAtOnce_data()
{
    QTest::addColumn<bool>("isSeen");
    QTest::newRow("nobody looks") << false;
    QTest::newRow("somebody looks") << true;
}

void TestRelayPassing::muchPassesIntactBothWaysAtOnce()
{
    QFETCH(const bool, isSeen);
    Unseen setting(isSeen);
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QVERIFY(passIntact(client, server, 32 * mebibyte));
    client.close();
    server.close();
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QCOMPARE(setting.engine.passed() > 0, setting.engine.hasPassers() && !isSeen);
}

/// A call more for each would make it slower.
void TestRelayPassing::littleIsCopied()
{
    Unseen setting;
    QVERIFY(setting.isUp);
    QByteArray came;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        for (int i = 0; i < 100; ++i) {
            client.send("little");
            came = server.read(6);
        }
    }));
    QCOMPARE(came, "little");
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QCOMPARE(setting.engine.passed() + setting.engine.left(), 0);
}

void TestRelayPassing::anEndComesBehindAllOfIt()
{
    if (!can().halfClose) {
        QSKIP("this engine knows no half-closed connections");
    }
    Unseen setting;
    QVERIFY(setting.isUp);
    const QByteArray question = manyBytes(16 * mebibyte, 3);
    const QByteArray answer = manyBytes(16 * mebibyte, 4);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    auto clientSends = std::async(std::launch::async, [&] {
        client.send(question);
        client.finish();
    });
    QByteArray asked;
    QByteArray answered;
    QVERIFY(aside([&] { asked = server.readToEnd(); }));
    clientSends.wait();
    QVERIFY(asked == question);
    QCOMPARE(server.end(), Peer::End::EndOfStream);
    auto serverSends = std::async(std::launch::async, [&] {
        server.send(answer);
        server.finish();
    });
    QVERIFY(aside([&] { answered = client.readToEnd(); }));
    serverSends.wait();
    QVERIFY(answered == answer);
    QCOMPARE(client.end(), Peer::End::EndOfStream);
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QCOMPARE(setting.engine.passed() > 0, setting.engine.hasPassers());
}

void TestRelayPassing::aResetInTheMiddleGoesThrough_data()
{
    QTest::addColumn<bool>("byReader");
    QTest::newRow("of who sends") << false;
    QTest::newRow("of who reads") << true;
}

void TestRelayPassing::aResetInTheMiddleGoesThrough()
{
    if (!can().sendsReset || !can().tellsReset) {
        QSKIP("this engine knows no resets");
    }
    QFETCH(const bool, byReader);
    Unseen setting;
    QVERIFY(setting.isUp);
    const QByteArray bytes(4 * mebibyte, 'x');
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    Peer& one = byReader ? server : client;
    Peer& other = byReader ? client : server;
    auto clientSends = std::async(std::launch::async, [&] { (void)client.sendUntilStuck(bytes, 8); });
    QVERIFY(aside([&] {
        (void)server.read(bytes.size());
        clientSends.wait(); // a call to send would be told of the reset in place of readToEnd()
        one.reset();
        (void)other.readToEnd();
    }));
    QCOMPARE(other.end(), Peer::End::Reset);
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QCOMPARE(setting.engine.passed() > 0, setting.engine.hasPassers());
}

/// From one read to the next somebody looks, or no longer does: not a byte is lost, or comes twice.
void TestRelayPassing::faultsComeAndGoInTheMiddle()
{
    Unseen setting;
    QVERIFY(setting.isUp);
    const QByteArray bytes = manyBytes(96 * mebibyte, 5);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    auto clientSends = std::async(std::launch::async, [&] { client.send(bytes); });
    QByteArray came;
    const auto comes = [&](qsizetype size) { return aside([&] { came += server.read(size); }); };
    QVERIFY(comes(16 * mebibyte));
    QCOMPARE(setting.engine.passed() > 0, setting.engine.hasPassers());

    QCOMPARE(setting.relay.setFaults(slices()), QString());
    const QString name = setting.relay.faults().front().name;
    QVERIFY(QTest::qWaitFor([&] { return setting.relay.strikes(name) > 0 || !comes(mebibyte); }, 60'000));
    const qint64 passedBefore = setting.engine.passed();
    QVERIFY(comes(16 * mebibyte));
    QCOMPARE(setting.engine.passed(), passedBefore);

    QCOMPARE(setting.relay.setFaults({}), QString());
    QVERIFY(comes(bytes.size() - came.size()));
    clientSends.wait();
    QVERIFY(came == bytes);
    QCOMPARE(setting.engine.passed() > passedBefore, setting.engine.hasPassers());
}

/// What lies in between is bounded, and none of it is lost.
void TestRelayPassing::aTargetThatDoesNotReadHoldsTheClientBack()
{
    Unseen setting;
    QVERIFY(setting.isUp);
    const QByteArray bytes(mebibyte, 'x');
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    server.setReceiveBuffer(64 * 1024);
    constexpr int most = 256;
    qint64 sent = 0;
    QVERIFY(aside([&] { sent = client.sendUntilStuck(bytes, most); }));
    QVERIFY2(sent < most * bytes.size() / 4, qPrintable(QString::number(sent)));
    QByteArray came;
    QVERIFY(aside([&] {
        client.finish();
        came = server.readToEnd();
    }));
    QCOMPARE(came.size(), sent);
    QCOMPARE(came.count('x'), sent);
    QCOMPARE(setting.engine.left() > 0, setting.engine.hasPassers());
}

/// The byte comes in its place. The system hands over nothing before it, and so has to be asked for it in another way.
void TestRelayPassing::urgentDataDoNotStandInTheWay()
{
    Unseen setting;
    QVERIFY(setting.isUp);
    const QByteArray before = manyBytes(8 * mebibyte, 6);
    const QByteArray behind = manyBytes(8 * mebibyte, 7);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    auto clientSends = std::async(std::launch::async, [&] {
        client.send(before);
        client.sendUrgent('!');
        client.send(behind);
    });
    QByteArray came;
    QVERIFY(aside([&] { came = server.read(before.size() + 1 + behind.size()); }));
    clientSends.wait();
    QVERIFY(came == before + '!' + behind);
    QCOMPARE(setting.engine.passed() > 0, setting.engine.hasPassers());
}

SOCKEYE_TEST(TestRelayPassing)
#include "tst_relay_passing.moc"
