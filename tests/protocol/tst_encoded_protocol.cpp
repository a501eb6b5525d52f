// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Protocols of text in another encoding than UTF-8.
class TestEncodedProtocol : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void refused_data();
    void refused();
    void sameNameSamePointer();
    void says_data();
    void says();
    void datagrams();
    void cutWithinACharacter();
    void afterWhatCameBefore();
    void linesOfUnits_data();
    void linesOfUnits();
    void annotation();
};

namespace {

ProtocolPtr named(const QString& name)
{
    const auto found = protocolFromName(name);
    return found ? *found : nullptr;
}

Frames framesOf(const Protocol& protocol, const QList<QByteArray>& pieces)
{
    Frames frames;
    const auto framing = protocol.newFraming();
    for (const QByteArray& piece : pieces) {
        framing->feed(piece, frames);
    }
    framing->finish(frames);
    return frames;
}

MessageSummary summaryAfter(const ProtocolPtr& protocol, const QByteArray& before, const QByteArray& bytes, qint64 size)
{
    return dynamic_cast<const EncodedProtocol&>(*protocol).summaryAfter(before, bytes, size);
}

const QByteArray zhongwen("\xd6\xd0\xce\xc4"); // 中文 in GBK

} // namespace

void TestEncodedProtocol::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("encoding");
    const auto row = [](const QString& name, const QString& id, const QByteArray& encoding) {
        QTest::newRow(qPrintable(name)) << name << id << encoding;
    };
    row(QStringLiteral("lines:encoding=GBK"), QStringLiteral("lines:encoding=GBK"), "GBK");
    row(QStringLiteral("lines:encoding=gbk"), QStringLiteral("lines:encoding=GBK"), "GBK");
    row(QStringLiteral("raw:encoding=sjis"), QStringLiteral("raw:encoding=Shift_JIS"), "Shift_JIS");
    row(QStringLiteral("delimited:encoding=big5,end=0d0a"), QStringLiteral("delimited:end=0d0a,encoding=Big5"), "Big5");
    row(QStringLiteral("raw:encoding=utf8"), QStringLiteral("raw"), "");
    row(QStringLiteral("fixed:size=4,encoding=EUC-KR"), QStringLiteral("fixed:size=4,encoding=EUC-KR"), "EUC-KR");
}

void TestEncodedProtocol::names()
{
    QFETCH(QString, name);
    const ProtocolPtr protocol = named(name);
    QVERIFY(protocol);
    QTEST(protocol->id(), "id");
    QTEST(textEncoding(*protocol), "encoding");
    QCOMPARE(named(protocol->id()), protocol);
    QCOMPARE(ownProtocolFromName(name), protocol);
}

void TestEncodedProtocol::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such") << QStringLiteral("lines:encoding=klingon") << QStringLiteral("No encoding is called");
    QTest::newRow("none") << QStringLiteral("lines:encoding=") << QStringLiteral("No encoding is called");
    QTest::newRow("path") << QStringLiteral("lines:encoding=../x") << QStringLiteral("No encoding is called");
    QTest::newRow("says it itself") << QStringLiteral("app:encoding=GBK") << QStringLiteral("takes no encoding");
    QTest::newRow("other") << QStringLiteral("lines:encoding=GBK,x=1") << QStringLiteral("x");
}

void TestEncodedProtocol::refused()
{
    QFETCH(QString, name);
    QFETCH(QString, says);
    const auto protocol = protocolFromName(name);
    QVERIFY(!protocol);
    QVERIFY2(protocol.error().contains(says), qPrintable(protocol.error()));
}

void TestEncodedProtocol::sameNameSamePointer()
{
    const ProtocolPtr lines = named(QStringLiteral("lines"));
    const ProtocolPtr encoded = protocolInEncoding(lines, "gbk");
    QVERIFY(encoded != lines);
    QCOMPARE(protocolInEncoding(lines, "GBK"), encoded);
    QCOMPARE(protocolInEncoding(protocolInEncoding(lines, "Big5"), "GBK"), encoded);
    QCOMPARE(protocolInEncoding(encoded, "UTF-8"), lines);
    QCOMPARE(protocolInEncoding(encoded, ""), lines);
    QCOMPARE(protocolInEncoding(lines, "klingon"), lines);
    const ProtocolPtr app = named(QStringLiteral("app"));
    QCOMPARE(protocolInEncoding(app, "GBK"), app);
}

void TestEncodedProtocol::says_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("lines") << QStringLiteral("lines:encoding=GBK");
    QTest::newRow("raw") << QStringLiteral("raw:encoding=GBK");
    QTest::newRow("delimited") << QStringLiteral("delimited:end=0d0a,encoding=GBK");
}

