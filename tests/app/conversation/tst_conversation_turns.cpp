// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/conversation/conversation_turns.h"
#include "app/formats/pcapng/format.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// How chunks of both directions become turns.
class TestConversationTurns : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void turns_data();
    void turns();
    void isCut_data();
    void isCut();
    void ofNobody();
    void goesOnBehindAGap();
    void longTurnsComeInParts();
};

namespace {

/// "i3 o2": three bytes that came in, then two that went out.
std::shared_ptr<Capture> captured(const QString& calls, Transport transport = Transport::Tcp)
{
    auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40'000, transport));
    for (const QString& call : calls.split(u' ', Qt::SkipEmptyParts)) {
        writer.chunk(1, call[0] == u'i' ? Direction::In : Direction::Out, noise(call.sliced(1).toInt()));
    }
    writer.flush();
    capture->waitUntilIdle();
    return capture;
}

QString told(const ConversationTurns& conversation)
{
    QStringList out;
    for (const ConversationTurn& turn : conversation.turns) {
        out.append(QStringLiteral("%1%2+%3").arg(QString(turn.direction == Direction::In ? u'i' : u'o'),
            QString::number(turn.offset), QString::number(turn.size)));
    }
    return out.join(u' ');
}

} // namespace

void TestConversationTurns::turns_data()
{
    QTest::addColumn<QString>("calls");
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* calls, const char* expected,
                         Transport transport = Transport::Tcp) {
        QTest::newRow(name) << QString::fromLatin1(calls) << transport << QString::fromLatin1(expected);
    };
    row("nothing", "", "");
    row("one side", "i3 i4", "i0+7");
    row("in turns", "i3 o2 i4 o5", "i0+3 o0+2 i3+4 o2+5");
    row("in pieces", "i3 i1 o2 o2 i4", "i0+4 o0+4 i4+4");
    row("datagrams", "i3 i4 o2", "i0+3 i3+4 o0+2", Transport::Udp);
}

void TestConversationTurns::turns()
{
    QFETCH(QString, calls);
    QFETCH(Transport, transport);
    QFETCH(QString, expected);
    ConversationRules rules;
    rules.isDatagrams = transport == Transport::Udp;
    const ConversationTurns conversation = turnsOf(*captured(calls, transport), 1, rules);
    QCOMPARE(told(conversation), expected);
    QVERIFY(!conversation.isCut);
    qint64 last = 0;
    for (const ConversationTurn& turn : conversation.turns) {
        QVERIFY(turn.begin >= last && turn.end >= turn.begin);
        last = turn.end;
    }
}

void TestConversationTurns::isCut_data()
{
    QTest::addColumn<qint64>("maxBytes");
    QTest::addColumn<int>("maxTurns");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("cut");
    const auto row = [](const char* name, qint64 bytes, int turns, const char* expected, bool cut) {
        QTest::newRow(name) << bytes << turns << QString::fromLatin1(expected) << cut;
    };
    row("all", 9, 3, "i0+4 o0+2 i4+3", false);
    row("one byte less", 8, 3, "i0+4 o0+2 i4+2", true);
    row("to the end of a turn", 6, 3, "i0+4 o0+2", true);
    row("within a turn", 4, 3, "i0+4", true);
    row("within a chunk", 2, 3, "i0+2", true);
    row("two turns", 9, 2, "i0+4 o0+2", true);
}

void TestConversationTurns::isCut()
{
    QFETCH(qint64, maxBytes);
    QFETCH(int, maxTurns);
    QFETCH(QString, expected);
    QFETCH(bool, cut);
    ConversationRules rules;
    rules.maxBytes = maxBytes;
    rules.maxTurns = static_cast<std::size_t>(maxTurns);
    const ConversationTurns conversation = turnsOf(*captured(QStringLiteral("i3 i1 o2 i3")), 1, rules);
    QCOMPARE(told(conversation), expected);
    QCOMPARE(conversation.isCut, cut);
}

void TestConversationTurns::ofNobody()
{
    const ConversationTurns conversation = turnsOf(*captured(QStringLiteral("i3")), 7, {});
    QVERIFY(conversation.turns.empty());
    QVERIFY(!conversation.isCut);
}

void TestConversationTurns::goesOnBehindAGap()
{
    const auto packet = [](quint32 sequence, const QByteArray& payload) {
        return ipPacket({ .payload = payload, .sequence = sequence });
    };
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("gap.pcap")));
    const QByteArray bytes = pcapFile(pcapng::linkRaw,
        { ipPacket({ .payload = {}, .flags = pcapng::syn, .sequence = 100 }), packet(101, "GET"),
            packet(109, "more") });
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const auto capture = Capture::open(file.fileName(), {});
    capture->waitUntilIdle();
    const ConversationTurns conversation = turnsOf(*capture, 1, {});
    QCOMPARE(told(conversation), QStringLiteral("i0+3 i3+5 i8+4"));
    QCOMPARE(conversation.bytes, 7);
    QVERIFY(conversation.turns[1].isMissing);
    QVERIFY(!conversation.turns[2].isMissing);
}

void TestConversationTurns::longTurnsComeInParts()
{
    // More calls than are in memory at once, too.
    QString calls = QStringLiteral("o7 ");
    calls += QStringLiteral("i3 ").repeated(3000);
    const auto capture = captured(calls);
    ConversationWalk walk(*capture, 1, { .first = Direction::Out });
    qint64 in = 0;
    qint64 turns = 0;
    while (const auto turn = walk.next(1000)) {
        QVERIFY(turn->size <= 1000);
        if (turn->direction == Direction::In) {
            QCOMPARE(turn->offset, in);
            in += turn->size;
        }
        ++turns;
    }
    QCOMPARE(in, 9000);
    QCOMPARE(turns, 10);
    QVERIFY(!walk.hasMore());
}

SOCKEYE_TEST(TestConversationTurns)
#include "tst_conversation_turns.moc"
