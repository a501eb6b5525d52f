// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a relay holds, and what becomes of it: lines, on real sockets.

#include "app/relay/faults/hold_stage.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

using Kind = HoldDecision::Kind;

HoldSettings holdOf(const QString& where, std::chrono::milliseconds limit = std::chrono::minutes(10))
{
    return { true, where, limit };
}

/// A relay that holds lines with the word "hold" in them, and a client and a target at its sides.
struct HoldSetting {
    explicit HoldSetting(const HoldSettings& hold = holdOf(QStringLiteral("text contains \"hold\"")))
    {
        RelayOptions options = relayTo(target.address());
        options.protocol = *protocolFromName(u"lines");
        options.hold = hold;
        isUp = startAndWait(relay, options) && aside([this] {
            client.emplace(relay.address());
            server.emplace(target.accept());
        });
    }
    /// Who sends in that direction, and who gets it.
    Peer& from(Direction direction) { return direction == Direction::In ? *client : *server; }
    Peer& to(Direction direction) { return direction == Direction::In ? *server : *client; }

    [[nodiscard]] bool waitForHeld(std::size_t count) const
    {
        return QTest::qWaitFor([&] { return relay.held().all().size() == count; }, 60'000);
    }
    void decide(Kind kind, const QByteArray& bytes = {}, std::size_t which = 0)
    {
        const HeldMessage held = relay.held().all().at(which);
        relay.decide({ held.id, held.connection, held.direction, kind, bytes });
    }
    [[nodiscard]] QByteArray read(Peer& peer, qsizetype size) const
    {
        QByteArray bytes;
        return aside([&] { bytes = peer.read(size); }) ? bytes : QByteArray();
    }
    /// What was asked of the relay is done by then.
    [[nodiscard]] bool isDone()
    {
        relay.insert(1, Direction::Out, "done\n");
        return read(*client, 5) == "done\n";
    }
    [[nodiscard]] QByteArray readToEnd(Peer& peer) const
    {
        QByteArray bytes;
        return aside([&] { bytes = peer.readToEnd(); }) ? bytes : QByteArray();
    }
    [[nodiscard]] bool hasNote(const QString& part) const { return has(EventKind::Note, part); }
    [[nodiscard]] bool has(EventKind kind, const QString& part) const
    {
        return QTest::qWaitFor(
            [&] {
                const QList<Seen> all = watched.witness->of(kind, 1);
                return std::ranges::any_of(all, [&](const Seen& each) { return each.text.contains(part); });
            },
            60'000);
    }

    PlainListener target;
    Watched watched;
    IoThreads threads { 2 };
    Relay relay { threads, watched.capture };
    std::optional<Peer> client;
    std::optional<Peer> server;
    bool isUp = false;
};

void addDirections()
{
    QTest::addColumn<Direction>("direction");
    QTest::newRow("from the client") << Direction::In;
    QTest::newRow("from the target") << Direction::Out;
}

} // namespace

class TestRelayHold : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void becomesWhatWasDecided_data();
    void becomesWhatWasDecided();
    void isAnsweredInTheOthersPlace_data() { addDirections(); }
    void isAnsweredInTheOthersPlace();
    void goesInItsTurn();
    void isLetGoByItself();
    void theEndComesBehind_data() { addDirections(); }
    void theEndComesBehind();
    void aResetComesBehind_data() { addDirections(); }
    void aResetComesBehind();
    void goesWithItsConversation();
    void isBounded();
    void oneMoreGoesBetweenMessages_data() { addDirections(); }
    void oneMoreGoesBetweenMessages();
    void oneMoreGoesWithoutAHold();
    void theFilterChanges();
    void offLetsAllGo();
    void aStopLetsAllGo();
    void comesBeforeFaults();
    void theDeskIsBounded();
};

