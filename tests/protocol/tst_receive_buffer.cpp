// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/receive_buffer.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTest>

#include <cstring>

using namespace sockeye;

class TestReceiveBuffer : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void empty();
    void ranges();
    void reserveAndCommit();
    void hostileRanges();
    void likeAPlainStream();
};

void TestReceiveBuffer::empty()
{
    const ReceiveBuffer buffer;
    QCOMPARE(buffer.begin(), 0);
    QCOMPARE(buffer.end(), 0);
    QVERIFY(buffer.view(0, 1).isEmpty());
}

void TestReceiveBuffer::ranges()
{
    ReceiveBuffer buffer;
    buffer.append("abc");
    buffer.append("");
    buffer.append("defg");
    QCOMPARE(buffer.end(), 7);
    QCOMPARE(buffer.view(2, 3), QByteArrayView("cde"));
    QVERIFY(buffer.view(5, 3).isEmpty());
    buffer.discardBefore(3);
    QCOMPARE(buffer.begin(), 3);
    QVERIFY(buffer.view(2, 1).isEmpty());
    QCOMPARE(buffer.view(3, 4), QByteArrayView("defg"));
    buffer.discardBefore(1);
    QCOMPARE(buffer.begin(), 3);
    buffer.discardBefore(100);
    QCOMPARE(buffer.begin(), 7);
    QCOMPARE(buffer.end(), 7);
    buffer.append("h");
    QCOMPARE(buffer.view(7, 1), QByteArrayView("h"));
}

void TestReceiveBuffer::reserveAndCommit()
{
    ReceiveBuffer buffer;
    buffer.append("ab");
    char* const room = buffer.reserve(100);
    std::memcpy(room, "cdefgh", 6);
    buffer.commit(4);
    QCOMPARE(buffer.view(0, 6), QByteArrayView("abcdef"));
    buffer.commit(-1);
    QCOMPARE(buffer.end(), 6);
}

void TestReceiveBuffer::hostileRanges()
{
    ReceiveBuffer buffer;
    buffer.append("abc");
    QVERIFY(buffer.view(-1, 2).isEmpty());
    QVERIFY(buffer.view(1, -1).isEmpty());
    QVERIFY(buffer.view(1, std::numeric_limits<qint64>::max()).isEmpty());
    QVERIFY(buffer.view(std::numeric_limits<qint64>::max(), 1).isEmpty());
}

void TestReceiveBuffer::likeAPlainStream()
{
    ReceiveBuffer buffer;
    QByteArray stream;
    QRandomGenerator random(7);
    for (int i = 0; i < 20000; ++i) {
        const QByteArray piece(random.bounded(0, i % 50 == 0 ? 9000 : 200), static_cast<char>(i));
        stream += piece;
        buffer.append(piece);
        if (random.bounded(3) != 0) {
            buffer.discardBefore(buffer.begin() + random.bounded(0, 400));
        }
        QCOMPARE(buffer.end(), stream.size());
        const qint64 size = buffer.end() - buffer.begin();
        QVERIFY(buffer.view(buffer.begin(), size) == QByteArrayView(stream).last(size));
    }
}

SOCKEYE_TEST(TestReceiveBuffer)
#include "tst_receive_buffer.moc"
