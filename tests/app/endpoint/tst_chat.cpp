// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/lines/lines_protocol.h"

#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

/// The room of a chat server: peers in several I/O threads, and the server's own window.
class TestChat : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

    static ServerOptions chat()
    {
        ServerOptions options;
        options.service = QStringLiteral("chat");
        options.port = 0;
        return options;
    }

    /// "Said #1 hello" for each event of the room.
    static QStringList told(const Server& server)
    {
        static const char* const kinds[] { "Joined", "Left", "Named", "Said", "Told", "Lost" };
        quint64 last = 0;
        QStringList result;
        for (const RoomEvent& event : server.room().eventsSince(last)) {
            result.append(
                QStringLiteral("%1 #%2 %3%4")
                    .arg(QLatin1StringView(kinds[static_cast<int>(event.kind)]), QString::number(event.member),
                        event.name.isEmpty() ? QString() : QString(event.name + u'|'), event.text)
                    .trimmed());
        }
        return result;
    }

    static QList<RoomMember> members(const Server& server)
    {
        quint64 revision = 0;
        QList<RoomMember> result;
        (void)server.room().membersChanged(revision, result);
        return result;
    }

private Q_SLOTS:
    void everybodyHearsTheOthers()
    {
        const Watched watched(linesProtocol());
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, chat()));
        std::vector<Peer> peers;
        for (int i = 0; i < 5; ++i) {
            peers.emplace_back(server.address());
            QTRY_COMPARE(members(server).size(), i + 1);
        }
        for (int i = 0; i < 5; ++i) {
            const QByteArray line = "line " + QByteArray::number(i) + '\n';
            peers[static_cast<std::size_t>(i)].send(line);
            for (int other = 0; other < 5; ++other) {
                if (other != i) {
                    QCOMPARE(peers[static_cast<std::size_t>(other)].read(line.size()), line);
                }
            }
        }
        QCOMPARE(server.exchanges(), 5);
        peers.clear();
        QTRY_VERIFY(members(server).isEmpty());
        QVERIFY(watched.witness->errors().isEmpty());
    }

    void theWindowAnswersAllAndOne()
    {
        const Watched watched(linesProtocol());
        Server server(m_threads, watched.capture);
        server.say(QStringLiteral("nobody there yet"));
        QVERIFY(startAndWait(server, chat()));
        Peer one(server.address());
        QTRY_COMPARE(members(server).size(), 1);
        Peer two(server.address());
        QTRY_COMPARE(members(server).size(), 2);
        server.say(QStringLiteral("to all\nin two lines"));
        for (Peer* const peer : { &one, &two }) {
            QCOMPARE(peer->read(20), QByteArray("to all\nin two lines\n"));
        }
        server.say(QStringLiteral("only two 🐰"), 2);
        server.say(QStringLiteral("nobody"), 77);
        server.say(QStringLiteral("end"));
        QCOMPARE(two.read(18), QByteArray("only two 🐰\nend\n"));
        QCOMPARE(one.read(4), QByteArray("end\n"));
        one.send("/name Ann\n");
        QCOMPARE(two.read(15), QByteArray("* Ann is here.\n"));
        one.close();
        QCOMPARE(two.read(16), QByteArray("* Ann has left.\n"));
        QTRY_COMPARE(members(server), (QList<RoomMember> { { 2, {} } }));
        QCOMPARE(told(server),
            QStringList({ QStringLiteral("Joined #1"), QStringLiteral("Joined #2"), QStringLiteral("Said #0 to all"),
                QStringLiteral("Said #0 in two lines"), QStringLiteral("Told #0 only two 🐰"),
                QStringLiteral("Said #0 end"), QStringLiteral("Named #1 Ann|"), QStringLiteral("Left #1 Ann|") }));
    }

    /// Memory stays bounded while one does not read, others go on, and all of them can be closed.
    void aPeerThatDoesNotRead()
    {
        const Watched watched(linesProtocol());
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, chat()));
        Peer deaf(server.address());
        deaf.setReceiveBuffer(4096);
        QTRY_COMPARE(members(server).size(), 1);
        Peer speaker(server.address());
        Peer listener(server.address());
        QTRY_COMPARE(members(server).size(), 3);
        const QByteArray lines = QByteArray(999, 'x') + '\n';
        const auto isDeaf = [&watched] { return !watched.witness->errors().isEmpty(); };
        for (int i = 0; i < 100'000 && !isDeaf(); ++i) {
            speaker.send(lines);
            QCOMPARE(listener.read(lines.size()), lines);
        }
        QVERIFY(isDeaf());
        QCOMPARE(watched.witness->errors().constFirst().code, QStringLiteral("not-taken"));
        QCOMPARE(watched.witness->errors().constFirst().connection, quint32(1));
        server.stop();
        QTRY_COMPARE(server.state(), Server::State::Stopped);
        QTRY_VERIFY(members(server).isEmpty());
    }

    void startsAgain()
    {
        const Watched watched(linesProtocol());
        Server server(m_threads, watched.capture);
        for (int round = 0; round < 3; ++round) {
            QVERIFY(startAndWait(server, chat()));
            Peer one(server.address());
            Peer two(server.address());
            QTRY_COMPARE(members(server).size(), 2);
            one.send("hi\n");
            QCOMPARE(two.read(3), QByteArray("hi\n"));
            server.stop();
            server.say(QStringLiteral("too late"));
            QTRY_COMPARE(server.state(), Server::State::Stopped);
            QCOMPARE(two.readToEnd().endsWith("hi\n"), false);
            QTRY_VERIFY(members(server).isEmpty());
        }
    }

    /// Of a long talk the latest part stays.
    void logIsBounded()
    {
        RoomLog log;
        RoomEvent event;
        event.member = 1;
        event.text = QString(1000, QLatin1Char('x'));
        for (int i = 0; i < 20; ++i) {
            log.add(std::vector<RoomEvent>(1000, event));
        }
        quint64 last = 0;
        QCOMPARE(log.eventsSince(last).size(), static_cast<std::size_t>(RoomLog::maxText / 1000));
        QCOMPARE(last, quint64(20'000));
        QVERIFY(log.eventsSince(last).empty());
        event.text.clear();
        log.add(std::vector<RoomEvent>(20'000, event));
        QCOMPARE(log.eventsSince(last).size(), RoomLog::maxEvents);
    }
};

} // namespace

SOCKEYE_TEST(TestChat)
#include "tst_chat.moc"