void TestRelayHold::becomesWhatWasDecided_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("came");
    QTest::addColumn<QString>("note");
    const QByteArray same("hold this\n");
    for (const Direction direction : { Direction::In, Direction::Out }) {
        const char* const way = direction == Direction::In ? "in: " : "out: ";
        QTest::addRow("%s%s", way, "let go")
            << direction << Kind::LetGo << same << same << QStringLiteral("and let go");
        QTest::addRow("%s%s", way, "longer") << direction << Kind::LetGo << QByteArray("this is another\n")
                                             << QByteArray("this is another\n") << QStringLiteral("16 bytes");
        QTest::addRow("%s%s", way, "to nothing")
            << direction << Kind::LetGo << QByteArray() << QByteArray() << QStringLiteral("changed");
        QTest::addRow("%s%s", way, "dropped")
            << direction << Kind::Drop << QByteArray() << QByteArray() << QStringLiteral("dropped");
    }
}

void TestRelayHold::becomesWhatWasDecided()
{
    QFETCH(const Direction, direction);
    QFETCH(const Kind, kind);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, came);
    QFETCH(const QString, note);
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.from(direction).send("one\nhold this\ntwo\nth");
    QCOMPARE(setting.read(setting.to(direction), 4), "one\n");
    QVERIFY(setting.waitForHeld(1));
    const HeldMessage held = setting.relay.held().all().front();
    QCOMPARE(held.bytes, "hold this\n");
    QCOMPARE(held.direction, direction);
    QCOMPARE(held.connection, 1U);
    QCOMPARE(held.offset, 4);
    // The other way goes on meanwhile.
    setting.to(direction).send("back\n");
    QCOMPARE(setting.read(setting.from(direction), 5), "back\n");
    setting.decide(kind, bytes);
    setting.from(direction).send("ree\n");
    const QByteArray rest = came + "two\nthree\n";
    QCOMPARE(setting.read(setting.to(direction), rest.size()), rest);
    QVERIFY(setting.waitForHeld(0));
    QVERIFY(setting.hasNote(note));
}

void TestRelayHold::isAnsweredInTheOthersPlace()
{
    QFETCH(const Direction, direction);
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.from(direction).send("hold this\n");
    QVERIFY(setting.waitForHeld(1));
    setting.decide(Kind::Answer, "hold that\n"); // which is not held itself
    QCOMPARE(setting.read(setting.from(direction), 10), "hold that\n");
    setting.from(direction).send("next\n");
    QCOMPARE(setting.read(setting.to(direction), 5), "next\n"); // and nothing before
    QVERIFY(setting.hasNote(QStringLiteral("answered in the")));
}

void TestRelayHold::goesInItsTurn()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.client->send("hold 1\nplain\nhold 2\nhold 3\n");
    QVERIFY(setting.waitForHeld(3));
    setting.decide(Kind::LetGo, "2\n", 1);
    QTRY_VERIFY(setting.relay.held().all().at(1).isDecided);
    setting.decide(Kind::Drop, {}, 1); // it is decided already
    QCOMPARE(setting.relay.held().all().size(), 3U);
    setting.decide(Kind::Drop, {}, 0);
    QCOMPARE(setting.read(*setting.server, 8), "plain\n2\n");
    QVERIFY(setting.waitForHeld(1));
    setting.relay.decide({ 4711, 1, Direction::In, Kind::Drop, {} }); // there is none
    setting.relay.decide({ 1, 4711, Direction::In, Kind::Drop, {} });
    setting.decide(Kind::LetGo, "3\n");
    QCOMPARE(setting.read(*setting.server, 2), "3\n");
}

void TestRelayHold::isLetGoByItself()
{
    HoldSetting setting(holdOf(QString(), std::chrono::milliseconds(150)));
    QVERIFY(setting.isUp);
    setting.client->send("one\ntwo\n");
    QCOMPARE(setting.read(*setting.server, 8), "one\ntwo\n");
    QVERIFY(setting.waitForHeld(0));
    QVERIFY(setting.hasNote(QStringLiteral("nobody had decided")));
}

