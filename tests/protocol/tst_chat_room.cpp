// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/chat_room.h"
#include "protocol/services/chat_service.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

/// "1>hi" for what goes to all but 1, "=1 hi" for what goes to 1 alone; line feeds left out.
QStringList heard(const RoomOutput& out)
{
    QStringList result;
    for (const RoomDelivery& delivery : out.deliveries) {
        QString text = QString::fromUtf8(delivery.bytes);
        text.remove(u'\n');
        result.append(delivery.toAllOthers ? QStringLiteral("%1>%2").arg(QString::number(delivery.member), text)
                                           : QStringLiteral("=%1 %2").arg(QString::number(delivery.member), text));
    }
    return result;
}

class TestChatRoom : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void linesArePlain_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("a line") << QByteArray("hello\n") << QByteArray("hello\n");
        QTest::newRow("carriage return") << QByteArray("hello\r\n") << QByteArray("hello\r\n");
        QTest::newRow("nothing") << QByteArray("\n") << QByteArray("\n");
        QTest::newRow("without its end") << QByteArray("hello") << QByteArray("hello\n");
        QTest::newRow("no UTF-8") << QByteArray("\xff\xc3\n") << QByteArray("\xff\xc3\n");
        QTest::newRow("like a command") << QByteArray("/named\n") << QByteArray("/named\n");
    }

    void linesArePlain()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, expected);
        ChatRoom room;
        RoomOutput out;
        room.join(1, out);
        room.join(2, out);
        QVERIFY(out.deliveries.empty());
        room.say(1, line, out);
        QCOMPARE(out.deliveries.size(), std::size_t(1));
        QCOMPARE(out.deliveries.front().bytes, expected);
        QCOMPARE(out.deliveries.front().member, quint32(1));
        QVERIFY(out.deliveries.front().toAllOthers);
        QCOMPARE(out.events.back().kind, RoomEvent::Kind::Said);
    }

    void names_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const QByteArray& command, const QStringList& expected) {
            QTest::newRow(name) << command << expected;
        };
        const QString wanted = QStringLiteral("=1 * A name is wanted: /name NAME");
        const QString plain = QStringLiteral("=1 * A name has no colons, stars or control characters.");
        row("a name", "/name Ann\n", { QStringLiteral("1>* Ann is here."), QStringLiteral("=1 * You are Ann.") });
        row("with space", "/name \t Ann Lee \r\n",
            { QStringLiteral("1>* Ann Lee is here."), QStringLiteral("=1 * You are Ann Lee.") });
        row("other scripts", QByteArray("/name 日本🐰\n"),
            { QStringLiteral("1>* 日本🐰 is here."), QStringLiteral("=1 * You are 日本🐰.") });
        row("none", "/name\n", { wanted });
        row("only space", "/name   \n", { wanted });
        row("taken in another case", "/name BEA\n", { QStringLiteral("=1 * The name BEA is taken.") });
        row("colon", "/name a:b\n", { plain });
        row("star", "/name *\n", { plain });
        row("control", "/name a\x1b[31m\n", { plain });
        row("no UTF-8", "/name a\xff\n", { plain });
        row("long", "/name " + QByteArray(33, 'x') + "\n",
            { QStringLiteral("=1 * A name has at most 32 characters.") });
    }

    void names()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const QStringList, expected);
        ChatRoom room;
        RoomOutput before;
        room.join(1, before);
        room.join(2, before);
        room.say(2, "/name Bea\n", before);
        RoomOutput out;
        room.say(1, command, out);
        QCOMPARE(heard(out), expected);
        QCOMPARE(out.events.empty(), expected.size() == 1);
    }

    void aTalk()
    {
        ChatRoom room;
        RoomOutput out;
        for (const quint32 member : { 1U, 2U, 3U }) {
            room.join(member, out);
        }
        room.say(1, "/name Ann\n", out);
        room.say(1, "hi\n", out);
        room.say(1, "/name Ann\n", out); // nothing new
        room.say(1, "/name Annie\n", out);
        room.say(Room::host, "welcome\n", out);
        room.tell(2, "only you\n", out);
        room.tell(9, "nobody\n", out);
        room.say(9, "nobody\n", out);
        room.say(Room::host, "/name Host\n", out);
        room.tell(3, "and you", out);
        room.leave(2, out);
        room.leave(1, out);
        room.leave(1, out);
        room.leave(Room::host, out);
        room.say(1, "gone\n", out);
        QCOMPARE(heard(out),
            QStringList({ QStringLiteral("1>* Ann is here."), QStringLiteral("=1 * You are Ann."),
                QStringLiteral("1>Ann: hi"), QStringLiteral("1>* Ann is now Annie."),
                QStringLiteral("=1 * You are Annie."), QStringLiteral("0>welcome"), QStringLiteral("=2 only you"),
                QStringLiteral("0>* Host is here."), QStringLiteral("=0 * You are Host."),
                QStringLiteral("=3 Host: and you"), QStringLiteral("1>* Annie has left.") }));
        QList<RoomEvent::Kind> kinds;
        for (const RoomEvent& event : out.events) {
            kinds.append(event.kind);
        }
        using K = RoomEvent::Kind;
        QCOMPARE(kinds,
            QList<K>({ K::Joined, K::Joined, K::Joined, K::Named, K::Said, K::Named, K::Said, K::Told, K::Named,
                K::Told, K::Left, K::Left }));
    }

    void tooLong()
    {
        const auto session = ChatService().newSession();
        QByteArray out;
        const QByteArray longest = QByteArray(ChatService::maxLine - 1, 'x') + '\n';
        QVERIFY(session->answer({ 7, longest.size(), 0, nullptr }, longest, out).has_value());
        const QByteArray longer = 'x' + longest;
        const auto refused = session->answer({ 7, longer.size(), 0, nullptr }, longer, out);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::LineTooLong);
        QCOMPARE(refused.error().offset, 7 + ChatService::maxLine);
        session->refuse(refused.error(), out);
        QVERIFY2(out.startsWith("* Error: ") && out.endsWith('\n'), out.constData());
    }
};

} // namespace

SOCKEYE_TEST(TestChatRoom)
#include "tst_chat_room.moc"
