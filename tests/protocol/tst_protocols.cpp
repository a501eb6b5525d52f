// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "pair_protocol.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// The registry, and what a protocol is that overrides nothing it need not.
class TestProtocols : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void theOwnOnesComeFirst();
    void unknownNameSaysWhatThereIs();
    void oneThatIsAddedIsOffered();
    void anAddedOneTakesThePlaceOfItsLike();
    void noneTakesThePlaceOfOurs();
    void datagrams();
    void recognized();
    void bytesOfWhichNothingIsKnown();
};

void TestProtocols::theOwnOnesComeFirst()
{
    QStringList ids;
    for (const ProtocolPtr& each : protocols()) {
        ids.append(each->id());
        QVERIFY(!each->title().isEmpty());
        QVERIFY(each->cutsStreams());
        QCOMPARE(protocolFromName(each->id()), each);
    }
    QCOMPARE(ids.first(3), (QStringList { QStringLiteral("app"), QStringLiteral("lines"), QStringLiteral("raw") }));
    QCOMPARE(defaultProtocol()->id(), QStringLiteral("app"));
    QCOMPARE(plainProtocol()->id(), QStringLiteral("raw"));
}

void TestProtocols::unknownNameSaysWhatThereIs()
{
    const auto none = protocolFromName(u"gopher");
    QVERIFY(!none);
    QVERIFY2(none.error().contains(QStringLiteral("\"gopher\"")), qPrintable(none.error()));
    QVERIFY2(none.error().contains(QStringLiteral("app, lines, raw")), qPrintable(none.error()));
    QVERIFY(!protocolFromName(u""));
    QVERIFY(!protocolFromName(u"datagram")); // nothing that one could choose
}

void TestProtocols::oneThatIsAddedIsOffered()
{
    const auto added = std::make_shared<const PairProtocol>();
    QVERIFY(addProtocol(added));
    QVERIFY(protocols().contains(added));
    QCOMPARE(protocolFromName(u"pairs"), ProtocolPtr(added));
    const auto other = protocolFromName(u"gopher");
    QVERIFY2(other.error().contains(QStringLiteral("pairs")), qPrintable(other.error()));
}

void TestProtocols::anAddedOneTakesThePlaceOfItsLike()
{
    const auto first = std::make_shared<const PairProtocol>();
    const auto second = std::make_shared<const PairProtocol>();
    QVERIFY(addProtocol(first));
    const qsizetype count = protocols().size();
    QVERIFY(addProtocol(second));
    QCOMPARE(protocols().size(), count);
    QCOMPARE(protocolFromName(u"pairs"), ProtocolPtr(second));
}

void TestProtocols::noneTakesThePlaceOfOurs()
{
    class Impostor final : public Protocol {
    public:
        [[nodiscard]] QString id() const override { return QStringLiteral("app"); }
        [[nodiscard]] QString title() const override { return QStringLiteral("not the one"); }
        [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override
        {
            return plainProtocol()->newFraming(limits);
        }
    };
    QVERIFY(!addProtocol(std::make_shared<const Impostor>()));
    QCOMPARE(protocolFromName(u"app"), defaultProtocol());
}

void TestProtocols::datagrams()
{
    const ProtocolPtr& datagrams = protocolForDatagrams(defaultProtocol());
    QCOMPARE(datagrams->id(), QStringLiteral("datagram"));
    QVERIFY(!datagrams->cutsStreams());
    QCOMPARE(protocolForDatagrams(datagrams), datagrams);
}

void TestProtocols::recognized()
{
    QCOMPARE(protocolOf("GET / HTTP/1.1\r\n\r\n", {})->id(), QStringLiteral("http"));
    QCOMPARE(protocolOf("*1\r\n$4\r\nPING\r\n", {})->id(), QStringLiteral("resp"));
    QCOMPARE(protocolOf("PING\r\n", {}), ProtocolPtr());
    QCOMPARE(protocolOf("{\"a\": 1}", {}), ProtocolPtr()); // an echo server takes that, too
    QCOMPARE(protocolOf({}, {}), ProtocolPtr());
}

void TestProtocols::bytesOfWhichNothingIsKnown()
{
    const PairProtocol pairs;
    const Frame frame { 4, 2, 0, nullptr };
    QVERIFY(pairs.mayBegin("ab"));
    QVERIFY(!pairs.recognizes("ab", {}));
    QCOMPARE(pairs.frameOf(4, 2, "ab")->offset, 4);
    QCOMPARE(pairs.summary("ab", 2).text, QStringLiteral("ab"));
    QCOMPARE(pairs.summary(QByteArray("\xff\0", 2), 2).kind, MessageKind::Binary);
    QVERIFY(pairs.decoded(frame, "ab", {}).header.isNull());
    QVERIFY(!pairs.checksContent(frame));
    QCOMPARE(pairs.replyValue(frame, "ab", {}).json, QByteArray("\"ab\""));
    QVERIFY(pairs.meansTheSame(frame, "abc", "ab"));
    QVERIFY(!pairs.meansTheSame(frame, "axc", "ab"));
    Progress progress;
    progress.part = 7;
    progress.have = 1;
    progress.need = 2;
    QCOMPARE(pairs.waitingFor(progress), QStringLiteral("message: 1 of 2 bytes"));
    QVERIFY(!pairs.adviceOn(progress).isEmpty());
    const Annotation tree = annotate(std::make_shared<const PairProtocol>(), "ab");
    QCOMPARE(tree.fields().size(), size_t { 2 });
    QCOMPARE(tree.fields()[1].kind, FieldKind::Text);
}

SOCKEYE_TEST(TestProtocols)
#include "tst_protocols.moc"