void TestRelayHold::theEndComesBehind()
{
    QFETCH(const Direction, direction);
    HoldSetting setting;
    QVERIFY(setting.isUp);
    if (!can().halfClose) {
        QSKIP("this engine ends both directions at once");
    }
    setting.from(direction).send("hold this\nend");
    setting.from(direction).finish();
    QVERIFY(setting.waitForHeld(1));
    setting.to(direction).send("still open\n");
    QCOMPARE(setting.read(setting.from(direction), 11), "still open\n");
    setting.decide(Kind::LetGo, "held\n");
    QCOMPARE(setting.readToEnd(setting.to(direction)), "held\nend");
    QCOMPARE(setting.to(direction).end(), Peer::End::EndOfStream);
}

void TestRelayHold::aResetComesBehind()
{
    if (!can().sendsReset || !can().tellsReset) {
        QSKIP("this engine knows no resets");
    }
    QFETCH(const Direction, direction);
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.from(direction).send("hold this\n");
    QVERIFY(setting.waitForHeld(1));
    setting.from(direction).reset();
    QVERIFY(setting.has(EventKind::Error, QString()));
    QCOMPARE(setting.relay.held().all().size(), 1U);
    setting.decide(Kind::LetGo, "held\n");
    QCOMPARE(setting.readToEnd(setting.to(direction)), "held\n");
    QCOMPARE(setting.to(direction).end(), Peer::End::Reset);
    QTRY_COMPARE(setting.relay.exchanges(), 1);
}

void TestRelayHold::goesWithItsConversation()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.client->send("hold this\n");
    QVERIFY(setting.waitForHeld(1));
    setting.relay.closeConnection(1);
    QCOMPARE(setting.readToEnd(*setting.server), QByteArray());
    setting.server->close();
    setting.client->close();
    QVERIFY(setting.waitForHeld(0));
    QVERIFY(setting.hasNote(QStringLiteral("What was held is lost")));
}