void TestEncodedProtocol::says()
{
    QFETCH(QString, name);
    const ProtocolPtr protocol = named(name);
    const QByteArray message = zhongwen + "!\r\n";
    const Frames frames = framesOf(*protocol, { message });
    QCOMPARE(frames.size(), 1U);
    QCOMPARE(protocol->summary(message, message.size()).text, QStringLiteral("中文!"));
    QCOMPARE(protocol->summary(message.first(3), message.size()).text, QStringLiteral("中…"));
    QCOMPARE(protocol->saying(frames.front(), message, 100).text, QStringLiteral("中文!"));
    QCOMPARE(protocol->decoded(frames.front(), message, {}).content, QByteArray("\"中文!\\r\\n\""));
    QCOMPARE(protocol->replyText(frames.front(), message, 1), QStringLiteral("中"));
    QCOMPARE(protocol->replyValue(frames.front(), message, {}).text, QStringLiteral("中文!\r\n"));
}

void TestEncodedProtocol::datagrams()
{
    const ProtocolPtr& protocol = protocolForDatagrams(named(QStringLiteral("lines:encoding=GBK")));
    QCOMPARE(textEncoding(*protocol), QByteArray("GBK"));
    QCOMPARE(protocol->summary(zhongwen, zhongwen.size()).text, QStringLiteral("中文"));
    QCOMPARE(protocolForDatagrams(named(QStringLiteral("raw:encoding=GBK"))), protocol);
}

/// Each read is a message, and the border goes through a character.
void TestEncodedProtocol::cutWithinACharacter()
{
    const ProtocolPtr protocol = named(QStringLiteral("raw:encoding=GBK"));
    const QList<QByteArray> pieces { zhongwen.first(1), zhongwen.mid(1, 2), zhongwen.mid(3) + "a" };
    const Frames frames = framesOf(*protocol, pieces);
    QCOMPARE(frames.size(), 3U);
    QCOMPARE(protocol->saying(frames[0], pieces[0], 100).text, QString());
    QCOMPARE(protocol->saying(frames[1], pieces[1], 100).text, QStringLiteral("中"));
    QCOMPARE(protocol->saying(frames[2], pieces[2], 100).text, QStringLiteral("文a"));
    QCOMPARE(protocol->decoded(frames[2], pieces[2], {}).content, QByteArray("\"文a\""));
}

void TestEncodedProtocol::afterWhatCameBefore()
{
    const ProtocolPtr raw = named(QStringLiteral("raw:encoding=GBK"));
    QCOMPARE(summaryAfter(raw, zhongwen.first(1), zhongwen.mid(1), 3).text, QStringLiteral("中文"));
    const ProtocolPtr lines = named(QStringLiteral("lines:encoding=GBK"));
    QCOMPARE(summaryAfter(lines, "\xd6", zhongwen, 4).text, QStringLiteral("中文"));
}

void TestEncodedProtocol::linesOfUnits_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("sizes");
    // U+0A00 and U+0100 have the bytes of a line feed, across the borders of units, too.
    QTest::newRow("little") << QStringLiteral("UTF-16LE") << QByteArray("a\0\n\0\0\x0a\n\0", 8)
                            << QList<qint64> { 4, 4 };
    QTest::newRow("big") << QStringLiteral("UTF-16BE") << QByteArray("\0a\0\n\x0a\0\0\n", 8) << QList<qint64> { 4, 4 };
    QTest::newRow("the last without") << QStringLiteral("UTF-16BE") << QByteArray("\0\n\x01\0\x0a", 5)
                                      << QList<qint64> { 2, 3 };
    QTest::newRow("four bytes") << QStringLiteral("UTF-32LE") << QByteArray("a\0\0\0\n\0\0\0", 8)
                                << QList<qint64> { 8 };
}

void TestEncodedProtocol::linesOfUnits()
{
    QFETCH(QString, encoding);
    QFETCH(QByteArray, bytes);
    const ProtocolPtr protocol = named(QStringLiteral("lines:encoding=") + encoding);
    QVERIFY(protocol);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        QList<qint64> sizes;
        for (const Frame& frame : framesOf(*protocol, { bytes.first(cut), bytes.mid(cut) })) {
            sizes.append(frame.size);
        }
        QTEST(sizes, "sizes");
    }
}

void TestEncodedProtocol::annotation()
{
    const ProtocolPtr protocol = named(QStringLiteral("lines:encoding=GBK"));
    const Annotation annotated = annotate(protocol, zhongwen + "\n");
    QVERIFY(annotated.value(annotated.leafAt(0)).contains(QStringLiteral("中文")));
    QCOMPARE(annotate(protocol, QByteArray()).bytes().size(), 0);
}

SOCKEYE_TEST(TestEncodedProtocol)
#include "tst_encoded_protocol.moc"
