// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/inspector/inspected_fixtures.h"
#include "ui/hexview/chunk_marks.h"

#include <QTest>

using namespace sockeye;

class TestChunkMarks : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void spansOfAPage();
    void sharedWithNeighbours();
    void summaries_data();
    void summaries();
    void texts();
};

void TestChunkMarks::spansOfAPage()
{
    const InspectedMessagePtr message = inspected(QByteArray(100, 'x'), { 30, 30, 40 }, rawProtocol());
    auto spans = chunkSpans(*message, 0, 100);
    QCOMPARE(spans.size(), 3U);
    QCOMPARE(spans[1].offset, 30);
    QCOMPARE(spans[1].end, 60);
    QVERIFY(spans[1].endsHere);

    spans = chunkSpans(*message, 30, 60); // exactly one
    QCOMPARE(spans.size(), 1U);
    QCOMPARE(spans[0].index, 1);
    QVERIFY(chunkSpans(*message, 100, 200).empty());

    // A byte each: only those of the page are looked at.
    const InspectedMessagePtr bytewise = inspected(QByteArray(1 << 20, 'x'), { 1 }, rawProtocol());
    QCOMPARE(chunkSpans(*bytewise, 500'000, 500'016).size(), 16U);
}

void TestChunkMarks::sharedWithNeighbours()
{
    InspectedMessage message = *inspected(QByteArray(10, 'x'), {}, rawProtocol());
    message.chunks = { { 990, 14, 0 }, { 1004, 20, 5'000'000 } };
    const auto spans = chunkSpans(message, 0, 10);
    QCOMPARE(spans.size(), 2U);
    QCOMPARE(spans[0].offset, 0);
    QCOMPARE(spans[0].end, 4);
    QVERIFY(spans[0].endsHere);
    QCOMPARE(spans[1].end, 10);
    QVERIFY(!spans[1].endsHere); // goes on in the next message
}

void TestChunkMarks::summaries_data()
{
    QTest::addColumn<QList<qint64>>("marks"); // offset and size of each
    QTest::addColumn<bool>("in");
    QTest::addColumn<QString>("text");
    // The message is [1000, 1010) of its stream.
    QTest::newRow("none") << QList<qint64> {} << true << QString();
    QTest::newRow("one read") << QList<qint64> { 1000, 10 } << true << QStringLiteral("came in 1 read");
    QTest::newRow("one write") << QList<qint64> { 1000, 10 } << false << QStringLiteral("went out in 1 write");
    QTest::newRow("two reads") << QList<qint64> { 1000, 4, 1004, 6 } << true << QStringLiteral("came in 2 reads");
    QTest::newRow("with the next") << QList<qint64> { 1000, 20 } << true
                                   << QStringLiteral("came in 1 read, shared with the next message");
    QTest::newRow("with the one before") << QList<qint64> { 990, 20 } << true
                                         << QStringLiteral("came in 1 read, shared with the message before");
    QTest::newRow("last with the next") << QList<qint64> { 1000, 4, 1004, 20 } << true
                                        << QStringLiteral("came in 2 reads, the last shared with the next message");
    QTest::newRow("one with both") << QList<qint64> { 990, 40 } << true
                                   << QStringLiteral("came in 1 read, shared with the messages before and after");
    QTest::newRow("with both") << QList<qint64> { 990, 14, 1004, 20 } << false
                               << QStringLiteral("went out in 2 writes, first and last shared with other messages");
}

void TestChunkMarks::summaries()
{
    QFETCH(const QList<qint64>, marks);
    QFETCH(const bool, in);
    QFETCH(const QString, text);
    InspectedMessage message = *inspected(QByteArray(10, 'x'), {}, rawProtocol());
    message.direction = in ? Direction::In : Direction::Out;
    message.chunks.clear();
    for (qsizetype i = 0; i + 1 < marks.size(); i += 2) {
        message.chunks.push_back({ marks[i], marks[i + 1], 0 });
    }
    QCOMPARE(chunkSummary(message), text);
}

void TestChunkMarks::texts()
{
    const InspectedMessagePtr message = inspected(QByteArray(2000, 'x'), { 1, 1448, 551 }, rawProtocol());
    QCOMPARE(chunkText(*message, 0), QStringLiteral("read 1 of 3: 1 byte, +0.000 s"));
    QCOMPARE(chunkText(*message, 1), QStringLiteral("read 2 of 3: 1,448 bytes, +0.001 s"));
}

SOCKEYE_TEST(TestChunkMarks)
#include "tst_chunk_marks.moc"