void TestRelayHold::isBounded()
{
    HoldSetting setting(holdOf(QString()));
    QVERIFY(setting.isUp);
    const QByteArray line = QByteArray(8'000, 'x') + '\n';
    qint64 sent = 0;
    QVERIFY(aside([&] { sent = setting.client->sendUntilStuck(line, 20'000); }));
    QVERIFY(sent > 0 && sent < 20'000LL * line.size()); // it is held up
    QVERIFY(setting.relay.held().all().size() <= HoldStage::most + 256 * 1024 / 8'000 + 1);
    // Once it is off, all of it arrives.
    QCOMPARE(setting.relay.setHold({}), QString());
    const QByteArray all = setting.read(*setting.server, sent);
    QCOMPARE(all.size(), sent);
    QCOMPARE(all.count('\n'), sent / line.size());
    QVERIFY(setting.waitForHeld(0));
}

void TestRelayHold::oneMoreGoesBetweenMessages()
{
    QFETCH(const Direction, direction);
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.from(direction).send("hold this\n");
    QVERIFY(setting.waitForHeld(1));
    setting.from(direction).send("ha");
    setting.to(direction).send("ping\n");
    QCOMPARE(setting.read(setting.from(direction), 5), "ping\n");
    setting.relay.insert(1, direction, "hold more\n"); // before what is held, and not held itself
    QCOMPARE(setting.read(setting.to(direction), 10), "hold more\n");
    setting.decide(Kind::Drop);
    setting.from(direction).send("lf\n");
    QCOMPARE(setting.read(setting.to(direction), 5), "half\n");
    QVERIFY(setting.hasNote(QStringLiteral("One more message was sent to the ")));
}

void TestRelayHold::oneMoreGoesWithoutAHold()
{
    HoldSetting setting(HoldSettings {});
    QVERIFY(setting.isUp);
    setting.relay.insert(1, Direction::Out, "from nobody\n");
    QCOMPARE(setting.read(*setting.client, 12), "from nobody\n");
    setting.relay.insert(4711, Direction::Out, "to nobody\n");
    if (!can().halfClose) {
        return; // the end of one direction is that of both
    }
    setting.server->finish();
    QCOMPARE(setting.readToEnd(*setting.client), QByteArray());
    setting.relay.insert(1, Direction::Out, "too late\n");
    setting.relay.insert(1, Direction::In, "in time\n");
    QCOMPARE(setting.read(*setting.server, 8), "in time\n");
    QVERIFY(setting.hasNote(QStringLiteral("was not sent to the client")));
}

void TestRelayHold::theFilterChanges()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    const HoldSettings before = setting.relay.hold();
    QVERIFY(setting.relay.setHold(holdOf(QStringLiteral("no such"))).contains(QStringLiteral("what is held")));
    QCOMPARE(setting.relay.hold(), before);
    setting.client->send("hold 1\n");
    QVERIFY(setting.waitForHeld(1));
    QCOMPARE(setting.relay.setHold(holdOf(QStringLiteral("text contains \"this\""))), QString());
    QVERIFY(setting.isDone());
    setting.client->send("hold 2\nthis\n");
    QVERIFY(setting.waitForHeld(2)); // what was held stays
    QCOMPARE(setting.relay.held().all().back().bytes, "this\n");
    setting.decide(Kind::Drop);
    QCOMPARE(setting.read(*setting.server, 7), "hold 2\n");
    setting.decide(Kind::LetGo, "this\n");
    QCOMPARE(setting.read(*setting.server, 5), "this\n");
}

void TestRelayHold::offLetsAllGo()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.client->send("hold 1\n2\nhold 3\nunfin");
    QVERIFY(setting.waitForHeld(2));
    QCOMPARE(setting.relay.setHold({}), QString());
    QCOMPARE(setting.read(*setting.server, 21), "hold 1\n2\nhold 3\nunfin");
    QVERIFY(setting.waitForHeld(0));
    setting.client->send("hold 4\n");
    QCOMPARE(setting.read(*setting.server, 7), "hold 4\n");
}

void TestRelayHold::aStopLetsAllGo()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    setting.client->send("hold 1\n2\n");
    QVERIFY(setting.waitForHeld(1));
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    QCOMPARE(setting.readToEnd(*setting.server), "hold 1\n2\n");
    QVERIFY(setting.waitForHeld(0));
}

void TestRelayHold::comesBeforeFaults()
{
    HoldSetting setting;
    QVERIFY(setting.isUp);
    FaultSettings fault;
    QCOMPARE(readFault(QStringLiteral("repeat:stream=upstream"), fault), QString());
    QCOMPARE(setting.relay.setFaults({ fault }), QString()); // and the hold stays
    QVERIFY(setting.isDone());
    setting.client->send("hold 1\n");
    QVERIFY(setting.waitForHeld(1));
    setting.decide(Kind::LetGo, "let go\n");
    QCOMPARE(setting.read(*setting.server, 14), "let go\nlet go\n");
    setting.relay.insert(1, Direction::In, "more\n");
    QCOMPARE(setting.read(*setting.server, 10), "more\nmore\n");
}

void TestRelayHold::theDeskIsBounded()
{
    HoldDesk desk;
    HeldMessage message;
    for (std::size_t i = 0; i < HoldDesk::most; ++i) {
        QCOMPARE(desk.add(message), i + 1);
    }
    QCOMPARE(desk.add(message), 0U);
    desk.remove(1);
    message.bytes = QByteArray(HoldDesk::mostBytes + 1, 'x');
    QCOMPARE(desk.add(message), 0U);
    for (quint64 id = 2; id <= HoldDesk::most; ++id) {
        desk.remove(id);
    }
    QVERIFY(desk.add(message) != 0); // alone, one of any size
    QVERIFY(!desk.of(1));
}

SOCKEYE_TEST(TestRelayHold)

#include "tst_relay_hold.moc"
